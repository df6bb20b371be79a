//! Days of the calendar, in UTC: what is said of a moment, and what can be written in a file.
//!
//! No clock is read here: a report has to say the same on every run.

use jiff::tz::Offset;
use jiff::{Timestamp, civil};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A day: `2026-03-01`. Days are ordered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(civil::Date);

impl Date {
    /// The day of a moment, in seconds since 1970.
    pub(crate) fn of(seconds: i64) -> Self {
        Self(at(seconds).date())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_string())
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = || {
            let shown: String = text.chars().take(30).map(|c| if c.is_control() { '?' } else { c }).collect();
            format!("`{shown}` is not a day; write year, month and day, as in 2026-03-31")
        };
        // The library takes more forms than this one.
        let form = |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
        if text.len() != 10 || !text.bytes().enumerate().all(form) {
            return Err(refuse());
        }
        text.parse().map(Self).map_err(|_| refuse())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Day;
        impl serde::de::Visitor<'_> for Day {
            type Value = Date;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day, as in 2026-03-31")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Day)
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "A day: 2026-03-31."
        })
    }
}

/// The day of a moment in UTC, given in seconds since 1970: `2026-03-01`.
pub(crate) fn date(seconds: i64) -> String {
    at(seconds).date().to_string()
}

/// A moment in UTC, given in seconds since 1970, by RFC 3339: `2026-03-01T12:30:00Z`.
pub(crate) fn moment(seconds: i64) -> String {
    format!("{}Z", at(seconds))
}

/// Commits can claim any time; years of four digits are kept readable.
fn at(seconds: i64) -> civil::DateTime {
    let first = Offset::UTC.to_timestamp(civil::datetime(0, 1, 1, 0, 0, 0, 0)).map_or(0, Timestamp::as_second);
    let moment = Timestamp::from_second(seconds.clamp(first, Timestamp::MAX.as_second())).unwrap_or_default();
    Offset::UTC.to_datetime(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_of_the_calendar() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(1_709_164_800), "2024-02-29");
        assert_eq!(date(-1), "1969-12-31");
        assert_eq!(date(951_782_400), "2000-02-29");
        assert_eq!((date(i64::MAX).as_str(), date(i64::MIN).as_str()), ("9999-12-30", "0000-01-01"));
        assert_eq!(moment(1_709_210_045), "2024-02-29T12:34:05Z");
        assert_eq!(moment(-1), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn only_days_of_the_calendar_are_read() {
        for good in ["2026-03-31", "2024-02-29", "2000-02-29", "0001-01-01"] {
            assert_eq!(good.parse::<Date>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "2026-3-1",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "31.03.2026",
            "2026-03-31T00:00",
            "2026/03/31",
            "２０２６-03-31",
            "+026-03-31",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
        assert!(Date::of(0) < Date::of(86_400));
    }
}
