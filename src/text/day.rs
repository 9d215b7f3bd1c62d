//! Is this line only the day of publication, and which day is it?
//!
//! ```text
//! "2015-11-21 - 12:34 am"      ─► 2015-11-21
//! «الخميس ٢١ نوفمبر ٢٠١٥»      ─► 2015-11-21
//! "Updated at 5:10 p.m. ET"    ─► a date line without a day
//! "May met Putin in 2016"      ─► no date line
//! ```

use std::ops::Range;

use crate::date::Date;
use crate::text::words::{Month, TextWords};

/// Longer lines are running text.
const LONGEST: usize = 160;

/// What a line of dates and hours says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// The day and the bytes of the folded line that give it; `None` where the line does not say it for certain.
    pub(crate) day: Option<(Date, Range<usize>)>,
}

/// One word of the line.
#[derive(Clone, Copy, Debug)]
enum Part {
    Number { value: u32, digits: usize },
    Month(Month),
    Other,
}

/// Reads a folded line; `None` if it holds anything but dates and hours.
pub(crate) fn stamp(line: &str, words: &TextWords, arabic: bool) -> Option<Stamp> {
    if line.len() > LONGEST || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let pieces = pieces(line);
    let mut parts: Vec<(Part, Range<usize>)> = Vec::new();
    let mut clock = false;
    let mut i = 0;
    while let Some(range) = pieces.get(i) {
        let word = line.get(range.clone())?;
        // Two words first: «كانون الثاني», «ربيع الأول».
        let two = pieces.get(i + 1).and_then(|next| line.get(range.start..next.end));
        if let Some(month) = two.and_then(|two| words.month(two)) {
            parts.push((Part::Month(month), range.start..pieces[i + 1].end));
            i += 2;
            continue;
        }
        if two.is_some_and(|two| words.is_stamp(two)) {
            clock = true;
            i += 2;
            continue;
        }
        i += 1;
        if word.contains(':') && is_clock(word) {
            clock = true;
            continue;
        }
        let (number, tail) = word.split_at(word.bytes().take_while(u8::is_ascii_digit).count());
        if let Ok(value) = number.parse::<u32>() {
            if tail.is_empty() || ["st", "nd", "rd", "th"].contains(&tail) || words.is_stamp(tail) {
                let end = range.start + number.len();
                parts.push((Part::Number { value, digits: number.len() }, range.start..end));
                continue;
            }
            return None;
        }
        let bare = word.trim_end_matches('.');
        if let Some(month) = words.month(word).or_else(|| words.month(bare)) {
            parts.push((Part::Month(month), range.clone()));
        } else if words.weekday(word).or_else(|| words.weekday(bare)).is_some() {
            parts.push((Part::Other, range.clone()));
        } else if words.is_stamp(word) || words.is_stamp(bare) {
            clock = true;
        } else {
            return None;
        }
    }
    let day = parts_day(line, &parts, arabic);
    let month = parts.iter().any(|(part, _)| matches!(part, Part::Month(_)));
    let numbers = parts.iter().filter(|(part, _)| matches!(part, Part::Number { .. })).count();
    let dated = day.is_some() || (month && numbers > 0) || numbers == 3 || (clock && numbers == 0);
    dated.then_some(Stamp { day })
}

/// The words of a line: runs without white space and without the marks that join dates and hours.
fn pieces(line: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = None;
    for (i, c) in line.char_indices() {
        let between = c.is_whitespace()
            || matches!(c, '-' | '–' | '—' | '/' | ',' | '،' | '|' | '(' | ')' | '[' | ']' | '•' | '·');
        // A dot joins "a.m." and "21.11.2015"; the latter is taken apart.
        let dot = c == '.' && line.as_bytes().get(i + 1).is_some_and(u8::is_ascii_digit);
        let colon = c == ':' && !line.as_bytes().get(i + 1).is_some_and(u8::is_ascii_digit);
        // "2015-11-21t08:00": the letter of ISO between day and hour.
        let iso = c == 't'
            && i > 0
            && line.as_bytes().get(i - 1).is_some_and(u8::is_ascii_digit)
            && line.as_bytes().get(i + 1).is_some_and(u8::is_ascii_digit);
        if between || dot || colon || iso {
            if let Some(from) = start.take() {
                all.push(from..i);
            }
        } else if start.is_none() {
            start = Some(i);
        }
    }
    if let Some(from) = start {
        all.push(from..line.len());
    }
    all
}

