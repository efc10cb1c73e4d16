//! A file is taken in: hashed, verified and stored while it arrives, and seen only when all of that went well.

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use mailkeep_types::{DownloadFileId, ReleaseId, StaffId};
use minisign_verify::{PublicKey, Signature};
use sha2::{Digest, Sha256};

use super::shelf::blob_key;
use super::write::draft_of;
use super::{Act, Architecture, DownloadError, Downloads, Platform, ReleaseFile, acts, store};

const MAX_FILES: usize = 60;
const MAX_NAME: usize = 120;
/// Signatures of minisign are four lines, of which two are comments.
const MAX_SIGNATURE: usize = 4096;
/// What the address of a file's signature ends with.
pub(super) const SIGNATURE_END: &str = ".minisig";

/// What was sent broke off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// A file as the form says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDraft {
    /// For which system.
    pub platform: Platform,
    /// For which processor.
    pub architecture: Architecture,
    /// Its name.
    pub name: String,
    /// What minisign wrote; empty where the product has no key.
    pub signature: String,
    /// The most bytes that are taken.
    pub most_bytes: u64,
}

/// Reads a public key of minisign, as the file or as its second line; gives that line.
pub fn read_key(typed: &str) -> Option<String> {
    let line = typed.lines().map(str::trim).rfind(|line| !line.is_empty())?;
    PublicKey::from_base64(line).ok().map(|_| line.to_owned())
}

/// Reads what minisign wrote about a file; gives it with plain ends of lines, as minisign reads it.
pub fn read_signature(typed: &str) -> Option<String> {
    let mut lines: Vec<&str> = typed.trim().lines().collect();
    // The trusted comment is signed with every blank in it.
    for at in [0, 1, 3] {
        if let Some(line) = lines.get_mut(at) {
            *line = line.trim();
        }
    }
    let text = lines.join("\n") + "\n";
    (text.len() <= MAX_SIGNATURE && lines.len() == 4 && Signature::decode(&text).is_ok()).then_some(text)
}

/// Whether a name can stand in an address, in a header and on every file system.
fn is_file_name(name: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || ".-_+~".contains(letter);
    name.len() <= MAX_NAME
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name.chars().all(fits)
        && !name.ends_with('.')
        && !name.ends_with(SIGNATURE_END)
}

fn wrong_signature(error: &minisign_verify::Error) -> DownloadError {
    use minisign_verify::Error as E;
    DownloadError::field(
        "signature",
        match error {
            E::UnexpectedKeyId => "It was made with another key than that of this program.",
            E::UnsupportedLegacyMode => {
                "It was made in the old way, which needs the whole file in memory: sign with minisign -SHm."
            }
            _ => "It does not fit this file. Sign exactly the file that you upload.",
        },
    )
}

impl Downloads {
    /// Takes a file into a draft. Nothing of it stays when it is refused.
    ///
    /// # Errors
    /// [`DownloadError::Field`] for `file`, `name` and `signature`; [`DownloadError::Broken`] when it did not arrive as a
    /// whole; [`DownloadError::State`] when the release is no draft; [`DownloadError::NotFound`].
    pub async fn take_file<S>(
        &self,
        staff: StaffId,
        release: ReleaseId,
        draft: FileDraft,
        pieces: S,
    ) -> Result<DownloadFileId, DownloadError>
    where
        S: Stream<Item = Result<Bytes, Broken>> + Send + Unpin,
    {
        let product = self
            .db()
            .read(move |tx| -> Result<_, DownloadError> {
                let release = draft_of(tx, release)?;
                store::product(tx, release.product)?.ok_or(DownloadError::NotFound)
            })
            .await?;
        if !is_file_name(&draft.name) {
            let sentence = "Name the file with letters without accents, digits, dots, hyphens and underscores, at most 120.";
            return Err(DownloadError::field("file", sentence));
        }
        let signature = match (&product.key, draft.signature.trim()) {
            (None, "") => None,
            (None, _) => {
                let sentence =
                    "The program has no public key that it could be verified with. Add that first.";
                return Err(DownloadError::field("signature", sentence));
            }
            (Some(_), "") => {
                return Err(DownloadError::field(
                    "signature",
                    "Files of this program must be signed: paste the signature.",
                ));
            }
            (Some(_), typed) => Some(read_signature(typed).ok_or_else(|| {
                DownloadError::field(
                    "signature",
                    "Paste all four lines of the file that minisign wrote, ending in .minisig.",
                )
            })?),
        };
        let id = DownloadFileId::new(&**self.policy().clock());
        let taken =
            self.receive(id, product.key.as_deref(), signature.as_deref(), draft.most_bytes, pieces).await?;
        let (size_bytes, sha256) = taken;
        let file = ReleaseFile {
            id,
            release,
            platform: draft.platform,
            architecture: draft.architecture,
            name: draft.name,
            size_bytes,
            sha256,
            signed_by: product.key.filter(|_| signature.is_some()),
            signature,
            added_at: self.now(),
        };
        let written = self.db().write(move |tx| -> Result<(), DownloadError> {
            let release = draft_of(tx, release)?;
            let others = store::files_of(tx, release.id)?;
            if others.iter().any(|other| other.name == file.name) {
                return Err(DownloadError::field(
                    "file",
                    "This release has a file of this name; remove that first.",
                ));
            }
            if others.len() >= MAX_FILES {
                return Err(DownloadError::state("A release has at most 60 files."));
            }
            store::add_file(tx, &file)?;
            Ok(acts::note(tx, release.product, Act::AddedFile, &file.name, staff)?)
        });
        if let Err(error) = written.await {
            // What stays although this fails is found by the sweep.
            let _ = self.blobs().delete(&blob_key(id)).await;
            return Err(error);
        }
        Ok(id)
    }

