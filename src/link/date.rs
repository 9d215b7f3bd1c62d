//! Which day of the calendar does a date expression mean, seen from the day of publication?
//!
//! ```text
//! published Saturday 2015-11-21:  "Thursday" ─► 2015-11-19   «أمس» ─► 2015-11-20   "March" ─► 2015-03
//!                                 "last week" ─► 2015-W46    "12-14 March" ─► 2015-03-12/2015-03-14
//! ```
//!
//! The answer is written as ISO 8601 has it: a day, month, year, week, a decade (`199X`), or two of them as an interval.
//! The only file that names the calendar crate.

use jiff::ToSpan;
use jiff::civil;

use crate::date::Date;
use crate::find::dates::{Expression, Unit};

/// The date meant, or `None` where it hangs on a day of publication that nobody knows.
///
/// `ahead` says that the clause speaks of the future: "will meet on Thursday" is the Thursday to come.
pub(crate) fn resolve(expression: &Expression, published: Option<Date>, ahead: bool) -> Option<String> {
    let anchor = published.and_then(civil_day);
    match expression {
        Expression::Unit { unit: Unit::Week, shift } => {
            let day = anchor?.checked_add((7 * i64::from(*shift)).days()).ok()?;
            let week = day.iso_week_date();
            Some(format!("{:04}-W{:02}", week.year(), week.week()))
        }
        Expression::Unit { unit: Unit::Decade, shift } => decade(published?.year.checked_add(shift.checked_mul(10)?)?),
        Expression::Decade(year) => decade(*year),
        // A month or a year of theirs lies across several of ours.
        Expression::Hijri { year, month, day: None, .. } => {
            let (first, last) = (month.unwrap_or(1), month.unwrap_or(12));
            let (next_year, next) = if last == 12 { (year.as_ref()? + 1, 1) } else { (*year.as_ref()?, last + 1) };
            let end = civil_day(hijri((*year)?, first, 1)?).zip(civil_day(hijri(next_year, next, 1)?));
            let (start, end) = end.and_then(|(start, end)| Some((start, end.yesterday().ok()?)))?;
            Some(format!("{}/{}", from_civil(start)?, from_civil(end)?))
        }
        Expression::Range(ends) => {
            let (from, to) = (&ends.0, &ends.1);
            let first = single(from, published, ahead)?;
            // The end of a stretch follows its beginning: "from Monday to Thursday", told on Tuesday.
            let after = |last: &Date| *last > first;
            let last =
                single(to, published, ahead).filter(after).or_else(|| single(to, published, true).filter(after))?;
            Some(format!("{first}/{last}"))
        }
        other => single(other, published, ahead).map(|date| date.to_string()),
    }
}

fn decade(year: i16) -> Option<String> {
    (year > 0).then(|| format!("{:03}X", year / 10))
}

/// One that is a day, a month or a year.
fn single(expression: &Expression, published: Option<Date>, ahead: bool) -> Option<Date> {
    let anchor = published.and_then(civil_day);
    match *expression {
        Expression::Absolute(date) => Some(date),
        Expression::DayOfMonth { month, day } => {
            let anchor = anchor?;
            let year = nearest_year(anchor, month, day, ahead);
            Date::day(year, month, day)
        }
        Expression::Month { month, shift } => {
            let anchor = anchor?;
            let this = anchor.year();
            let year = match (shift, ahead) {
                (-1, _) if month as i8 >= anchor.month() => this - 1,
                (1, _) if month as i8 <= anchor.month() => this + 1,
                (0, false) if month as i8 > anchor.month() => this - 1,
                (0, true) if (month as i8) < anchor.month() => this + 1,
                _ => this,
            };
            Date::month(year, month)
        }
        Expression::Weekday { day, shift } => {
            let anchor = anchor?;
            let back = (i64::from(anchor.weekday().to_monday_one_offset()) - i64::from(day)).rem_euclid(7);
            let days = match (shift, ahead) {
                (1, _) | (0, true) => {
                    if back == 0 && shift == 0 {
                        0
                    } else {
                        7 - back
                    }
                }
                (2, _) => 14 - back,
                (-1, _) if back == 0 => -7,
                (-2, _) => -7 - if back == 0 { 7 } else { back },
                _ => -back,
            };
            from_civil(anchor.checked_add(days.days()).ok()?)
        }
        Expression::Offset(days) => from_civil(anchor?.checked_add(i64::from(days).days()).ok()?),
        Expression::Unit { unit: Unit::Month, shift } => {
            let day = anchor?.first_of_month().checked_add(i64::from(shift).months()).ok()?;
            Date::month(day.year(), u8::try_from(day.month()).ok()?)
        }
        Expression::Unit { unit: Unit::Year, shift } => Some(Date::year(published?.year.checked_add(shift)?)),
        Expression::Hijri { year, month, day: Some(day), said } => {
            let month = month?;
            let of = |year: i16| hijri(year, month, day);
            let ours = match year {
                Some(year) => of(year),
                None => nearest_islamic_year(anchor?, of, ahead),
            };
            // The almanac of the writer may differ by a day or two from the tables; more would be another date.
            said.filter(|said| near(*said, ours)).or(ours)
        }
        Expression::Hijri { day: None, .. }
        | Expression::Unit { unit: Unit::Week | Unit::Decade, .. }
        | Expression::Decade(_)
        | Expression::Range(_) => None,
    }
}

