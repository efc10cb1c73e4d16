//! Reading downloads as staff do: drafts too, and what was done.

use std::collections::BTreeMap;

use mailkeep_types::{DownloadFileId, DownloadProductId, ReleaseId};

use super::{Days, Done, DownloadError, Downloads, Product, Release, ReleaseFile, newest_first, store};

/// How many acts are shown.
const ACTS: i64 = 100;
/// How many days of counts are shown.
const DAYS: u32 = 30;

/// A product in the list.
#[derive(Debug, Clone)]
pub struct ProductEntry {
    /// The product.
    pub product: Product,
    /// Its releases, the newest first.
    pub releases: Vec<Release>,
    /// How often its files were downloaded, ever.
    pub downloads: i64,
}

/// A product with all that staff see of it.
#[derive(Debug, Clone)]
pub struct WholeProduct {
    /// The product.
    pub product: Product,
    /// Its releases, the newest first, each with how often it was downloaded.
    pub releases: Vec<(Release, i64)>,
    /// Downloads of the last days.
    pub days: Days,
    /// What was done last, the newest first.
    pub acts: Vec<Done>,
}

/// A release with all that staff see of it.
#[derive(Debug, Clone)]
pub struct WholeRelease {
    /// Its product.
    pub product: Product,
    /// The release.
    pub release: Release,
    /// Its files, each with how often it was downloaded.
    pub files: Vec<(ReleaseFile, i64)>,
}

impl Downloads {
    /// The products by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_products(&self) -> Result<Vec<ProductEntry>, DownloadError> {
        self.add_up().await?;
        let read = self.db().read(|tx| -> Result<_, DownloadError> {
            Ok((store::products(tx)?, store::releases(tx)?, store::counts_by_release(tx)?))
        });
        let (products, releases, counts) = read.await?;
        let counts: BTreeMap<ReleaseId, i64> = counts.into_iter().collect();
        let entry = |product: Product| {
            let mut own: Vec<Release> =
                releases.iter().filter(|one| one.product == product.id).cloned().collect();
            newest_first(&mut own);
            let downloads = own.iter().filter_map(|one| counts.get(&one.id)).sum();
            ProductEntry { product, releases: own, downloads }
        };
        Ok(products.into_iter().map(entry).collect())
    }

    /// A product with its releases, counts and acts.
    ///
    /// # Errors
    /// [`DownloadError::NotFound`].
    pub async fn whole_product(&self, id: DownloadProductId) -> Result<WholeProduct, DownloadError> {
        self.add_up().await?;
        let days = Days::until(self.now(), DAYS);
        let from = days.first().to_owned();
        let read = self.db().read(move |tx| -> Result<_, DownloadError> {
            let product = store::product(tx, id)?.ok_or(DownloadError::NotFound)?;
            Ok((
                product,
                store::releases_of(tx, id)?,
                store::counts_by_release(tx)?,
                store::counts_by_day(tx, id, &from)?,
                store::acts(tx, id, ACTS)?,
            ))
        });
        let (product, mut releases, counts, by_day, acts) = read.await?;
        newest_first(&mut releases);
        let counts: BTreeMap<ReleaseId, i64> = counts.into_iter().collect();
        let releases = releases
            .into_iter()
            .map(|release| {
                let downloads = counts.get(&release.id).copied().unwrap_or_default();
                (release, downloads)
            })
            .collect();
        Ok(WholeProduct { product, releases, days: days.filled(by_day), acts })
    }

    /// A release with its files.
    ///
    /// # Errors
    /// [`DownloadError::NotFound`].
    pub async fn whole_release(&self, id: ReleaseId) -> Result<WholeRelease, DownloadError> {
        self.add_up().await?;
        let read = self.db().read(move |tx| -> Result<_, DownloadError> {
            let release = store::release(tx, id)?.ok_or(DownloadError::NotFound)?;
            let product = store::product(tx, release.product)?.ok_or(DownloadError::NotFound)?;
            Ok((product, release, store::files_of(tx, id)?, store::counts_of_files(tx, id)?))
        });
        let (product, release, files, counts) = read.await?;
        let counts: BTreeMap<DownloadFileId, i64> = counts.into_iter().collect();
        let files = files
            .into_iter()
            .map(|file| {
                let downloads = counts.get(&file.id).copied().unwrap_or_default();
                (file, downloads)
            })
            .collect();
        Ok(WholeRelease { product, release, files })
    }
}
