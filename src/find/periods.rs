//! Which words name a stretch of days, and which date is told by counting?
//!
//! ```text
//! "12-14 March"             ─► Range (12 March, 14 March)      "last week"   ─► Unit (week, -1)
//! "from Monday to Thursday" ─► Range (Monday, Thursday)        «قبل يومين»   ─► Offset -2
//! «10 شوال 1436هـ (26 يوليو 2015م)» ─► Hijri, with the day that the text itself gives for it
//! ```
//!
//! What a single date looks like is told in [`dates`](super::dates).

use super::dates::{Atom, Expression, Unit, atom, expression, is_mark, number_after};
use super::{Candidate, Context, What};
use crate::date::Date;
use crate::gazetteer::WordClass;
use crate::gazetteer::patterns::Meaning;
use crate::text::{Shape, TokenKind};

/// The end of the date, the clitic of its first token, and what it says.
type Found = (u32, u32, Expression);

/// What says that a range begins; it stands outside.
const FROM: [&str; 5] = ["from", "between", "من", "بين", "مابين"];
/// What joins its two ends.
const TO: [&str; 6] = ["to", "until", "till", "through", "الي", "حتي"];
/// What joins them only after "between".
const AND: [&str; 2] = ["and", "و"];
const DASHES: [&str; 3] = ["-", "–", "—"];
/// Words before a number that is then a year.
const BEFORE_YEAR: [&str; 17] = [
    "in", "since", "until", "till", "by", "from", "during", "after", "before", "early", "late", "في", "منذ", "حتي",
    "خلال", "قبل", "بعد",
];
/// Words that count from now and not up to the end of a calendar unit: "the past year" is no calendar year.
const ROLLING: [&str; 2] = ["past", "coming"];

/// A stretch of time, or a date told by counting, that begins at a token.
pub(super) fn find(cx: &Context<'_, '_>, t: u32) -> Option<Found> {
    range(cx, t).or_else(|| counted(cx, t)).or_else(|| unit(cx, t)).or_else(|| year(cx, t))
}

fn word<'c>(cx: &'c Context<'_, '_>, t: u32) -> &'c str {
    cx.page.word(t)
}

fn before<'c>(cx: &'c Context<'_, '_>, t: u32) -> &'c str {
    t.checked_sub(1).filter(|b| cx.same_sentence(*b, t)).map(|b| cx.page.word(b)).unwrap_or_default()
}

// Ranges -------------------------------------------------------------------------------------------------------------

/// What stands between the two ends: where the second one begins.
fn joined(cx: &Context<'_, '_>, start: u32, t: u32) -> Option<u32> {
    let introduced = FROM.contains(&before(cx, start));
    // «من يوم الاثنين»: the word before the name of a day says nothing of its own.
    let introduced = introduced || before(cx, start) == "يوم" && start > 1 && FROM.contains(&before(cx, start - 1));
    let here = word(cx, t);
    let joins =
        DASHES.iter().any(|dash| is_mark(cx, t, &[dash])) || TO.contains(&here) || introduced && AND.contains(&here);
    let next = t + 1;
    let next = if joins && word(cx, next) == "يوم" { next + 1 } else { next };
    (joins && cx.same_sentence(start, next)).then_some(next)
}

fn range(cx: &Context<'_, '_>, t: u32) -> Option<Found> {
    // What begins no date begins no range of dates.
    let (first, end, clitic) = atom(cx, t)?;
    match first {
        Atom::Small(day) => days(cx, t, day, end, clitic),
        Atom::Year(year) => years(cx, t, year, end, clitic),
        Atom::Month(_) | Atom::Weekday(_) | Atom::HijriMonth(_) => None,
        _ => return None,
    }
    .or_else(|| {
        let (end, clitic, from) = expression(cx, t)?;
        // "March 12–14": the second number is a day of the same month.
        if let Some((month, day, year)) = day_of(&from)
            && matches!(first, Atom::Month(_))
            && year.is_none()
            && let Some(next) = joined(cx, t, end)
            && let Some((Atom::Small(last), after, 0)) = atom(cx, next)
            && last > day
            && !matches!(atom(cx, after), Some((Atom::Month(_), ..)))
        {
            let (end, year) = match number_after(cx, after, &[",", "،"]) {
                Some((Atom::Year(year), end)) => (end, Some(year)),
                _ => (after, None),
            };
            return Some((end, clitic, pair(day_in(year, month, day)?, day_in(year, month, last)?)));
        }
        let next = joined(cx, t, end)?;
        let (last, _, to) = expression(cx, next)?;
        ranges(&from, &to).then(|| (last, clitic, pair(from, to)))
    })
}

