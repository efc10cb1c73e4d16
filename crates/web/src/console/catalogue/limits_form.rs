//! What a class of service grants, as the fields of a form, and back.

use mailkeep_commerce::classes::{ClassLimits, MailProtocol};

use super::plan_form::{gigabytes, megabytes};
use crate::form::{Form, Submitted};
use crate::messages::msg;

/// Adds the fields of the limits.
pub fn with_limits(mut form: Form, limits: &ClassLimits) -> Form {
    let number = |value: u32| value.to_string();
    form = form
        .with("quota_gb", gigabytes(limits.quota_mb))
        .with("most_quota_gb", limits.most_quota_mb.map(gigabytes).unwrap_or_default())
        .with("message_mb", number(limits.message_size_mb))
        .with("recipients_message", number(limits.recipients_per_message))
        .with("recipients_day", number(limits.recipients_per_day))
        .with("recipients_new", limits.recipients_per_day_when_new.map(number).unwrap_or_default())
        .with("new_days", limits.new_days.to_string())
        .with("undelete_days", limits.undelete_days.map(|days| days.to_string()).unwrap_or_default());
    for protocol in &limits.protocols {
        form = form.with(protocol.word(), "yes");
    }
    if limits.app_passwords_only {
        form = form.with("app_only", "yes");
    }
    form
}

/// Reads the limits; what cannot be read gets its message and stays as it was.
pub fn read_limits(submitted: &Submitted, form: &mut Form, base: ClassLimits) -> ClassLimits {
    let mut limits = base;
    let mut number = |field: &str, before: u32| match submitted.get(field) {
        "" => None,
        text => Some(text.parse().unwrap_or_else(|_| {
            form.refuse(field, msg("form-number"));
            before
        })),
    };
    limits.message_size_mb = number("message_mb", limits.message_size_mb).unwrap_or(0);
    limits.recipients_per_message = number("recipients_message", limits.recipients_per_message).unwrap_or(0);
    limits.recipients_per_day = number("recipients_day", limits.recipients_per_day).unwrap_or(0);
    limits.recipients_per_day_when_new = number("recipients_new", 0);
    let mut days = |field: &str, before: u16| {
        number(field, u32::from(before)).map(|days| u16::try_from(days).unwrap_or(u16::MAX))
    };
    limits.undelete_days = days("undelete_days", 0);
    limits.new_days = days("new_days", limits.new_days).unwrap_or(ClassLimits::default().new_days);
    let mut space = |field: &str, before: u32| match submitted.get(field) {
        "" => 0,
        text => megabytes(text).unwrap_or_else(|| {
            form.refuse(field, msg("catalogue-gb-wrong"));
            before
        }),
    };
    limits.quota_mb = space("quota_gb", limits.quota_mb);
    let most = space("most_quota_gb", limits.most_quota_mb.unwrap_or_default());
    limits.most_quota_mb = (!submitted.get("most_quota_gb").is_empty()).then_some(most);
    limits.protocols =
        MailProtocol::ALL.into_iter().filter(|protocol| submitted.ticked(protocol.word())).collect();
    limits.app_passwords_only = submitted.ticked("app_only");
    limits
}

/// The field of a key of the limits.
pub fn limits_field(key: &str) -> Option<&'static str> {
    Some(match key {
        "message_size_mb" => "message_mb",
        "recipients_per_message" => "recipients_message",
        "most_quota_mb" => "most_quota_gb",
        "recipients_per_day_when_new" => "recipients_new",
        "protocols" => "webmail",
        _ => return None,
    })
}
