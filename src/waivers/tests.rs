//! Waivers against findings.
