//! What is to be tried where a trigger stands?
//!
//! ```text
//! "{a:actor+} <meet> [with] {b:actor+}"
//!      left: Slot a            (read backwards from the trigger)
//!   trigger: meet
//!     right: Split Words[with] Slot b     (read forwards)
//!
//! sense of a word ─► the variants it calls
//! ```
//!
//! A pattern is cut at its trigger; alternatives on the way to the trigger make variants of their own. A rule is
//! reached only through its trigger's sense, so a thousand rules cost a text nothing where their words do not stand.

use std::ops::Range;

use crate::rules::codes::Table;
use crate::rules::lexicon::{Lexicon, Sense};
use crate::rules::load::{Emit, PatternDef};
use crate::rules::parse::{Item, Kind};
use crate::rules::syntax::{Form, Forms, SlotType};
use crate::text::Language;

/// A set of senses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Senses(Vec<u64>);

impl Senses {
    pub(crate) fn add(&mut self, sense: u32) {
        let word = sense as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (sense % 64);
    }

    pub(crate) fn has(&self, sense: u32) -> bool {
        self.0.get(sense as usize / 64).is_some_and(|word| word & 1 << (sense % 64) != 0)
    }
}

impl FromIterator<u32> for Senses {
    fn from_iter<T: IntoIterator<Item = u32>>(senses: T) -> Self {
        let mut set = Senses::default();
        senses.into_iter().for_each(|sense| set.add(sense));
        set
    }
}

/// One step of a side of a pattern.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Slot {
        name: u16,
        types: Vec<SlotType>,
        list: bool,
        clitic: Option<Box<str>>,
    },
    Class {
        senses: Senses,
        forms: Forms,
        clitic: Option<Box<str>>,
    },
    Words {
        words: Vec<Box<str>>,
        clitic: Option<Box<str>>,
    },
    Gap {
        reach: u8,
        over: bool,
    },
    Edge,
    /// The sentence begins.
    Start,
    /// Try what follows; failing that, go on at the place given.
    Split(u16),
    Jump(u16),
    End,
}

/// The steps of one side, each with the bytes of its item in the pattern.
#[derive(Clone, Debug, Default)]
pub(crate) struct Side {
    pub(crate) ops: Vec<Op>,
    pub(crate) at: Vec<Range<usize>>,
}

/// A pattern cut at one trigger.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) rule: u32,
    /// Index into [`Rule::patterns`].
    pub(crate) pattern: u32,
    pub(crate) forms: Forms,
    pub(crate) clitic: Option<Box<str>>,
    pub(crate) left: Side,
    pub(crate) right: Side,
}

#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) emit: Emit,
    pub(crate) codes: Vec<(String, String)>,
    /// Rules that yield to it, sorted.
    pub(crate) beats: Vec<u32>,
    pub(crate) confidence: f32,
    /// Whether it speaks also within what somebody says.
    pub(crate) nested: bool,
    /// The slots, by their number in the ops.
    pub(crate) names: Vec<String>,
    pub(crate) patterns: Vec<String>,
}

/// All rules, ready to run.
#[derive(Debug, Default)]
pub(crate) struct Program {
    pub(crate) lexicon: Lexicon,
    pub(crate) rules: Vec<Rule>,
    pub(crate) variants: Vec<Variant>,
    /// The variants that a sense calls, by sense.
    pub(crate) calls: Vec<Vec<u32>>,
    /// The rules that fire for every person with a role.
    pub(crate) over: Vec<u32>,
    /// What a context word colours, by its sense.
    pub(crate) colours: Vec<Option<Senses>>,
    /// The context senses that have no word but a clitic.
    pub(crate) wordless: Vec<u32>,
    pub(crate) codes: Table,
}

/// Whose side of a pattern is compiled, and in which direction it is read.
#[derive(Clone, Copy)]
struct Way {
    rule: u32,
    language: Language,
    backwards: bool,
}

/// A pattern that makes more variants than this is a mistake.
const MOST_VARIANTS: usize = 64;

/// What stops a pattern from being compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    NoTrigger,
    TooMany,
    /// A clitic before something that has no first letter.
    Clitic(Range<usize>),
}

