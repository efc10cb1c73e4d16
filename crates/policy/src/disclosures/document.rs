//! The document that justifies a disclosure: kept sealed, read by the second person before they agree.
//!
//! It is sealed as a use record of the member of staff who opened the disclosure, so that reading it is on record with them:
//! an entry in the person's own record would give a disclosure away that the law forbids to tell of.

use mailkeep_types::StaffId;
use uuid::Uuid;

use super::{DisclosureError, store};
use crate::Policy;
use crate::error::PolicyError;
use crate::gate::Use;
use crate::personal::{Personal, Sealed};
use crate::shown::Shown;
use crate::subject::{Actor, Fact, Place, Subject};
use crate::vocabulary::{Act, category, purpose};

/// The largest document, in bytes.
const LARGEST: usize = 10 * 1024 * 1024;

/// A document.
#[derive(Clone)]
pub struct Document {
    /// The file.
    pub bytes: Vec<u8>,
    /// What kind of file it is, e.g. `application/pdf`.
    pub media_type: String,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Document({} bytes)", self.bytes.len())
    }
}

pub(super) const fn check(document: &Document) -> Result<(), DisclosureError> {
    match document.bytes.len() {
        1..=LARGEST => Ok(()),
        _ => Err(DisclosureError::NoDocument),
    }
}

const fn place(disclosure: Uuid) -> Place {
    Place { table: "disclosure_documents", column: "content", row: disclosure }
}

pub(super) async fn seal(
    policy: &Policy,
    disclosure: Uuid,
    staff: StaffId,
    document: &Document,
) -> Result<Vec<u8>, PolicyError> {
    let subject = Subject::staff(staff);
    policy.create_key(subject).await?;
    let value: Personal<Vec<u8>, category::UseRecord> = Personal::new(document.bytes.clone());
    Ok(policy.seal(subject, place(disclosure), &value)?.into_bytes())
}

/// The document as the second person gets it.
#[derive(Debug, Clone)]
pub struct OpenedDocument {
    /// The file.
    pub content: Shown<Vec<u8>>,
    /// What kind of file it is.
    pub media_type: String,
}

/// The document of a disclosure that waits, for the second person; recorded like every use.
///
/// # Errors
/// [`DisclosureError::NotFound`]; as the gate says when it is one's own, or decided.
pub async fn read_document(
    policy: &Policy,
    disclosure: Uuid,
    staff: StaffId,
) -> Result<OpenedDocument, DisclosureError> {
    let found = policy.database().read(move |tx| store::document(tx, disclosure)).await?;
    let (opened_by, media_type, sealed) = found.ok_or(DisclosureError::NotFound)?;
    let asked = Use {
        actor: Actor::Staff(staff),
        subject: Subject::staff(opened_by),
        act: Act::Read,
        fields: &["disclosure_documents.content"],
        fact: Fact::SecondLook(disclosure),
    };
    let grant = policy.grant::<purpose::Audit>(asked).await.map_err(PolicyError::from)?;
    let sealed: Sealed<Vec<u8>, category::UseRecord> = Sealed::from_bytes(sealed);
    let content = policy.show(&grant, place(disclosure), &sealed).map_err(PolicyError::from)?;
    Ok(OpenedDocument { content, media_type })
}
