//! Documents that are issued are kept as they were first drawn, sealed, each with the hash of its bytes.

use mailkeep_policy::{Grant, Place, Sealed, Shown, Subject, category, purpose};
use mailkeep_types::CustomerId;

use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::invoices::store::SealedDocument;

impl Commerce {
    /// Seals what was drawn; `number` is what an error names it by.
    ///
    /// # Errors
    /// [`CommerceError::Render`] when nothing was drawn.
    pub(crate) fn seal_document(
        &self,
        customer: CustomerId,
        place: Place,
        drawn: &Shown<Option<Vec<u8>>>,
        number: &str,
    ) -> Result<SealedDocument, CommerceError> {
        let failed = || CommerceError::Render(format!("the document of {number} cannot be drawn"));
        let pdf = drawn.maybe(Clone::clone).ok_or_else(failed)?;
        // The hash of a document says nothing of what is in it.
        let hash = pdf.fingerprint().ok_or_else(failed)?;
        let pdf = pdf.personal::<category::Invoice>().ok_or_else(failed)?;
        Ok((self.policy().seal(Subject::customer(customer), place, &pdf)?.into_bytes(), hash))
    }

    /// Opens a kept document.
    ///
    /// # Errors
    /// [`CommerceError::Render`] when the kept bytes were changed.
    pub(crate) fn show_document(
        &self,
        grant: &Grant<purpose::Deliver>,
        place: Place,
        (sealed, hash): SealedDocument,
        number: &str,
    ) -> Result<Shown<Vec<u8>>, CommerceError> {
        let sealed = Sealed::<Vec<u8>, category::Invoice>::from_bytes(sealed);
        let pdf = self.policy().show(grant, place, &sealed)?;
        if pdf.fingerprint().is_none_or(|kept| kept[..] != hash) {
            return Err(CommerceError::Render(format!("the kept document of {number} was changed")));
        }
        Ok(pdf)
    }
}
