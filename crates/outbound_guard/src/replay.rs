//! Runs the rules over mail of the past: what would have been held, and was it right? For an operator who asks what a limit would
//! do before it is set, and for measurements. Nothing is written, and nothing is read but what is given.

use std::collections::HashSet;
use std::fmt;
use std::io::{self, BufRead};

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Address, MessageParser};
use mailkeep_types::{CustomerId, Timestamp};
use siphasher::sip128::{Hasher128, SipHasher24};
use uuid::Uuid;

use crate::campaign::CampaignLimits;
use crate::campaign::detector::Reached;
use crate::campaign::shingles::ShingleKey;
use crate::campaign::watch::{Sender, Watch};
use crate::tiers::Tier;
use crate::verdict::{Reason, ReasonCode};

/// Recipients that are read of one message.
const MOST_RECIPIENTS: usize = 1_000;

/// What somebody who knows says of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It may go out.
    Honest,
    /// It must not.
    Abuse,
}

/// A mail of the past.
#[derive(Debug, Clone)]
pub struct PastMail {
    /// Who sent it: a mailbox and a customer of its own.
    pub sender: CustomerId,
    /// To whom, as numbers.
    pub recipients: Vec<u32>,
    /// Its text, as shingles.
    pub shingles: Vec<u32>,
    /// When.
    pub at: Timestamp,
    /// What it was.
    pub truth: Truth,
}

/// How often the rules were right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Confusion {
    /// Honest mail that went out.
    pub honest_sent: u64,
    /// Honest mail that would have been held.
    pub honest_held: u64,
    /// Abuse that went out.
    pub abuse_sent: u64,
    /// Abuse that would have been held.
    pub abuse_held: u64,
    /// Days of an honest sender, and those on which something was held.
    pub honest_days: u64,
    /// See `honest_days`.
    pub honest_days_held: u64,
}

impl fmt::Display for Confusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |part: u64, of: u64| match of {
            0 => "-".to_owned(),
            _ => format!("{}.{:02} %", part * 100 / of, part * 10_000 / of % 100),
        };
        let line = |name: &str, sent: u64, held: u64| {
            format!("{name:<8}{sent:>10}{held:>10}{:>12}", share(held, sent + held))
        };
        writeln!(f, "{:<8}{:>10}{:>10}{:>12}", "", "sent", "held", "held share")?;
        writeln!(f, "{}", line("honest", self.honest_sent, self.honest_held))?;
        writeln!(f, "{}", line("abuse", self.abuse_sent, self.abuse_held))?;
        write!(
            f,
            "Of {} days of honest senders, {} had mail held ({}).",
            self.honest_days,
            self.honest_days_held,
            share(self.honest_days_held, self.honest_days)
        )
    }
}

/// Reads mails for a replay. Senders and recipients become numbers, which live as long as the run: their key is no secret.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    key: ShingleKey,
}

impl Default for Reader {
    fn default() -> Self {
        Reader { key: ShingleKey::new(&[31; 32]) }
    }
}

impl Reader {
    /// The sender, the recipients and the text of a mail as a file has it; nothing when it has no sender. `by_turn` stands for the
    /// recipient where the file names none, and for the time where it has no date.
    pub fn read(&self, raw: &[u8], truth: Truth, by_turn: u32) -> Option<PastMail> {
        let message = MessageParser::default().parse(raw)?;
        let sender = message.from()?.first()?.address()?.to_ascii_lowercase();
        let named = [message.to(), message.cc(), message.bcc()];
        let mut recipients: Vec<u32> = named
            .into_iter()
            .flatten()
            .flat_map(Address::iter)
            .filter_map(|one| one.address())
            .take(MOST_RECIPIENTS)
            .map(|address| self.key.recipient(&address.to_ascii_lowercase()))
            .collect();
        if recipients.is_empty() {
            recipients.push(self.key.recipient(&by_turn.to_string()));
        }
        recipients.sort_unstable();
        recipients.dedup();
        let at = message.date().map_or(i64::from(by_turn) * 60, mail_parser::DateTime::to_timestamp);
        let mut hasher = SipHasher24::new();
        std::hash::Hash::hash(&sender, &mut hasher);
        let sender = CustomerId::from_uuid(Uuid::from_u128(hasher.finish128().as_u128()));
        let shingles = self.key.of_message(raw);
        Some(PastMail { sender, recipients, shingles, at: Timestamp::from_seconds(at.max(0)), truth })
    }
}

/// The mails of an mbox file, one after the other.
pub fn mails_of_mbox(file: impl BufRead) -> impl Iterator<Item = io::Result<Vec<u8>>> {
    MessageIterator::new(file).map(|mail| mail.map(|mail| mail.unwrap_contents()))
}

