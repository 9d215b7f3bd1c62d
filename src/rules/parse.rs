//! What does the author of a pattern want, item by item?
//!
//! ```text
//! "{a:actor+} <meet> [with]"  ─►  Slot a actor+ · Class meet · Maybe [ Literal with ]
//! ```
//!
//! Every item keeps its bytes in the pattern, so that a mistake can be shown under its own caret.

use std::ops::Range;

use crate::diagnostic::did_you_mean;
use crate::rules::syntax::{Form, Forms, SlotType};
use crate::text::fold::fold_str;

/// One item and its bytes in the pattern.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) at: Range<usize>,
    pub(crate) kind: Kind,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Slot {
        role: String,
        types: Vec<SlotType>,
        list: bool,
    },
    Class {
        name: String,
        forms: Forms,
        trigger: bool,
    },
    /// Folded words, one a token.
    Literal(Vec<String>),
    /// Folded letters that stand at the head of the item's first token.
    Fused(String, Box<Item>),
    Gap {
        reach: u8,
        over: bool,
    },
    /// Here the clause ends, or backwards begins.
    Edge,
    /// Here the sentence begins.
    Start,
    Either(Vec<Vec<Item>>),
    Maybe(Vec<Item>),
}

/// A mistake in a pattern.
#[derive(Clone, Debug)]
pub(crate) struct Mistake {
    pub(crate) code: &'static str,
    pub(crate) at: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

/// How far `..` reaches without a number.
const REACH: u8 = 4;

/// Groups inside groups, at most so many.
const DEPTH: usize = 12;

/// Reads one pattern; all mistakes that can be told apart are told.
pub(crate) fn pattern(text: &str) -> Result<Vec<Item>, Vec<Mistake>> {
    let mut reader = Reader { text, at: 0, mistakes: Vec::new() };
    let items = reader.sequence(0);
    if reader.at < text.len() {
        let found = reader.peek().unwrap_or(' ');
        let message = match found {
            '|' => "`|` stands outside of brackets".to_owned(),
            _ => format!("`{found}` closes nothing"),
        };
        reader.mistake("R006", reader.at..reader.at + found.len_utf8(), message, None);
    }
    if reader.mistakes.is_empty() && items.is_empty() {
        reader.mistake("R006", 0..text.len(), "the pattern is empty", None);
    }
    if reader.mistakes.is_empty() { Ok(items) } else { Err(reader.mistakes) }
}

/// The tokens that a word or phrase of a rule file stands for, folded: hyphens and marks are tokens of their own.
pub(crate) fn words(phrase: &str) -> Vec<String> {
    let folded = fold_str(phrase);
    let mut all = Vec::new();
    for word in folded.split_whitespace() {
        let mut start = 0;
        for (i, c) in word.char_indices() {
            if c == '-' || (is_mark(c) && !(c == '.' && word.len() > 1)) {
                if start < i {
                    all.push(word[start..i].to_owned());
                }
                all.push(c.to_string());
                start = i + c.len_utf8();
            }
        }
        let rest = &word[start..];
        match rest.strip_suffix("'s") {
            Some(stem) if !stem.is_empty() => all.extend([stem.to_owned(), "'s".to_owned()]),
            _ if !rest.is_empty() => all.push(rest.to_owned()),
            _ => {}
        }
    }
    all
}

/// Marks that are tokens of their own wherever they stand.
fn is_mark(c: char) -> bool {
    matches!(c, ',' | '،' | ';' | '؛' | ':' | '.' | '–' | '—' | '?' | '؟' | '!' | '/' | '&')
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn mistake(&mut self, code: &'static str, at: Range<usize>, message: impl Into<String>, help: Option<String>) {
        self.mistakes.push(Mistake { code, at, message: message.into(), help });
    }

    /// Items up to a closing bracket, a `|` or the end.
    fn sequence(&mut self, depth: usize) -> Vec<Item> {
        let mut items = Vec::new();
        loop {
            self.blanks();
            match self.peek() {
                None | Some(')' | ']' | '|') => return items,
                Some(_) => {
                    let before = self.at;
                    items.extend(self.item(depth));
                    if self.at == before {
                        // No progress would be an endless loop: step over the character.
                        self.at += self.peek().map_or(1, char::len_utf8);
                    }
                }
            }
        }
    }

    fn item(&mut self, depth: usize) -> Option<Item> {
        let start = self.at;
        let kind = match self.peek()? {
            '{' => return self.slot(),
            '<' => self.class()?,
            '(' | '[' if depth >= DEPTH => {
                self.mistake("R006", start..self.text.len(), "brackets are nested too deeply", None);
                self.at = self.text.len();
                return None;
            }
            '(' => self.group(depth, ')')?,
            '[' => match self.group(depth, ']')? {
                Kind::Either(mut all) if all.len() == 1 => Kind::Maybe(all.remove(0)),
                either => Kind::Maybe(vec![Item { at: start..self.at, kind: either }]),
            },
            '"' => self.quoted()?,
            '$' => {
                self.at += 1;
                Kind::Edge
            }
            '^' => {
                self.at += 1;
                Kind::Start
            }
            '}' | '>' | '+' | '?' => {
                let c = self.peek()?;
                self.at += c.len_utf8();
                let help =
                    (c == '+').then(|| "a clitic and its item are written without a blank: `ب+{b:actor}`".to_owned());
                self.mistake("R006", start..self.at, format!("`{c}` stands alone"), help);
                return None;
            }
            '.' if self.rest().starts_with("..") => self.gap(),
            _ => return self.word(depth),
        };
        Some(Item { at: start..self.at, kind })
    }

    fn group(&mut self, depth: usize, close: char) -> Option<Kind> {
        let start = self.at;
        self.at += 1;
        let mut all = Vec::new();
        loop {
            let from = self.at;
            let branch = self.sequence(depth + 1);
            if branch.is_empty() {
                self.mistake("R006", from..self.at.max(from + 1), "nothing stands between the brackets here", None);
            }
            all.push(branch);
            if self.eat('|') {
                continue;
            }
            if !self.eat(close) {
                self.mistake("R006", start..start + 1, format!("the bracket is never closed with `{close}`"), None);
                self.at = self.text.len();
                return None;
            }
            return Some(Kind::Either(all));
        }
    }

    /// The text up to `close`, which is eaten.
    fn enclosed(&mut self, close: char) -> Option<(usize, String)> {
        let start = self.at;
        self.at += 1;
        match self.rest().find(close) {
            Some(length) => {
                let inner = self.rest()[..length].to_owned();
                self.at += length + close.len_utf8();
                Some((start + 1, inner))
            }
            None => {
                self.mistake("R006", start..start + 1, format!("`{close}` is missing"), None);
                self.at = self.text.len();
                None
            }
        }
    }

    fn slot(&mut self) -> Option<Item> {
        let start = self.at;
        let (from, inner) = self.enclosed('}')?;
        let mut body = inner.as_str();
        let (mut list, mut maybe) = (false, false);
        loop {
            if let Some(less) = body.strip_suffix('+') {
                (body, list) = (less, true);
            } else if let Some(less) = body.strip_suffix('?') {
                (body, maybe) = (less, true);
            } else {
                break;
            }
        }
        while let Some(c @ ('+' | '?')) = self.peek() {
            if c == '+' && self.rest()[1..].starts_with(['{', '<', '"']) {
                break;
            }
            self.at += 1;
            *(if c == '+' { &mut list } else { &mut maybe }) = true;
        }
        let at = start..self.at;
        let Some((role, names)) = body.split_once(':') else {
            let sample = match SlotType::parse(body) {
                Some(_) => format!("a:{body}"),
                None => format!("{}:actor", if body.is_empty() { "a" } else { body }),
            };
            let help = format!("write `{{role:type}}`, as in `{{{sample}}}`");
            self.mistake("R006", at, "the slot has no type", Some(help));
            return None;
        };
        let mut types = Vec::new();
        let mut offset = from + role.len() + 1;
        for name in names.split('|') {
            match SlotType::parse(name.trim()) {
                Some(slot) => types.push(slot),
                None => {
                    let known = SlotType::WORDS.map(|(word, _)| word);
                    let help = match did_you_mean(name.trim(), known) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("the types are {}", crate::rules::tree::listed(&known)),
                    };
                    let message = format!("no slot type `{}`", name.trim());
                    self.mistake("R005", offset..offset + name.len(), message, Some(help));
                }
            }
            offset += name.len() + 1;
        }
        if role.trim().is_empty() {
            self.mistake("R006", at.clone(), "the slot has no role", Some("write `{role:type}`".to_owned()));
        }
        if types.iter().any(|t| t.is_text() || t.is_zero_width()) && (types.len() > 1 || list) {
            let message = "`quote`, `clause`, `before` and `unsaid` stand alone in their slot";
            self.mistake("R006", at.clone(), message, None);
        }
        let item = Item { at: at.clone(), kind: Kind::Slot { role: role.trim().to_owned(), types, list } };
        Some(if maybe { Item { at, kind: Kind::Maybe(vec![item]) } } else { item })
    }

