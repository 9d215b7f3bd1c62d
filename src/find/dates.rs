//! Which words name a day, a month or a year?
//!
//! ```text
//! "on Thursday"  ─► Weekday 4        «21 نوفمبر/ تشرين الثاني 2015» ─► Absolute 2015-11-21
//! "November 2014" ─► Absolute 2014-11  «أمس» ─► Offset -1      "12-14 March" ─► Range (see `periods`)
//! ```
//!
//! What the words mean on the calendar is resolved by linking, against the day of publication.

use super::periods;
use super::{Candidate, Context, What};
use crate::date::Date;
use crate::entity::EntityKind;
use crate::gazetteer::WordClass;
use crate::gazetteer::patterns::Meaning;
use crate::mention::MentionKind;
use crate::text::{Page, Shape, TokenKind};

/// A date as the text gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    Absolute(Date),
    /// A day of a month whose year is left unsaid.
    DayOfMonth {
        month: u8,
        day: u8,
    },
    /// A month whose year is left unsaid; `shift` -1 for "last", 1 for "next".
    Month {
        month: u8,
        shift: i8,
    },
    /// 1 is Monday; `shift` as above, -2 for "before last".
    Weekday {
        day: u8,
        shift: i8,
    },
    /// Days from the day of publication.
    Offset(i16),
    /// The week, month, year or decade that is so many away from that of publication.
    Unit {
        unit: Unit,
        shift: i16,
    },
    /// Ten years from this one.
    Decade(i16),
    /// A day, month or year of the Islamic calendar; `said` is the day of ours that the text gives beside it.
    Hijri {
        year: Option<i16>,
        month: Option<u8>,
        day: Option<u8>,
        said: Option<Date>,
    },
    /// From the one to the other, both included.
    Range(Box<(Expression, Expression)>),
}

/// A stretch of the calendar that is longer than a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Week,
    Month,
    Year,
    Decade,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Atom {
    Month(u8),
    HijriMonth(u8),
    Weekday(u8),
    Day(i16),
    Shift(i8),
    /// A number that can be a day of a month.
    Small(u8),
    Year(i16),
    /// "1990s", «التسعينيات».
    Decade(i16),
    /// "week", «شهرين»: the unit as the table writes it, and how many the form means: two of a dual, 0 of a plural.
    Unit(char, i16),
}

/// Appends every date expression.
pub(crate) fn find(cx: &Context<'_, '_>, out: &mut Vec<Candidate>) {
    let mut dates: Vec<Candidate> = Vec::new();
    let mut t = 0;
    while t < cx.len() {
        if !cx.is_live(t) {
            t += 1;
            continue;
        }
        match periods::find(cx, t).or_else(|| expression(cx, t)) {
            Some((end, clitic, what)) => {
                dates.push(Candidate::new(
                    cx.page,
                    t..end,
                    clitic,
                    MentionKind::Date,
                    EntityKind::Date,
                    What::Date(what),
                    "date",
                    90,
                ));
                t = end;
            }
            None => t += 1,
        }
    }
    periods::say_twice(cx, &mut dates);
    out.append(&mut dates);
}

/// Tokens within which a text's opening gives its day.
const LONGEST_OPENING: u32 = 40;

/// The day that the article's dateline gives, for articles without a date line of their own.
pub(crate) fn of_dateline(page: &Page<'_>, mentions: &[Candidate]) -> Option<Date> {
    let datelines = || page.paragraphs.iter().filter_map(|p| p.dateline).take(2);
    let opening = |m: &Candidate| {
        // «القاهرة في 25 نوفمبر 2015 –»: a day among the first words, before the dash or at the end of its line.
        let (last, next) = (page.tokens.get(m.tokens.end.max(1) as usize - 1), page.tokens.get(m.tokens.end as usize));
        m.tokens.end < LONGEST_OPENING
            && next.is_some_and(|t| {
                matches!(&page.text[t.span], "–" | "-" | "—" | ":") || last.is_some_and(|l| l.paragraph != t.paragraph)
            })
    };
    let near = |m: &&Candidate| m.tokens.start < LONGEST_OPENING || datelines().any(|d| m.span.start() < d.end());
    mentions.iter().take_while(near).find_map(|m| match m.what {
        What::Date(Expression::Absolute(date))
            if date.day.is_some() && (opening(m) || datelines().any(|d| d.contains(m.span))) =>
        {
            Some(date)
        }
        _ => None,
    })
}

