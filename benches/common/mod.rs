//! What do the benches read, how do we know that the answer is right, and what is fast enough?
//!
//! ```text
//! sentence with gaps  "{a} met {b} in {p} on day {n} of the talks."
//! text                the same sentences with other names and numbers, as long as asked for
//! planted             the bytes at which each name was put: every one must be found
//! ```

// Each bench is a crate of its own and uses a part of this.
#![allow(dead_code)]

use std::env;
use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use aho_corasick::AhoCorasick;
use isnad::{Document, Extractor, bench};

/// The languages that are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Arabic,
}

impl Language {
    pub(crate) const ALL: [Language; 2] = [Language::English, Language::Arabic];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Arabic => "ar",
        }
    }

    /// Sentences written for the project; `{a}` and `{b}` are persons, `{p}` a place, `{n}` a running number.
    fn sentences(self) -> &'static [&'static str] {
        match self {
            Language::English => &[
                "{a} met {b} in {p} on day {n} of the talks.",
                "The two sides spoke for {n} minutes about grain, gas and the price of both.",
                "\"We have read all {n} pages,\" said {a}, \"and we agree with most of them.\"",
                "According to {b}, nothing was signed, and the {n} experts went home before the rain began.",
                "{a} will visit {p} again, where a hall with {n} seats has been hired.",
                "Reporters counted {n} cars at the gate but did not see {b} leave.",
            ],
            Language::Arabic => &[
                "التقى {a} {b} في {p} في اليوم {n} من المحادثات.",
                "وتحدث الجانبان مدة {n} دقيقة عن القمح والغاز وأسعارهما.",
                "وقال {a}: «قرأنا الصفحات كلها وعددها {n} ونوافق على معظمها».",
                "وأضاف {b} أن شيئا لم يوقع، وأن الخبراء وعددهم {n} عادوا قبل المطر.",
                "ومن المقرر أن يزور {a} مدينة {p} مرة أخرى حيث حجزت قاعة فيها {n} مقعدا.",
                "وأحصى الصحفيون {n} سيارة عند البوابة ولم يشاهدوا {b} يغادر.",
            ],
        }
    }

    fn persons(self) -> &'static [&'static str] {
        match self {
            Language::English => &["John Kerry", "Sergei Lavrov", "Barack Obama", "Angela Merkel", "Vladimir Putin"],
            Language::Arabic => &["جون كيري", "سيرغي لافروف", "باراك أوباما", "أنغيلا ميركل", "فلاديمير بوتين"],
        }
    }

    fn places(self) -> &'static [&'static str] {
        match self {
            Language::English => &["Geneva", "Vienna", "Moscow"],
            Language::Arabic => &["جنيف", "فيينا", "موسكو"],
        }
    }
}

/// A text and the names that were put into it.
pub(crate) struct Text {
    pub text: String,
    planted: Vec<Range<usize>>,
    paragraphs: usize,
}

impl Text {
    /// At least `bytes` of text, the same every time. No paragraph stands twice, so that none is passed over as a copy.
    pub(crate) fn of(language: Language, bytes: usize) -> Self {
        let mut text = Text { text: String::with_capacity(bytes + 1024), planted: Vec::new(), paragraphs: 0 };
        let (persons, places) = (language.persons(), language.places());
        for number in 1.. {
            if text.text.len() >= bytes {
                break;
            }
            let (a, b) = (number % persons.len(), (number + 1 + number / 7 % 3) % persons.len());
            for (i, sentence) in language.sentences().iter().enumerate() {
                if i > 0 {
                    text.text.push(' ');
                }
                text.fill(sentence, persons[a], persons[b], places[number / 5 % places.len()], number * 6 + i);
            }
            text.text.push_str("\n\n");
            text.paragraphs += 1;
        }
        text
    }

    fn fill(&mut self, sentence: &str, a: &str, b: &str, place: &str, number: usize) {
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            let (gap, after) = after.split_once('}').expect("a gap that was opened is closed");
            self.text.push_str(before);
            let start = self.text.len();
            match gap {
                "n" => self.text.push_str(&number.to_string()),
                "a" => self.text.push_str(a),
                "b" => self.text.push_str(b),
                _ => self.text.push_str(place),
            }
            if gap != "n" {
                self.planted.push(start..self.text.len());
            }
            rest = after;
        }
        self.text.push_str(rest);
    }

    /// Every name that was planted was found, at its very bytes, and a relation for every paragraph. A fast wrong answer is worth nothing.
    pub(crate) fn assert_found(&self, document: &Document<'_>) {
        let mut found: Vec<Range<usize>> = document.mentions().iter().map(|m| m.span().range()).collect();
        found.sort_by_key(|range| (range.start, range.end));
        for want in &self.planted {
            let here = found.binary_search_by_key(&(want.start, want.end), |range| (range.start, range.end));
            assert!(here.is_ok(), "{:?} at {want:?} was not found", &self.text[want.clone()]);
        }
        assert!(document.relations().len() >= self.paragraphs, "fewer relations than paragraphs");
    }
}

/// The first `bytes` of the news that `ISNAD_SHARED` holds for throughput, or nothing, said aloud.
pub(crate) fn shared_news(language: Language, bytes: usize) -> Option<String> {
    let Some(root) = env::var_os("ISNAD_SHARED") else {
        eprintln!("ISNAD_SHARED is not set: only the project's own sentences are measured");
        return None;
    };
    let path = PathBuf::from(root).join(format!("eval/raw/throughput.{}.jsonl", language.code()));
    let Ok(lines) = fs::read_to_string(&path) else {
        eprintln!("{} cannot be read: only the project's own sentences are measured", path.display());
        return None;
    };
    let mut news = String::new();
    for line in lines.lines() {
        let article: serde_json::Value = serde_json::from_str(line).expect("shared news are JSON Lines");
        news.push_str(article["text"].as_str().expect("an article has a text"));
        news.push_str("\n\n");
        if news.len() >= bytes {
            break;
        }
    }
    Some(news)
}

/// The yardstick: the automaton crate's overlapping search for the same names, and nothing else.
pub(crate) struct Yardstick(AhoCorasick);

impl Yardstick {
    pub(crate) fn new(isnad: &Extractor) -> Self {
        let names = bench::names(isnad);
        Yardstick(AhoCorasick::new(names).expect("the gazetteer's names fit into one automaton"))
    }

    /// Hits in a text that has been folded.
    pub(crate) fn scan(&self, folded: &str) -> usize {
        self.0.find_overlapping_iter(folded).count()
    }
}
