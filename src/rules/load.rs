//! What do the rule files define?
//!
//! ```text
//! rules/meeting.toml ─► File ─► [RuleDef { id, emit, patterns, examples }]
//! rules/lexicon/en.toml ─► File ─► [SenseDef { name, forms }]      every mistake ─► Diagnostic
//! ```
//!
//! Only what one file can tell by itself is checked here; what needs all files (classes, ids, codes) is checked where
//! they are put together, in [`check`](crate::rules::check).

use std::collections::BTreeMap;
use std::ops::Range;

use crate::relation::Modality;
use crate::rules::examples::{self, Example};
use crate::rules::lexicon::{Context, Ends, Scope, Sense, Skip, Where};
use crate::rules::parse::{self, Item};
use crate::rules::syntax::Form;
use crate::rules::tree::{File, Key, Node, Value};
use crate::text::Language;

/// Everything one file defines, with the place of each thing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parsed {
    pub(crate) rules: Vec<RuleDef>,
    pub(crate) senses: Vec<SenseDef>,
    pub(crate) codes: crate::rules::codes::Table,
}

#[derive(Clone, Debug)]
pub(crate) struct RuleDef {
    pub(crate) id: String,
    pub(crate) at: Range<usize>,
    pub(crate) doc: String,
    pub(crate) emit: Emit,
    pub(crate) codes: Vec<(String, String, Range<usize>)>,
    pub(crate) beats: Vec<(String, Range<usize>)>,
    pub(crate) patterns: Vec<PatternDef>,
    pub(crate) only: bool,
    pub(crate) over_slot: bool,
    pub(crate) confidence: f32,
    /// Whether it speaks also within what somebody says.
    pub(crate) nested: bool,
    pub(crate) examples: Vec<Example>,
}

#[derive(Clone, Debug)]
pub(crate) struct PatternDef {
    pub(crate) language: Language,
    pub(crate) text: String,
    pub(crate) at: Range<usize>,
    pub(crate) items: Vec<Item>,
}

/// A word of the file and where it stands.
pub(crate) type Place = (String, Range<usize>);

/// What a rule gives: slots by the role they play.
#[derive(Clone, Debug, Default)]
pub(crate) struct Emit {
    pub(crate) kind: String,
    pub(crate) roles: Vec<(String, Vec<Place>)>,
    pub(crate) fields: BTreeMap<String, String>,
}

impl Emit {
    /// The slots that play a role.
    pub(crate) fn slots(&self, role: &str) -> impl Iterator<Item = &str> {
        self.roles.iter().filter(move |(r, _)| r == role).flat_map(|(_, slots)| slots.iter().map(|(s, _)| s.as_str()))
    }

    /// The roles that are arguments.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = (&str, &[Place])> {
        let reserved = |role: &str| matches!(role, "content" | "via" | "date");
        self.roles.iter().filter(move |(r, _)| !reserved(r)).map(|(r, s)| (r.as_str(), s.as_slice()))
    }
}

#[derive(Clone, Debug)]
pub(crate) struct SenseDef {
    pub(crate) language: Language,
    pub(crate) sense: Sense,
    pub(crate) forms: Vec<(Form, String, Range<usize>)>,
}

/// Reads one file.
pub(crate) fn load(file: &mut File<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let top = file.read();
    let has = |name: &str| top.iter().any(|(k, _)| k.name == name);
    if has("rule") || has("lexicon") || has("code") || has("scheme") {
        for (key, value) in &top {
            match key.name.as_str() {
                "rule" => {
                    for rule in file.list(value) {
                        parsed.rules.extend(rule_def(file, rule));
                    }
                }
                "lexicon" => {
                    for (key, senses) in file.table(value) {
                        match language(&key.name) {
                            Some(language) => lexicon(file, language, senses, &mut parsed.senses),
                            None => file.unknown_key(key, "`lexicon`", &["en", "ar"]),
                        }
                    }
                }
                "code" | "scheme" => parsed.codes.load(file, key, value),
                "doc" => drop(file.text(value)),
                _ => file.unknown_key(key, "a rule file", &["rule", "lexicon", "code", "scheme", "doc"]),
            }
        }
    } else {
        lexicon_file(file, &top, &mut parsed.senses);
    }
    parsed
}

