//! Mail for a list with members elsewhere: the copies that go on to them.
//!
//! The envelope's sender of such a copy is an address of the list, so that failures are not told to the author, who
//! knows nothing of the members. Reports to that address are counted and dropped.

use bytes::Bytes;
use mailkeep_protocols::smtp::{HeaderSection, MailParams, Notify, RcptParams, Reply};
use mailkeep_types::EmailAddress;

use crate::house::{List, NewMessage};

/// What stands after the `+` in the address that failures of a list's copies are reported to.
pub(crate) const BOUNCES: &str = "bounces";

/// True when a message has passed this list before.
pub(crate) fn went_through(message: &[u8], list: &EmailAddress) -> bool {
    let list = list.canonical();
    HeaderSection::of(message).named("Delivered-To").any(|field| field.value().trim().to_lowercase() == list)
}

/// Refuses a message that comes back to a list: one of its members leads to it.
pub(crate) fn refuse_loop(message: &[u8], list: &EmailAddress) -> Result<(), Reply> {
    if went_through(message, list) {
        let text = "This message has passed this list already: one of its members leads back to it";
        return Err(Reply::of(554, (5, 4, 6), text));
    }
    Ok(())
}

/// The copy for the members elsewhere. `content` is the message with our trace fields.
pub(crate) fn onward(list: &List, smtputf8: bool, content: &[u8]) -> NewMessage {
    let never = RcptParams { notify: Some(Notify::NEVER), orcpt: None };
    let mark = format!("Delivered-To: {}\r\n", list.address.canonical());
    NewMessage {
        hold: None,
        mailbox: None,
        sender: bounce_address(&list.address),
        params: MailParams { smtputf8, ..MailParams::default() },
        recipients: list.elsewhere.iter().map(|member| (member.clone(), never.clone())).collect(),
        content: Bytes::from([mark.as_bytes(), content].concat()),
    }
}

/// The address of a list for reports; `None`, the null sender, when it would be too long for an address.
fn bounce_address(list: &EmailAddress) -> Option<EmailAddress> {
    let local = list.local().split_once('+').map_or(list.local(), |(before, _)| before);
    EmailAddress::from_parts(&format!("{local}+{BOUNCES}"), list.domain().clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_name_the_list_and_come_back_to_it_at_most_once() {
        let address = EmailAddress::parse("All@example.com").unwrap();
        let carol = EmailAddress::parse("carol@far.example").unwrap();
        let id = mailkeep_types::AliasId::from_uuid(uuid::Uuid::nil());
        let list = List { id, address: address.clone(), elsewhere: vec![carol] };
        let message = b"Subject: x\r\n\r\nhello\r\n";
        assert!(refuse_loop(message, &address).is_ok());
        let copy = onward(&list, false, message);
        assert_eq!(copy.sender.unwrap().to_string(), "All+bounces@example.com");
        assert_eq!(copy.recipients[0].1.notify, Some(Notify::NEVER));
        assert_eq!(refuse_loop(&copy.content, &address).unwrap_err().code(), 554);
        assert!(refuse_loop(&copy.content, &"other@example.com".parse().unwrap()).is_ok());
    }
}
