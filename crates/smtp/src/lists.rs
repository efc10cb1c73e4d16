//! Mail for a list with guests: the copies that go on to them. One message with all of them is queued; the part that is of each
//! guest alone, the link to leave by, is put on top when it goes, and with it a signature of the list's domain.
//!
//! The envelope's sender of such a copy is an address of the list, so that failures are not told to the author, who
//! knows nothing of the members. Reports to that address are counted and dropped.

use bytes::Bytes;
use mailkeep_protocols::imap::structure::sole_author;
use mailkeep_protocols::smtp::{HeaderSection, MailParams, Reply};
use mailkeep_types::EmailAddress;

use crate::house::{Author, Claimed, House, List, NewMessage};

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

/// Who wrote a message that is delivered out of the queue. Whoever signed in was asked when they handed it in, and their mailbox may have gone
/// to somebody else since. Of others From is what was proven, and not the envelope.
pub(crate) fn author_of(claimed: &Claimed, content: &[u8]) -> Author {
    let address = match claimed.mailbox {
        Some(_) => claimed.sender.clone(),
        None => sole_author(HeaderSection::of(content).header()).filter(|_| claimed.vouched),
    };
    Author { mailbox: claimed.mailbox, address }
}

/// Refuses whoever may not write to a list; to an open one everybody may. Reports of mail servers are nobody's.
pub(crate) async fn require_writer<H: House>(house: &H, list: &List, author: Author) -> Result<(), Reply> {
    if !list.restricted || house.may_write_to(list, author).await.map_err(|e| e.into_reply())? {
        return Ok(());
    }
    let text = "This list takes mail only from those who may write to it, from their own address";
    Err(Reply::of(550, (5, 7, 1), text))
}

/// The copy for the guests, one for all of them, without recipients. `content` is the message with our trace fields.
/// `vouched` says that its author is who From says.
pub(crate) fn onward(list: &List, smtputf8: bool, vouched: bool, content: &[u8]) -> NewMessage {
    NewMessage {
        hold: None,
        vouched,
        mailbox: None,
        sender: bounce_address(&list.address),
        params: MailParams { smtputf8, ..MailParams::default() },
        recipients: Vec::new(),
        content: Bytes::from([head(&list.address).as_bytes(), content].concat()),
    }
}

/// What every copy of a list says on top (RFC 2369, RFC 2919). Nothing else of the message is changed, so that the author's
/// signature holds.
fn head(list: &EmailAddress) -> String {
    let (address, domain) = (list.canonical(), list.domain());
    let local = list.local().to_lowercase();
    // An identifier is made of letters, digits and points.
    let named = local.replace(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')), "-");
    format!(
        "Delivered-To: {address}\r\nList-Id: <{named}.{domain}>\r\nList-Post: <mailto:{address}>\r\nPrecedence: list\r\n"
    )
}

/// The copy for one guest: how they leave stands on top (RFC 2369, RFC 8058).
pub(crate) fn copy_for(link: &str, content: &[u8]) -> Vec<u8> {
    let fields =
        format!("List-Unsubscribe: <{link}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    [fields.as_bytes(), content].concat()
}

/// The answer for a guest who left while a copy was on its way.
pub(crate) fn left() -> Reply {
    Reply::of(550, (5, 7, 1), "The recipient left the list")
}

/// The address of a list for reports; `None`, the null sender, when it would be too long for an address.
fn bounce_address(list: &EmailAddress) -> Option<EmailAddress> {
    let local = list.local().split_once('+').map_or(list.local(), |(before, _)| before);
    EmailAddress::from_parts(&format!("{local}+{BOUNCES}"), list.domain().clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mailkeep_types::{MailboxId, QueueId, Timestamp};

    #[test]
    fn an_envelope_proves_nobody() {
        let claimed = |mailbox, vouched| Claimed {
            queue: QueueId::from_uuid(uuid::Uuid::nil()),
            mailbox,
            domain: "example.com".parse().unwrap(),
            recipients: Vec::new(),
            sender: Some("member@far.example".parse().unwrap()),
            params: MailParams::default(),
            arrived: Timestamp::EPOCH,
            expires: Timestamp::EPOCH,
            vouched,
            bulk: false,
        };
        let content = b"From: x@elsewhere.example\r\n\r\nhi\r\n";
        let of = |claimed: &Claimed| author_of(claimed, content).address.map(|address| address.to_string());
        assert_eq!(of(&claimed(None, true)).as_deref(), Some("x@elsewhere.example"));
        assert_eq!(of(&claimed(None, false)), None);
        let signed_in = claimed(Some(MailboxId::from_uuid(uuid::Uuid::nil())), false);
        assert_eq!(of(&signed_in).as_deref(), Some("member@far.example"), "theirs, or it was not taken");
    }

    #[test]
    fn copies_name_the_list_and_come_back_to_it_at_most_once() {
        let address = EmailAddress::parse("All@example.com").unwrap();
        let id = mailkeep_types::AliasId::from_uuid(uuid::Uuid::nil());
        let list = List { id, address: address.clone(), guests: 1, restricted: false };
        let message = b"Subject: x\r\n\r\nhello\r\n";
        assert!(refuse_loop(message, &address).is_ok());
        let copy = onward(&list, false, false, message);
        assert_eq!(copy.sender.unwrap().to_string(), "All+bounces@example.com");
        let text = String::from_utf8(copy_for("https://x/lists/t", &copy.content)).unwrap();
        for line in [
            "List-Unsubscribe: <https://x/lists/t>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
            "\r\nList-Id: <all.example.com>\r\nList-Post: <mailto:all@example.com>\r\nPrecedence: list\r\n",
        ] {
            assert!(text.contains(line), "{line} is not in {text}");
        }
        assert!(text.ends_with("Subject: x\r\n\r\nhello\r\n"));
        assert_eq!(
            head(&"a/ö@example.com".parse().unwrap()).matches("List-Id: <a--.example.com>").count(),
            1
        );
        assert_eq!(refuse_loop(&copy.content, &address).unwrap_err().code(), 554);
        assert!(refuse_loop(&copy.content, &"other@example.com".parse().unwrap()).is_ok());
    }
}
