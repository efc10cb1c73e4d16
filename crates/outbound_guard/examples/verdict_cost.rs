//! What a verdict costs: `cargo run --release -p mailkeep-outbound-guard --example verdict_cost -- [verdicts] [at once]`, on SQLite with durable
//! commits. Senders of many customers hand in letters to strangers, each with a text of its own and some of them with one in common.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use mailkeep_outbound_guard::Verdict;
use mailkeep_outbound_guard::sending::{Addressee, Guard, GuardConfig, Later, Standing, Standings};
use mailkeep_outbound_guard::suspicions::Surroundings;
use mailkeep_storage::sql::Dialect;
use mailkeep_types::sending::SendingRules;
use mailkeep_types::{CustomerId, DomainName, EmailAddress, MailboxId, Timestamp};
use uuid::Uuid;

const CUSTOMERS: usize = 500;
const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

struct Paid;

impl Standings for Paid {
    fn standing(&self, mailbox: MailboxId) -> Later<'_, Result<Standing, String>> {
        Box::pin(async move {
            Ok(Standing {
                customer: CustomerId::from_uuid(mailbox.uuid()),
                per_message: 100,
                per_window: 10_000,
                rules: SendingRules::default(),
                paid_since: Timestamp::of_day("2025-01-01"),
                tried: false,
                inside: vec![DomainName::parse("shop.example").map_err(|error| error.to_string())?],
            })
        })
    }

    fn surroundings(&self, _: MailboxId, _: IpAddr) -> Later<'_, Result<Surroundings, String>> {
        Box::pin(async { Ok(Surroundings { place: [0; 32], signs: Vec::new() }) })
    }
}

/// Two kilobytes of words; one letter in ten is of a mailing.
fn letter(number: usize) -> Bytes {
    let word = |place: usize| match number.is_multiple_of(10) {
        true => format!("offer{place} "),
        false => format!("w{number}x{place} "),
    };
    let words: String = (0..200).map(word).collect();
    Bytes::from(format!("From: a@shop.example\r\nSubject: letter\r\n\r\nDear {number}\r\n{words}\r\n"))
}

async fn send(guard: &Guard, number: usize) -> (Duration, Verdict) {
    let mailbox = MailboxId::from_uuid(Uuid::from_u128((number % CUSTOMERS) as u128 + 1));
    let address = EmailAddress::parse(&format!("stranger{number}@far.example")).expect("an address");
    let (to, content) = ([Addressee { address, members: 1, department: false }], letter(number));
    let began = Instant::now();
    let judged = guard.judge(mailbox, HOME, &to, &content).await.expect("a verdict");
    (began.elapsed(), judged.verdict)
}

fn main() {
    let mut given = std::env::args().skip(1).map(|number| number.parse::<usize>().expect("a number"));
    let (verdicts, at_once) = (given.next().unwrap_or(40_000), given.next().unwrap_or(16));
    mailkeep_storage::testing::run(Dialect::Sqlite, async |db| {
        let policy = mailkeep_policy::testing::policy(&db).await;
        let guard = Guard::open(db, policy, GuardConfig::default(), Arc::new(Paid));
        let began = Instant::now();
        let tasks: Vec<_> = (0..at_once)
            .map(|lane| {
                let guard = guard.clone();
                tokio::spawn(async move {
                    let mut found = Vec::new();
                    for number in (lane..verdicts).step_by(at_once) {
                        found.push(send(&guard, number).await);
                    }
                    found
                })
            })
            .collect();
        let mut times = Vec::with_capacity(verdicts);
        let mut held = 0;
        for task in tasks {
            for (time, verdict) in task.await.expect("a lane") {
                times.push(time);
                held += usize::from(verdict == Verdict::Hold);
            }
        }
        let whole = began.elapsed();
        times.sort_unstable();
        let at = |share: usize| {
            times.get((times.len().saturating_sub(1)) * share / 1_000).copied().unwrap_or_default()
        };
        println!(
            "{verdicts} verdicts, {at_once} at once: {:.0}/s, median {:.2?}, p99 {:.2?}, p99.9 {:.2?}; {held} held",
            verdicts as f64 / whole.as_secs_f64(),
            at(500),
            at(990),
            at(999)
        );
    });
}
