//! `isnad gazetteer stats`: how much do the gazetteers know, how fast are they loaded, what do they weigh?
//!
//! ```text
//! {"person": {"entities": 9402, "bilingual": 1034, "names": 21377}, …, "load_ms": 9.1, "memory_mb": 41.2}
//! ```

use clap::Args;
use isnad::curate::{Count, KINDS};

use crate::knowledge::Knowledge;
use crate::{Outcome, print};

/// Count what the gazetteers hold, and measure their loading
///
/// Names are those that stand in a list; spellings generated from them are counted apart. A name in both scripts is one
/// that a source gives in both. Memory is the growth of the process's resident memory (VmRSS) while the gazetteers were
/// loaded; where the system does not tell it, it is null.
#[derive(Args)]
pub(crate) struct Stats {
    /// One line of JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    knowledge: Knowledge,
}

impl Stats {
    pub(crate) fn run(self) -> Result<Outcome, String> {
        let stats = self.knowledge.builder()?.gazetteer_stats().map_err(|error| format!("{error:#}"))?;
        if self.json {
            return print(&(stats.to_json() + "\n"));
        }
        let mut out = format!("{:14}{:>10}{:>18}{:>10}\n", "", "entities", "in both scripts", "names");
        for kind in KINDS {
            let Count { entities, bilingual, names } = stats.of(kind);
            out += &format!("{:14}{entities:>10}{bilingual:>18}{names:>10}\n", kind.as_str());
        }
        let row = |what: &str, number: usize| format!("{what:32}{number:>20}\n");
        out += "\n";
        out += &row("names in all", stats.names());
        out += &row("demonym sets", stats.demonym_sets());
        out += &row("name parts", stats.name_parts());
        out += &row("offices", stats.offices());
        out += &row("spellings searched for", stats.spellings());
        out += &format!("{:32}{:>17.1} ms\n", "loaded in", stats.load().as_secs_f64() * 1000.0);
        match stats.memory() {
            Some(bytes) => out += &format!("{:32}{:>17.1} MB\n", "memory (growth of VmRSS)", bytes as f64 / 1e6),
            None => out += &format!("{:32}{:>20}\n", "memory", "not told here"),
        }
        print(&out)
    }
}
