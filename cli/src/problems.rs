//! How are problems of tables and rule files told, and with which exit status?
//!
//! ```text
//! error[G005]: the id `persn/bea` names no type of entity
//!   --> own.tsv:3:8
//! 3 tables: 1 error, 2 warnings
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use isnad::{Diagnostic, Severity};

use crate::{Outcome, complain, knowledge, print};

/// How much is told.
#[derive(Args, Clone, Debug)]
pub(crate) struct Told {
    /// One line for each problem, without the excerpt
    #[arg(long)]
    short: bool,
    /// Warnings fail like errors
    #[arg(long)]
    strict: bool,
    /// Accepted problems, as a table: code, name, id, most, why. An empty name or id is any; `most` is how many
    /// problems the entry passes; an entry that nothing needs any more is told
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
    /// Only how many problems of each code there are
    #[arg(long)]
    count: bool,
}

/// Problems as they come.
pub(crate) struct Report {
    told: Told,
    errors: usize,
    warnings: usize,
    unread: bool,
    out: String,
    codes: BTreeMap<&'static str, usize>,
    accepted: Vec<Accepted>,
    passed: usize,
}

/// A problem that those who keep the tables know of and leave.
struct Accepted {
    line: String,
    code: String,
    name: String,
    id: String,
    most: usize,
    used: usize,
}

impl Accepted {
    fn read(path: &Path) -> Result<Vec<Self>, String> {
        let text = knowledge::text(path)?;
        let rows = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).skip(1);
        rows.map(|(number, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            let line = format!("{}:{}", knowledge::name(path), number + 1);
            let [code, name, id, most, why] = cells[..] else {
                return Err(format!("{line}: an accepted problem has five cells: code, name, id, most, why"));
            };
            if why.trim().is_empty() {
                return Err(format!("{line}: say why this is accepted"));
            }
            let most = match most {
                "" => usize::MAX,
                digits => digits.parse().map_err(|_| format!("{line}: `{digits}` is no number"))?,
            };
            Ok(Accepted { line, code: code.into(), name: name.into(), id: id.into(), most, used: 0 })
        })
        .collect()
    }

    fn is(&self, problem: &Diagnostic) -> bool {
        let has = |cell: &str| cell.is_empty() || problem.excerpt().split('\t').any(|c| c.trim() == cell);
        self.used < self.most && self.code == problem.code() && has(&self.name) && has(&self.id)
    }
}

impl Report {
    pub(crate) fn new(told: Told) -> Result<Self, String> {
        let accepted = told.accept.as_deref().map(Accepted::read).transpose()?.unwrap_or_default();
        let (out, codes) = (String::new(), BTreeMap::new());
        Ok(Report { told, errors: 0, warnings: 0, unread: false, out, codes, accepted, passed: 0 })
    }

    /// The files to check, as `(name, text)`; one that cannot be read is told, and the others go on.
    pub(crate) fn texts(&mut self, paths: &[PathBuf], ending: &str) -> Result<Vec<(String, String)>, String> {
        let mut texts = Vec::new();
        for path in knowledge::files(paths, ending)? {
            match knowledge::text(&path) {
                Ok(text) => texts.push((knowledge::name(&path), text)),
                Err(problem) => {
                    complain(&problem);
                    self.unread = true;
                }
            }
        }
        Ok(texts)
    }

    pub(crate) fn add(&mut self, problems: Vec<Diagnostic>) {
        for problem in problems {
            if let Some(accepted) = self.accepted.iter_mut().find(|accepted| accepted.is(&problem)) {
                accepted.used += 1;
                self.passed += 1;
                continue;
            }
            match problem.severity() {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
            }
            *self.codes.entry(problem.code()).or_default() += 1;
            let word = if problem.severity() == Severity::Error { "error" } else { "warning" };
            self.out += &match self.told.short {
                true => format!("{word}: {problem}\n"),
                false => format!("{problem:#}\n"),
            };
        }
    }

    /// Writes it all, with a last line that sums up.
    pub(crate) fn end(self, what: &str) -> Result<Outcome, String> {
        let mut out = if self.told.count { String::new() } else { self.out };
        if self.told.count {
            for (code, count) in &self.codes {
                out += &format!("{code} {count:>8}\n");
            }
        }
        for stale in self.accepted.iter().filter(|accepted| accepted.used == 0) {
            out += &format!(
                "{}: nothing needs this entry any more ({} {} {})\n",
                stale.line, stale.code, stale.name, stale.id
            );
        }
        let passed = if self.passed > 0 { format!(", {} accepted", self.passed) } else { String::new() };
        out += &format!("{what}: {}, {}{passed}\n", number(self.errors, "error"), number(self.warnings, "warning"));
        print(&out)?;
        let failed = self.errors > 0 || self.unread || (self.told.strict && self.warnings > 0);
        Ok(if failed { Outcome::Parts } else { Outcome::Whole })
    }
}

/// "no errors", "1 error", "2 errors".
pub(crate) fn number(n: usize, word: &str) -> String {
    match n {
        0 => format!("no {word}s"),
        1 => format!("1 {word}"),
        n => format!("{n} {word}s"),
    }
}