impl Program {
    /// Compiles one pattern of the rule `rule` into variants.
    pub(crate) fn add(&mut self, rule: u32, pattern: &PatternDef) -> Result<(), Trouble> {
        let items = spread(&pattern.items)?;
        let marked = has(&items, &|item| matches!(item.kind, Kind::Class { trigger: true, .. }));
        let lexicon = &self.lexicon;
        let class = |item: &Item| match bare(item) {
            Kind::Class { trigger, .. } if marked => *trigger,
            Kind::Class { name, .. } => {
                lexicon.named(pattern.language, name).any(|s| !lexicon.senses[s as usize].helper)
            }
            _ => false,
        };
        let literal = |item: &Item| matches!(bare(item), Kind::Literal(_));
        let mut cuts = Vec::new();
        if has(&items, &class) {
            cut(&items, &class, Vec::new(), &[], &mut cuts)?;
        } else {
            cut(&items, &literal, Vec::new(), &[], &mut cuts)?;
        }
        if cuts.is_empty() {
            return Err(Trouble::NoTrigger);
        }
        let number = {
            let rule = &mut self.rules[rule as usize];
            rule.patterns.push(pattern.text.clone());
            rule.patterns.len() as u32 - 1
        };
        for Cut { left, trigger, right } in cuts {
            let (clitic, kind) = match &trigger.kind {
                Kind::Fused(letters, inner) => (Some(letters.as_str().into()), &inner.kind),
                kind => (None, kind),
            };
            let language = pattern.language;
            let (senses, forms) = match kind {
                Kind::Class { name, forms, .. } => {
                    (self.lexicon.named(pattern.language, name).collect::<Vec<_>>(), *forms)
                }
                Kind::Literal(words) => (vec![self.phrase(pattern.language, words)], Forms::ALL),
                _ => return Err(Trouble::NoTrigger),
            };
            let variant = Variant {
                rule,
                pattern: number,
                forms,
                clitic,
                left: self.side(Way { rule, language, backwards: true }, &left),
                right: self.side(Way { rule, language, backwards: false }, &right),
            };
            let id = self.variants.len() as u32;
            self.variants.push(variant);
            for sense in senses {
                let place = sense as usize;
                if self.calls.len() <= place {
                    self.calls.resize(place + 1, Vec::new());
                }
                self.calls[place].push(id);
            }
        }
        Ok(())
    }

    /// The sense of a literal phrase that serves as a trigger.
    fn phrase(&mut self, language: Language, words: &[String]) -> u32 {
        let name = format!("\"{}\"", words.join(" "));
        let known = self.lexicon.named(language, &name).next();
        if let Some(known) = known {
            self.lexicon.form(language, known, Form::Words, words);
            return known;
        }
        let sense = self.lexicon.add(Sense { name, language: Some(language), ..Sense::default() });
        self.lexicon.form(language, sense, Form::Words, words);
        sense
    }

    fn side(&mut self, way: Way, items: &[Item]) -> Side {
        let mut side = Side::default();
        self.sequence(way, items, &mut side);
        side.push(Op::End, 0..0);
        side
    }

    fn sequence(&mut self, way: Way, items: &[Item], side: &mut Side) {
        let mut order: Vec<&Item> = items.iter().collect();
        if way.backwards {
            order.reverse();
        }
        for item in order {
            self.item(way, item, None, side);
        }
    }

    fn item(&mut self, way: Way, item: &Item, clitic: Option<&str>, side: &mut Side) {
        let at = item.at.clone();
        let clitic: Option<Box<str>> = clitic.map(Into::into);
        match &item.kind {
            Kind::Slot { role, types, list } => {
                let name = self.name(way.rule, role);
                side.push(Op::Slot { name, types: types.clone(), list: *list, clitic }, at);
            }
            Kind::Class { name, forms, .. } => {
                let senses = self.lexicon.named(way.language, name).collect();
                side.push(Op::Class { senses, forms: *forms, clitic }, at);
            }
            Kind::Literal(words) => {
                let words = words.iter().map(|w| w.as_str().into()).collect();
                side.push(Op::Words { words, clitic }, at);
            }
            Kind::Fused(letters, inner) => self.item(way, inner, Some(letters), side),
            Kind::Gap { reach, over } => {
                side.push(Op::Gap { reach: *reach, over: *over }, at);
            }
            Kind::Edge => {
                side.push(Op::Edge, at);
            }
            Kind::Start => {
                side.push(Op::Start, at);
            }
            Kind::Maybe(inner) => {
                let split = side.push(Op::Split(0), at);
                self.sequence(way, inner, side);
                side.ops[split] = Op::Split(side.ops.len() as u16);
            }
            Kind::Either(branches) => {
                let mut ends = Vec::new();
                for (i, branch) in branches.iter().enumerate() {
                    let last = i + 1 == branches.len();
                    let split = (!last).then(|| side.push(Op::Split(0), at.clone()));
                    self.sequence(way, branch, side);
                    if let Some(split) = split {
                        ends.push(side.push(Op::Jump(0), at.clone()));
                        side.ops[split] = Op::Split(side.ops.len() as u16);
                    }
                }
                for end in ends {
                    side.ops[end] = Op::Jump(side.ops.len() as u16);
                }
            }
        }
    }

