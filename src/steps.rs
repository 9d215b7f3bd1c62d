//! Which steps of the analysis can be left out, to see what each of them adds?
//!
//! ```text
//! benches/quality.rs ─► Left { out: persons } ─► find, link ─► F1 without it
//! ```
//!
//! No option for users: an extractor with a step left out is a worse one. The benches of this repository ask for it.

/// A recogniser, or a step of linking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Names that a list holds.
    Names,
    Dates,
    Organisations,
    Persons,
    Capitals,
    Roles,
    /// Surnames and given names alone.
    Short,
    Pronouns,
    /// Names that are known in the other script by their sound.
    Script,
    /// A role beside a name is its bearer's.
    Beside,
    /// A role alone is its holder's on that day.
    Office,
    /// A place that stands for its government.
    Metonym,
    /// Short names, acronyms, counterparts, pronouns.
    Coref,
    /// Confidences as measured, and not as the recognisers have them.
    Calibration,
}

impl Step {
    pub(crate) const ALL: [(Step, &str); 14] = [
        (Step::Names, "find/names (lists)"),
        (Step::Dates, "find/dates"),
        (Step::Organisations, "find/organisations"),
        (Step::Persons, "find/persons"),
        (Step::Capitals, "find/capitals"),
        (Step::Roles, "find/roles"),
        (Step::Short, "find/names (short)"),
        (Step::Pronouns, "find/pronouns"),
        (Step::Script, "link/script"),
        (Step::Beside, "link/roles (beside names)"),
        (Step::Office, "link/roles (offices)"),
        (Step::Metonym, "link/metonym"),
        (Step::Coref, "link/coref"),
        (Step::Calibration, "confidence"),
    ];
}

/// The steps that are left out: none, as a rule.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Left(u32);

impl Left {
    /// Whether a step is taken.
    pub(crate) fn takes(self, step: Step) -> bool {
        self.0 & (1 << step as u32) == 0
    }

    /// Leaves one step out.
    pub(crate) fn without(step: Step) -> Self {
        Left(1 << step as u32)
    }
}
