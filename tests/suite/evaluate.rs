//! Are the figures of `isnad::evaluate` right?
//!
//! ```text
//! small    gold and answers of a few lines, with figures reckoned by hand
//! shared   every printed line of ISNAD_SHARED/tools/score.py, on every set (steps aside aloud without it or Python)
//! ```

use std::fs;
use std::path::Path;
use std::process::Command;

use isnad::Input;
use isnad::evaluate::{NameOptions, Sheet, bands, linking, meetings, names, pair, quotes, read, relations};
use isnad::output::json;
use serde_json::Value;

use crate::shared::{articles, folder, isnad};

const TEXT: &str = "Bank of Japan said in Tokyo that Ada Quill met Bo Reis.";

/// One line with `TEXT`, an id and more keys.
fn line(id: &str, more: &str) -> String {
    format!("{{\"id\":{id:?},\"text\":{TEXT:?},{more}}}\n")
}

fn sheets(text: &str) -> Vec<Sheet> {
    read("own.jsonl", text).unwrap()
}

#[test]
fn names_by_hand() {
    let gold = line(
        "a",
        r#""entities":[{"start":0,"end":13,"type":"ORG"},{"start":22,"end":27,"type":"LOC"},
        {"start":33,"end":42,"type":"PER"},{"start":47,"end":54,"type":"PER"},{"start":47,"end":49,"type":"MISC"}]"#
            .replace('\n', "")
            .as_str(),
    );
    // Japan inside the bank's name, a person cut short, one right, one missed; a demonym is no name.
    let ours = line(
        "a",
        r#""mentions":[{"start":0,"end":13,"kind":"name","type":"organisation","entity":"x","confidence":0.9},
        {"start":8,"end":13,"kind":"name","type":"country","entity":"y","confidence":0.5},
        {"start":22,"end":27,"kind":"name","type":"place","entity":"z","confidence":1.0},
        {"start":33,"end":36,"kind":"name","type":"person","entity":"w","confidence":0.5},
        {"start":47,"end":54,"kind":"demonym","type":"country","entity":"v"}]"#
            .replace('\n', "")
            .as_str(),
    );
    let (gold, ours) = (sheets(&gold), sheets(&ours));
    let pairs = pair(&gold, &ours).unwrap();
    let found = names(&pairs, &NameOptions::default());
    let counts: Vec<_> = found.types.iter().map(|(t, s)| (t.as_str(), s.right, s.predicted, s.gold)).collect();
    assert_eq!(counts, [("PER", 0, 1, 2), ("LOC", 1, 2, 1), ("ORG", 1, 1, 1)]);
    // P 2/4, R 2/4; of the four, Japan touches no place, of the gold only Bo Reis is touched by nobody.
    assert_eq!((found.all.precision(), found.all.recall(), found.all.f1()), (0.5, 0.5, 0.5));
    assert_eq!(found.overlapping(), (0.75, 0.75, 0.75));
    let flat = names(&pairs, &NameOptions { flat: true, ..NameOptions::default() });
    assert_eq!((flat.all.right, flat.all.predicted, flat.all.gold), (2, 3, 4));
    let table = bands(&found.sure);
    let table: Vec<_> = table.bands.iter().map(|b| (b.from, b.names, b.right)).collect();
    assert_eq!(table, [(95, 1, 1), (90, 1, 1), (50, 2, 0)]);
    let slips: Vec<String> =
        found.slips.iter().map(|s| format!("{} {} {:?}", s.fault.as_str(), s.what, s.place)).collect();
    assert_eq!(slips, ["extra LOC (8, 13)", "extra PER (33, 36)", "missed PER (33, 42)", "missed PER (47, 54)"]);
    assert!(found.slips[2].to_string().contains("[Ada Quill] met"), "{}", found.slips[2]);
}

