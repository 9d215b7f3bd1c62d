//! Which day, month or year is meant?
//!
//! ```text
//! "2015-11-19" ─► Date { 2015, Some(11), Some(19) }      "2014-11" ─► Date { 2014, Some(11), None }
//! ```

use std::fmt;
use std::str::FromStr;

use crate::error::Error;

/// A calendar date as exact as the text is: a day, a month or a year.
///
/// Displays and parses as ISO 8601: `2015-11-19`, `2015-11`, `2015`. Arithmetic is not its business; this is what
/// callers hand in as the day of publication and what comes out as the id of a date entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    pub(crate) year: i16,
    pub(crate) month: Option<u8>,
    pub(crate) day: Option<u8>,
}

impl Date {
    /// The day `year-month-day`, or `None` where the calendar has no such day.
    pub fn day(year: i16, month: u8, day: u8) -> Option<Self> {
        (matches!(month, 1..=12) && day >= 1 && day <= days_in(year, month)).then_some(Date {
            year,
            month: Some(month),
            day: Some(day),
        })
    }

    /// The month `year-month`, or `None` where there is no such month.
    pub fn month(year: i16, month: u8) -> Option<Self> {
        matches!(month, 1..=12).then_some(Date { year, month: Some(month), day: None })
    }

    /// The year.
    pub fn year(year: i16) -> Self {
        Date { year, month: None, day: None }
    }
}

fn days_in(year: i16, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

impl FromStr for Date {
    type Err = Error;

    /// Reads `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; a time after `T` or a space is left out of account.
    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || Error::message(format!("`{text}` is no date; write it as 2015-11-21, 2015-11 or 2015"));
        let day = text.split(['T', ' ']).next().unwrap_or_default();
        let mut parts = day.split('-');
        let mut next = |digits: usize| -> Result<Option<u16>, Error> {
            match parts.next() {
                None => Ok(None),
                Some(p) if p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()) => {
                    p.parse().map(Some).map_err(|_| bad())
                }
                Some(_) => Err(bad()),
            }
        };
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        if parts.next().is_some() {
            return Err(bad());
        }
        let year = year.ok_or_else(bad)? as i16;
        match (month, day) {
            (None, _) => Ok(Date::year(year)),
            (Some(m), None) => Date::month(year, m as u8).ok_or_else(bad),
            (Some(m), Some(d)) => Date::day(year, m as u8, d as u8).ok_or_else(bad),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        for text in ["2015-11-19", "2014-11", "1999", "2016-02-29"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        assert_eq!("2015-11-19T08:00:00Z".parse::<Date>().unwrap().to_string(), "2015-11-19");
    }

    #[test]
    fn refusals() {
        for text in ["", "yesterday", "2015-13", "2015-02-29", "2015-1-1", "2015-11-19-1", "１９９９"] {
            assert!(text.parse::<Date>().is_err(), "{text:?}");
        }
    }
}
