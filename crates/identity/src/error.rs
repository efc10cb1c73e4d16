//! What can go wrong, grouped by who can mend it.

use std::time::Duration;

use mailkeep_policy::outbound::OutboundError;
use mailkeep_policy::{KeyError, OpenError, PolicyError, Refusal};
use mailkeep_protocols::openid::OpenIdError;
use mailkeep_storage::sql::SqlError;
use mailkeep_types::Timestamp;

/// What is wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct FieldError {
    /// The field, as the use case names it.
    pub field: &'static str,
    /// A stable word for programs and translations.
    pub code: &'static str,
    /// What to do, in a sentence.
    pub sentence: String,
}

/// A failure of a use case.
#[derive(Debug, Clone, thiserror::Error)]
pub enum IdentityError {
    // ---- for the person at the form
    /// A field must be corrected.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// The identifier or the password is wrong; which, is not said.
    #[error("That combination of name and password is not known. Check both, or set a new password.")]
    WrongCredentials,
    /// The code of the second factor is wrong or was used.
    #[error(
        "That code is not right, or was used before. Enter the code that your app shows now, or a recovery code."
    )]
    WrongCode,
    /// Too many tries.
    #[error("There were too many tries. Try again in {}.", human(*.retry_after))]
    Locked {
        /// When it is worth trying again.
        until: Timestamp,
        /// How long that is from now.
        retry_after: Duration,
    },
    /// The password was right, the address is not confirmed yet.
    #[error(
        "Your e-mail address is not confirmed yet. Open the link in the message we sent you, or ask for a new one."
    )]
    EmailNotConfirmed,
    /// The link was used, replaced by a newer one, or is too old.
    #[error("This link was used already or is too old. Ask for a new one.")]
    LinkInvalid,
    /// The password must be given again before a sensitive act.
    #[error("Enter your password again to go on.")]
    PasswordNeeded,
    /// There is no second factor to work with.
    #[error("No authenticator app is being set up. Start again.")]
    NoSecondFactor,
    /// One of the owners must stay.
    #[error("A customer needs an owner. Make another contact owner first.")]
    LastOwner,
    /// The person is a contact of that customer already.
    #[error("This person is a contact of the customer already.")]
    AlreadyContact,
    /// As many as there may be.
    #[error("There are {0} already, which is the most. Revoke one that is not used any more.")]
    TooMany(u32),
    /// The last operator must stay.
    #[error("Somebody must be able to manage staff. Give the role operator to another first.")]
    LastOperator,
    /// The login name of a member of staff is taken.
    #[error("The login “{0}” is taken. Choose another.")]
    LoginTaken(String),

    // ---- for whoever asked without being allowed to
    /// Nobody is signed in.
    #[error("Sign in first.")]
    SignInNeeded,
    /// Signed in, but not allowed.
    #[error("This is not allowed to you.")]
    Forbidden,
    /// There is no such thing, or it is not the asker's to know of.
    #[error("This does not exist.")]
    NotFound,

    // ---- for nobody: it goes away by itself
    /// Too many sign-ins at this moment.
    #[error("Many people are signing in at this moment. Try again in a minute.")]
    Busy,

    // ---- for the operator
    /// The settings of the section `[identity]` cannot be used.
    #[error("[identity] {0}")]
    Config(String),
    /// A site asked for something that it does not get.
    #[error(transparent)]
    OpenId(#[from] OpenIdError),
    /// The policy core refused or failed.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// A message could not be handed to the gate.
    #[error(transparent)]
    Outbound(#[from] OutboundError),
    /// The database failed.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// A computation of argon2id failed.
    #[error("the password could not be computed: {0}")]
    Hash(String),
}

impl IdentityError {
    /// Whether it is because the data was erased.
    pub fn is_erased(&self) -> bool {
        matches!(self, IdentityError::Policy(error) if error.is_erased())
    }

    pub(crate) fn field(field: &'static str, code: &'static str, sentence: impl Into<String>) -> Self {
        IdentityError::Field(FieldError { field, code, sentence: sentence.into() })
    }

    pub(crate) fn locked(until: Timestamp, now: Timestamp) -> Self {
        IdentityError::Locked { until, retry_after: until.since(now) }
    }

    /// A stable word for programs and translations.
    pub fn code(&self) -> &'static str {
        match self {
            IdentityError::Field(field) => field.code,
            IdentityError::WrongCredentials => "wrong_credentials",
            IdentityError::WrongCode => "wrong_code",
            IdentityError::Locked { .. } => "locked",
            IdentityError::EmailNotConfirmed => "email_not_confirmed",
            IdentityError::LinkInvalid => "link_invalid",
            IdentityError::PasswordNeeded => "password_needed",
            IdentityError::NoSecondFactor => "no_second_factor",
            IdentityError::LastOwner => "last_owner",
            IdentityError::AlreadyContact => "already_contact",
            IdentityError::TooMany(_) => "too_many",
            IdentityError::LastOperator => "last_operator",
            IdentityError::LoginTaken(_) => "login_taken",
            IdentityError::SignInNeeded => "sign_in_needed",
            IdentityError::Forbidden => "forbidden",
            IdentityError::NotFound => "not_found",
            IdentityError::Busy => "busy",
            IdentityError::Config(_) => "config",
            IdentityError::OpenId(_) => "site_refused",
            IdentityError::Policy(PolicyError::Refused(_)) => "policy_refused",
            IdentityError::Policy(_)
            | IdentityError::Outbound(_)
            | IdentityError::Sql(_)
            | IdentityError::Hash(_) => "internal",
        }
    }

    /// The field of the form that the sentence belongs to; `None` for the form as a whole.
    pub fn field_name(&self) -> Option<&'static str> {
        match self {
            IdentityError::Field(field) => Some(field.field),
            IdentityError::WrongCode => Some("code"),
            IdentityError::LoginTaken(_) => Some("login"),
            IdentityError::AlreadyContact => Some("email"),
            _ => None,
        }
    }

    /// True when the sentence is meant for the person who asked; otherwise it is for the log.
    pub fn is_for_the_person(&self) -> bool {
        !matches!(self.code(), "internal" | "config" | "policy_refused")
    }
}

impl From<Refusal> for IdentityError {
    fn from(error: Refusal) -> Self {
        IdentityError::Policy(error.into())
    }
}

impl From<OpenError> for IdentityError {
    fn from(error: OpenError) -> Self {
        IdentityError::Policy(error.into())
    }
}

impl From<KeyError> for IdentityError {
    fn from(error: KeyError) -> Self {
        IdentityError::Policy(error.into())
    }
}

/// A duration as one says it, rounded up.
fn human(duration: Duration) -> String {
    let seconds = duration.as_secs() + u64::from(duration.subsec_nanos() > 0);
    let (count, unit) = match seconds {
        0..=90 => (seconds.max(1), "second"),
        91..=5400 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3600), "hour"),
    };
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_says_when_to_come_back() {
        let locked =
            |seconds| IdentityError::locked(Timestamp::from_seconds(seconds), Timestamp::EPOCH).to_string();
        assert!(locked(60).ends_with("in 60 seconds."));
        assert!(locked(61 * 5).ends_with("in 6 minutes."));
        assert!(locked(3600 * 3).ends_with("in 3 hours."));
    }
}
