//! The power goes at any moment: what was acknowledged is there, once, and the next start needs no hand.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::{Installation, Setup};
use mailkeep_integration_tests::journey::{Person, SOON, World};
use mailkeep_integration_tests::mail::{Imap, Server, submit};
use mailkeep_integration_tests::sink::{Sink, Taken};
use parking_lot::Mutex;

use crate::on_both_engines;

const DOMAIN: &str = "crash-shop.example";
const FRIEND: &str = "friend@remote.example";
/// A letter of this length does not rest in its row but in the store of bodies.
const LONG: usize = 300_000;

/// How often the process is killed: few by default, `MAILKEEP_TEST_KILLS=100` for the long run.
fn kills() -> u64 {
    std::env::var("MAILKEEP_TEST_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(5)
}

/// How a letter is sent, and so where it must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By submission to a mailbox here: stored at once.
    Direct,
    /// By submission to a mailbox here and one elsewhere: both by way of the queue.
    Queue,
    /// By IMAP APPEND.
    Append,
}

/// What the clients of all rounds know.
#[derive(Default)]
struct Book {
    numbers: AtomicU64,
    acknowledged: Mutex<Vec<(String, Way)>>,
    /// Set just before the process is killed: what fails without it is a fault.
    killed: AtomicBool,
}

/// Who writes, and where to: the ports differ from start to start.
#[derive(Clone)]
struct Writer {
    submission: Server,
    imaps: Server,
    user: String,
    password: String,
}

impl Writer {
    fn of(world: &World, user: &str, password: &str) -> Self {
        Writer {
            submission: world.server("submissions"),
            imaps: world.server("imaps"),
            user: user.to_owned(),
            password: password.to_owned(),
        }
    }

    async fn send(&self, way: Way, name: &str, length: usize) -> Result<()> {
        let Writer { user, password, .. } = self;
        let text = "A line of the letter.\r\n".repeat(length / 23 + 1);
        let letter = format!("From: {user}\r\nTo: {user}\r\nSubject: {name}\r\n\r\n{text}");
        match way {
            Way::Direct => submit(&self.submission, user, password, &[user], &letter).await,
            Way::Queue => submit(&self.submission, user, password, &[user, FRIEND], &letter).await,
            Way::Append => {
                let mut imap = Imap::sign_in(&self.imaps, user, password).await?;
                imap.append("INBOX", letter.as_bytes()).await
            }
        }
    }
}

on_both_engines!(what_was_acknowledged_survives_kill_9_once);

async fn what_was_acknowledged_survives_kill_9_once(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 1, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    let path = ada.domain_page(DOMAIN).await?;
    ada.wait_for_page(&path, |page| page.form("/prove").is_err()).await?;
    let password = ada.make_mailbox("ada", DOMAIN).await?;
    let user = format!("ada@{DOMAIN}");

    let book = Arc::new(Book::default());
    // How many mails the sink had when each process ended.
    let mut ends = Vec::new();
    // A simple generator: the moments differ from round to round, and can be repeated.
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..kills() {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = Duration::from_millis(50 + (random >> 33) % 700);
        let writer = Writer::of(&world, &user, &password);
        write_until_killed(&mut world, &writer, &book, moment).await?;
        world.sink.wait_until_alone(SOON).await?;
        ends.push(world.sink.taken().len());
        check_store(&world.installation, false).await.with_context(|| format!("after kill {round}"))?;
        world.installation.start().await?;
        if round % 10 == 9 {
            compare(&Writer::of(&world, &user, &password), &book).await?;
        }
    }
    let acknowledged = book.acknowledged.lock().clone();
    everything_arrived(&world.sink, &acknowledged).await?;
    compare(&Writer::of(&world, &user, &password), &book).await?;
    let repeated = check_copies(&world.sink.taken(), &ends)?;
    world.installation.stop().await?;
    check_store(&world.installation, true).await?;
    let of = |way| acknowledged.iter().filter(|(_, w)| *w == way).count();
    eprintln!(
        "{} letters sent here, {} by the queue and {} by APPEND survived {} kills; {repeated} reached the sink twice, across a kill",
        of(Way::Direct),
        of(Way::Queue),
        of(Way::Append),
        kills()
    );
    Ok(())
}

/// Four clients write at the same time until the process is killed.
async fn write_until_killed(
    world: &mut World,
    writer: &Writer,
    book: &Arc<Book>,
    moment: Duration,
) -> Result<()> {
    book.killed.store(false, Ordering::SeqCst);
    let ways = [Way::Direct, Way::Queue, Way::Queue, Way::Append];
    let clients = ways.map(|way| {
        let (writer, book) = (writer.clone(), Arc::clone(book));
        tokio::spawn(async move {
            loop {
                let number = book.numbers.fetch_add(1, Ordering::Relaxed);
                let name = format!("mail-{number}-end");
                let length = if number % 9 == 8 { LONG } else { 100 };
                match writer.send(way, &name, length).await {
                    Ok(()) => book.acknowledged.lock().push((name, way)),
                    // It was killed in the middle: this letter may be there or not.
                    Err(_) if book.killed.load(Ordering::SeqCst) => return Ok(()),
                    Err(error) => return Err(error.context(format!("{name} by {way:?}, before any kill"))),
                }
            }
        })
    });
    tokio::time::sleep(moment).await;
    book.killed.store(true, Ordering::SeqCst);
    world.installation.kill().await?;
    for client in clients {
        client.await??;
    }
    Ok(())
}

