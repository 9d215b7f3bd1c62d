//! What is a person's name once titles, brackets and capitals are cleared away?
//!
//! ```text
//! Joko "Jokowi" Widodo            ──►  Joko Widodo, also Jokowi Widodo
//! XI Jinping                      ──►  Xi Jinping
//! Sr. Gen. Min Aung Hlaing        ──►  Min Aung Hlaing
//! Hamad II of Bahrain             ──►  Hamad II
//! ```

use crate::fold::latin_key;

/// A cleared name with its other forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cleared {
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) acting: bool,
}

/// Titles that are no names.
const TITLES: [&str; 36] = [
    "shaikh",
    "sheikh",
    "shaykh",
    "shaikha",
    "sheikha",
    "sayyid",
    "dr",
    "sir",
    "dame",
    "lord",
    "baroness",
    "gen",
    "general",
    "lt",
    "col",
    "colonel",
    "maj",
    "brig",
    "adm",
    "admiral",
    "vice",
    "sr",
    "hon",
    "prof",
    "eng",
    "mr",
    "mrs",
    "ms",
    "taoiseach",
    "ayatollah",
    "archbishop",
    "cardinal",
    "cdre",
    "capt",
    "captain",
    "his",
];

/// Titles that are names too ("Amir Khan Muttaqi"): they go only where a name of three words is left.
const NAMES_TOO: [&str; 10] =
    ["amir", "emir", "sultan", "king", "queen", "prince", "princess", "judge", "justice", "pope"];

/// Words that show a row to be an office or a sentence rather than a name.
const NO_NAME: [&str; 12] = [
    "minister",
    "president",
    "council",
    "vacant",
    "commission",
    "committee",
    "government",
    "represented",
    "office",
    "board",
    "cabinet",
    "ministry",
];

/// Clears a name in Latin letters; `None` where no name of two words is left.
pub(crate) fn clear(raw: &str) -> Option<Cleared> {
    let mut cleared = Cleared::default();
    let mut text = String::new();
    let mut rest = raw;
    while let Some(open) = rest.find('(') {
        let close = rest[open..].find(')').map_or(rest.len(), |at| open + at);
        let inside = rest.get(open + 1..close).unwrap_or_default().trim();
        if inside.to_lowercase().contains("acting") {
            cleared.acting = true;
        } else if let Some(alias) = inside.strip_prefix("a.k.a. ") {
            cleared.aliases.push(alias.to_owned());
        }
        text.push_str(&rest[..open]);
        rest = rest.get(close + 1..).unwrap_or_default();
    }
    text.push_str(rest);
    let text = text.replace(['“', '”'], "\"").replace('’', "'");
    let mut nickname = None;
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if word.starts_with('"') && word.ends_with('"') && word.len() > 2 {
            nickname = Some(word.trim_matches('"').to_owned());
        } else {
            words.push(plain_capitals(word, words.is_empty()));
        }
    }
    // A comma is allowed before a generation suffix only.
    let comma = words.iter().rposition(|word| word.ends_with(','));
    if let Some(at) = comma {
        let suffix = words.get(at + 1).map(|word| latin_key(word)).unwrap_or_default();
        if at + 2 != words.len() || !["jr", "sr", "ii", "iii", "iv"].contains(&suffix.as_str()) {
            return None;
        }
        words[at] = words[at].trim_end_matches(',').to_owned();
    }
    let whole = words.clone();
    while let Some(first) = words.first().map(|word| latin_key(word)) {
        let title = TITLES.contains(&first.as_str()) || words.len() > 3 && NAMES_TOO.contains(&first.as_str());
        if words.len() < 2 || !title {
            break;
        }
        words.remove(0);
    }
    if words.len() < 2 {
        words = whole;
    }
    let lower: Vec<String> = words.iter().map(|word| latin_key(word)).collect();
    if words.len() < 2
        || words.len() > 8
        || lower.iter().any(|word| NO_NAME.contains(&word.as_str()))
        || words.iter().any(|word| word.contains(['"', ';', ':', '/']))
    {
        return None;
    }
    // "Hamad II of Bahrain"; one word alone, as in "Salman of Saudi Arabia", would say too little.
    if let Some(of) = lower.iter().position(|word| word == "of").filter(|of| *of > 1) {
        cleared.aliases.push(words.join(" "));
        words.truncate(of);
    }
    cleared.name = words.join(" ");
    if let (Some(nickname), Some(last)) = (nickname, words.last()) {
        cleared.aliases.push(format!("{nickname} {last}"));
    }
    let without_suffix: Vec<&String> =
        words.iter().filter(|word| !["jr", "sr"].contains(&latin_key(word).as_str())).collect();
    if without_suffix.len() < words.len() && without_suffix.len() >= 2 {
        cleared.aliases.push(without_suffix.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(" "));
    }
    let without_initials: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| word.trim_end_matches('.').chars().count() > 1).collect();
    if without_initials.len() < words.len() && without_initials.len() >= 2 {
        cleared.aliases.push(without_initials.join(" "));
    }
    cleared.aliases.retain(|alias| *alias != cleared.name && alias.split(' ').count() >= 2);
    Some(cleared)
}

/// The houses that rule in the Gulf: many people share the name, and articles call its members by their given name.
const HOUSES: [&str; 8] = ["khalifa", "saud", "sabah", "thani", "nahyan", "nuhayyan", "maktoum", "maktum"];
const HOUSES_ARABIC: [&str; 7] = ["خليفة", "سعود", "الصباح", "صباح", "ثاني", "نهيان", "مكتوم"];
const GULF: [&str; 6] = ["BHR", "SAU", "KWT", "QAT", "ARE", "OMN"];