/// "12:34", "12:34:56", "5:10pm", "12:34z"
fn is_clock(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == '.');
    let mut parts = digits.split(':');
    let all = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    parts.clone().count() <= 3 && parts.all(all) && word.len() - digits.len() <= 4
}

fn parts_day(line: &str, parts: &[(Part, Range<usize>)], arabic: bool) -> Option<(Date, Range<usize>)> {
    use Part::{Month as M, Number as N};
    let is_year = |value: u32, digits: usize| digits == 4 && (1700..2200).contains(&value);
    let date = |year: u32, month: u32, day: u32| {
        Date::day(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    };
    for window in parts.windows(3) {
        let found = match [window[0].0, window[1].0, window[2].0] {
            // 21 November 2015
            [N { value: d, digits: 1..=2 }, M(Month::Common(m)), N { value: y, digits }] if is_year(y, digits) => {
                date(y, u32::from(m), d)
            }
            // November 21, 2015
            [M(Month::Common(m)), N { value: d, digits: 1..=2 }, N { value: y, digits }] if is_year(y, digits) => {
                date(y, u32::from(m), d)
            }
            // 2015-11-21
            [N { value: y, digits }, N { value: m, digits: 1..=2 }, N { value: d, digits: 1..=2 }]
                if is_year(y, digits) =>
            {
                date(y, m, d)
            }
            // 21/11/2015; 11/21/2015. Where both readings are days, only an Arabic paper's order is certain.
            [N { value: a, digits: 1..=2 }, N { value: b, digits: 1..=2 }, N { value: y, digits }]
                if is_year(y, digits) =>
            {
                match (a, b) {
                    _ if a == b || b <= 12 && (a > 12 || arabic) => date(y, b, a),
                    _ if a <= 12 && b > 12 => date(y, a, b),
                    _ => None,
                }
            }
            _ => None,
        };
        if let Some(day) = found {
            let span = window[0].1.start..window[2].1.end;
            return Some((day, span.start..span.end.min(line.len())));
        }
    }
    // «نوفمبر / تشرين الثاني»: one month under two names.
    for (i, window) in parts.windows(2).enumerate() {
        if let [(M(a), _), (M(b), _)] = window
            && a == b
        {
            let mut fewer = parts.to_vec();
            let second = fewer.remove(i + 1);
            fewer[i].1.end = second.1.end;
            return parts_day(line, &fewer, arabic);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold_str;
    use crate::text::words::for_tests;

    fn read(line: &str) -> Option<String> {
        let folded = fold_str(line);
        let arabic = line.chars().any(crate::text::arabic::is_letter);
        stamp(&folded, &for_tests(), arabic).map(|s| match s.day {
            Some((date, span)) => format!("{date} {}", &folded[span]),
            None => "no day".to_owned(),
        })
    }

    #[test]
    fn date_lines() {
        for (line, day) in [
            ("2015-11-21 - 12:34 am", "2015-11-21 2015-11-21"),
            ("2015-11-21T08:00:00Z", "2015-11-21 2015-11-21"),
            ("November 21, 2015", "2015-11-21 november 21, 2015"),
            ("Saturday, Nov. 21st, 2015", "2015-11-21 nov. 21st, 2015"),
            ("21 Nov 2015 - 12:34 am", "2015-11-21 21 nov 2015"),
            ("Published: 21 November 2015 at 5:10 p.m. GMT", "2015-11-21 21 november 2015"),
            ("الخميس ٢١ نوفمبر ٢٠١٥", "2015-11-21 21 نوفمبر 2015"),
            ("الخميس، 21 تشرين الثاني/نوفمبر 2015", "2015-11-21 21 تشرين الثاني/نوفمبر 2015"),
            ("السبت 9 صفر 1437 هـ - 21 نوفمبر 2015م", "2015-11-21 21 نوفمبر 2015"),
            ("21/11/2015", "2015-11-21 21/11/2015"),
            ("05/04/2016 | 10:15 صباحاً", "2016-04-05 05/04/2016"),
            ("05/04/2016", "no day"),
            ("Updated at 5:10 p.m. ET", "no day"),
            ("آخر تحديث: 10:30", "no day"),
        ] {
            assert_eq!(read(line).as_deref(), Some(day), "{line:?}");
        }
    }

    #[test]
    fn running_text() {
        for line in
            ["May met Putin in 2016", "2015", "12 killed", "Nov.", "Thursday", "5 May", "", "1,200", "30-31 2015 Obama"]
        {
            let read = read(line);
            assert!(read.is_none() || line == "5 May", "{line:?} {read:?}");
        }
    }
}
