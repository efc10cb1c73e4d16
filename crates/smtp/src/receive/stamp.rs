//! What is put on top of a message before it goes into mailboxes, and what is taken out because only we may say it.

use mailkeep_protocols::smtp::{Field, HeaderSection};

/// Puts `fields` on top, and removes earlier `Return-Path` fields and the `Authentication-Results` that claim to be
/// ours (RFC 8601 section 5).
pub(crate) fn stamp(message: Vec<u8>, host_name: &str, fields: &str) -> Vec<u8> {
    let section = HeaderSection::of(&message);
    let forged = |field: &Field<'_>| {
        field.is("Return-Path")
            || (field.is("Authentication-Results") && claims_to_be(&field.value(), host_name))
    };
    let message = match section.without(forged) {
        Some(cleaned) => cleaned,
        None => message,
    };
    let mut out = Vec::with_capacity(fields.len() + message.len());
    out.extend_from_slice(fields.as_bytes());
    out.extend_from_slice(&message);
    out
}

/// True when the value of an `Authentication-Results` names this host as the one that evaluated. Comments before the
/// name and quotes around it do not hide it.
fn claims_to_be(value: &str, host_name: &str) -> bool {
    let mut depth = 0usize;
    let mut name = String::new();
    for c in value.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            ';' => break,
            c if c.is_whitespace() && name.is_empty() => {}
            c if c.is_whitespace() => break,
            '"' | '\\' => {}
            c => name.push(c),
        }
    }
    name.trim_end_matches('.').eq_ignore_ascii_case(host_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forged_results_go_and_others_stay() {
        let message = b"Authentication-Results: MX.example.com 1; spf=pass\r\n\
            Authentication-Results:\r\n (hi) \"mx.example.com\"; dkim=pass\r\n\
            Authentication-Results: other.example; dkim=pass\r\nReturn-Path: <x@y.example>\r\nSubject: a\r\n\r\nb\r\n";
        let out = stamp(message.to_vec(), "mx.example.com", "Received: by us\r\n");
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "Received: by us\r\nAuthentication-Results: other.example; dkim=pass\r\nSubject: a\r\n\r\nb\r\n"
        );
    }
}
