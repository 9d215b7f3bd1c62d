//! How is a rule written?
//!
//! This is the manual of the rule files; every pattern and every file in it is read by a test.
//!
//! # A file
//!
//! A rule file is TOML: an array of `[[rule]]` tables, one family of relations a file. A lexicon file holds one table
//! for each sense of a word; its language is its name (`en.toml`, `ar.toml`) or the key `language`. A rule file of
//! your own may carry its words with it in `[lexicon.en.NAME]` and `[lexicon.ar.NAME]`.
//!
//! ```
//! # isnad::bench::manual("own.toml", r##"
//! [[rule]]
//! id   = "meeting.met"
//! doc  = "A met B: both are participants."
//! emit = { type = "meeting", participant = ["a", "b"], place = "p", date = "d" }
//! code = { cameo = "040", plover = "CONSULT" }
//! beats = ["meeting.noun", "visit.*"]
//! en   = ["{a:actor+} <meet> [with] {b:actor+} [.. in {p:place}] [.. {d:date}]"]
//! only = "en: why no other language has a pattern"
//! [rule.examples]
//! match     = [{ en = "[a|Mary Hart] met [b|Paul Reed] in [p|Oslo]." }]
//! qualified = [{ en = "[a|Mary Hart] did not meet [b|Paul Reed].", modality = "denied" }]
//! reject    = [{ en = "The plan met the target.", why = "the subject is no actor" }]
//! # "##);
//! ```
//!
//! | key | what |
//! |---|---|
//! | `id` | family and name, unique over all files |
//! | `doc` | one sentence for the reader |
//! | `emit` | `type`, then role = slot or list of slots; where the first role is `attendee`, the rule makes no fact of its own but adds to the one of its type told last; `date` gives the relation's date, `content` what is said, `via` the outer speaker; `fields = { by = "phone" }` are constant fields |
//! | `code` | event codes for the asserted fact; `codes.toml` derives the others |
//! | `beats` | ids (or `family.*`) of rules that yield where both match |
//! | `en`, `ar` | patterns, tried in this order; the fullest match counts |
//! | `only` | the reason why a language has no pattern |
//! | `over` | `"slot"` in place of patterns: the rule fires for every person with a role |
//! | `confidence` | per cent, 90 unless told |
//! | `nested` | `false`: it yields within what somebody says |
//!
//! # A pattern
//!
//! A pattern is one line over the mentions, lexicon words and other tokens of a clause. Its trigger is the first
//! lexicon word in it; a rule is tried only where its trigger stands. `<*meet>` makes another word the trigger.
//!
//! ## Slots
//!
//! ```
//! # isnad::bench::patterns(r#"
//! {a:person} <meet> {b:person|organisation|country}
//! {a:actor+} <meet> {b:actor+}?
//! {s:actor} <say> {c:clause}
//! {c:quote} {s:actor} <say>
//! {c:before} , {s:actor} <say>
//! {s:unsaid} <say.participle> that {c:clause}
//! {a:subject} after <meet.participle> {b:actor+}
//! {a:sides+} <meet> in {p:place}
//! # "#);
//! ```
//!
//! `person`, `organisation`, `country`, `place` and `date` are the kinds of entities. A `role` is a noun phrase that
//! stands for somebody; `name` anything written as a proper name; `pronoun` he, they and their like; `actor` is a
//! person, organisation, country, role or pronoun; `demonym` an adjective of a country ("Egyptian"), which stands for it
//! in "Egyptian-Russian talks"; `sides` two or more of them: a list, or one mention that stands for
//! several ("they", "both ministers"). With `+` the slot takes a coordinated list ("A, B and C"), with
//! `?` it may be missing. A `quote` is one outermost quotation, `clause` all from here to the end of the sentence,
//! `before` all from its start to here. `unsaid` has no width: it is whoever spoke last, or, where the slot is emitted as
//! `place` or `destination`, the place named last ("visited the city"). Nor has `subject`, which
//! stands before its trigger: it is the actor of the clause around, the first one that no preposition governs, else
//! whoever spoke last. Titles, roles and appositions belong to the person's slot, and commas or brackets that close an
//! apposition need not be written.
//!
//! ## Words
//!
//! ```
//! # isnad::bench::patterns(r#"
//! {a:actor} <meet.past|present> with {b:actor}
//! {a:actor} <encounter> {b:actor}
//! {a:actor} "on the sidelines of" <meeting.noun>
//! التقى <meet> {a:actor}
//! # "#);
//! ```
//!
//! `<meet>` is any verbal form of the sense `meet`, `<meet.noun>` its noun, `<encounter>` a group of senses. Bare
//! words and words in quotation marks stand for themselves, compared after folding.
//!
//! ## Clitics
//!
//! ```
//! # isnad::bench::patterns(r#"
//! <meet> {a:actor+} ب+{b:actor}
//! و+<say> {s:unsaid} أن {c:clause}
//! <praise> {s:actor} ب+{c:clause}
//! # "#);
//! ```
//!
//! A clitic with `+` is fused to the next item. On words of the lexicon و ف (and س on a present form, ب ل ك on a
//! noun) need not be written: they are found and cut off without a word.
//!
//! ## Gaps, alternatives, options
//!
//! ```
//! # isnad::bench::patterns(r#"
//! {a:actor} .. <meet> ..6 {b:actor}
//! {a:actor} <meet> ..!6 in {p:place}
//! <meet> {a:actor} (ب+{b:actor} | مع {b:actor} | {b:actor}) [.. في {p:place}]
//! {c:before} , <say> {s:actor} $
//! ^ {s:actor} <say> {c:clause}
//! # "#);
//! ```
//!
//! `..` passes over at most four tokens (`..6` six) and crosses no clause mark, no quotation mark and no mention
//! that could fill a slot; `..!6` may cross mentions. Neither leaves its clause: a gap ends before a word of the groups
//! `relative` ("who", «الذي») and `source` ("according to"), and before a verb that "and" or و joins to what stands
//! before, unless the rule emits `content`, which may hold clauses of its own. Dates, words of the lexicon with `skip`, and the words of
//! negation, time and wish are passed over everywhere without being written. `$` stands where the clause ends: at a
//! mark or at the end of the sentence; `^` where the sentence begins.
//!
//! # A lexicon
//!
//! ```
//! # isnad::bench::manual("en.toml", r##"
//! [meet]
//! groups = ["encounter"]
//! doc = "come together"
//! base = ["meet"]
//! past = ["met"]
//! noun = ["meeting"]
//!
//! [negation]
//! groups = ["context"]
//! casts = "denied"
//! base = ["not", "never"]
//! # "##);
//! ```
//!
//! Forms: `base`, `present`, `past`, `perfect`, `participle`, `jussive`, `imperative`, `passive`, `noun`; what is no
//! verb stands under `base` (or `words`). The longest form wins: what lies inside a longer one is not read. `stance`,
//! `by`, `mode` and what stands under `fields = { … }` become fields of the relation, `modality` its modality. What
//! steers the engine:
//!
//! | key | meaning |
//! |---|---|
//! | `casts` | `denied`, `possible`, `intended`, `planned`: the modality the word gives to a trigger near it; where several do, the first of this row counts. `asserted` holds off `planned` and `intended` |
//! | `scope` | where that trigger stands: `after` the word (unless told), `before` it, `clause`: anywhere after it in its clause |
//! | `reach` | how many words may stand between, 4 unless told; never across a clause mark. A word without `over` is also stopped by a mention |
//! | `over` | the groups it colours; without it, all |
//! | `tense` | the form the trigger must have: `tense = "past"` |
//! | `clitics` | it has no word of its own and colours nouns that carry this clitic |
//! | `where` | `headline`: only there; `opening`: it has no word of its own and colours a verb that opens its clause in running text; `dated`: the same, and a date follows the verb |
//! | `bare` | `true`: it takes no clitic |
//! | `skip` | `true`: patterns pass over it between two items; `"date"`: directly before a date; `"participle"`: before a participle |
//! | `joins` | `true`: it joins the members of a list |
//! | `inside` | `true`: it opens what is said and belongs to it |
//! | `ends` | `"clause"`: what is said ends before it; `"mark"`: only after a comma |
//!
//! Some groups mean something: the words of `context` are passed over between two items, those of `helper` are never
//! a trigger, those of `opens` ("that", «أن») are cut off where what is said begins with them, and whoever stands behind
//! a word of `governs` ("of", «مع») is no `subject`. Of these the words of `binds` never open a clause: whoever stands
//! behind one is not what a pattern can begin with, unless a word of `relative` ("who", «الذي») or a mark follows.
//! What the words of `opens`, `relative`, `subordinates` and `asks-what` open is a clause of its own: no word before it
//! colours what stands in it but one that asks for the clause ("denied that"). A noun, and a participle that "and" or a
//! comma joins, has the time of the verb before it in its clause, where that is one of `governing` ("will", «سوف») or a
//! future; `precedes` ("before") gives a verb behind it the time of the clause around, and an `infinitive` ("to") is
//! planned unless a word of `ranked` ("the first to") stands before it.
//! A word of `determiner` ("the", "his") may stand before every mention. A noun of `session` ("summit") is one encounter
//! whether its countries or their leaders are named, and "the summit" means one told of as a summit before. Behind a noun
//! and a word of `relative`, the verbs of `light` and `session` ("which was held in") still tell of the noun. Where nothing
//! but words of `copula` («آنذاك») stands between an office and a name, both are one person. A word of `spoken` ("talks") may
//! also be said of a telephone call told elsewhere; "met" may not.

