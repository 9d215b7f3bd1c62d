//! Who held this office on that day?
//!
//! ```text
//! minister-foreign-affairs of country/BHR on 2015-11-21 ─► person/khalid-bin-ahmed-al-khalifa
//! ```

use crate::date::Date;
use crate::gazetteer::{Gazetteer, Key, Office};

/// The one holder on that day. `None` where nobody, or more than one person, is known to have held it, or the day is
/// unknown: an office then stays an office and becomes nobody's.
pub(crate) fn holder(gazetteer: &Gazetteer, role: &str, of: Key, day: Option<Date>) -> Option<Key> {
    let day = day?;
    let mut dated = None;
    let mut undated = None;
    for office in gazetteer.holders(role, of) {
        let slot = if office.from.is_none() && office.to.is_none() { &mut undated } else { &mut dated };
        if covers(office, day) && *slot != Some(Some(office.person)) {
            *slot = match slot {
                None => Some(Some(office.person)),
                // Two holders on one day: the list cannot tell.
                Some(_) => Some(None),
            };
        }
    }
    dated.or(undated).flatten()
}

/// Whether a person held any office of that role and country at any time.
pub(crate) fn ever_held(gazetteer: &Gazetteer, person: Key, role: &str, of: Option<Key>) -> bool {
    gazetteer.offices_of_person(person).any(|o| o.role == role && of.is_none_or(|of| o.of == of))
}

fn covers(office: Office<'_>, day: Date) -> bool {
    // Dates are compared as far as both are exact: an office that ends in 2016 covers no day of 2017.
    office.from.is_none_or(|from| from <= day) && office.to.is_none_or(|to| day <= to)
}
