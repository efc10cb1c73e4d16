//! Values of the house itself that are secret, e.g. a private key with which the house signs: sealed under a house key, so that
//! a copy of the main database alone cannot use them.

use uuid::Uuid;
use zeroize::Zeroizing;

use super::{KeyError, SubCipher};
use crate::Policy;

/// What binds a value to its table's row.
fn row_data(row: Uuid) -> Vec<u8> {
    [b"mailkeep/house-value/1/".as_slice(), row.as_bytes()].concat()
}

impl Policy {
    /// Seals a secret of the house for its row, under the house key of this name.
    ///
    /// # Errors
    /// When the key database fails.
    pub async fn seal_house_value(
        &self,
        key: &'static str,
        row: Uuid,
        value: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        let secret = self.house_secret(key).await?;
        Ok(SubCipher::derive(&secret, key).seal(&row_data(row), value))
    }

    /// Opens a secret of the house in its row; `None` when it was changed or moved.
    ///
    /// # Errors
    /// When the key database fails.
    pub async fn open_house_value(
        &self,
        key: &'static str,
        row: Uuid,
        sealed: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeyError> {
        let secret = self.house_secret(key).await?;
        Ok(SubCipher::derive(&secret, key).open(&row_data(row), sealed).map(Zeroizing::new))
    }
}

#[cfg(test)]
mod tests {
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::*;

    both_engines!(a_secret_of_the_house_opens_in_its_row_under_its_key, |db: Database| async move {
        let policy = crate::testing::policy(&db).await;
        let (here, there) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = policy.seal_house_value("site keys", here, b"secret").await.unwrap();
        assert!(!sealed.windows(6).any(|bytes| bytes == b"secret"));
        let open = async |key, row| policy.open_house_value(key, row, &sealed).await.unwrap();
        assert_eq!(open("site keys", here).await.unwrap().as_slice(), b"secret");
        assert!(open("site keys", there).await.is_none());
        assert!(open("other keys", here).await.is_none());
    });
}
