//! The link in messages to a guest: its identifier and a keyed hash over it, in one piece.

use data_encoding::BASE64URL_NOPAD;
use mailkeep_policy::LookupKind;
use mailkeep_types::GuestId;
use uuid::Uuid;

use crate::post_office::PostOffice;

/// Bytes of the hash that stand in the link.
const PROOF: usize = 16;

impl PostOffice {
    /// The last part of the link with which a guest joins and leaves. It does not end: an old message can still be answered.
    pub fn guest_token(&self, guest: GuestId) -> String {
        BASE64URL_NOPAD.encode(&[&guest.as_bytes()[..], &self.guest_proof(guest)].concat())
    }

    /// Whose link it is; `None` when it is not of ours.
    pub fn read_guest_token(&self, token: &str) -> Option<GuestId> {
        let bytes: [u8; 16 + PROOF] =
            BASE64URL_NOPAD.decode(token.as_bytes()).ok()?.as_slice().try_into().ok()?;
        let (id, proof) = bytes.split_first_chunk::<16>()?;
        let guest = GuestId::from_uuid(Uuid::from_bytes(*id));
        // Every byte is looked at, so that time tells nothing of where the first wrong one is.
        let differs = self.guest_proof(guest).iter().zip(proof).fold(0, |all, (a, b)| all | (a ^ b));
        (differs == 0).then_some(guest)
    }

    fn guest_proof(&self, guest: GuestId) -> [u8; PROOF] {
        let hash = self.policy().lookup_hash(LookupKind::Other, &format!("link of list guest {guest}"));
        let mut proof = [0; PROOF];
        proof.copy_from_slice(&hash[..PROOF]);
        proof
    }
}
