//! Removing aliases and lists.

use mailkeep_types::{AliasId, DomainId};

use super::store;
use crate::error::{MailRefusal, Result};
use crate::post_office::PostOffice;

impl PostOffice {
    /// Removes an alias or list of a domain; mail to it is refused from now on.
    ///
    /// # Errors
    /// [`MailRefusal::NoAlias`] or a failure of the store.
    pub async fn remove_alias(&self, domain: DomainId, alias: AliasId) -> Result<()> {
        let gone = self
            .db()
            .write(move |tx| {
                store::notify_changed(tx, domain);
                store::delete(tx, domain, alias)
            })
            .await?;
        self.forget_cached();
        if gone { Ok(()) } else { Err(MailRefusal::NoAlias.into()) }
    }
}
