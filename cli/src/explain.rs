//! `isnad explain`: which rules were tried in a text, how far did each get, which spoke, and why not the others?
//!
//! ```text
//! Kerry met strong opposition in Geneva.
//!   "met"
//!     missed   meeting.met   after it wanted {b:actor+}, found "strong"
//!           Kerry met strong opposition in Geneva.
//!                     ^^^^^^
//! ```

use std::ops::Range;

use clap::Args;
use isnad::rules::{Explanation, Fate, Sentence, Tried};
use isnad::{Date, Extractor, Input};

use crate::knowledge::Knowledge;
use crate::{Outcome, input, print};

/// Tell which rules were tried in a text, how far each got, and which spoke
///
/// With --rule: why a rule did not speak, with the place where it stopped; exit status 1 where it did not.
#[derive(Args)]
pub(crate) struct Explain {
    /// Only this rule
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
    /// The day of publication
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    #[command(flatten)]
    knowledge: Knowledge,
    /// The text; several words need no quotation marks; none, or -, is standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
}

impl Explain {
    pub(crate) fn run(self) -> Result<Outcome, String> {
        let isnad = self.knowledge.extractor()?;
        let text = match self.text.join(" ") {
            text if text.is_empty() || text == "-" => input::stdin_text()?,
            text => text,
        };
        let told = isnad.explain(Input::new(text.as_str()).published(self.published));
        let Some(rule) = &self.rule else {
            return print(&all(&told));
        };
        let (out, spoke) = one(&isnad, &told, rule)?;
        print(&out)?;
        Ok(if spoke { Outcome::Whole } else { Outcome::Parts })
    }
}

/// Every sentence with what was tried there.
fn all(told: &Explanation<'_>) -> String {
    let doc = told.document();
    let mut out = String::new();
    for sentence in told.sentences() {
        out += &format!("\u{2068}{}\u{2069}\n", flat(&doc[sentence.span()]));
        let mentions = doc.mentions().iter().filter(|m| sentence.span().contains(m.span()));
        for mention in mentions {
            let words = flat(&doc[mention.span()]);
            let id = doc.entity(mention.entity()).id();
            out += &format!("  {:8} \u{2068}{words}\u{2069}   {id}\n", mention.kind().as_str());
        }
        let mut last = None;
        for tried in sentence.tried() {
            if last != Some(tried.trigger()) {
                out += &format!("  called by \u{2068}{}\u{2069}\n", flat(&doc[tried.trigger()]));
                last = Some(tried.trigger());
            }
            out += &line(told, tried);
        }
        let over = doc.relations().iter().filter(|r| {
            r.evidence().iter().any(|span| sentence.span().overlaps(*span))
                && !sentence.tried().iter().any(|t| t.rule() == r.rule() && t.fate() == Fate::Won)
        });
        for relation in over {
            out += &format!("    won      {}   from a person's role, or from a telling elsewhere\n", relation.rule());
        }
        if sentence.tried().is_empty() {
            out += "  no word here calls a rule\n";
        }
        out += "\n";
    }
    if told.sentences().is_empty() {
        out += "no sentence that rules read\n";
    }
    out
}

/// One line, and under a winner what it says.
fn line(told: &Explanation<'_>, tried: &Tried) -> String {
    let doc = told.document();
    let mut out = match tried.fate() {
        Fate::Won => format!("    won      {}\n", tried.rule()),
        fate => format!("    {:8} {}   {}\n", fate.as_str(), tried.rule(), isolated(reason(tried))),
    };
    let own = |r: &&isnad::Relation| r.rule() == tried.rule() && r.trigger() == tried.trigger();
    if let Some(relation) = doc.relations().iter().find(own).filter(|_| tried.fate() == Fate::Won) {
        let date = relation.date().map(|date| format!(", {date}")).unwrap_or_default();
        out += &format!("             {} ({}{date})\n", relation.kind(), relation.modality().as_str());
        for argument in relation.arguments() {
            let id = doc.entity(argument.entity()).id();
            let words = flat(&doc[argument.span()]);
            out += &format!("             {:12} \u{2068}{words}\u{2069}   {id}\n", argument.role());
        }
        for content in relation.content() {
            out += &format!("             {:12} \u{2068}{}\u{2069}\n", "content", flat(&doc[*content]));
        }
    }
    out
}

/// The reason without the words that the trigger's own line has already.
fn reason(tried: &Tried) -> &str {
    tried.why().split_once(" matched; ").map_or(tried.why(), |(_, rest)| rest)
}

