//! `isnad coverage`: which rules does a corpus call, which never, and where is one missing?
//!
//! ```text
//!    812   301  statement.that   … Kerry said that …
//! never: visit.toured
//!     31 of 402  <meet> (encounter, en)   … were to meet behind closed doors …
//! ```

use std::ffi::OsString;

use clap::Args;
use isnad::rules;
use isnad::{Date, Input};

use crate::knowledge::Knowledge;
use crate::{Outcome, input, print};

/// Tell which rules spoke in a corpus and which never did, and which verbs stood there without a relation
#[derive(Args)]
pub(crate) struct Coverage {
    /// One line of JSON
    #[arg(long)]
    json: bool,
    /// How many verbs without a relation to list at most; 0 is all
    #[arg(long, default_value_t = 25)]
    top: usize,
    /// Only verbs of these groups of the lexicon, as speech,encounter
    #[arg(long, value_delimiter = ',', value_name = "GROUP")]
    groups: Vec<String>,
    /// The day of publication of articles that do not come with one
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    #[command(flatten)]
    knowledge: Knowledge,
    /// What to read, as `isnad extract` does; none, or -, is standard input
    #[arg(value_name = "CORPUS")]
    files: Vec<OsString>,
}

impl Coverage {
    pub(crate) fn run(self) -> Result<Outcome, String> {
        let isnad = self.knowledge.extractor()?;
        let mut coverage = rules::Coverage::new(&isnad);
        let outcome = input::each(&self.files, |article| {
            let day = article.published.or(self.published);
            coverage.read(&isnad, Input::new(&*article.text).published(day));
        });
        let text = if self.json { self.json(&coverage) } else { self.table(&coverage) };
        print(&text).map(|_| outcome)
    }

    fn verbs<'c>(&self, coverage: &'c rules::Coverage) -> Vec<&'c rules::Unanswered> {
        let top = if self.top == 0 { usize::MAX } else { self.top };
        let wanted = |one: &&rules::Unanswered| {
            self.groups.is_empty() || one.groups.iter().any(|group| self.groups.contains(group))
        };
        coverage.unanswered().into_iter().filter(wanted).take(top).collect()
    }

    fn json(&self, coverage: &rules::Coverage) -> String {
        let fired = |one: &rules::Fired| {
            serde_json::json!({
                "rule": one.rule, "count": one.count, "documents": one.documents, "example": one.example,
            })
        };
        let verb = |one: &rules::Unanswered| {
            serde_json::json!({
                "sense": one.sense, "language": one.language, "groups": one.groups, "count": one.count, "of": one.of,
                "example": one.example, "why": one.why,
            })
        };
        let whole = serde_json::json!({
            "documents": coverage.documents(), "sentences": coverage.sentences(),
            "fired": coverage.fired().into_iter().map(fired).collect::<Vec<_>>(),
            "never": coverage.silent(),
            "unanswered": self.verbs(coverage).into_iter().map(verb).collect::<Vec<_>>(),
        });
        whole.to_string() + "\n"
    }

    fn table(&self, coverage: &rules::Coverage) -> String {
        let (fired, silent) = (coverage.fired(), coverage.silent());
        let relations: usize = fired.iter().map(|one| one.count).sum();
        let mut out = format!(
            "{} documents, {} sentences, {relations} relations by {} rules; {} rules never spoke\n",
            coverage.documents(),
            coverage.sentences(),
            fired.len(),
            silent.len()
        );
        if !fired.is_empty() {
            out += &format!("\n{:>7} {:>6}  rule\n", "times", "texts");
        }
        for one in fired {
            out += &format!("{:>7} {:>6}  {}\n", one.count, one.documents, one.rule);
            out += &format!("{:16}\u{2068}{}\u{2069}\n", "", one.example);
        }
        if !silent.is_empty() {
            out += &format!("\nnever: {}\n", silent.join(", "));
        }
        let verbs = self.verbs(coverage);
        if !verbs.is_empty() {
            out += "\nVerbs (and other words that call rules) in sentences without a relation, positions aside:\n";
        }
        for one in verbs {
            let groups = if one.groups.is_empty() { String::new() } else { format!(", {}", one.groups.join(" ")) };
            out += &format!("{:>7} of {:<7} <{}>  {}{groups}\n", one.count, one.of, one.sense, one.language);
            out += &format!("{:16}\u{2068}{}\u{2069}\n", "", one.example);
            if let Some(why) = &one.why {
                out += &format!("{:16}\u{2068}{why}\u{2069}\n", "");
            }
        }
        out
    }
}
