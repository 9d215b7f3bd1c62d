//! `isnad gazetteer unknown`: whom does a corpus name with a title, and no list holds?
//!
//! ```text
//!    14   6  Timo Soini   … told Finnish Foreign Minister Timo Soini that …
//!     │   └ documents
//!     └ times
//! ```

use std::ffi::OsString;

use clap::Args;
use isnad::curate::{Share, Survey};
use isnad::{Date, Input};

use crate::input;
use crate::knowledge::Knowledge;
use crate::{Outcome, print};

/// List the titled names that no gazetteer holds, the most frequent first
///
/// Also told: of the persons' names that stand after a title or a role, how many got a known id, per language.
#[derive(Args)]
pub(crate) struct Unknown {
    /// One line of JSON
    #[arg(long)]
    json: bool,
    /// How many names to list at most; 0 is all
    #[arg(long, default_value_t = 50)]
    top: usize,
    /// Leave out names that stand less often than this
    #[arg(long, default_value_t = 1, value_name = "TIMES")]
    least: usize,
    /// The day of publication of articles that do not come with one
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    #[command(flatten)]
    knowledge: Knowledge,
    /// What to read, as `isnad extract` does; none, or -, is standard input
    #[arg(value_name = "CORPUS")]
    files: Vec<OsString>,
}

impl Unknown {
    pub(crate) fn run(self) -> Result<Outcome, String> {
        let isnad = self.knowledge.extractor()?;
        let mut survey = Survey::new();
        let outcome = input::each(&self.files, |article| {
            let input = Input::new(&*article.text).published(article.published.or(self.published));
            survey.read(
                &isnad,
                match &article.id {
                    Some(id) => input.id(&**id),
                    None => input,
                },
            );
        });
        let text = if self.json { self.json(&survey) } else { self.table(&survey) };
        print(&text).map(|_| outcome)
    }

    fn listed<'s>(&self, survey: &'s Survey) -> Vec<&'s isnad::curate::Unknown> {
        let top = if self.top == 0 { usize::MAX } else { self.top };
        survey.unknown().into_iter().filter(|one| one.count() >= self.least).take(top).collect()
    }

    fn json(&self, survey: &Survey) -> String {
        let share = |language| {
            let share = survey.share(language);
            serde_json::json!({ "titled": share.titled, "known": share.known, "share": rounded(share) })
        };
        let one = |one: &isnad::curate::Unknown| {
            serde_json::json!({
                "name": one.name(), "language": one.language(), "count": one.count(), "documents": one.documents(),
                "example": one.example(), "document": one.document(),
            })
        };
        let whole = serde_json::json!({
            "documents": survey.documents(), "en": share("en"), "ar": share("ar"),
            "unknown": self.listed(survey).into_iter().map(one).collect::<Vec<_>>(),
        });
        whole.to_string() + "\n"
    }

    fn table(&self, survey: &Survey) -> String {
        let mut out = String::new();
        for (language, word) in [("en", "English"), ("ar", "Arabic")] {
            let share = survey.share(language);
            if share.titled > 0 {
                let (known, titled) = (share.known, share.titled);
                out += &format!(
                    "{word}: {known} of {titled} titled names have a known id ({:.1} %)\n",
                    100.0 * share.ratio()
                );
            }
        }
        let (all, listed) = (survey.unknown().len(), self.listed(survey));
        out += &format!("{all} names in {} documents are in no list", survey.documents());
        out += &if listed.len() < all { format!("; {} of them:\n", listed.len()) } else { ":\n".to_owned() };
        if listed.is_empty() {
            out.truncate(out.trim_end_matches([':', '\n']).len());
            out.push('\n');
            return out;
        }
        out += &format!("\n{:>6} {:>6}  name\n", "times", "texts");
        for one in listed {
            // The example on a line of its own: two directions on one line would change places.
            out += &format!("{:>6} {:>6}  \u{2068}{}\u{2069}\n", one.count(), one.documents(), one.name());
            out += &format!("{:15}\u{2068}{}\u{2069}\n", "", one.example());
        }
        out
    }
}

/// Four digits: what a corpus of some thousand names can bear.
fn rounded(share: Share) -> f64 {
    (share.ratio() * 10_000.0).round() / 10_000.0
}
