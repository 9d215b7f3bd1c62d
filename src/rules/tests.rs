//! The engine from rule files to relations, on scenes of its own.

use crate::relation::{Modality, Relation};
use crate::rules::mock::Mock;
use crate::rules::{Rules, Scratch, run};

const RULES: &str = r##"
[lexicon.en.meet]
groups = ["encounter"]
base = ["meet"]
present = ["meets", "meet"]
past = ["met"]
participle = ["meeting"]
noun = ["meeting", "talks"]
[lexicon.en.say]
groups = ["speech"]
base = ["say"]
present = ["says"]
past = ["said"]
participle = ["saying", "adding"]
[lexicon.en.negation]
groups = ["context"]
casts = "denied"
base = ["not", "never", "n't"]
[lexicon.en.future]
groups = ["context"]
casts = "planned"
reach = 3
base = ["will", "is to", "are to"]
[lexicon.en.intent]
groups = ["context"]
casts = "intended"
over = ["encounter"]
base = ["would like to", "plans to"]
[lexicon.en.called-off]
groups = ["context"]
casts = "denied"
scope = "before"
reach = 8
base = ["was cancelled"]
[lexicon.en.invite]
groups = ["context"]
casts = "possible"
reach = 8
over = ["encounter"]
past = ["invited"]
[lexicon.en.that]
groups = ["helper", "opens"]
base = ["that"]

[lexicon.en.and]
groups = ["helper"]
joins = true
words = ["and"]
[lexicon.en.auxiliary]
groups = ["helper"]
skip = true
words = ["did", "has", "also"]
[lexicon.en.on]
groups = ["helper"]
skip = "date"
words = ["on"]

[lexicon.ar.meet]
groups = ["encounter"]
past = ["التقى", "التقت", "التقيا"]
present = ["يلتقي"]
jussive = ["يلتق"]
noun = ["لقاء"]
[lexicon.ar.say]
groups = ["speech"]
past = ["قال", "أضاف", "أكد"]
participle = ["مشيرا إلى", "مؤكدا"]
[lexicon.ar.praise]
groups = ["speech"]
stance = "praise"
past = ["أشاد"]
[lexicon.ar.negation]
groups = ["context"]
casts = "denied"
reach = 3
base = ["لم", "لن"]
[lexicon.ar.qad]
groups = ["context"]
casts = "possible"
reach = 0
tense = "present"
base = ["قد"]
[lexicon.ar.purpose]
groups = ["context"]
clitics = ["ل"]
casts = "planned"
over = ["encounter"]
[lexicon.ar.that]
groups = ["helper", "opens"]
bare = true
base = ["أن", "إن"]
[lexicon.ar.that-own]
groups = ["helper", "opens"]
bare = true
inside = true
base = ["أنه", "إنه"]

[[rule]]
id   = "meeting.met"
doc  = "A met B: both are participants."
emit = { type = "meeting", participant = ["a", "b"], place = "p", date = "d" }
code = { cameo = "040", plover = "CONSULT" }
en   = ["{a:actor+} <meet> [with] {b:actor+} [.. in {p:place|country}] [.. {d:date}]"]
ar   = ["<meet> {a:actor+} .. (ب+{b:actor+} | مع {b:actor+} | {b:actor+}) [.. في {p:place|country}]"]

[[rule]]
id   = "meeting.noun"
doc  = "talks between A and B"
emit = { type = "meeting", participant = ["a", "b"] }
en   = ["<meet.noun> (between | of | with) {a:actor+} [and {b:actor}]", "{a:actor+} ..4 <meet.noun> with {b:actor+}"]
ar   = ["<meet.noun> {a:actor+} .. (ب+{b:actor+} | مع {b:actor+})"]