    /// Stores what arrives; gives its size and hash.
    async fn receive<S>(
        &self,
        id: DownloadFileId,
        key: Option<&str>,
        signature: Option<&str>,
        most_bytes: u64,
        mut pieces: S,
    ) -> Result<(u64, [u8; 32]), DownloadError>
    where
        S: Stream<Item = Result<Bytes, Broken>> + Send + Unpin,
    {
        let read = |error: minisign_verify::Error| wrong_signature(&error);
        let signed = match (key, signature) {
            (Some(key), Some(signature)) => Some((
                PublicKey::from_base64(key).map_err(read)?,
                Signature::decode(signature).map_err(read)?,
            )),
            _ => None,
        };
        let mut verifier = match &signed {
            Some((key, signature)) => Some(key.verify_stream(signature).map_err(read)?),
            None => None,
        };
        let mut hash = Sha256::new();
        let mut size_bytes = 0u64;
        let mut writing = self.blobs().begin(&blob_key(id)).await?;
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|Broken| DownloadError::Broken)?;
            size_bytes = size_bytes.saturating_add(piece.len() as u64);
            if size_bytes > most_bytes {
                return Err(DownloadError::field("file", "The file is larger than this installation takes."));
            }
            hash.update(&piece);
            if let Some(verifier) = &mut verifier {
                verifier.update(&piece);
            }
            writing.write(piece).await?;
        }
        if size_bytes == 0 {
            return Err(DownloadError::field("file", "Choose a file that has something in it."));
        }
        if let Some(verifier) = &mut verifier {
            verifier.finalize().map_err(read)?;
        }
        writing.finish().await?;
        Ok((size_bytes, hash.finalize().into()))
    }

    /// Removes a file from a draft.
    ///
    /// # Errors
    /// [`DownloadError::NotFound`]; [`DownloadError::State`] when the release is no draft.
    pub async fn remove_file(&self, staff: StaffId, id: DownloadFileId) -> Result<ReleaseId, DownloadError> {
        let release = self
            .db()
            .write(move |tx| -> Result<ReleaseId, DownloadError> {
                let file = store::file(tx, id)?.ok_or(DownloadError::NotFound)?;
                let release = draft_of(tx, file.release)?;
                store::delete_file(tx, id)?;
                acts::note(tx, release.product, Act::RemovedFile, &file.name, staff)?;
                Ok(release.id)
            })
            .await?;
        self.blobs().delete(&blob_key(id)).await?;
        Ok(release)
    }
}

#[cfg(test)]
mod tests {
    use super::{is_file_name, read_key, read_signature};

    #[test]
    fn names_fit_everywhere() {
        for good in ["mailkeep-1.2.0.tar.gz", "Setup_x64.exe", "a", "keep~1+b.deb"] {
            assert!(is_file_name(good), "{good}");
        }
        for bad in [
            "",
            "..",
            ".hidden",
            "a/b",
            "a b",
            "a\"b",
            "ä.zip",
            "a.minisig",
            "a.",
            "a\r\nb",
            &"n".repeat(121),
        ] {
            assert!(!is_file_name(bad), "{bad}");
        }
    }

    #[test]
    fn what_minisign_did_not_write_is_no_key_and_no_signature() {
        let key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
        assert_eq!(read_key(&format!("untrusted comment: a key\n{key}\n")).as_deref(), Some(key));
        assert_eq!(read_key(key).as_deref(), Some(key));
        for wrong in ["", "RWQf", "untrusted comment: x", "\n\n", "é"] {
            assert_eq!(read_key(wrong), None, "{wrong}");
            assert_eq!(read_signature(wrong), None, "{wrong}");
        }
        // From minisign's own documentation.
        let signature = "untrusted comment: signature from minisign secret key\r\n\
            RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=\r\n\
            trusted comment: timestamp:1633700835\tfile:test\tprehashed\r\n\
            wLMDjy9FLAuxZ3q4NlEvkgtyhrr0gtTu6KC4KBJdITbbOeAi1zBIYo0v4iTgt8jJpIidRJnp94ABQkJAgAooBQ==";
        let read = read_signature(signature).expect("it is one");
        assert!(!read.contains('\r') && read.ends_with("==\n"));
        assert_eq!(read_signature(&signature.replace("trusted", "other")), None);
    }
}
