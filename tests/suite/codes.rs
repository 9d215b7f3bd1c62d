//! Do the codes of CAMEO and PLOVER come out for what was done in words?
//!
//! ```text
//! "Netanyahu accused Iran of …"   ─►   cameo 112, plover ACCUSE
//! "Obama did not accuse Russia"   ─►   no code: a wrong one is worse than none
//! ```
//!
//! What a code means is said here in our own words, after the public codebooks.

use isnad::{Document, Input};

use crate::shared::isnad;

fn codes(text: &str, kind: &str) -> String {
    let doc: Document<'_> = isnad().extract(Input::new(text));
    let relation = doc.relations().iter().find(|r| r.kind() == kind).unwrap_or_else(|| panic!("no {kind}: {text}"));
    relation.codes().iter().map(|(_, code)| code.as_str()).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn assert_codes(kind: &str, want: &str, texts: [&str; 2]) {
    for text in texts {
        assert_eq!(codes(text, kind), want, "{text}");
    }
}

/// 057: puts its name to a formal agreement; PLOVER counts that as support.
#[test]
fn agreement() {
    assert_codes(
        "agreement",
        "057 SUPPORT",
        ["Russia signed a treaty with China in Shanghai.", "وقعت إيران اتفاقية مع الصين في طهران."],
    );
    // Not signed: a refusal, told no further.
    assert_codes(
        "agreement",
        "120 REJECT",
        ["Russia did not sign a treaty with China.", "لم توقع إيران اتفاقية مع الصين."],
    );
}

/// 041: talks by telephone.
#[test]
fn call() {
    assert_codes(
        "meeting",
        "041 CONSULT",
        ["Vladimir Putin telephoned Angela Merkel on Monday.", "أجرى فلاديمير بوتين اتصالا هاتفيا مع أنجيلا ميركل."],
    );
}

/// 112: lays a wrong at somebody's door.
#[test]
fn accusation() {
    assert_codes(
        "statement",
        "112 ACCUSE",
        [
            "Vladimir Putin accused Turkey of buying oil from smugglers.",
            "اتهم فلاديمير بوتين تركيا بشراء النفط من المهربين.",
        ],
    );
    // What was not said bears no code.
    assert_codes(
        "statement",
        "",
        [
            "Vladimir Putin did not accuse Turkey of buying oil from smugglers.",
            "لم يتهم فلاديمير بوتين تركيا بشراء النفط من المهربين.",
        ],
    );
    assert_codes(
        "statement",
        "",
        [
            "Vladimir Putin will accuse Turkey of buying oil from smugglers.",
            "سيتهم فلاديمير بوتين تركيا بشراء النفط من المهربين.",
        ],
    );
}

/// 051: speaks well of somebody or of what he does, stands behind it.
#[test]
fn support() {
    assert_codes(
        "statement",
        "051 SUPPORT",
        ["Angela Merkel praised the courage of the rescuers.", "أشادت أنجيلا ميركل بشجاعة رجال الإنقاذ."],
    );
}

/// 020: asks another for something.
#[test]
fn appeal() {
    assert_codes(
        "statement",
        "020 REQUEST",
        ["Angela Merkel urged Iran to free the sailors.", "دعت أنجيلا ميركل إيران إلى إطلاق سراح البحارة."],
    );
}

/// 018: words of sympathy; 010: a statement without a stance, for which PLOVER has no category.
#[test]
fn words_without_a_deed() {
    assert_eq!(codes("Angela Merkel asked Vladimir Putin how the gas would flow.", "statement"), "010");
    assert_codes(
        "statement",
        "010",
        ["Angela Merkel said that the border would stay open.", "قالت أنجيلا ميركل إن الحدود ستبقى مفتوحة."],
    );
}
