//! What readers get: products with what is published of them, and the bytes of a file.

use std::ops::Range;

use mailkeep_storage::blobs::Pieces;

use super::intake::SIGNATURE_END;
use super::shelf::blob_key;
use super::{DownloadError, Downloads, Product, Release, ReleaseFile, ReleaseState, newest_first, store};

/// What lies under the address of a file.
#[derive(Debug, Clone)]
pub struct Found {
    /// Of which product.
    pub product: Product,
    /// Of which release; published or withdrawn.
    pub release: Release,
    /// The file.
    pub file: ReleaseFile,
    /// Whether its signature was asked for, which lies beside it.
    pub signature: bool,
}

impl Downloads {
    /// Products of which something was published, by name, each with its releases that readers see, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seen_products(&self) -> Result<Vec<(Product, Vec<Release>)>, DownloadError> {
        let (products, releases) =
            self.db().read(|tx| Ok::<_, DownloadError>((store::products(tx)?, store::releases(tx)?))).await?;
        let seen = products.into_iter().map(|product| {
            let mut own: Vec<Release> = releases
                .iter()
                .filter(|one| one.product == product.id && one.state != ReleaseState::Draft)
                .cloned()
                .collect();
            newest_first(&mut own);
            (product, own)
        });
        Ok(seen.filter(|(_, releases)| !releases.is_empty()).collect())
    }

    /// A product with its releases that readers see, the newest first, each with its files.
    ///
    /// # Errors
    /// [`DownloadError::NotFound`] also where nothing is published yet.
    pub async fn seen_product(
        &self,
        slug: &str,
    ) -> Result<(Product, Vec<(Release, Vec<ReleaseFile>)>), DownloadError> {
        let slug = slug.to_owned();
        let read = self.db().read(move |tx| -> Result<_, DownloadError> {
            let product = store::product_at(tx, &slug)?.ok_or(DownloadError::NotFound)?;
            let releases = store::releases_of(tx, product.id)?;
            let files = store::files_of_product(tx, product.id)?;
            Ok((product, releases, files))
        });
        let (product, mut releases, files) = read.await?;
        releases.retain(|one| one.state != ReleaseState::Draft);
        if releases.is_empty() {
            return Err(DownloadError::NotFound);
        }
        newest_first(&mut releases);
        let with_files = releases.into_iter().map(|release| {
            let own = files.iter().filter(|file| file.release == release.id).cloned().collect();
            (release, own)
        });
        Ok((product, with_files.collect()))
    }

    /// What lies under an address; who may have it is to be asked of its release.
    ///
    /// # Errors
    /// [`DownloadError::NotFound`], also for what is a draft.
    pub async fn find_file(&self, slug: &str, version: &str, name: &str) -> Result<Found, DownloadError> {
        let (slug, version, name) = (slug.to_owned(), version.to_owned(), name.to_owned());
        self.db()
            .read(move |tx| -> Result<Found, DownloadError> {
                let product = store::product_at(tx, &slug)?.ok_or(DownloadError::NotFound)?;
                let release = store::release_at(tx, product.id, &version)?
                    .filter(|release| release.state != ReleaseState::Draft)
                    .ok_or(DownloadError::NotFound)?;
                let signed = name.strip_suffix(SIGNATURE_END);
                let wanted = signed.unwrap_or(&name);
                let file = store::files_of(tx, release.id)?
                    .into_iter()
                    .find(|file| file.name == wanted && (signed.is_none() || file.signature.is_some()))
                    .ok_or(DownloadError::NotFound)?;
                Ok(Found { product, release, file, signature: signed.is_some() })
            })
            .await
    }

    /// The bytes of a file, piece by piece.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn open_file(&self, file: &ReleaseFile, range: Range<u64>) -> Result<Pieces, DownloadError> {
        Ok(self.blobs().read(&blob_key(file.id), range).await?)
    }
}
