//! Does a pattern fit the words around its trigger?
//!
//! ```text
//! {a:actor+} <meet> [with] {b:actor+}      Kerry and Shoukry  met  Lavrov in Geneva
//!                                          ◄───── left ─────  │    ── right ──►
//! ```
//!
//! Each side is matched on its own, away from the trigger, by backtracking with a bound on the steps. Between two
//! items patterns pass over dates, auxiliaries and words that qualify, and after a mention over an aside in commas or
//! brackets; the shortest way is tried first.

mod lists;
mod veto;

use crate::mention::MentionKind;
use crate::rules::assemble::may_open;
use crate::rules::extent;
use crate::rules::lexicon::Reading;
use crate::rules::program::{Op, Side, Variant};
use crate::rules::stage::{Extent, Quote, Stage};
use crate::rules::subject;
use crate::rules::syntax::{Form, SlotType};

/// What fills a slot of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Bound {
    /// Slots of the scene, in text order.
    Slots(Vec<u32>),
    /// Tokens `lo..hi`, the first `cut` folded bytes left out; the quotation they are, if they are one.
    Text {
        lo: u32,
        hi: u32,
        cut: u32,
        quote: Option<u32>,
    },
    Unsaid,
    /// The subject of the clause, while the rest of the pattern is tried.
    Subject,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Binding {
    pub(crate) name: u16,
    pub(crate) bound: Bound,
}

/// A pattern that fits.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    pub(crate) bindings: Vec<Binding>,
    /// The tokens from its first item to its last.
    pub(crate) lo: u32,
    pub(crate) hi: u32,
}

/// How far a pattern came that did not fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Farthest {
    /// Items passed, then tokens passed: the greater, the farther.
    pub(crate) op: u32,
    pub(crate) token: u32,
    pub(crate) left: bool,
}

/// Steps a side may take before it is given up; no real sentence comes near.
const STEPS: u32 = 3000;
/// How many words of its own may stand between an article and a mention: "the visiting Iraqi premier".
const ADJECTIVES: u32 = 2;
/// The longest aside in tokens, and the longest between dashes.
const ASIDE: u32 = 24;
const WISH: u32 = 8;

pub(crate) struct Matcher<'m, 's> {
    stage: &'m Stage<'s>,
    trigger: &'m Reading,
    /// Whether gaps end where another clause opens: always, but where what is said may hold clauses itself.
    one_clause: bool,
    /// The tokens that may be used.
    lo: u32,
    hi: u32,
    back: bool,
    steps: u32,
    bindings: Vec<Binding>,
    far: Farthest,
}

/// The places where the next item may begin: here, after words that are passed over, after an aside. Each is looked for
/// when those before it have led nowhere.
struct Ways {
    at: u32,
    after_slot: bool,
    passed: u32,
    step: Step,
    places: [u32; 6],
    found: usize,
    taken: usize,
}

/// What is looked for next.
enum Step {
    Words,
    Aside,
    AsideBehindWords,
    None,
}

impl Ways {
    fn new(at: u32, after_slot: bool) -> Self {
        Ways { at, after_slot, passed: at, step: Step::Words, places: [at; 6], found: 1, taken: 0 }
    }

    /// Whether the place is a new one.
    fn add(&mut self, place: u32) -> bool {
        let new = !self.places[..self.found].contains(&place);
        if new && let Some(to) = self.places.get_mut(self.found) {
            *to = place;
            self.found += 1;
        }
        new
    }
}