    fn name(&mut self, rule: u32, role: &str) -> u16 {
        let names = &mut self.rules[rule as usize].names;
        let found = names.iter().position(|n| n == role).unwrap_or_else(|| {
            names.push(role.to_owned());
            names.len() - 1
        });
        found as u16
    }

    /// To be called when all senses are in: which senses every context word colours.
    pub(crate) fn finish(&mut self) {
        let senses = &self.lexicon.senses;
        let colours = |sense: &Sense| {
            let context = sense.context.as_ref()?;
            let over = |s: &Sense| context.over.is_empty() || context.over.iter().any(|name| s.is(name));
            Some(senses.iter().enumerate().filter(|(_, s)| over(s)).map(|(i, _)| i as u32).collect())
        };
        let wordless = |s: &Sense| s.context.as_ref().is_some_and(crate::rules::lexicon::Context::is_wordless);
        self.wordless = (0..senses.len() as u32).filter(|&i| wordless(&senses[i as usize])).collect();
        self.colours = senses.iter().map(colours).collect();
        self.calls.resize(senses.len(), Vec::new());
    }
}

impl Side {
    fn push(&mut self, op: Op, at: Range<usize>) -> usize {
        self.ops.push(op);
        self.at.push(at);
        self.ops.len() - 1
    }
}

/// The kind behind a clitic.
fn bare(item: &Item) -> &Kind {
    match &item.kind {
        Kind::Fused(_, inner) => &inner.kind,
        kind => kind,
    }
}

/// Whether an item of that sort stands anywhere in it.
fn has(items: &[Item], wanted: &dyn Fn(&Item) -> bool) -> bool {
    items.iter().any(|item| {
        wanted(item)
            || match &item.kind {
                Kind::Either(branches) => branches.iter().any(|b| has(b, wanted)),
                Kind::Maybe(inner) => has(inner, wanted),
                Kind::Fused(_, inner) => has(std::slice::from_ref(inner), wanted),
                _ => false,
            }
    })
}

/// Hands a clitic before brackets on to the first item of each branch.
fn spread(items: &[Item]) -> Result<Vec<Item>, Trouble> {
    let mut out = Vec::new();
    for item in items {
        let kind = match &item.kind {
            Kind::Either(branches) => Kind::Either(branches.iter().map(|b| spread(b)).collect::<Result<_, _>>()?),
            Kind::Maybe(inner) => Kind::Maybe(spread(inner)?),
            Kind::Fused(letters, inner) => match &inner.kind {
                Kind::Slot { .. } | Kind::Class { .. } | Kind::Literal(_) => item.kind.clone(),
                Kind::Either(branches) => {
                    let fuse = |branch: &Vec<Item>| fused(letters, branch, &item.at);
                    Kind::Either(branches.iter().map(fuse).collect::<Result<_, _>>()?)
                }
                Kind::Maybe(inner) => Kind::Maybe(fused(letters, inner, &item.at)?),
                Kind::Fused(..) | Kind::Gap { .. } | Kind::Edge | Kind::Start => {
                    return Err(Trouble::Clitic(item.at.clone()));
                }
            },
            kind => kind.clone(),
        };
        out.push(Item { at: item.at.clone(), kind });
    }
    Ok(out)
}

fn fused(letters: &str, branch: &[Item], at: &Range<usize>) -> Result<Vec<Item>, Trouble> {
    let Some((first, rest)) = branch.split_first() else { return Err(Trouble::Clitic(at.clone())) };
    let first = Item { at: first.at.clone(), kind: Kind::Fused(letters.to_owned(), Box::new(first.clone())) };
    let mut all = spread(&[first])?;
    all.extend(spread(rest)?);
    Ok(all)
}

struct Cut {
    left: Vec<Item>,
    trigger: Item,
    right: Vec<Item>,
}

