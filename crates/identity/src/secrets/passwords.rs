//! argon2id on blocking threads, a limited number at once: each takes many megabytes and a core.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use mailkeep_policy::password_hashes::{self, Params};
use tokio::sync::Semaphore;

use super::{Secret, random};
use crate::config::PasswordConfig;
use crate::error::IdentityError;

/// Computes password hashes. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Hasher {
    inner: Arc<Inner>,
}

struct Inner {
    params: Params,
    turns: Semaphore,
    waiting: AtomicU32,
    most_waiting: u32,
    /// A hash of a random password: verified for identifiers that do not exist, so that they take the same time.
    nobody: String,
}

/// What a computation works with.
pub(crate) struct Computer {
    params: Params,
}

impl Hasher {
    /// # Errors
    /// When argon2 cannot work with the parameters.
    pub(crate) fn new(config: &PasswordConfig) -> Result<Self, IdentityError> {
        let params =
            Params::new(config.argon2_memory_kib, config.argon2_passes, config.argon2_lanes, None)
                .map_err(|error| IdentityError::Config(format!("password: argon2 parameters: {error}")))?;
        if config.concurrent == 0 {
            return Err(IdentityError::Config("password: concurrent must be at least 1".to_owned()));
        }
        let unknown = Secret::new(data_encoding::HEXLOWER.encode(&random::<16>()));
        let nobody = Computer { params: params.clone() }.hash(&unknown)?;
        let inner = Inner {
            params,
            turns: Semaphore::new(config.concurrent as usize),
            waiting: AtomicU32::new(0),
            most_waiting: config.waiting,
            nobody,
        };
        Ok(Hasher { inner: Arc::new(inner) })
    }

    /// Runs a computation when its turn has come.
    ///
    /// # Errors
    /// [`IdentityError::Busy`] when too many wait already.
    pub(crate) async fn run<R: Send + 'static>(
        &self,
        compute: impl FnOnce(&Computer) -> R + Send + 'static,
    ) -> Result<R, IdentityError> {
        struct Place<'a>(&'a AtomicU32);
        impl Drop for Place<'_> {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::AcqRel);
            }
        }
        let inner = Arc::clone(&self.inner);
        let ahead = inner.waiting.fetch_add(1, Ordering::AcqRel);
        let place = Place(&inner.waiting);
        if ahead >= inner.most_waiting {
            metrics::counter!("identity_password_busy_total").increment(1);
            return Err(IdentityError::Busy);
        }
        let _turn = inner.turns.acquire().await.map_err(|_| IdentityError::Busy)?;
        drop(place);
        let params = inner.params.clone();
        tokio::task::spawn_blocking(move || compute(&Computer { params }))
            .await
            .map_err(|error| IdentityError::Hash(error.to_string()))
    }

    /// Hashes a new password.
    pub(crate) async fn hash(&self, password: Secret) -> Result<String, IdentityError> {
        self.run(move |computer| computer.hash(&password)).await?
    }

    /// Takes as long as a check and says no.
    pub(crate) async fn check_nobody(&self, password: Secret) -> Result<(), IdentityError> {
        let nobody = self.inner.nobody.clone();
        self.run(move |computer| {
            computer.verify(&password, &nobody);
        })
        .await
    }
}

impl Computer {
    fn hash(&self, password: &Secret) -> Result<String, IdentityError> {
        let hash = password_hashes::hash(&self.params, password.expose().as_bytes());
        hash.map_err(|error| IdentityError::Hash(error.to_string()))
    }

    /// Whether a hash was made with the parameters that are set now.
    pub(crate) fn is_current(&self, hash: &str) -> bool {
        let params = &self.params;
        let wanted =
            format!("$argon2id$v=19$m={},t={},p={}$", params.m_cost(), params.t_cost(), params.p_cost());
        hash.starts_with(&wanted)
    }

    /// Compares in constant time; the hash's own parameters are used.
    pub(crate) fn verify(&self, password: &Secret, hash: &str) -> bool {
        password_hashes::verify(password.expose().as_bytes(), hash).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> PasswordConfig {
        PasswordConfig {
            argon2_memory_kib: 8,
            argon2_passes: 1,
            concurrent: 1,
            waiting: 2,
            ..PasswordConfig::default()
        }
    }

    #[tokio::test]
    async fn verifies_what_it_hashed_and_nothing_else() {
        let hasher = Hasher::new(&small()).unwrap();
        let hash = hasher.hash("correct yak sandpaper".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hash}");
        assert_ne!(hash, hasher.hash("correct yak sandpaper".into()).await.unwrap());
        let (right, wrong) = hasher
            .run(move |computer| {
                (
                    computer.verify(&"correct yak sandpaper".into(), &hash),
                    computer.verify(&"Correct".into(), &hash),
                )
            })
            .await
            .unwrap();
        assert!(right && !wrong);
    }

    #[test]
    fn a_hash_of_other_parameters_is_not_current() {
        let computer = |config: &PasswordConfig| Computer {
            params: Params::new(config.argon2_memory_kib, config.argon2_passes, config.argon2_lanes, None)
                .unwrap(),
        };
        let weak = computer(&small());
        let strong = computer(&PasswordConfig { argon2_passes: 2, ..small() });
        let hash = weak.hash(&"correct yak sandpaper".into()).unwrap();
        assert!(weak.is_current(&hash) && !strong.is_current(&hash));
        assert!(strong.verify(&"correct yak sandpaper".into(), &hash), "it still opens");
    }

    #[tokio::test]
    async fn a_crowd_is_put_off_instead_of_taking_all_memory() {
        let hasher = Hasher::new(&small()).unwrap();
        let (release, held) = std::sync::mpsc::channel::<()>();
        let first = tokio::spawn({
            let hasher = hasher.clone();
            async move { hasher.run(move |_| held.recv().is_ok()).await }
        });
        while hasher.inner.turns.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let mut waiting = Vec::new();
        for count in 1..=2 {
            let hasher = hasher.clone();
            waiting.push(tokio::spawn({
                let hasher = hasher.clone();
                async move { hasher.run(|_| true).await }
            }));
            while hasher.inner.waiting.load(Ordering::Acquire) < count {
                tokio::task::yield_now().await;
            }
        }
        assert!(matches!(hasher.run(|_| true).await, Err(IdentityError::Busy)));
        release.send(()).unwrap();
        assert!(first.await.unwrap().unwrap());
        for task in waiting {
            assert!(task.await.unwrap().unwrap());
        }
    }

    #[test]
    fn settings_that_argon2_cannot_use_are_named() {
        let config = PasswordConfig { argon2_memory_kib: 1, ..PasswordConfig::default() };
        let error = Hasher::new(&config).err().unwrap().to_string();
        assert!(error.starts_with("[identity] password: argon2 parameters"), "{error}");
    }
}
