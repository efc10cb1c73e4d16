//! Secrets: passwords, tokens and codes, and how they are hashed.

pub(crate) mod codes;
pub(crate) mod passwords;
pub(crate) mod strength;
pub(crate) mod tokens;
pub(crate) mod totp;

use zeroize::Zeroizing;

/// A secret text in memory: it cannot be printed, and is overwritten when it is dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a secret, e.g. the field of a form.
    pub fn new(text: impl Into<String>) -> Self {
        Secret(Zeroizing::new(text.into()))
    }

    /// The text itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Secret::new(text)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // A machine without a random source can do nothing safely; the process must not go on.
    getrandom::fill(&mut bytes).expect("the operating system's random source answers");
    bytes
}