#[test]
fn a_clitic_of_the_gold_may_stand_outside() {
    let text = "وبغداد";
    let gold = format!("{{\"id\":1,\"text\":{text:?},\"entities\":[{{\"start\":0,\"end\":12,\"type\":\"LOC\"}}]}}");
    let ours =
        format!("{{\"id\":\"1\",\"text\":{text:?},\"entities\":[{{\"start\":2,\"end\":12,\"type\":\"place\"}}]}}");
    let (gold, ours) = (sheets(&gold), sheets(&ours));
    let pairs = pair(&gold, &ours).unwrap();
    let right = |clitics| names(&pairs, &NameOptions { clitics, ..NameOptions::default() }).all.right;
    assert_eq!((right(false), right(true)), (0, 1));
}

#[test]
fn links_by_hand() {
    let mention = |start: usize, entity: &str| {
        format!(
            "{{\"start\":{start},\"end\":{},\"kind\":\"name\",\"type\":\"person\",\"entity\":{entity:?}}}",
            start + 2
        )
    };
    let all = |of: &[(usize, &str)]| {
        let list: Vec<String> = of.iter().map(|(start, entity)| mention(*start, entity)).collect();
        line("a", &format!("\"mentions\":[{}]", list.join(",")))
    };
    // a a a b c, found under x x y x and not at all.
    let gold = sheets(&all(&[(0, "a"), (5, "a"), (10, "a"), (15, "b"), (20, "c")]));
    let ours = sheets(&all(&[(0, "x"), (5, "x"), (10, "y"), (15, "x")]));
    let found = linking(&pair(&gold, &ours).unwrap());
    assert_eq!((found.mentions, found.found), (5, 4));
    let third = 1.0 / 3.0;
    assert!((found.precision - (2.0 * third + 2.0 * third + 1.0 + third) / 4.0).abs() < 1e-12);
    assert!((found.recall - (2.0 * third + 2.0 * third + third + 1.0) / 5.0).abs() < 1e-12);
    // The one under y, the one of b, the one that is not found.
    assert_eq!(found.slips.len(), 3);
}

#[test]
fn relations_by_hand() {
    let mentions = r#""mentions":[{"start":33,"end":42,"kind":"name","type":"person","entity":"e1"},
        {"start":47,"end":54,"kind":"name","type":"person","entity":"e2"},
        {"start":0,"end":13,"kind":"name","type":"organisation","entity":"e3"}]"#;
    let gold = format!(
        r#"{mentions},"relations":[
        {{"type":"meeting","participants":["e1","e2"],"place":"e3","modality":"asserted","evidence":[{{"start":33,"end":54}}]}},
        {{"type":"statement","speaker":"e3","content":[{{"start":33,"end":54}}],"mode":"indirect","evidence":[{{"start":0,"end":18}}]}},
        {{"type":"visit","visitor":"e1","destination":"e3","optional":true,"evidence":[{{"start":33,"end":54}}]}}]"#
    );
    let fact = |ty: &str, modality: &str, roles: &[(&str, &str)], more: &str| {
        let list: Vec<String> =
            roles.iter().map(|(role, entity)| format!("{{\"role\":{role:?},\"entity\":{entity:?}}}")).collect();
        let list = list.join(",");
        format!("{{\"type\":{ty:?},\"modality\":{modality:?},\"arguments\":[{list}],{more}}}")
    };
    let evidence = r#""evidence":[{"start":33,"end":54}]"#;
    let half = r#""mode":"direct","content":[{"start":33,"end":46}],"evidence":[{"start":0,"end":18}]"#;
    let ours = format!(
        "{mentions},\"relations\":[{},{},{},{}]",
        // Two participants are right, and one is too many.
        fact("meeting", "planned", &[("participant", "e1"), ("participant", "e2"), ("participant", "zz")], evidence),
        // The same again: it finds nothing that is left.
        fact("meeting", "asserted", &[("participant", "e1")], evidence),
        // 13 of 21 bytes.
        fact("statement", "asserted", &[("speaker", "e3")], half),
        // Allowed, so it counts on neither side.
        fact("visit", "asserted", &[("visitor", "e1"), ("destination", "e3")], evidence),
    );
    let (gold, ours) = (sheets(&line("a", &gold.replace('\n', ""))), sheets(&line("a", &ours.replace('\n', ""))));
    let found = relations(&pair(&gold, &ours).unwrap());
    let counts: Vec<_> = found
        .types
        .iter()
        .map(|t| (t.kind.as_str(), t.lenient.right, t.strict.right, t.lenient.predicted, t.lenient.gold))
        .collect();
    assert_eq!(
        counts,
        [("meeting", 1, 0, 2, 1), ("statement", 1, 0, 1, 1), ("visit", 0, 0, 0, 0), ("position", 0, 0, 0, 0)]
    );
    let slots: Vec<_> = found.slots.iter().map(|(name, right, of)| (name.as_str(), *right, *of)).collect();
    let want = [
        ("meeting: modality", 0, 1),
        ("meeting: all main arguments", 0, 1),
        ("meeting: place", 0, 1),
        ("statement: modality", 1, 1),
        ("statement: all main arguments", 1, 1),
        ("statement: mode", 0, 1),
        ("statement: content, 80 %", 0, 1),
    ];
    assert_eq!(slots, want);
    assert_eq!(found.slips.len(), 1);
    assert!(found.slips[0].to_string().contains("extra"), "{}", found.slips[0]);
}

