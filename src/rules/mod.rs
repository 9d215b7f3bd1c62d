//! Which relations do the clauses state?
//!
//! ```text
//! rules/*.toml ─► tree ─► load ─► check ─► program
//!                                            │
//! Scene (page + slots) ─► stage ─► run ──────┴─► conflict ─► assemble ─► relations
//!                                  matcher, context          content, codes
//! ```
//!
//! The rule files are the knowledge; how they are written is told in `src/rules/syntax.rs`.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Severity};
use crate::entity::EntityKind;
use crate::error::Error;
use crate::mention::MentionKind;
use crate::rules::load::Parsed;
use crate::rules::program::Program;
use crate::rules::syntax::Form;
use crate::rules::tree::File;
use crate::span::Span;
use crate::text::Page;

pub(crate) mod agrees;
pub(crate) mod assemble;
pub(crate) mod bundled;
pub(crate) mod check;
pub(crate) mod codes;
pub(crate) mod conflict;
pub(crate) mod content;
pub(crate) mod context;
mod coverage;
pub(crate) mod examples;
pub(crate) mod explain;
mod explanation;
mod extent;
pub(crate) mod folding;
pub(crate) mod governor;
pub(crate) mod lexicon;
pub(crate) mod load;
pub(crate) mod matcher;
#[cfg(test)]
pub(crate) mod mock;
pub(crate) mod nearby;
pub(crate) mod parse;
pub(crate) mod program;
pub(crate) mod run;
mod saying;
pub(crate) mod stage;
pub(crate) mod subject;
pub(crate) mod syntax;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_bad;
#[cfg(all(test, feature = "bundled"))]
mod tests_bundled;
#[cfg(all(test, feature = "bundled"))]
mod tests_clause;
pub(crate) mod tree;

pub use coverage::{Coverage, Fired, Unanswered};
pub use explain::{Fate, Tried};
pub use explanation::{About, Explanation, Sentence};

/// Rules and their lexicon, compiled.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    pub(crate) sources: Vec<Source>,
    pub(crate) program: Program,
    /// What is not wrong, but should be looked at.
    pub(crate) warnings: Vec<Diagnostic>,
}

/// One file and what it defines.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) parsed: Parsed,
}

/// What a run over a document may keep for the next one, and what it notes when asked.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// Set it to be told what was tried.
    pub(crate) trace: Option<explain::Trace>,
}

impl Rules {
    /// Reads, checks and compiles files given as `(name, text)`: rule files, lexicons, tables of codes, in any order.
    ///
    /// # Errors
    ///
    /// All mistakes of all files, each with line and column.
    pub(crate) fn from_files(files: &[(&str, &str)]) -> Result<Self, Error> {
        let (rules, problems) = Self::read(files);
        if problems.iter().any(|p| p.severity == Severity::Error) {
            return Err(Error::diagnostics(problems));
        }
        Ok(Rules { warnings: problems, ..rules })
    }

    /// As [`from_files`](Self::from_files), with whatever could be compiled and all problems, warnings among them.
    pub(crate) fn read(files: &[(&str, &str)]) -> (Self, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let mut sources = Vec::new();
        for (name, text) in files {
            let mut file = File::new(name, text);
            let parsed = load::load(&mut file);
            problems.append(&mut file.problems);
            sources.push(Source { name: (*name).to_owned(), text: (*text).to_owned(), parsed });
        }
        let (program, more) = check::compile(&sources);
        problems.extend(more);
        // Errors first, then by file and line: that is the order in which they are mended.
        problems.sort_by(|a, b| {
            let place = |d: &Diagnostic| (d.severity, d.file.clone(), d.line, d.column, d.code);
            place(a).cmp(&place(b))
        });
        (Rules { sources, program, warnings: Vec::new() }, problems)
    }

    /// Whether a folded word is a listed form of a verb, and so no part of a name that no list holds.
    pub(crate) fn is_verb(&self, word: &str) -> bool {
        self.program.lexicon.is_verb(word)
    }

    /// Whether a folded word is any listed form of one word, a noun of saying or meeting too.
    pub(crate) fn is_listed(&self, word: &str) -> bool {
        self.program.lexicon.is_listed(word)
    }

    /// Whether these tokens are a form, other than a noun, of a sense that has one of these names or groups.
    pub(crate) fn is_form(&self, page: &Page<'_>, tokens: std::ops::Range<u32>, of: &[&str]) -> bool {
        let paragraph = page.tokens.get(tokens.start as usize).and_then(|t| page.paragraphs.get(t.paragraph as usize));
        let Some(language) = paragraph.map(|p| p.language) else { return false };
        let lexicon = &self.program.lexicon;
        let mut readings = Vec::new();
        lexicon.read(page, language, tokens.clone(), &mut readings);
        readings.iter().any(|r| {
            (r.start, r.end) == (tokens.start, tokens.end)
                && !r.forms.has(Form::Noun)
                && lexicon.senses.get(r.sense as usize).is_some_and(|s| of.iter().any(|name| s.is(name)))
        })
    }

