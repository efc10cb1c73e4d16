//! Whom a note names.

use std::collections::BTreeMap;

use mailkeep_types::StaffId;

/// So many people a note names at most.
const MOST: usize = 20;

/// The colleagues whom a text names as `@login`. A login is taken as a whole, so `@tove` is not in `@tovell` nor in an address.
pub fn mentioned(words: &str, colleagues: &BTreeMap<StaffId, String>) -> Vec<StaffId> {
    let is_login = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    let mut found = Vec::new();
    let mut before = None;
    for (at, sign) in words.char_indices() {
        let begins = sign == '@' && !before.is_some_and(|c: char| c.is_alphanumeric() || ".-_".contains(c));
        before = Some(sign);
        if !begins {
            continue;
        }
        let rest = words.get(at + 1..).unwrap_or_default();
        let name: String = rest.chars().take_while(|c| is_login(*c)).collect();
        // A full stop ends the sentence, not the name.
        let name = name.trim_end_matches(['.', '-', '_']).to_lowercase();
        let who = colleagues.iter().find(|(_, login)| **login == name).map(|(id, _)| *id);
        if let Some(who) = who.filter(|who| !found.contains(who)) {
            found.push(who);
        }
    }
    found.truncate(MOST);
    found
}

#[cfg(test)]
mod tests {
    use mailkeep_types::StaffId;
    use uuid::Uuid;

    use super::mentioned;

    #[test]
    fn a_name_is_found_as_a_whole_and_an_address_names_nobody() {
        let id = |n| StaffId::from_uuid(Uuid::from_u128(n));
        let known = [(id(1), "tove"), (id(2), "tove.b"), (id(3), "support-3")];
        let known = known.map(|(id, login)| (id, login.to_owned())).into();
        for (words, found) in [
            ("@tove please look", &[1][..]),
            ("Please look, @Tove.", &[1]),
            ("(@tove.b) and @support-3, and @tove.b again", &[2, 3]),
            ("@tovell @nobody @ tove", &[]),
            ("write to ada@tove or x.@tove", &[]),
            ("é@tove", &[]),
            ("@@tove", &[1]),
        ] {
            let wanted: Vec<_> = found.iter().map(|n| id(*n)).collect();
            assert_eq!(mentioned(words, &known), wanted, "{words}");
        }
    }
}
