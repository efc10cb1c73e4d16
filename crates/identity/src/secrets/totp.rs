//! Time-based one-time codes (RFC 6238): SHA-1, six digits, 30 seconds, one step of tolerance, as every app can do.

use mailkeep_types::Timestamp;
use totp_rs::{Builder, Secret as TotpSecret, Totp};

use super::{Secret, random};
use crate::error::IdentityError;

/// Makes a secret of 160 bits, as RFC 4226 section 4 recommends.
pub(crate) fn make_secret() -> Vec<u8> {
    random::<20>().to_vec()
}

fn totp(secret: &[u8]) -> Builder {
    Builder::new().with_secret(TotpSecret::new(secret.to_vec().into_boxed_slice()))
}

/// The time step of `code` if it is right now, one step of difference tolerated.
pub(crate) fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Option<i64> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = u64::try_from(now.as_seconds()).ok()?;
    let step = totp(secret).build_noncompliant().check(&digits, seconds)?;
    i64::try_from(step).ok()
}

/// What an app is shown: the `otpauth` URI for a QR code, and the secret in base32 for typing.
pub(crate) fn describe(secret: &[u8], issuer: &str, holder: &str) -> Result<(Secret, Secret), IdentityError> {
    // A colon separates issuer and holder in the URI, so neither may have one.
    let (issuer, holder) = (issuer.replace(':', " "), holder.replace(':', " "));
    let totp: Totp = totp(secret).with_issuer(Some(issuer)).with_account_name(holder).build_noncompliant();
    let uri = totp.to_url().map_err(|error| IdentityError::Config(format!("issuer: {error}")))?;
    Ok((Secret::new(uri), Secret::new(totp.secret().to_base32())))
}

/// The code of a secret at a time: what an app would show. For tests.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn code_at(secret: &[u8], now: Timestamp) -> String {
    let seconds = u64::try_from(now.as_seconds()).unwrap_or(0);
    totp(secret).build_noncompliant().generate(seconds).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_test_vectors_of_rfc_6238() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [(59i64, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")] {
            let at = Timestamp::from_seconds(seconds);
            assert_eq!(step_of(secret, code, at), Some(seconds / 30), "{code}");
            assert_eq!(code_at(secret, at), code);
        }
    }

    #[test]
    fn tolerates_one_step_and_spaces_and_no_other_text() {
        let secret = make_secret();
        let at = Timestamp::from_seconds(1_800_000_000);
        let code = code_at(&secret, at);
        let later = |seconds: i64| Timestamp::from_seconds(1_800_000_000 + seconds);
        assert_eq!(step_of(&secret, &code, later(30)), Some(60_000_000));
        assert_eq!(step_of(&secret, &format!(" {} {}", &code[..3], &code[3..]), at), Some(60_000_000));
        assert_eq!(step_of(&secret, "12345", at), None);
        assert_eq!(step_of(&secret, "１２３４５６", at), None);
    }

    #[test]
    fn the_uri_names_issuer_and_holder() {
        let (uri, base32) = describe(b"12345678901234567890", "Larkspur: Mail", "R-7F3K-2Q9M-X").unwrap();
        assert!(uri.expose().starts_with("otpauth://totp/"), "{}", uri.expose());
        assert!(uri.expose().contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{}", uri.expose());
        assert!(uri.expose().contains("R-7F3K-2Q9M-X"));
        assert_eq!(base32.expose(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}
