//! The messages of this crate, one function each. All are of the class *account*, and go through the outbound message
//! gate in the transaction of the act that they tell of.

use mailkeep_policy::outbound::{MessageClass, Notice, OutboundError};
use mailkeep_policy::{Policy, Shown, Subject};
use mailkeep_storage::sql::Tx;
use mailkeep_types::EmailAddress;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::origin::Origin;
use crate::secrets::Secret;

/// Who gets a message, and where.
pub(crate) struct To {
    /// Under whose key the message waits.
    pub subject: Subject,
    /// The address, when it is not the one on file.
    pub address: Option<Shown<EmailAddress>>,
    /// The key of the brand on whose site it was asked for; empty where that says nothing.
    pub brand: String,
}

impl To {
    /// The address on file.
    pub(crate) fn on_file(subject: Subject) -> Self {
        To { subject, address: None, brand: String::new() }
    }

    /// Another address.
    pub(crate) fn at(subject: Subject, address: impl Into<Shown<EmailAddress>>) -> Self {
        To { subject, address: Some(address.into()), brand: String::new() }
    }

    /// The same in the name of the brand on whose site it was asked for.
    pub(crate) fn asked_at(self, origin: &Origin) -> Self {
        To { brand: origin.brand().to_owned(), ..self }
    }
}

fn send(
    policy: &Policy,
    tx: &mut Tx<'_>,
    template: &'static str,
    to: &To,
    key: Uuid,
    context: Value,
) -> Result<(), OutboundError> {
    send_showing(policy, tx, template, to, key, context, &[])
}

/// As [`send`], with opened values that the message shows.
fn send_showing(
    policy: &Policy,
    tx: &mut Tx<'_>,
    template: &'static str,
    to: &To,
    key: Uuid,
    mut context: Value,
    shown: &[(&str, &Shown<String>)],
) -> Result<(), OutboundError> {
    if !to.brand.is_empty() {
        context["brand"] = to.brand.as_str().into();
    }
    let personal = |address: &Shown<EmailAddress>| address.personal().ok_or(OutboundError::Masked(template));
    let to_address = to.address.as_ref().map(personal).transpose()?;
    let notice = Notice {
        class: MessageClass::Account,
        template,
        subject: to.subject,
        topic: None,
        to: to_address,
        unique_key: format!("{template}/{key}"),
        context,
    };
    policy.outbound().send_showing(tx, &notice, shown).map(|_| ())
}

/// The link that confirms the address of a new person: `{token, registration_id, hours}`.
pub(crate) fn confirm_email(
    policy: &Policy,
    tx: &mut Tx<'_>,
    to: &To,
    key: Uuid,
    token: &Secret,
    registration_id: &str,
    hours: u32,
) -> Result<(), OutboundError> {
    let context = json!({ "token": token.expose(), "registration_id": registration_id, "hours": hours });
    send(policy, tx, "identity/confirm_email", to, key, context)
}

/// The link that proves the address of a member of staff: `{token, hours}`.
pub(crate) fn staff_address(
    policy: &Policy,
    tx: &mut Tx<'_>,
    to: &To,
    key: Uuid,
    token: &Secret,
    hours: u32,
) -> Result<(), OutboundError> {
    let context = json!({ "token": token.expose(), "hours": hours });
    send(policy, tx, "identity/staff_address", to, key, context)
}

/// Somebody tried to register with an address that is registered: `{registration_id}`.
pub(crate) fn email_taken(
    policy: &Policy,
    tx: &mut Tx<'_>,
    to: &To,
    key: Uuid,
    registration_id: &str,
) -> Result<(), OutboundError> {
    send(policy, tx, "identity/email_taken", to, key, json!({ "registration_id": registration_id }))
}

/// The link that confirms a changed address, sent to the new one: `{token, hours}`.
pub(crate) fn confirm_new_email(
    policy: &Policy,
    tx: &mut Tx<'_>,
    to: &To,
    key: Uuid,
    token: &Secret,
    hours: u32,
) -> Result<(), OutboundError> {
    let context = json!({ "token": token.expose(), "hours": hours });
    send(policy, tx, "identity/confirm_new_email", to, key, context)
}

/// Tells the old address that another is to take its place: `{new_address}`, of which only a part is shown.
pub(crate) fn email_changed(
    policy: &Policy,
    tx: &mut Tx<'_>,
    to: &To,
    key: Uuid,
    new_address: &Shown<String>,
) -> Result<(), OutboundError> {
    let shown = [("new_address", new_address)];
    send_showing(policy, tx, "identity/email_changed", to, key, json!({}), &shown)
}

/// The link that sets a new password: `{token, registration_id, hours}`.
pub(crate) fn reset_password(
    policy: &Policy,
    tx: &mut Tx<'_>,
    to: &To,
    key: Uuid,
    token: &Secret,
    registration_id: &str,
    hours: u32,
) -> Result<(), OutboundError> {
    let context = json!({ "token": token.expose(), "registration_id": registration_id, "hours": hours });
    send(policy, tx, "identity/reset_password", to, key, context)
}

/// The password was changed: `{}`.
pub(crate) fn password_changed(
    policy: &Policy,
    tx: &mut Tx<'_>,
    to: &To,
    key: Uuid,
) -> Result<(), OutboundError> {
    send(policy, tx, "identity/password_changed", to, key, json!({}))
}

/// The second factor was set up, replaced or removed: `{change}`, one of `added`, `removed`, `recovery_codes`,
/// `recovery_used`.
pub(crate) fn second_factor_changed(
    policy: &Policy,
    tx: &mut Tx<'_>,
    to: &To,
    key: Uuid,
    change: &'static str,
) -> Result<(), OutboundError> {
    send(policy, tx, "identity/second_factor_changed", to, key, json!({ "change": change }))
}

/// The invitation of a contact: `{token, customer, roles, hours}`.
#[expect(clippy::too_many_arguments, reason = "each is a word of the message")]
pub(crate) fn contact_invitation(
    policy: &Policy,
    tx: &mut Tx<'_>,
    to: &To,
    key: Uuid,
    token: &Secret,
    customer: &Shown<String>,
    roles: &[&str],
    hours: u32,
) -> Result<(), OutboundError> {
    let context = json!({ "token": token.expose(), "roles": roles, "hours": hours });
    send_showing(policy, tx, "identity/contact_invitation", to, key, context, &[("customer", customer)])
}
