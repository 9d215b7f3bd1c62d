//! What does isnad know before it reads a text: entities, their names, offices, roles, words?
//!
//! ```text
//! *.tsv ─► read (rows, located problems) ─► compile ─► pack (bytes) ─┐
//!   bundled: while building, a user's own: while loading             └─► Gazetteer: record(key), name(i), …
//! ```
//!
//! A `Gazetteer` answers "which entity has this id", "who held this office on that day", "what can this pattern
//! mean". It hands out small views that borrow (`Record`, `Name`, `Office`, …); what lies beneath is a
//! `pack`, and over it perhaps a second, small one of the user's own rows. Searching is the business of `find/`.

pub(crate) mod compile;
pub(crate) mod pack;
pub(crate) mod patterns;
pub(crate) mod read;
pub(crate) mod skeleton;
pub(crate) mod sounds;
pub(crate) mod table;

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::entity::EntityKind;
use crate::error::Error;
use crate::text::fold::fold_str;
use crate::text::words::TextWords;
use compile::{Compiled, Removed};
use pack::write::{Search, write};
use pack::{Pack, known};
use patterns::{Entry, Meaning};
use read::{NameFlags, NameKind, RoleKind, Tables};
use sounds::{Index, IndexBytes, Sounds};

/// An entity of the gazetteer, by its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key(pub(crate) u32);

/// What is known of an entity. Like every view here it borrows, and copying it costs nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    pub(crate) id: &'a str,
    pub(crate) kind: EntityKind,
    /// What sort of place or organisation: `city`, `party`, `media`, …
    pub(crate) sub: &'a str,
    /// The country it belongs to; a country is its own.
    pub(crate) country: Option<Key>,
    pub(crate) female: Option<bool>,
    /// Higher is better known: decides between namesakes when nothing else does.
    pub(crate) rank: u32,
    pub(crate) name_en: Option<&'a str>,
    pub(crate) name_ar: Option<&'a str>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Name<'a> {
    pub(crate) text: &'a str,
    pub(crate) key: Key,
    pub(crate) kind: NameKind,
    pub(crate) flags: NameFlags,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Office<'a> {
    pub(crate) person: Key,
    pub(crate) role: &'a str,
    pub(crate) of: Key,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

/// Gender, number and definiteness of a role form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RoleFlags {
    pub(crate) female: bool,
    pub(crate) plural: bool,
    pub(crate) dual: bool,
    pub(crate) definite: bool,
    /// A country has many of these: no body of its own can be derived from it («وفد», "embassy").
    pub(crate) many: bool,
    /// With a country it stands for that country («وفد البحرين»).
    pub(crate) country: bool,
    /// What somebody is and no office («الفنان», "author"): a position only with the body that he is it for.
    pub(crate) private: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Role<'a> {
    pub(crate) id: &'a str,
    pub(crate) kind: RoleKind,
    pub(crate) flags: RoleFlags,
    /// The one country or body whose office this form means.
    pub(crate) only: Option<Key>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'a> {
    pub(crate) class: WordClass,
    pub(crate) value: &'a str,
}

/// The classes of words that recognisers ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum WordClass {
    Title,
    Particle,
    Month,
    Weekday,
    Day,
    Shift,
    Pronoun,
    Suffix,
    Number,
    /// "in", «مدينة»: what follows is a place.
    Locative,
    /// «قال»: whose subject is a person.
    Saying,
    /// «السابق», «بزعامة»: describes a body and is no part of its name.
    Aside,
    /// "election", "War": the capitals before it name an event.
    Event,
    /// "West", "Northern": before a place's name it makes another place.
    Direction,
    /// "the city of", «صحيفة»: which bearer of an ambiguous name is meant; see `find/hints.rs`.
    Hint,
    /// "took", "want": a finite verb that states no relation; ends a noun phrase.
    Verb,
    /// "weeks", «شهرين»: a stretch of the calendar; the value is `d`, `w`, `m`, `y` or `x` (ten years), `2m` of a dual, `0m` of a plural.
    Unit,
    /// "ago", «قبل»: makes a count of units a date.
    Ago,
    /// «التسعينيات»: the value is its first year.
    Decade,
    /// "dozens", «معظم»: counts the people whose noun follows, behind "of" or «من» where the value is `of`.
    Quantity,
}

