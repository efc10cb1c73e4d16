//! What the desk writes into its letters to know their answers again: a signed Message-ID, and a signed token in the address to
//! answer to. Both name the ticket and carry a MAC, so that nobody can make one for a ticket of somebody else.
//!
//! A mark shows that a letter of ours is answered. It does not show who answers: letters are passed on.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use mailkeep_types::{DomainName, EmailAddress};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The 16 bytes of a ticket's identifier.
pub type TicketBytes = [u8; 16];

/// How the left side of our Message-IDs begins.
const PREFIX: &str = "desk.";
/// Bytes of the MAC in a Message-ID, and in a token, which must leave room in the 64 of a local part.
const LONG_MAC: usize = 16;
const SHORT_MAC: usize = 10;

/// The keys under which marks are made and known again.
pub struct MarkKeys {
    current: Zeroizing<[u8; 32]>,
    previous: Option<Zeroizing<[u8; 32]>>,
}

/// What a mark turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Ours, of this ticket.
    Ours(TicketBytes),
    /// It looks like ours and is not.
    Forged,
    /// Somebody else's, or none.
    Foreign,
}

/// What a MAC is made of. Each kind has MACs of its own, so that a token is no Message-ID.
#[derive(Clone, Copy)]
enum Kind {
    MessageId,
    Token,
}

impl MarkKeys {
    /// Marks are made under `current`; those made under `previous` are still known.
    pub fn new(current: [u8; 32], previous: Option<[u8; 32]>) -> Self {
        MarkKeys { current: Zeroizing::new(current), previous: previous.map(Zeroizing::new) }
    }

    /// The Message-ID, without brackets, of a letter about a ticket. `letter` is different for each letter.
    pub fn message_id(&self, ticket: TicketBytes, letter: [u8; 16], domain: &DomainName) -> String {
        let mut bytes = [ticket, letter].concat();
        let mac = mac(&self.current, Kind::MessageId, &bytes, domain.as_str());
        bytes.extend(mac.finalize().into_bytes().iter().take(LONG_MAC));
        format!("{PREFIX}{}@{domain}", base32(&bytes))
    }

    /// What a Message-ID is, without its brackets. `is_ours` says which domains are ours: another desk of the same make writes
    /// marks that look the same.
    pub fn read_message_id(&self, id: &str, is_ours: impl Fn(&DomainName) -> bool) -> Mark {
        let Some((local, domain)) = id.rsplit_once('@') else { return Mark::Foreign };
        let prefixed = local.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX));
        let Some(text) = local.get(PREFIX.len()..).filter(|_| prefixed) else { return Mark::Foreign };
        let Ok(domain) = DomainName::parse(domain) else { return Mark::Foreign };
        if !is_ours(&domain) {
            return Mark::Foreign;
        }
        self.check(Kind::MessageId, text, 32, LONG_MAC, domain.as_str()).map_or(Mark::Forged, Mark::Ours)
    }

    /// The address to which answers about a ticket go: `support+TOKEN@…`. `None` when the department's own name is so long that
    /// the token has no room beside it.
    pub fn reply_address(&self, department: &EmailAddress, ticket: TicketBytes) -> Option<EmailAddress> {
        let mut bytes = ticket.to_vec();
        bytes.extend(
            mac(&self.current, Kind::Token, &ticket, "").finalize().into_bytes().iter().take(SHORT_MAC),
        );
        let local = format!("{}+{}", department.local(), base32(&bytes));
        EmailAddress::from_parts(&local, department.domain().clone()).ok()
    }

    /// What the token in an address is. Anything behind a plus sign that has not the shape of a token is a person's own matter.
    pub fn read_address(&self, address: &EmailAddress, is_ours: impl Fn(&DomainName) -> bool) -> Mark {
        let token = address.local().rsplit_once('+').map(|(_, token)| token);
        let length = BASE32_NOPAD.encode_len(16 + SHORT_MAC);
        let Some(token) = token.filter(|token| token.len() == length && is_ours(address.domain())) else {
            return Mark::Foreign;
        };
        self.check(Kind::Token, token, 16, SHORT_MAC, "").map_or(Mark::Forged, Mark::Ours)
    }

    /// The ticket that a mark names, when its MAC is right. Mail programs may change the case of addresses.
    fn check(
        &self,
        kind: Kind,
        text: &str,
        payload: usize,
        mac_length: usize,
        context: &str,
    ) -> Option<TicketBytes> {
        let bytes = BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).ok()?;
        let (payload, given) = bytes.split_at_checked(payload).filter(|(_, mac)| mac.len() == mac_length)?;
        let keys = [Some(&self.current), self.previous.as_ref()];
        let right = keys
            .into_iter()
            .flatten()
            .any(|key| mac(key, kind, payload, context).verify_truncated_left(given).is_ok());
        payload.first_chunk().copied().filter(|_| right)
    }
}

/// The letter that a Message-ID of ours names, without a look at its MAC: [`MarkKeys::read_message_id`] says whether it is ours.
pub fn letter_of(id: &str) -> Option<[u8; 16]> {
    let text = id.rsplit_once('@')?.0.get(PREFIX.len()..)?;
    let bytes = BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).ok()?;
    bytes.get(16..32)?.try_into().ok()
}

fn mac(key: &[u8; 32], kind: Kind, payload: &[u8], context: &str) -> Hmac<Sha256> {
    let label: &[u8] = match kind {
        Kind::MessageId => b"helpdesk message-id:",
        Kind::Token => b"helpdesk token:",
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(label);
    mac.update(payload);
    mac.update(context.as_bytes());
    mac
}

fn base32(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes).to_ascii_lowercase()
}
