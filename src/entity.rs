//! What real-world things does a document speak of?
//!
//! ```text
//! "John Kerry", "Kerry", "US Secretary of State"  ──►  one Entity  person/john-kerry
//! ```

use crate::mention::MentionId;

/// The kind of a real-world thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A sovereign state or a territory with an ISO 3166 code.
    Country,
    /// A city, region, continent, sea or building with a name.
    Place,
    /// A government body, party, alliance, company, news outlet or armed group.
    Organisation,
    /// A day, month or year.
    Date,
}

impl EntityKind {
    /// Every kind, in the order in which tables list them.
    pub const ALL: [EntityKind; 5] = [Self::Person, Self::Country, Self::Place, Self::Organisation, Self::Date];

    /// The word that stands for the kind in ids and in the wire form: `person`, `country`, …
    pub const fn as_str(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Country => "country",
            EntityKind::Place => "place",
            EntityKind::Organisation => "organisation",
            EntityKind::Date => "date",
        }
    }

    /// The kind for a word of the wire form, or `None`.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The kind that an id names in its first part: `person/john-kerry` is a person, `unknown/person/1` too.
    pub fn of_id(id: &str) -> Option<Self> {
        let id = id.strip_prefix("unknown/").unwrap_or(id);
        Self::parse(id.split('/').next()?)
    }
}

/// The place of an entity in [`Document::entities`](crate::Document::entities).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub(crate) u32);

impl EntityId {
    /// The index into [`Document::entities`](crate::Document::entities).
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One real-world thing of a document, with every mention of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    pub(crate) id: String,
    pub(crate) kind: EntityKind,
    pub(crate) known: bool,
    pub(crate) name_en: Option<String>,
    pub(crate) name_ar: Option<String>,
    pub(crate) identifiers: Vec<(String, String)>,
    pub(crate) mentions: Vec<MentionId>,
}

impl Entity {
    /// The readable, stable id: `country/BHR`, `person/john-kerry`, `date/2015-11-19`; `unknown/person/1` for an
    /// entity that no gazetteer holds, numbered by its first mention in the document.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it is.
    pub fn kind(&self) -> EntityKind {
        self.kind
    }

    /// Whether a gazetteer holds it (or grammar derives it, as with ministries and dates).
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// Its usual name in `en` or `ar`; for an unknown entity the fullest form found in the text.
    pub fn name(&self, language: &str) -> Option<&str> {
        match language {
            "en" => self.name_en.as_deref(),
            "ar" => self.name_ar.as_deref(),
            _ => None,
        }
    }

    /// Of a date, how exact it is: `day`, `week`, `month`, `year` or `decade`; of a stretch from one to another
    /// (`date/2016-03-12/2016-03-14`), how exact its ends are. `None` of anything else, and of a date that hangs on a
    /// day of publication that nobody told.
    pub fn granularity(&self) -> Option<&'static str> {
        let date = self.id.strip_prefix("date/")?.split('/').next()?;
        Some(match date.trim_start_matches('-').split('-').count() {
            3 => "day",
            2 if date.contains('W') => "week",
            2 => "month",
            _ if date.ends_with('X') => "decade",
            _ => "year",
        })
    }

    /// Outside identifiers as `(scheme, value)`, sorted: `("iso3", "BHR")`, `("wikidata", "Q398")`.
    pub fn identifiers(&self) -> &[(String, String)] {
        &self.identifiers
    }

    /// Its mentions, in text order.
    pub fn mentions(&self) -> &[MentionId] {
        &self.mentions
    }
}