impl WordClass {
    /// The classes with the words for them; a pack counts them by their places here.
    pub(crate) const ALL: &[(&str, WordClass)] = &[
        ("title", WordClass::Title),
        ("particle", WordClass::Particle),
        ("month", WordClass::Month),
        ("weekday", WordClass::Weekday),
        ("day", WordClass::Day),
        ("shift", WordClass::Shift),
        ("pronoun", WordClass::Pronoun),
        ("suffix", WordClass::Suffix),
        ("number", WordClass::Number),
        ("locative", WordClass::Locative),
        ("saying", WordClass::Saying),
        ("aside", WordClass::Aside),
        ("event", WordClass::Event),
        ("direction", WordClass::Direction),
        ("hint", WordClass::Hint),
        ("verb", WordClass::Verb),
        ("unit", WordClass::Unit),
        ("ago", WordClass::Ago),
        ("decade", WordClass::Decade),
        ("quantity", WordClass::Quantity),
    ];

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, class)| *class)
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Head<'a> {
    pub(crate) kind: EntityKind,
    /// `party`, `sport`, …; empty for a noun of no kind.
    pub(crate) sub: &'a str,
    /// Whether names follow the head («مركز …», "Ministry of …") and whether they stand before it ("… University").
    pub(crate) first: bool,
    pub(crate) last: bool,
}

/// What is known of a single word as a part of persons' names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) given: bool,
    pub(crate) family: bool,
    pub(crate) female: bool,
}

/// All knowledge, ready to be asked.
#[derive(Debug)]
pub(crate) struct Gazetteer {
    base: Pack,
    own: Option<Own>,
    text_words: TextWords,
    /// How names sound; and the names by that, where the pack's own list does not hold.
    heard: OnceLock<(Sounds, Option<IndexBytes>)>,
}

/// A user's own rows. Their entities, names, … are numbered above those of the base.
#[derive(Debug)]
struct Own {
    pack: Pack,
    spellings: Vec<String>,
    removed: Removed,
}

/// Compiles gazetteer files, given as `(name, text)`, into the form that loads without being parsed: what
/// [`ExtractorBuilder::pack`](crate::ExtractorBuilder::pack) takes. The same files give the same bytes on every machine.
///
/// # Errors
///
/// All problems of all files at once, as when loading them.
pub fn pack(files: &[(&str, &str)]) -> Result<Vec<u8>, Error> {
    write(&compiled(files, &Pack::empty())?, Search::Packed)
}

fn compiled(files: &[(&str, &str)], beneath: &Pack) -> Result<Compiled, Error> {
    let (mut tables, mut problems) = (Tables::default(), Vec::new());
    for (name, text) in files {
        tables.read(name, text, &mut problems);
    }
    let compiled = Compiled::of(&tables, beneath, &mut problems);
    if problems.is_empty() {
        return Ok(compiled);
    }
    problems.sort_by(|a: &Diagnostic, b| (a.file(), a.line(), a.column()).cmp(&(b.file(), b.line(), b.column())));
    Err(Error::diagnostics(problems))
}

impl Gazetteer {
    /// The entries of a pack, with rows of files `(name, text)` over them: they add, correct and remove. Later files add
    /// to earlier ones. All problems of all files are told at once.
    pub(crate) fn new(base: Pack, files: &[(&str, &str)]) -> Result<Self, Error> {
        let own = if files.is_empty() {
            None
        } else {
            let mut compiled = compiled(files, &base)?;
            let pack = Pack::open(write(&compiled, Search::Apart)?.into())?;
            let removed = std::mem::take(&mut compiled.removed);
            Some(Own { pack, spellings: compiled.patterns.spellings, removed })
        };
        let mut text_words = TextWords::default();
        for [class, lang, form, value] in base.text_words().chain(own.iter().flat_map(|own| own.pack.text_words())) {
            text_words.add(class, lang, form, value);
        }
        Ok(Gazetteer { base, own, text_words, heard: OnceLock::new() })
    }

    /// Made when the first name asks that no list holds.
    fn heard(&self) -> &(Sounds, Option<IndexBytes>) {
        self.heard.get_or_init(|| {
            let rows = self.base.sounds().chain(self.own.iter().flat_map(|own| own.pack.sounds()));
            let sounds = Sounds::of(rows);
            // Own rows may add persons, take some away, and say that letters sound otherwise.
            let index = self.own.is_some().then(|| {
                let persons = self.names().filter(|(_, name)| {
                    self.record(name.key).kind == EntityKind::Person && name.kind != NameKind::Short
                });
                IndexBytes::of(&sounds, persons.map(|(i, name)| (i, Cow::Owned(fold_str(name.text)))))
            });
            (sounds, index)
        })
    }

    /// How names sound.
    pub(crate) fn sounds(&self) -> &Sounds {
        &self.heard().0
    }