/// Tries a variant at a trigger, within the tokens `lo..hi`.
pub(crate) fn try_variant(
    stage: &Stage<'_>,
    variant: &Variant,
    trigger: &Reading,
    lo: u32,
    hi: u32,
) -> Result<Match, Farthest> {
    let rule = stage.program.rules.get(variant.rule as usize);
    let one_clause = rule.is_some_and(|r| r.emit.slots("content").next().is_none());
    let mut m = Matcher {
        stage,
        trigger,
        one_clause,
        lo,
        hi,
        back: true,
        steps: 0,
        bindings: Vec::new(),
        far: Farthest::default(),
    };
    m.far.left = true;
    m.far.token = trigger.start;
    if joins_on(stage, variant, trigger) || is_complete(stage, variant, trigger) {
        return Err(m.far);
    }
    let Some(start) = m.go(&variant.left, 0, trigger.start, false) else { return Err(m.far) };
    // Bindings of the left side were made from right to left.
    m.bindings.reverse();
    m.back = false;
    m.steps = 0;
    m.far = Farthest { op: 0, token: trigger.end, left: false };
    let Some(end) = m.go(&variant.right, 0, trigger.end, false) else { return Err(m.far) };
    for binding in m.bindings.iter_mut().filter(|b| b.bound == Bound::Subject) {
        binding.bound = subject::before(stage, lo, trigger).map_or(Bound::Unsaid, Bound::Slots);
    }
    Ok(Match { bindings: m.bindings, lo: start.min(trigger.start), hi: end.max(trigger.end) })
}

/// «سيزور موسكو ويلتقي بوتين»: a verb that و joins to what stands before it has its subject elsewhere.
fn joins_on(stage: &Stage<'_>, variant: &Variant, trigger: &Reading) -> bool {
    let actor = |op: &Op| match op {
        Op::Slot { types, .. } => types.first().is_some_and(|t| !t.is_text() && !t.is_zero_width()),
        _ => false,
    };
    // A pattern that writes the conjunction knows what it does.
    let written = variant.clitic.as_deref().is_some_and(|c| c.contains('و'));
    let verb = !trigger.forms.has(Form::Noun) && !trigger.forms.has(Form::Participle);
    let first = variant.left.ops.iter().find(|op| !matches!(op, Op::Split(_) | Op::Jump(_) | Op::Words { .. }));
    let mark = trigger.start.checked_sub(1).is_none_or(|t| stage.is_clause_mark(t));
    trigger.conjunction == Some('و') && verb && !written && !mark && first.is_some_and(actor)
}

/// «حضر اللقاء وزير الخارجية»: a noun with the article is complete; no name behind it says whose it is.
fn is_complete(stage: &Stage<'_>, variant: &Variant, trigger: &Reading) -> bool {
    let article =
        || stage.page.word(trigger.start).get(usize::from(trigger.head)..).is_some_and(|w| w.starts_with("ال"));
    let owner = |op: &Op| match op {
        Op::Slot { types, clitic: None, .. } => {
            !types.iter().any(|t| t.is_text() || t.is_zero_width() || matches!(t, SlotType::Date | SlotType::Place))
        }
        _ => false,
    };
    let next = || variant.right.ops.iter().find(|op| !matches!(op, Op::Split(_) | Op::Jump(_) | Op::Gap { .. }));
    trigger.forms.has(Form::Noun) && !trigger.forms.has(Form::Past) && article() && next().is_some_and(owner)
}

