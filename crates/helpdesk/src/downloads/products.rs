//! Staff say which programs there are.

use mailkeep_types::{DownloadProductId, StaffId};

use super::{Act, DownloadError, Downloads, Product, acts, read_key, store};
use crate::articles::source;

const MAX_NAME: usize = 60;
const MAX_SUMMARY: usize = 300;

/// A product as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductDraft {
    /// Its name.
    pub name: String,
    /// Its address; made of the name where it is empty.
    pub slug: String,
    /// What it is.
    pub summary: String,
    /// The public key of minisign: the file or its second line; empty for none.
    pub key: String,
}

pub(super) fn in_a_line(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.chars().any(char::is_control)
}

impl Downloads {
    /// Adds a product, or changes one. Files that are there keep the key that they were verified with.
    ///
    /// # Errors
    /// [`DownloadError::Field`] for `name`, `slug`, `summary` and `key`; [`DownloadError::NotFound`].
    pub async fn put_product(
        &self,
        staff: StaffId,
        id: Option<DownloadProductId>,
        draft: ProductDraft,
    ) -> Result<DownloadProductId, DownloadError> {
        let (name, summary) = (draft.name.trim().to_owned(), draft.summary.trim().to_owned());
        if name.is_empty() || !in_a_line(&name, MAX_NAME) {
            return Err(DownloadError::field("name", "Write a name of at most 60 letters."));
        }
        if summary.is_empty() || !in_a_line(&summary, MAX_SUMMARY) {
            return Err(DownloadError::field(
                "summary",
                "Say in one line of at most 300 letters what it is.",
            ));
        }
        let slug = match draft.slug.trim() {
            "" => source::slug_of(&name),
            typed => typed.to_owned(),
        };
        if !source::is_slug(&slug) {
            let sentence = "Use small letters without accents, digits and hyphens, at most 80.";
            return Err(DownloadError::field("slug", sentence));
        }
        let key = match draft.key.trim() {
            "" => None,
            typed => Some(read_key(typed).ok_or_else(|| {
                DownloadError::field(
                    "key",
                    "Paste the line that minisign wrote into its file minisign.pub, beginning with RW.",
                )
            })?),
        };
        let fresh = DownloadProductId::new(&**self.policy().clock());
        self.db()
            .write(move |tx| -> Result<DownloadProductId, DownloadError> {
                let old = id.map(|id| store::product(tx, id)?.ok_or(DownloadError::NotFound)).transpose()?;
                let holder = store::product_at(tx, &slug)?;
                if holder.is_some_and(|holder| Some(holder.id) != id) {
                    return Err(DownloadError::field("slug", "Another program has this address."));
                }
                let product = Product {
                    id: id.unwrap_or(fresh),
                    slug: slug.clone(),
                    name: name.clone(),
                    summary: summary.clone(),
                    key: key.clone(),
                    created_at: old.as_ref().map_or(tx.now(), |old| old.created_at),
                };
                store::put_product(tx, &product)?;
                let act = if old.is_some() { Act::ChangedProduct } else { Act::AddedProduct };
                acts::note(tx, product.id, act, &product.name, staff)?;
                Ok(product.id)
            })
            .await
    }
}
