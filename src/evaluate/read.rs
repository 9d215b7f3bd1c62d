//! How is a gold, or an answer, read?
//!
//! ```text
//! gold.jsonl:3: relations[2].evidence[0]: 40..12 ends before it begins
//! ```
//!
//! What the keys mean is told at the head of [`evaluate`](super). Unknown keys are left out of account and null is
//! absent; what is there and of the wrong shape is an error with its line, since a gold that is read by half gives
//! figures that nobody would doubt.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::sheet::{Consultation, Fact, Filled, Holds, Mark, Name, Quote, Sheet, Stretch, label, mood};
use crate::error::Error;

/// Reads documents, one a line, or one that is the whole text; `file` is what messages call it.
pub fn read(file: &str, text: &str) -> Result<Vec<Sheet>, Error> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let mut sheets = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (i, line) in lines {
        let at = |why: String| Error::message(format!("{file}:{}: {why}", i + 1));
        let value = match serde_json::from_str::<Value>(line) {
            Ok(value) => value,
            // A single document may be written over several lines.
            Err(error) if sheets.is_empty() && error.is_eof() => {
                let whole = serde_json::from_str(text).map_err(|error| {
                    let why = error.to_string();
                    let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why);
                    Error::message(format!("{file}:{}:{}: {why}", error.line(), error.column()))
                })?;
                return Ok(vec![sheet(&whole).map_err(|why| Error::message(format!("{file}: {why}")))?]);
            }
            Err(error) => {
                let why = error.to_string();
                let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why);
                return Err(Error::message(format!("{file}:{}:{}: {why}", i + 1, error.column())));
            }
        };
        let sheet = sheet(&value).map_err(at)?;
        if let Some(before) = seen.insert(sheet.id.clone(), i + 1) {
            return Err(at(format!("the document `{}` stands in line {before} already", sheet.id)));
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

type Read<T> = Result<T, String>;

fn sheet(value: &Value) -> Read<Sheet> {
    let doc = value.as_object().ok_or("the line is no JSON object")?;
    let id = match get(doc, "id").or_else(|| get(doc, "document")) {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        Some(_) => return Err("`id` is neither a string nor a number".into()),
        None => return Err("the line has no `id`: documents are matched by it".into()),
    };
    let text = string(doc, "text")?.unwrap_or_default();
    let mut out = Sheet { id, text: text.to_owned(), ..Sheet::default() };
    let check = Check { text };
    let types = entity_types(doc)?;
    if let Some(mentions) = list(doc, "mentions")? {
        for (i, m) in mentions.iter().enumerate() {
            let at = format!("mentions[{i}]");
            let (mark, ty) = check.mark(&at, m)?;
            if mark.kind == "name" {
                let ty = ty.or_else(|| types.get(&mark.entity).cloned()).unwrap_or_default();
                out.names.push(Name { at: mark.stretch(), label: label(&ty), mark: Some(i) });
            }
            out.mentions.push(mark);
        }
    } else if let Some(entities) = list(doc, "entities")? {
        for (i, e) in entities.iter().enumerate() {
            let at = format!("entities[{i}]");
            let e = object(&at, e)?;
            let ty = string(e, "type").map_err(|w| format!("{at}: {w}"))?.ok_or(format!("{at} has no `type`"))?;
            out.names.push(Name { at: check.stretch(&at, e)?, label: label(&ty.to_lowercase()), mark: None });
        }
    }
    for (i, m) in list(doc, "optional")?.unwrap_or_default().iter().enumerate() {
        // One without an entity may be found or not, and stands for nobody.
        if m.get("entity").is_some_and(|e| !e.is_null()) {
            out.optional.push(check.mark(&format!("optional[{i}]"), m)?.0);
        }
    }
    for (i, r) in list(doc, "relations")?.unwrap_or_default().iter().enumerate() {
        out.facts.push(check.fact(&format!("relations[{i}]"), r)?);
    }
    for (i, q) in list(doc, "quotes")?.unwrap_or_default().iter().enumerate() {
        out.quotes.push(check.quote(&format!("quotes[{i}]"), q)?);
    }
    for (i, e) in list(doc, "events")?.unwrap_or_default().iter().enumerate() {
        out.consultations.push(consultation(&format!("events[{i}]"), text, e)?);
    }
    let has = |key| get(doc, key).is_some();
    out.holds = Holds {
        names: has("mentions") || has("entities"),
        mentions: has("mentions"),
        facts: has("relations"),
        quotes: has("quotes"),
        consultations: has("events"),
    };
    Ok(out)
}

// The pieces ---------------------------------------------------------------------------------------------------------

/// A key that is there and not null.
fn get<'v>(object: &'v Map<String, Value>, key: &str) -> Option<&'v Value> {
    object.get(key).filter(|v| !v.is_null())
}