impl Matcher<'_, '_> {
    /// Matches from the step `pc` on; `at` is the next token, or backwards the end of what is left.
    fn go(&mut self, side: &Side, pc: usize, at: u32, after_slot: bool) -> Option<u32> {
        self.steps += 1;
        if self.steps > STEPS {
            return None;
        }
        match side.ops.get(pc)? {
            Op::End => Some(at),
            Op::Split(other) => {
                self.go(side, pc + 1, at, after_slot).or_else(|| self.go(side, usize::from(*other), at, after_slot))
            }
            Op::Jump(to) => self.go(side, usize::from(*to), at, after_slot),
            Op::Edge => {
                let mut ways = Ways::new(at, false);
                while let Some(way) = self.next(&mut ways) {
                    let edge = if self.back {
                        way <= self.lo || self.stage.is_clause_mark(way - 1)
                    } else {
                        way >= self.hi || self.stage.is_clause_mark(way)
                    };
                    if edge && let Some(end) = self.pass(side, pc, way, after_slot) {
                        return Some(end);
                    }
                }
                None
            }
            Op::Start => {
                if !self.back {
                    return None;
                }
                let mut ways = Ways::new(at, false);
                while let Some(way) = self.next(&mut ways) {
                    // Marks and articles may stand before what opens the sentence.
                    if (self.lo..self.leave(way).min(way)).all(|t| self.stage.is_mark(t)) {
                        return self.pass(side, pc, way, after_slot);
                    }
                }
                None
            }
            Op::Gap { reach, over } => self.gap(side, pc, at, after_slot, u32::from(*reach), *over),
            Op::Slot { name, types, list, clitic } => match types.first() {
                Some(SlotType::Unsaid) => {
                    // With nothing written before it, it stands only where a clause can begin without a subject.
                    let alone = self.back && matches!(side.ops.get(pc + 1), Some(Op::End));
                    if alone && !may_open(self.stage, self.trigger, self.lo) {
                        return None;
                    }
                    self.bindings.push(Binding { name: *name, bound: Bound::Unsaid });
                    self.or_undo(|m| m.go(side, pc + 1, at, after_slot))
                }
                Some(SlotType::Subject) => {
                    // Looked for only once the rest fits.
                    self.bindings.push(Binding { name: *name, bound: Bound::Subject });
                    self.or_undo(|m| m.go(side, pc + 1, at, after_slot))
                }
                Some(SlotType::Clause) => self.clause(side, pc, *name, at, after_slot, clitic.as_deref()),
                Some(SlotType::Before) => self.before(side, pc, *name, at),
                Some(SlotType::Quote) => self.quote(side, pc, *name, at),
                _ => self.mention(side, pc, at, after_slot, *name, types, *list, clitic.as_deref()),
            },
            Op::Class { senses, forms, clitic } => {
                let mut ways = Ways::new(at, after_slot);
                while let Some(at) = self.next(&mut ways) {
                    let fits =
                        |r: &&Reading| senses.has(r.sense) && r.forms.overlaps(*forms) && carries(r, clitic.as_deref());
                    let stage = self.stage;
                    let ends: Vec<u32> = if self.back {
                        stage.read_before(at).filter(|r| r.start >= self.lo).filter(fits).map(|r| r.start).collect()
                    } else {
                        stage.read_at(at).iter().filter(|r| r.end <= self.hi).filter(fits).map(|r| r.end).collect()
                    };
                    for next in ends {
                        if let Some(end) = self.pass(side, pc, next, false) {
                            return Some(end);
                        }
                    }
                }
                None
            }
            Op::Words { words, clitic } => {
                let mut ways = Ways::new(at, after_slot);
                while let Some(at) = self.next(&mut ways) {
                    if let Some(next) = self.words(words, clitic.as_deref(), at)
                        && let Some(end) = self.pass(side, pc, next, false)
                    {
                        return Some(end);
                    }
                }
                None
            }
        }
    }

    /// Goes on after an item that matched up to `at`, and notes how far that is.
    fn pass(&mut self, side: &Side, pc: usize, at: u32, after_slot: bool) -> Option<u32> {
        if pc as u32 + 1 > self.far.op {
            self.far.op = pc as u32 + 1;
            self.far.token = at;
        }
        self.go(side, pc + 1, at, after_slot)
    }

    /// Runs on with the binding pushed last, and takes it back where that leads nowhere.
    fn or_undo(&mut self, on: impl FnOnce(&mut Self) -> Option<u32>) -> Option<u32> {
        let depth = self.bindings.len();
        let end = on(self);
        if end.is_none() {
            self.bindings.truncate(depth - 1);
        }
        end
    }

    /// The next place where an item may begin.
    fn next(&self, ways: &mut Ways) -> Option<u32> {
        let pass =
            |at| if self.back { self.stage.pass_backward(at, self.lo) } else { self.stage.pass_forward(at, self.hi) };
        loop {
            if ways.taken < ways.found {
                ways.taken += 1;
                return ways.places.get(ways.taken - 1).copied();
            }
            let from = match ways.step {
                Step::Words => {
                    ways.step = Step::Aside;
                    ways.passed = pass(ways.at);
                    ways.add(ways.passed);
                    continue;
                }
                Step::Aside => {
                    ways.step = Step::AsideBehindWords;
                    ways.at
                }
                Step::AsideBehindWords => {
                    ways.step = Step::None;
                    ways.passed
                }
                Step::None => return None,
            };
            let aside = if self.back {
                self.aside_backward(from)
            } else if ways.after_slot {
                self.aside_forward(from)
            } else {
                None
            };
            if aside.is_some_and(|aside| ways.add(aside)) {
                ways.add(pass(aside.unwrap_or_default()));
            }
        }
    }

