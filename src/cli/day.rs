//! A day as it is typed: `2026-03-01`.

use std::str::FromStr;

/// The first second of a day in UTC, since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day(pub(crate) i64);

impl FromStr for Day {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let wrong = || "write a day as in 2026-03-01".to_owned();
        let parts: Vec<&str> = typed.split('-').collect();
        let [year, month, day] = parts[..] else { return Err(wrong()) };
        let number = |text: &str, digits: usize| {
            let is_plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
            if is_plain { text.parse::<i64>().map_err(|_| wrong()) } else { Err(wrong()) }
        };
        let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + i64::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return Err(wrong()),
        };
        if !(1..=days).contains(&day) {
            return Err(wrong());
        }
        // Howard Hinnant's days_from_civil: eras of 400 years that begin in March.
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Ok(Self((era * 146_097 + day_of_era - 719_468) * 86_400))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_of_the_calendar() {
        for typed in ["1970-01-01", "2024-02-29", "1969-12-31", "2000-02-29", "9999-12-31", "0001-03-01"] {
            let Day(seconds) = typed.parse().expect("it is a day");
            assert_eq!(crate::git::words::date(seconds), typed);
        }
        for typed in ["", "2026", "2026-1-1", "2026-13-01", "2026-02-29", "2026-00-10", "2026-01-00", "+026-01-01", "a"] {
            assert!(typed.parse::<Day>().is_err(), "{typed}");
        }
    }
}
