//! Did it happen, or is it planned, wished, possible, denied?
//!
//! ```text
//! Kerry will not meet Lavrov        will: planned · not: denied   ─►  denied
//! «يعتزم الوزير زيارة القاهرة»        يعتزم: intended, two words on  ─►  intended
//! ```
//!
//! The words, their reach and what they colour are data of the lexicon (`casts`, `scope`, `reach`, `over`). The order
//! among them is fixed: denied, possible, intended, planned. Behind a word that opens another clause they do not reach.
//! What tells no time by itself, a noun, a participle or "before" with a verb, has that of the verb that governs its
//! clause:
//!
//! ```text
//! Kerry will raise it in talks with Lavrov      talks ◄─ raise ◄─ will     ─►   planned
//! Kerry will say that talks with Lavrov failed  talks ◄─ that              ─►   asserted
//! ```

use crate::mention::MentionKind;
use crate::relation::Modality;
use crate::rules::governor;
use crate::rules::lexicon::{Reading, Scope, Where};
use crate::rules::program::Program;
use crate::rules::stage::Stage;
use crate::rules::syntax::{Form, Forms};
use crate::text::{Language, Page, ParagraphKind};

const ARABIC: Language = Language::Arabic;

/// The modality of a trigger within the tokens `lo..hi` of its clause.
pub(crate) fn modality(stage: &Stage<'_>, trigger: &Reading, lo: u32, hi: u32) -> Modality {
    modality_of(stage, trigger, lo, hi, 0)
}

/// How many verbs that و or "and" joins hand their modality on.
const DEPTH: u32 = 2;

fn modality_of(stage: &Stage<'_>, trigger: &Reading, lo: u32, hi: u32, depth: u32) -> Modality {
    let mut found = Found { planned: trigger.future, ..Found::default() };
    match stage.sense(trigger).modality {
        None | Some(Modality::Asserted) => {}
        Some(modality) => found.add(modality),
    }
    before(stage, trigger, lo, hi, &mut found);
    after(stage, trigger, hi, &mut found);
    if found.infinitive && found.is_blank() {
        found.add(infinitive(stage, trigger, lo));
    }
    if governor::is_governed(stage, trigger) && found.leaves_time_open() {
        let commas = !trigger.forms.has(Form::Noun);
        if let Some(modality) = governor::time(stage, trigger.start, lo, commas) {
            found = Found { asserted: false, ..found };
            found.add(modality);
        }
    }
    let before = found;
    // Senses without a word of their own: a noun that carries the clitic of purpose, a verb that opens its clause.
    for &sense in &stage.program.wordless {
        let own = &stage.program.lexicon.senses[sense as usize];
        let Some(context) = &own.context else { continue };
        let here = match context.place {
            Where::Opening => before.is_blank() && opens(stage, trigger, lo),
            Where::Dated => before.is_blank() && dated(stage, trigger, hi),
            _ => trigger.preposition.is_some_and(|p| context.clitics.contains(&p)) && trigger.forms.has(Form::Noun),
        };
        // A form that may be a past one ("put", «ترأس») says nothing of what is to come.
        let other = trigger.forms.has(Form::Noun) || trigger.forms.has(Form::Past);
        let tense = context.tense.is_none_or(|form| trigger.forms.has(form) && !other);
        if here && tense && own.language == stage.sense(trigger).language && colours(stage, sense, trigger) {
            found.add(context.modality);
        }
    }
    if found.is_blank() && depth < DEPTH {
        found.add(joined(stage, trigger, lo, hi, depth));
    }
    found.modality()
}

#[derive(Clone, Copy, Default)]
struct Found {
    asserted: bool,
    planned: bool,
    intended: bool,
    possible: bool,
    denials: u32,
    /// An infinitive, of which nothing else has spoken.
    infinitive: bool,
    /// Words that say more than "during" or "after" do tell that it was.
    held: bool,
}

impl Found {
    /// Whether at most a word like "during" has spoken, which ties it to the verb of its clause.
    fn leaves_time_open(self) -> bool {
        !(self.held || self.planned || self.intended || self.possible || self.denials > 0)
    }

    /// Whether no word has spoken yet.
    fn is_blank(self) -> bool {
        !(self.asserted || self.planned || self.intended || self.possible || self.denials > 0)
    }

    fn add(&mut self, modality: Modality) {
        match modality {
            Modality::Asserted => self.asserted = true,
            Modality::Planned => self.planned = true,
            Modality::Intended => self.intended = true,
            Modality::Possible => self.possible = true,
            Modality::Denied => self.denials += 1,
        }
    }