    /// After `, … ,` or `( … )`.
    fn aside_forward(&self, at: u32) -> Option<u32> {
        let (stage, hi) = (self.stage, self.hi.min(at + ASIDE));
        if at >= hi {
            return None;
        }
        if matches!(stage.page.raw(at), "(" | "[") {
            return (at..hi).find(|&t| matches!(stage.page.raw(t), ")" | "]")).map(|t| t + 1);
        }
        if is_dash(stage, at) {
            // «الملك سلمان - حفظه الله - الرئيس»: a wish between dashes, on whichever side the blanks stand.
            return (at + 1..hi.min(at + WISH)).find(|&t| is_dash(stage, t)).map(|t| t + 1);
        }
        if !stage.is_comma(at) {
            return None;
        }
        for t in at + 1..hi {
            if stage.is_comma(t) {
                return Some(t + 1);
            }
            if stage.is_clause_mark(t) && !matches!(stage.page.raw(t), "(" | ")") {
                return None;
            }
        }
        None
    }

    /// Before `, … ,` or `( … )`: only where a mention stands there, to which the aside belongs.
    fn aside_backward(&self, at: u32) -> Option<u32> {
        let stage = self.stage;
        let lo = self.lo.max(at.saturating_sub(ASIDE));
        if at <= lo {
            return None;
        }
        let found = if matches!(stage.page.raw(at - 1), ")" | "]") {
            (lo..at).rev().find(|&t| matches!(stage.page.raw(t), "(" | "["))?
        } else if stage.is_comma(at - 1) {
            let mut found = None;
            for t in (lo..at - 1).rev() {
                if stage.is_comma(t) {
                    found = Some(t);
                    break;
                }
                if stage.is_clause_mark(t) && !matches!(stage.page.raw(t), "(" | ")") {
                    return None;
                }
            }
            found?
        } else {
            return None;
        };
        stage.slots_to(found).any(|e| e.lo >= self.lo && !stage.slot(e).nested).then_some(found)
    }

    fn words(&self, words: &[Box<str>], clitic: Option<&str>, at: u32) -> Option<u32> {
        if self.back && self.comma_in_quote(words, at) {
            return Some(at);
        }
        let count = words.len() as u32;
        let (from, to) = if self.back { (at.checked_sub(count)?, at) } else { (at, at + count) };
        if from < self.lo || to > self.hi {
            return None;
        }
        let same = |(i, want): (usize, &str)| {
            let have = self.stage.page.word(from + i as u32);
            match clitic.filter(|_| i == 0) {
                Some(letters) => have.strip_prefix(letters).is_some_and(|rest| {
                    rest == want
                        || rest.strip_prefix("ال") == Some(want)
                        || (letters.ends_with('ل') && rest.strip_prefix('ل') == Some(want))
                }),
                None => have == want || (want == "," && have == "،") || (want == ";" && have == "؛"),
            }
        };
        words.iter().map(|w| &**w).enumerate().all(same).then_some(if self.back { from } else { to })
    }

    /// They were “still friends,” Kerry said: the comma of the sentence stands within the quotation that ends its part.
    fn comma_in_quote(&self, words: &[Box<str>], at: u32) -> bool {
        let comma = words.len() == 1 && words.first().is_some_and(|w| &**w == ",");
        let inside = |q: &Quote| q.lo > self.lo && q.inner.end > q.inner.start && self.stage.is_comma(q.inner.end - 1);
        comma && self.stage.quote_to(at).is_some_and(inside)
    }

