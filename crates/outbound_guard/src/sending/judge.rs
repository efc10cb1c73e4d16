//! Judges a message and counts it, when it is accepted, in the same transaction.

use std::net::IpAddr;

use bytes::Bytes;
use mailkeep_policy::LookupKind;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::sending::ListCount;
use mailkeep_types::{MailboxId, Timestamp};

use super::follow::{bytes, reached};
use super::guard::Guard;
use super::store::{self, Known};
use super::{Addressee, GuardError, Standing};
use crate::campaign::shingles::Said;
use crate::campaign::watch::Sender;
use crate::content::store::NewText;
use crate::content::{self, Vote};
use crate::holds;
use crate::ladder::{Throttled, throttled};
use crate::limits::{Limits, Weight, weigh};
use crate::suspicions::{STRANGERS_IN, Surroundings};
use crate::tiers::{Tier, TierLimits, Tiers};
use crate::verdict::{Judged, Reason, ReasonCode, Verdict};
use crate::voices;

/// Longer messages are read on a thread of their own.
const SHORT: usize = 32 * 1024;

/// What is known before the transaction.
struct Case {
    mailbox: MailboxId,
    standing: Standing,
    tiers: Tiers,
    recipients: Vec<Whom>,
    said: Said,
    /// Whether it is kept to be learnt from.
    learns: bool,
    vote: Option<Vote>,
    campaign: Option<Reason>,
    /// From where it comes; not asked when nobody is new.
    from: Option<Surroundings>,
}

/// One recipient.
#[derive(Clone)]
struct Whom {
    counted: u64,
    /// Under which they are known to the mailbox; nothing for those inside.
    known: Option<Known>,
    number: u32,
}

impl Guard {
    /// The verdict on a message that a mailbox hands in `from` a network, in which the recipients stand in the order of the sender.
    /// What is allowed or held is counted when this returns, durably.
    ///
    /// # Errors
    /// When the database fails or the mailbox is nobody's; the message is to be tried again.
    pub async fn judge(
        &self,
        mailbox: MailboxId,
        from: IpAddr,
        recipients: &[Addressee],
        content: &Bytes,
    ) -> Result<Judged, GuardError> {
        let standing = self.0.standings.standing(mailbox).await.map_err(GuardError::Standing)?;
        let now = self.0.db.now();
        let recipients: Vec<Whom> =
            recipients.iter().map(|addressee| self.whom(mailbox, &standing, addressee)).collect();
        let outside: Vec<Known> = recipients.iter().filter_map(|whom| whom.known).collect();
        let customer = standing.customer;
        // From here on no other message of the customer is judged: each sees what those before it reached.
        let _alone = self.lane(customer).await;
        let found = self.follow(now, move |tx| {
            let known = store::known(tx, mailbox, &outside)?;
            // Whose campaigns staff or lately the owner let go is in the highest tier with them, and with nothing else.
            let excepted =
                holds::store::is_excepted(tx, customer, mailbox)? || holds::is_vouched_for(tx, mailbox)?;
            Ok::<_, SqlError>((known, store::tier(tx, customer)?, excepted))
        });
        let (known, tier, excepted) = found.await?;
        let is_new = |whom: &&Whom| whom.known.is_some_and(|hash| !known.contains(&hash));
        let new: Vec<u32> = recipients.iter().filter(is_new).map(|whom| whom.number).collect();
        let said = if new.is_empty() { Said::default() } else { self.read(content).await? };
        let vote = self.vote(&said.features, now).await?;
        let from = match new.is_empty() {
            true => None,
            false => {
                let asked = self.0.standings.surroundings(mailbox, from).await;
                Some(asked.map_err(GuardError::Standing)?)
            }
        };
        let tiers = self.0.config.tiers.clone();
        let learns = self.0.config.learns_from_content;
        let mut case =
            Case { mailbox, standing, tiers, recipients, said, learns, vote, campaign: None, from };
        if !new.is_empty() {
            let earned = earned(&case, now);
            let tier = if excepted { Tier::T3 } else { tier.map_or(earned, |(_, tier)| tier.max(earned)) };
            let sender = Sender { customer, tier, unwanted: case.is_unwanted() };
            let new = reached(&new, customer.as_bytes(), now);
            case.campaign = self.0.followed.lock().watch.judge(sender, &case.said.shingles, &new);
        }
        Ok(self.0.db.write(move |tx| case.decide(tx)).await?)
    }

