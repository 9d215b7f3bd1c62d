//! In what order do the stages run, and how does a caller start them?
//!
//! ```text
//! Input ─► text::read ─► find ─► link ─► rules ─► finish ─► Document
//! ```
//!
//! The one file that knows the order of the stages; no stage knows another.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use once_cell::sync::OnceCell;

use crate::curate::look_up::look_up;
use crate::curate::{LookUp, Stats};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::document::Document;
use crate::entity::EntityKind;
use crate::error::Error;
use crate::find::automaton::Automaton;
use crate::gazetteer::Gazetteer;
use crate::gazetteer::pack::Pack;
use crate::rules::examples::{Answer, check_examples};
use crate::rules::explain::Trace;
use crate::rules::{About, Explanation, Rules, Scene};
use crate::span::Span;
use crate::{bundled, find, finish, link, rules, text};

/// Reads texts. Built once, then shared: it is `Send` and `Sync`, and cloning it copies a pointer.
///
/// ```
/// let isnad = isnad::Extractor::new()?;
/// let doc = isnad.extract("US Secretary of State John Kerry met Russian Foreign Minister Sergei Lavrov in Geneva.");
/// let meeting = doc.relations().iter().find(|r| r.kind() == "meeting").expect("a meeting");
/// assert_eq!(&doc[meeting.trigger()], "met");
/// # Ok::<(), isnad::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Extractor {
    engine: Arc<Engine>,
}

#[derive(Debug)]
struct Engine {
    gazetteer: Gazetteer,
    automaton: Automaton,
    rules: Rules,
    /// Whether the bundled knowledge is in, and the digest of what the caller added to it.
    bundled: bool,
    added: Digest,
}

/// One text to read, with what is known of it.
///
/// A `&str` converts into one.
#[derive(Clone, Debug)]
pub struct Input<'t> {
    text: Cow<'t, str>,
    id: Option<String>,
    published: Option<Date>,
}

impl<'t> Input<'t> {
    /// A text of which nothing more is known.
    pub fn new(text: impl Into<Cow<'t, str>>) -> Self {
        Input { text: text.into(), id: None, published: None }
    }

    /// Names the document; the id comes back in [`Document::id`].
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The day of publication: what "Thursday" and "the foreign minister" are resolved against. Without it the
    /// article's own date line is used, where it has one.
    #[must_use]
    pub fn published(mut self, date: impl Into<Option<Date>>) -> Self {
        self.published = date.into();
        self
    }

    /// The text to be read.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl<'t> From<&'t str> for Input<'t> {
    fn from(text: &'t str) -> Self {
        Input::new(text)
    }
}

impl<'t> From<&'t String> for Input<'t> {
    fn from(text: &'t String) -> Self {
        Input::new(text.as_str())
    }
}

/// Memory that one extraction leaves to the next, so that a loop over many texts allocates little.
#[derive(Debug, Default)]
pub struct Scratch {
    find: find::Scratch,
    pub(crate) rules: rules::Scratch,
    /// Set it to be told which persons' names stand after a title or a role.
    pub(crate) titled: Option<Vec<Span>>,
}

impl Scratch {
    /// For the benches.
    pub(crate) fn find_mut(&mut self) -> &mut find::Scratch {
        &mut self.find
    }
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl Extractor {
    /// The extractor with the bundled gazetteers and rules. It is built on the first call and shared by all later
    /// ones.
    ///
    /// # Errors
    ///
    /// None with the bundled knowledge as published: it is checked by the crate's own tests.
    pub fn new() -> Result<Self, Error> {
        static SHARED: OnceCell<Extractor> = OnceCell::new();
        SHARED.get_or_try_init(|| Extractor::builder().build()).cloned()
    }

    /// Starts an extractor with gazetteers and rules of your own beside, or in place of, the bundled ones.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder { bundled: true, pack: None, gazetteers: Vec::new(), rules: Vec::new() }
    }