#[test]
fn what_is_no_gold_is_told_with_its_line() {
    let good = line("a", "\"entities\":[]");
    let told = |more: &str| read("own.jsonl", &format!("{good}{}", line("b", more))).unwrap_err().to_string();
    assert_eq!(told(r#""entities":[{"start":9}]"#), "own.jsonl:2: entities[0] has no `type`");
    assert_eq!(
        told(r#""entities":[{"start":9,"end":99,"type":"PER"}]"#),
        "own.jsonl:2: entities[0]: 9..99 lies outside the text of 55 bytes"
    );
    assert_eq!(
        told(r#""mentions":[{"start":0,"end":4,"text":"Benk","entity":"x"}]"#),
        "own.jsonl:2: mentions[0]: the text has \"Bank\" at 0..4, the mention \"Benk\""
    );
    assert_eq!(
        told(r#""relations":[{"type":"meeting","participants":7}]"#),
        "own.jsonl:2: relations[0].participants is no string or list of strings"
    );
    assert_eq!(told(r#""quotes":[{"content":[9,3]}]"#), "own.jsonl:2: quotes[0].content: 9..3 ends before it begins");
    let twice = read("own.jsonl", &format!("{good}\n{good}")).unwrap_err().to_string();
    assert_eq!(twice, "own.jsonl:3: the document `a` stands in line 1 already");
    let broken = read("own.jsonl", "{\"id\":\"a\"}\n{\"id\":}\n").unwrap_err().to_string();
    assert_eq!(broken, "own.jsonl:2:7: expected value");
    assert!(read("own.jsonl", "[]").unwrap_err().to_string().contains("own.jsonl:1: the line is no JSON object"));

    let (gold, none) = (sheets(&good), Vec::new());
    let missing = pair(&gold, &none).unwrap_err().to_string();
    assert_eq!(missing, "1 document of the gold has no answer, `a` the first");
    let other = sheets(&good.replace("Tokyo", "Osaka"));
    let other = pair(&gold, &other).unwrap_err().to_string();
    assert_eq!(other, "`a`: the answer was made from another text than the gold's");
}

#[test]
fn what_we_wrote_is_a_gold() {
    let docs: Vec<_> = articles()
        .iter()
        .map(|a| isnad().extract(Input::new(a.text.as_str()).id(format!("{}/{}", a.language, a.name))).into_owned())
        .collect();
    let lines: String = docs.iter().map(|doc| json::to_line_with_text(doc) + "\n").collect();
    let gold = sheets(&lines);
    let ours: Vec<Sheet> = docs.iter().map(Sheet::from).collect();
    let pairs = pair(&gold, &ours).unwrap();
    assert_eq!(names(&pairs, &NameOptions::default()).all.f1(), 1.0);
    assert_eq!(linking(&pairs).f1(), 1.0);
    let found = relations(&pairs);
    assert!(found.all.0.gold > 20 && found.all.0 == found.all.1 && found.all.1.f1() == 1.0, "{found}");
}

/// The set, how `score.py` is asked, and what else it is told.
const SETS: [(&str, &str, &[&str]); 14] = [
    ("news/en", "names", &[]),
    ("news/en", "relations", &[]),
    ("news/en", "linking", &[]),
    ("news/ar", "names", &[]),
    ("news/ar", "relations", &[]),
    ("news/ar", "linking", &[]),
    ("names/anercorp.ar", "names", &["--flat", "--clitics"]),
    ("names/aqmar.ar", "names", &["--flat", "--clitics"]),
    ("names/crossner-politics.en", "names", &["--flat"]),
    ("names/wikigold.en", "names", &["--flat"]),
    ("names/re3d.en", "names", &["--flat"]),
    ("names/re3d.en", "names", &["--types", "PER,MISC"]),
    ("quotes/polnear.en", "quotes", &[]),
    ("meetings/consult.en", "meetings", &[]),
];

#[test]
fn the_same_figures_as_the_reference() {
    let Some(shared) = folder("the_same_figures_as_the_reference") else { return };
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("the_same_figures_as_the_reference: NOT RUN, since there is no python3");
        return;
    }
    let mut before = String::new();
    let (mut gold, mut ours) = (Vec::new(), Vec::new());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("evaluate.jsonl");
    for (set, mode, more) in SETS {
        let file = shared.join("eval").join(format!("{set}.jsonl"));
        if before != set {
            let text = fs::read_to_string(&file).unwrap();
            let lines = extracted(&text);
            (gold, ours) = (read(set, &text).unwrap(), read("answer", &lines).unwrap());
            fs::write(&path, lines).unwrap();
            before = set.to_owned();
        }
        let output = Command::new("python3")
            .env("PYTHONIOENCODING", "utf-8")
            .arg(shared.join("tools/score.py"))
            .arg(mode)
            .args([&file, &path])
            .args(more)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let want = String::from_utf8(output.stdout).unwrap();
        let pairs = pair(&gold, &ours).unwrap();
        let got = match mode {
            "names" => {
                let types = more.iter().position(|m| *m == "--types").map(|at| more[at + 1]).unwrap_or("PER,LOC,ORG");
                let types = types.split(',').map(str::to_owned).collect();
                let (flat, clitics) = (more.contains(&"--flat"), more.contains(&"--clitics"));
                names(&pairs, &NameOptions { types, flat, clitics }).to_string()
            }
            "relations" => relations(&pairs).to_string(),
            "linking" => linking(&pairs).to_string(),
            "quotes" => quotes(&pairs).to_string(),
            _ => meetings(&pairs).to_string(),
        };
        // Ours adds the sums over all types of relations.
        let got: String = got.lines().filter(|l| !l.starts_with("all relations")).map(|l| format!("{l}\n")).collect();
        assert_eq!(got, want, "{set} {mode}");
    }
}

/// The articles of a set, extracted, a line each.
fn extracted(text: &str) -> String {
    let values: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let inputs: Vec<Input<'_>> = values
        .iter()
        .map(|v| {
            let day = v["published"].as_str().map(|day| day.parse().unwrap());
            Input::new(v["text"].as_str().unwrap()).id(v["id"].as_str().unwrap()).published(day)
        })
        .collect();
    isnad().extract_all(inputs).iter().map(|doc| json::to_line(doc) + "\n").collect()
}
