//! Hashes of passwords: argon2id in PHC form, computed in memory that is kept.
//!
//! A computation needs many megabytes for some milliseconds. Fresh ones each time would stay behind, once for every thread
//! that ever checked a password; so one piece is kept between computations, wiped, and taken by whoever is next. Those who
//! compute at the same moment get memory of their own, which goes when they are done: callers limit how many they are.

use std::mem;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Version};
use parking_lot::Mutex;
use zeroize::Zeroize as _;

use crate::keys::random_bytes;

pub use argon2::Params;

static KEPT: Mutex<Vec<Block>> = Mutex::new(Vec::new());

/// Why a hash cannot be computed or read.
#[derive(Debug, Clone, Copy, thiserror::Error)]
pub enum HashError {
    /// Parameters that argon2 cannot work with.
    #[error("argon2id: {0}")]
    Argon2(#[from] argon2::password_hash::Error),
    /// A text in another form than PHC's.
    #[error("a password hash: {0}")]
    Form(#[from] argon2::password_hash::phc::Error),
}

/// Hashes a new password with a fresh salt. Takes a thread for some ten milliseconds.
///
/// # Errors
/// Parameters that argon2 cannot work with.
pub fn hash(params: &Params, password: &[u8]) -> Result<String, HashError> {
    let salt = Salt::new(&random_bytes::<16>())?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params)?,
        hash: Some(compute(Algorithm::Argon2id, Version::V0x13, params, password, &salt)?),
        salt: Some(salt),
    };
    Ok(hash.to_string())
}

/// Compares a password with a stored hash in constant time, with the parameters of that hash.
///
/// # Errors
/// A stored text that is no hash.
pub fn verify(password: &[u8], stored: &str) -> Result<bool, HashError> {
    let stored = PasswordHash::new(stored)?;
    let (Some(salt), Some(expected)) = (&stored.salt, &stored.hash) else { return Ok(false) };
    let algorithm = Algorithm::try_from(stored.algorithm.as_str())?;
    let version = stored.version.map(Version::try_from).transpose();
    let version = version.map_err(argon2::password_hash::Error::from)?.unwrap_or_default();
    let computed = compute(algorithm, version, &Params::try_from(&stored)?, password, salt)?;
    // `Output` compares in constant time.
    Ok(*expected == computed)
}

fn compute(
    algorithm: Algorithm,
    version: Version,
    params: &Params,
    password: &[u8],
    salt: &[u8],
) -> Result<Output, HashError> {
    let argon2 = Argon2::new(algorithm, version, params.clone());
    let mut buffer = [0; Output::MAX_LENGTH];
    let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
    let output = buffer.get_mut(..length).ok_or(argon2::password_hash::Error::OutputSize)?;

    let mut blocks = mem::take(&mut *KEPT.lock());
    blocks.resize(params.block_count(), Block::new());
    let computed = argon2.hash_password_into_with_memory(password, salt, output, &mut blocks);
    blocks.iter_mut().for_each(|block| block.zeroize());
    *KEPT.lock() = blocks;
    computed.map_err(argon2::password_hash::Error::from)?;
    Ok(Output::new(output)?)
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHasher as _, PasswordVerifier as _};

    use super::*;

    #[test]
    fn the_library_verifies_our_hashes_and_we_those_of_the_library() {
        for (memory, passes) in [(8, 1), (64, 3), (19 * 1024, 2)] {
            let params = Params::new(memory, passes, 1, None).unwrap();
            let library = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
            let ours = hash(&params, b"correct yak sandpaper").unwrap();
            assert!(ours.starts_with(&format!("$argon2id$v=19$m={memory},t={passes},p=1$")), "{ours}");
            assert!(library.verify_password(b"correct yak sandpaper", ours.as_str()).is_ok());
            assert!(verify(b"correct yak sandpaper", &ours).unwrap());
            assert!(!verify(b"correct yak sandpapers", &ours).unwrap());
            let theirs = library.hash_password(b"correct yak sandpaper").unwrap().to_string();
            assert!(verify(b"correct yak sandpaper", &theirs).unwrap());
            assert!(!verify(b"", &theirs).unwrap());
        }
        assert!(verify(b"x", "no hash").is_err());
    }

    #[test]
    fn many_at_once_do_not_meet_in_one_memory() {
        let params = Params::new(256, 1, 1, None).unwrap();
        std::thread::scope(|scope| {
            for number in 0..8 {
                let params = &params;
                scope.spawn(move || {
                    let password = format!("password {number}");
                    let hash = hash(params, password.as_bytes()).unwrap();
                    for _ in 0..20 {
                        assert!(verify(password.as_bytes(), &hash).unwrap());
                        assert!(!verify(b"another", &hash).unwrap());
                    }
                });
            }
        });
    }
}