    /// Adds what a word says that stands farther off than all before: "after" holds off what stands before it, and a
    /// nearer "will" is stronger than "since".
    fn add_near(&mut self, modality: Modality) {
        match modality {
            Modality::Asserted if self.planned || self.intended || self.possible || self.infinitive => {}
            Modality::Possible | Modality::Planned | Modality::Intended if self.asserted => {}
            other => self.add(other),
        }
    }

    fn modality(self) -> Modality {
        match self {
            // Two denials leave it open at least: "did not rule out meeting".
            Found { denials: 2, .. } => Modality::Possible,
            Found { denials: 1.., .. } => Modality::Denied,
            Found { possible: true, .. } => Modality::Possible,
            Found { asserted: true, .. } => Modality::Asserted,
            Found { intended: true, .. } => Modality::Intended,
            Found { planned: true, .. } => Modality::Planned,
            _ => Modality::Asserted,
        }
    }
}

/// «سيزور موسكو ويلتقي بوتين», "will fly to Paris and meet Hollande": the second verb shares the first one's time.
fn joined(stage: &Stage<'_>, trigger: &Reading, lo: u32, hi: u32, depth: u32) -> Modality {
    let base = |r: &Reading| r.forms.has(Form::Base) || (r.forms.has(Form::Present) && r.conjunction.is_some());
    let and = |t: u32| stage.read_at(t).iter().any(|r| stage.sense(r).joins && r.end == trigger.start);
    let joins = trigger.conjunction == Some('و') || trigger.start.checked_sub(1).is_some_and(and);
    if !joins || !base(trigger) || trigger.forms.has(Form::Noun) {
        return Modality::Asserted;
    }
    let verb = |r: &&Reading| {
        let finite = [Form::Base, Form::Present, Form::Past, Form::Jussive].iter().any(|f| r.forms.has(*f));
        let sense = stage.sense(r);
        finite && !r.forms.has(Form::Noun) && !sense.helper && sense.context.is_none() && r.end <= trigger.start
    };
    let strong = |t: u32| matches!(stage.page.raw(t), "." | ";" | "؛" | ":" | "?" | "؟" | "!");
    let from = lo.max(trigger.start.saturating_sub(JOINED));
    let mut tokens = (from..trigger.start).rev().take_while(|&t| !strong(t));
    let first = tokens.find_map(|t| stage.read_at(t).iter().find(verb));
    first.map_or(Modality::Asserted, |first| {
        let same = first.future || first.forms.overlaps(trigger.forms);
        if same { modality_of(stage, first, lo, hi, depth + 1) } else { Modality::Asserted }
    })
}

/// How many tokens before a verb the one may stand that "and" joins it to.
const JOINED: u32 = 30;

/// Whether a verb opens its sentence in running text: nothing but a conjunction, a day or a helper stands before it.
fn opens(stage: &Stage<'_>, trigger: &Reading, lo: u32) -> bool {
    let from = stage.pass_backward(trigger.start, lo);
    let mark = |t: u32| matches!(stage.page.raw(t), "." | "؛" | ";" | "،" | ",");
    let start = from <= lo || mark(from - 1) || stage.read_before(from).any(|r| stage.sense(r).is("opens-verb"));
    start && !is_headline(stage, trigger.start) && stage.quote_around(trigger.start).is_none()
}

/// Whether a day follows a verb in running text before the clause ends, and is not the day that is over.
fn dated(stage: &Stage<'_>, trigger: &Reading, hi: u32) -> bool {
    let near = hi.min(trigger.end + DATED);
    // A day with a number is a caption's: "Obama greets the crew on March 20, 2013".
    let named = |t: u32| {
        let end = stage.date_from(t)?;
        let number = |t: u32| stage.page.raw(t).contains(|c: char| c.is_numeric());
        Some(!(t..end).any(number))
    };
    let date = (trigger.end..near).take_while(|&t| !stage.is_clause_mark(t)).find_map(named);
    // "Spoke by phone Thursday": behind a preposition it is no verb.
    let verb = !stage.read_before(trigger.start).any(|r| stage.sense(r).binds);
    verb && date == Some(true) && stage.quote_around(trigger.start).is_none()
}

/// How many tokens after a verb its day may stand.
const DATED: u32 = 8;

fn colours(stage: &Stage<'_>, sense: u32, trigger: &Reading) -> bool {
    stage.program.colours.get(sense as usize).and_then(Option::as_ref).is_some_and(|c| c.has(trigger.sense))
}

