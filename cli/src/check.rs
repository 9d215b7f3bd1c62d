//! `isnad check`: are the rule files in order, and do they find what their own examples say?
//!
//! ```text
//! error[R004]: no lexicon class `mete`
//!   --> rules/own.toml:3:8
//! 2 rule files, 31 examples: 1 error, no warnings
//! ```

use std::path::PathBuf;

use clap::Args;
use isnad::{Diagnostic, Extractor, Severity};

use crate::Outcome;
use crate::knowledge;
use crate::problems::{Report, Told, number};

/// Tell all problems of rule files and lexicons in one pass, then run the examples that the rules carry
///
/// The files stand beside the bundled ones, whose words they may use; a file that is named as a bundled one
/// (rules/meeting.toml) takes its place. Without a FILE the bundled ones are checked. Exit status: 0 without errors, 1 with.
#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    told: Told,
    /// Leave the bundled rules, lexicons and names out
    #[arg(long)]
    no_bundled: bool,
    /// A table of names for the examples, beside the bundled ones
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Rule files and lexicons, or folders of them
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Check {
    pub(crate) fn run(self) -> Result<Outcome, String> {
        let mut report = Report::new(self.told)?;
        let texts = report.texts(&self.files, "toml")?;
        let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        // What is wrong with the bundled files is told where nothing else is asked for.
        let own = |d: &Diagnostic| files.is_empty() || files.iter().any(|(name, _)| *name == d.file());
        let mut problems = isnad::rules::check(&files, !self.no_bundled);
        let sound = problems.iter().all(|d| d.severity() == Severity::Warning);
        problems.retain(own);
        report.add(problems);
        let mut what = match files.len() {
            0 => "the bundled files".to_owned(),
            n => number(n, "rule file"),
        };
        if sound {
            let mut builder = Extractor::builder();
            if self.no_bundled {
                builder = builder.without_bundled();
            }
            for path in &self.gazetteer {
                builder = builder.gazetteer(knowledge::name(path), knowledge::text(path)?);
            }
            for (name, text) in &texts {
                builder = builder.rules(name, text);
            }
            let isnad = builder.build().map_err(|error| format!("{error:#}"))?;
            let of = |about: &&isnad::rules::About<'_>| {
                files.is_empty() || files.iter().any(|(name, _)| *name == about.file)
            };
            let rules = isnad.about_rules();
            let (count, examples) =
                rules.iter().filter(of).fold((0, 0), |(rules, examples), about| (rules + 1, examples + about.examples));
            what += &format!(", {}, {}", number(count, "rule"), number(examples, "example"));
            report.add(isnad.check_examples().into_iter().filter(own).collect());
        } else {
            what += " (examples are read when the errors are mended)";
        }
        report.end(&what)
    }
}