    /// Reads one text. Cannot fail, does no I/O; time is linear in the text.
    pub fn extract<'t>(&self, input: impl Into<Input<'t>>) -> Document<'t> {
        SCRATCH.with(|scratch| match scratch.try_borrow_mut() {
            Ok(mut scratch) => self.extract_with(input, &mut scratch),
            // A caller's drop code runs an extraction inside another one.
            Err(_) => self.extract_with(input, &mut Scratch::default()),
        })
    }

    /// Reads one text with memory of the caller's.
    pub fn extract_with<'t>(&self, input: impl Into<Input<'t>>, scratch: &mut Scratch) -> Document<'t> {
        let Input { text, id, published } = input.into();
        let Engine { gazetteer, automaton, rules, .. } = &*self.engine;
        let parts = {
            let page = text::read::read(&text, gazetteer.text_words());
            let published = published.or(page.date_line.map(|(date, _)| date));
            let words = find::Words { verb: &|word| rules.is_verb(word), listed: &|word| rules.is_listed(word) };
            let found = find::find(&page, automaton, gazetteer, &words, &mut scratch.find);
            // "WARSAW, July 8, 2016 (Reuters) -": a dateline may give the day too.
            let published = published.or_else(|| find::dates::of_dateline(&page, &found.mentions));
            let ahead = |token: u32| rules.speaks_of_future(&page, token);
            let verb = |tokens: std::ops::Range<u32>, of: &[&str]| rules.is_form(&page, tokens, of);
            let left = scratch.find.left;
            let linked = link::link(&page, found.mentions, &found.titles, gazetteer, published, &ahead, &verb, left);
            if let Some(titled) = &mut scratch.titled {
                *titled = link::titled(&linked, &found.titles);
            }
            let coming = coming(&linked.drafts, published);
            let scene = Scene { page: &page, slots: &linked.slots, coming: &coming };
            let relations = rules::run(rules, &scene, &mut scratch.rules);
            finish::finish(&page, linked, relations, found.rejected, gazetteer, published, left)
        };
        parts.with_text(text, id)
    }

    /// What is known under a name, in either script, and by which spelling.
    ///
    /// ```
    /// use isnad::curate::Sense;
    ///
    /// let isnad = isnad::Extractor::new()?;
    /// let found = isnad.look_up("جون كيري");
    /// let Sense::Entity(kerry) = found.matches()[0].sense() else { panic!() };
    /// assert_eq!((kerry.id.as_str(), kerry.name_en.as_deref()), ("person/john-kerry", Some("John Kerry")));
    /// # Ok::<(), isnad::Error>(())
    /// ```
    pub fn look_up(&self, name: &str) -> LookUp {
        look_up(name, &self.engine.gazetteer, &self.engine.automaton)
    }

    /// Sixteen hexadecimal digits that change with the gazetteers and rules: two extractors with the same digest, of the
    /// same version of this crate, give the same answer to every text. A corpus run writes it into its manifest.
    ///
    /// ```
    /// let isnad = isnad::Extractor::new()?;
    /// let own = isnad::Extractor::builder().gazetteer("own.tsv", "name\tlang\tid\nJo Quill\ten\tperson/jo-quill\n");
    /// assert_eq!(isnad.digest(), isnad::Extractor::builder().build()?.digest());
    /// assert_ne!(isnad.digest(), own.build()?.digest());
    /// # Ok::<(), isnad::Error>(())
    /// ```
    pub fn digest(&self) -> String {
        // Only now: reading the bundled bytes through takes as long as loading them does.
        let mut digest = Digest::default();
        if self.engine.bundled {
            digest.add(bundled::PACK);
            for (name, text) in rules::bundled::FILES {
                digest.add_field(name);
                digest.add_field(text);
            }
        }
        digest.add(&self.engine.added.value().to_le_bytes());
        digest.to_string()
    }

    /// Reads one text and tells, sentence by sentence, which rules were tried, how far each got and which spoke.
    ///
    /// ```
    /// use isnad::rules::Fate;
    ///
    /// let isnad = isnad::Extractor::new()?;
    /// let told = isnad.explain("John Kerry met strong opposition in Geneva.");
    /// let met = told.of_rule("meeting.met").next().expect("`met` calls the rule");
    /// assert_eq!((met.fate(), &told.document()[met.stopped().unwrap()]), (Fate::Missed, "strong"));
    /// # Ok::<(), isnad::Error>(())
    /// ```
    pub fn explain<'t>(&self, input: impl Into<Input<'t>>) -> Explanation<'t> {
        let mut scratch = Scratch::default();
        scratch.rules.trace = Some(Trace::default());
        let document = self.extract_with(input, &mut scratch);
        Explanation::new(document, scratch.rules.trace.unwrap_or_default())
    }

    /// Every rule, as its file has it.
    pub fn about_rules(&self) -> Vec<About<'_>> {
        self.engine.rules.about()
    }

    /// Reads every example that the rules carry, and tells those that do not come out as they say; warned of is a rule
    /// that none of its own examples uses.
    ///
    /// ```
    /// let own = r#"
    /// [[rule]]
    /// id = "deal.signed"
    /// doc = "A signed a deal with B."
    /// emit = { type = "deal", side = ["a", "b"] }
    /// en = ["{a:actor+} <sign> a deal with {b:actor+}"]
    /// only = "en: an example"
    /// [rule.examples]
    /// match = [{ en = "[a|John Kerry] signed a treaty with [b|Sergei Lavrov]." }]
    /// "#;
    /// let isnad = isnad::Extractor::builder().rules("own.toml", own).build()?;
    /// let problems = isnad.check_examples();
    /// let own = problems.iter().find(|p| p.file() == "own.toml").expect("it says treaty, and not deal");
    /// assert_eq!(own.message(), "`deal.signed` finds nothing here");
    /// assert_eq!(own.remedy(), Some("\"signed\" matched; after it wanted deal, found \"treaty\""));
    /// # Ok::<(), isnad::Error>(())
    /// ```
    pub fn check_examples(&self) -> Vec<Diagnostic> {
        let mut scratch = Scratch::default();
        check_examples(&self.engine.rules, |text, rule| {
            scratch.rules.trace = Some(Trace::default());
            let doc = self.extract_with(text, &mut scratch);
            let farthest = scratch.rules.trace.as_ref().map(|trace| trace.farthest(rule));
            Answer { relations: doc.relations().to_vec(), farthest }
        })
    }

    /// What was not wrong with the rules, but should be looked at: a rule that no example uses, a language missing.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.engine.rules.warnings
    }

    /// The knowledge, for the benches and the tools that show it.
    pub(crate) fn gazetteer(&self) -> &Gazetteer {
        &self.engine.gazetteer
    }

    /// The rules, for the tools that check and explain them.
    pub(crate) fn rules(&self) -> &Rules {
        &self.engine.rules
    }

    /// The automaton, for the benches.
    pub(crate) fn automaton(&self) -> &Automaton {
        &self.engine.automaton
    }
}