/// Judges mails in the order of their time; gives the table, and the reasons for what was held with how often each.
pub fn replay(
    limits: &CampaignLimits,
    tier: Tier,
    mut mails: Vec<PastMail>,
) -> (Confusion, Vec<(ReasonCode, u64)>) {
    mails.sort_by_key(|mail| mail.at);
    let mut watch = Watch::new(limits.clone());
    let mut known: HashSet<(CustomerId, u32)> = HashSet::new();
    let (mut days, mut held_days) = (HashSet::new(), HashSet::new());
    let mut found = Confusion::default();
    let mut reasons: Vec<(ReasonCode, u64)> = Vec::new();
    let mut forgot = 0;
    for mail in &mails {
        let minute = u32::try_from(mail.at.as_seconds() / 60).unwrap_or_default();
        if minute >= forgot + 30 {
            watch.forget(minute);
            forgot = minute;
        }
        let bytes = mail.sender.uuid().into_bytes();
        let [.., a, b, c, d] = bytes;
        let customer = u32::from_be_bytes([a, b, c, d]);
        let new: Vec<Reached> = mail
            .recipients
            .iter()
            .filter(|recipient| !known.contains(&(mail.sender, **recipient)))
            .map(|recipient| Reached { recipient: *recipient, customer, minute })
            .collect();
        let sender = Sender { customer: mail.sender, tier, unwanted: false };
        let reason: Option<Reason> = watch.judge(sender, &mail.shingles, &new);
        watch.note(mail.sender, &mail.shingles, &new);
        if let Some(reason) = reason {
            match reasons.iter_mut().find(|(code, _)| *code == reason.code) {
                Some((_, count)) => *count += 1,
                None => reasons.push((reason.code, 1)),
            }
        } else {
            known.extend(mail.recipients.iter().map(|recipient| (mail.sender, *recipient)));
        }
        let count = match (mail.truth, reason.is_some()) {
            (Truth::Honest, false) => &mut found.honest_sent,
            (Truth::Honest, true) => &mut found.honest_held,
            (Truth::Abuse, false) => &mut found.abuse_sent,
            (Truth::Abuse, true) => &mut found.abuse_held,
        };
        *count += 1;
        if mail.truth == Truth::Honest {
            let day = (mail.sender, mail.at.as_seconds() / 86_400);
            days.insert(day);
            if reason.is_some() {
                held_days.insert(day);
            }
        }
    }
    found.honest_days = days.len() as u64;
    found.honest_days_held = held_days.len() as u64;
    (found, reasons)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(from: &str, to: &str, minute: u32, words: impl Fn(usize) -> String) -> Vec<u8> {
        let text: String = (0..60).map(|word| words(word) + " ").collect();
        format!("From: {from}\r\nTo: {to}\r\nDate: Mon, 2 Mar 2026 10:{minute:02}:00 +0000\r\n\r\n{text}\r\n")
            .into_bytes()
    }

    #[test]
    fn a_campaign_is_held_and_letters_are_not() {
        let reader = Reader::default();
        let mut mails = Vec::new();
        for number in 0..40 {
            let honest = mail("ann@a.example", &format!("h{number}@x.example"), number, |word| {
                format!("letter{number}x{word}")
            });
            mails.push(reader.read(&honest, Truth::Honest, number).unwrap());
            let abuse =
                mail("bob@b.example", &format!("v{number}@x.example"), number, |word| format!("buy{word}"));
            mails.push(reader.read(&abuse, Truth::Abuse, number).unwrap());
        }
        let (found, reasons) = replay(&CampaignLimits::default(), Tier::T2, mails.clone());
        assert_eq!((found.honest_sent, found.honest_held, found.honest_days), (40, 0, 1));
        assert_eq!((found.abuse_sent, found.abuse_held), (19, 21));
        assert_eq!(reasons, [(ReasonCode::Campaign, 21)]);
        let (found, _) = replay(&CampaignLimits::default(), Tier::T0, mails);
        assert_eq!((found.abuse_sent, found.honest_held), (9, 0));
        let shown = found.to_string();
        assert!(
            shown.contains("abuse") && shown.contains("77.50 %") && shown.contains("Of 1 days"),
            "{shown}"
        );
    }

    #[test]
    fn an_mbox_is_cut_into_its_mails() {
        let file = b"From a@b.example Mon Mar  2 10:00:00 2026\nFrom: a@b.example\n\none\n\n\
                     From c@d.example Mon Mar  2 10:01:00 2026\nFrom: c@d.example\n\n>From here\n";
        let mails: Vec<Vec<u8>> = mails_of_mbox(&file[..]).map(Result::unwrap).collect();
        assert_eq!(mails.len(), 2);
        assert!(mails[0].starts_with(b"From: a@b.example") && mails[1].ends_with(b"From here\n"));
    }

    #[test]
    fn what_says_little_is_read_as_far_as_it_goes() {
        let reader = Reader::default();
        assert!(reader.read(b"Subject: nobody\r\n\r\nhello", Truth::Honest, 1).is_none());
        assert!(reader.read(b"", Truth::Honest, 1).is_none());
        let bare = reader.read(b"From: <a@b.example>\r\n\r\nhello", Truth::Honest, 7).unwrap();
        assert_eq!((bare.recipients.len(), bare.at), (1, Timestamp::from_seconds(420)));
    }
}