    /// The names of persons by how they sound.
    pub(crate) fn sounding(&self) -> Index<'_> {
        self.heard().1.as_ref().map_or_else(|| self.base.sounding(), IndexBytes::index)
    }

    /// The entity of an id.
    pub(crate) fn key(&self, id: &str) -> Option<Key> {
        let Some(own) = &self.own else { return self.base.id(id).map(Key) };
        match self.base.id(id).map(Key) {
            Some(key) => (!own.removed.entities.contains(&key)).then_some(key),
            None => own.pack.id(id).map(|at| Key(self.base.entities() + at)),
        }
    }

    /// Every entity.
    pub(crate) fn entities(&self) -> impl Iterator<Item = Key> {
        let all = self.base.entities() + self.own.as_ref().map_or(0, |own| own.pack.entities());
        // A key that its own id does not lead to belongs to a corrected copy, or to somebody who was removed.
        (0..all).map(Key).filter(|&key| self.own.is_none() || self.key(self.record(key).id) == Some(key))
    }

    /// Where an entity's record lies.
    fn place(&self, key: Key) -> (&Pack, u32) {
        let Some(own) = &self.own else { return (&self.base, key.0) };
        match key.0.checked_sub(self.base.entities()) {
            Some(at) => (&own.pack, at),
            None => match own.pack.corrected(key) {
                Some(at) => (&own.pack, at),
                None => (&self.base, key.0),
            },
        }
    }

    /// Where the row `index` lies, of rows of which the base has `count`.
    fn layer(&self, index: u32, count: impl Fn(&Pack) -> u32) -> (&Pack, u32) {
        match (&self.own, index.checked_sub(count(&self.base))) {
            (Some(own), Some(at)) => (&own.pack, at),
            _ => (&self.base, index),
        }
    }

    pub(crate) fn record(&self, key: Key) -> Record<'_> {
        let (pack, at) = self.place(key);
        pack.record(at)
    }

    /// The outside identifiers of an entity as `(scheme, value)`, sorted.
    pub(crate) fn identifiers(&self, key: Key) -> impl Iterator<Item = (&str, &str)> {
        let (pack, at) = self.place(key);
        pack.identifiers(at)
    }

    /// Every name; the numbers are what [`name`](Self::name) takes.
    pub(crate) fn names(&self) -> impl Iterator<Item = (u32, Name<'_>)> {
        let all = self.base.names() + self.own.as_ref().map_or(0, |own| own.pack.names());
        (0..all).filter(|i| !self.removed(|r| r.names.contains(i))).map(|i| (i, self.name(i)))
    }

    pub(crate) fn name(&self, index: u32) -> Name<'_> {
        let (pack, at) = self.layer(index, Pack::names);
        pack.name(at)
    }

    pub(crate) fn role(&self, index: u32) -> Role<'_> {
        let (pack, at) = self.layer(index, Pack::roles);
        pack.role(at)
    }

    pub(crate) fn word(&self, index: u32) -> Word<'_> {
        let (pack, at) = self.layer(index, Pack::words);
        pack.word(at)
    }

    pub(crate) fn head(&self, index: u32) -> Head<'_> {
        let (pack, at) = self.layer(index, Pack::heads);
        pack.head(at)
    }

    fn removed(&self, is: impl Fn(&Removed) -> bool) -> bool {
        self.own.as_ref().is_some_and(|own| is(&own.removed))
    }

    /// What a pattern of the search may mean, in the order in which the meanings were read.
    pub(crate) fn meanings(&self, pattern: u32) -> impl Iterator<Item = Entry> {
        let (pack, at) = self.layer(pattern, Pack::patterns);
        pack.meanings(at).filter(|entry| match entry.meaning {
            Meaning::Name(i) => !self.removed(|r| r.names.contains(&i)),
            _ => true,
        })
    }

    /// Calls `visit(pattern, start, end)` for every occurrence of a spelling of the base, ends in rising order.
    pub(crate) fn scan(&self, haystack: &str, visit: impl FnMut(u32, usize, usize)) {
        self.base.automaton().scan(haystack, visit);
    }

    /// The spellings of a user's own rows; as patterns they are numbered from the second on.
    pub(crate) fn own_spellings(&self) -> (&[String], u32) {
        (self.own.as_ref().map_or(&[], |own| &own.spellings), self.base.patterns())
    }

    /// All folded spellings that are searched for, by pattern.
    pub(crate) fn spellings(&self) -> Vec<String> {
        let mut all = self.base.automaton().spellings();
        all.extend_from_slice(self.own_spellings().0);
        all
    }

    /// The words that reading a page rests on.
    pub(crate) fn text_words(&self) -> &TextWords {
        &self.text_words
    }

    /// Bytes held for the knowledge; bundled bytes lie in the program itself.
    pub(crate) fn memory(&self) -> usize {
        let own = self.own.as_ref().map_or(0, |own| {
            let spellings = own.spellings.iter().map(|s| s.capacity() + size_of::<String>()).sum::<usize>();
            own.pack.memory() + spellings
        });
        self.base.memory() + own
    }

    /// Bits of [`known`] for a word.
    fn known(&self, word: &str) -> u32 {
        self.base.known(word) | self.own.as_ref().map_or(0, |own| own.pack.known(word))
    }

    /// Every folded word that a list holds as a part of persons' names; some twice, where own rows know it too.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &str> {
        let own = self.own.iter().flat_map(|own| own.pack.known_words());
        self.base.known_words().chain(own).filter(|(_, bits)| bits & known::LISTED != 0).map(|(word, _)| word)
    }

    /// What is known of a folded word as a part of names.
    pub(crate) fn part(&self, folded: &str) -> Option<Part> {
        let bits = self.known(folded);
        (bits & known::PART != 0).then_some(Part {
            given: bits & known::GIVEN != 0,
            family: bits & known::FAMILY != 0,
            female: bits & known::FEMALE != 0,
        })
    }

    /// Whether a word, as written but in lower case, is a function word.
    pub(crate) fn is_closed(&self, word: &str) -> bool {
        self.known(word) & known::CLOSED != 0
    }

    /// Whether a word, as written but in lower case, is an ordinary word that is also a name.
    pub(crate) fn is_common(&self, word: &str) -> bool {
        self.known(word) & known::COMMON != 0
    }

    /// Whether a folded Arabic word is an ordinary one, with or without what is glued to its front and its end.
    pub(crate) fn is_ordinary(&self, word: &str) -> bool {
        const ENDS: [&str; 13] = ["ا", "ه", "ها", "هم", "هما", "ين", "ون", "ات", "ان", "ة", "ية", "ي", "تين"];
        let known = |word: &str| self.known(word) & (known::COMMON | known::CLOSED) != 0;
        let stem = |word: &str| {
            let long = word.chars().count() > 2;
            long && (known(word) || known(&["ال", word].concat()) || known(&[word, "ة"].concat()))
        };
        let bare = ["وال", "بال", "كال", "فال", "لل", "ال"].iter().find_map(|p| word.strip_prefix(p));
        let bare = bare.filter(|rest| rest.chars().count() > 2).unwrap_or(word);
        let without_and = bare.strip_prefix('و').unwrap_or(bare);
        known(word)
            || [bare, without_and]
                .iter()
                .any(|word| stem(word) || ENDS.iter().any(|e| word.strip_suffix(e).is_some_and(stem)))
    }

    /// The countries that a role's forms name by themselves: both of them of «الكوريتان».
    pub(crate) fn named_by<'a>(&'a self, role: &'a str) -> impl Iterator<Item = Key> + use<'a> {
        let own = self.own.as_ref().map(|own| own.pack.named_by(role));
        self.base.named_by(role).chain(own.into_iter().flatten())
    }

    /// Whether a country has a word of its own for an office: "Secretary of State".
    pub(crate) fn has_own_word(&self, role: &str, of: Key) -> bool {
        self.base.has_own_word(role, of) || self.own.as_ref().is_some_and(|own| own.pack.has_own_word(role, of))
    }

    /// The offices a person holds or held.
    pub(crate) fn offices_of_person(&self, person: Key) -> impl Iterator<Item = Office<'_>> {
        let own = self.own.iter().flat_map(move |own| own.pack.offices_of_person(person).map(|i| own.pack.office(i)));
        let base = self.base.offices_of_person(person).filter(|i| !self.removed(|r| r.offices.contains(i)));
        base.map(|i| self.base.office(i)).chain(own)
    }

    /// Who held an office, all times.
    pub(crate) fn holders<'a>(&'a self, role: &str, of: Key) -> impl Iterator<Item = Office<'a>> + use<'a> {
        let own = self.own.as_ref().map(|own| own.pack.holders(role, of).map(|i| own.pack.office(i)));
        let base = self.base.holders(role, of).filter(|i| !self.removed(|r| r.offices.contains(i)));
        base.map(|i| self.base.office(i)).chain(own.into_iter().flatten())
    }

    /// Every office with its holder.
    pub(crate) fn offices(&self) -> impl Iterator<Item = Office<'_>> {
        let own = self.own.iter().flat_map(|own| (0..own.pack.offices()).map(|i| own.pack.office(i)));
        let base = (0..self.base.offices()).filter(|i| !self.removed(|r| r.offices.contains(i)));
        base.map(|i| self.base.office(i)).chain(own)
    }
}

#[cfg(test)]
mod tests;
