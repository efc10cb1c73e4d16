//! How fast an announcement goes out: `announcement_load [READERS]`, by default 20,000.
//!
//! The readers, who were brought in from a list, are at twenty domains, whose mail Postfix' `smtp-sink` takes on loopback. Each gets a letter of
//! their own, with their own link to decline it, signed by the house's domain with both of its keys. The clock runs from the click on “Send”
//! until the sink has all; the letters' way into the outgoing queue and their way out overlap.

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

const DOMAIN: &str = "sample-shop.example";
const TITLE: &str = "The letter of July";
/// Some paragraphs, as a letter to readers has them.
const PARAGRAPHS: usize = 6;
/// How many readers one command brings in.
const AT_ONCE: usize = 5_000;
const DOMAINS: usize = 20;

/// Postfix' sink, which throws away what it takes and counts it.
struct Sink {
    port: u16,
    taken: Arc<AtomicU64>,
    _process: Child,
}

impl Sink {
    fn start() -> Result<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = Command::new("/usr/sbin/smtp-sink");
        command.args(["-u", "nobody", "-c", &format!("127.0.0.1:{port}"), "1000"]);
        let mut process = command.stdout(Stdio::piped()).kill_on_drop(true).spawn().context("smtp-sink")?;
        let mut counters = process.stdout.take().context("its counters")?;
        let taken = Arc::new(AtomicU64::new(0));
        let noted = Arc::clone(&taken);
        tokio::spawn(async move {
            let (mut read, mut line) = ([0; 4096], String::new());
            while let Ok(some) = counters.read(&mut read).await {
                if some == 0 {
                    return;
                }
                line.push_str(&String::from_utf8_lossy(&read[..some]));
                // Lines such as "sess=1 quit=0 mesg=17" end with a carriage return.
                let whole = line.rsplit_once('\r').map(|(whole, rest)| (whole.to_owned(), rest.to_owned()));
                let Some((whole, rest)) = whole else { continue };
                let last = whole.rsplit('\r').next().unwrap_or_default().to_owned();
                let count = last.split("mesg=").nth(1).and_then(|count| count.trim().parse().ok());
                if let Some(count) = count {
                    noted.store(count, Ordering::Relaxed);
                }
                line = rest;
            }
        });
        Ok(Sink { port, taken, _process: process })
    }
}

/// A house that signs what it writes, with readers who all wait for news.
async fn house(readers: usize) -> Result<World> {
    let web = format!("support_email = \"support@{DOMAIN}\"");
    let more = format!("[log]\nlevel = \"warn\"\n[announcements]\nsecond_person_above = {readers}\n");
    let world = World::start(Setup { web, more, ..Setup::default() }, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 3, "approve").await?;
    ada.wait_for_page("/center/services", |page| page.words().contains(DOMAIN)).await?;
    ada.prove_domain(&world, DOMAIN).await?;
    let path = ada.domain_page(DOMAIN).await?;
    ada.wait_for_page(&path, |page| !page.forms().iter().any(|form| form.action.contains("/prove"))).await?;
    (0..DOMAINS).for_each(|number| world.dns.mx(&format!("far{number}.example"), 10, "sink.example."));
    let lines: Vec<String> =
        (0..readers).map(|number| format!("reader{number}@far{}.example", number % DOMAINS)).collect();
    let list = world.installation.folder.join("readers.txt");
    for some in lines.chunks(AT_ONCE) {
        std::fs::write(&list, some.join("\n"))?;
        let from = list.to_string_lossy();
        let arguments = ["outreach", "import", "--topic", "newsletter", "--proof", "form of the fair", &from];
        world.installation.command(&arguments).await?;
    }
    Ok(world)
}

#[tokio::main]
async fn main() -> Result<()> {
    let readers: usize = std::env::args().nth(1).and_then(|word| word.parse().ok()).unwrap_or(20_000);
    let (sink, mut world) = (Sink::start()?, house(readers).await?);
    world.installation.stop().await?;
    let config = world.installation.config();
    let text = std::fs::read_to_string(&config)?;
    let ours = format!("remote_port = {}", world.sink.address.port());
    ensure!(text.contains(&ours), "{text}");
    std::fs::write(&config, text.replace(&ours, &format!("remote_port = {}", sink.port)))?;
    world.installation.start().await?;

    let mut wilma = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let form = wilma.browser.open("/console/announcements/new").await?.form("/console/announcements")?;
    let form = form.with("topic", "newsletter").with("language", "en").with("title", TITLE);
    let body = "There *is* news of [our lamp](https://shop.example/lamp): it is lit, it stays lit, and nobody has to look after it.\n\n";
    let page = wilma.browser.submit(&form.with("body", &body.repeat(PARAGRAPHS))).await?;
    let path = page.path.split('?').next().unwrap_or_default().to_owned();
    let process = world.installation.process().context("it runs")?.to_string();
    let (begin, before, idle) = (Instant::now(), processor_seconds(&process), memory(&process, "RssAnon:"));
    let mut most = idle;
    let form = page.form("/send")?;
    let mut asked = wilma.browser.clone();
    let send = tokio::spawn(async move { asked.submit(&form).await.map(|_| ()) });
    let (mut queued, mut seen, mut still) = (None, 0, Instant::now());
    while seen < readers as u64 {
        sleep(Duration::from_millis(500)).await;
        let now = sink.taken.load(Ordering::Relaxed);
        most = most.max(memory(&process, "RssAnon:"));
        if now > seen {
            (seen, still) = (now, Instant::now());
        }
        ensure!(
            still.elapsed() < Duration::from_secs(60),
            "{seen} of {readers}: {}",
            world.installation.log_tail()
        );
        if queued.is_none()
            && wilma.browser.open(&path).await?.words().contains(&format!("Gone through {readers}"))
        {
            queued = Some(begin.elapsed());
        }
    }
    let (took, used) = (begin.elapsed().as_secs_f64(), processor_seconds(&process) - before);
    send.await??;
    println!(
        "{readers} letters in {took:.1} s: {:.0} a second; decided on after {:.1} s; the server's processor {:.2} ms each; at most {} MB of its own memory, {} MB before, {} MB with what it sees of files",
        readers as f64 / took,
        queued.map_or(took, |after| after.as_secs_f64()),
        used * 1e3 / readers as f64,
        most / 1024,
        idle / 1024,
        memory(&process, "VmHWM:") / 1024
    );
    world.installation.stop().await
}

/// The processor time of a process (proc(5): fields 14 and 15, in ticks of 10 ms).
fn processor_seconds(process: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or("");
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// A line of proc(5), status, in KiB.
fn memory(process: &str, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|size| size.parse().ok()).unwrap_or_default()
}
