//! Staff act by mail: an answer to the address that a letter about a ticket named, from the address that a member of staff proved and
//! whose domain says that it is theirs, is what they write in the ticket.
//!
//! What is above quotes and signature is written; a first line such as `#note`, `#ask` or `#solve` says as what. Where
//! that cannot be done, the letter is not taken, and the sender's mail server says why.

use mailkeep_identity::staff::colleague_with_email;
use mailkeep_identity::{StaffPermission, customers};
use mailkeep_protocols::mime::files;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{EmailAddress, StaffId};
use uuid::Uuid;

use super::take::{Arrived, Taken};
use super::{Mailroom, store};
use crate::attachments::NewAttachment;
use crate::letters::marks::Mark;
use crate::letters::reply::{Whole, trim_reply};
use crate::merges;
use crate::tickets::{DeskKind, Reply, Said, Seen, TicketError};

/// A member of staff and the ticket that their letter is about.
pub(super) type Acts = (StaffId, Uuid);

/// The words by which a letter says as what it is to be written.
const ORDERS: [(&str, Reply); 4] =
    [("#answer", Reply::Answer), ("#ask", Reply::Ask), ("#solve", Reply::Solve), ("#note", Reply::Note)];

impl Mailroom {
    /// Who of staff acts by a letter of a proven sender that no machine wrote, and in which ticket; nobody when it answers none of our
    /// letters, or the ticket is their own as a customer.
    pub(super) fn acts(
        &self,
        tx: &mut Tx<'_>,
        hash: &[u8; 32],
        recipient: &EmailAddress,
    ) -> Result<Option<Acts>, TicketError> {
        let mark = self.inner.keys.read_address(recipient, |domain| self.is_ours(domain));
        let Mark::Ours(ticket) = mark else { return Ok(None) };
        let Some(staff) = colleague_with_email(tx, hash, StaffPermission::Tickets)? else { return Ok(None) };
        let ticket = merges::store::leads_to(tx, Uuid::from_bytes(ticket))?;
        let Some(ticket) = crate::tickets::store::find(tx, ticket)? else { return Ok(None) };
        let own = match (ticket.customer(), customers::contact_with_email(tx, hash)?) {
            (Some(customer), Some((_, customers))) => customers.contains(&customer),
            _ => false,
        };
        Ok((ticket.desk() == DeskKind::Support && !own).then_some((staff, ticket.id)))
    }

    /// Writes what a member of staff wrote by mail.
    pub(super) async fn act(
        &self,
        arrived: &Arrived<'_>,
        (staff, ticket): Acts,
    ) -> Result<Taken, TicketError> {
        let letter = &arrived.letter;
        let (reply, words) = order_of(&letter.text)?;
        let files = letter.files.iter().filter_map(|file| {
            let found = files::find_file(arrived.incoming.raw, &file.section)?;
            Some(NewAttachment { name: file.name.clone(), bytes: found.bytes(arrived.incoming.raw) })
        });
        let said = Said { words, files: files.collect(), mentions: Vec::new() };
        let seen = Seen { ticket, owner: None, version: None, desk: DeskKind::Support };
        let desk = &self.inner.desk;
        let prepared = desk.prepare(seen, staff, reply, said).await.map_err(not_taken)?;
        let (hours, outbound, fingerprint) =
            (desk.hours().clone(), self.policy().outbound(), arrived.fingerprint);
        let written = desk.write(move |tx| {
            if let Some(ticket) = store::ticket_of_copy(tx, &fingerprint)? {
                return Ok(Taken::Before(ticket));
            }
            let mut ticket = seen.find(tx)?;
            prepared.write(tx, &hours, &outbound, &mut ticket)?;
            store::add_staff_letter(tx, &fingerprint, ticket.id, staff)?;
            Ok(Taken::WentOn(ticket.id))
        });
        written.await.map_err(not_taken)
    }
}

/// As what a letter is written, and what of it is.
fn order_of(text: &str) -> Result<(Reply, String), TicketError> {
    let trimmed = trim_reply(text);
    if trimmed.whole == Some(Whole::NothingLeft) {
        return Err(TicketError::NotTaken(
            "There is nothing new in your letter: write above what you quote".into(),
        ));
    }
    let words = trimmed.shown(text);
    let first = words.trim_start().lines().next().unwrap_or_default().trim();
    if !first.starts_with('#') {
        return Ok((Reply::Answer, words));
    }
    let order = ORDERS.iter().find(|(word, _)| first.eq_ignore_ascii_case(word)).map(|(_, reply)| *reply);
    let Some(reply) = order else {
        let sentence =
            format!("{first} is no order: begin with #answer, #ask, #solve or #note, or with your words");
        return Err(TicketError::NotTaken(sentence));
    };
    let rest = words.trim_start().split_once('\n').map_or("", |(_, rest)| rest).trim_start_matches('\n');
    Ok((reply, rest.to_owned()))
}

/// What the sender is told of what stands against it; what failed is tried again.
fn not_taken(error: TicketError) -> TicketError {
    let sentence = match &error {
        TicketError::Field { .. }
        | TicketError::Attachment(_)
        | TicketError::State(_)
        | TicketError::Refused(_)
        | TicketError::NotFound => format!("What you wrote about the ticket was not taken: {error}"),
        _ => return error,
    };
    TicketError::NotTaken(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_stand_in_the_first_line() {
        let read = |text: &str| order_of(text).map(|(reply, words)| (format!("{reply:?}"), words));
        let is = |reply: &str, words: &str| (reply.to_owned(), words.to_owned());
        assert_eq!(read("Try it again.\n").unwrap(), is("Answer", "Try it again."));
        assert_eq!(read("\n#note\n\nAsk Tove.\n").unwrap(), is("Note", "Ask Tove."));
        assert_eq!(read("#SOLVE\r\nDone.\r\n").unwrap().0, "Solve");
        let quoted = "#ask\nWhich domain?\n\nOn Monday, support wrote:\n> news\n> of it\n";
        assert_eq!(read(quoted).unwrap(), is("Ask", "Which domain?"));
        for wrong in ["#sovle\nDone.", "> only\n> quoted\n"] {
            assert!(matches!(read(wrong), Err(TicketError::NotTaken(_))), "{wrong}");
        }
    }
}
