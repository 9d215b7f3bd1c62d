//! Which day of the calendar does a date expression mean, seen from the day of publication?
//!
//! ```text
//! published Saturday 2015-11-21:  "Thursday" ─► 2015-11-19   «أمس» ─► 2015-11-20   "March" ─► 2015-03
//! ```
//!
//! The only file that names the calendar crate.

use jiff::ToSpan;
use jiff::civil;

use crate::date::Date;
use crate::find::dates::Expression;

/// The date meant, or `None` where it hangs on a day of publication that nobody knows.
///
/// `ahead` says that the clause speaks of the future: "will meet on Thursday" is the Thursday to come.
pub(crate) fn resolve(expression: Expression, published: Option<Date>, ahead: bool) -> Option<Date> {
    let anchor = published.and_then(civil_day);
    match expression {
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
                (-1, _) if back == 0 => -7,
                _ => -back,
            };
            from_civil(anchor.checked_add(days.days()).ok()?)
        }
        Expression::Offset(days) => from_civil(anchor?.checked_add(i64::from(days).days()).ok()?),
        Expression::Hijri { year, month, day } => hijri(year?, month, day),
    }
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

/// The tabular Islamic calendar, civil epoch (day 1 is 16 July 622 of the Julian calendar): within a day or two of the
/// calendars by sighting, so that only the day is uncertain.
fn hijri(year: i16, month: u8, day: Option<u8>) -> Option<Date> {
    if !(1..=12).contains(&month) || !(1..=2000).contains(&year) {
        return None;
    }
    let (y, m, d) = (i64::from(year), i64::from(month), i64::from(day.unwrap_or(15)));
    let julian = (11 * y + 3) / 30 + 354 * y + 30 * m - (m - 1) / 2 + d + 1_948_440 - 385;
    // Julian day 2,440,588 is 1970-01-01.
    let day_of = civil::Date::new(1970, 1, 1).ok()?.checked_add((julian - 2_440_588).days()).ok()?;
    match day {
        Some(_) => from_civil(day_of),
        None => Date::month(day_of.year(), u8::try_from(day_of.month()).ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(expression: Expression, ahead: bool) -> String {
        resolve(expression, Date::day(2015, 11, 21), ahead).map_or("none".into(), |d| d.to_string())
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
    fn islamic_calendar() {
        // 1 Muharram 1437 was 14 October 2015 in the tabular civil calendar.
        assert_eq!(on(Expression::Hijri { year: Some(1437), month: 1, day: Some(1) }, false), "2015-10-15");
    }

    #[test]
    fn without_a_day_of_publication() {
        assert_eq!(resolve(Expression::Offset(0), None, false), None);
        assert_eq!(resolve(Expression::Weekday { day: 1, shift: 0 }, Some(Date::year(2015)), false), None);
    }
}
