//! The keyed hashes by which a telephone number and a postal address are found on the suppression list.

use mailkeep_policy::{LookupKind, Policy};

use super::PostalAddress;

/// The hash of a telephone number in the form `+` and digits.
pub fn phone_lookup(policy: &Policy, phone: &str) -> [u8; 32] {
    policy.lookup_hash(LookupKind::Phone, phone)
}

/// The hash of a postal address, whatever its capital letters, blanks and full stops.
pub fn postal_lookup(policy: &Policy, postal: &PostalAddress) -> [u8; 32] {
    let parts = postal.lines.iter().chain([&postal.postal_code, &postal.city, &postal.country]);
    let plain: Vec<String> = parts
        .map(|part| part.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect())
        .collect();
    policy.lookup_hash(LookupKind::Other, &format!("postal:{}", plain.join("\n")))
}
