//! The closed lists of downloads, and who may have what.

use mailkeep_types::words;

use super::Release;

words! {
    /// Where a release stands.
    ReleaseState {
        /// It is being made ready.
        Draft = "draft",
        /// Readers see it.
        Published = "published",
        /// Readers see that it was there and why it is not to be had any more.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// For whom a release is ripe.
    Channel {
        /// For everybody.
        Stable = "stable",
        /// For who wants to try what comes.
        Beta = "beta",
        /// For who wants to help.
        Nightly = "nightly",
    }
}

words! {
    /// Who may download a release.
    Audience {
        /// Everybody.
        Public = "public",
        /// People who are signed in.
        Registered = "registered",
        /// Customers of certain plans.
        Plans = "plans",
    }
}

words! {
    /// For which system a file is.
    Platform {
        /// Windows.
        Windows = "windows",
        /// macOS.
        Macos = "macos",
        /// Linux.
        Linux = "linux",
        /// Android.
        Android = "android",
        /// iOS and iPadOS.
        Ios = "ios",
        /// Any: sources, or what runs everywhere.
        Any = "any",
    }
}

words! {
    /// For which processor a file is.
    Architecture {
        /// Intel and AMD, 64 bits.
        X8664 = "x86_64",
        /// ARM, 64 bits.
        Aarch64 = "aarch64",
        /// Intel and AMD, 32 bits.
        X86 = "x86",
        /// Any.
        Any = "any",
    }
}

/// Who wants to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reader {
    /// Nobody who is signed in.
    Visitor,
    /// Somebody who is signed in.
    Person {
        /// The plans that their customers are served under.
        plans: Vec<String>,
    },
}

/// Why somebody may not have a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// They are not signed in.
    SignIn,
    /// Their customers have none of the plans.
    Plans,
}

impl Release {
    /// Whether somebody may download it.
    ///
    /// # Errors
    /// Why not.
    pub fn admits(&self, reader: &Reader) -> Result<(), Barred> {
        match (self.audience, reader) {
            (Audience::Public, _) | (Audience::Registered, Reader::Person { .. }) => Ok(()),
            (_, Reader::Visitor) => Err(Barred::SignIn),
            (Audience::Plans, Reader::Person { plans }) => {
                match plans.iter().any(|plan| self.plans.contains(plan)) {
                    true => Ok(()),
                    false => Err(Barred::Plans),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use mailkeep_types::{DownloadProductId, ReleaseId, Timestamp};

    use super::{Audience, Barred, Channel, Reader, Release, ReleaseState};

    #[test]
    fn who_may_have_what() {
        let with =
            |plans: &[&str]| Reader::Person { plans: plans.iter().map(|one| (*one).to_owned()).collect() };
        let readers = [Reader::Visitor, with(&[]), with(&["starter"]), with(&["starter", "business"])];
        let table = [
            (Audience::Public, [Ok(()), Ok(()), Ok(()), Ok(())]),
            (Audience::Registered, [Err(Barred::SignIn), Ok(()), Ok(()), Ok(())]),
            (Audience::Plans, [Err(Barred::SignIn), Err(Barred::Plans), Err(Barred::Plans), Ok(())]),
        ];
        for (audience, expected) in table {
            let release = Release {
                id: ReleaseId::from_uuid(uuid::Uuid::nil()),
                product: DownloadProductId::from_uuid(uuid::Uuid::nil()),
                version: "1.0.0".to_owned(),
                channel: Channel::Stable,
                notes: String::new(),
                state: ReleaseState::Published,
                audience,
                plans: vec!["business".to_owned()],
                reason: None,
                created_at: Timestamp::EPOCH,
                published_at: None,
                withdrawn_at: None,
            };
            let found: Vec<_> = readers.iter().map(|reader| release.admits(reader)).collect();
            assert_eq!(found, expected, "{audience}");
        }
    }
}
