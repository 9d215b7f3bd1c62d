//! Where does the text speak of an entity, and why do we think so?
//!
//! ```text
//! "… his Bahraini counterpart …"
//!        ^^^^^^^^ demonym of country/BHR
//!        ^^^^^^^^^^^^^^^^^^^^ role, stands for person/khalid-bin-ahmed-al-khalifa
//! ```

use crate::entity::{EntityId, EntityKind};
use crate::span::Span;

/// How a mention refers to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MentionKind {
    /// A proper name, an acronym or a nickname.
    Name,
    /// An adjective or noun of belonging: "Bahraini", «الإيرانية»; a mention of the country.
    Demonym,
    /// A noun phrase that stands for an actor: "US Secretary of State", «الوزير», "three diplomats".
    Role,
    /// A day, month or year.
    Date,
    /// "he", "they", and their like.
    Pronoun,
}

impl MentionKind {
    /// Every kind.
    pub const ALL: [MentionKind; 5] = [Self::Name, Self::Demonym, Self::Role, Self::Date, Self::Pronoun];

    /// The word of the wire form: `name`, `demonym`, `role`, `date`, `pronoun`.
    pub const fn as_str(self) -> &'static str {
        match self {
            MentionKind::Name => "name",
            MentionKind::Demonym => "demonym",
            MentionKind::Role => "role",
            MentionKind::Date => "date",
            MentionKind::Pronoun => "pronoun",
        }
    }

    /// The kind for a word of the wire form, or `None`.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// The place of a mention in [`Document::mentions`](crate::Document::mentions).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId(pub(crate) u32);

impl MentionId {
    /// The index into [`Document::mentions`](crate::Document::mentions).
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One place of the text that refers to an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub(crate) span: Span,
    pub(crate) kind: MentionKind,
    pub(crate) entity_kind: EntityKind,
    pub(crate) entity: EntityId,
    pub(crate) source: String,
    pub(crate) metonym: bool,
    pub(crate) confidence: f32,
    pub(crate) why: Option<String>,
}

impl Mention {
    /// Its bytes in the caller's text. Titles and clitics stand outside, the Arabic article inside.
    pub fn span(&self) -> Span {
        self.span
    }

    /// How it refers.
    pub fn kind(&self) -> MentionKind {
        self.kind
    }

    /// What it refers to: the kind of its entity.
    pub fn entity_kind(&self) -> EntityKind {
        self.entity_kind
    }

    /// The entity it refers to.
    pub fn entity(&self) -> EntityId {
        self.entity
    }

    /// What found it: `gazetteer`, `title`, `organisation`, `role`, `date`, `counterpart`, `pronoun`, …;
    /// `script` where a name that no list holds was recognised by how it sounds, in company that bears it out.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether a place stands for its government ("Washington said").
    pub fn is_metonym(&self) -> bool {
        self.metonym
    }

    /// What the link to its entity rests on, where that is not plain: `«تيمو سويني» ~ "Timo Soini": token, skeleton;
    /// office minister-foreign-affairs/FIN`.
    pub fn why(&self) -> Option<&str> {
        self.why.as_deref()
    }

    /// How sure the finder is, from 0 to 1.
    pub fn confidence(&self) -> f32 {
        self.confidence
    }
}
