//! Which senses can this word of the text have?
//!
//! ```text
//! «وسيلتقي»  ─►  Reading { sense: meet, form: present, conjunction و, future س }
//! ```
//!
//! Every form is listed in `rules/lexicon/`; nothing is inflected at run time. What is cut off a token is only what
//! Arabic writes without a blank: و ف before anything, س before a present form, ب ك ل with or without the article
//! before a
//! noun.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::hash::FastMap;
use crate::relation::Modality;
use crate::rules::syntax::{Form, Forms};
use crate::span::Span;
use crate::text::{Language, Page};

/// On which side of the word the trigger stands that it colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    After,
    Before,
    Clause,
}

/// What a sense says of a trigger near it.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) modality: Modality,
    pub(crate) scope: Scope,
    /// How many words may stand between.
    pub(crate) reach: u32,
    /// Names of the senses and groups it colours; without any, all.
    pub(crate) over: Vec<String>,
    pub(crate) tense: Option<Form>,
    /// No word of its own: it colours nouns that carry one of these clitics.
    pub(crate) clitics: Vec<char>,
    pub(crate) place: Where,
}

impl Context {
    /// Whether it is no word that stands somewhere, but something about the trigger itself.
    pub(crate) fn is_wordless(&self) -> bool {
        !self.clitics.is_empty() || matches!(self.place, Where::Opening | Where::Dated)
    }
}

/// Where a sense colours the triggers near it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Where {
    #[default]
    Anywhere,
    Headline,
    /// No word of its own: it colours a verb that opens its clause in running text.
    Opening,
    /// No word of its own: it colours a verb in running text that a date follows.
    Dated,
}

/// Where a word is passed over without being written in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Skip {
    #[default]
    Never,
    BeforeDate,
    BeforeParticiple,
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
    /// None for what a test makes up.
    pub(crate) language: Option<Language>,
    pub(crate) groups: Vec<String>,
    pub(crate) fields: BTreeMap<String, String>,
    pub(crate) modality: Option<Modality>,
    pub(crate) context: Option<Context>,
    pub(crate) skip: Skip,
    /// Opens what is said (group `opens`): cut off where a clause begins with it.
    pub(crate) opens: bool,
    /// … but belongs to it.
    pub(crate) inside: bool,
    /// Never a trigger (group `helper`).
    pub(crate) helper: bool,
    /// Takes no clitic.
    pub(crate) bare: bool,
    /// Joins the members of a list.
    pub(crate) joins: bool,
    /// A preposition (group `governs`): whoever stands behind it is no subject.
    pub(crate) governs: bool,
    /// Opens another clause (groups `relative` and `source`): no gap goes on behind it.
    pub(crate) parts: bool,
    /// … and never one that opens a clause (group `binds`).
    pub(crate) binds: bool,
    /// Opens a clause of its own (groups `opens`, `relative`, `subordinates`, `asks-what`): no word before it colours
    /// what stands in it.
    pub(crate) walls: bool,
    /// Stands before a mention and is passed over (group `determiner`).
    pub(crate) determines: bool,
    pub(crate) ends: Ends,
    /// The union of its forms.
    pub(crate) forms: Option<Forms>,
}

impl Sense {
    /// Whether a pattern passes over the word everywhere.
    pub(crate) fn transparent(&self) -> bool {
        self.skip == Skip::Always
            || (self.groups.iter().any(|g| g == "context")
                && self.context.as_ref().is_some_and(|c| c.scope == Scope::After))
    }

    /// Whether it is of that name or group.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name == name || self.groups.iter().any(|g| g == name)
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
    /// What it can be: "said" is a past and a perfect.
    pub(crate) forms: Forms,
    /// Folded bytes before the form in its first token.
    pub(crate) head: u8,
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

type Forest = FastMap<Box<str>, Vec<Entry>>;

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

    /// The senses of a language that a name in a pattern stands for: those of that name and those of the group.
    pub(crate) fn named<'l>(&'l self, language: Language, name: &'l str) -> impl Iterator<Item = u32> + 'l {
        let fits = move |s: &Sense| s.is(name) && s.language.is_none_or(|l| l == language);
        self.senses.iter().enumerate().filter(move |(_, s)| fits(s)).map(|(i, _)| i as u32)
    }

    /// Whether a folded word is listed by itself in a sense that passes the test, in either language.
    pub(crate) fn lists(&self, word: &str, test: impl Fn(&Sense) -> bool) -> bool {
        let forest = if word.is_ascii() { &self.english } else { &self.arabic };
        let fits = |e: &Entry| e.rest.is_empty() && self.senses.get(e.sense as usize).is_some_and(&test);
        forest.get(word).is_some_and(|all| all.iter().any(fits))
    }