    fn gap(&mut self, side: &Side, pc: usize, at: u32, after_slot: bool, reach: u32, over: bool) -> Option<u32> {
        let (mut at, mut crossed, mut after_slot) = (at, 0, after_slot);
        loop {
            if let Some(end) = self.go(side, pc + 1, at, after_slot) {
                return Some(end);
            }
            let (next, cost) = if self.back { self.cross_backward(at, over)? } else { self.cross_forward(at, over)? };
            crossed += cost;
            if crossed > reach {
                return None;
            }
            (at, after_slot) = (next, false);
        }
    }

    /// One token on, or one mention; and what that costs of the gap's reach.
    fn cross_forward(&self, at: u32, over: bool) -> Option<(u32, u32)> {
        let stage = self.stage;
        if at >= self.hi {
            return None;
        }
        if let Some(mention) = stage.slots_from(at).find(|e| e.hi <= self.hi && !stage.slot(*e).nested) {
            return self.cross_mention(mention, over).then_some((mention.hi, self.cost(mention)));
        }
        if over && matches!(stage.page.raw(at), "(" | "[") {
            return self.aside_forward(at).map(|end| (end, 1));
        }
        if self.one_clause && self.opens_clause(at) || !self.one_clause && self.speaks(at) {
            return None;
        }
        (!stage.is_clause_mark(at)).then_some((at + 1, 1))
    }

    /// «استقبل الوزير، وتلقى رسالة من», "the talks, according to Reuters", "the premier, who leads": what follows is of
    /// another clause.
    fn opens_clause(&self, at: u32) -> bool {
        let stage = self.stage;
        let verb = |r: &Reading| {
            let tense = r.forms.has(Form::Past) || r.forms.has(Form::Present);
            tense && !r.forms.has(Form::Noun) && !stage.sense(r).helper && stage.sense(r).context.is_none()
        };
        stage.read_at(at).iter().any(|r| {
            let sense = stage.sense(r);
            let joined = r.conjunction == Some('و') && verb(r);
            joined || sense.parts || (sense.joins && stage.read_at(r.end).iter().any(verb))
        })
    }

    /// «حذر الوزير من الحرب وقال إن»: what another verb of saying opens is not the content of this one.
    fn speaks(&self, at: u32) -> bool {
        let verb = |r: &Reading| {
            let finite = r.forms.has(Form::Past) || r.forms.has(Form::Present);
            finite && !r.forms.has(Form::Noun) && self.stage.sense(r).is("speech")
        };
        self.stage.read_at(at).iter().any(|r| r.conjunction == Some('و') && verb(r))
    }

    fn cross_backward(&self, at: u32, over: bool) -> Option<(u32, u32)> {
        let stage = self.stage;
        if at <= self.lo {
            return None;
        }
        if let Some(mention) = stage.slots_to(at).find(|e| e.lo >= self.lo && !stage.slot(*e).nested) {
            // "mocked McCain's trip": the trip is his.
            let owner = stage.page.word(mention.hi) == "'s";
            return (!owner && self.cross_mention(mention, over)).then_some((mention.lo, self.cost(mention)));
        }
        if self.joins_verb(at) {
            return None;
        }
        (!stage.is_clause_mark(at - 1)).then_some((at - 1, 1))
    }

    /// "visited Cuba and met Reed", "praised Putin and has urged", "wrote to the bank and to ask": no mention before the
    /// "and" that joins a verb to another one is its subject.
    fn joins_verb(&self, at: u32) -> bool {
        let (stage, forms) = (self.stage, self.trigger.forms);
        let finite = !forms.has(Form::Noun) && (forms.has(Form::Past) || forms.has(Form::Present));
        // Looked for first, since few words are an "and".
        if !finite || at > self.trigger.start || !stage.read_before(at).any(|r| stage.sense(r).joins) {
            return false;
        }
        let helped = stage.pass_backward(self.trigger.start, self.lo);
        let to = stage.read_before(helped).find(|r| stage.sense(r).is("infinitive")).map(|r| r.start);
        // "Obama broke with custom and agreed to meet": whoever stands farther off may be the subject.
        let beside = |and: u32| stage.slots_to(and).next().is_some();
        let own = self.one_clause && at == self.trigger.start;
        let opens = own || at == helped || to == Some(at);
        opens && stage.read_before(at).any(|r| stage.sense(r).joins && (own || beside(r.start)))
    }

