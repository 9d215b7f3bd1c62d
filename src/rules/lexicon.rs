//! Which senses can this word of the text have?
//!
//! ```text
//! «وسيلتقي»  ─►  Reading { sense: meet, form: present, conjunction و, future س }
//! ```
//!
//! Every form is listed in `rules/lexicon/`; nothing is inflected at run time. What is cut off a token is only what
//! Arabic writes without a blank: و ف before anything, س before a present form, ب ك ل with or without the article
//! before a noun, and a pronoun after it.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::relation::Modality;
use crate::rules::syntax::{Form, Forms};
use crate::span::Span;
use crate::text::{Language, Page};

/// How far and in which direction a word of context works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Next,
    Right,
    Left,
    Both,
    Clause,
}

/// A sense that qualifies a trigger near it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    pub(crate) modality: Modality,
    pub(crate) scope: Scope,
    pub(crate) reach: u8,
    pub(crate) with: Forms,
    pub(crate) headline: bool,
}

/// Where a word is passed over without being written in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Skip {
    #[default]
    Never,
    BeforeDate,
    Always,
}

/// Whether what is said ends before the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Ends {
    #[default]
    No,
    AfterMark,
    Always,
}

/// One sense of a word in one language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sense {
    pub(crate) name: String,
    pub(crate) groups: Vec<String>,
    pub(crate) fields: BTreeMap<String, String>,
    pub(crate) modality: Option<Modality>,
    pub(crate) context: Option<Context>,
    pub(crate) skip: Skip,
    pub(crate) strip: bool,
    pub(crate) joins: bool,
    pub(crate) ends: Ends,
    /// The union of its forms.
    pub(crate) forms: Option<Forms>,
}

impl Sense {
    /// Whether a pattern passes over the word everywhere.
    pub(crate) fn transparent(&self) -> bool {
        self.skip == Skip::Always
            || self.context.is_some_and(|c| matches!(c.scope, Scope::Next | Scope::Right | Scope::Both))
    }
}

/// A listed form: the words after the first.
#[derive(Clone, Debug)]
struct Entry {
    sense: u32,
    form: Form,
    rest: Vec<Box<str>>,
}

/// A place of the text where a listed form stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) sense: u32,
    pub(crate) form: Form,
    /// Folded bytes before the form in its first token, and after it.
    pub(crate) head: u8,
    pub(crate) tail: u8,
    pub(crate) conjunction: Option<char>,
    pub(crate) preposition: Option<char>,
    pub(crate) future: bool,
}

impl Reading {
    /// The original bytes of the form, clitics outside.
    pub(crate) fn span(&self, page: &Page<'_>) -> Span {
        let token = |i: u32| page.tokens.get(i as usize);
        let (Some(first), Some(last)) = (token(self.start), token(self.end.saturating_sub(1))) else {
            return Span::default();
        };
        // The س of the future belongs to the verb.
        let head = usize::from(self.head) - if self.future { 'س'.len_utf8().min(usize::from(self.head)) } else { 0 };
        let start = if head == 0 {
            first.span.start()
        } else {
            page.folded.original(Span::of(first.folded.start() + head..first.folded.end())).start()
        };
        Span::of(start..last.span.end())
    }
}

/// All senses of both languages.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    pub(crate) senses: Vec<Sense>,
    english: Forest,
    arabic: Forest,
}

type Forest = HashMap<Box<str>, Vec<Entry>, BuildHasherDefault<Fx>>;

impl Lexicon {
    pub(crate) fn add(&mut self, sense: Sense) -> u32 {
        self.senses.push(sense);
        (self.senses.len() - 1) as u32
    }

    /// Lists a form of a sense; `words` are folded, one a token.
    pub(crate) fn form(&mut self, language: Language, sense: u32, form: Form, words: &[String]) {
        let Some((first, rest)) = words.split_first() else { return };
        let forest = match language {
            Language::English => &mut self.english,
            Language::Arabic => &mut self.arabic,
            Language::Other => return,
        };
        let rest = rest.iter().map(|w| w.as_str().into()).collect::<Vec<_>>();
        let entries = forest.entry(first.as_str().into()).or_default();
        if !entries.iter().any(|e| e.sense == sense && e.form == form && e.rest == rest) {
            entries.push(Entry { sense, form, rest });
            entries.sort_by_key(|e| (std::cmp::Reverse(e.rest.len()), e.sense, e.form));
        }
        let all = &mut self.senses[sense as usize].forms;
        *all = Some(all.unwrap_or(Forms::NONE).with(form));
    }