/// Gathers gazetteers and rules for an [`Extractor`].
#[derive(Clone, Debug)]
pub struct ExtractorBuilder {
    bundled: bool,
    pack: Option<Cow<'static, [u8]>>,
    gazetteers: Vec<(String, String)>,
    rules: Vec<(String, String)>,
}

/// The days of a text that lie after its publication, by number of their entity.
fn coming(drafts: &[link::Draft], published: Option<Date>) -> Vec<u32> {
    let Some(published) = published else { return Vec::new() };
    let day = |draft: &link::Draft| draft.id.strip_prefix("date/")?.parse::<Date>().ok().filter(|d| d.day.is_some());
    let ahead = |draft: &link::Draft| draft.kind == EntityKind::Date && day(draft).is_some_and(|d| d > published);
    (0u32..).zip(drafts).filter(|(_, draft)| ahead(draft)).map(|(i, _)| i).collect()
}

impl ExtractorBuilder {
    /// Leaves the bundled gazetteers and rules out.
    #[must_use]
    pub fn without_bundled(mut self) -> Self {
        self.bundled = false;
        self
    }

    /// Takes this pack, as [`gazetteer::pack`](crate::gazetteer::pack) makes it, in place of the bundled gazetteer. It
    /// is checked and then asked as it lies, so that starting takes milliseconds however much it knows; bytes that live
    /// as long as the program (`include_bytes!`) are not even copied. The bundled rules stay.
    ///
    /// ```
    /// // In a build script, or once for all by `std::fs::write`:
    /// let pack = isnad::gazetteer::pack(&[("own.tsv", "name\tlang\tid\tkind\nMargaret Quill\ten\tperson/margaret-quill\tname\n")])?;
    /// let isnad = isnad::Extractor::builder().pack(pack).build()?;
    /// let doc = isnad.extract("Margaret Quill spoke.");
    /// assert_eq!(doc.entities()[0].id(), "person/margaret-quill");
    /// # Ok::<(), isnad::Error>(())
    /// ```
    #[must_use]
    pub fn pack(mut self, bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        self.pack = Some(bytes.into());
        self
    }