/// The short name by which the rest of an article calls a person, with its form without an article; for a name that ends
/// in a ruling house the given name.
pub(crate) fn surnames(name: &str, country: &str) -> Vec<String> {
    let mut words: Vec<&str> = name.split(' ').collect();
    while words.last().is_some_and(|word| ["jr", "sr", "ii", "iii", "iv"].contains(&latin_key(word).as_str())) {
        words.pop();
    }
    if words.len() < 2 || words.iter().any(|word| is_numeral(word)) {
        return Vec::new();
    }
    if ["CHN", "TWN", "KOR", "PRK", "HKG", "MAC"].iter().any(|iso3| country.ends_with(iso3)) && !words[0].contains('-')
    {
        return if words[0].chars().count() >= 2 && words.len() <= 3 { vec![words[0].to_owned()] } else { Vec::new() };
    }
    let last = words.len() - 1;
    let house = latin_key(words[last]);
    let of_house = GULF.iter().any(|iso3| country.ends_with(iso3)) && HOUSES.contains(&house.trim_start_matches("al "));
    if of_house || ["Al", "Aal", "AL"].contains(&words[last - 1]) {
        let given = words[0];
        return if of_house && given.chars().count() > 3 { vec![given.to_owned()] } else { Vec::new() };
    }
    const PARTICLES: [&str; 20] = [
        "al", "el", "de", "van", "von", "der", "den", "la", "le", "di", "da", "dos", "du", "ter", "abu", "aboul",
        "ben", "del", "abdel", "ould",
    ];
    let mut first = last;
    while first > 1 && PARTICLES.contains(&latin_key(words[first - 1]).as_str()) {
        first -= 1;
    }
    let whole = words[first..].join(" ");
    let mut out = vec![whole.clone()];
    for prefix in ["al-", "Al-", "el-", "El-"] {
        if let Some(bare) = whole.strip_prefix(prefix) {
            out.push(bare.to_owned());
        }
    }
    out.retain(|short| short.chars().count() >= 3);
    out
}

/// The same for a name in Arabic letters.
pub(crate) fn arabic_surname(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let last = words.len().checked_sub(1).filter(|last| *last > 0)?;
    let before = words[last - 1];
    if ["آل", "ال"].contains(&before) || HOUSES_ARABIC.contains(&words[last]) && words.len() > 2 {
        let given = words[0];
        let house = HOUSES_ARABIC.contains(&words[last]) && given != "عبد" && given.chars().count() > 2;
        return house.then(|| given.to_owned());
    }
    if ["الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس"].contains(&words[last])
    {
        return None;
    }
    let with_before =
        ["أبو", "ابو", "أبي", "عبد", "بن", "دي", "فان", "لو", "ولد", "بو", "بيت", "أم", "إبن", "ابن"].contains(&before);
    let short = if with_before { format!("{before} {}", words[last]) } else { words[last].to_owned() };
    (short.chars().count() >= 3).then_some(short)
}

fn is_numeral(word: &str) -> bool {
    word.len() <= 5 && word.chars().all(|letter| matches!(letter, 'I' | 'V' | 'X'))
}

/// "RODRÍGUEZ" to "Rodríguez"; numerals and initials stay.
fn plain_capitals(word: &str, first_word: bool) -> String {
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    // What looks like a numeral at the front of a name is none: "XI Jinping".
    let kept = word.contains('.') || is_numeral(word) && !first_word;
    if letters < 2 || kept || word.chars().any(char::is_lowercase) {
        return word.to_owned();
    }
    let mut out = String::new();
    let mut first = true;
    for letter in word.chars() {
        if first {
            out.push(letter)
        } else {
            out.extend(letter.to_lowercase())
        }
        first = letter == '-' || letter == '\'';
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_brackets_go() {
        assert_eq!(clear("Sr. Gen. Min Aung Hlaing").unwrap().name, "Min Aung Hlaing");
        assert_eq!(clear("Sheikh Hasina").unwrap().name, "Sheikh Hasina");
        assert!(clear("Janet Abuel (Acting)").unwrap().acting);
        let joko = clear("Joko \"Jokowi\" Widodo").unwrap();
        assert_eq!((joko.name.as_str(), joko.aliases), ("Joko Widodo", vec!["Jokowi Widodo".to_owned()]));
        assert_eq!(clear("Delcy Eloína RODRÍGUEZ Gómez").unwrap().name, "Delcy Eloína Rodríguez Gómez");
        assert_eq!(clear("President, Presidential Council, Mohammed al-Manfi"), None);
        assert_eq!(clear("Hamad II of Bahrain").unwrap().name, "Hamad II");
    }

    #[test]
    fn surnames_keep_their_particles() {
        assert_eq!(surnames("Staffan de Mistura", ""), ["de Mistura"]);
        assert_eq!(surnames("Bashar al-Assad", "country/SYR"), ["al-Assad", "Assad"]);
        assert_eq!(surnames("Khalid bin Ahmed Al Khalifa", "country/BHR"), ["Khalid"]);
        assert_eq!(surnames("Nasser Al-Mohammed Al-Sabah", "country/KWT"), ["Nasser"]);
        assert!(surnames("Abdullah Bin Salim Al Salimi", "country/OMN").is_empty());
        assert_eq!(surnames("Xi Jinping", "country/CHN"), ["Xi"]);
        assert_eq!(arabic_surname("أحمد أبو الغيط").as_deref(), Some("أبو الغيط"));
        assert_eq!(arabic_surname("خالد بن أحمد آل خليفة").as_deref(), Some("خالد"));
        assert_eq!(arabic_surname("عبد الله بن زايد آل نهيان"), None);
    }
}
