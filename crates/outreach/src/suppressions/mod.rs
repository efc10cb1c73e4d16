//! Refusals that come as a list: of another program, of a call centre, of letters that came back.

use mailkeep_identity::persons::phone_lookup;
use mailkeep_policy::outbound::Channel;
use mailkeep_policy::outbound::suppressions::suppress_holder;
use mailkeep_storage::sql::SqlError;
use mailkeep_types::EmailAddress;

use crate::subscribers::email_hash;
use crate::{Outreach, OutreachError};

impl Outreach {
    /// The hash by which an address or a number is found on the suppression list; `None` for what is neither.
    pub fn holder_of(&self, channel: Channel, text: &str) -> Option<[u8; 32]> {
        match channel {
            Channel::Email => EmailAddress::parse(text).ok().map(|email| email_hash(self.policy(), &email)),
            Channel::Telephone => telephone(text).map(|phone| phone_lookup(self.policy(), &phone)),
            // A postal address is no single line; letters are declined on the page of choices.
            Channel::Post => None,
        }
    }

    /// Enters addresses or numbers as refusing a topic, a class, or `*` for everything: how many were entered, and how many
    /// lines could not be read.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn suppress<'a>(
        &self,
        lines: impl IntoIterator<Item = &'a str>,
        channel: Channel,
        topic: &str,
    ) -> Result<(usize, usize), OutreachError> {
        let lines: Vec<&str> = lines.into_iter().map(str::trim).filter(|line| !line.is_empty()).collect();
        let holders: Vec<[u8; 32]> = lines.iter().filter_map(|line| self.holder_of(channel, line)).collect();
        let unreadable = lines.len() - holders.len();
        for batch in holders.chunks(500) {
            let (batch, topic) = (batch.to_vec(), topic.to_owned());
            self.db()
                .write(move |tx| -> Result<(), SqlError> {
                    batch.iter().try_for_each(|holder| suppress_holder(tx, *holder, channel, &topic))
                })
                .await?;
        }
        self.policy().copy_suppressions().await?;
        Ok((holders.len(), unreadable))
    }
}

/// `+` and digits, as profiles keep a number.
fn telephone(text: &str) -> Option<String> {
    let kept: String = text.chars().filter(|c| !c.is_whitespace() && !"-./()".contains(*c)).collect();
    let digits = kept.strip_prefix('+').or_else(|| kept.strip_prefix("00"))?;
    let good = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    good.then(|| format!("+{digits}"))
}