    fn whom(&self, mailbox: MailboxId, standing: &Standing, addressee: &Addressee) -> Whom {
        let counted = match standing.rules.lists {
            ListCount::One => 1,
            ListCount::Members => addressee.members.max(1),
        };
        if addressee.department || standing.inside.contains(addressee.address.domain()) {
            return Whom { counted, known: None, number: 0 };
        }
        let canonical = addressee.address.canonical();
        let text = format!("the outbound guard: {mailbox} knows {canonical}");
        let hash = self.0.policy.lookup_hash(LookupKind::Other, &text);
        let known = hash.first_chunk().copied().unwrap_or_default();
        Whom { counted, known: Some(known), number: self.0.key.recipient(&canonical) }
    }

    async fn read(&self, content: &Bytes) -> Result<Said, GuardError> {
        let key = self.0.key;
        if content.len() <= SHORT {
            return Ok(key.read(content));
        }
        let content = content.clone();
        let read = tokio::task::spawn_blocking(move || key.read(&content)).await;
        read.map_err(|error| GuardError::Unread(error.to_string()))
    }
}

fn earned(case: &Case, now: Timestamp) -> Tier {
    let since = case.standing.paid_since.filter(|since| *since <= now);
    case.tiers.earned(since.map(|since| now.since(since)))
}

/// The limits of a new customer are not met because the customer is new.
fn name_throttle(judged: &mut Judged, new: Option<TierLimits>) {
    let Some(new) = new else { return };
    for reason in &mut judged.reasons {
        let of_tier = match reason.code {
            ReasonCode::PerDay => Some(new.recipients_per_day),
            ReasonCode::FirstTime => Some(new.first_time_per_day),
            _ => None,
        };
        if of_tier.is_some_and(|limit| u64::from(limit) == reason.limit) {
            reason.code = ReasonCode::Throttled;
        }
    }
}

impl Case {
    /// The words speak against the message.
    fn is_unwanted(&self) -> bool {
        self.vote.is_some_and(|vote| vote.unwanted)
    }

    fn decide(&self, tx: &mut Tx<'_>) -> Result<Judged, SqlError> {
        let (now, standing) = (tx.now(), &self.standing);
        let stops = voices::store::open(tx, standing.customer)?;
        let (demoted, unwanted) = voices::on_message(&stops, self.mailbox);
        let tier = self.rise(tx)?;
        let throttled = throttled(tx, standing.customer, self.mailbox)?;
        let tier = if demoted { tier.below() } else { tier };
        // A throttled mailbox has the limits of a new customer for itself; who is new or throttled altogether, over all mailboxes.
        let over_all = tier == Tier::T0 || throttled == Some(Throttled::Customer);
        let tier = if throttled.is_some() { Tier::T0 } else { tier };
        let hashes: Vec<Known> = self.recipients.iter().filter_map(|whom| whom.known).collect();
        let known = store::known(tx, self.mailbox, &hashes)?;
        let weights: Vec<Weight> = self
            .recipients
            .iter()
            .map(|whom| Weight {
                counted: whom.counted,
                outside: whom.known.is_some(),
                first_time: whom.known.is_some_and(|hash| !known.contains(&hash)),
            })
            .collect();
        let (since, per_window) = standing.rules.window.at(now, standing.per_window);
        let of_customer = over_all.then_some(standing.customer);
        let sent = store::sent(tx, self.mailbox, of_customer, since)?;
        let narrow = |limits: TierLimits| if self.is_unwanted() { limits.narrower() } else { limits };
        let of_tier = self.tiers.limits(tier).map(narrow);
        let limits = Limits {
            per_message: standing.per_message,
            per_window,
            rules: &standing.rules,
            tier: of_tier,
            tried: standing.tried,
        };
        let mut judged = weigh(&limits, &sent, &weights);
        judged.score = self.vote.map(|vote| vote.score);
        if throttled.is_some() {
            name_throttle(&mut judged, of_tier);
        }
        if judged.verdict != Verdict::Allow {
            return Ok(judged);
        }
        let strange = self.suspect(tx, &weights)?;
        // A wave and what recipients do not want are let go by staff alone, a strange place and then a campaign by the owner as well.
        let wave = self.campaign.filter(|reason| reason.code == ReasonCode::Wave);
        let unwanted = match unwanted {
            // Staff looked at the mailbox and let it go on.
            Some(_) if holds::store::is_excepted(tx, standing.customer, self.mailbox)? => None,
            unwanted => unwanted,
        };
        if let Some(reason) = wave.or(strange).or(unwanted).or(self.campaign) {
            judged.verdict = Verdict::Hold;
            judged.reasons.insert(0, reason);
        }
        judged.number = self.count(tx, &judged, &weights)?;
        Ok(judged)
    }

