//! What must not change a relation, and what must change it in a known way?
//!
//! ```text
//! "التقى الوزير نظيره"  ─►  without hamza, with tatweel, harakat, presentation forms, marks, no-break spaces: the same
//!                      ─►  «لم يلتق …» denied, «سيلتقي …» planned
//! ```
//!
//! The cases are made from every example of the bundled rules that comes out today; nobody writes them. How many there
//! are, and how many fail, is printed; a share below its floor fails the test.

use isnad::{Document, Modality, Relation, Span, bench};

use crate::shared::isnad;

/// A changed text, and where each byte of the old one went.
struct Changed {
    text: String,
    at: Vec<usize>,
}

impl Changed {
    /// Puts `make(before, character)` in the place of each character; what comes before the character itself is the
    /// first part, and belongs to no word.
    fn of(old: &str, make: impl Fn(Option<char>, char, Option<char>) -> (String, String)) -> Self {
        let (mut text, mut at) = (String::new(), vec![0; old.len() + 1]);
        let all: Vec<(usize, char)> = old.char_indices().collect();
        for (i, &(byte, c)) in all.iter().enumerate() {
            let before = i.checked_sub(1).map(|i| all[i].1);
            let (outside, own) = make(before, c, all.get(i + 1).map(|(_, c)| *c));
            text.push_str(&outside);
            at[byte..byte + c.len_utf8()].fill(text.len());
            text.push_str(&own);
        }
        at[old.len()] = text.len();
        Changed { text, at }
    }

    fn span(&self, old: Span) -> (usize, usize) {
        (self.at[old.start()], self.at[old.end()])
    }
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{63A}' | '\u{641}'..='\u{64A}')
}

/// The isolated presentation form of a letter: the letters of the block stand in the order of the alphabet, each with
/// as many forms as it joins in ways.
fn presented(letter: char) -> char {
    const TABLE: &str = "ء1آ2أ2ؤ2إ2ئ4ا2ب4ة2ت4ث4ج4ح4خ4د2ذ2ر2ز2س4ش4ص4ض4ط4ظ4ع4غ4ف4ق4ك4ل4م4ن4ه4و2ى2ي4";
    let mut code = 0xFE80;
    let mut pairs = TABLE.chars();
    while let (Some(own), Some(forms)) = (pairs.next(), pairs.next()) {
        if own == letter {
            return char::from_u32(code).unwrap_or(letter);
        }
        code += forms.to_digit(10).unwrap_or(0);
    }
    letter
}

type Make = fn(Option<char>, char, Option<char>) -> (String, String);

/// Changes of the writing: name, whether for Arabic alone, the change, and the least share that must come out.
const WRITINGS: [(&str, bool, Make, f64); 6] = [
    ("no hamza", true, |_, c, _| (String::new(), (if "أإآ".contains(c) { 'ا' } else { c }).to_string()), 0.97),
    (
        "tatweel",
        true,
        |before, c, next| {
            // Between two letters that join; the article and its letter are kept together by nobody.
            let joins = |c: char| is_arabic(c) && !"اأإآدذرزوؤءةى".contains(c);
            let stretch = before.is_some_and(is_arabic) && joins(c) && next.is_some_and(is_arabic);
            (String::new(), if stretch { format!("{c}ـ") } else { c.to_string() })
        },
        0.97,
    ),
    (
        "harakat",
        true,
        |_, c, _| (String::new(), if is_arabic(c) { format!("{c}\u{64E}") } else { c.to_string() }),
        0.97,
    ),
    ("presentation forms", true, |_, c, _| (String::new(), presented(c).to_string()), 0.97),
    ("no-break spaces", false, |_, c, _| (String::new(), (if c == ' ' { '\u{A0}' } else { c }).to_string()), 0.97),
    (
        "direction marks",
        false,
        |before, c, _| {
            let opens = before == Some(' ') && c.is_alphabetic();
            (if opens { "\u{200F}".to_owned() } else { String::new() }, c.to_string())
        },
        0.97,
    ),
];

fn of_rule<'d>(doc: &'d Document<'_>, rule: &'d str) -> impl Iterator<Item = &'d Relation> + 'd {
    doc.relations().iter().filter(move |r| r.rule() == rule)
}

/// Whether the relations of a rule are the same ones, at the places where their words went.
fn same(old: &Document<'_>, new: &Document<'_>, rule: &str, moved: impl Fn(Span) -> (usize, usize)) -> bool {
    let place = |span: Span| (span.start(), span.end());
    let olds: Vec<_> = of_rule(old, rule).collect();
    let news: Vec<_> = of_rule(new, rule).collect();
    olds.len() == news.len()
        && olds.iter().zip(&news).all(|(a, b)| {
            a.modality() == b.modality()
                && moved(a.trigger()) == place(b.trigger())
                && a.arguments().len() == b.arguments().len()
                && a.arguments()
                    .iter()
                    .zip(b.arguments())
                    .all(|(x, y)| x.role() == y.role() && moved(x.span()) == place(y.span()))
        })
}

