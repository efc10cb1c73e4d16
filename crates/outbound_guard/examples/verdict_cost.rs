//! What a verdict costs: `cargo run --release -p mailkeep-outbound-guard --example verdict_cost -- [FOLDER [MAILS [DATABASE]]]`
//!
//! Messages of 2,000 mailboxes of 400 customers, in turn the mails in FOLDER or else letters of 300 words, each to one to four recipients, two in
//! three of them strangers, are judged by many at once, on SQLite in a new file under /var/tmp (or where DATABASE says). A verdict is in the
//! database, durably, when it is given. The rate, the processor time and the times of single verdicts are printed for 1, 4, 16 and 64 at once.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use mailkeep_outbound_guard::sending::{
    Addressee, DomainStanding, Guard, GuardConfig, Later, Standing, Standings,
};
use mailkeep_outbound_guard::suspicions::Surroundings;
use mailkeep_outbound_guard::{TierLimits, Verdict};
use mailkeep_storage::sql::{Database, DatabaseConfig, MigrationSet};
use mailkeep_types::sending::SendingRules;
use mailkeep_types::{CustomerId, DomainId, DomainName, EmailAddress, MailboxId, SystemClock};
use uuid::Uuid;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const MAILBOXES: usize = 2_000;
const MAILBOXES_OF_CUSTOMER: usize = 5;
const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

/// Customers who paid for long.
struct Long(Database);

impl Standings for Long {
    fn standing(&self, mailbox: MailboxId) -> Later<'_, Result<Standing, String>> {
        let number = mailbox.uuid().as_u128() / MAILBOXES_OF_CUSTOMER as u128;
        Box::pin(async move {
            Ok(Standing {
                customer: CustomerId::from_uuid(Uuid::from_u128(number)),
                per_message: 100,
                per_window: 10_000,
                rules: SendingRules::default(),
                paid_since: Some(self.0.now().minus(Duration::from_secs(90 * 24 * 3600))),
                tried: false,
                inside: vec![DomainName::parse("shop.example").map_err(|error| error.to_string())?],
            })
        })
    }

    fn domain(&self, _: DomainId) -> Later<'_, Result<DomainStanding, String>> {
        Box::pin(async { Err("not asked here".to_owned()) })
    }

    fn surroundings(&self, _: MailboxId, _: IpAddr) -> Later<'_, Result<Surroundings, String>> {
        Box::pin(async { Ok(Surroundings { place: [0; 32], signs: Vec::new() }) })
    }
}

/// Numbers that are the same in every run (SplitMix64).
const fn mixed(number: usize) -> usize {
    let mut mixed = (number as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) as usize
}

fn contents(folder: Option<&String>) -> Vec<Bytes> {
    let letter = |number: usize| {
        let words: String =
            (0..300).map(|word| format!("word{} ", mixed(number * 1_000 + word) % 20_000)).collect();
        Bytes::from(format!("From: a@shop.example\r\nSubject: letter {number}\r\n\r\n{words}\r\n"))
    };
    match folder.map(|folder| std::fs::read_dir(Path::new(folder)).expect("a folder of mails")) {
        Some(files) => files
            .map(|file| Bytes::from(std::fs::read(file.expect("a file").path()).expect("a mail")))
            .collect(),
        None => (0..2_000).map(letter).collect(),
    }
}

fn recipients(number: usize, mailbox: usize) -> Vec<Addressee> {
    (0..1 + mixed(number) % 4)
        .map(|place| {
            let dice = mixed(number * 7 + place);
            let name = match dice % 3 {
                0 => format!("known{}of{mailbox}", dice / 3 % 4),
                _ => format!("stranger{number}x{place}"),
            };
            let address =
                EmailAddress::parse(&format!("{name}@far{}.example", dice % 500)).expect("an address");
            Addressee { address, members: 1, department: false }
        })
        .collect()
}

/// The processor time that this process took.
fn processor() -> Duration {
    let read = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = read.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks: u64 = [11, 12].iter().filter_map(|field| fields.get(*field)?.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

async fn measure(guard: &Guard, contents: &Arc<Vec<Bytes>>, callers: usize, from: usize, mails: usize) {
    let next = Arc::new(AtomicUsize::new(from));
    let (begun, before) = (Instant::now(), processor());
    let tasks: Vec<_> = (0..callers)
        .map(|_| {
            let (guard, contents, next) = (guard.clone(), Arc::clone(contents), Arc::clone(&next));
            tokio::spawn(async move {
                let (mut times, mut allowed) = (Vec::new(), 0);
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= from + mails {
                        return (times, allowed);
                    }
                    let mailbox = mixed(number) % MAILBOXES;
                    let (id, to) =
                        (MailboxId::from_uuid(Uuid::from_u128(mailbox as u128)), recipients(number, mailbox));
                    let content = &contents[number % contents.len()];
                    let started = Instant::now();
                    let judged = guard.judge(id, HOME, &to, content).await.expect("a verdict");
                    times.push(started.elapsed());
                    allowed += usize::from(judged.verdict == Verdict::Allow);
                }
            })
        })
        .collect();
    let (mut times, mut allowed) = (Vec::new(), 0);
    for task in tasks {
        let (more, passed) = task.await.expect("no caller fails");
        times.extend(more);
        allowed += passed;
    }
    let (took, used) = (begun.elapsed(), processor() - before);
    times.sort_unstable();
    let at = |per_mille: usize| times[(times.len() - 1) * per_mille / 1_000].as_secs_f64() * 1_000.0;
    println!(
        "{callers:>3} at once: {:.0}/s, processor {:.3} ms each ({:.0} a second and core), p50 {:.2} ms, p99 {:.2} ms, longest {:.1} ms; {allowed} of {mails} allowed",
        mails as f64 / took.as_secs_f64(),
        used.as_secs_f64() * 1_000.0 / mails as f64,
        mails as f64 / used.as_secs_f64(),
        at(500),
        at(990),
        at(1_000),
    );
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let contents = Arc::new(contents(arguments.first()));
    let mails = arguments.get(1).map_or(20_000, |mails| mails.parse().expect("a number of mails"));
    let folder = tempfile::tempdir_in("/var/tmp").expect("a folder");
    let file = format!("sqlite:{}", folder.path().join("guard.db").display());
    let config = DatabaseConfig::parse(arguments.get(2).unwrap_or(&file)).expect("a database");
    let db = Database::open(&config, Arc::new(SystemClock)).await.expect("it opens");
    db.migrate(MigrationSet::Main).await.expect("it has tables");
    let policy = mailkeep_policy::testing::policy(&db).await;
    let mut config = GuardConfig::default();
    config.tiers.trusted = TierLimits { recipients_per_day: 100_000, first_time_per_day: 100_000 };
    let guard = Guard::open(db.clone(), policy, config, Arc::new(Long(db.clone())));
    let mut from = 0;
    for callers in [1, 4, 16, 64] {
        measure(&guard, &contents, callers, from, mails).await;
        from += mails;
    }
}