    /// The senses a name in a pattern stands for: those of that name and those of the group.
    pub(crate) fn named<'l>(&'l self, name: &'l str) -> impl Iterator<Item = u32> + 'l {
        let fits = move |s: &Sense| s.name == name || s.groups.iter().any(|g| g == name);
        self.senses.iter().enumerate().filter(move |(_, s)| fits(s)).map(|(i, _)| i as u32)
    }

    /// Reads the tokens `range` of a page: every listed form that stands there, in text order, the longest first.
    pub(crate) fn read(&self, page: &Page<'_>, language: Language, range: Range<u32>, out: &mut Vec<Reading>) {
        let forest = match language {
            Language::English => &self.english,
            Language::Arabic => &self.arabic,
            Language::Other => return,
        };
        for at in range.clone() {
            let word = page.word(at);
            let from = out.len();
            collect(forest, page, at, range.end, word, Cut::default(), out);
            if language == Language::Arabic && out.len() == from {
                arabic(forest, page, at, range.end, word, out);
            }
            out[from..].sort_by_key(|r| (std::cmp::Reverse(r.end), r.sense, r.form));
        }
    }
}

/// What was cut off a token.
#[derive(Clone, Copy, Default)]
struct Cut {
    head: usize,
    tail: usize,
    conjunction: Option<char>,
    preposition: Option<char>,
    future: bool,
    noun: bool,
    present: bool,
}

fn collect(forest: &Forest, page: &Page<'_>, at: u32, end: u32, word: &str, cut: Cut, out: &mut Vec<Reading>) {
    let Some(entries) = forest.get(word) else { return };
    for entry in entries {
        let length = entry.rest.len() as u32 + 1;
        if at + length > end || (cut.tail > 0 && length > 1) {
            continue;
        }
        if (cut.noun && entry.form != Form::Noun) || (cut.present && entry.form != Form::Present) {
            continue;
        }
        if entry.rest.iter().zip(at + 1..).all(|(want, token)| page.word(token) == &**want) {
            out.push(Reading {
                start: at,
                end: at + length,
                sense: entry.sense,
                form: entry.form,
                head: cut.head.min(255) as u8,
                tail: cut.tail.min(255) as u8,
                conjunction: cut.conjunction,
                preposition: cut.preposition,
                future: cut.future,
            });
        }
    }
}

/// The readings of an Arabic token that is no listed form as it stands.
fn arabic(forest: &Forest, page: &Page<'_>, at: u32, end: u32, word: &str, out: &mut Vec<Reading>) {
    let from = out.len();
    let bare = Cut::default();
    noun(forest, page, at, end, word, bare, out);
    future(forest, page, at, end, word, bare, out);
    if let (Some(letter @ ('و' | 'ف')), true) = (word.chars().next(), out.len() == from) {
        let rest = &word[letter.len_utf8()..];
        if rest.chars().nth(1).is_none() {
            return;
        }
        let cut = Cut { head: letter.len_utf8(), conjunction: Some(letter), ..bare };
        collect(forest, page, at, end, rest, cut, out);
        if out.len() == from {
            noun(forest, page, at, end, rest, cut, out);
            future(forest, page, at, end, rest, cut, out);
        }
    }
}

/// س before a present form.
fn future(forest: &Forest, page: &Page<'_>, at: u32, end: u32, word: &str, cut: Cut, out: &mut Vec<Reading>) {
    if let Some(rest) = word.strip_prefix('س') {
        let cut = Cut { head: cut.head + 'س'.len_utf8(), future: true, present: true, ..cut };
        collect(forest, page, at, end, rest, cut, out);
    }
}

/// ب ك ل, the article, and a pronoun after a noun.
fn noun(forest: &Forest, page: &Page<'_>, at: u32, end: u32, word: &str, cut: Cut, out: &mut Vec<Reading>) {
    let from = out.len();
    let mut heads: Vec<(usize, Option<char>)> = vec![(0, None)];
    if let Some(letter @ ('ب' | 'ك' | 'ل')) = word.chars().next() {
        heads.push((letter.len_utf8(), Some(letter)));
    }
    for (head, preposition) in heads {
        let rest = &word[head..];
        let cut = Cut { head: cut.head + head, preposition, noun: true, ..cut };
        if head > 0 {
            collect(forest, page, at, end, rest, cut, out);
        }
        // «للقاء» is ل + ال + لقاء with one alef lost; then the second lam is the article's.
        let article = if preposition == Some('ل') { "ل" } else { "ال" };
        if let Some(stem) = rest.strip_prefix(article) {
            if stem.chars().nth(1).is_some() {
                let cut = Cut { head: cut.head + article.len(), ..cut };
                collect(forest, page, at, end, stem, cut, out);
            }
            if preposition == Some('ل') {
                let with = format!("ال{stem}");
                collect(forest, page, at, end, &with, Cut { head: cut.head, ..cut }, out);
            }
        }
        if out.len() == from {
            owned(forest, page, at, end, rest, cut, out);
        }
    }
}