[[rule]]
id   = "statement.said"
doc  = "X said that"
emit = { type = "statement", speaker = "s", content = "c" }
beats = ["statement.quote"]
en   = ["{s:actor+} <say> [that] {c:clause}", "{c:before} , {s:actor+} <say>", "{c:before} , <say> {s:actor+} $"]
ar   = ["<say> {s:actor+} [,] أن {c:clause}", "<say> {s:actor+} {c:clause}", "<praise> {s:actor+} ب+{c:clause}"]

[[rule]]
id   = "statement.quote"
doc  = "quotes"
emit = { type = "statement", speaker = "s", content = ["c", "c2"] }
en   = ["{c:quote} {s:actor+} <say> [, {c2:quote}]", "{s:actor+} <say> [:] {c:quote}"]
ar   = ["<say> {s:actor+} [:] {c:quote}"]

[[rule]]
id   = "statement.unsaid"
doc  = "the speaker goes on"
emit = { type = "statement", speaker = "s", content = "c" }
confidence = 80
en   = [", {s:unsaid} <say.participle> [that] {c:clause}"]
ar   = ["{s:unsaid} <say> (أن | <that-own>) {c:clause}", "{s:unsaid} <say> {c:clause}"]

[[rule]]
id   = "position.title"
doc  = "a person with a role"
over = "slot"
emit = { type = "position", person = "person", role = "role", country = "country" }
"##;

fn rules() -> Rules {
    let files = [("rules/codes.toml", include_str!("../../rules/codes.toml")), ("rules/test.toml", RULES)];
    Rules::from_files(&files).unwrap_or_else(|e| panic!("{e:#}"))
}

fn found(marked: &str) -> (String, Vec<Relation>) {
    let rules = rules();
    let mock = Mock::new(marked);
    let found = mock.with(|scene| run(&rules, scene, &mut Scratch::default()));
    (mock.text, found)
}

/// Every relation as one line.
fn show(marked: &str) -> Vec<String> {
    let (text, found) = found(marked);
    found.iter().map(|f| line(&text, f)).collect()
}

fn line(text: &str, r: &Relation) -> String {
    let mut line = format!("{} {} [{}]", r.kind, r.modality.as_str(), &text[r.trigger]);
    for a in &r.arguments {
        line += &format!(" {}={}:{}", a.role, a.entity.0, &text[a.span]);
    }
    for span in &r.content {
        line += &format!(" «{}»", &text[*span]);
    }
    if let Some(mode) = r.field("mode") {
        line += &format!(" {mode}");
    }
    if let Some(by) = r.reported_by {
        line += &format!(" by={}", by.0);
    }
    line
}

fn one(marked: &str) -> String {
    let lines = show(marked);
    assert_eq!(lines.len(), 1, "{lines:#?}");
    lines.into_iter().next().unwrap()
}

#[test]
fn a_meeting_in_english() {
    assert_eq!(
        one("[p1|Sameh Shoukry] met [P2|his Bahraini counterpart] in [l3|Manama] on [d4|Sunday]."),
        "meeting asserted [met] participant=1:Sameh Shoukry participant=2:his Bahraini counterpart place=3:Manama date=4:Sunday"
    );
    assert_eq!(
        one("[p1|Kerry], [p2|Lavrov] and [p3|Zarif] met [p4|Ban]."),
        "meeting asserted [met] participant=1:Kerry participant=2:Lavrov participant=3:Zarif participant=4:Ban"
    );
    assert!(show("The plan met strong opposition from [c1|Iran].").is_empty());
}

#[test]
fn a_meeting_in_arabic() {
    assert_eq!(
        one("التقى [p1|وزير الخارجية سامح شكري] [d9|اليوم] [P2|نظيره البحريني] في [l3|المنامة]."),
        "meeting asserted [التقى] participant=1:وزير الخارجية سامح شكري participant=2:نظيره البحريني place=3:المنامة date=9:اليوم"
    );
    assert_eq!(
        one("والتقى [p1|كيري] و[p2|لافروف] ب[P3|الوزير]."),
        "meeting asserted [التقى] participant=1:كيري participant=2:لافروف participant=3:الوزير"
    );
    assert!(show("يلتقي خط الأنابيب بالحدود العراقية.").is_empty());
}