fn language(word: &str) -> Option<Language> {
    match word {
        "en" => Some(Language::English),
        "ar" => Some(Language::Arabic),
        _ => None,
    }
}

/// A file of senses only: its language is a key, or the last part of its name (`en.toml`, `own.ar.toml`).
fn lexicon_file(file: &mut File<'_>, top: &[(Key, Value)], out: &mut Vec<SenseDef>) {
    let stem = file.name.rsplit(['/', '\\']).next().unwrap_or_default().trim_end_matches(".toml");
    let mut found = language(stem.rsplit('.').next().unwrap_or_default());
    let mut senses = Vec::new();
    for (key, value) in top {
        match &value.node {
            Node::Text(word) if key.name == "language" => {
                found = language(word);
                if found.is_none() {
                    file.problem("R003", value.at.clone(), "`en` or `ar` is wanted here");
                    return;
                }
            }
            Node::Text(_) if key.name == "doc" => {}
            _ => senses.push((key.clone(), value.clone())),
        }
    }
    let Some(language) = found else {
        // A file that could not be read says so already.
        if !top.is_empty() || file.problems.is_empty() {
            let message = "this file has no `[[rule]]`, and for a lexicon it does not tell its language";
            let help = "write `language = \"en\"` (or `ar`) at its head, or name it `….en.toml`";
            file.problem_with_help("R003", 0..0, message, help);
        }
        return;
    };
    for (key, value) in &senses {
        out.extend(sense_def(file, language, key, value));
    }
}

fn lexicon(file: &mut File<'_>, language: Language, senses: &Value, out: &mut Vec<SenseDef>) {
    for (key, value) in file.table(senses) {
        out.extend(sense_def(file, language, key, value));
    }
}

const SENSE_KEYS: [&str; 28] = [
    "groups",
    "doc",
    "fields",
    "stance",
    "by",
    "mode",
    "modality",
    "casts",
    "scope",
    "reach",
    "over",
    "tense",
    "clitics",
    "where",
    "bare",
    "skip",
    "joins",
    "inside",
    "ends",
    "base",
    "present",
    "past",
    "perfect",
    "participle",
    "jussive",
    "passive",
    "noun",
    "words",
];

