//! Clients that mean no good, against the real binary: each gets a clear answer, another client is served at the same
//! time, and the memory stays within a bound. The protocols are the same on both engines, so SQLite is enough here.

mod connections;
mod http;
mod imap;
mod smtp;
mod talk;

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::World;

use self::talk::Talk;
use crate::outside_clients::{DOMAIN, customer};

/// Short, so that whoever is slow is let go soon.
const LIMITS: &str = "[smtp]\ncommand_seconds = 3\nsilence_seconds = 3\ncontent_seconds = 60\n\
    [imap]\nlogin_timeout_seconds = 3\nstall_timeout_seconds = 3\n[http]\nhead_seconds = 3\nbody_seconds = 3\n";
/// Whoever behaves is answered within this, whatever others do. A loaded machine without optimisation is slow.
const RESPONSIVE: Duration = Duration::from_secs(10);
/// What the process may need at most beyond what it had, for any one of the attacks; twice the largest message and
/// some.
const MORE_MEMORY_MIB: u64 = 200;

/// The installation under attack.
struct Target {
    world: World,
    user: String,
    password: String,
}

impl Target {
    /// Memory of the process in MiB from `/proc`: `VmRSS` now, `VmHWM` at most since [`Target::forget_peak`].
    fn memory(&self, field: &str) -> Result<u64> {
        let id = self.world.installation.process().context("the process runs")?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix(field)).context("a field of Linux")?;
        let kib: u64 = line.trim_start_matches(':').trim().trim_end_matches(" kB").parse()?;
        Ok(kib / 1024)
    }

    fn forget_peak(&self) -> Result<()> {
        let id = self.world.installation.process().context("the process runs")?;
        Ok(std::fs::write(format!("/proc/{id}/clear_refs"), "5")?)
    }

    /// What a client that behaves sees: greetings of the mail ports and a page.
    async fn serve_others(&self) -> Result<Duration> {
        let start = Instant::now();
        let mut smtp = Talk::plain(self, "mx").await?;
        smtp.expect("220").await?;
        smtp.ask("EHLO friend.example", "250").await?;
        smtp.ask("QUIT", "221").await?;
        let mut imap = Talk::tls(self, "imaps").await?;
        imap.expect("* OK").await?;
        imap.ask("a LOGOUT", "* BYE").await?;
        anyhow::ensure!(self.world.visitor()?.get("/").await?.status.is_success(), "the site");
        Ok(start.elapsed())
    }

    /// Runs an attack, serves somebody else at the same time, and measures.
    async fn bear(&self, what: &str, attack: impl Future<Output = Result<()>>) -> Result<()> {
        self.forget_peak()?;
        let before = self.memory("VmRSS")?;
        let mut attack = std::pin::pin!(attack);
        let mut slowest = Duration::ZERO;
        let mut over = false;
        while !over {
            let others = async {
                let took = self.serve_others().await.with_context(|| format!("others during “{what}”"))?;
                tokio::time::sleep(Duration::from_millis(50)).await;
                Ok::<_, anyhow::Error>(took)
            };
            tokio::select! {
                done = &mut attack => {
                    done.with_context(|| what.to_owned())?;
                    over = true;
                }
                took = others => slowest = slowest.max(took?),
            }
        }
        slowest = slowest.max(self.serve_others().await?);
        let (peak, after) = (self.memory("VmHWM")?, self.memory("VmRSS")?);
        eprintln!("{what}: {before} MiB before, {peak} at most, {after} after; others served in {slowest:?}");
        anyhow::ensure!(slowest < RESPONSIVE, "{what}: others waited {slowest:?}");
        anyhow::ensure!(peak < before + MORE_MEMORY_MIB, "{what}: {before} MiB grew to {peak} MiB");
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_input_gets_a_clear_answer_in_bounded_memory() -> Result<()> {
    let setup = Setup { more: LIMITS.to_owned(), ..Setup::default() };
    let world = World::start(setup, None).await?;
    let password = customer(&world).await?;
    let mut target = Target { world, user: format!("ada@{DOMAIN}"), password };
    let t = &target;
    t.bear("a header of 100 MB", smtp::header_of_100_mb(t)).await?;
    t.bear("a command line without end", smtp::endless_line(t)).await?;
    t.bear("a body of one line", smtp::endless_body_line(t)).await?;
    t.bear("10,000 recipients", smtp::ten_thousand_recipients(t)).await?;
    t.bear("NUL bytes by SMTP", smtp::nul_bytes(t)).await?;
    t.bear("commands after STARTTLS by SMTP", smtp::injection(t)).await?;
    t.bear("1,000 levels of MIME", smtp::nested_mime(t)).await?;
    t.bear("wrong charsets", smtp::wrong_charsets(t)).await?;
    t.bear("huge literals", imap::huge_literals(t)).await?;
    t.bear("deep search keys", imap::deep_search_keys(t)).await?;
    t.bear("commands after STARTTLS by IMAP", imap::injection(t)).await?;
    t.bear("huge heads of HTTP", http::huge_head(t)).await?;
    t.bear("a slow body of HTTP", http::slow_body(t)).await?;
    t.bear("a huge form", http::huge_form(t)).await?;
    t.bear("slow clients on every port", connections::slow_on_every_port(t)).await?;
    t.bear("1,000 connections that say nothing", connections::thousand_silent(t)).await?;
    let peak = target.memory("VmRSS")?;
    eprintln!("after all of it: {peak} MiB");
    target.world.installation.stop().await?;
    let report = target.world.installation.command(&["doctor"]).await?;
    anyhow::ensure!(report.contains(" 0 findings"), "{report}");
    Ok(())
}