/// What a slot of a pattern takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum SlotType {
    Person,
    Organisation,
    Country,
    Demonym,
    Place,
    Date,
    Role,
    Actor,
    Name,
    Pronoun,
    Quote,
    Clause,
    Before,
    Unsaid,
    Subject,
    Sides,
}

impl SlotType {
    pub(crate) const WORDS: [(&'static str, SlotType); 16] = [
        ("person", SlotType::Person),
        ("organisation", SlotType::Organisation),
        ("country", SlotType::Country),
        ("demonym", SlotType::Demonym),
        ("place", SlotType::Place),
        ("date", SlotType::Date),
        ("role", SlotType::Role),
        ("actor", SlotType::Actor),
        ("name", SlotType::Name),
        ("pronoun", SlotType::Pronoun),
        ("quote", SlotType::Quote),
        ("clause", SlotType::Clause),
        ("before", SlotType::Before),
        ("unsaid", SlotType::Unsaid),
        ("subject", SlotType::Subject),
        ("sides", SlotType::Sides),
    ];

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::WORDS.into_iter().find(|(w, _)| *w == word).map(|(_, t)| t)
    }

    /// Whether it stands for somebody who is not named at its place.
    pub(crate) fn is_zero_width(self) -> bool {
        matches!(self, SlotType::Unsaid | SlotType::Subject)
    }

