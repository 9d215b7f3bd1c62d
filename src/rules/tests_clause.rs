//! Did it happen, and whose deed is it: the whole extractor on sentences whose clause decides.

use crate::extractor::Extractor;
use crate::relation::Modality::{self, Asserted, Denied, Intended, Planned, Possible};

/// Sentence, kind of its relation, the modality wanted.
const MODALITY: [(&str, &str, Modality); 23] = [
    ("Kerry will raise the matter in talks with Zarif in Vienna.", "meeting", Planned),
    ("Kerry raised the matter in talks with Zarif in Vienna.", "meeting", Asserted),
    ("Kerry will tell them that Rouhani smiled during talks with Zarif.", "meeting", Asserted),
    ("Lavrov will fly to Cairo after a visit to Turkey.", "visit", Planned),
    ("Obama was the first president to visit Cuba.", "visit", Asserted),
    ("Obama will be the first president to visit Cuba.", "visit", Planned),
    ("Merkel flew to Paris to meet Macron.", "meeting", Planned),
    ("Kerry managed to meet Lavrov.", "meeting", Asserted),
    ("Many had doubts before Merkel met Macron.", "meeting", Asserted),
    ("Merkel stayed in Oslo before meeting Macron.", "meeting", Asserted),
    ("Merkel will stay in Oslo before meeting Macron.", "meeting", Planned),
    ("Trump may call the senator who met Putin.", "meeting", Asserted),
    ("Zarif denied that Rouhani met Trump.", "meeting", Denied),
    ("The talks between Kerry and Zarif will last a week.", "meeting", Planned),
    ("سيجري ظريف محادثات مع لافروف.", "meeting", Planned),
    ("ستطرح تيريزا ماي الأمر خلال محادثات مع ميركل.", "meeting", Planned),
    ("طرحت تيريزا ماي الأمر خلال محادثات مع ميركل.", "meeting", Asserted),
    ("تحدث ترامب عن فرصة خلال القمة المرتقبة بين ماكرون وميركل.", "meeting", Planned),
    ("قال شكري إن مباحثات لافروف مع كيري ستتناول سوريا.", "meeting", Planned),
    ("استقبل ماكرون ميركل قبل أن يلتقي الحريري.", "meeting", Asserted),
    ("يعتزم ماكرون أن يزور بغداد.", "visit", Intended),
    ("قد يلتقي ترامب بوتين.", "meeting", Possible),
    ("لم يلتق ترامب بوتين.", "meeting", Denied),
];

#[test]
fn what_governs_a_trigger_says_whether_it_happened() {
    let isnad = Extractor::new().unwrap();
    let mut wrong = Vec::new();
    for (text, kind, modality) in MODALITY {
        let doc = isnad.extract(text);
        let mut found = doc.relations().iter().filter(|r| r.kind == kind).map(|r| r.modality);
        if !found.any(|m| m == modality) {
            let all: Vec<_> = doc.relations().iter().map(|r| (&r.kind, r.modality)).collect();
            wrong.push(format!("{text} wants {kind} {modality:?}, has {all:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Text, the cue, and its speaker; none where nobody agrees with it.
const SPEAKERS: [(&str, &str, Option<&str>); 9] = [
    ("قال لافروف إن إيران ملتزمة. وأضاف أن الاتفاق قائم.", "أضاف", Some("لافروف")),
    ("قالت ميركل إن ترامب متردد. وأضافت أن القمة مهمة.", "أضافت", Some("ميركل")),
    ("ردت بريطانيا على الاتهامات. وأضاف أن الأدلة غائبة.", "أضاف", None),
    ("قال لافروف إن الحوار مستمر. رفضت بريطانيا ذلك. وأضاف أن الأدلة غائبة.", "أضاف", Some("لافروف")),
    ("ستة من القضاة يطالبون لافروف بالرحيل.", "يطالبون", None),
    ("نقلت وكالة تاس عن لافروف قوله إن الحوار مستمر.", "نقلت", Some("لافروف")),
    ("Schumer sent a letter to Esper urging Iran to stop.", "urging", Some("Schumer")),
    ("Kerry mocked Romney for saying that Russia was a foe.", "saying", None),
    ("Kerry mocked Romney, saying that Russia was no foe.", "saying", Some("Kerry")),
];

#[test]
fn whoever_is_left_unsaid_agrees_with_the_verb() {
    let isnad = Extractor::new().unwrap();
    let mut wrong = Vec::new();
    for (text, cue, speaker) in SPEAKERS {
        let doc = isnad.extract(text);
        let cued = |r: &&crate::relation::Relation| r.kind == "statement" && doc[r.trigger].contains(cue);
        let found = doc.relations().iter().find(cued).and_then(|r| r.arguments.iter().find(|a| a.role == "speaker"));
        let found = found.map(|a| &doc[a.span]);
        if found != speaker {
            wrong.push(format!("{text} wants {speaker:?} of {cue}, has {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
