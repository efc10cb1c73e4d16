//! The answers of AUTH PLAIN (RFC 4616) and AUTH LOGIN.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What a client proves itself with. It has no Debug, so that a password cannot get into a log.
pub struct Credentials {
    /// The name: here always an address.
    pub name: String,
    /// The password.
    pub password: String,
}

/// The questions of AUTH LOGIN, as they go on the wire after `334 `: "Username:" and "Password:".
pub const LOGIN_QUESTIONS: [&str; 2] = ["VXNlcm5hbWU6", "UGFzc3dvcmQ6"];

/// Longest answer that we read (RFC 4954 section 4 asks for 12288).
pub const MAX_ANSWER: usize = 12_288;

/// Reads the base64 of one answer; `=` stands for an empty initial answer.
pub fn decode_answer(line: &str) -> Option<String> {
    if line == "=" {
        return Some(String::new());
    }
    String::from_utf8(STANDARD.decode(line.trim()).ok()?).ok()
}

/// Reads the answer of PLAIN: `authorize-as NUL name NUL password`. To act for another is not offered, so the first
/// part must be empty or equal to the name.
pub fn read_plain(answer: &str) -> Option<Credentials> {
    let decoded = decode_answer(answer)?;
    let mut parts = decoded.split('\0');
    let (act_for, name, password) = (parts.next()?, parts.next()?, parts.next()?);
    let ok = parts.next().is_none() && !name.is_empty() && !password.is_empty();
    let own = act_for.is_empty() || act_for.eq_ignore_ascii_case(name);
    (ok && own).then(|| Credentials { name: name.to_owned(), password: password.to_owned() })
}

/// Reads the two answers of LOGIN.
pub fn read_login(name: &str, password: &str) -> Option<Credentials> {
    let (name, password) = (decode_answer(name)?, decode_answer(password)?);
    (!name.is_empty() && !password.is_empty()).then_some(Credentials { name, password })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_plain_and_login() {
        let plain = read_plain(&STANDARD.encode("\0ada@example.com\0s e c")).expect("credentials");
        assert_eq!((plain.name.as_str(), plain.password.as_str()), ("ada@example.com", "s e c"));
        assert!(read_plain(&STANDARD.encode("ada\0ada\0x")).is_some());
        let login = read_login("YWRh", "c2Vj").expect("credentials");
        assert_eq!((login.name.as_str(), login.password.as_str()), ("ada", "sec"));
    }

    #[test]
    fn refuses_what_is_malformed_or_acts_for_another() {
        for bad in ["root\0ada\0x", "\0ada\0", "\0\0x", "ada", "\0ada\0x\0y"] {
            assert!(read_plain(&STANDARD.encode(bad)).is_none(), "{bad:?}");
        }
        assert!(read_plain("***").is_none());
        assert!(read_plain(&STANDARD.encode(b"\0a\0\xff")).is_none());
        assert!(read_login("YWRh", "=").is_none());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,60}") {
            let _ = read_plain(&text);
            let _ = read_login(&text, &text);
        }
    }
}
