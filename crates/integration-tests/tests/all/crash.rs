//! The power goes at any moment: what was acknowledged is there, once, and the next start needs no hand.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

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
/// After so many kills another mailbox goes on: each may write to 500 recipients a day while it is new.
const ROUNDS_OF_A_MAILBOX: u64 = 34;
/// The clients that write at once: how, and how often at most in one life of the process. The rest they append.
const WAYS: [(Way, u32); 4] = [(Way::Direct, 2), (Way::Queue, 3), (Way::Queue, 3), (Way::Append, 0)];
/// They submit shortly before the kill, so that it meets them.
const LAST_WORDS: Duration = Duration::from_millis(300);

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

/// What is known of a mailbox.
struct Book {
    user: String,
    password: String,
    acknowledged: Mutex<Vec<(String, Way)>>,
    /// Set just before the process is killed: what fails without it is a fault.
    killed: AtomicBool,
}

impl Book {
    fn of(user: String, password: String) -> Self {
        Book { user, password, acknowledged: Mutex::default(), killed: AtomicBool::new(false) }
    }

    async fn send(&self, servers: &[Server; 2], way: Way, name: &str, length: usize) -> Result<()> {
        let (Book { user, password, .. }, [submission, imaps]) = (self, servers);
        let text = "A line of the letter.\r\n".repeat(length / 23 + 1);
        let letter = format!("From: {user}\r\nTo: {user}\r\nSubject: {name}\r\n\r\n{text}");
        match way {
            Way::Direct => submit(submission, user, password, &[user], &letter).await,
            Way::Queue => submit(submission, user, password, &[user, FRIEND], &letter).await,
            Way::Append => {
                let mut imap = Imap::sign_in(imaps, user, password).await?;
                imap.append("INBOX", letter.as_bytes()).await
            }
        }
    }
}

on_both_engines!(what_was_acknowledged_survives_kill_9_once);

async fn what_was_acknowledged_survives_kill_9_once(setup: Setup) -> Result<()> {
    // The clients write to a friend elsewhere more often than a new customer may.
    let more = format!(
        "{}\n[guard.tiers]\nnew = {{ recipients_per_day = 10000, first_time_per_day = 20 }}\n",
        setup.more
    );
    let mut world = World::start(Setup { more, ..setup }, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let mailboxes = usize::try_from(kills() / ROUNDS_OF_A_MAILBOX)? + 1;
    ada.order(DOMAIN, u32::try_from(mailboxes)?, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    let path = ada.domain_page(DOMAIN).await?;
    ada.wait_for_page(&path, |page| page.form("/prove").is_err()).await?;
    let mut books = Vec::new();
    for number in 0..mailboxes {
        let local = format!("ada{number}");
        let password = ada.make_mailbox(&local, DOMAIN).await?;
        books.push(Arc::new(Book::of(format!("{local}@{DOMAIN}"), password)));
    }

    let numbers = Arc::new(AtomicU64::new(0));
    // How many mails the sink had when each process ended.
    let mut ends = Vec::new();
    // A simple generator: the moments differ from round to round, and can be repeated.
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..kills() {
        let book = &books[usize::try_from(round / ROUNDS_OF_A_MAILBOX)?];
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = Duration::from_millis(50 + (random >> 33) % 700);
        write_until_killed(&mut world, book, &numbers, moment).await?;
        world.sink.wait_until_alone(SOON).await?;
        ends.push(world.sink.taken().len());
        check_store(&world.installation, false).await.with_context(|| format!("after kill {round}"))?;
        world.installation.start().await?;
        if round % 10 == 9 {
            compare(&world.server("imaps"), book).await?;
        }
    }
    let all = books.iter().flat_map(|book| book.acknowledged.lock().clone());
    let acknowledged: Vec<(String, Way)> = all.collect();
    everything_arrived(&world.sink, &acknowledged).await?;
    for book in &books {
        compare(&world.server("imaps"), book).await?;
    }
    // A stop in good order finishes what is under way, so nothing goes out once more after the next start.
    world.installation.stop().await?;
    ends.push(world.sink.taken().len());
    world.installation.start().await?;
    let (servers, last) = ([world.server("submissions"), world.server("imaps")], &books[mailboxes - 1]);
    last.send(&servers, Way::Queue, "mail-last-end", 100).await?;
    world.sink.wait_for(SOON, |mail| letter_name(mail).as_deref() == Some("mail-last-end")).await?;
    world.installation.stop().await?;
    let again = world.sink.taken().len() - ends.last().copied().unwrap_or(0);
    anyhow::ensure!(again == 1, "{} letters went out again after a stop in good order", again - 1);
    let repeated = check_copies(&world.sink.taken(), &ends)?;
    check_store(&world.installation, true).await?;
    let of = |way| acknowledged.iter().filter(|(_, w)| *w == way).count();
    eprintln!(
        "{} letters sent here, {} by the queue and {} by APPEND survived {} kills; {repeated} reached the sink more than once, across kills",
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
    book: &Arc<Book>,
    numbers: &Arc<AtomicU64>,
    moment: Duration,
) -> Result<()> {
    book.killed.store(false, Ordering::SeqCst);
    // The ports differ from start to start.
    let servers = [world.server("submissions"), world.server("imaps")];
    let start = Instant::now();
    let clients = WAYS.map(|(own_way, most)| {
        let (book, numbers, servers) = (Arc::clone(book), Arc::clone(numbers), servers.clone());
        tokio::spawn(async move {
            let mut submitted = 0;
            loop {
                let near_the_end = start.elapsed() + LAST_WORDS > moment;
                let way = if near_the_end && submitted < most { own_way } else { Way::Append };
                submitted += u32::from(way != Way::Append);
                let number = numbers.fetch_add(1, Ordering::Relaxed);
                let name = format!("mail-{number}-end");
                let length = if number % 9 == 8 { LONG } else { 100 };
                match book.send(&servers, way, &name, length).await {
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
/// `250` and our note of it; within one life of the process it must not happen.
fn check_copies(taken: &[Taken], ends: &[usize]) -> Result<usize> {
    let mut lives: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, mail) in taken.iter().enumerate() {
        if let Some(name) = letter_name(mail) {
            let life = ends.iter().position(|end| at < *end).unwrap_or(ends.len());
            lives.entry(name).or_default().push(life);
        }
    }
    for (name, lives) in &lives {
        let once_each = lives.windows(2).all(|pair| pair[0] < pair[1]);
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
async fn compare(imaps: &Server, book: &Book) -> Result<()> {
    let acknowledged = book.acknowledged.lock().clone();
    let mut imap = Imap::sign_in(imaps, &book.user, &book.password).await?;
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
