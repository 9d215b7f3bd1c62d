//! What do a user's own rows do to the entries of a pack beneath them?

use super::*;
use crate::extractor::Extractor;

/// What lies beneath, in both languages; none of it exists.
const BENEATH: [(&str, &str); 4] = [
    (
        "entities.tsv",
        "id\tsub\tcountry\tgender\trank\tidentifiers\nperson/ada-quill\t\tcountry/BHR\tm\t7\twikidata=Q1\n\
         place/stonebridge\tcity\tcountry/BHR\t\t9000\t\n",
    ),
    (
        "names.tsv",
        "name\tlang\tid\tkind\tflags\nAda Quill\ten\tperson/ada-quill\tname\t\nAda Quilliam\ten\tperson/ada-quill\talias\t\n\
         ليلى كويل\tar\tperson/ada-quill\tname\t\nليلى كويليام\tar\tperson/ada-quill\talias\t\n\
         Stonebridge\ten\tplace/stonebridge\tname\t\nجسر الحجارة\tar\tplace/stonebridge\tname\t\n\
         Bahrain\ten\tcountry/BHR\tname\t\nالبحرين\tar\tcountry/BHR\tname\t\n",
    ),
    ("offices.tsv", "person\trole\tof\tfrom\tto\nperson/ada-quill\tking\tcountry/BHR\t2001\t2010\n"),
    ("roles.tsv", "role\tlang\tform\tkind\nking\ten\tKing\toffice\n"),
];

fn over(own: &[&str]) -> Result<Extractor, Error> {
    let mut builder = Extractor::builder().without_bundled().pack(pack(&BENEATH).unwrap());
    for tsv in own {
        builder = builder.gazetteer("own.tsv", *tsv);
    }
    builder.build()
}

/// The ids of a text's known entities, by first mention, joined.
fn ids(isnad: &Extractor, text: &str) -> String {
    let doc = isnad.extract(text);
    doc.entities().iter().filter(|e| e.is_known()).map(|e| e.id().to_owned()).collect::<Vec<_>>().join(" ")
}

const ENGLISH: &str = "Ada Quill, or Ada Quilliam, came to Stonebridge.";
const ARABIC: &str = "وصلت ليلى كويل إلى جسر الحجارة في البحرين.";

#[test]
fn nothing_of_ones_own_changes_nothing() {
    let isnad = over(&[]).unwrap();
    assert_eq!(ids(&isnad, ENGLISH), "person/ada-quill place/stonebridge");
    assert_eq!(ids(&isnad, ARABIC), "person/ada-quill place/stonebridge country/BHR");
}

#[test]
fn a_person_is_added() {
    let isnad = over(&[
        "name\tlang\tid\tkind\nBen Mallow\ten\tperson/ben-mallow\tname\nبن مالو\tar\tperson/ben-mallow\tname\n",
    ]);
    let isnad = isnad.unwrap();
    assert_eq!(ids(&isnad, "Ada Quill met Ben Mallow."), "person/ada-quill person/ben-mallow");
    assert_eq!(ids(&isnad, "التقت ليلى كويل بن مالو."), "person/ada-quill person/ben-mallow");
    let g = isnad.gazetteer();
    assert_eq!(g.entities().count(), 4, "a new one beside the three beneath");
    assert_eq!(g.record(g.key("person/ben-mallow").unwrap()).name_en, Some("Ben Mallow"));
}

#[test]
fn a_name_a_gender_and_an_office_are_corrected() {
    let isnad = over(&[
        "id\tgender\trank\tidentifiers\nperson/ada-quill\tf\t3\twikidata=Q2\n",
        "name\tlang\tid\tkind\nAda B. Quill\ten\tperson/ada-quill\tname\nليلى بنت كويل\tar\tperson/ada-quill\tname\n",
        "person\trole\tof\tfrom\tto\nperson/ada-quill\tking\tcountry/BHR\t2001\t2005\n",
    ]);
    let isnad = isnad.unwrap();
    let g = isnad.gazetteer();
    let ada = g.key("person/ada-quill").unwrap();
    let record = g.record(ada);
    assert_eq!((record.name_en, record.name_ar), (Some("Ada B. Quill"), Some("ليلى بنت كويل")));
    assert_eq!((record.female, record.rank, record.country), (Some(true), 3, g.key("country/BHR")));
    assert_eq!(g.identifiers(ada).collect::<Vec<_>>(), [("wikidata", "Q2")]);
    let ends: Vec<_> = g.offices_of_person(ada).map(|o| o.to).collect();
    assert_eq!(ends, [Some(Date::year(2005))], "the own row stands for the one that begins on the same day");
    assert_eq!(g.holders("king", g.key("country/BHR").unwrap()).count(), 1);
    assert_eq!(g.entities().count(), 3, "a correction is nobody new");
    // The name beneath still finds her, and she is called by the new one.
    let doc = isnad.extract(ENGLISH);
    assert_eq!((doc.entities()[0].id(), doc.entities()[0].name("en")), ("person/ada-quill", Some("Ada B. Quill")));
    assert_eq!(isnad.extract(ARABIC).entities()[0].name("ar"), Some("ليلى بنت كويل"));
}