/// "from 2010 to 2015", "2010–2015".
fn years(cx: &Context<'_, '_>, t: u32, from: i16, end: u32, clitic: u32) -> Option<Found> {
    let next = joined(cx, t, end)?;
    let glued = cx.page.tokens.get(end as usize).is_some_and(|k| !k.spaced);
    let (Atom::Year(to), last, _) = atom(cx, next)? else { return None };
    let told = FROM.contains(&before(cx, t)) || glued && is_mark(cx, end, &DASHES);
    // "2015-2016" may be the start of a longer number.
    let ends = !DASHES.iter().any(|dash| is_mark(cx, last, &[dash]));
    (told && ends && from < to && to - from < 100 && plain(cx, t)).then(|| {
        let (from, to) = (Expression::Absolute(Date::year(from)), Expression::Absolute(Date::year(to)));
        (last, clitic, Expression::Range(Box::new((from, to))))
    })
}

/// "12-14 March", «من 12 إلى 14 مارس 2016»: two numbers and one month.
fn days(cx: &Context<'_, '_>, t: u32, day: u8, end: u32, clitic: u32) -> Option<Found> {
    let next = joined(cx, t, end)?;
    // "3-2": a result; the month must follow the second number.
    let (Atom::Small(_), ..) = atom(cx, next)? else { return None };
    let (last, _, to) = expression(cx, next)?;
    let from = match &to {
        Expression::DayOfMonth { month, day: until } if day < *until => Expression::DayOfMonth { month: *month, day },
        Expression::Absolute(Date { year, month: Some(month), day: Some(until) }) if day < *until => {
            Expression::Absolute(Date::day(*year, *month, day)?)
        }
        Expression::Hijri { year, month, day: Some(until), .. } if day < *until => {
            Expression::Hijri { year: *year, month: *month, day: Some(day), said: None }
        }
        _ => return None,
    };
    Some((last, clitic, Expression::Range(Box::new((from, to)))))
}

/// Month, day and year of a day that is told by them.
fn day_of(expression: &Expression) -> Option<(u8, u8, Option<i16>)> {
    match expression {
        Expression::DayOfMonth { month, day } => Some((*month, *day, None)),
        Expression::Absolute(Date { year, month: Some(month), day: Some(day) }) => Some((*month, *day, Some(*year))),
        _ => None,
    }
}

fn day_in(year: Option<i16>, month: u8, day: u8) -> Option<Expression> {
    match year {
        Some(year) => Date::day(year, month, day).map(Expression::Absolute),
        None => Some(Expression::DayOfMonth { month, day }),
    }
}

/// Whether two dates are of one sort, so that what stands between them makes a range of them.
fn ranges(from: &Expression, to: &Expression) -> bool {
    use Expression::{Absolute, DayOfMonth, Hijri, Month, Weekday};
    match (from, to) {
        (Weekday { day: a, shift: 0 }, Weekday { day: b, .. }) => a != b,
        (Month { month: a, shift: 0 }, Month { month: b, .. }) => a != b,
        (Month { shift: 0, .. }, Absolute(Date { month: Some(_), day: None, .. })) => true,
        (DayOfMonth { .. }, DayOfMonth { .. }) => true,
        (DayOfMonth { .. }, Absolute(Date { day: Some(_), .. })) => true,
        (Absolute(a), Absolute(b)) => a < b && a.day.is_some() == b.day.is_some(),
        (Hijri { day: a, .. }, Hijri { day: b, .. }) => a.is_some() && b.is_some(),
        _ => false,
    }
}

/// Both ends; the first takes the year of the second where it has none.
fn pair(from: Expression, to: Expression) -> Expression {
    let from = match (from, &to) {
        (Expression::DayOfMonth { month, day }, Expression::Absolute(last)) => {
            let this = Date::day(last.year, month, day).filter(|first| first < last);
            let day = this.or_else(|| Date::day(last.year - 1, month, day));
            day.map_or(Expression::Absolute(*last), Expression::Absolute)
        }
        (Expression::Month { month, .. }, Expression::Absolute(last)) => {
            let this = Date::month(last.year, month).filter(|first| first < last);
            let month = this.or_else(|| Date::month(last.year - 1, month));
            month.map_or(Expression::Absolute(*last), Expression::Absolute)
        }
        (from, _) => from,
    };
    Expression::Range(Box::new((from, to)))
}

// Counting -----------------------------------------------------------------------------------------------------------

