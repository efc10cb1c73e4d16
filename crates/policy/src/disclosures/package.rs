//! The archive that is handed over.

use std::io::{Cursor, Write as _};
use std::time::Duration;

use mailkeep_storage::sql::SqlError;
use mailkeep_types::StaffId;
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, ZipWriter};

use super::produce::Produced;
use super::{DisclosureError, store};
use crate::Policy;

/// For how long an archive can be taken; then it is produced again.
pub const KEPT_FOR: Duration = Duration::from_secs(86_400);

/// Packs into a ZIP file with AES-256 (AE-2), which any usual program opens; the passphrase has 160 random bits.
pub(super) fn pack(produced: &Produced) -> Result<(String, Vec<u8>), DisclosureError> {
    let failed = |error: &dyn std::fmt::Display| DisclosureError::Archive(error.to_string());
    let passphrase = passphrase();
    let text = serde_json::to_vec_pretty(produced).map_err(|error| failed(&error))?;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .with_aes_encryption(AesMode::Aes256, &passphrase);
    archive.start_file("disclosure.json", options).map_err(|error| failed(&error))?;
    archive.write_all(&text).map_err(|error| failed(&error))?;
    let bytes = archive.finish().map_err(|error| failed(&error))?.into_inner();
    Ok((passphrase, bytes))
}

/// Eight groups of four letters and digits.
fn passphrase() -> String {
    let text = data_encoding::BASE32_NOPAD.encode(&crate::keys::random_bytes::<20>());
    let groups: Vec<&str> = (0..text.len() / 4).map(|group| &text[group * 4..group * 4 + 4]).collect();
    groups.join("-")
}

/// The archive of a disclosure, for who opened it.
///
/// # Errors
/// [`DisclosureError::NotFound`] when there is none, its day is over, or somebody else opened the disclosure.
pub async fn take_package(
    policy: &Policy,
    disclosure: Uuid,
    staff: StaffId,
) -> Result<Vec<u8>, DisclosureError> {
    let since = policy.clock().now().minus(KEPT_FOR);
    policy
        .database()
        .read(move |tx| {
            let own = store::find(tx, disclosure)?.is_some_and(|row| row.opened_by == staff);
            match own {
                true => store::package(tx, disclosure, since)?.ok_or(DisclosureError::NotFound),
                false => Err(DisclosureError::NotFound),
            }
        })
        .await
}

/// Removes archives whose day is over. Run by a job; safe to run twice.
///
/// # Errors
/// When the database fails.
pub async fn sweep_packages(policy: &Policy) -> Result<u64, SqlError> {
    let before = policy.clock().now().minus(KEPT_FOR);
    policy.database().write(move |tx| store::sweep_packages(tx, before)).await
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn only_the_passphrase_opens_the_archive() {
        let produced = Produced {
            disclosure: Uuid::nil(),
            ground: "legal_process",
            recipient: "District Court of Example".to_owned(),
            document: String::new(),
            policy_id: String::new(),
            produced_at: String::new(),
            scope: Vec::new(),
            period_from: None,
            period_until: None,
            tables: Vec::new(),
            left_out: Vec::new(),
        };
        let (passphrase, archive) = pack(&produced).unwrap();
        assert_eq!(passphrase.len(), 39);
        assert!(!archive.windows(14).any(|bytes| bytes == b"District Court"), "nothing can be read");
        let mut opened = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
        assert!(opened.by_index_decrypt(0, b"another").is_err());
        let mut text = String::new();
        opened.by_index_decrypt(0, passphrase.as_bytes()).unwrap().read_to_string(&mut text).unwrap();
        assert!(text.contains("District Court of Example"), "{text}");
    }
}