#[test]
fn modality() {
    let modality = |marked: &str| {
        let (_, found) = found(marked);
        assert_eq!(found.len(), 1, "{marked}");
        found[0].modality
    };
    assert_eq!(modality("[p1|Kerry] will meet [p2|Lavrov]."), Modality::Planned);
    assert_eq!(modality("[p1|Kerry] did not meet [p2|Lavrov]."), Modality::Denied);
    assert_eq!(modality("[p1|Kerry] didn't meet [p2|Lavrov]."), Modality::Denied);
    assert_eq!(modality("[p1|Kerry] would like to meet [p2|Lavrov]."), Modality::Intended);
    assert_eq!(modality("A meeting with [p2|Lavrov] was cancelled."), Modality::Denied);
    assert_eq!(modality("[p1|Obama] was invited to talks with [p2|Putin]."), Modality::Possible);
    assert_eq!(modality("لم يلتق [p1|كيري] [p2|لافروف]."), Modality::Denied);
    assert_eq!(modality("سيلتقي [p1|كيري] [p2|لافروف]."), Modality::Planned);
    assert_eq!(modality("قد يلتقي [p1|كيري] [p2|لافروف]."), Modality::Possible);
    assert_eq!(modality("قد التقى [p1|كيري] [p2|لافروف]."), Modality::Asserted);
    assert_eq!(modality("سافر للقاء [p1|كيري] مع [p2|لافروف]."), Modality::Planned);
}

#[test]
fn statements_in_english() {
    assert_eq!(
        one("[p1|Kerry] said that the talks would go on."),
        "statement asserted [said] speaker=1:Kerry «the talks would go on» indirect"
    );
    assert_eq!(
        one("The talks would go on, [p1|Kerry] said."),
        "statement asserted [said] speaker=1:Kerry «The talks would go on» indirect"
    );
    assert_eq!(
        one("The talks would go on, said [p1|Kerry] on [d2|Monday]."),
        "statement asserted [said] speaker=1:Kerry «The talks would go on» indirect"
    );
    assert_eq!(show("In the evening, said [p1|Kerry] to himself."), [""; 0], "the clause does not end after the name");
    assert_eq!(
        one("\"The talks go on,\" [p1|Kerry] said."),
        "statement asserted [said] speaker=1:Kerry «The talks go on» direct"
    );
    assert_eq!(
        one("[p1|Kerry] said it was \"not a smart idea\" at all."),
        "statement asserted [said] speaker=1:Kerry «it was \"not a smart idea\" at all» mixed"
    );
    assert_eq!(
        one("[p1|Kerry] said on [d2|Tuesday] the talks would go on."),
        "statement asserted [said] speaker=1:Kerry «the talks would go on» indirect"
    );
    assert_eq!(
        one("\"It is open,\" [p1|Kerry] said. \"Not for ever.\" Rain fell."),
        "statement asserted [said] speaker=1:Kerry «It is open» «Not for ever.» direct"
    );
    assert_eq!(
        one("[p1|Kerry] said: \"It is open. Not for ever.\""),
        "statement asserted [said] speaker=1:Kerry «It is open. Not for ever.» direct"
    );
    assert_eq!(
        show("[p1|Kerry] said the door was open, adding that time was short."),
        [
            "statement asserted [said] speaker=1:Kerry «the door was open» indirect",
            "statement asserted [adding] speaker=1:Kerry «time was short» indirect",
        ]
    );
}

