//! What administrators narrow of a class of service, for a domain or for one mailbox, as the fields of a form and back.

use mailkeep_mailbox::Protocol;
use mailkeep_mailbox::mailboxes::ClassLimits;
use serde::Serialize;

use crate::form::{Form, Submitted};
use crate::messages::msg;

const MEGABYTE: u64 = 1_000_000;
const FIELDS: [(Protocol, &str); 4] = [
    (Protocol::Smtp, "smtp"),
    (Protocol::Imap, "imap"),
    (Protocol::Dav, "dav"),
    (Protocol::Webmail, "webmail"),
];

/// The form with what the level above grants.
#[derive(Debug, Clone, Serialize)]
pub struct Rules {
    /// What is narrowed.
    pub form: Form,
    /// The protocols that can be ticked at all.
    pub granted: Vec<&'static str>,
    /// Whether application passwords are needed in any case.
    pub app_only: bool,
    /// The largest message in MB.
    pub most_message_mb: i64,
    /// Most recipients in a day.
    pub most_recipients: i64,
    /// For how many days deleted mail can be brought back, where the class says so.
    pub most_undelete: Option<i64>,
}

impl Rules {
    /// A sample for pages.
    pub fn sample() -> Self {
        let own = ClassLimits { recipients_per_day: Some(200), ..ClassLimits::default() };
        let granted = ClassLimits {
            max_message_bytes: Some(50 * MEGABYTE),
            protocols: Some([Protocol::Smtp, Protocol::Imap, Protocol::Webmail].into_iter().collect()),
            undelete_days: Some(30),
            ..ClassLimits::default()
        };
        rules(&own, &granted)
    }
}

/// The form of what is narrowed.
pub fn rules(own: &ClassLimits, granted: &ClassLimits) -> Rules {
    let mut form = Form::new()
        .with(
            "message_mb",
            own.max_message_bytes.map(|bytes| (bytes / MEGABYTE).to_string()).unwrap_or_default(),
        )
        .with("recipients_day", own.recipients_per_day.map(|most| most.to_string()).unwrap_or_default())
        .with("undelete_days", own.undelete_days.map(|days| days.to_string()).unwrap_or_default());
    let both = own.within(*granted);
    for (protocol, field) in FIELDS {
        if both.allows(protocol) {
            form = form.with(field, "yes");
        }
    }
    if both.app_passwords_only {
        form = form.with("app_only", "yes");
    }
    Rules {
        form,
        granted: FIELDS
            .iter()
            .filter(|(protocol, _)| granted.allows(*protocol))
            .map(|(_, field)| *field)
            .collect(),
        app_only: granted.app_passwords_only,
        most_message_mb: i64::try_from(granted.message_bytes() / MEGABYTE).unwrap_or(i64::MAX),
        most_recipients: granted.per_day(i64::MAX),
        most_undelete: granted.undelete_days.map(i64::from),
    }
}

/// Reads what is narrowed; more than is granted is refused beside its field.
pub fn read(submitted: &Submitted, form: &mut Form, granted: &ClassLimits) -> ClassLimits {
    let mut number = |field: &str, most: u64| match submitted.get(field) {
        "" => None,
        text => match text.parse::<u64>() {
            Ok(value) if (1..=most).contains(&value) => Some(value),
            Ok(0) | Err(_) => {
                form.refuse(field, msg("form-number"));
                None
            }
            Ok(_) => {
                form.refuse(
                    field,
                    msg("rules-too-much").with("most", i64::try_from(most).unwrap_or(i64::MAX)),
                );
                None
            }
        },
    };
    let message = number("message_mb", granted.message_bytes() / MEGABYTE);
    let recipients = number("recipients_day", u64::try_from(granted.per_day(i64::MAX)).unwrap_or(0));
    let undelete = number("undelete_days", u64::from(granted.undelete_days.unwrap_or(3650)));
    let ticked = FIELDS.iter().filter(|(_, field)| submitted.ticked(field)).map(|(protocol, _)| *protocol);
    let ticked: Vec<Protocol> = ticked.filter(|protocol| granted.allows(*protocol)).collect();
    if ticked.is_empty() {
        form.refuse(
            if granted.allows(Protocol::Webmail) { "webmail" } else { "imap" },
            msg("rules-nothing-left"),
        );
    }
    let all = Protocol::ALL.into_iter().filter(|protocol| granted.allows(*protocol)).count();
    ClassLimits {
        max_message_bytes: message.map(|mb| mb.saturating_mul(MEGABYTE)),
        recipients_per_day: recipients.and_then(|most| i64::try_from(most).ok()),
        undelete_days: undelete.and_then(|days| u16::try_from(days).ok()),
        // What is granted later shall not be kept back by a form that never showed it.
        protocols: (ticked.len() < all).then(|| ticked.into_iter().collect()),
        app_passwords_only: submitted.ticked("app_only") && !granted.app_passwords_only,
        ..ClassLimits::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(fields: &[(&str, &str)]) -> Submitted {
        Submitted::of(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn what_is_narrowed_comes_back_out_of_its_form() {
        let granted = ClassLimits { max_message_bytes: Some(50 * MEGABYTE), ..ClassLimits::default() };
        let own = ClassLimits {
            max_message_bytes: Some(20 * MEGABYTE),
            protocols: Some([Protocol::Webmail].into_iter().collect()),
            app_passwords_only: true,
            ..ClassLimits::default()
        };
        for own in [own, ClassLimits::default()] {
            let typed = rules(&own, &granted).form.values;
            let typed: Vec<_> =
                typed.into_iter().map(|(name, value)| (name, value.in_test().clone())).collect();
            let mut form = Form::new();
            assert_eq!(read(&Submitted::of(typed), &mut form, &granted), own);
            assert!(form.good());
        }
    }

    #[test]
    fn more_than_is_granted_is_refused_beside_its_field() {
        let granted = ClassLimits {
            max_message_bytes: Some(50 * MEGABYTE),
            recipients_per_day: Some(100),
            protocols: Some([Protocol::Webmail].into_iter().collect()),
            ..ClassLimits::default()
        };
        let mut form = Form::new();
        let fields = [("message_mb", "51"), ("recipients_day", "0"), ("undelete_days", "x"), ("imap", "yes")];
        let read = read(&sent(&fields), &mut form, &granted);
        let wrong: Vec<_> = form.errors.keys().map(String::as_str).collect();
        assert_eq!(wrong, ["message_mb", "recipients_day", "undelete_days", "webmail"]);
        assert!(!read.within(granted).allows(Protocol::Imap));
    }
}
