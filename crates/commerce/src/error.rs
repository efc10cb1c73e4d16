//! What can go wrong, grouped by who can mend it.

use mailkeep_policy::outbound::OutboundError;
use mailkeep_policy::{KeyError, OpenError, PolicyError, Refusal};
use mailkeep_storage::sql::SqlError;
use mailkeep_types::MoneyError;

use crate::config::ConfigProblem;

/// Who can mend a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The person at the form, by changing what they gave or did.
    Customer,
    /// A member of staff, whose act does not fit the state of things.
    Staff,
    /// The operator of the installation.
    Operator,
    /// Nobody: the same call may succeed later.
    Later,
}

/// A failure of this crate. Texts name no person.
#[derive(Debug, thiserror::Error)]
pub enum CommerceError {
    /// A field of a form does not fit.
    #[error("{message}")]
    Invalid {
        /// The field's name in the form.
        field: &'static str,
        /// What to write instead.
        message: String,
    },
    /// The thing does not exist, or is not this customer's.
    #[error("this {0} does not exist")]
    NotFound(&'static str),
    /// The thing is not in a state for this.
    #[error("{0}")]
    State(String),
    /// A member of staff asked for what the state of an order or invoice does not allow.
    #[error("{0}")]
    Staff(String),
    /// What was written is what is there already.
    #[error("nothing of it is different from what is in force")]
    Unchanged,
    /// The configuration has mistakes.
    #[error("the configuration of commerce has {} mistakes, the first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    Config(Vec<ConfigProblem>),
    /// A webhook is not signed by the processor, is too old, or says nothing we know.
    #[error("the webhook is refused: {0}")]
    Webhook(&'static str),
    /// The processor refused a request as such: a mistake of configuration.
    #[error("the payment processor refused the request: {0}")]
    ProcessorRefused(String),
    /// The processor did not answer; what it did is not known and will be asked.
    #[error("the payment processor does not answer: {0}; the payment is looked up again by itself")]
    ProcessorUnknown(String),
    /// The gate refused a use of personal data.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A sealed value does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A key of a customer or person is missing or cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A value cannot be sealed.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// A notice cannot be sent.
    #[error(transparent)]
    Notice(#[from] OutboundError),
    /// A port did not answer.
    #[error("{0}")]
    Port(String),
    /// The document could not be drawn.
    #[error("the document cannot be rendered: {0}")]
    Render(String),
    /// Amounts do not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A stored value is none that this program writes.
    #[error("the database holds an unknown {0}")]
    Stored(&'static str),
    /// The database.
    #[error(transparent)]
    Database(#[from] SqlError),
}

impl CommerceError {
    /// A field does not fit.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        CommerceError::Invalid { field, message: message.into() }
    }

    /// A stable code for APIs and logs.
    pub const fn code(&self) -> &'static str {
        match self {
            CommerceError::Invalid { .. } => "commerce.invalid",
            CommerceError::NotFound(_) => "commerce.not_found",
            CommerceError::State(_) => "commerce.state",
            CommerceError::Staff(_) => "commerce.staff_state",
            CommerceError::Unchanged => "commerce.unchanged",
            CommerceError::Config(_) => "commerce.config",
            CommerceError::Webhook(_) => "commerce.webhook",
            CommerceError::ProcessorRefused(_) => "commerce.processor_refused",
            CommerceError::ProcessorUnknown(_) => "commerce.processor_unknown",
            CommerceError::Refused(_) => "commerce.refused",
            CommerceError::Open(_) => "commerce.sealed",
            CommerceError::Key(_) => "commerce.key",
            CommerceError::Policy(_) => "commerce.policy",
            CommerceError::Notice(_) => "commerce.notice",
            CommerceError::Port(_) => "commerce.port",
            CommerceError::Render(_) => "commerce.render",
            CommerceError::Money(_) => "commerce.amount",
            CommerceError::Stored(_) => "commerce.stored",
            CommerceError::Database(_) => "commerce.database",
        }
    }

    /// Who can mend it.
    pub const fn who(&self) -> Who {
        match self {
            CommerceError::Invalid { .. } | CommerceError::NotFound(_) | CommerceError::State(_) => {
                Who::Customer
            }
            CommerceError::Staff(_) | CommerceError::Unchanged | CommerceError::Refused(_) => Who::Staff,
            CommerceError::Config(_)
            | CommerceError::Webhook(_)
            | CommerceError::ProcessorRefused(_)
            | CommerceError::Open(_)
            | CommerceError::Key(_)
            | CommerceError::Policy(_)
            | CommerceError::Notice(_)
            | CommerceError::Render(_)
            | CommerceError::Money(_)
            | CommerceError::Stored(_) => Who::Operator,
            CommerceError::ProcessorUnknown(_) | CommerceError::Port(_) | CommerceError::Database(_) => {
                Who::Later
            }
        }
    }
}