/// The atom that starts at a token, its end and its clitic.
pub(super) fn atom(cx: &Context<'_, '_>, t: u32) -> Option<(Atom, u32, u32)> {
    let token = cx.page.tokens.get(t as usize)?;
    if token.kind == TokenKind::Number {
        let word = cx.page.word(t);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let n: i16 = digits.parse().ok()?;
        return match (digits.len(), &word[digits.len()..]) {
            (1 | 2, "" | "st" | "nd" | "rd" | "th") if (1..=31).contains(&n) => Some((Atom::Small(n as u8), t + 1, 0)),
            (4, "") if (1300..=2199).contains(&n) => Some((Atom::Year(n), t + 1, 0)),
            (4, "s") if n % 10 == 0 && (1300..=2199).contains(&n) => Some((Atom::Decade(n), t + 1, 0)),
            _ => None,
        };
    }
    for hit in cx.hits.at(t) {
        let Meaning::Word(w) = hit.meaning else { continue };
        let word = cx.gazetteer.word(w);
        let number = || word.value.trim_start_matches(['+', 'h']).parse::<i16>().ok();
        let found = match word.class {
            WordClass::Month => match word.value.strip_prefix('h') {
                Some(_) => Atom::HijriMonth(number()? as u8),
                None => Atom::Month(number()? as u8),
            },
            WordClass::Weekday => Atom::Weekday(number()? as u8),
            WordClass::Day => Atom::Day(number()?),
            WordClass::Shift => Atom::Shift(number()? as i8),
            WordClass::Decade => Atom::Decade(number()?),
            WordClass::Unit => {
                let unit = word.value.chars().last()?;
                Atom::Unit(unit, word.value.trim_end_matches(unit).parse().unwrap_or(1))
            }
            _ => continue,
        };
        // A capitalised language writes months and weekdays with a capital ("march" is a walk, "may" a verb).
        let lower_month = matches!(found, Atom::Month(_) | Atom::Weekday(_))
            && token.shape == Shape::Lower
            && cx.page.paragraphs[token.paragraph as usize].case != crate::text::CaseHabit::Lower;
        if !lower_month {
            return Some((found, hit.tokens.end, hit.clitic));
        }
    }
    None
}

pub(super) fn is_mark(cx: &Context<'_, '_>, t: u32, marks: &[&str]) -> bool {
    cx.page.tokens.get(t as usize).is_some_and(|k| k.kind == TokenKind::Mark) && marks.contains(&cx.page.raw(t))
}

pub(super) fn number_after(cx: &Context<'_, '_>, t: u32, marks: &[&str]) -> Option<(Atom, u32)> {
    let t = if is_mark(cx, t, marks) { t + 1 } else { t };
    match atom(cx, t)? {
        (a @ (Atom::Small(_) | Atom::Year(_)), end, _) => Some((a, end)),
        _ => None,
    }
}

