//! The power goes at any moment of an announcement: each reader gets it, the outgoing queue has it once for each, and the next
//! start needs no hand.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::choosing::field;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, SOON, World};
use mailkeep_integration_tests::sink::Taken;

use crate::on_both_engines;

const TITLE: &str = "The letter of July";
/// A running job is taken up again when its lease is over; the clock is moved there instead of being waited for.
const LEASES: Duration = Duration::from_secs(61);
/// A process that is killed later than this for each reader still to come would often be done before.
const MILLIS_A_READER: u64 = 8;
/// How many readers one command brings in, well within the time that a command may take.
const AT_ONCE: usize = 5_000;
/// The subject stands within so many bytes.
const HEAD: usize = 4_000;

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

on_both_engines!(each_reader_gets_an_announcement_whenever_the_power_goes);

/// Few readers and kills by default; `MAILKEEP_TEST_READERS=100000 MAILKEEP_TEST_KILLS=50` for the long run.
async fn each_reader_gets_an_announcement_whenever_the_power_goes(setup: Setup) -> Result<()> {
    let (readers, kills) = if setup.database_url.is_empty() { (1_000, 10) } else { (300, 4) };
    let (readers, kills) =
        (number("MAILKEEP_TEST_READERS", readers), number("MAILKEEP_TEST_KILLS", kills).max(1));
    let more = format!("{}\n[announcements]\nsecond_person_above = {readers}\n", setup.more);
    let mut world = World::start(Setup { more, ..setup }, None).await?;
    let lines: Vec<String> = (0..readers).map(|reader| format!("reader{reader}@people.example")).collect();
    let list = world.installation.folder.join("readers.txt");
    for some in lines.chunks(AT_ONCE) {
        std::fs::write(&list, some.join("\n"))?;
        let from = list.to_string_lossy();
        let arguments = ["outreach", "import", "--topic", "newsletter", "--proof", "form of the fair", &from];
        let said = world.installation.command(&arguments).await?;
        ensure!(said.starts_with(&format!("{} subscribed", some.len())), "{said}");
    }

    let mut wilma = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let form = wilma.browser.open("/console/announcements/new").await?.form("/console/announcements")?;
    let form = form.with("topic", "newsletter").with("language", "en").with("title", TITLE);
    let page = wilma.browser.submit(&form.with("body", "There *is* news.")).await?;
    let path = page.path.split('?').next().unwrap_or_default().to_owned();
    wilma.browser.submit(&page.form("/send")?).await?;

    // How many mails the sink had when each process ended, and how often the announcement was under way then.
    let (mut ends, mut met) = (Vec::new(), 0);
    // A simple generator: the moments differ from round to round, and can be repeated.
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..kills {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = (random >> 33) % (MILLIS_A_READER * readers / kills).max(1);
        tokio::time::sleep(Duration::from_millis(moment)).await;
        world.installation.kill().await?;
        world.sink.wait_until_alone(SOON).await?;
        let taken = world.sink.taken().len();
        met += usize::from(readers_of(&world.sink.taken()).len() < lines.len());
        ends.push(taken);
        world.installation.advance_stopped(LEASES)?;
        world.installation.start().await?;
        // Whoever looks stays signed in.
        wilma.browser.open(&path).await?;
    }
    ensure!(met > ends.len() / 2, "only {met} of {kills} kills met the announcement under way");

    let patience = SOON * 2 + Duration::from_millis(MILLIS_A_READER * 4 * readers);
    let all = world
        .sink
        .wait_for_all(patience, |taken| taken.len() >= lines.len() && readers_of(taken).len() >= lines.len());
    all.await.with_context(|| {
        let taken = world.sink.taken();
        let there = readers_of(&taken);
        let lost: Vec<&String> = lines.iter().filter(|line| !there.contains_key(*line)).take(5).collect();
        format!("{} of {readers} got it, not {lost:?}", there.len())
    })?;
    let page = wilma.browser.open(&path).await?;
    ensure!(page.words().contains(&format!("Sent to {readers} Gone through {readers}")), "{}", page.words());
    // What waited is done with: nothing goes out once more after a stop in good order.
    world.installation.stop().await?;
    let taken = world.sink.taken();
    let repeated = check_copies(&taken, &ends)?;
    eprintln!(
        "{readers} readers, {kills} kills, of which {met} met the announcement under way: the queue had it once for each; \
         {repeated} reached the sink more than once, across kills, as the same message"
    );
    Ok(())
}

/// The copies of the announcement by reader, each with its place among all that came.
fn readers_of(taken: &[Taken]) -> HashMap<&String, Vec<(usize, &Taken)>> {
    let subject = format!("Subject: {TITLE}");
    let mut readers: HashMap<&String, Vec<_>> = HashMap::new();
    for (at, mail) in taken.iter().enumerate() {
        let head = mail.message.get(..HEAD).unwrap_or(&mail.message);
        if head.windows(subject.len()).any(|part| part == subject.as_bytes()) {
            for to in &mail.to {
                readers.entry(to).or_default().push((at, mail));
            }
        }
    }
    readers
}

/// Counts readers whose message came more than once. SMTP cannot do better when the process ends between the peer's `250` and
/// our note of it. The copies are then one message of the queue, letter by letter, which receiving servers know by its
/// identifier; a reader who is in the queue twice would have two. Within one life of the process there is one copy.
fn check_copies(taken: &[Taken], ends: &[usize]) -> Result<usize> {
    let mut repeated = 0;
    for (reader, copies) in readers_of(taken) {
        let (_, first) = copies.first().context("each reader has a copy")?;
        let identifier = field(&first.message, "Message-ID").context("a message has an identifier")?;
        for (_, copy) in &copies {
            ensure!(copy.message == first.message, "{reader} has two messages, one of them {identifier}");
        }
        let life = |at: usize| ends.iter().position(|end| at < *end).unwrap_or(ends.len());
        let lives: Vec<usize> = copies.iter().map(|(at, _)| life(*at)).collect();
        ensure!(lives.windows(2).all(|pair| pair[0] < pair[1]), "{reader} got it in the lives {lives:?}");
        repeated += usize::from(copies.len() > 1);
    }
    Ok(repeated)
}
