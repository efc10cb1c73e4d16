//! What can go wrong, grouped by who can mend it.

use mailkeep_policy::{KeyError, OpenError, Refusal};
use mailkeep_storage::blobs::BlobError;
use mailkeep_storage::sql::SqlError;

/// A failure of the mail store.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The caller asked for something that cannot be; the text says what to do and may be shown to a user.
    #[error("{0}")]
    Refused(#[from] MailRefusal),
    /// The policy refused to open the data.
    #[error("the privacy policy does not allow this use: {0}")]
    Policy(Refusal),
    /// The data cannot be opened: erased, damaged or swapped.
    #[error("stored mail cannot be opened: {0}")]
    Open(OpenError),
    /// The key of the mailbox or customer cannot be had.
    #[error("the key cannot be used: {0}")]
    Key(KeyError),
    /// A large message's content cannot be read or written.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// The database failed.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// Stored bytes are not what this version writes.
    #[error("stored data is damaged: {0}. Run `mailkeep doctor`")]
    Damaged(&'static str),
    /// A library for signing or compressing failed.
    #[error("{0}")]
    Library(String),
}

/// Why something is refused; every text says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailRefusal {
    /// There is no such domain.
    #[error("there is no such domain here")]
    NoDomain,
    /// Somebody has proven this domain already.
    #[error("another customer has proven this domain; if it is yours, write to support")]
    DomainTaken,
    /// The customer has the domain already.
    #[error("this domain is already in your list")]
    DomainExists,
    /// Mail is not routed to a domain before it is proven.
    #[error("prove the domain first: publish the TXT record shown on its DNS page and check again")]
    DomainUnproven,
    /// The domain has mailboxes or alias domains.
    #[error("remove the mailboxes and alias domains of this domain first")]
    DomainInUse,
    /// An alias domain cannot be the target of another.
    #[error("an alias domain needs a domain of yours that is not itself an alias")]
    AliasTarget,
    /// There is no such mailbox.
    #[error("there is no such mailbox")]
    NoMailbox,
    /// The address is in use.
    #[error("this address is already used by a mailbox, alias or list")]
    AddressTaken,
    /// The address lies in another domain.
    #[error("the address must end with the name of the domain")]
    ForeignAddress,
    /// The plan allows no more mailboxes.
    #[error("the plan allows {0} mailboxes in this domain; add mailboxes to the service first")]
    MailboxLimit(i64),
    /// The password is too easy.
    #[error("choose a password of at least {0} characters that is harder to guess")]
    WeakPassword(usize),
    /// The state of the mailbox does not allow it.
    #[error("the mailbox is {0}")]
    MailboxState(&'static str),
    /// The mailbox is full.
    #[error("the mailbox is full: delete messages or raise the quota")]
    OverQuota,
    /// A message is larger than the class of service allows.
    #[error("the message is larger than {0} bytes")]
    MessageTooLarge(u64),
    /// There is no such folder.
    #[error("there is no folder of this name")]
    NoFolder,
    /// A folder of this name exists.
    #[error("a folder of this name exists already")]
    FolderExists,
    /// The name cannot be a folder's.
    #[error(
        "a folder's name has 1 to 250 characters, no control characters and no empty parts between slashes"
    )]
    FolderName,
    /// The folder must stay.
    #[error("this folder is needed by the mailbox and cannot be removed or renamed")]
    FolderFixed,
    /// More folders than anybody needs.
    #[error("a mailbox holds at most {0} folders")]
    FolderLimit(usize),
    /// No more keywords.
    #[error("a mailbox knows at most {0} keywords; remove one from all messages first")]
    KeywordLimit(usize),
    /// There is no such message.
    #[error("there is no such message")]
    NoMessage,
    /// There is no such alias or list.
    #[error("there is no such alias or list")]
    NoAlias,
    /// More mailboxes, or members elsewhere, than a list takes.
    #[error("a list has at most {0} members")]
    ListMembers(usize),
    /// There is no such member of a list.
    #[error("there is no such member of this list")]
    NoGuest,
    /// They were asked, and did not answer yet.
    #[error("they were asked already; they may be asked once more, seven days after the first time")]
    AskedBefore,
    /// They said no to a list of the customer.
    #[error("they said that they do not want to be asked")]
    Declined,
    /// More invitations than the customer may send in 24 hours.
    #[error("{0} invitations may be sent in 24 hours; try again tomorrow")]
    Invitations(u64),
    /// There is no such application password.
    #[error("there is no such application password")]
    NoAppPassword,
    /// There is no such message in the queue.
    #[error("there is no such message in the queue")]
    NotQueued,
    /// Sending is stopped by these blocks.
    #[error("sending is stopped for this mailbox ({0}); the Customer Center says how to lift it")]
    SendingBlocked(String),
    /// Too many recipients in one message.
    #[error("a message may go to at most {0} recipients")]
    RecipientsPerMessage(i64),
    /// Too many recipients today.
    #[error("this mailbox may write to {0} recipients a day; try again tomorrow or ask for more")]
    RecipientsPerDay(i64),
}

impl From<KeyError> for MailError {
    fn from(error: KeyError) -> Self {
        MailError::Key(error)
    }
}

impl From<OpenError> for MailError {
    fn from(error: OpenError) -> Self {
        MailError::Open(error)
    }
}

impl From<Refusal> for MailError {
    fn from(refusal: Refusal) -> Self {
        MailError::Policy(refusal)
    }
}

/// The result of most functions here.
pub type Result<T, E = MailError> = std::result::Result<T, E>;