/// Cases of one kind: how many, and which fail.
struct Tally {
    name: &'static str,
    floor: f64,
    cases: usize,
    failed: Vec<String>,
}

impl Tally {
    fn new(name: &'static str, floor: f64) -> Self {
        Tally { name, floor, cases: 0, failed: Vec::new() }
    }

    fn count(&mut self, good: bool, rule: &str, text: &str) {
        self.cases += 1;
        if !good {
            self.failed.push(format!("{rule}\t{text}"));
        }
    }
}

#[test]
fn cases_made_from_every_example() {
    let isnad = isnad();
    let mut tallies: Vec<Tally> = WRITINGS.iter().map(|(name, _, _, floor)| Tally::new(name, *floor)).collect();
    let (mut after, mut and) = (Tally::new("after other text", 0.97), Tally::new("with و before it", 0.8));
    let (mut denied, mut planned) = (Tally::new("made negative", 0.8), Tally::new("made future", 0.8));
    let (mut used, mut strange) = (0, Vec::new());
    for example in bench::examples(isnad) {
        let (rule, sentence) = (example.rule.as_str(), example.sentence.as_str());
        let doc = isnad.extract(sentence);
        let own = of_rule(&doc, rule).count();
        if example.reject {
            // A rejected sentence stays rejected, however it is written.
            for ((_, arabic, make, _), tally) in
                WRITINGS.iter().zip(&mut tallies).filter(|((_, a, ..), _)| !a || example.arabic)
            {
                let _ = arabic;
                let new = Changed::of(sentence, make);
                tally.count(of_rule(&isnad.extract(new.text.as_str()), rule).count() == own, rule, &new.text);
            }
            continue;
        }
        if own == 0 {
            continue;
        }
        used += 1;
        for ((_, arabic, make, _), tally) in WRITINGS.iter().zip(&mut tallies) {
            if !arabic || example.arabic {
                let new = Changed::of(sentence, make);
                let good = same(&doc, &isnad.extract(new.text.as_str()), rule, |span| new.span(span));
                tally.count(good, rule, &new.text);
            }
        }
        let other =
            if example.arabic { "كان الطقس باردا أمس.\n\n" } else { "The weather was cold.\n\n" };
        let shifted = format!("{other}{sentence}");
        let shift = |span: Span| (span.start() + other.len(), span.end() + other.len());
        after.count(same(&doc, &isnad.extract(shifted.as_str()), rule, shift), rule, &shifted);
        let first = of_rule(&doc, rule).next().unwrap();
        let trigger = &doc[first.trigger()];
        if example.arabic && first.trigger().start() == 0 && !trigger.starts_with('و') {
            let joined = format!("و{sentence}");
            let kept = isnad.extract(joined.as_str());
            let found = of_rule(&kept, rule)
                .any(|r| r.modality() == first.modality() && r.arguments().len() == first.arguments().len());
            and.count(found, rule, &joined);
        }
        // Only a plain past is turned: what is denied or planned already has its own words.
        if first.modality() == Modality::Asserted
            && let Some((no, will)) = bench::turned(isnad, trigger, example.arabic)
        {
            for (tally, words, wanted) in [(&mut denied, no, Modality::Denied), (&mut planned, will, Modality::Planned)]
            {
                let span = first.trigger();
                let text = format!("{}{words}{}", &sentence[..span.start()], &sentence[span.end()..]);
                let turned = isnad.extract(text.as_str());
                let found = turned.relations().iter().any(|r| r.kind() == first.kind() && r.modality() == wanted);
                tally.count(found, rule, &text);
            }
        }
        // All rules over all examples: what else is said of the same kind by another rule is not declared.
        let more = doc.relations().iter().filter(|r| r.kind() == first.kind() && r.rule() != rule);
        strange.extend(more.map(|r| format!("{rule}\t{}\t{sentence}", r.rule())));
    }
    tallies.extend([after, and, denied, planned]);
    let mut low = Vec::new();
    let cases: usize = tallies.iter().map(|t| t.cases).sum();
    println!(
        "{cases} cases from {used} examples; {} relations of a kind by a rule that is not the example's",
        strange.len()
    );
    for tally in &tallies {
        let share = 1.0 - tally.failed.len() as f64 / tally.cases.max(1) as f64;
        println!("  {:20} {:4} cases, {:3} fail", tally.name, tally.cases, tally.failed.len());
        if share < tally.floor {
            low.push(format!("{} ({share:.3}):\n    {}", tally.name, tally.failed.join("\n    ")));
        }
    }
    let report = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("metamorphic.txt");
    let all: Vec<String> =
        tallies.iter().flat_map(|t| t.failed.iter().map(move |f| format!("{}\t{f}\n", t.name))).collect();
    std::fs::write(&report, all.concat() + &strange.join("\n")).unwrap();
    println!("all failures: {}", report.display());
    assert!(low.is_empty(), "below their floor:\n{}", low.join("\n"));
}
