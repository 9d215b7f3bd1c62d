//! Is a pack what was written, does its search find what aho-corasick finds, and is every damage told?

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use proptest::prelude::*;

use super::build::build;
use super::*;
use crate::gazetteer::{Gazetteer, pack};

const TABLES: [(&str, &str); 4] = [
    (
        "a.tsv",
        "id\tsub\tcountry\tgender\trank\tidentifiers\nperson/ada-quill\t\tcountry/BHR\tf\t7\twikidata=Q1;viaf=2\n\
         place/stonebridge\tcity\tcountry/BHR\t\t9000\t\n",
    ),
    (
        "b.tsv",
        "name\tlang\tid\tkind\tflags\nAda Quill\ten\tperson/ada-quill\tname\t\nآدا كويل\tar\tperson/ada-quill\tname\t\n\
         Quill\ten\tperson/ada-quill\tshort\talone,case\nBahrain\ten\tcountry/BHR\tname\t\n\
         Stonebridge\ten\tplace/stonebridge\tname\tweak\n",
    ),
    ("c.tsv", "person\trole\tof\tfrom\tto\nperson/ada-quill\tking\tcountry/BHR\t2001-02\t\n"),
    ("d.tsv", "class\tlang\tform\tvalue\nclosed\ten\tThe\t\ncommon\ten\tquill\t\ntitle\ten\tDame\tf\n"),
];

fn open(bytes: &[u8]) -> Result<Pack, Error> {
    Pack::open(bytes.to_vec().into())
}

#[test]
fn what_was_written_is_read() {
    let bytes = pack(&TABLES).unwrap();
    assert_eq!(bytes, pack(&TABLES).unwrap(), "the same rows give the same bytes");
    let g = Gazetteer::new(open(&bytes).unwrap(), &[]).unwrap();
    let ada = g.key("person/ada-quill").unwrap();
    let record = g.record(ada);
    assert_eq!((record.name_en, record.name_ar), (Some("Ada Quill"), Some("آدا كويل")));
    assert_eq!((record.female, record.rank, record.country), (Some(true), 7, g.key("country/BHR")));
    assert_eq!(g.identifiers(ada).collect::<Vec<_>>(), [("viaf", "2"), ("wikidata", "Q1")]);
    assert_eq!(g.identifiers(g.key("country/BHR").unwrap()).collect::<Vec<_>>(), [("iso3", "BHR")]);
    let office = g.offices_of_person(ada).next().unwrap();
    assert_eq!((office.role, office.from, office.to), ("king", Date::month(2001, 2), None));
    assert_eq!(g.holders("king", g.key("country/BHR").unwrap()).count(), 1);
    assert_eq!(g.holders("queen", g.key("country/BHR").unwrap()).count(), 0);
    assert!(g.is_closed("the") && g.is_common("quill") && !g.is_closed("quill"));
    assert!(g.part("ada").unwrap().given && g.part("quill").unwrap().family && g.part("the").is_none());
    let short = g.names().find(|(_, n)| n.text == "Quill").unwrap().1;
    assert!(short.flags.alone && short.flags.case && !short.flags.weak && short.kind == NameKind::Short);
    assert!(g.spellings().contains(&"ada quill".to_owned()) && g.key("person/nobody").is_none());
    assert!(matches!(g.word(0), Word { class: WordClass::Title, value: "f" }));
    assert_eq!(g.entities().count(), 3);
}

#[test]
fn every_damage_is_told() {
    let bytes = pack(&TABLES).unwrap();
    assert!(open(&bytes).is_ok());
    for at in 0..bytes.len() {
        for bit in [1, 128] {
            let mut torn = bytes.clone();
            torn[at] ^= bit;
            assert!(open(&torn).is_err(), "a flipped bit at {at} goes unseen");
        }
    }
    for length in 0..bytes.len() {
        assert!(open(&bytes[..length]).is_err(), "{length} bytes of {} are taken for a pack", bytes.len());
    }
    let told = |bytes: &[u8]| open(bytes).unwrap_err().to_string();
    assert!(told(b"name\tlang\tid\n").contains("does not begin as a pack does"), "{}", told(b"name\tlang\tid\n"));
    let mut old = bytes.clone();
    old[8] = 0;
    assert!(told(&old).contains("version 0, and this isnad reads version 2"), "{}", told(&old));
    assert!(told(&bytes[..bytes.len() - 1]).contains("cut short"), "{}", told(&bytes[..bytes.len() - 1]));
    assert!(told(&[bytes.as_slice(), b"x"].concat()).contains("bytes of"));
}