/// Words that stand before the trigger and look ahead.
fn before(stage: &Stage<'_>, trigger: &Reading, lo: u32, hi: u32, found: &mut Found) {
    let (mut at, mut distance, mut mentions) = (trigger.start, 0, false);
    // Where the clause of the trigger begins, once a word has been passed that opens it.
    let mut wall = None;
    let past = trigger.forms.has(Form::Past) && !trigger.forms.has(Form::Base) && !trigger.forms.has(Form::Noun);
    let mut crossed = false;
    // No reach is longer than this many words.
    while at > lo && distance <= 40 {
        for reading in stage.read_before(at) {
            let sense = stage.sense(reading);
            let Some(context) = &sense.context else { continue };
            // Only the last token of what it consists of counts its distance; `at` is where it ends.
            let near = match context.scope {
                Scope::After => distance <= context.reach && !(mentions && context.over.is_empty()),
                Scope::Clause => true,
                Scope::Before => false,
            };
            let tense = context.tense.is_none_or(|form| trigger.forms.overlaps(Forms::NONE.with(form)));
            let headline = context.place != Where::Headline || is_headline(stage, trigger.start);
            if !(reading.start >= lo && near && tense && headline && colours(stage, reading.sense, trigger)) {
                continue;
            }
            // "Denied that he met", "possible that": the word asks for the clause. Nothing else reaches into it.
            let opens = wall == Some(reading.end) && context.modality != Modality::Denied;
            if wall.is_some() && !opens && !sense.is("speech") {
                continue;
            }
            let open = matches!(context.modality, Modality::Planned | Modality::Intended);
            // "Before they met", "is due to be received": what is to come is told by no past of its own.
            if open && past && (crossed || distance > 2) {
                continue;
            }
            let verb = !trigger.forms.has(Form::Noun) || (distance == 0 && trigger.forms.has(Form::Participle));
            if sense.is("precedes") && verb {
                let ahead = governor::is_ahead(stage, reading.start, trigger, lo, hi);
                found.add_near(if ahead { context.modality } else { Modality::Asserted });
                found.held = true;
                continue;
            }
            let infinitive = context.tense == Some(Form::Base);
            match context.modality {
                Modality::Planned if infinitive && sense.inside => found.infinitive |= found.is_blank(),
                Modality::Asserted => {
                    let was = found.asserted;
                    found.add_near(Modality::Asserted);
                    found.held |= found.asserted && !was && (!sense.is("adjunct") || sense.is("past"));
                }
                modality => found.add_near(modality),
            }
        }
        // «يعتزم الوزير أن يزور»: the verb directly behind أن is what is intended, as an infinitive is.
        let infinitive = |r: &Reading| {
            r.end == trigger.start && trigger.forms.has(Form::Present) && stage.sense(r).language == Some(ARABIC)
        };
        let walls = stage.read_before(at).filter(|r| stage.sense(r).walls && !infinitive(r)).map(|r| r.start).min();
        wall = wall.or(walls);
        let mention = stage.slots_to(at).find(|e| e.lo >= lo && !stage.slot(*e).nested);
        if let Some(mention) = mention {
            // "The planned NATO summit", "without Putin's promise": the mention is part of the noun's phrase.
            let own =
                stage.page.word(mention.hi) == "'s" || (mention.hi == trigger.start && trigger.forms.has(Form::Noun));
            let named = !matches!(stage.slot(mention).kind, MentionKind::Date | MentionKind::Demonym);
            mentions |= !own && named;
            crossed |= named;
            // The mention counts as one word.
            distance += 1;
            at = mention.lo;
            continue;
        }
        if stage.is_clause_mark(at - 1) {
            break;
        }
        // Helpers ("to", auxiliaries) count like any word: `reach` is what the lexicon says it is.
        distance += 1;
        at -= 1;
    }
}

/// "The first president to visit", "the last of them to meet": an infinitive tells what was, unless its clause speaks of
/// what is to come; any other one tells what is meant to be.
fn infinitive(stage: &Stage<'_>, trigger: &Reading, lo: u32) -> Modality {
    let Some(to) = trigger.start.checked_sub(1) else { return Modality::Planned };
    let ranked = |t: u32| stage.program.lexicon.lists(stage.page.word(t), |sense| sense.is("ranked"));
    let other = |t: u32| stage.program.lexicon.lists(stage.page.word(t), |sense| sense.is("infinitive"));
    let mut before = (lo.max(to.saturating_sub(RANKED))..to).rev();
    let rank = before.by_ref().take_while(|&t| !stage.is_clause_mark(t) && !other(t)).find(|&t| ranked(t));
    match rank {
        Some(rank) => governor::time(stage, rank + 1, lo, false).unwrap_or(Modality::Asserted),
        None => Modality::Planned,
    }
}