    /// Whether the mailbox seems to be in somebody else's hands.
    fn suspect(&self, tx: &mut Tx<'_>, weights: &[Weight]) -> Result<Option<Reason>, SqlError> {
        let here = weights.iter().map(|weight| u64::from(weight.first_time)).sum::<u64>();
        let since = tx.now().minus(STRANGERS_IN);
        let strangers = store::first_time_since(tx, self.mailbox, since)?.saturating_add(here);
        Surroundings::weigh(self.from.as_ref(), tx, self.mailbox, self.standing.customer, strangers)
    }

    /// Tiers rise with what was paid for, never fall by themselves, and every step is written down.
    fn rise(&self, tx: &mut Tx<'_>) -> Result<Tier, SqlError> {
        let earned = earned(self, tx.now());
        match store::tier(tx, self.standing.customer)? {
            Some((_, tier)) if tier >= earned => Ok(tier),
            before => {
                let number = before.map_or(1, |(number, _)| number + 1);
                store::set_tier(tx, self.standing.customer, number, earned, None)?;
                Ok(earned)
            }
        }
    }

    /// Counts what is accepted; gives the number under which a message to strangers is known.
    fn count(&self, tx: &mut Tx<'_>, judged: &Judged, weights: &[Weight]) -> Result<Option<i64>, SqlError> {
        let served = || self.recipients.iter().zip(weights).take(judged.served);
        let sum = |weighs: fn(&Weight) -> u64| served().map(|(_, weight)| weighs(weight)).sum::<u64>();
        let counts = store::Counts {
            recipients: sum(|weight| weight.counted),
            outside: sum(|weight| u64::from(weight.outside)),
            first_time: sum(|weight| u64::from(weight.first_time)),
        };
        store::count(tx, self.mailbox, self.standing.customer, &counts)?;
        let new: Vec<u32> =
            served().filter(|(_, weight)| weight.first_time).map(|(whom, _)| whom.number).collect();
        let number = if new.is_empty() { None } else { Some(self.add_message(tx, judged, &new)?) };
        // Nobody was written to by what is held: should it be dropped, they are strangers still.
        if judged.verdict == Verdict::Allow {
            let written: Vec<Known> = served().filter_map(|(whom, _)| whom.known).collect();
            store::remember(tx, self.mailbox, &written)?;
        }
        Ok(number)
    }

    fn add_message(&self, tx: &mut Tx<'_>, judged: &Judged, new: &[u32]) -> Result<i64, SqlError> {
        let (mailbox, customer) = (self.mailbox, self.standing.customer);
        let (shingles, features) = (bytes(&self.said.shingles), bytes(&self.said.features));
        let number = store::add_message(tx, mailbox, customer, &shingles, &bytes(new))?;
        if self.learns {
            let held = judged.verdict == Verdict::Hold;
            content::store::add(tx, &NewText { number, mailbox, customer, held, features: &features })?;
        }
        Ok(number)
    }
}
