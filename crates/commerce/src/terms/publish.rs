//! Publishing a version of the terms.

use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_types::{StaffId, new_uuid};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{TermsVersion, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::jobs::{ANNOUNCE_TERMS, TermsJob};
use crate::price_changes::NoticeMode;

/// A version to be published, as typed.
#[derive(Debug, Clone)]
pub struct NewTerms {
    /// Whose terms; empty for the house's own.
    pub brand: String,
    /// Its title.
    pub title: String,
    /// Its text, in Markdown.
    pub body: String,
    /// How long before it holds those who have something are told.
    pub notice: NoticeMode,
}

/// The hash of a version, as it is recorded with each acceptance.
pub fn fingerprint(title: &str, body: &str) -> [u8; 32] {
    Sha256::digest(format!("{title}\n\n{body}").as_bytes()).into()
}

impl Commerce {
    /// Publishes a version of the terms and tells everybody who has something.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] naming the field that does not fit.
    pub async fn publish_terms(&self, staff: StaffId, new: NewTerms) -> Result<Uuid, CommerceError> {
        let (title, body) = (new.title.trim().to_owned(), new.body.trim().to_owned());
        if !(3..=150).contains(&title.chars().count()) {
            return Err(CommerceError::invalid("title", "write a title of 3 to 150 characters"));
        }
        if !(20..=200_000).contains(&body.len()) {
            return Err(CommerceError::invalid("body", "write the terms, at least a sentence"));
        }
        let known = new.brand.is_empty() || self.config().brands.iter().any(|brand| brand.key == new.brand);
        if !known {
            return Err(CommerceError::invalid("brand", "there is no such brand"));
        }
        let id = new_uuid(&**self.clock());
        let today = self.today();
        let sha256 = fingerprint(&title, &body);
        self.write(move |tx| {
            let newest = store::newest(tx, &new.brand)?;
            if newest.as_ref().is_some_and(|newest| newest.sha256 == sha256) {
                return Err(CommerceError::invalid("body", "this is the version that is published already"));
            }
            let version = TermsVersion {
                id,
                brand: new.brand.clone(),
                version: newest.as_ref().map_or(0, |newest| newest.version) + 1,
                title: title.clone(),
                body: body.clone(),
                sha256,
                notice: new.notice,
                holds_from: new.notice.earliest(today),
                by: staff,
                at: tx.now(),
            };
            store::insert(tx, &version)?;
            // The first version changes nothing for anybody.
            if newest.is_some() {
                enqueue(tx, NewJob::new(ANNOUNCE_TERMS, &TermsJob { terms_id: id }))?;
            }
            Ok(id)
        })
        .await
    }

    /// The version that a new order accepts.
    pub async fn terms_for_orders(&self, brand: &str) -> Result<Option<TermsVersion>, CommerceError> {
        let brand = brand.to_owned();
        self.read(move |tx| store::newest(tx, &brand)).await
    }

    /// One version.
    pub async fn terms_version(&self, brand: &str, version: i64) -> Result<TermsVersion, CommerceError> {
        let brand = brand.to_owned();
        self.read(move |tx| {
            let found = store::all(tx, &brand)?.into_iter().find(|one| one.version == version);
            found.ok_or(CommerceError::NotFound("version of the terms"))
        })
        .await
    }

    /// Every version, newest first.
    pub async fn list_terms(&self, brand: &str) -> Result<Vec<TermsVersion>, CommerceError> {
        let brand = brand.to_owned();
        self.read(move |tx| store::all(tx, &brand)).await
    }
}