fn counts(unit: char, n: i16) -> Option<Expression> {
    let unit = match unit {
        'd' => return Some(Expression::Offset(n)),
        'w' => Unit::Week,
        'm' => Unit::Month,
        'y' => Unit::Year,
        'x' => Unit::Decade,
        _ => return None,
    };
    Some(Expression::Unit { unit, shift: n })
}

/// The number that a token, or a word of several, writes.
fn number(cx: &Context<'_, '_>, t: u32) -> Option<(i16, u32)> {
    let token = cx.page.tokens.get(t as usize)?;
    if token.kind == TokenKind::Number {
        return cx.page.word(t).parse().ok().filter(|n| (1..=400).contains(n)).map(|n| (n, t + 1));
    }
    if matches!(word(cx, t), "a" | "an") {
        return Some((1, t + 1));
    }
    cx.hits.at(t).iter().filter(|h| h.clitic == 0).find_map(|h| match h.meaning {
        Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Number => {
            cx.gazetteer.word(w).value.parse().ok().filter(|n| (1..=400).contains(n)).map(|n| (n, h.tokens.end))
        }
        _ => None,
    })
}

/// "ago" in either language: its direction, end and clitic.
fn ago(cx: &Context<'_, '_>, t: u32) -> Option<(i16, u32, u32)> {
    cx.hits.at(t).iter().find_map(|h| match h.meaning {
        Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Ago => {
            Some((cx.gazetteer.word(w).value.parse().ok()?, h.tokens.end, h.clitic))
        }
        _ => None,
    })
}

/// "two days ago", «قبل يومين», «منذ ثلاثة أشهر».
fn counted(cx: &Context<'_, '_>, t: u32) -> Option<Found> {
    if cx.page.tokens.get(t as usize)?.shape == Shape::Caseless
        && let Some((sign, end, clitic)) = ago(cx, t)
    {
        // «قبل 3 أيام», «قبل يومين», «قبل شهر»
        let told = number(cx, end);
        let (Atom::Unit(unit, own), last, 0) = atom(cx, told.map_or(end, |(_, e)| e))? else { return None };
        let free = |t: u32| cx.page.tokens.get(t as usize).is_none_or(|k| k.kind == TokenKind::Mark) || cx.is_closed(t);
        // «قبل أيام» is not counted; «قبل عام 2010», «منذ شهر مارس» name what they count from; «بعد يوم واحد» is a day
        // after something else.
        let counted = told.is_some() || own > 1 || own == 1 && sign < 0 && free(last);
        // «بعد يومين من اللقاء»: from something else.
        let elsewhere = matches!(word(cx, last), "من" | "علي" | "عن");
        let article = word(cx, last - 1).starts_with("ال");
        let n = told.map_or(own, |(n, _)| n);
        return (counted && !elsewhere && !article && cx.same_sentence(t, last - 1))
            .then(|| counts(unit, sign * n))
            .flatten()
            .map(|what| (last, clitic, what));
    }
    if cx.page.tokens.get(t as usize)?.shape == Shape::Caseless
        && cx.page.tokens.get(t as usize)?.kind == TokenKind::Word
    {
        return None;
    }
    let (n, end) = number(cx, t)?;
    let (Atom::Unit(unit, _), end, 0) = atom(cx, end)? else { return None };
    let (sign, last, _) = ago(cx, end)?;
    let latin = cx.page.tokens.get(end as usize)?.shape != Shape::Caseless;
    (latin && cx.same_sentence(t, end)).then(|| counts(unit, sign * n)).flatten().map(|what| (last, 0, what))
}

/// "last week", «الشهر المقبل», «العام الجاري».
fn unit(cx: &Context<'_, '_>, t: u32) -> Option<Found> {
    // «الأمين العام المقبل»: the word belongs to the office before it.
    let taken = |b: u32| {
        cx.hits.at(b).iter().any(|h| h.tokens.end > t && matches!(h.meaning, Meaning::Role(_) | Meaning::Name(_)))
    };
    if (1..=3).filter_map(|back| t.checked_sub(back)).any(taken) {
        return None;
    }
    match atom(cx, t)? {
        (Atom::Shift(shift), end, clitic) if !ROLLING.contains(&word(cx, t)) => {
            let (Atom::Unit(unit, 1), last, 0) = atom(cx, end)? else { return None };
            // "last day": of what?
            (unit != 'd' && cx.same_sentence(t, end))
                .then(|| counts(unit, i16::from(shift)))
                .flatten()
                .map(|what| (last, clitic, what))
        }
        (Atom::Unit(unit, 1), end, clitic) if cx.page.word(t).contains("ال") => {
            let (Atom::Shift(shift), last, 0) = atom(cx, end)? else { return None };
            (unit != 'd' && cx.same_sentence(t, end))
                .then(|| counts(unit, i16::from(shift)))
                .flatten()
                .map(|what| (last, clitic, what))
        }
        _ => None,
    }
}