#[test]
fn statements_in_arabic() {
    assert_eq!(
        one("قال [p1|كيري] إن المحادثات ستستمر."),
        "statement asserted [قال] speaker=1:كيري «المحادثات ستستمر» indirect"
    );
    assert_eq!(
        one("أشاد [p1|كيري] بالعلاقات بين البلدين."),
        "statement asserted [أشاد] speaker=1:كيري «العلاقات بين البلدين» indirect"
    );
    assert_eq!(
        show("قال [p1|كيري] إن الهدنة صامدة، مؤكدا أهمية الحوار. وأضاف أنه متفائل."),
        [
            "statement asserted [قال] speaker=1:كيري «الهدنة صامدة» indirect",
            "statement asserted [مؤكدا] speaker=1:كيري «أهمية الحوار» indirect",
            "statement asserted [أضاف] speaker=1:كيري «أنه متفائل» indirect",
        ]
    );
    assert_eq!(one("وقال [p1|كيري]: «لن نتراجع»."), "statement asserted [قال] speaker=1:كيري «لن نتراجع» direct");
}

#[test]
fn a_pattern_speaks_its_own_language_only() {
    // The Arabic pattern `<say> {s:actor+} {c:clause}` must not read "said Kerry to himself".
    assert_eq!(show("The old man said [p1|Kerry] to himself."), [""; 0]);
}

#[test]
fn one_record_a_meeting_and_who_reports_it() {
    let lines = show("[p1|Kerry] met [p2|Lavrov]. The talks with [p2|Lavrov] went on.");
    assert_eq!(lines, ["meeting asserted [met] participant=1:Kerry participant=2:Lavrov"]);
    let lines = show("[p3|Ban] said [p1|Kerry] met [p2|Lavrov].");
    assert_eq!(lines[1], "meeting asserted [met] participant=1:Kerry participant=2:Lavrov by=3");
}

#[test]
fn positions_need_no_trigger() {
    assert_eq!(
        one("[p1/Foreign Minister/2|Foreign Minister Sameh Shoukry] was late."),
        "position asserted [Foreign Minister] person=1:Sameh Shoukry country=2:Foreign Minister"
    );
    assert!(show("[P1/minister|minister] was late.").is_empty(), "a bare role says too little");
}

mod robust {
    use proptest::prelude::*;

    use super::*;

    const WORDS: &[&str] = &[
        "met",
        "said",
        "meeting",
        "that",
        "not",
        "will",
        "and",
        ",",
        ".",
        "\"",
        "«",
        "»",
        "(",
        ")",
        "with",
        "between",
        "التقى",
        "قال",
        "أشاد",
        "إن",
        "أنه",
        "لم",
        "وأضاف",
        "مؤكدا",
        "بالعلاقات",
        "في",
        "مع",
        ":",
        "—",
        "\n",
        "talks",
        "adding",
        "[p1|Kerry]",
        "[p2|Lavrov]",
        "[h|he]",
        "[h1|he]",
        "[l3|Geneva]",
        "[d4|Monday]",
        "و[p2|لافروف]",
        "ب[P3|الوزير]",
        "[p1/Minister/5|Minister Ann Lee]",
        "[p1|[c2|Iran]'s envoy]",
        "\u{200f}",
        "e\u{301}",
        "😀",
    ];

    proptest! {
        #[test]
        fn any_order_of_words_is_read(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
            let (text, found) = found(&words.join(" "));
            for r in &found {
                for span in r.evidence.iter().chain(&r.content).chain([&r.trigger]) {
                    prop_assert!(text.get(span.range()).is_some(), "{span} in {text:?}");
                    prop_assert!(!span.is_empty());
                }
            }
        }

        #[test]
        fn any_pattern_is_read_or_refused(pattern in "[a-z{}<>\\[\\]()|+.?!: \"و*]{0,40}") {
            let _ = crate::rules::parse::pattern(&pattern);
        }

        #[test]
        fn any_file_is_read_or_refused(text in "[a-z\\[\\]={}\", \n.#]{0,80}") {
            let _ = Rules::read(&[("any.toml", &text)]);
        }
    }
}