pub(super) fn expression(cx: &Context<'_, '_>, t: u32) -> Option<(u32, u32, Expression)> {
    let (first, mut end, clitic) = atom(cx, t)?;
    match first {
        Atom::Year(year) => {
            // 2015-11-21, 2015/11/21
            let (m, next) = joined_number(cx, end)?;
            let (d, next) = joined_number(cx, next)?;
            numeric(cx, year, m, d, next).map(|date| (next, clitic, date))
        }
        Atom::Small(day) => {
            if let Some((month, next)) = joined_number(cx, end) {
                // 21/11/2015
                if is_mark(cx, next, &["/", "-", "."])
                    && let Some((Atom::Year(year), next, _)) = atom(cx, next + 1)
                {
                    return numeric(cx, year, month, day, next)
                        .or_else(|| numeric(cx, year, day, month, next))
                        .map(|date| (next, clitic, date));
                }
                return None;
            }
            // «26 / 5 / 1436»: the same mark twice, with blanks, and a year behind it.
            if let Some(mark) = ["/", "-"].into_iter().find(|mark| is_mark(cx, end, &[mark]))
                && let Some((Atom::Small(month), next, _)) = atom(cx, end + 1)
                && is_mark(cx, next, &[mark])
                && let Some((Atom::Year(year), next, _)) = atom(cx, next + 1)
                && cx.same_sentence(t, next - 1)
            {
                return numeric(cx, year, month, day, next).map(|date| (next, clitic, date));
            }
            let of = if matches!(cx.page.word(end), "of" | "من") { end + 1 } else { end };
            let (month, next, _) = atom(cx, of)?;
            match month {
                Atom::Month(month) => {
                    let next = second_month_name(cx, next);
                    match number_after(cx, next, &[",", "،"]) {
                        Some((Atom::Year(year), next)) => {
                            Date::day(year, month, day).map(|d| (next, clitic, Expression::Absolute(d)))
                        }
                        _ => Some((next, clitic, Expression::DayOfMonth { month, day })),
                    }
                }
                Atom::HijriMonth(month) => match number_after(cx, next, &[",", "،"]) {
                    Some((Atom::Year(year), next)) => Some((next, clitic, hijri(Some(year), Some(month), Some(day)))),
                    _ => Some((next, clitic, hijri(None, Some(month), Some(day)))),
                },
                _ => None,
            }
        }
        Atom::Month(month) => {
            end = second_month_name(cx, end);
            match number_after(cx, end, &[]) {
                Some((Atom::Small(day), next)) => match number_after(cx, next, &[",", "،"]) {
                    Some((Atom::Year(year), next)) => {
                        Date::day(year, month, day).map(|d| (next, clitic, Expression::Absolute(d)))
                    }
                    _ => Some((next, clitic, Expression::DayOfMonth { month, day })),
                },
                Some((Atom::Year(year), next)) => {
                    Date::month(year, month).map(|d| (next, clitic, Expression::Absolute(d)))
                }
                _ => {
                    if is_mark(cx, end, &[",", "،"])
                        && let Some((Atom::Year(year), next, _)) = atom(cx, end + 1)
                    {
                        return Date::month(year, month).map(|d| (next, clitic, Expression::Absolute(d)));
                    }
                    let (shift, end) = shift_after(cx, end);
                    // "May" and "March" alone are words too: something must say that a month is meant.
                    let word = cx.page.word(t);
                    let before = t.checked_sub(1).map(|b| cx.page.word(b)).unwrap_or_default();
                    let unsure = word.len() <= 5 && cx.gazetteer.is_common(word);
                    (!unsure
                        || shift != 0
                        || matches!(before, "in" | "last" | "next" | "since" | "until" | "early" | "late"))
                    .then_some((end, clitic, Expression::Month { month, shift }))
                }
            }
        }
        Atom::HijriMonth(month) => match number_after(cx, end, &[]) {
            Some((Atom::Year(year), next)) => Some((next, clitic, hijri(Some(year), Some(month), None))),
            _ => None,
        },
        Atom::Weekday(day) => {
            // "Thursday, November 19, 2015", «الخميس 19 نوفمبر»: the number decides, the weekday goes with it.
            let next = if is_mark(cx, end, &[",", "،"]) { end + 1 } else { end };
            if cx.same_sentence(t, next)
                && matches!(atom(cx, next), Some((Atom::Small(_) | Atom::Month(_), _, _)))
                && let Some((
                    e,
                    _,
                    what @ (Expression::Absolute(_) | Expression::DayOfMonth { .. } | Expression::Hijri { .. }),
                )) = expression(cx, next)
            {
                return Some((e, clitic, what));
            }
            let (shift, end) = shift_after(cx, end);
            Some((end, clitic, Expression::Weekday { day, shift }))
        }
        Atom::Day(days) => {
            // «اليوم الاثنين», «أمس (الثلاثاء)»: one day, told twice.
            let bracket = is_mark(cx, end, &["(", "«"]);
            let next = end + u32::from(bracket);
            if cx.same_sentence(t, next)
                && let Some((Atom::Weekday(_), e, 0)) = atom(cx, next)
            {
                end = e + u32::from(bracket && is_mark(cx, e, &[")", "»"]));
            }
            Some((end, clitic, Expression::Offset(days)))
        }
        Atom::Shift(shift) => match atom(cx, end)? {
            // "last Monday", "next March"
            (Atom::Weekday(day), end, _) => Some((end, clitic, Expression::Weekday { day, shift })),
            (Atom::Month(month), end, _) => Some((end, clitic, Expression::Month { month, shift })),
            _ => None,
        },
        Atom::Decade(year) => Some((end, clitic, Expression::Decade(year))),
        // Needs more beside it: see `periods`.
        Atom::Unit(..) => None,
    }
}

fn hijri(year: Option<i16>, month: Option<u8>, day: Option<u8>) -> Expression {
    Expression::Hijri { year, month, day, said: None }
}

/// A day written in figures, in the calendar that its year belongs to. Nobody's news are of the fifteenth century.
fn numeric(cx: &Context<'_, '_>, year: i16, month: u8, day: u8, next: u32) -> Option<Expression> {
    if (1300..=1500).contains(&year) {
        let islamic = periods::is_hijri_mark(cx, next) || (1340..=1500).contains(&year);
        return (islamic && (1..=12).contains(&month) && (1..=30).contains(&day))
            .then(|| hijri(Some(year), Some(month), Some(day)));
    }
    Date::day(year, month, day).map(Expression::Absolute)
}

/// «الماضي», «المقبل» after a weekday or month.
fn shift_after(cx: &Context<'_, '_>, t: u32) -> (i8, u32) {
    match atom(cx, t) {
        Some((Atom::Shift(shift), end, _)) if cx.page.tokens[t as usize].shape == Shape::Caseless => (shift, end),
        _ => (0, t),
    }
}

/// The second name of the same month: «نوفمبر/ تشرين الثاني», «تموز (يوليو)».
fn second_month_name(cx: &Context<'_, '_>, t: u32) -> u32 {
    if !is_mark(cx, t, &["/", "(", "-"]) {
        return t;
    }
    match atom(cx, t + 1) {
        Some((Atom::Month(_), end, _)) => end + u32::from(is_mark(cx, t, &["("]) && is_mark(cx, end, &[")"])),
        _ => t,
    }
}

/// `-11` or `/11` glued to what stands before.
fn joined_number(cx: &Context<'_, '_>, t: u32) -> Option<(u8, u32)> {
    let glued = cx.page.tokens.get(t as usize).is_some_and(|k| !k.spaced);
    if !glued || !is_mark(cx, t, &["-", "/", "."]) {
        return None;
    }
    match atom(cx, t + 1)? {
        (Atom::Small(n), end, _) if !cx.page.tokens[t as usize + 1].spaced => Some((n, end)),
        _ => None,
    }
}
