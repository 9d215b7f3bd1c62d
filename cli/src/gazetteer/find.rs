//! `isnad gazetteer find`: what matches a name, in either script, and why?
//!
//! ```text
//! جون كيري  (folded: جون كيري)
//! person/john-kerry   person   John Kerry · جون كيري
//!     by the name     جون كيري
//!     country         country/USA
//! ```

use std::path::PathBuf;

use clap::Args;
use isnad::curate::{Held, Known, LookUp, Sense};

use crate::knowledge::{self, Knowledge};
use crate::{Outcome, print};

/// Tell what matches a name, in either script, and why
///
/// Exit status: 0 where something matches, 1 where nothing does.
#[derive(Args)]
pub(crate) struct Find {
    /// The name, as a text would write it; several words need no quotation marks
    #[arg(required = true)]
    name: Vec<String>,
    /// Tables, or a folder of them, in which to look for the rows
    #[arg(long, value_name = "PATH")]
    rows: Vec<PathBuf>,
    #[command(flatten)]
    knowledge: Knowledge,
}

impl Find {
    pub(crate) fn run(self) -> Result<Outcome, String> {
        let isnad = self.knowledge.extractor()?;
        let mut tables = self.knowledge.tables()?;
        for path in knowledge::files(&self.rows, "tsv")? {
            tables.push((knowledge::name(&path), knowledge::text(&path)?));
        }
        let tables: Vec<(&str, &str)> = tables.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let name = self.name.join(" ");
        let found = isnad.look_up(&name);
        let mut out = format!("\u{2068}{name}\u{2069}");
        if found.folded() != name {
            out += &format!("   (compared as \u{2068}{}\u{2069})", found.folded());
        }
        out += "\n";
        out += &told(&found, &tables);
        let doc = isnad.extract(name.as_str());
        if whole(&found) {
            let read = match doc.mentions().first() {
                Some(first) => format!("{} ({})", doc.entity(first.entity()).id(), first.kind().as_str()),
                None => match doc.rejected().first() {
                    Some(lost) => format!("nothing: {}", lost.reason()),
                    None => "nothing: it needs other words beside it".to_owned(),
                },
            };
            out += &format!("\nStanding alone it is read as {read}.\n");
        }
        print(&out)?;
        Ok(if whole(&found) { Outcome::Whole } else { Outcome::Parts })
    }
}

fn whole(found: &LookUp) -> bool {
    found.matches().iter().any(|one| one.is_whole())
}

fn told(found: &LookUp, tables: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut last = None;
    if !whole(found) {
        let inside = if found.matches().is_empty() { "" } else { "; but these names stand in it" };
        out += &format!("\nNothing matches the whole name{inside}.\n");
    }
    for one in found.matches() {
        let line = |what: &str, text: &str| format!("    {what:16}{text}\n");
        match one.sense() {
            Sense::Entity(known) => {
                if last != Some(known.id.as_str()) {
                    out += &entity(known);
                }
                last = Some(known.id.as_str());
                out += &line("matched by", &row(known, tables));
            }
            Sense::Role { id, kind, only } => {
                out += &format!("\nrole {id}   a form of the sort `{kind}`\n");
                if let Some(only) = only {
                    out += &line("only of", only);
                }
            }
            Sense::Word { class, value } => out += &format!("\nword   class `{class}`, value `{value}`\n"),
            Sense::Head { kind, sub } => out += &format!("\nhead-word   of a {} ({sub})\n", kind.as_str()),
            Sense::Part { given, family } => {
                let which = match (given, family) {
                    (true, true) => "given and family name",
                    (true, false) => "given name",
                    _ => "family name",
                };
                out += &format!("\npart of persons' names   {which}\n");
            }
            Sense::FunctionWord => out += "\nfunction word   no name begins or ends with it\n",
            Sense::CommonWord => out += "\nordinary word   a name only with evidence beside it\n",
            _ => {}
        }
        if !one.clitic().is_empty() {
            out += &line("after", &format!("the letters \u{2068}{}\u{2069}", one.clitic()));
        }
        if !one.is_whole() {
            out += &line("inside, at", &format!("\u{2068}{}\u{2069}", one.words()));
        }
    }
    if !found.near().is_empty() {
        out += "\nNear it:\n";
        for near in found.near() {
            let letters = if near.distance == 1 { "letter" } else { "letters" };
            out += &format!("    \u{2068}{}\u{2069}   {}   {} {letters} away\n", near.name, near.id, near.distance);
        }
    }
    out
}

fn entity(known: &Known) -> String {
    let sub = if known.sub.is_empty() { String::new() } else { format!(", {}", known.sub) };
    let names: Vec<String> =
        [&known.name_en, &known.name_ar].into_iter().flatten().map(|name| format!("\u{2068}{name}\u{2069}")).collect();
    let mut out = format!("\n{}   {}{sub}   {}\n", known.id, known.kind.as_str(), names.join(" · "));
    if let Some(country) = &known.country {
        out += &format!("    {:16}{country}\n", "country");
    }
    if known.rank > 0 {
        out += &format!("    {:16}{}\n", "rank", known.rank);
    }
    for (scheme, value) in &known.identifiers {
        out += &format!("    {scheme:16}{value}\n");
    }
    for Held { role, of, from, to } in &known.offices {
        let days = match (from, to) {
            (Some(from), Some(to)) => format!("from {from} to {to}"),
            (Some(from), None) => format!("from {from}"),
            (None, Some(to)) => format!("to {to}"),
            (None, None) => "at no known time".to_owned(),
        };
        out += &format!("    {:16}{role} of {of}, {days}\n", "office");
    }
    out
}

/// The row behind a match, and where it stands.
fn row(known: &Known, tables: &[(&str, &str)]) -> String {
    let flags: Vec<String> = known
        .flags
        .iter()
        .map(|flag| match *flag {
            "alone" => ", flag `alone`: may stand alone".to_owned(),
            "case" => ", flag `case`: only with just these capitals".to_owned(),
            "weak" => ", flag `weak`: a common word too, needs evidence".to_owned(),
            other => format!(", flag `{other}`"),
        })
        .collect();
    let generated = if known.generated { "a spelling generated from " } else { "" };
    let kind =
        if known.name_kind == "short" { "short (needs the full name, a title or an office)" } else { known.name_kind };
    let at: Vec<String> = isnad::curate::rows(tables, &known.written, &known.id)
        .iter()
        .map(|(file, line)| format!(", {file}:{line}"))
        .collect();
    format!("{generated}\u{2068}{}\u{2069}, {kind}{}{}", known.written, flags.concat(), at.concat())
}