    /// Adds a gazetteer: a tab-separated table whose header's first column says which table it is. `name` is what
    /// errors call it. Its rows lie over the bundled ones: they add, they correct (a row about a known id), and with the
    /// table `remove` they take away. `gazetteers/README.md` in the repository tells of all tables.
    ///
    /// ```
    /// let isnad = isnad::Extractor::builder()
    ///     .gazetteer("own.tsv", "name\tlang\tid\tkind\nMargaret Quill\ten\tperson/margaret-quill\tname\n")
    ///     .build()?;
    /// let doc = isnad.extract("Margaret Quill spoke.");
    /// assert_eq!(doc.entities()[0].id(), "person/margaret-quill");
    /// # Ok::<(), isnad::Error>(())
    /// ```
    #[must_use]
    pub fn gazetteer(mut self, name: impl Into<String>, tsv: impl Into<String>) -> Self {
        self.gazetteers.push((name.into(), tsv.into()));
        self
    }

    /// Adds a rule file (or a lexicon) in TOML. `name` is what errors call it; a file that is named as a bundled one
    /// (`rules/meeting.toml`) takes its place.
    #[must_use]
    pub fn rules(mut self, name: impl Into<String>, toml: impl Into<String>) -> Self {
        self.rules.push((name.into(), toml.into()));
        self
    }

    /// Loads everything.
    ///
    /// # Errors
    ///
    /// All problems of all gazetteer files, or of all rule files, at once: see [`Error::problems`]. A pack that was
    /// damaged or made for another version says so.
    pub fn build(self) -> Result<Extractor, Error> {
        let (gazetteer, automaton) = self.load_gazetteers()?;
        let own: Vec<(&str, &str)> = self.rules.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        let rules = Rules::from_files(&rules::with_bundled(&own, self.bundled))?;
        let mut added = Digest::default();
        if let Some(pack) = &self.pack {
            added.add_field("pack");
            added.add(pack);
        }
        for (kind, files) in [("gazetteer", &self.gazetteers), ("rules", &self.rules)] {
            for (_, text) in files {
                added.add_field(kind);
                added.add_field(text);
            }
        }
        let bundled = self.bundled;
        Ok(Extractor { engine: Arc::new(Engine { gazetteer, automaton, rules, bundled, added }) })
    }

    /// Loads the gazetteers without the rules, to tell what they hold, how long the load took and what it weighs. For
    /// a true measure call it first thing in a process: what was loaded before is warm.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build), of the gazetteers.
    pub fn gazetteer_stats(&self) -> Result<Stats, Error> {
        Stats::measure(|| self.load_gazetteers(), |(gazetteer, _)| gazetteer)
    }

    fn load_gazetteers(&self) -> Result<(Gazetteer, Automaton), Error> {
        let base = match &self.pack {
            Some(bytes) => Pack::open(bytes.clone())?,
            None if self.bundled && cfg!(feature = "bundled") => Pack::open(Cow::Borrowed(bundled::PACK))?,
            None => Pack::empty(),
        };
        let files: Vec<(&str, &str)> = self.gazetteers.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        let gazetteer = Gazetteer::new(base, &files)?;
        let automaton = Automaton::new(&gazetteer)?;
        Ok((gazetteer, automaton))
    }
}