    fn cross_mention(&self, mention: Extent, over: bool) -> bool {
        over || matches!(self.stage.slot(mention).kind, MentionKind::Date | MentionKind::Demonym)
    }

    fn cost(&self, mention: Extent) -> u32 {
        u32::from(self.stage.slot(mention).kind != MentionKind::Date)
    }

    fn clause(
        &mut self,
        side: &Side,
        pc: usize,
        name: u16,
        at: u32,
        after_slot: bool,
        clitic: Option<&str>,
    ) -> Option<u32> {
        if self.back {
            return None;
        }
        let stage = self.stage;
        let (mut lo, mut parted) = (at, false);
        // "said on Tuesday it would …": the day belongs to the saying.
        while let Some(end) = stage.date_from(lo).filter(|end| *end < self.hi && clitic.is_none()) {
            lo = end;
        }
        if lo == at && stage.is_comma(lo) {
            if lo == self.trigger.end && extent::is_english(stage, lo) {
                // "the bank said, raising its forecast": what was said stands before.
                return None;
            }
            lo += 1;
        }
        if let Some(letters) = clitic {
            // «هددت كوريا الشمالية، الثلاثاء، بإلغاء», «نددت "بالمسؤولية"»: days and quotation marks may stand between.
            let marked = |t: u32| if stage.quote_from(t).is_some() { t + 1 } else { t };
            let hi = self.hi;
            // «تعهد به»: what is left of the word is but a pronoun.
            let whole = |rest: &str| rest.chars().nth(2).is_some();
            let fused = |t: u32| t < hi && stage.page.word(t).strip_prefix(letters).is_some_and(whole);
            // «اتهم موسكو بـ "عرقلة" الهدنة»: the letter stands alone before a quotation.
            let alone = |t: u32| t < hi && stage.page.word(t) == letters && stage.quote_from(t + 1).is_some();
            let mut ways = Ways::new(at, after_slot);
            lo = loop {
                let way = self.next(&mut ways)?;
                if alone(way) {
                    parted = true;
                    break way + 1;
                }
                let way = marked(way);
                if fused(way) {
                    break way;
                }
            };
        }
        // A word that opens what is said and belongs to it was matched before the clause.
        if let Some(opener) = stage.read_before(lo).find(|r| stage.sense(r).inside && r.start >= self.lo) {
            lo = opener.end - 1;
        }
        // What is said ends with the sentence, or before a word that ends it.
        let hi = stage.ends_after(lo).map_or(self.hi, |end| end.min(self.hi));
        if clitic.is_none() && (extent::is_aside(stage, lo, hi) || extent::is_relative(stage, self.trigger, lo)) {
            return None;
        }
        let hi = extent::subordinate(stage, self.trigger.start, self.lo, lo, hi).unwrap_or(hi);
        let hi = extent::narrator(stage, lo, hi).unwrap_or(hi);
        let words = (lo..hi).filter(|&t| !stage.is_mark(t)).take(1).count();
        let cut = match clitic {
            None => 0,
            Some(_) if parted => 0,
            Some(letters) => {
                let word = stage.page.word(lo);
                let rest = word.strip_prefix(letters).filter(|rest| !rest.is_empty())?;
                (word.len() - rest.len()) as u32
            }
        };
        if words == 0 {
            return None;
        }
        self.bindings.push(Binding { name, bound: Bound::Text { lo, hi, cut, quote: None } });
        self.or_undo(|m| m.pass(side, pc, hi, false))
    }

    fn before(&mut self, side: &Side, pc: usize, name: u16, at: u32) -> Option<u32> {
        if !self.back || at <= self.lo {
            return None;
        }
        // A quotation that began sentences ago and ends here belongs to it whole.
        let stage = self.stage;
        let last = (self.lo..at).rev().find(|&t| !stage.is_comma(t)).map_or(at, |t| t + 1);
        let lo = stage.quote_to(last).map_or(self.lo, |q| q.lo.min(self.lo));
        if (lo..at).all(|t| stage.is_mark(t)) || extent::is_opening(stage, lo, at) {
            return None;
        }
        self.bindings.push(Binding { name, bound: Bound::Text { lo, hi: at, cut: 0, quote: None } });
        self.or_undo(|m| m.pass(side, pc, lo, false))
    }

