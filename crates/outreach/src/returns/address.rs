//! The addresses for what comes back: `returns+REFERENCE@…` for one message, and `returns@…` for complaints, which providers of
//! readers send to an address that was agreed with them.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use mailkeep_policy::{LookupKind, Policy};
use mailkeep_types::{DomainName, EmailAddress, OutboundId};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

/// What stands before the plus sign.
const LOCAL: &str = "returns";
/// Bytes of the MAC: together with the identifier they fit into the 64 characters of a local part.
const MAC_LENGTH: usize = 12;

/// Makes and reads the addresses. A reference names a message by a number that says nothing, and carries a MAC, so that nobody can
/// make one for a message that was not sent to them.
#[derive(Clone)]
pub struct ReturnAddresses {
    key: Zeroizing<[u8; 32]>,
    domain: DomainName,
    /// Others that come here as well.
    also: Vec<DomainName>,
}

/// Where an address for what comes back leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returning {
    /// To one message.
    Message(OutboundId),
    /// To the message that a complaint names.
    Complaints,
}

impl std::fmt::Debug for ReturnAddresses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReturnAddresses").field("domain", &self.domain).finish_non_exhaustive()
    }
}

impl ReturnAddresses {
    /// Addresses in a domain whose mail comes to this server.
    pub fn new(policy: &Policy, domain: DomainName) -> Self {
        let key = policy.lookup_hash(LookupKind::Other, "the references of messages that come back");
        ReturnAddresses { key: Zeroizing::new(key), domain, also: Vec::new() }
    }

    /// Reads those in this domain as well: what was sent before may still come back to it.
    #[must_use]
    pub fn and_read(mut self, domain: DomainName) -> Self {
        self.also.push(domain);
        self
    }

    /// Where the reports about a message go; `None` when the domain is too long for it.
    pub fn of(&self, message: OutboundId) -> Option<EmailAddress> {
        let mut bytes = message.uuid().as_bytes().to_vec();
        bytes.extend(self.mac(&bytes).finalize().into_bytes().iter().take(MAC_LENGTH));
        let reference = BASE32_NOPAD.encode(&bytes).to_ascii_lowercase();
        EmailAddress::from_parts(&format!("{LOCAL}+{reference}"), self.domain.clone()).ok()
    }

    /// Where an address leads; `None` when it is none of these, or its reference is not of ours.
    pub fn read(&self, address: &EmailAddress) -> Option<Returning> {
        if *address.domain() != self.domain && !self.also.contains(address.domain()) {
            return None;
        }
        let Some((local, reference)) = address.local().split_once('+') else {
            return address.local().eq_ignore_ascii_case(LOCAL).then_some(Returning::Complaints);
        };
        if !local.eq_ignore_ascii_case(LOCAL) {
            return None;
        }
        let bytes = BASE32_NOPAD.decode(reference.to_ascii_uppercase().as_bytes()).ok()?;
        let (id, mac) = bytes.split_at_checked(16).filter(|(_, mac)| mac.len() == MAC_LENGTH)?;
        self.mac(id).verify_truncated_left(mac).ok()?;
        Some(Returning::Message(OutboundId::from_uuid(Uuid::from_slice(id).ok()?)))
    }

    fn mac(&self, id: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&*self.key).expect("HMAC takes keys of any length");
        mac.update(b"return:");
        mac.update(id);
        mac
    }
}