/// Cuts a sequence at its first trigger; brackets on the way are taken apart.
fn cut(
    items: &[Item],
    wanted: &dyn Fn(&Item) -> bool,
    left: Vec<Item>,
    after: &[Item],
    out: &mut Vec<Cut>,
) -> Result<(), Trouble> {
    let mut left = left;
    for (i, item) in items.iter().enumerate() {
        let rest = || [&items[i + 1..], after].concat();
        if out.len() > MOST_VARIANTS {
            return Err(Trouble::TooMany);
        }
        if wanted(item) {
            out.push(Cut { left, trigger: item.clone(), right: rest() });
            return Ok(());
        }
        match &item.kind {
            Kind::Either(branches) if has(std::slice::from_ref(item), wanted) => {
                for branch in branches {
                    let whole = [branch.as_slice(), &rest()].concat();
                    cut(&whole, wanted, left.clone(), &[], out)?;
                }
                return Ok(());
            }
            Kind::Maybe(inner) if has(std::slice::from_ref(item), wanted) => {
                let whole = [inner.as_slice(), &rest()].concat();
                cut(&whole, wanted, left.clone(), &[], out)?;
                // Without it, the trigger must stand further on.
                return cut(&rest(), wanted, left, &[], out);
            }
            _ => left.push(item.clone()),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse::pattern;

    fn program(texts: &[&str]) -> Result<Program, Trouble> {
        let mut program = Program::default();
        for name in ["meet", "say", "that"] {
            let helper = name == "that";
            let sense = program.lexicon.add(Sense { name: name.to_owned(), helper, ..Sense::default() });
            program.lexicon.form(Language::English, sense, Form::Past, &[name.to_owned()]);
        }
        program.rules.push(Rule {
            id: "r".to_owned(),
            emit: Emit::default(),
            codes: Vec::new(),
            beats: Vec::new(),
            confidence: 0.9,
            nested: true,
            names: Vec::new(),
            patterns: Vec::new(),
        });
        for text in texts {
            let items = pattern(text).unwrap();
            program.add(0, &PatternDef { language: Language::English, text: (*text).to_owned(), at: 0..0, items })?;
        }
        program.finish();
        Ok(program)
    }

    #[test]
    fn the_trigger_cuts() {
        let p = program(&["{a:actor} <meet> with {b:actor}"]).unwrap();
        assert_eq!(p.variants.len(), 1);
        assert!(matches!(p.variants[0].left.ops[..], [Op::Slot { name: 0, .. }, Op::End]));
        assert!(matches!(p.variants[0].right.ops[..], [Op::Words { .. }, Op::Slot { name: 1, .. }, Op::End]));
        assert_eq!(p.calls[0], [0]);
    }

    #[test]
    fn brackets_on_the_way_make_variants() {
        let p = program(&["{a:actor} (<meet> x | y <say>) {b:actor}"]).unwrap();
        assert_eq!(p.variants.len(), 2);
        assert_eq!((p.calls[0].len(), p.calls[1].len()), (1, 1));
        let p = program(&["[<say> x] <meet>"]).unwrap();
        assert_eq!(p.variants.len(), 2, "with and without");
        let p = program(&["<that> <meet>"]).unwrap();
        assert_eq!(p.calls[0].len(), 1, "helpers are no triggers");
        let p = program(&["<say> <*meet>"]).unwrap();
        assert_eq!((p.calls[0].len(), p.calls[1].len()), (1, 0), "a star makes the trigger");
    }

    #[test]
    fn troubles() {
        assert_eq!(program(&["{a:actor} .. {b:actor}"]).unwrap_err(), Trouble::NoTrigger);
        assert_eq!(program(&["according to {a:actor}"]).unwrap().variants.len(), 1, "words serve too");
        assert!(matches!(program(&["ب+.. <meet>"]).unwrap_err(), Trouble::Clitic(_)));
        let many = format!("(<meet>|<say>) {}", "[<meet>] ".repeat(100));
        assert!(program(&[&many]).is_ok(), "the first trigger cuts, the rest stays in brackets");
    }

    #[test]
    fn a_clitic_before_brackets_goes_inside() {
        let p = program(&["<meet> ب+({a:actor}|{b:actor})"]).unwrap();
        let clitics =
            p.variants[0].right.ops.iter().filter(|op| matches!(op, Op::Slot { clitic: Some(_), .. })).count();
        assert_eq!(clitics, 2);
    }
}
