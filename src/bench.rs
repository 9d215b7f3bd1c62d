//! The stages one by one, for the benches and tests of this repository. No part of the public face.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::bundled;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::extractor::Extractor;
use crate::find::{self, Scratch};
use crate::gazetteer::Gazetteer;
use crate::gazetteer::compile::Compiled;
use crate::gazetteer::pack::Pack;
use crate::gazetteer::pack::write::{Search, write};
use crate::rules::examples::Verdict;
use crate::rules::load::RuleDef;
use crate::rules::syntax::Form;
use crate::steps::{Left, Step};
use crate::text::{self, Language};

/// The folded text.
pub fn fold(text: &str) -> String {
    text::fold::fold_str(text)
}

/// Every spelling that the automaton searches for, folded.
pub fn names(isnad: &Extractor) -> Vec<String> {
    isnad.gazetteer().spellings()
}

/// Spellings compiled to a pack of their own, for comparing searches.
///
/// # Panics
///
/// Where one pack cannot hold them.
pub fn pack_spellings(spellings: &[String]) -> Vec<u8> {
    let mut compiled = Compiled::default();
    compiled.patterns.spellings = spellings.to_vec();
    compiled.patterns.entries = vec![Vec::new(); spellings.len()];
    write(&compiled, Search::Packed).expect("the spellings fit into one pack")
}

/// A pack's search, alone.
#[derive(Debug)]
pub struct Packed(Pack);

impl Packed {
    /// Opens a pack as [`pack_spellings`] makes it.
    ///
    /// # Errors
    ///
    /// What is wrong with the bytes.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, Error> {
        Pack::open(bytes.into()).map(Packed)
    }

    /// Calls `visit(spelling, start, end)` for every occurrence.
    pub fn scan(&self, folded: &str, visit: impl FnMut(u32, usize, usize)) {
        self.0.automaton().scan(folded, visit);
    }
}

/// Loads the bundled gazetteer as every extractor does; the bytes that it holds.
pub fn load_gazetteer() -> usize {
    let pack = if cfg!(feature = "bundled") { Pack::open(Cow::Borrowed(bundled::PACK)) } else { Ok(Pack::empty()) };
    let gazetteer = pack.and_then(|pack| Gazetteer::new(pack, &[]));
    gazetteer.expect("the bundled pack is as it was built").memory()
}

/// Reads; the number of tokens.
pub fn read(isnad: &Extractor, text: &str) -> usize {
    text::read::read(text, isnad.gazetteer().text_words()).tokens.len()
}

/// Reads and finds; the number of mentions before linking.
pub fn find(isnad: &Extractor, text: &str) -> usize {
    let page = text::read::read(text, isnad.gazetteer().text_words());
    find::find(
        &page,
        isnad.automaton(),
        isnad.gazetteer(),
        &find::Words { verb: &|_| false, listed: &|_| false },
        &mut Scratch::default(),
    )
    .mentions
    .len()
}

/// The steps that can be left out, to see what each adds.
pub fn steps() -> Vec<&'static str> {
    Step::ALL.iter().map(|(_, name)| *name).collect()
}

/// Leaves one step out of all extractions with this memory; a name that is none of [`steps`] leaves none out.
pub fn leave_out(scratch: &mut crate::extractor::Scratch, name: &str) {
    let step = Step::ALL.iter().find(|(_, n)| *n == name);
    scratch.find_mut().left = step.map_or_else(Left::default, |(step, _)| Left::without(*step));
}

/// An example of a rule that does not come out as it says, or a rule that its own examples do not use.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The rule whose example it is.
    pub rule: String,
    /// The sentence without its marks; none where the rule as a whole is meant.
    pub sentence: Option<String>,
    /// What is wrong, where; its help says how far the rule came.
    pub problem: Diagnostic,
}

