//! `isnad eval`: how good is an answer, held against what people found?
//!
//! ```text
//! gold.jsonl ─┐
//!             ├─► isnad::evaluate ─► precision, recall, F1 · what was missed and what is extra
//! found.jsonl ┘
//! ```

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;
use isnad::evaluate::{self, NameOptions, Sheet, Slip};

use crate::{Outcome, knowledge, print};

/// Score what isnad found against what people found
///
/// GOLD and FOUND are JSON Lines, one document a line, matched by `id`; FOUND is what `isnad extract --format jsonl`
/// wrote. The form of GOLD is told in the documentation of `isnad::evaluate`; lines that isnad wrote and somebody
/// corrected are a gold too. Without a choice, everything is scored that GOLD was annotated for.
#[derive(Args)]
pub(crate) struct Eval {
    /// Names: span and type, exact and overlapping, for each type and for all
    #[arg(long)]
    names: bool,
    /// Meetings, statements, visits, positions: lenient, strict, and each slot of those found; with the interval in which
    /// F1 of 90 % of redrawn document sets lies
    #[arg(long)]
    relations: bool,
    /// Who is who: B-cubed over names and roles
    #[arg(long)]
    linking: bool,
    /// Attributions that are given by place alone: content and speaker
    #[arg(long)]
    quotes: bool,
    /// Consultations that are given as words: found, and with which sides
    #[arg(long)]
    meetings: bool,
    /// Precision of names by band of confidence
    #[arg(long)]
    bands: bool,
    /// The gold has no nested names: only outermost names count
    #[arg(long)]
    flat: bool,
    /// Gold names may carry a leading و ف ب ل ك that ours leave outside
    #[arg(long)]
    clitics: bool,
    /// The types of names that count
    #[arg(long, value_name = "TYPES", value_delimiter = ',', default_value = "PER,LOC,ORG")]
    types: Vec<String>,
    /// List what was missed and what is extra, with the words, what found it and why
    #[arg(long)]
    errors: bool,
    /// What people found
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// What isnad found; - is standard input
    #[arg(value_name = "FOUND")]
    found: PathBuf,
}

impl Eval {
    pub(crate) fn run(self) -> Result<Outcome, String> {
        let (gold, found) = (sheets(&self.gold)?, sheets(&self.found)?);
        let pairs = evaluate::pair(&gold, &found).map_err(|error| error.to_string())?;
        let holds = evaluate::holds(&gold);
        let none = !(self.names || self.relations || self.linking || self.quotes || self.meetings || self.bands);
        let wants = |asked: bool, has: bool, what: &str| match (asked, has) {
            (true, false) => Err(format!("{}: nothing in it was annotated for {what}", knowledge::name(&self.gold))),
            _ => Ok(asked || none && has),
        };
        let (mut out, mut slips): (String, Vec<Slip>) = (String::new(), Vec::new());
        let names = wants(self.names, holds.names, "names")?;
        if names || wants(self.bands, holds.names, "names")? && self.bands {
            let types = self.types.iter().map(|t| t.trim().to_owned()).collect();
            let options = NameOptions { types, flat: self.flat, clitics: self.clitics };
            let found = evaluate::names(&pairs, &options);
            if names {
                out += &found.to_string();
            }
            if self.bands {
                if found.sure.is_empty() {
                    let file = knowledge::name(&self.found);
                    return Err(format!("{file}: no name in it tells its confidence"));
                }
                out += &evaluate::bands(&found.sure).to_string();
            }
            slips.extend(found.slips);
        }
        if wants(self.linking, holds.mentions, "who is who")? {
            let found = evaluate::linking(&pairs);
            out += &found.to_string();
            slips.extend(found.slips);
        }
        if wants(self.relations, holds.relations, "relations")? {
            let found = evaluate::relations(&pairs);
            out += &found.to_string();
            slips.extend(found.slips);
        }
        if wants(self.quotes, holds.quotes, "quotes")? {
            let found = evaluate::quotes(&pairs);
            out += &found.to_string();
            slips.extend(found.slips);
        }
        if wants(self.meetings, holds.meetings, "meetings")? {
            let found = evaluate::meetings(&pairs);
            out += &found.to_string();
            slips.extend(found.slips);
        }
        if out.is_empty() {
            return Err(format!("{}: nothing in it can be scored", knowledge::name(&self.gold)));
        }
        if self.errors {
            let list: String = slips.iter().map(|slip| format!("{slip}\n")).collect();
            out = list + &out;
        }
        print(&out)
    }
}

/// The documents of a file, or of standard input.
fn sheets(path: &Path) -> Result<Vec<Sheet>, String> {
    if path != Path::new("-") {
        return evaluate::read(&knowledge::name(path), &knowledge::text(path)?).map_err(|error| error.to_string());
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|error| format!("standard input: {error}"))?;
    evaluate::read("standard input", &text).map_err(|error| error.to_string())
}