    fn quote(&mut self, side: &Side, pc: usize, name: u16, at: u32) -> Option<u32> {
        let stage = self.stage;
        let mut at = at;
        for _ in 0..3 {
            let found = if self.back { stage.quote_to(at) } else { stage.quote_from(at) };
            if let Some(quote) = found {
                let (index, lo, hi) = (quote.index, quote.inner.start, quote.inner.end);
                let next = if self.back { quote.lo } else { quote.hi };
                if lo >= hi || !self.may_be_said(quote) {
                    return None;
                }
                // “We go.” Kerry nodded: a quotation that ends with its own sentence is not carried on by the next one.
                let over = self.back && quote.hi <= self.lo && stage.page.raw(hi - 1) == ".";
                if over {
                    return None;
                }
                self.bindings.push(Binding { name, bound: Bound::Text { lo, hi, cut: 0, quote: Some(index) } });
                return self.or_undo(|m| m.pass(side, pc, next, false));
            }
            // A comma, colon or dash may stand between the words and the quotation.
            let mark = if self.back { at.checked_sub(1)? } else { at };
            if !matches!(stage.page.raw(mark), "," | "،" | ":" | "-" | "–" | "—") {
                return None;
            }
            at = if self.back { mark } else { mark + 1 };
        }
        None
    }