/// Arabic words in an English line keep to their place.
fn isolated(line: &str) -> String {
    let mut out = String::new();
    for (i, part) in line.split('"').enumerate() {
        out += &match (i, i % 2) {
            (0, _) => part.to_owned(),
            (_, 1) => format!("\"\u{2068}{part}"),
            _ => format!("\u{2069}\"{part}"),
        };
    }
    out
}

/// Why one rule did, or did not, speak.
fn one(isnad: &Extractor, told: &Explanation<'_>, id: &str) -> Result<(String, bool), String> {
    let rules = isnad.about_rules();
    let Some(about) = rules.iter().find(|about| about.id == id) else {
        let family = id.split('.').next().unwrap_or_default();
        let near: Vec<&str> = rules.iter().map(|a| a.id).filter(|a| a.split('.').next() == Some(family)).collect();
        return Err(match near.is_empty() {
            true => format!("no rule `{id}`; see `isnad check` for the files, and the ids in them"),
            false => format!("no rule `{id}`; of `{family}` there are: {}", near.join(", ")),
        });
    };
    let doc = told.document();
    let mut out = format!("{}   {}\n", about.id, about.doc);
    // The patterns of the text's own language; of both where it has none.
    let here = |language: &str| !matches!(doc.language(), "en" | "ar") || doc.language() == language;
    for (language, pattern) in about.patterns.iter().filter(|(language, _)| here(language)) {
        out += &format!("  {language}  \u{2068}{pattern}\u{2069}\n");
    }
    out += "\n";
    let (mut spoke, mut called) = (false, false);
    for sentence in told.sentences() {
        for tried in sentence.tried().iter().filter(|tried| tried.rule() == id) {
            called = true;
            spoke |= tried.fate() == Fate::Won;
            out += &format!("called by \u{2068}{}\u{2069}: {}\n", flat(&doc[tried.trigger()]), tried.fate().as_str());
            match tried.fate() {
                Fate::Won => out += &line(told, tried).lines().skip(1).map(|l| format!("{l}\n")).collect::<String>(),
                _ => out += &format!("  {}\n", isolated(reason(tried))),
            }
            if !tried.pattern().is_empty() {
                out += &format!("  the pattern that came farthest: \u{2068}{}\u{2069}\n", tried.pattern());
            }
            if let Some(stopped) = tried.stopped() {
                out += &pointed(told, sentence, stopped.range());
            }
        }
    }
    let relations: Vec<_> = doc.relations().iter().filter(|r| r.rule() == id).collect();
    if !called && !relations.is_empty() {
        spoke = true;
        out += &format!("it fires for every person with a role: {} times here\n", relations.len());
    } else if !called {
        out += "no word of the text calls it";
        out += &match about.triggers.is_empty() {
            true => "; it fires for every person with a role, and none stands here\n".to_owned(),
            false => format!(": it waits for {}\n", listed(&about.triggers)),
        };
    }
    Ok((out, spoke))
}

fn listed(words: &[&str]) -> String {
    let shown: Vec<String> = words
        .iter()
        .take(12)
        .map(|w| match w.starts_with('"') {
            true => isolated(w),
            false => format!("<{w}>"),
        })
        .collect();
    let more =
        if words.len() > shown.len() { format!(" and {} more", words.len() - shown.len()) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// The sentence with a caret under the place; in Arabic, where a caret would stand under the wrong letters, with the
/// place between brackets.
fn pointed(told: &Explanation<'_>, sentence: &Sentence, at: Range<usize>) -> String {
    const AROUND: usize = 50;
    let (span, doc) = (sentence.span(), told.document());
    let start = at.start.clamp(span.start(), span.end());
    let end = at.end.clamp(start, span.end());
    let text = doc.text();
    let (before, word, after) = (
        text.get(span.start()..start).unwrap_or_default(),
        text.get(start..end).unwrap_or_default(),
        text.get(end..span.end()).unwrap_or_default(),
    );
    let from = before.char_indices().rev().nth(AROUND).map_or(0, |(i, c)| i + c.len_utf8());
    let to = after.char_indices().nth(AROUND).map_or(after.len(), |(i, _)| i);
    let (left, right) = (if from > 0 { "…" } else { "" }, if to < after.len() { "…" } else { "" });
    let before = format!("{left}{}", before[from..].replace(char::is_whitespace, " "));
    let (word, after) = (word.replace(char::is_whitespace, " "), after[..to].replace(char::is_whitespace, " "));
    let arabic = |c: char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB50}'..='\u{FEFF}');
    if before.chars().chain(word.chars()).any(arabic) {
        return format!("    \u{2068}{before}⟦{word}⟧{after}{right}\u{2069}\n");
    }
    let (column, width) = (before.chars().count(), word.chars().count().max(1));
    format!("    {before}{word}{after}{right}\n    {:column$}{}\n", "", "^".repeat(width))
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