    /// Whether it takes a stretch of text and not a mention.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, SlotType::Quote | SlotType::Clause | SlotType::Before)
    }
}

/// The form of a word, as the lexicon lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Form {
    Base,
    Present,
    Past,
    Perfect,
    Participle,
    Jussive,
    Imperative,
    Passive,
    Noun,
    Words,
}

impl Form {
    pub(crate) const WORDS: [(&'static str, Form); 10] = [
        ("base", Form::Base),
        ("present", Form::Present),
        ("past", Form::Past),
        ("perfect", Form::Perfect),
        ("participle", Form::Participle),
        ("jussive", Form::Jussive),
        ("imperative", Form::Imperative),
        ("passive", Form::Passive),
        ("noun", Form::Noun),
        ("words", Form::Words),
    ];

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::WORDS.into_iter().find(|(w, _)| *w == word).map(|(_, f)| f)
    }
}

/// A set of forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Forms(u16);

impl Forms {
    pub(crate) const NONE: Forms = Forms(0);
    pub(crate) const ALL: Forms = Forms(0x3ff);
    /// What `<meet>` stands for: every form but the noun.
    pub(crate) const VERBAL: Forms = Forms(0x3ff & !(1 << Form::Noun as u16));

    pub(crate) fn with(self, form: Form) -> Self {
        Forms(self.0 | 1 << form as u16)
    }

    pub(crate) fn has(self, form: Form) -> bool {
        self.0 & 1 << form as u16 != 0
    }

    /// The forms of both.
    pub(crate) fn and(self, other: Forms) -> Forms {
        Forms(self.0 | other.0)
    }

    pub(crate) fn overlaps(self, other: Forms) -> bool {
        self.0 & other.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_a_set() {
        let forms = Forms::NONE.with(Form::Past).with(Form::Noun);
        assert!(forms.has(Form::Noun) && !forms.has(Form::Base));
        assert!(!Forms::VERBAL.has(Form::Noun) && Forms::VERBAL.has(Form::Words));
    }
}