fn list<'v>(object: &'v Map<String, Value>, key: &str) -> Read<Option<&'v [Value]>> {
    match get(object, key) {
        None => Ok(None),
        Some(Value::Array(items)) => Ok(Some(items)),
        Some(_) => Err(format!("`{key}` is no list")),
    }
}

fn string<'v>(object: &'v Map<String, Value>, key: &str) -> Read<Option<&'v str>> {
    match get(object, key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("`{key}` is no string")),
    }
}

fn flag(object: &Map<String, Value>, key: &str) -> Read<bool> {
    match get(object, key) {
        None => Ok(false),
        Some(Value::Bool(is)) => Ok(*is),
        Some(_) => Err(format!("`{key}` is neither true nor false")),
    }
}

fn object<'v>(at: &str, value: &'v Value) -> Read<&'v Map<String, Value>> {
    value.as_object().ok_or_else(|| format!("{at} is no object"))
}

/// A string, or a list of strings.
fn strings(at: &str, value: &Value) -> Read<Vec<String>> {
    let one = |v: &Value| v.as_str().map(str::to_owned).ok_or_else(|| format!("{at} is no string or list of strings"));
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Array(items) => items.iter().map(one).collect(),
        other => Ok(vec![one(other)?]).map(|v| v.into_iter().filter(|s| !s.is_empty()).collect()),
    }
}

/// The seeds' gold tells the type of an entity once, beside its id.
fn entity_types(doc: &Map<String, Value>) -> Read<BTreeMap<String, String>> {
    let mut types = BTreeMap::new();
    for e in list(doc, "entities")?.unwrap_or_default() {
        if let (Some(id), Some(ty)) = (e.get("id").and_then(Value::as_str), e.get("type").and_then(Value::as_str)) {
            types.insert(id.to_owned(), ty.to_owned());
        }
    }
    Ok(types)
}

/// Reads what points into a text; where the line brings none, only the order of the two ends can be told.
struct Check<'t> {
    text: &'t str,
}