    fn class(&mut self) -> Option<Kind> {
        let (from, inner) = self.enclosed('>')?;
        let (trigger, body) = match inner.strip_prefix('*') {
            Some(body) => (true, body),
            None => (false, inner.as_str()),
        };
        let (name, wanted) = match body.split_once('.') {
            Some((name, forms)) => (name, Some(forms)),
            None => (body, None),
        };
        let mut forms = if wanted.is_some() { Forms::NONE } else { Forms::VERBAL };
        let mut offset = from + usize::from(trigger) + name.len() + 1;
        for word in wanted.into_iter().flat_map(|w| w.split('|')) {
            match Form::parse(word) {
                Some(form) => forms = forms.with(form),
                None if word == "any" => forms = Forms::ALL,
                None => {
                    let known = Form::WORDS.map(|(word, _)| word);
                    let help = match did_you_mean(word, known) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("the forms are {}", crate::rules::tree::listed(&known)),
                    };
                    self.mistake("R020", offset..offset + word.len(), format!("no form `{word}`"), Some(help));
                }
            }
            offset += word.len() + 1;
        }
        if name.is_empty() {
            self.mistake("R006", from - 1..self.at, "the class has no name", None);
        }
        Some(Kind::Class { name: name.to_owned(), forms, trigger })
    }

    fn quoted(&mut self) -> Option<Kind> {
        let (from, inner) = self.enclosed('"')?;
        let words = words(&inner);
        if words.is_empty() {
            self.mistake("R006", from - 1..self.at, "no word stands between the quotation marks", None);
        }
        Some(Kind::Literal(words))
    }

    fn gap(&mut self) -> Kind {
        self.at += 2;
        let over = self.eat('!');
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let reach = self.rest()[..digits].parse().unwrap_or(if digits > 0 { u8::MAX } else { REACH });
        self.at += digits;
        Kind::Gap { reach, over }
    }

    /// A bare word, or a clitic with its item.
    fn word(&mut self, depth: usize) -> Option<Item> {
        let start = self.at;
        let special = |c: char| c.is_whitespace() || "{}<>()[]|\"+?".contains(c);
        let length = self.rest().find(special).unwrap_or(self.rest().len());
        let word = self.rest()[..length].to_owned();
        self.at += length;
        if self.peek() == Some('?') && !word.is_empty() {
            // The mark itself, as the last letter of a word: "why?".
            self.at += 1;
            return Some(Item { at: start..self.at, kind: Kind::Literal(words(&format!("{word}?"))) });
        }
        if self.eat('+') {
            if self.peek().is_none_or(|c| c.is_whitespace() || "])|+".contains(c)) {
                self.mistake("R006", start..self.at, "no item follows the clitic", None);
                return None;
            }
            let item = self.item(depth)?;
            return Some(Item { at: start..self.at, kind: Kind::Fused(fold_str(&word), Box::new(item)) });
        }
        let folded = words(&word);
        if folded.is_empty() {
            self.mistake("R006", start..self.at, "this word has no letters", None);
            return None;
        }
        Some(Item { at: start..self.at, kind: Kind::Literal(folded) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(items: &[Item]) -> String {
        let one = |item: &Item| match &item.kind {
            Kind::Slot { role, types, list } => format!("{role}:{types:?}{}", if *list { "+" } else { "" }),
            Kind::Class { name, trigger, .. } => format!("<{}{name}>", if *trigger { "*" } else { "" }),
            Kind::Literal(words) => words.join("_"),
            Kind::Fused(letters, item) => format!("{letters}+{}", show(std::slice::from_ref(item))),
            Kind::Gap { reach, over } => format!("..{}{reach}", if *over { "!" } else { "" }),
            Kind::Edge => "$".to_owned(),
            Kind::Start => "^".to_owned(),
            Kind::Either(all) => format!("({})", all.iter().map(|b| show(b)).collect::<Vec<_>>().join("|")),
            Kind::Maybe(inner) => format!("[{}]", show(inner)),
        };
        items.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn items() {
        let show = |text| show(&pattern(text).unwrap());
        assert_eq!(show("{a:actor+} <meet> [with] {b:person|place}?"), "a:[Actor]+ <meet> [with] [b:[Person, Place]]");
        assert_eq!(show("<meet> .. (ب+{b:actor} | مع {b:actor}) ..!6 \"فِي مدينة\""), {
            "<meet> ..4 (ب+b:[Actor]|مع b:[Actor]) ..!6 في_مدينة"
        });
        assert_eq!(show("{s:actor} <*say.past|noun> : {c:quote}"), "s:[Actor] <*say> : c:[Quote]");
        assert_eq!(show("[a | b] co-operate Bahrain's"), "[(a|b)] co_-_operate bahrain_'s");
        assert_eq!(show("<say> {a:actor} $"), "<say> a:[Actor] $");
        assert_eq!(show("{a:actor+}? ل+<visit.noun>"), "[a:[Actor]+] ل+<visit>");
    }

    #[test]
    fn mistakes_are_located() {
        let one = |text: &str| {
            let all = pattern(text).unwrap_err();
            (all[0].code, text[all[0].at.clone()].to_owned(), all.len())
        };
        assert_eq!(one("{a:actr} <meet>"), ("R005", "actr".to_owned(), 1));
        assert_eq!(one("{a:actor <meet>"), ("R006", "{".to_owned(), 1));
        assert_eq!(one("{actor} <meet.pst>").2, 2, "both mistakes are told");
        assert_eq!(one("a | b").0, "R006");
        assert_eq!(one("(a | )").0, "R006");
        assert_eq!(one("ب+ {b:actor}").0, "R006");
        assert_eq!(one("").0, "R006");
        assert_eq!(one(&"(".repeat(50)).0, "R006");
    }
}