/// The store is sound after a kill; what may lie about is a body whose row was not written yet.
async fn check_store(installation: &Installation, repair: bool) -> Result<()> {
    let arguments: &[&str] = if repair { &["doctor", "--repair"] } else { &["doctor"] };
    let report = match installation.command(arguments).await {
        Ok(report) => report,
        // It ends with another code when there are findings, and tells them.
        Err(report) => report.to_string(),
    };
    let harmless = |line: &str| {
        line.contains("belongs to no message")
            || line.contains(" findings, ")
            || line.starts_with("`mailkeep doctor")
    };
    let lost: Vec<&str> = report.lines().filter(|line| !line.is_empty() && !harmless(line)).collect();
    anyhow::ensure!(lost.is_empty() && report.contains(" findings, "), "{report}");
    Ok(())
}

/// Waits until every letter that the queue took for the other server is there, and in the mailbox.
async fn everything_arrived(sink: &Sink, acknowledged: &[(String, Way)]) -> Result<()> {
    let queued: HashSet<&str> =
        acknowledged.iter().filter(|(_, way)| *way == Way::Queue).map(|(name, _)| name.as_str()).collect();
    let limit = SOON * 4;
    let arrived = sink.wait_for_all(limit, |taken| {
        let there: HashSet<String> = taken.iter().filter_map(letter_name).collect();
        queued.iter().all(|name| there.contains(*name))
    });
    arrived.await.with_context(|| {
        let there: HashSet<String> = sink.taken().iter().filter_map(letter_name).collect();
        let lost: Vec<&&str> = queued.iter().filter(|name| !there.contains(**name)).take(5).collect();
        format!("acknowledged, and lost on the way to the other server: {lost:?}")
    })
}

/// Counts letters that reached the other server twice. SMTP cannot do better when the process ends between the peer's
/// `250` and our note of it; within one life of the process it must not happen, nor to a letter in three lives.
fn check_copies(taken: &[Taken], ends: &[usize]) -> Result<usize> {
    let mut lives: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, mail) in taken.iter().enumerate() {
        if let Some(name) = letter_name(mail) {
            let life = ends.iter().position(|end| at < *end).unwrap_or(ends.len());
            lives.entry(name).or_default().push(life);
        }
    }
    for (name, lives) in &lives {
        let once_each = lives.windows(2).all(|pair| pair[0] + 1 == pair[1]);
        anyhow::ensure!(once_each, "{name} reached the other server in the lives {lives:?} of the process");
    }
    Ok(lives.values().filter(|lives| lives.len() > 1).count())
}

fn letter_name(mail: &Taken) -> Option<String> {
    let header = String::from_utf8_lossy(mail.message.get(..mail.message.len().min(8_000))?).into_owned();
    let subject = header.lines().find_map(|line| line.strip_prefix("Subject: mail-"))?;
    Some(format!("mail-{}", subject.trim()))
}

/// Every acknowledged letter is in the mailbox, once; those of the queue as soon as it has put them there.
async fn compare(writer: &Writer, book: &Book) -> Result<()> {
    let acknowledged = book.acknowledged.lock().clone();
    let mut imap = Imap::sign_in(&writer.imaps, &writer.user, &writer.password).await?;
    imap.command("SELECT INBOX").await?;
    let mut copies = count_copies(&mut imap).await?;
    let missing = |(name, way): &&(String, Way)| *way == Way::Queue && !copies.contains_key(name);
    let under_way: Vec<&(String, Way)> = acknowledged.iter().filter(missing).collect();
    for (name, _) in &under_way {
        imap.wait_for(&format!("SUBJECT {name}"), SOON).await?;
    }
    if !under_way.is_empty() {
        copies = count_copies(&mut imap).await?;
    }
    for (name, way) in &acknowledged {
        let found = copies.get(name).copied().unwrap_or(0);
        anyhow::ensure!(found == 1, "{name} was acknowledged ({way:?}) and is there {found} times");
    }
    let twice = copies.into_iter().find(|(name, copies)| *copies > 1 && name.starts_with("mail-"));
    anyhow::ensure!(twice.is_none(), "{twice:?} times, though it was sent once");
    Ok(())
}

/// How often each subject is in the folder that is selected.
async fn count_copies(imap: &mut Imap) -> Result<HashMap<String, usize>> {
    let listing = imap.command("FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])").await?;
    let mut copies = HashMap::new();
    for subject in listing.lines().filter_map(|line| line.strip_prefix("Subject: ")) {
        *copies.entry(subject.trim().to_owned()).or_default() += 1;
    }
    Ok(copies)
}