impl Check<'_> {
    fn between(&self, at: &str, start: Option<&Value>, end: Option<&Value>) -> Read<Stretch> {
        let number = |v: Option<&Value>| v.and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
        let (Some(start), Some(end)) = (number(start), number(end)) else {
            return Err(format!("{at} has no `start` and `end` that are whole numbers"));
        };
        if end < start {
            return Err(format!("{at}: {start}..{end} ends before it begins"));
        }
        if !self.text.is_empty() && self.text.get(start..end).is_none() {
            let why = if end > self.text.len() {
                format!("lies outside the text of {} bytes", self.text.len())
            } else {
                "cuts a character in two (offsets are UTF-8 bytes)".to_owned()
            };
            return Err(format!("{at}: {start}..{end} {why}"));
        }
        Ok(Stretch { start, end })
    }

    fn stretch(&self, at: &str, object: &Map<String, Value>) -> Read<Stretch> {
        self.between(at, object.get("start"), object.get("end"))
    }

    fn stretches(&self, at: &str, object: &Map<String, Value>, key: &str) -> Read<Vec<Stretch>> {
        let within = |why: String| format!("{at}: {why}");
        let items = list(object, key).map_err(within)?.unwrap_or_default();
        let each = |(i, v): (usize, &Value)| {
            let at = format!("{at}.{key}[{i}]");
            self.stretch(&at, self::object(&at, v)?)
        };
        items.iter().enumerate().map(each).collect()
    }

    /// `[a, b]`, or a list of such pairs.
    fn pairs(&self, at: &str, value: Option<&Value>) -> Read<Vec<Stretch>> {
        let Some(Value::Array(items)) = value else {
            return match value {
                None | Some(Value::Null) => Ok(Vec::new()),
                Some(_) => Err(format!("{at} is no pair of offsets and no list of pairs")),
            };
        };
        match items.first() {
            None => Ok(Vec::new()),
            Some(Value::Array(_)) => {
                items.iter().map(|pair| self.between(at, pair.get(0), pair.get(1))).collect::<Read<Vec<_>>>()
            }
            Some(first) => Ok(vec![self.between(at, Some(first), items.get(1))?]),
        }
    }

    /// A mention, and its type if it is told.
    fn mark(&self, at: &str, value: &Value) -> Read<(Mark, Option<String>)> {
        let m = object(at, value)?;
        let here = |key| string(m, key).map_err(|why| format!("{at}: {why}"));
        let span = self.stretch(at, m)?;
        if let (Some(words), Some(there)) = (here("text")?, self.text.get(span.start..span.end))
            && words != there
        {
            let (start, end) = (span.start, span.end);
            return Err(format!("{at}: the text has {there:?} at {start}..{end}, the mention {words:?}"));
        }
        let mark = Mark {
            at: Some(span),
            kind: here("kind")?.unwrap_or("name").to_owned(),
            entity: here("entity")?.ok_or_else(|| format!("{at} has no `entity`"))?.to_owned(),
            source: here("source")?.unwrap_or_default().to_owned(),
            why: here("why")?.unwrap_or_default().to_owned(),
            confidence: get(m, "confidence").and_then(Value::as_f64).map(|c| c as f32),
        };
        Ok((mark, here("type")?.map(str::to_owned)))
    }

    fn fact(&self, at: &str, value: &Value) -> Read<Fact> {
        // The gold names the argument as a key of its own; we list them.
        const KEYS: [(&str, &str); 11] = [
            ("participants", "participant"),
            ("attendees", "attendee"),
            ("speaker", "speaker"),
            ("visitor", "visitor"),
            ("person", "person"),
            ("destination", "destination"),
            ("place", "place"),
            ("addressee", "addressee"),
            ("of", "of"),
            ("organisation", "organisation"),
            ("country", "country"),
        ];
        let r = object(at, value)?;
        let here = |key| string(r, key).map_err(|why| format!("{at}: {why}"));
        let yes = |key| flag(r, key).map_err(|why| format!("{at}: {why}"));
        let mut arguments = Vec::new();
        for (i, a) in list(r, "arguments").map_err(|w| format!("{at}: {w}"))?.unwrap_or_default().iter().enumerate() {
            let at = format!("{at}.arguments[{i}]");
            let a = object(&at, a)?;
            let part = |key| match string(a, key) {
                Ok(Some(part)) => Ok(part.to_owned()),
                Ok(None) => Err(format!("{at} has no `{key}`")),
                Err(why) => Err(format!("{at}: {why}")),
            };
            let span = get(a, "start").map(|_| self.stretch(&at, a)).transpose()?;
            arguments.push(Filled { role: part("role")?, entity: part("entity")?, at: span });
        }
        for (key, role) in KEYS {
            for entity in r.get(key).map(|v| strings(&format!("{at}.{key}"), v)).transpose()?.unwrap_or_default() {
                arguments.push(Filled { role: role.to_owned(), entity, at: None });
            }
        }
        let accept = list(r, "accept").map_err(|w| format!("{at}: {w}"))?.unwrap_or_default();
        let set = |v: &Value| strings(&format!("{at}.accept"), v).map(|all| all.into_iter().collect());
        let free = r.get("optional_arguments").map(|v| strings(&format!("{at}.optional_arguments"), v)).transpose()?;
        Ok(Fact {
            kind: here("type")?.ok_or_else(|| format!("{at} has no `type`"))?.to_owned(),
            optional: yes("optional")?,
            mood: mood(here("modality")?.unwrap_or_default()),
            arguments,
            accept: accept.iter().map(set).collect::<Read<_>>()?,
            free: free.unwrap_or_default().into_iter().collect(),
            evidence: self.stretches(at, r, "evidence")?,
            content: self.stretches(at, r, "content")?,
            mode: here("mode")?.unwrap_or_default().to_owned(),
            role: here("role")?.unwrap_or_default().to_owned(),
            former: yes("former")? || here("status")? == Some("former"),
            rule: here("rule")?.unwrap_or_default().to_owned(),
            confidence: get(r, "confidence").and_then(Value::as_f64).map(|c| c as f32),
        })
    }

    fn quote(&self, at: &str, value: &Value) -> Read<Quote> {
        let q = object(at, value)?;
        Ok(Quote {
            content: self.pairs(&format!("{at}.content"), q.get("content"))?,
            source: self.pairs(&format!("{at}.source"), q.get("source"))?,
            speech: flag(q, "speech").map_err(|why| format!("{at}: {why}"))?,
        })
    }
}

/// The sides are words of the sentence; a side that does not stand in it is nowhere.
fn consultation(at: &str, text: &str, value: &Value) -> Read<Consultation> {
    let e = object(at, value)?;
    let (mut sides, mut words) = (Vec::new(), Vec::new());
    for key in ["source", "target"] {
        let Some(side) = string(e, key).map_err(|why| format!("{at}: {why}"))?.filter(|s| !s.is_empty()) else {
            continue;
        };
        words.push(side);
        for part in side.split("; ") {
            sides.extend(text.find(part).map(|start| Stretch { start, end: start + part.len() }));
        }
    }
    Ok(Consultation { sides, words: words.join(" / ") })
}
