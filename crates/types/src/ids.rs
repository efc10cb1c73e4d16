//! Identifiers: one type per noun, so that a mailbox can never be passed where a person is meant.
//!
//! Each is a UUIDv7 (RFC 9562), stored as its 16 bytes. They sort by the time of their making, which keeps the
//! indexes of the database compact. They are not secrets and authorise nothing.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Clock;

/// Makes a UUIDv7 from the clock that was handed in and 74 random bits.
pub fn new_uuid(clock: &dyn Clock) -> Uuid {
    let mut random = [0u8; 10];
    // A machine without a random source can do nothing safely; the process must not go on.
    getrandom::fill(&mut random).expect("the operating system's random source answers");
    let millis = u64::try_from(clock.now().as_micros() / 1000).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Makes a new identifier.
            pub fn new(clock: &dyn Clock) -> Self {
                Self(new_uuid(clock))
            }

            /// Takes an identifier as stored.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// Takes the 16 stored bytes; `None` for any other length.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                Uuid::from_slice(bytes).ok().map(Self)
            }

            /// The 16 bytes as stored.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// The UUID itself.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A natural person with a login.
    PersonId;
    /// The party that orders and pays.
    CustomerId;
    /// The tie of a person to a customer in a role.
    ContactId;
    /// A member of staff; never a customer.
    StaffId;
    /// A signed-in session of a person or a member of staff.
    SessionId;
    /// A mail domain.
    DomainId;
    /// A mailbox.
    MailboxId;
    /// An alias address.
    AliasId;
    /// A member of a distribution list who is elsewhere.
    GuestId;
    /// A folder of a mailbox.
    FolderId;
    /// A message in a folder.
    MessageId;
    /// A stored message body, shared by the copies of a message within a mailbox.
    BodyId;
    /// A message in the outgoing queue.
    QueueId;
    /// An application password of a mailbox.
    AppPasswordId;
    /// An order.
    OrderId;
    /// A subscription.
    SubscriptionId;
    /// A service that a subscription grants.
    ServiceId;
    /// An invoice.
    InvoiceId;
    /// A credit note.
    CreditNoteId;
    /// A payment attempt; its text is the idempotency key at the processor.
    PaymentAttemptId;
    /// A stored payment method.
    PaymentMethodId;
    /// A payment that its cardholder disputes at their bank.
    DisputeId;
    /// The screening of an order.
    ScreeningId;
    /// A durable job.
    JobId;
    /// A message that passed the outbound message gate.
    OutboundId;
    /// A token for the HTTP API.
    ApiTokenId;
    /// A site that persons sign in to with their Registration ID.
    SiteId;
    /// What a person agreed to pass to a site.
    SiteConsentId;
    /// A sign-in of a person to a site.
    SiteSignInId;
    /// A visitor who asked for topics without an account.
    SubscriberId;
    /// What staff write to many.
    AnnouncementId;
    /// A post of the blog.
    PostId;
    /// A survey.
    SurveyId;
    /// A contest.
    ContestId;
    /// An outage, or planned maintenance.
    IncidentId;
    /// An article of the knowledgebase, in all its languages.
    ArticleId;
    /// An article in one language.
    ArticleTextId;
    /// A category of articles.
    ArticleCategoryId;
    /// A program that people download.
    DownloadProductId;
    /// A version of such a program.
    ReleaseId;
    /// A file of a version.
    DownloadFileId;
    /// An entry of the ledger.
    LedgerEntryId;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ManualClock;

    #[test]
    fn sorts_by_time_and_reads_back() {
        let clock = ManualClock::at("2026-03-01");
        let first = PersonId::new(&*clock);
        clock.advance(std::time::Duration::from_millis(2));
        let second = PersonId::new(&*clock);
        assert!(first < second);
        assert_eq!(first.to_string().parse::<PersonId>().unwrap(), first);
        assert_eq!(PersonId::from_slice(first.as_bytes()), Some(first));
        assert_eq!(PersonId::from_slice(b"short"), None);
        assert_eq!(first.uuid().get_version_num(), 7);
    }
}