fn sense_def(file: &mut File<'_>, language: Language, key: &Key, value: &Value) -> Option<SenseDef> {
    let entries = match &value.node {
        Node::Table(entries) => entries,
        _ => {
            file.wrong_kind(value, "a table of forms");
            return None;
        }
    };
    let mut sense = Sense { name: key.name.clone(), language: Some(language), ..Sense::default() };
    let mut forms = Vec::new();
    let mut casts = None;
    let mut context = Context {
        modality: Modality::Asserted,
        scope: Scope::After,
        reach: 4,
        over: Vec::new(),
        tense: None,
        clitics: Vec::new(),
        place: Where::Anywhere,
    };
    for (key, value) in entries {
        match key.name.as_str() {
            "groups" => sense.groups = words_of(file, value),
            "doc" => drop(file.text(value)),
            "fields" => sense.fields.extend(fields(file, value)),
            "stance" | "by" | "mode" => sense.fields.extend(file.text(value).map(|v| (key.name.clone(), v))),
            "modality" => sense.modality = one_of(file, value, &MODALITIES),
            "casts" => casts = one_of(file, value, &MODALITIES),
            "scope" => {
                let known = [("after", Scope::After), ("before", Scope::Before), ("clause", Scope::Clause)];
                context.scope = one_of(file, value, &known).unwrap_or(Scope::After);
            }
            "reach" => match value.node {
                Node::Whole(n @ 0..=40) => context.reach = n as u32,
                _ => file.wrong_kind(value, "a number of words from 0 to 40"),
            },
            "over" => context.over = words_of(file, value),
            "tense" => context.tense = one_of(file, value, &Form::WORDS),
            "clitics" => context.clitics = words_of(file, value).iter().filter_map(|w| w.chars().next()).collect(),
            "where" => {
                let known = [
                    ("headline", Where::Headline),
                    ("anywhere", Where::Anywhere),
                    ("opening", Where::Opening),
                    ("dated", Where::Dated),
                ];
                context.place = one_of(file, value, &known).unwrap_or_default();
            }
            "bare" => sense.bare = flag(file, value),
            "joins" => sense.joins = flag(file, value),
            "inside" => sense.inside = flag(file, value),
            "skip" => {
                let known = [
                    ("true", Skip::Always),
                    ("false", Skip::Never),
                    ("date", Skip::BeforeDate),
                    ("participle", Skip::BeforeParticiple),
                ];
                sense.skip = one_of(file, value, &known).unwrap_or_default();
            }
            "ends" => {
                let known = [("clause", Ends::Always), ("mark", Ends::AfterMark)];
                sense.ends = one_of(file, value, &known).unwrap_or_default();
            }
            name => match Form::parse(name) {
                Some(form) => forms.extend(file.texts(value).into_iter().map(|(word, at)| (form, word, at))),
                None => file.unknown_key(key, &format!("the sense `{}`", sense.name), &SENSE_KEYS),
            },
        }
    }
    if let Some(modality) = casts {
        sense.context = Some(Context { modality, ..context });
    }
    sense.parts = sense.groups.iter().any(|g| g == "relative" || g == "source");
    let opening = ["opens", "relative", "subordinates", "asks-what"];
    sense.walls = sense.groups.iter().any(|g| opening.contains(&g.as_str())) && sense.context.is_none();
    sense.governs = sense.groups.iter().any(|g| g == "governs");
    sense.binds = sense.groups.iter().any(|g| g == "binds");
    sense.determines = sense.groups.iter().any(|g| g == "determiner");
    sense.helper = sense.groups.iter().any(|g| g == "helper");
    sense.opens = sense.groups.iter().any(|g| g == "opens") || sense.inside;
    if forms.is_empty() && !sense.context.as_ref().is_some_and(Context::is_wordless) {
        file.problem("R019", key.at.clone(), format!("the sense `{}` lists no form", key.name));
    }
    for (_, word, at) in &forms {
        if parse::words(word).is_empty() {
            file.problem("R019", at.clone(), "this form has no letters");
        }
    }
    Some(SenseDef { language, sense, forms })
}

const MODALITIES: [(&str, Modality); 5] = [
    ("asserted", Modality::Asserted),
    ("planned", Modality::Planned),
    ("intended", Modality::Intended),
    ("possible", Modality::Possible),
    ("denied", Modality::Denied),
];

fn words_of(file: &mut File<'_>, value: &Value) -> Vec<String> {
    file.texts(value).into_iter().map(|(word, _)| word).collect()
}

fn flag(file: &mut File<'_>, value: &Value) -> bool {
    match value.node {
        Node::Flag(flag) => flag,
        _ => {
            file.wrong_kind(value, "`true` or `false`");
            false
        }
    }
}

fn one_of<T: Copy>(file: &mut File<'_>, value: &Value, known: &[(&str, T)]) -> Option<T> {
    let word = value.word().unwrap_or_default();
    let found = known.iter().find(|(w, _)| *w == word).map(|(_, t)| *t);
    if found.is_none() {
        let names: Vec<_> = known.iter().map(|(w, _)| *w).collect();
        let help = match crate::diagnostic::did_you_mean(&word, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the words are {}", crate::rules::tree::listed(&names)),
        };
        file.problem_with_help("R021", value.at.clone(), format!("`{word}` is none of the words known here"), help);
    }
    found
}

