//! Checkpoints as text: the C2SP forms tlog-checkpoint and signed-note, signed with Ed25519.
//!
//! ```text
//! mail.example.com/ledger
//! 20852
//! CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//!
//! — mail.example.com/ledger Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
//! ```

use data_encoding::BASE64;
use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};
use sha2::{Digest, Sha256};

use super::merkle::Hash;

/// The signature type of Ed25519 in a key of the note form.
const ED25519: u8 = 1;

/// Why a checkpoint is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not of the form.
    #[error("this is no checkpoint: the form is that of https://c2sp.org/tlog-checkpoint")]
    Malformed,
    /// Signed by nobody who is known.
    #[error("the checkpoint is not signed with this ledger's key")]
    OtherKey,
    /// Changed after it was signed.
    #[error("the signature does not fit the checkpoint: one of the two was changed")]
    BadSignature,
}

/// The head of the tree at some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Head {
    /// How many entries there are.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

impl Head {
    /// One line, as it is printed on an invoice: size and root.
    pub fn line(&self) -> String {
        format!("{} {}", self.size, BASE64.encode(&self.root))
    }

    /// Reads [`Head::line`], also with an origin before it.
    pub fn from_line(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace().rev();
        let root = BASE64.decode(words.next()?.as_bytes()).ok()?.try_into().ok()?;
        Some(Head { size: words.next()?.parse().ok()?, root })
    }
}

/// A key that signs checkpoints, with the name of the log.
pub(crate) struct NoteSigner {
    pub(crate) origin: String,
    key: SigningKey,
}

impl NoteSigner {
    pub(crate) fn new(origin: String, seed: &[u8; 32]) -> Self {
        NoteSigner { origin, key: SigningKey::from_bytes(seed) }
    }

    /// The public key in the note form: name, identifier, key.
    pub(crate) fn verifier_key(&self) -> String {
        let key = typed(&self.key.verifying_key());
        let id = data_encoding::HEXLOWER.encode(&key_id(&self.origin, &key));
        format!("{}+{id}+{}", self.origin, BASE64.encode(&key))
    }

    /// The signed checkpoint.
    pub(crate) fn sign(&self, head: &Head) -> String {
        let text = format!("{}\n{}\n{}\n", self.origin, head.size, BASE64.encode(&head.root));
        let mut signature = key_id(&self.origin, &typed(&self.key.verifying_key())).to_vec();
        signature.extend_from_slice(&self.key.sign(text.as_bytes()).to_bytes());
        format!("{text}\n\u{2014} {} {}\n", self.origin, BASE64.encode(&signature))
    }
}

fn typed(key: &VerifyingKey) -> Vec<u8> {
    let mut typed = vec![ED25519];
    typed.extend_from_slice(key.as_bytes());
    typed
}

fn key_id(origin: &str, typed_key: &[u8]) -> [u8; 4] {
    let hash = Sha256::new().chain_update(origin).chain_update(b"\n").chain_update(typed_key).finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

/// Reads a checkpoint and believes it when it is signed with the key, given in the note form.
///
/// # Errors
/// See [`NoteError`].
pub fn read_checkpoint(note: &str, verifier_key: &str) -> Result<Head, NoteError> {
    let mut parts = verifier_key.trim().splitn(3, '+');
    let (Some(origin), Some(_), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(NoteError::OtherKey);
    };
    let typed_key = BASE64.decode(key.as_bytes()).map_err(|_| NoteError::OtherKey)?;
    let (kind, key) = typed_key.split_first().ok_or(NoteError::OtherKey)?;
    let key: [u8; 32] = key.try_into().map_err(|_| NoteError::OtherKey)?;
    let key = VerifyingKey::from_bytes(&key).map_err(|_| NoteError::OtherKey)?;
    if *kind != ED25519 {
        return Err(NoteError::OtherKey);
    }

    let (text, signatures) = note.split_once("\n\n").ok_or(NoteError::Malformed)?;
    let text = format!("{text}\n");
    let mut lines = text.lines();
    if lines.next() != Some(origin) {
        return Err(NoteError::OtherKey);
    }
    let size: u64 = lines.next().and_then(|size| size.parse().ok()).ok_or(NoteError::Malformed)?;
    let root = lines.next().and_then(|root| BASE64.decode(root.as_bytes()).ok());
    let root: Hash = root.and_then(|root| root.try_into().ok()).ok_or(NoteError::Malformed)?;

    let wanted = key_id(origin, &typed_key);
    let ours = signatures.lines().find_map(|line| {
        let (name, signature) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
        let signature = BASE64.decode(signature.as_bytes()).ok()?;
        let (id, signature) = signature.split_first_chunk::<4>()?;
        (name == origin && *id == wanted).then(|| signature.to_vec())
    });
    let signature =
        Signature::from_slice(&ours.ok_or(NoteError::OtherKey)?).map_err(|_| NoteError::Malformed)?;
    key.verify(text.as_bytes(), &signature).map_err(|_| NoteError::BadSignature)?;
    Ok(Head { size, root })
}

#[cfg(test)]
mod tests {
    use signed_note::{Note, StandardVerifier, VerifierList};
    use tlog_tiles::checkpoint::Checkpoint;

    use super::*;

    fn signer() -> NoteSigner {
        NoteSigner::new("mail.example.com/ledger".to_owned(), &[9; 32])
    }

    #[test]
    fn a_verifier_of_another_hand_accepts_our_checkpoints() {
        let (signer, head) = (signer(), Head { size: 20_852, root: [7; 32] });
        let note = Note::from_bytes(signer.sign(&head).as_bytes()).unwrap();
        let verifier = StandardVerifier::new(&signer.verifier_key()).unwrap();
        let (accepted, others) = note.verify(&VerifierList::new(vec![Box::new(verifier)])).unwrap();
        assert_eq!((accepted.len(), others.len()), (1, 0));
        let checkpoint = Checkpoint::from_bytes(note.text()).unwrap();
        assert_eq!(checkpoint.origin(), "mail.example.com/ledger");
        assert_eq!((checkpoint.size(), checkpoint.hash().0), (20_852, [7; 32]));
    }

    #[test]
    fn reads_its_own_and_refuses_what_was_changed() {
        let (signer, head) = (signer(), Head { size: 3, root: [1; 32] });
        let (note, key) = (signer.sign(&head), signer.verifier_key());
        assert_eq!(read_checkpoint(&note, &key), Ok(head));
        let more = note.replacen("\n3\n", "\n4\n", 1);
        assert_eq!(read_checkpoint(&more, &key), Err(NoteError::BadSignature));
        let other = NoteSigner::new("mail.example.com/ledger".to_owned(), &[8; 32]);
        assert_eq!(read_checkpoint(&other.sign(&head), &key), Err(NoteError::OtherKey));
        for broken in ["", "\n\n", "mail.example.com/ledger\n3\nx\n\n", &note[..note.len() - 30]] {
            assert!(read_checkpoint(broken, &key).is_err(), "{broken:?}");
        }
        assert!(read_checkpoint(&note, "x").is_err());
        assert_eq!(Head::from_line(&head.line()), Some(head));
        assert_eq!(Head::from_line(&format!("mail.example.com/ledger {}", head.line())), Some(head));
    }
}
