//! The closed lists that rules are written in: purposes and categories from the policy file of the build, roles, acts
//! and facts from here.
//!
//! Purposes and categories exist twice: as an enum for tables and ledger entries, and as sealed types for signatures,
//! so that a pair which the file does not allow is a compile error.

use std::fmt;

mod sealed {
    pub trait Purpose {}
    pub trait Category {}
}

/// A reason for which personal data is used. Sealed: the types of [`purpose`] are all there are.
pub trait Purpose: sealed::Purpose + Send + Sync + 'static {
    /// The purpose as a value.
    const ID: PurposeId;
}

/// A kind of personal data. Sealed: the types of [`category`] are all there are.
pub trait Category: sealed::Category + Send + Sync + 'static {
    /// The category as a value.
    const ID: CategoryId;
}

/// Implemented for exactly the pairs that some rule of the policy file allows.
#[diagnostic::on_unimplemented(
    message = "the policy file has no rule that lets `{Self}` use `{C}`",
    note = "a new use of personal data starts in policy/policy.toml, with a promise that names it"
)]
pub trait May<C: Category>: Purpose {}

macro_rules! word_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $id:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();

            /// The word in the policy file.
            pub const fn id(self) -> &'static str {
                match self { $($name::$variant => $id,)* }
            }

            /// Finds the value by its word.
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some($name::$variant),)* _ => None }
            }

            /// Its place in [`Self::ALL`].
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.id())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.id())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.id())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let id = std::borrow::Cow::<str>::deserialize(deserializer)?;
                Self::from_id(&id).ok_or_else(|| serde::de::Error::custom(format!("unknown word “{id}”")))
            }
        }
    };
}

macro_rules! vocabulary {
    (
        purposes { $($purpose:ident = $purpose_id:literal, $purpose_words:literal;)* }
        categories { $($category:ident = $category_id:literal, $category_words:literal;)* }
        may { $($who:ident: $what:ident;)* }
    ) => {
        word_enum! {
            /// The purposes of the policy file that this program was built with.
            PurposeId { $(#[doc = $purpose_words] $purpose = $purpose_id,)* }
        }

        word_enum! {
            /// The categories of the policy file that this program was built with.
            CategoryId { $(#[doc = $category_words] $category = $category_id,)* }
        }

        /// The purposes as types. They have no values; they stand in signatures.
        pub mod purpose {
            $(
                #[doc = $purpose_words]
                #[derive(Debug)]
                pub enum $purpose {}
                impl super::sealed::Purpose for $purpose {}
                impl super::Purpose for $purpose {
                    const ID: super::PurposeId = super::PurposeId::$purpose;
                }
            )*
        }

        /// The categories as types. They have no values; they stand in signatures.
        pub mod category {
            $(
                #[doc = $category_words]
                #[derive(Debug)]
                pub enum $category {}
                impl super::sealed::Category for $category {}
                impl super::Category for $category {
                    const ID: super::CategoryId = super::CategoryId::$category;
                }
            )*
        }

        $(impl May<category::$what> for purpose::$who {})*
    };
}

include!(concat!(env!("OUT_DIR"), "/vocabulary.rs"));

word_enum! {
    /// Who acts, as rules see it. Derived by the gate from the [`crate::Actor`]; nobody can state it.
    Role {
        /// The person, signed in.
        Person = "person",
        /// A mailbox user through mail protocols or webmail.
        Mailbox = "mailbox",
        /// A task of the program itself.
        System = "system",
        /// Staff who answer tickets.
        Support = "support",
        /// Staff who look after invoices and payments.
        Billing = "billing",
        /// Staff who decide held orders.
        FraudReviewer = "fraud_reviewer",
        /// Staff who stop abuse of the mail service.
        AbuseDesk = "abuse_desk",
        /// Staff who answer privacy cases.
        PrivacyOfficer = "privacy_officer",
        /// Staff who write articles and news.
        Writer = "writer",
        /// Staff who keep the machines running.
        Operator = "operator",
    }
}

impl Role {
    /// True for the roles of staff: their reads fail closed when the ledger cannot be written.
    pub const fn is_staff(self) -> bool {
        !matches!(self, Role::Person | Role::Mailbox | Role::System)
    }
}

word_enum! {
    /// What is done with the data.
    Act {
        /// Asked for and stored.
        Collect = "collect",
        /// Shown or computed with.
        Read = "read",
        /// Replaced.
        Change = "change",
        /// Sent to the person or used to send.
        Send = "send",
        /// Handed to the person as a file.
        Export = "export",
        /// Handed to somebody else.
        Disclose = "disclose",
        /// Removed.
        Erase = "erase",
    }
}

word_enum! {
    /// The kinds of facts that can justify a use. Each is looked up in the database by the domain that owns it.
    FactKind {
        /// A living session of the person who acts, over data of that person or of a customer they are a contact of.
        OwnSession = "own_session",
        /// A session of a person who administers the mailbox's domain.
        ManagedMailbox = "managed_mailbox",
        /// The mailbox itself, authenticated.
        OwnMailbox = "own_mailbox",
        /// A recorded attempt to sign in.
        SignIn = "sign_in",
        /// An order of the subject that has not been decided yet.
        OrderPlaced = "order_placed",
        /// An order of the subject that waits for a person's decision.
        OrderInReview = "order_in_review",
        /// An order of the subject that was screened, for as long as what the screening noted is kept.
        OrderScreened = "order_screened",
        /// An invoice of the subject that is due or being made.
        DueInvoice = "due_invoice",
        /// A service of the subject that is ordered and not ended.
        ServiceOrdered = "service_ordered",
        /// A message to the subject that passed the outbound message gate and is not sent yet.
        OutboundMessage = "outbound_message",
        /// A message of the mailbox in the outgoing queue.
        QueuedMessage = "queued_message",
        /// A ticket that the subject opened and that is not closed.
        OpenTicket = "open_ticket",
        /// A privacy case of the subject that is not closed.
        OpenCase = "open_case",
        /// A recorded ground for a disclosure.
        Ground = "ground",
        /// A second member of staff who agreed.
        SecondPerson = "second_person",
        /// A consent of the subject in force.
        Consent = "consent",
        /// A permission given for this one use.
        FreshPermission = "fresh_permission",
        /// A permission in force for everything of this kind, e.g. to charge the stored card for what was ordered.
        StandingPermission = "standing_permission",
        /// A case that a member of staff opened with a reason, for an hour.
        BreakGlass = "break_glass",
        /// A request of the subject that was verified and recorded.
        Request = "request",
        /// The days after the end of the last service are over.
        TermEnded = "term_ended",
        /// Such a case of a colleague, until somebody looked at it.
        SecondLook = "second_look",
        /// What the person agreed to pass to a site, while they are signed in to it.
        SiteConsent = "site_consent",
        /// A distribution list of the subject that somebody elsewhere joined.
        ListJoined = "list_joined",
        /// An answer that the subject gave to a survey with their name.
        SurveyAnswered = "survey_answered",
    }
}