/// A noun with a pronoun: «اجتماعهم», «زيارته» from زيارة, «لقائه» from لقاء.
fn owned(forest: &Forest, page: &Page<'_>, at: u32, end: u32, word: &str, cut: Cut, out: &mut Vec<Reading>) {
    for tail in ["هما", "هم", "ها", "ه"] {
        let Some(stem) = word.strip_suffix(tail) else { continue };
        if stem.chars().nth(2).is_none() {
            continue;
        }
        let cut = Cut { tail: tail.len(), noun: true, ..cut };
        let from = out.len();
        collect(forest, page, at, end, stem, cut, out);
        for (written, listed) in [('ت', 'ة'), ('ئ', 'ء'), ('ؤ', 'ء')] {
            if let Some(root) = stem.strip_suffix(written).filter(|_| out.len() == from) {
                collect(forest, page, at, end, &format!("{root}{listed}"), cut, out);
            }
        }
        if out.len() > from {
            return;
        }
    }
}

/// A short, fast hash for short words; collisions cost time only.
#[derive(Clone, Copy, Default)]
pub(crate) struct Fx(u64);

impl Hasher for Fx {
    fn write(&mut self, bytes: &[u8]) {
        const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(SEED);
        }
    }

    fn finish(&self) -> u64 {
        // The table takes the high bits for its tags and the low ones for the place: let both depend on all.
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::mock::page;

    fn lexicon() -> Lexicon {
        let mut lexicon = Lexicon::default();
        let mut add = |language, name: &str, forms: &[(Form, &str)]| {
            let sense = lexicon.add(Sense { name: name.to_owned(), ..Sense::default() });
            for (form, phrase) in forms {
                lexicon.form(language, sense, *form, &crate::rules::parse::words(phrase));
            }
        };
        add(Language::English, "meet", &[(Form::Past, "met"), (Form::Past, "held talks"), (Form::Noun, "talks")]);
        add(
            Language::Arabic,
            "meet",
            &[(Form::Present, "يلتقي"), (Form::Past, "التقى"), (Form::Noun, "لقاء"), (Form::Noun, "زيارة")],
        );
        add(Language::Arabic, "describe", &[(Form::Past, "وصف")]);
        lexicon
    }

    fn read(text: &str, language: Language) -> Vec<String> {
        let (lexicon, page) = (lexicon(), page(text));
        let mut out = Vec::new();
        lexicon.read(&page, language, 0..page.tokens.len() as u32, &mut out);
        let show = |r: &Reading| {
            let clitics: String =
                r.conjunction.into_iter().chain(r.preposition).chain(r.future.then_some('س')).collect();
            format!("{}{}{}", clitics, if clitics.is_empty() { "" } else { "+" }, &page.text[r.span(&page)])
        };
        out.iter().map(show).collect()
    }

    #[test]
    fn the_longest_first_and_all_readings() {
        assert_eq!(read("They held talks and met.", Language::English), ["held talks", "talks", "met"]);
        assert!(read("They held talks", Language::Arabic).is_empty());
    }

    #[test]
    fn arabic_clitics() {
        let read = |text| read(text, Language::Arabic);
        assert_eq!(read("وسيلتقي"), ["وس+سيلتقي"]);
        assert_eq!(read("والتقى"), ["و+التقى"]);
        assert_eq!(read("وصف"), ["وصف"], "a listed word is never cut");
        assert_eq!(read("باللقاء"), ["ب+لقاء"]);
        assert_eq!(read("للقاء"), ["ل+لقاء"]);
        assert_eq!(read("زيارته"), ["زيارته"]);
        assert_eq!(read("لقائه وبلقائهم"), ["لقائه", "وب+لقائهم"]);
        assert!(read("سالتقى").is_empty(), "س stands before present forms only");
        assert!(read("بيلتقي").is_empty(), "ب stands before nouns only");
    }
}