/// Days by which the text's own word for a day may differ from the tables.
const ALMANACS_APART: i32 = 3;

fn near(said: Date, ours: Option<Date>) -> bool {
    let days = civil_day(said).zip(ours.and_then(civil_day)).map(|(a, b)| a.duration_until(b).as_hours() / 24);
    days.is_some_and(|days| days.abs() <= i64::from(ALMANACS_APART))
}

/// The last such day up to the day of publication, or the next one.
fn nearest_islamic_year(anchor: civil::Date, of: impl Fn(i16) -> Option<Date>, ahead: bool) -> Option<Date> {
    // Their years are 354 or 355 days long, and began in July 622.
    let about = i16::try_from((i64::from(anchor.year()) - 622) * 33 / 32).ok()?;
    let days: Vec<civil::Date> = (about - 1..=about + 2).filter_map(|year| civil_day(of(year)?)).collect();
    let day = match ahead {
        true => days.into_iter().find(|day| *day >= anchor),
        false => days.into_iter().rfind(|day| *day <= anchor),
    };
    from_civil(day?)
}

fn civil_day(date: Date) -> Option<civil::Date> {
    civil::Date::new(date.year, i8::try_from(date.month?).ok()?, i8::try_from(date.day?).ok()?).ok()
}

fn from_civil(day: civil::Date) -> Option<Date> {
    Date::day(day.year(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?)
}

/// A day without a year is the nearest such day behind the day of publication, or ahead of it.
fn nearest_year(anchor: civil::Date, month: u8, day: u8, ahead: bool) -> i16 {
    let this = (month as i8, day as i8);
    let now = (anchor.month(), anchor.day());
    let months_off = i16::from(this.0) - i16::from(now.0);
    if ahead && this < now {
        anchor.year() + 1
    } else if !ahead && this > now && months_off > 1 {
        anchor.year() - 1
    } else {
        anchor.year()
    }
}

/// The arithmetical Islamic calendar, as E. M. Reingold and N. Dershowitz, "Calendrical Calculations", give it: years 2, 5,
/// 7, 10, 13, 16, 18, 21, 24, 26 and 29 of thirty have a day more, and day 1 is 16 July 622 of the Julian calendar. A day
/// may be off by one, seldom two, from the Umm al-Qura almanac of Saudi Arabia and from calendars by sighting.
fn hijri(year: i16, month: u8, day: u8) -> Option<Date> {
    if !(1..=12).contains(&month) || !(1..=2000).contains(&year) || !(1..=30).contains(&day) {
        return None;
    }
    let (y, m, d) = (i64::from(year), i64::from(month), i64::from(day));
    // Days counted from 1 January of the year 1 of our calendar.
    const EPOCH: i64 = 227_015;
    const UNIX: i64 = 719_163;
    let fixed = d + 29 * (m - 1) + (6 * m - 1) / 11 + (y - 1) * 354 + (3 + 11 * y) / 30 + EPOCH - 1;
    from_civil(civil::Date::new(1970, 1, 1).ok()?.checked_add((fixed - UNIX).days()).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(expression: Expression, ahead: bool) -> String {
        resolve(&expression, Date::day(2015, 11, 21), ahead).unwrap_or_else(|| "none".into())
    }

    #[test]
    fn seen_from_a_saturday() {
        assert_eq!(on(Expression::Weekday { day: 4, shift: 0 }, false), "2015-11-19");
        assert_eq!(on(Expression::Weekday { day: 4, shift: 0 }, true), "2015-11-26");
        assert_eq!(on(Expression::Weekday { day: 6, shift: 0 }, false), "2015-11-21");
        assert_eq!(on(Expression::Weekday { day: 6, shift: -1 }, false), "2015-11-14");
        assert_eq!(on(Expression::Weekday { day: 1, shift: 1 }, false), "2015-11-23");
        assert_eq!(on(Expression::Offset(-1), false), "2015-11-20");
        assert_eq!(on(Expression::Month { month: 2, shift: -1 }, false), "2015-02");
        assert_eq!(on(Expression::Month { month: 12, shift: 0 }, false), "2014-12");
        assert_eq!(on(Expression::DayOfMonth { month: 11, day: 19 }, false), "2015-11-19");
        assert_eq!(on(Expression::DayOfMonth { month: 1, day: 5 }, true), "2016-01-05");
    }

    #[test]
    fn stretches() {
        let unit = |unit, shift| on(Expression::Unit { unit, shift }, false);
        assert_eq!(unit(Unit::Week, -1), "2015-W46");
        assert_eq!(unit(Unit::Week, 7), "2016-W01");
        assert_eq!(unit(Unit::Month, 2), "2016-01");
        assert_eq!(unit(Unit::Year, -10), "2005");
        assert_eq!(unit(Unit::Decade, -1), "200X");
        let range = |from, to, ahead| on(Expression::Range(Box::new((from, to))), ahead);
        let weekday = |day| Expression::Weekday { day, shift: 0 };
        assert_eq!(range(weekday(1), weekday(3), false), "2015-11-16/2015-11-18");
        assert_eq!(range(weekday(5), weekday(7), false), "2015-11-20/2015-11-22");
        assert_eq!(range(weekday(1), weekday(3), true), "2015-11-23/2015-11-25");
        let day = |month, day| Expression::DayOfMonth { month, day };
        assert_eq!(range(day(3, 12), day(3, 14), false), "2015-03-12/2015-03-14");
        assert_eq!(range(day(12, 30), day(1, 2), true), "2015-12-30/2016-01-02");
        let absolute = |year| Expression::Absolute(Date::year(year));
        assert_eq!(range(absolute(2010), absolute(2015), false), "2010/2015");
        assert_eq!(range(absolute(2015), absolute(2010), false), "none");
    }

    fn of(year: i16, month: u8, day: u8) -> Expression {
        Expression::Hijri { year: Some(year), month: Some(month), day: Some(day), said: None }
    }

    #[test]
    fn islamic_calendar() {
        // A day of the sample table of "Calendrical Calculations", and two new years of the arithmetical calendar.
        assert_eq!(on(of(1364, 12, 6), false), "1945-11-12");
        assert_eq!(on(of(1437, 1, 1), false), "2015-10-15");
        assert_eq!(on(of(1, 1, 1), false), "0622-07-19");
        let month = Expression::Hijri { year: Some(1436), month: Some(9), day: None, said: None };
        assert_eq!(on(month, false), "2015-06-18/2015-07-17");
        let year = Expression::Hijri { year: Some(1437), month: None, day: None, said: None };
        assert_eq!(on(year, false), "2015-10-15/2016-10-02");
        let unsaid = |month, day| Expression::Hijri { year: None, month: Some(month), day: Some(day), said: None };
        assert_eq!(on(unsaid(1, 1), false), "2015-10-15");
        assert_eq!(on(unsaid(1, 1), true), "2016-10-03");
    }

    #[test]
    fn the_text_knows_its_almanac() {
        let said =
            |day| Expression::Hijri { year: Some(1436), month: Some(10), day: Some(10), said: Date::day(2015, 7, day) };
        assert_eq!(on(said(26), false), "2015-07-26");
        assert_eq!(on(said(3), false), "2015-07-27");
    }

    #[test]
    fn without_a_day_of_publication() {
        assert_eq!(resolve(&Expression::Offset(0), None, false), None);
        assert_eq!(resolve(&Expression::Weekday { day: 1, shift: 0 }, Some(Date::year(2015)), false), None);
        let week = Expression::Unit { unit: Unit::Week, shift: -1 };
        assert_eq!(resolve(&week, Some(Date::year(2015)), false), None);
    }
}
