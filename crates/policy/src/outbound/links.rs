//! The secret of the links under messages: for whom and about which topic, sealed under a key of the house. Whoever has
//! one can say no for its holder and learns nothing. It does not end: an old message can still be answered.

use data_encoding::BASE64URL_NOPAD;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::Policy;
use crate::keys::{SubCipher, derive_key};
use crate::subject::Subject;

const DATA: &[u8] = b"mailkeep/choice link/1";
/// Longer than any that we make.
const MAX_LENGTH: usize = 400;

/// The keys for what people choose: derived from one house key, so that they outlive a change of the root key.
pub(crate) struct ChoiceKeys {
    links: SubCipher,
    pub list: Zeroizing<[u8; 32]>,
}

impl ChoiceKeys {
    pub(crate) fn derive(house: &[u8; 32]) -> Self {
        ChoiceKeys {
            links: SubCipher::derive(house, "choice links"),
            list: derive_key(house, "suppression list"),
        }
    }
}

impl Policy {
    /// The secret of a link with which `subject` declines `topic`.
    pub fn choice_token(&self, subject: Subject, topic: &str) -> String {
        let plain = [&subject.to_bytes(), topic.as_bytes()].concat();
        BASE64URL_NOPAD.encode(&self.choice_keys().links.seal(DATA, &plain))
    }

    /// For whom and about which topic such a link is; `None` when it is not of ours.
    pub fn read_choice_token(&self, token: &str) -> Option<(Subject, String)> {
        if token.len() > MAX_LENGTH {
            return None;
        }
        let sealed = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
        let plain = self.choice_keys().links.open(DATA, &sealed)?;
        let (kind, rest) = plain.split_first()?;
        let (id, topic) = rest.split_at_checked(16)?;
        let subject = Subject::from_stored(i64::from(*kind), Uuid::from_slice(id).ok()?)?;
        Some((subject, String::from_utf8(topic.to_vec()).ok()?))
    }
}