/// "in 2010", «عام 2010», «2010م», «عام 1436هـ»: a year by itself.
fn year(cx: &Context<'_, '_>, t: u32) -> Option<Found> {
    let (Atom::Year(year), end, 0) = atom(cx, t)? else { return None };
    // A date in figures begins like a year.
    if expression(cx, t).is_some() || !plain(cx, t) {
        return None;
    }
    // Nor is the end of one a year: "30 - 2 - 1436".
    if t.checked_sub(1).is_some_and(|b| is_mark(cx, b, &["/", "-", "–"])) {
        return None;
    }
    if (1300..=1500).contains(&year) {
        return is_hijri_mark(cx, end).then_some((
            end,
            0,
            Expression::Hijri { year: Some(year), month: None, day: None, said: None },
        ));
    }
    let by_name = t.checked_sub(1).is_some_and(|b| matches!(atom(cx, b), Some((Atom::Unit('y', 1), e, _)) if e == t))
        || is_gregorian_mark(cx, end);
    // "in 2000 villages" counts something; after a year stands a mark, a function word or a name.
    let counts = |next: u32| {
        cx.page
            .tokens
            .get(next as usize)
            .is_some_and(|k| k.kind == TokenKind::Word && matches!(k.shape, Shape::Lower | Shape::Caseless))
            && cx.same_sentence(t, next)
            && !cx.is_closed(next)
    };
    let told = by_name || BEFORE_YEAR.contains(&before(cx, t)) && !counts(end);
    (told && (1850..=2100).contains(&year)).then_some((end, 0, Expression::Absolute(Date::year(year))))
}

/// Four digits that no longer number holds: not "2,015", not "1701/2006", not "$2000", not "2000%".
fn plain(cx: &Context<'_, '_>, t: u32) -> bool {
    let glued = |k: u32| cx.page.tokens.get(k as usize).is_some_and(|k| !k.spaced && k.kind != TokenKind::Word);
    let before = t.checked_sub(1).map(|b| cx.page.raw(b)).unwrap_or_default();
    let sign = |raw: &str| raw.chars().next().is_some_and(|c| "$€£¥%#@/.:_".contains(c));
    let after_sign = !before.is_empty() && sign(before) && cx.page.tokens.get(t as usize).is_some_and(|k| !k.spaced);
    let before_sign = glued(t + 1) && cx.page.raw(t + 1).chars().next().is_some_and(|c| "%/:_".contains(c));
    !after_sign && !before_sign && cx.page.word(t).len() == 4
}

// The other calendar -------------------------------------------------------------------------------------------------

/// «هـ», «هجرية» after a year.
pub(super) fn is_hijri_mark(cx: &Context<'_, '_>, t: u32) -> bool {
    matches!(word(cx, t), "ه" | "هجري" | "هجرية" | "للهجرة" | "ah")
}

/// «م», «ميلادية» after a year.
fn is_gregorian_mark(cx: &Context<'_, '_>, t: u32) -> bool {
    matches!(word(cx, t), "م" | "ميلادي" | "ميلادية" | "للميلاد")
}

/// Tokens between two tellings of one day: «هـ الموافق», «هـ (».
const BETWEEN: u32 = 4;

/// A day in both calendars is told once: the text knows it better than the tables.
pub(super) fn say_twice(cx: &Context<'_, '_>, dates: &mut [Candidate]) {
    for i in 1..dates.len() {
        let (head, tail) = dates.split_at_mut(i);
        let (Some(a), Some(b)) = (head.last_mut(), tail.first_mut()) else { continue };
        let near = b.tokens.start - a.tokens.end <= BETWEEN && cx.same_paragraph(a.tokens.start, b.tokens.start);
        if !near {
            continue;
        }
        match (&mut a.what, &mut b.what) {
            (What::Date(Expression::Hijri { said, day: Some(_), .. }), What::Date(Expression::Absolute(date)))
            | (What::Date(Expression::Absolute(date)), What::Date(Expression::Hijri { said, day: Some(_), .. }))
                if date.day.is_some() =>
            {
                *said = Some(*date);
            }
            _ => {}
        }
    }
}
