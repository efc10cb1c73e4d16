//! A request of a program is over.

use uuid::Uuid;

use super::{ApiRequest, store};
use crate::error::IdentityError;
use crate::identity::Identity;

impl Identity {
    /// Keeps what a request made. One that made nothing is forgotten, so that it can be mended and sent again under
    /// the same name.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn finish_api_request(
        &self,
        request: ApiRequest,
        made: Option<Uuid>,
    ) -> Result<(), IdentityError> {
        let ApiRequest { who, key_hash } = request;
        self.db()
            .write(move |tx| match made {
                Some(made) => store::set_made(tx, who, &key_hash, made),
                None => store::delete(tx, who, &key_hash),
            })
            .await?;
        Ok(())
    }
}