#[test]
fn flags_of_a_name_are_corrected() {
    let isnad = over(&["name\tlang\tid\tkind\tflags\nStonebridge\ten\tplace/stonebridge\tname\tcase\n"]).unwrap();
    assert_eq!(ids(&isnad, "They came to Stonebridge."), "place/stonebridge");
    assert_eq!(ids(&isnad, "They came to STONEBRIDGE on a stonebridge."), "");
}

#[test]
fn an_alias_is_removed() {
    let isnad = over(&["remove\tname\nperson/ada-quill\tAda Quill\nperson/ada-quill\tليلى كويل\n"]).unwrap();
    assert_eq!(ids(&isnad, "Ada Quill spoke."), "");
    assert_eq!(ids(&isnad, "تحدثت ليلى كويليام."), "person/ada-quill");
    // It was the name to show: the next one takes its place.
    let doc = isnad.extract("Ada Quilliam spoke.");
    assert_eq!((doc.entities()[0].id(), doc.entities()[0].name("en")), ("person/ada-quill", Some("Ada Quilliam")));
    assert_eq!(doc.entities()[0].name("ar"), Some("ليلى كويليام"));
}

#[test]
fn an_entity_is_removed_and_another_takes_its_name() {
    let removed = "remove\nperson/ada-quill\nplace/stonebridge\n";
    let isnad = over(&[removed]).unwrap();
    assert_eq!((ids(&isnad, ENGLISH).as_str(), ids(&isnad, ARABIC).as_str()), ("", "country/BHR"));
    let g = isnad.gazetteer();
    assert_eq!((g.key("person/ada-quill"), g.offices().count(), g.entities().count()), (None, 0, 1));
    let own = "name\tlang\tid\tkind\nStonebridge\ten\torganisation/stonebridge\tname\n";
    assert_eq!(ids(&over(&[removed, own]).unwrap(), "Stonebridge said so."), "organisation/stonebridge");
}

#[test]
fn an_office_is_removed() {
    let isnad = over(&["remove\trole\tof\nperson/ada-quill\tking\tcountry/BHR\n"]).unwrap();
    assert_eq!(isnad.gazetteer().offices().count(), 0);
    assert_eq!(ids(&isnad, ENGLISH), "person/ada-quill place/stonebridge");
}

#[test]
fn what_is_not_there_cannot_be_removed() {
    let told = |tsv: &str| format!("{:#}", over(&[tsv]).unwrap_err());
    let text = told("remove\tname\trole\nperson/ada-quil\t\t\nperson/ada-quill\tAda Quil\t\nperson/ada-quill\t\tkin\n");
    for part in [
        "own.tsv:2:1",
        "there is no `person/ada-quil` to remove",
        "did you mean `person/ada-quill`?",
        "own.tsv:3:18",
        "`person/ada-quill` has no name `Ada Quil`",
        "did you mean `Ada Quill`?",
        "own.tsv:4:19",
        "`person/ada-quill` holds no office `kin`",
        "did you mean `king`?",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

/// The list of sounds in the pack is the one that would be made of its rows, and what is near does not depend on which
/// part is looked up and which is walked through.
#[test]
#[cfg(feature = "bundled")]
fn sounds_are_the_same_packed_and_made_anew() {
    let open = || Pack::open(Cow::Borrowed(crate::bundled::PACK)).unwrap();
    let packed = Gazetteer::new(open(), &[]).unwrap();
    // A row that has nothing to do with persons.
    let anew =
        Gazetteer::new(open(), &[("own.tsv", "head\tlang\ttype\tsub\tposition\nQuillery\ten\torganisation\t\tlast\n")]);
    let anew = anew.unwrap();
    for name in ["تيمو سويني", "محمد علي", "عبدالله بن محمد ال خليفه", "john kerry", "jin ping", "كيري", "zz", ""]
    {
        let (one, other) = (packed.sounds().sounding(name), anew.sounds().sounding(name));
        let near = packed.sounding().near(packed.sounds(), &one);
        assert_eq!(near, anew.sounding().near(anew.sounds(), &other), "{name}");
        assert_eq!(near, packed.sounding().near_slowly(packed.sounds(), &one), "{name}");
        assert!(!near.is_empty() || name.len() < 3, "{name}");
    }
}
