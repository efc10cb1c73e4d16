//! How deliveries ended, for those who look after them.

use std::collections::{BTreeMap, HashMap};

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{CustomerId, DomainId, DomainName, MailboxId, Timestamp};

use super::store::{self, Between, DAY};
use super::{Counts, FEW, Waits, house};
use crate::error::Result;
use crate::post_office::PostOffice;

/// So many destinations and senders are listed.
const MOST: usize = 50;

/// Over which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// The last 24 hours, by the hour.
    Day,
    /// Today and the six days before, by the day (UTC).
    Week,
}

/// What stands in a list of destinations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByPlace {
    /// The domain; `None` for all that have few recipients.
    pub destination: Option<String>,
    /// How they ended.
    pub counts: Counts,
    /// How long they took.
    pub waits: Waits,
}

/// What stands in a list of our addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByEgress {
    /// The address; empty where there was no connection.
    pub egress: String,
    /// How they ended.
    pub counts: Counts,
}

/// What stands in a list of senders' domains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BySender {
    /// The domain; `None` for the house itself.
    pub domain: Option<DomainId>,
    /// How they ended.
    pub counts: Counts,
}

/// An hour or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByTime {
    /// When it began.
    pub begins_at: Timestamp,
    /// How they ended.
    pub counts: Counts,
}

/// How deliveries ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deliveries {
    /// All of them.
    pub all: Counts,
    /// How long all of them took.
    pub waits: Waits,
    /// By destination, those first that refuse most of what we are or sent; those of few recipients last, as one.
    pub places: Vec<ByPlace>,
    /// By address of ours.
    pub egresses: Vec<ByEgress>,
    /// By sender's domain, the worst first.
    pub senders: Vec<BySender>,
    /// By hour or day, without gaps.
    pub times: Vec<ByTime>,
}

fn between(over: Over, now: Timestamp) -> (Between, i64) {
    let hour = DAY / 24;
    match over {
        Over::Day => {
            let until = store::hour(now) + hour;
            (Between { from: until - DAY, until, slot: 0 }, hour)
        }
        Over::Week => {
            let until = store::day(now) + DAY;
            (Between { from: until - 7 * DAY, until, slot: store::WHOLE_DAY }, DAY)
        }
    }
}

/// What is worst comes first: most refused for what we are or sent, then most refused, then most of all.
fn worst_first(counts: &Counts) -> std::cmp::Reverse<(i64, i64, i64)> {
    std::cmp::Reverse((counts.blocked(), counts.refused() + counts.deferred, counts.delivered))
}

fn places(ways: &[store::OneWay]) -> Vec<ByPlace> {
    let mut by_place: HashMap<&str, (Counts, Waits)> = HashMap::new();
    for way in ways {
        let (counts, waits) = by_place.entry(way.destination.as_str()).or_default();
        counts.add(&way.counts);
        waits.add(&way.waits);
    }
    let (mut named, mut others) =
        (Vec::new(), ByPlace { destination: None, counts: Counts::default(), waits: Waits::default() });
    for (name, (counts, waits)) in by_place {
        if name.is_empty() || counts.answered() < FEW {
            others.counts.add(&counts);
            others.waits.add(&waits);
        } else {
            named.push(ByPlace { destination: Some(name.to_owned()), counts, waits });
        }
    }
    named.sort_by(|a, b| {
        worst_first(&a.counts).cmp(&worst_first(&b.counts)).then(a.destination.cmp(&b.destination))
    });
    for one in named.split_off(named.len().min(MOST)) {
        others.counts.add(&one.counts);
        others.waits.add(&one.waits);
    }
    named.extend((others.counts != Counts::default()).then_some(others));
    named
}

fn egresses(ways: &[store::OneWay]) -> Vec<ByEgress> {
    let mut by_egress: BTreeMap<&str, Counts> = BTreeMap::new();
    for way in ways {
        by_egress.entry(way.egress.as_str()).or_default().add(&way.counts);
    }
    let mut found: Vec<ByEgress> = by_egress
        .into_iter()
        .map(|(egress, counts)| ByEgress { egress: egress.to_owned(), counts })
        .collect();
    found.sort_by_key(|one| worst_first(&one.counts));
    found
}

fn senders(found: Vec<(DomainId, Counts)>) -> Vec<BySender> {
    let mut senders: Vec<BySender> = found
        .into_iter()
        .map(|(domain, counts)| BySender { domain: Some(domain).filter(|id| *id != house()), counts })
        .collect();
    senders.sort_by_key(|one| worst_first(&one.counts));
    senders
}

fn times(found: &[(i64, Counts)], between: Between, step: i64) -> Vec<ByTime> {
    let mut times = Vec::new();
    let mut begins = between.from;
    while begins < between.until {
        let mut counts = Counts::default();
        for (_, one) in found.iter().filter(|(at, _)| (begins..begins + step).contains(at)) {
            counts.add(one);
        }
        times.push(ByTime { begins_at: Timestamp::from_micros(begins), counts });
        begins += step;
    }
    times
}

impl PostOffice {
    /// How deliveries ended.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn deliveries(&self, over: Over) -> Result<Deliveries> {
        let (between, step) = between(over, self.db().now());
        let read = self.db().read(move |tx| {
            Ok::<_, SqlError>((
                store::ways(tx, between)?,
                store::senders(tx, between)?,
                store::times(tx, between)?,
            ))
        });
        let (ways, of_senders, of_times) = read.await?;
        let (mut all, mut waits) = (Counts::default(), Waits::default());
        for way in &ways {
            all.add(&way.counts);
            waits.add(&way.waits);
        }
        Ok(Deliveries {
            all,
            waits,
            places: places(&ways),
            egresses: egresses(&ways),
            senders: senders(of_senders),
            times: times(&of_times, between, step),
        })
    }

    /// Names and customers of domains; those that are gone are left out.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn name_domains(
        &self,
        domains: Vec<DomainId>,
    ) -> Result<HashMap<DomainId, (DomainName, CustomerId)>> {
        let read = self.db().read(move |tx| {
            let mut named = HashMap::new();
            for id in &domains {
                if let Some(domain) = crate::domains::store::get(tx, *id)? {
                    named.insert(*id, (domain.name, domain.customer));
                }
            }
            Ok::<_, SqlError>(named)
        });
        Ok(read.await?)
    }

    /// In which domains mailboxes are; those that are gone are left out.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn domains_of_mailboxes(
        &self,
        mailboxes: Vec<MailboxId>,
    ) -> Result<HashMap<MailboxId, DomainId>> {
        let read = self.db().read(move |tx| {
            let mut found = HashMap::new();
            for id in &mailboxes {
                if let Some(row) = crate::mailboxes::store::row(tx, *id)? {
                    found.insert(*id, row.domain);
                }
            }
            Ok::<_, SqlError>(found)
        });
        Ok(read.await?)
    }
}