    /// Whether the clause around a token speaks of what is to come.
    pub(crate) fn speaks_of_future(&self, page: &Page<'_>, token: u32) -> bool {
        context::speaks_of_future(&self.program, page, token)
    }
}

pub(crate) use crate::rules::run::run;

/// The bundled files but those in whose place a file of one's own stands, which has the same name; then one's own.
pub(crate) fn with_bundled<'f>(own: &[(&'f str, &'f str)], bundled: bool) -> Vec<(&'f str, &'f str)> {
    let replaced = |name: &str| own.iter().any(|(file, _)| *file == name);
    let mut files: Vec<(&str, &str)> = Vec::new();
    if bundled {
        files.extend(bundled::FILES.iter().filter(|(name, _)| !replaced(name)));
    }
    files.extend(own);
    files
}

/// Reads rule files and lexicons, given as `(name, text)`, and tells every mistake of all of them in one pass: errors
/// first, then warnings, each with code, place and remedy. The codes are listed in `src/rules/check.rs`.
///
/// With `bundled` the files stand beside the bundled ones, whose classes they may use; a file that is named as a bundled
/// one (`rules/meeting.toml`) takes its place. Whether the examples come out is another question:
/// [`Extractor::check_examples`](crate::Extractor::check_examples).
///
/// ```
/// let own = r#"
/// [[rule]]
/// id = "deal.signed"
/// doc = "A signed a deal with B."
/// emit = { type = "deal", side = ["a", "b"] }
/// en = ["{a:actor+} <sing> .. with {b:actor+}"]
/// only = "en: an example"
/// "#;
/// let problems = isnad::rules::check(&[("own.toml", own)], true);
/// assert_eq!(problems[0].to_string(), "own.toml:6:19: no lexicon class `sing` [R004]");
/// assert_eq!(problems[0].remedy(), Some("did you mean `<sign>`?"));
/// ```
pub fn check(files: &[(&str, &str)], bundled: bool) -> Vec<Diagnostic> {
    Rules::read(&with_bundled(files, bundled)).1
}

/// How many a slot speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    One,
    Two,
    Many,
}

/// One thing of the text that can fill a typed slot of a pattern: a mention with the words that belong to it.
///
/// "Egyptian Foreign Minister Sameh Shoukry, 62," is one slot: the person, whose `tokens` cover title, role, name and
/// apposition, while `head` is the name alone.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    /// All tokens it covers. Slots of a scene are sorted by start; nested ones lie wholly inside outer ones.
    pub(crate) tokens: Range<u32>,
    /// The words that fill an argument: the name (or role, or pronoun) without title, role and clitic.
    pub(crate) head: Span,
    /// Everything it covers, clitic excluded.
    pub(crate) span: Span,
    /// Folded letters of the first token that stand before it: "ب", "وال" never; empty for most.
    pub(crate) clitic: Span,
    pub(crate) kind: MentionKind,
    pub(crate) ty: EntityKind,
    /// Index of the entity in the document under construction; several for "both ministers" and plural pronouns.
    pub(crate) entities: Vec<u32>,
    pub(crate) number: Number,
    /// A woman or a man, where that is known.
    pub(crate) female: Option<bool>,
    /// The role mention folded into it (or that it is): its words, the country or body it is of.
    pub(crate) role: Option<RoleOf>,
    /// The further roles of somebody who is told with several: «ولي العهد وزير الداخلية».
    pub(crate) more_roles: Vec<RoleOf>,
    /// Lies inside another slot ("Bahrain" in "Bahrain's Foreign Minister"): used only where a pattern asks for its
    /// very type and no outer slot fits.
    pub(crate) nested: bool,
}

/// The role part of a slot.
#[derive(Clone, Debug)]
pub(crate) struct RoleOf {
    /// The words of the role without country and demonym where they stand at its edge ("Foreign Minister").
    pub(crate) span: Span,
    /// The whole role mention.
    pub(crate) whole: Span,
    pub(crate) country: Option<u32>,
    pub(crate) organisation: Option<u32>,
    /// `former`, `acting`, `designate`, or empty for current.
    pub(crate) status: &'static str,
    /// The id of the office (`minister-foreign-affairs`): two tellings of one office are one position.
    pub(crate) office: String,
    /// An office that one person holds at a time, as against an official or a counterpart.
    pub(crate) sole: bool,
    /// Says too little to be an office where no name stands beside it: "the Lebanese minister".
    pub(crate) vague: bool,
    /// What somebody is and no office, unless he is it for a body: «الفنان».
    pub(crate) private: bool,
}

/// What the rules see of a document.
pub(crate) struct Scene<'p> {
    pub(crate) page: &'p Page<'p>,
    pub(crate) slots: &'p [Slot],
    /// The entities that are days after that of publication, ascending.
    pub(crate) coming: &'p [u32],
}