fn fields(file: &mut File<'_>, value: &Value) -> Vec<(String, String)> {
    let table = file.table(value);
    table.iter().filter_map(|(key, value)| Some((key.name.clone(), file.text(value)?))).collect()
}

const RULE_KEYS: [&str; 13] =
    ["id", "doc", "emit", "code", "beats", "en", "ar", "only", "over", "confidence", "nested", "examples", "note"];

fn rule_def(file: &mut File<'_>, value: &Value) -> Option<RuleDef> {
    let entries = file.table(value);
    let find = |name: &str| entries.iter().find(|(key, _)| key.name == name);
    let head = value.at.start..value.at.start;
    let Some((_, id_value)) = find("id") else {
        file.problem("R003", head, "the rule has no `id`");
        return None;
    };
    let id = file.text(id_value)?;
    let mut rule = RuleDef {
        id,
        at: id_value.at.clone(),
        doc: String::new(),
        emit: Emit::default(),
        codes: Vec::new(),
        beats: Vec::new(),
        patterns: Vec::new(),
        only: false,
        over_slot: false,
        confidence: 0.9,
        nested: true,
        examples: Vec::new(),
    };
    for (key, value) in entries {
        match key.name.as_str() {
            "id" => {}
            "doc" => rule.doc = file.text(value).unwrap_or_default(),
            "note" => drop(file.text(value)),
            "emit" => rule.emit = emit(file, value),
            "code" => {
                for (key, value) in file.table(value) {
                    rule.codes.extend(file.text(value).map(|code| (key.name.clone(), code, value.at.clone())));
                }
            }
            "beats" => rule.beats = file.texts(value),
            "en" => patterns(file, Language::English, value, &mut rule.patterns),
            "ar" => patterns(file, Language::Arabic, value, &mut rule.patterns),
            "only" => rule.only = file.text(value).is_some(),
            "over" => rule.over_slot = one_of(file, value, &[("slot", true)]).unwrap_or(false),
            "confidence" => match value.node {
                Node::Whole(n @ 1..=100) => rule.confidence = n as f32 / 100.0,
                _ => file.wrong_kind(value, "a whole number of per cent from 1 to 100"),
            },
            "nested" => rule.nested = flag(file, value),
            "examples" => rule.examples = examples::load(file, value),
            _ => file.unknown_key(key, &format!("the rule `{}`", rule.id), &RULE_KEYS),
        }
    }
    if rule.emit.kind.is_empty() {
        file.problem("R003", rule.at.clone(), format!("the rule `{}` does not say what it emits", rule.id));
    }
    if find("en").is_none() && find("ar").is_none() && find("over").is_none() {
        file.problem("R003", rule.at.clone(), format!("the rule `{}` has no pattern", rule.id));
    }
    Some(rule)
}

fn emit(file: &mut File<'_>, value: &Value) -> Emit {
    let mut emit = Emit::default();
    for (key, value) in file.table(value) {
        match key.name.as_str() {
            "type" => emit.kind = file.text(value).unwrap_or_default(),
            "fields" => emit.fields.extend(fields(file, value)),
            "by" | "stance" | "mode" => emit.fields.extend(file.text(value).map(|v| (key.name.clone(), v))),
            _ => {
                let slots = file.texts(value);
                emit.roles.push((key.name.clone(), slots));
            }
        }
    }
    emit
}

fn patterns(file: &mut File<'_>, language: Language, value: &Value, out: &mut Vec<PatternDef>) {
    for (text, at) in file.texts(value) {
        match parse::pattern(&text) {
            Ok(items) => out.push(PatternDef { language, text, at, items }),
            Err(mistakes) => {
                for mistake in mistakes {
                    let at = file.inside(&at, &text, mistake.at);
                    let mut d = file.diagnostic(mistake.code, at, mistake.message);
                    if let Some(help) = mistake.help {
                        d = d.help(help);
                    }
                    file.problems.push(d);
                }
            }
        }
    }
}