/// Reads every example of the extractor's rules with the whole extractor.
pub fn check_rule_examples(isnad: &Extractor) -> Vec<Failure> {
    let problems = isnad.check_examples();
    // A problem knows its line and column alone; they lead back to the example.
    let mut at: HashMap<(String, usize, usize), (String, Option<String>)> = HashMap::new();
    for source in &isnad.rules().sources {
        let mut note = |span: &std::ops::Range<usize>, rule: &str, sentence: Option<&str>| {
            let d = Diagnostic::at("", &source.name, &source.text, span.clone(), "");
            at.insert((d.file, d.line, d.column), (rule.to_owned(), sentence.map(str::to_owned)));
        };
        for rule in &source.parsed.rules {
            note(&rule.at, &rule.id, None);
            rule.examples.iter().for_each(|example| note(&example.at, &rule.id, Some(&example.text)));
        }
    }
    let failure = |problem: Diagnostic| {
        let key = (problem.file.clone(), problem.line, problem.column);
        let (rule, sentence) = at.get(&key).cloned().unwrap_or_default();
        Failure { rule, sentence, problem }
    };
    problems.into_iter().map(failure).collect()
}

/// An example of a rule that is to be found, for the tests that turn it this way and that.
#[derive(Clone, Debug)]
pub struct Example {
    /// The rule whose example it is.
    pub rule: String,
    /// Whether the sentence is to be rejected.
    pub reject: bool,
    /// Whether it is Arabic.
    pub arabic: bool,
    /// The sentence without its marks.
    pub sentence: String,
}

/// Every example of the extractor's rules.
pub fn examples(isnad: &Extractor) -> Vec<Example> {
    let rules = isnad.rules().sources.iter().flat_map(|source| &source.parsed.rules);
    let of = |rule: &RuleDef| {
        let id = rule.id.clone();
        let one = move |e: &crate::rules::examples::Example| Example {
            rule: id.clone(),
            reject: e.verdict == Verdict::Reject,
            arabic: e.language == Language::Arabic,
            sentence: e.text.clone(),
        };
        rule.examples.iter().map(one).collect::<Vec<_>>()
    };
    rules.flat_map(of).collect()
}

/// A verb in the past, made negative and made future, as the lexicon's rows have it: "met" to "did not meet" and "will
/// meet", «التقى» to «لم يلتق» and «سيلتقي». None where no row tells which form goes with it.
pub fn turned(isnad: &Extractor, word: &str, arabic: bool) -> Option<(String, String)> {
    let language = if arabic { Language::Arabic } else { Language::English };
    let folded = text::fold::fold_str(word);
    let senses = isnad.rules().sources.iter().flat_map(|s| &s.parsed.senses).filter(|s| s.language == language);
    for sense in senses {
        let row = |form: Form| -> Vec<&str> {
            sense.forms.iter().filter(|(f, ..)| *f == form).map(|(_, phrase, _)| phrase.as_str()).collect()
        };
        let past = row(Form::Past);
        let Some(at) = past.iter().position(|p| text::fold::fold_str(p) == folded) else { continue };
        // Rows of one length are written side by side; others do not tell what belongs together.
        let beside = |form: Form| {
            let row = row(form);
            (row.len() == past.len()).then(|| row.get(at).map(|w| (*w).to_owned())).flatten()
        };
        return match language {
            Language::Arabic => {
                let present = beside(Form::Present)?;
                let negated = beside(Form::Jussive).map_or(format!("ما {word}"), |j| format!("لم {j}"));
                Some((negated, format!("س{present}")))
            }
            _ => beside(Form::Base).map(|base| (format!("did not {base}"), format!("will {base}"))),
        };
    }
    None
}

/// Panics where a line of the manual is no pattern.
pub fn patterns(lines: &str) {
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let parsed = crate::rules::parse::pattern(line);
        assert!(parsed.is_ok(), "{line}: {:?}", parsed.err());
    }
}

/// Panics where a file of the manual has a mistake. It stands beside the bundled rules, whose ids it may repeat.
pub fn manual(name: &str, toml: &str) {
    let problems = crate::rules::check(&[(name, toml)], true);
    let wrong = |p: &&Diagnostic| p.file() == name && p.severity() == Severity::Error && p.code() != "R009";
    let wrong: Vec<String> = problems.iter().filter(wrong).map(|p| format!("{p:#}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