    /// Whether a folded word is listed by itself in this very sense.
    pub(crate) fn lists_sense(&self, word: &str, sense: u32) -> bool {
        let forest = if word.is_ascii() { &self.english } else { &self.arabic };
        forest.get(word).is_some_and(|all| all.iter().any(|e| e.rest.is_empty() && e.sense == sense))
    }

    /// Whether a folded word is a form of a verb; Arabic clitics may stand before it.
    pub(crate) fn is_verb(&self, word: &str) -> bool {
        let listed = |forest: &Forest, word: &str, present: bool| {
            let verb = |e: &Entry| match e.form {
                Form::Noun | Form::Words => false,
                Form::Present => true,
                _ => !present,
            };
            forest.get(word).is_some_and(|all| all.iter().any(|e| e.rest.is_empty() && verb(e)))
        };
        if word.is_ascii() {
            return listed(&self.english, word, false);
        }
        let future = |word: &str| word.strip_prefix('س').is_some_and(|rest| listed(&self.arabic, rest, true));
        let rest = word.strip_prefix(['و', 'ف']).filter(|rest| rest.chars().nth(2).is_some());
        listed(&self.arabic, word, false)
            || future(word)
            || rest.is_some_and(|rest| listed(&self.arabic, rest, false) || future(rest))
    }

    /// Whether a folded Arabic word is a listed form of one word, or a verb; clitics and the article may stand before it.
    pub(crate) fn is_listed(&self, word: &str) -> bool {
        let alone = |word: &str| self.arabic.get(word).is_some_and(|all| all.iter().any(|e| e.rest.is_empty()));
        let rest = word.strip_prefix(['و', 'ف', 'ب', 'ل']).unwrap_or(word);
        self.is_verb(word) || alone(word) || alone(rest) || rest.strip_prefix("ال").is_some_and(alone)
    }

    /// Reads the tokens `range` of a page: every listed form that stands there, in text order, the longest first.
    pub(crate) fn read(&self, page: &Page<'_>, language: Language, range: Range<u32>, out: &mut Vec<Reading>) {
        let forest = match language {
            Language::English => &self.english,
            Language::Arabic => &self.arabic,
            Language::Other => return,
        };
        let reader = Reader { forest, senses: &self.senses, page, end: range.end };
        // The longest form wins: what lies inside a longer reading is not read.
        let mut covered = 0;
        for at in range {
            let word = page.word(at);
            let from = out.len();
            reader.collect(at, word, Cut::default(), out);
            if out.len() == from {
                match language {
                    Language::Arabic => reader.arabic(at, word, out),
                    _ => reader.contraction(at, word, out),
                }
            }
            let longest = out[from..].iter().map(|r| r.end).max().unwrap_or(0);
            if longest <= covered {
                out.truncate(from);
                continue;
            }
            let mut kept = from;
            for i in from..out.len() {
                if out[i].end == longest {
                    out[kept] = out[i];
                    kept += 1;
                }
            }
            out.truncate(kept);
            out[from..].sort_by_key(|r| r.sense);
            covered = longest;
        }
    }
}

/// What was cut off a token.
#[derive(Clone, Copy, Default)]
struct Cut {
    head: usize,
    conjunction: Option<char>,
    preposition: Option<char>,
    future: bool,
    /// Only forms of this kind may stand behind what was cut off.
    only: Option<Form>,
}

struct Reader<'r> {
    forest: &'r Forest,
    senses: &'r [Sense],
    page: &'r Page<'r>,
    end: u32,
}