/// Asks a pack everything.
fn ask(pack: Pack) {
    let all = u32::MAX - 1;
    for i in (0..40).chain([all]) {
        let _ = (pack.record(i), pack.identifiers(i).count(), pack.corrected(Key(i)), pack.name(i), pack.office(i));
        let _ = (pack.role(i), pack.word(i), pack.head(i), pack.meanings(i).take(1000).count());
        let _ = (pack.offices_of_person(Key(i)).count(), pack.holders("king", Key(i)).count());
    }
    let mut hits = 0;
    pack.automaton().scan("dame ada quill of bahrain met ada quill", |_, start, end| hits += end - start);
    let _ =
        (pack.id("person/ada-quill"), pack.known("quill"), pack.known_words().count(), pack.automaton().spellings());
    drop(Gazetteer::new(pack, &[]));
}

proptest! {
    /// A pack forged so that its checksum fits is refused or gives nonsense, but neither panics nor runs for ever.
    #[test]
    fn forged_packs_do_no_harm(changes in proptest::collection::vec((0usize..1 << 20, any::<u8>()), 1..40), start in 0usize..400) {
        let mut bytes = pack(&TABLES).unwrap();
        let length = bytes.len();
        for (at, to) in changes {
            // Half of the changes near the sections' ends, where they hurt most.
            let at = if at % 2 == 0 { HEADER + (at + start) % (SECTIONS * 4) } else { HEADER + at % (length - HEADER) };
            bytes[at] = to;
        }
        let checksum = crc32fast::hash(&bytes[HEADER..]);
        bytes[12..16].copy_from_slice(&checksum.to_le_bytes());
        if let Ok(pack) = open(&bytes) {
            ask(pack);
        }
    }

    /// The search finds what aho-corasick finds, over few letters so that much overlaps, some of them rare ones.
    #[test]
    fn finds_what_aho_corasick_finds(
        spellings in proptest::collection::btree_set("[abم ]{1,5}|[ab中\u{1F600}]{1,3}", 1..60),
        text in "[abم 中\u{1F600}x]{0,80}",
    ) {
        same(&spellings.into_iter().collect::<Vec<_>>(), &text);
    }
}

fn same(spellings: &[String], text: &str) {
    let built = build(spellings).unwrap();
    let mut rows = super::bytes::Writer::default();
    built.patterns.iter().for_each(|[length, shorter]| rows.row([*length, *shorter, 0]));
    rows.row([0; 3]);
    let ours = Automaton::new(&built.codes, &built.wide, &built.nodes, Numbers::new(&rows.0));
    let (mut found, mut last) = (BTreeSet::new(), 0);
    ours.scan(text, |pattern, start, end| {
        assert!(end >= last, "ends rise");
        last = end;
        assert!(found.insert((pattern as usize, start, end)), "nothing is told twice");
    });
    let theirs = AhoCorasick::new(spellings).unwrap();
    let theirs = theirs.find_overlapping_iter(text).map(|m| (m.pattern().as_usize(), m.start(), m.end())).collect();
    assert_eq!(found, theirs, "{spellings:?} in {text:?}");
    assert_eq!(ours.spellings(), spellings, "spellings are read off the tree");
}

#[test]
fn no_spelling_is_lost_in_a_large_alphabet() {
    // More letters than a small block has slots, and every one of them a child of the root.
    let spellings: Vec<String> =
        (0..3000u32).filter_map(|i| char::from_u32(0x4E00 + i)).map(|c| format!("{c}ا")).collect();
    same(&spellings, "中ا丁ا x 七ا");
}

#[test]
#[cfg(feature = "bundled")]
fn the_bundled_spellings_are_whole() {
    let pack = Pack::open(std::borrow::Cow::Borrowed(crate::bundled::PACK)).unwrap();
    let spellings = pack.automaton().spellings();
    assert_eq!(spellings.len(), pack.patterns() as usize);
    let empty: Vec<usize> = (0..spellings.len()).filter(|&i| spellings[i].is_empty()).collect();
    assert!(empty.is_empty(), "{empty:?}");
    let text = spellings[..spellings.len().min(3000)].join(" ");
    let mut found = BTreeSet::new();
    pack.automaton().scan(&text, |pattern, _, _| _ = found.insert(pattern));
    assert!((0..3000.min(pack.patterns())).all(|pattern| found.contains(&pattern)));
}