    /// Whether a quotation can be all that is said.
    fn may_be_said(&self, quote: &Quote) -> bool {
        let stage = self.stage;
        if self.back {
            // “It is over.” Kerry said more: a stop inside ends the sentence, and the quotation is not Kerry's.
            return quote.hi > self.lo || stage.page.raw(quote.inner.end - 1) != ".";
        }
        // He called it “a mistake” of others: a few words amid others are a part of what is said.
        const FEW: u32 = 6;
        quote.inner.end - quote.inner.start > FEW || quote.hi >= self.hi || stage.is_mark(quote.hi) || {
            let last = stage.page.raw(quote.inner.end - 1);
            matches!(last, "." | "!" | "?" | "؟" | "," | "،")
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn mention(
        &mut self,
        side: &Side,
        pc: usize,
        at: u32,
        after_slot: bool,
        name: u16,
        types: &[SlotType],
        list: bool,
        clitic: Option<&str>,
    ) -> Option<u32> {
        let mut ways = Ways::new(at, after_slot);
        while let Some(at) = self.next(&mut ways) {
            let mut lists = Vec::new();
            // "told CNN's Jake Tapper": whoever owns is passed over.
            let at = self.behind_owner(self.enter(at));
            for first in self.candidates(at, types, |c| self.opens(c, clitic)) {
                let (mut members, mut own) = (vec![first], Vec::new());
                if list {
                    self.extend(types, clitic, &mut members, &mut own);
                }
                own.push(vec![first]);
                // What holds the longest list holds its members.
                if !self.bound(side, pc, &own[0]) {
                    lists.append(&mut own);
                }
            }
            for members in lists {
                if types.contains(&SlotType::Sides) && !self.several(&members, types) {
                    continue;
                }
                let somewhere = types.iter().any(|t| matches!(t, SlotType::Place | SlotType::Date));
                if !somewhere && members.iter().any(|e| self.owns(side, pc, *e) || self.qualifies(*e)) {
                    continue;
                }
                let mut slots: Vec<u32> = members.iter().map(|e| e.slot).collect();
                slots.sort_unstable_by_key(|&s| self.stage.slots[s as usize].tokens.start);
                let next = members.last().map(|e| if self.back { e.lo } else { e.hi })?;
                self.bindings.push(Binding { name, bound: Bound::Slots(slots) });
                // “…,” the ministry said: the article belongs to the mention, and so it does to a name: …, the Kremlin said.
                let role = members.first().is_some_and(|e| self.stage.slot(*e).kind == MentionKind::Role);
                let outer = match (self.back, role) {
                    (true, true) => self.leave_whole(next),
                    (true, false) => self.leave(next),
                    (false, _) => next,
                };
                let found = self.or_undo(|m| {
                    let bare = m.pass(side, pc, next, true);
                    bare.or_else(|| if outer < next { m.pass(side, pc, outer, true) } else { None })
                });
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// Where a mention begins behind "the", "his", "the new"; here, where none does.
    fn enter(&self, at: u32) -> u32 {
        let stage = self.stage;
        let begins = |t: u32| stage.slots_from(t).any(|e| !stage.slot(e).nested);
        if self.back || begins(at) {
            return at;
        }
        let Some(article) = stage.read_at(at).iter().find(|r| stage.sense(r).determines) else { return at };
        let plain = |t: u32| !stage.is_mark(t) && stage.read_at(t).is_empty();
        let reach = article.end..=article.end + ADJECTIVES;
        reach.take_while(|&t| t == article.end || plain(t - 1)).find(|&t| t >= self.hi || begins(t)).unwrap_or(at)
    }

    /// Where the article of a mention begins that is left backwards.
    fn leave(&self, lo: u32) -> u32 {
        let article = self.stage.read_before(lo).find(|r| self.stage.sense(r).determines && r.start >= self.lo);
        article.map_or(lo, |r| r.start)
    }

    /// The same over the words between the article and the mention: "the visiting Iraqi premier".
    fn leave_whole(&self, lo: u32) -> u32 {
        let plain = |t: u32| !self.stage.is_mark(t) && self.stage.read_at(t).is_empty();
        let mut at = lo;
        for _ in 0..=ADJECTIVES {
            let outer = self.leave(at);
            if outer < at {
                return outer;
            }
            let adjective = at > self.lo && plain(at - 1) && self.stage.slots_to(at).next().is_none();
            if !adjective {
                return lo;
            }
            at -= 1;
        }
        lo
    }

    /// The token behind "CNN's", if a name follows there.
    fn behind_owner(&self, at: u32) -> u32 {
        let stage = self.stage;
        let owner = |e: &Extent| {
            let whole = !stage.slot(*e).nested;
            whole && stage.page.word(e.hi) == "'s" && stage.slots_from(e.hi + 1).next().is_some()
        };
        if self.back { at } else { stage.slots_from(at).find(owner).map_or(at, |e| e.hi + 1) }
    }

    /// The slots that begin (backwards: end) here and fit; nested ones only where no outer one does.
    fn candidates(&self, at: u32, types: &[SlotType], clitic: impl Fn(&str) -> bool) -> Vec<Extent> {
        let stage = self.stage;
        let fits = |e: &Extent| {
            let slot = stage.slot(*e);
            e.lo >= self.lo && e.hi <= self.hi && stage.fits(slot, types) && clitic(stage.clitic(slot))
        };
        let all: Vec<Extent> = if self.back {
            stage.slots_to(at).filter(fits).collect()
        } else {
            stage.slots_from(at).filter(fits).collect()
        };
        let outer = all.iter().any(|e| !stage.slot(*e).nested);
        all.into_iter().filter(|e| !outer || !stage.slot(*e).nested).collect()
    }

    /// Whether the clitic of a slot is the one that the pattern writes.
    fn opens(&self, have: &str, want: Option<&str>) -> bool {
        let have: String = have.chars().filter(|c| matches!(c, 'و' | 'ف' | 'ب' | 'ك' | 'ل')).collect();
        match want {
            Some(want) => have == want || have.strip_prefix(['و', 'ف']) == Some(want),
            // Backwards the slot may open the clause, and then a conjunction may be fused to it.
            None => have.is_empty() || (self.back && matches!(have.as_str(), "و" | "ف")),
        }
    }
}

fn is_dash(stage: &Stage<'_>, token: u32) -> bool {
    matches!(stage.page.raw(token), "-" | "–" | "—" | "ـ")
}

/// Whether a word carries the clitic that a pattern writes before it.
pub(crate) fn carries(reading: &Reading, want: Option<&str>) -> bool {
    want.is_none_or(|letters| letters.chars().all(|c| reading.conjunction == Some(c) || reading.preposition == Some(c)))
}