impl Reader<'_> {
    fn collect(&self, at: u32, word: &str, cut: Cut, out: &mut Vec<Reading>) {
        let Some(entries) = self.forest.get(word) else { return };
        // «لم توقع» is signing, «توقع» expecting: no past stands behind لم, and only there the short form of the present.
        let alone = |form: Form| entries.iter().any(|e| e.form == form && e.rest.is_empty());
        let doubtful = alone(Form::Past) && alone(Form::Jussive);
        let negated = doubtful && at.checked_sub(1).is_some_and(|before| self.page.word(before) == "لم");
        let barred = if negated { Form::Past } else { Form::Jussive };
        for entry in entries {
            if doubtful && entry.form == barred && entry.rest.is_empty() {
                continue;
            }
            let end = at + entry.rest.len() as u32 + 1;
            let bare = cut.head > 0 && self.senses.get(entry.sense as usize).is_some_and(|s| s.bare);
            if end > self.end || bare || cut.only.is_some_and(|form| form != entry.form) {
                continue;
            }
            if !entry.rest.iter().zip(at + 1..).all(|(want, token)| self.page.word(token) == &**want) {
                continue;
            }
            let mut reading = Reading {
                start: at,
                end,
                sense: entry.sense,
                forms: Forms::NONE.with(entry.form),
                head: cut.head.min(255) as u8,
                conjunction: cut.conjunction,
                preposition: cut.preposition,
                future: cut.future,
            };
            // Entries are sorted by length and sense, so that the forms of one sense come one after the other.
            match out.last_mut().filter(|last| last.start == at && last.end == end && last.sense == entry.sense) {
                Some(last) => {
                    reading.forms = last.forms.with(entry.form);
                    *last = reading;
                }
                None => out.push(reading),
            }
        }
    }

    /// The tail of "didn't" and "he'll", where the lexicon lists it.
    fn contraction(&self, at: u32, word: &str, out: &mut Vec<Reading>) {
        let Some(apostrophe) = word.rfind('\'') else { return };
        let before = word[..apostrophe].char_indices().next_back().map_or(0, |(i, _)| i);
        for head in [before, apostrophe] {
            if head > 0 {
                self.collect(at, &word[head..], Cut { head, ..Cut::default() }, out);
            }
        }
    }

    /// The readings of an Arabic token that is no listed form as it stands.
    fn arabic(&self, at: u32, word: &str, out: &mut Vec<Reading>) {
        let from = out.len();
        self.clitics(at, word, Cut::default(), out);
        if let (Some(letter @ ('و' | 'ف')), true) = (word.chars().next(), out.len() == from) {
            let rest = &word[letter.len_utf8()..];
            // One letter alone is no word.
            if rest.chars().nth(1).is_none() {
                return;
            }
            let cut = Cut { head: letter.len_utf8(), conjunction: Some(letter), ..Cut::default() };
            self.collect(at, rest, cut, out);
            if out.len() == from {
                self.clitics(at, rest, cut, out);
            }
        }
    }

    /// س before a present form; ب ك ل and the article before a noun.
    fn clitics(&self, at: u32, word: &str, cut: Cut, out: &mut Vec<Reading>) {
        if let Some(rest) = word.strip_prefix('س') {
            let cut = Cut { head: cut.head + 'س'.len_utf8(), future: true, only: Some(Form::Present), ..cut };
            self.collect(at, rest, cut, out);
        }
        let noun = Cut { only: Some(Form::Noun), ..cut };
        self.article(at, word, noun, out);
        let Some(letter @ ('ب' | 'ك' | 'ل')) = word.chars().next() else { return };
        let rest = &word[letter.len_utf8()..];
        let cut = Cut { head: cut.head + letter.len_utf8(), preposition: Some(letter), ..noun };
        self.collect(at, rest, cut, out);
        self.article(at, rest, cut, out);
        // «للقاء» is ل + ال + لقاء with the alef lost: the second lam is the article's.
        if let Some(stem) = rest.strip_prefix('ل').filter(|_| letter == 'ل') {
            self.collect(at, stem, Cut { head: cut.head + 'ل'.len_utf8(), ..cut }, out);
            self.collect(at, &format!("ال{stem}"), cut, out);
        }
    }

    fn article(&self, at: u32, word: &str, cut: Cut, out: &mut Vec<Reading>) {
        if let Some(stem) = word.strip_prefix("ال").filter(|stem| stem.chars().nth(1).is_some()) {
            self.collect(at, stem, Cut { head: cut.head + "ال".len(), ..cut }, out);
        }
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
        add(Language::English, "negation", &[(Form::Base, "n't")]);
        add(Language::Arabic, "meet", &[(Form::Present, "يلتقي"), (Form::Past, "التقى"), (Form::Noun, "لقاء")]);
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
    fn the_longest_form_wins() {
        assert_eq!(read("They held talks and met.", Language::English), ["held talks", "met"]);
        assert!(read("They held talks", Language::Arabic).is_empty());
        assert_eq!(read("They didn't", Language::English), ["n't"], "the tail of a contraction");
    }

    #[test]
    fn arabic_clitics() {
        let read = |text| read(text, Language::Arabic);
        assert_eq!(read("وسيلتقي"), ["وس+سيلتقي"]);
        assert_eq!(read("والتقى"), ["و+التقى"]);
        assert_eq!(read("وصف"), ["وصف"], "a listed word is never cut");
        assert_eq!(read("باللقاء"), ["ب+لقاء"]);
        assert_eq!(read("للقاء"), ["ل+لقاء"]);
        assert!(read("سالتقى").is_empty(), "س stands before present forms only");
        assert!(read("بيلتقي").is_empty(), "ب stands before nouns only");
    }
}