/// How many tokens before its infinitive "the first" may stand.
const RANKED: u32 = 8;

/// Words that stand after the trigger and look back: "the visit was cancelled".
fn after(stage: &Stage<'_>, trigger: &Reading, hi: u32, found: &mut Found) {
    let (mut at, mut distance, mut wall) = (trigger.end, 0, false);
    let noun = trigger.forms.has(Form::Noun) && found.is_blank();
    while at < hi && distance <= 40 {
        for reading in stage.read_at(at) {
            wall |= stage.sense(reading).walls;
            // «مباحثات شكري ولافروف ستتناول»: the noun is the subject of a verb that is to come.
            if noun && !wall && reading.future && distance <= SUBJECT {
                found.add(Modality::Planned);
            }
            let Some(context) = &stage.sense(reading).context else { continue };
            let near = context.scope == Scope::Before && distance <= context.reach && reading.end <= hi;
            // A verb of the noun, not of a clause within its phrase.
            let tense = context.tense.is_none_or(|form| trigger.forms.has(form) && noun && !wall);
            if near && tense && colours(stage, reading.sense, trigger) {
                // «خلال القمة المرتقبة»: the adjective of the noun is nearer to it than the word before.
                found.asserted &= distance > 0 || context.modality != Modality::Planned;
                found.add(context.modality);
            }
        }
        let mention = stage.slots_from(at).find(|e| e.hi <= hi && !stage.slot(*e).nested);
        if let Some(mention) = mention.filter(|e| e.hi > at && stage.slot(*e).kind != MentionKind::Date) {
            distance += 1;
            at = mention.hi;
            continue;
        }
        if stage.is_clause_mark(at) {
            break;
        }
        distance += 1;
        at += 1;
    }
}

/// How many words after a noun its own verb may stand, where that alone says that it is to come.
const SUBJECT: u32 = 8;

/// Whether a trigger tells by itself when it was: a verb of running text does, "the talks" or a headline do not.
pub(crate) fn tells_time(stage: &Stage<'_>, trigger: &Reading) -> bool {
    let finite = [Form::Past, Form::Present, Form::Jussive, Form::Passive].iter().any(|f| trigger.forms.has(*f));
    finite && !trigger.forms.has(Form::Noun) && !is_headline(stage, trigger.start)
}

fn is_headline(stage: &Stage<'_>, token: u32) -> bool {
    let paragraph = stage.page.tokens.get(token as usize).map_or(0, |t| t.paragraph);
    stage.page.paragraphs.get(paragraph as usize).is_some_and(|p| p.kind == ParagraphKind::Headline)
}

/// How far from a date its verb may stand, in tokens.
const NEAR: u32 = 25;

/// Whether the words around a token (a date's) speak of what is to come: the nearest verb before it decides, else the
/// first one after it. "will meet on Thursday", «سيلتقي الخميس», "On Thursday, Kerry will fly".
pub(crate) fn speaks_of_future(program: &Program, page: &Page<'_>, token: u32) -> bool {
    let Some(t) = page.tokens.get(token as usize) else { return false };
    let Some(paragraph) = page.paragraphs.get(t.paragraph as usize) else { return false };
    let Some(sentence) = page.sentences.get(t.sentence as usize) else { return false };
    let (lo, hi) = (sentence.tokens.start.max(token.saturating_sub(NEAR)), sentence.tokens.end.min(token + NEAR));
    let mut readings = Vec::new();
    program.lexicon.read(page, paragraph.language, lo..hi, &mut readings);
    let verdict = |r: &Reading| {
        let sense = &program.lexicon.senses[r.sense as usize];
        if r.future {
            return Some(true);
        }
        match sense.context.as_ref().map(|c| c.modality) {
            Some(Modality::Planned | Modality::Intended | Modality::Possible) => Some(true),
            _ if sense.helper || sense.context.is_some() => None,
            _ => (r.forms.has(Form::Past) && !r.forms.has(Form::Base)).then_some(false),
        }
    };
    let strong = |t: u32| matches!(page.raw(t), "." | ";" | "؛" | ":" | "?" | "!" | "؟");
    let before = readings.iter().rev().filter(|r| r.end <= token && !(r.end..token).any(strong));
    let after = readings.iter().filter(|r| r.start >= token && !(token..r.start).any(strong));
    before.chain(after).find_map(verdict).unwrap_or(false)
}
