//! Case 24, the other half: what honest people send to many passes without staff. What looks like a campaign is held until its owner
//! says that it is theirs; over the day's limit the rest is put off to the next days.

use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, World};
use mailkeep_integration_tests::mail::submit_and_hear;

use crate::on_both_engines;

on_both_engines!(case_24_honest_bulk_passes_without_staff);

const LONG: &str =
    "[identity.session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 15\n";
const DOMAIN: &str = "honest-shop.example";
const DAY: Duration = Duration::from_secs(24 * 3600 + 600);
const SOON: Duration = Duration::from_secs(180);

/// A mailbox that sends.
struct Sender {
    user: String,
    password: String,
}

/// What became of mails on their way in.
#[derive(Debug, Default, PartialEq, Eq)]
struct Heard {
    through: usize,
    held: usize,
    put_off: Vec<usize>,
}

impl Sender {
    async fn make(owner: &mut Person, name: &str) -> Result<Self> {
        Ok(Sender { user: format!("{name}@{DOMAIN}"), password: owner.make_mailbox(name, DOMAIN).await? })
    }

    /// A text of which the first line alone is somebody's own.
    fn text(&self, own: &str) -> String {
        let name = self.user.split('@').next().unwrap_or_default();
        let words: Vec<String> = (0..90).map(|word| format!("{name}{word}")).collect();
        let lines: Vec<String> = words.chunks(9).map(|line| line.join(" ")).collect();
        let user = &self.user;
        format!("From: {user}\r\nSubject: {name}\r\n\r\nDear {own},\r\n{}\r\n", lines.join("\r\n"))
    }

    async fn submit(&self, world: &World, to: &[&str], own: &str) -> Result<String> {
        let server = world.server("submissions");
        submit_and_hear(&server, &self.user, &self.password, to, &self.text(own)).await
    }

    /// A mail to each; the owner confirms as soon as one is held, once.
    async fn send_to_each(&self, world: &World, numbers: Vec<usize>) -> Result<Heard> {
        let mut heard = Heard::default();
        for number in numbers {
            let to = self.reader(number);
            match self.submit(world, &[&to], &format!("reader {number}")).await {
                Ok(said) if said.contains("held (campaign)") => {
                    heard.held += 1;
                    anyhow::ensure!(heard.held == 1, "held again after the owner's word: {said}");
                    self.confirm(world).await?;
                }
                Ok(_) => heard.through += 1,
                Err(refused) => {
                    let said = format!("{refused:#}");
                    anyhow::ensure!(said.contains("450 4.7.1 first-time"), "{said}");
                    heard.put_off.push(number);
                }
            }
        }
        Ok(heard)
    }

    fn reader(&self, number: usize) -> String {
        format!("{}-{number}@remote.example", self.user.split('@').next().unwrap_or_default())
    }

    /// The owner says in the webmail that what is held is theirs.
    async fn confirm(&self, world: &World) -> Result<()> {
        let mut browser = world.visitor()?;
        let form = browser.open("/mail/sign-in").await?.form("/mail/sign-in")?;
        browser.submit(&form.with("address", &self.user).with("password", &self.password)).await?;
        let form = browser.open("/mail/held").await?.form("/mail/held")?;
        let page = browser.submit(&form.with("do", "confirm")).await?;
        let left = browser.open("/mail/held").await?;
        anyhow::ensure!(!left.text().contains("name=\"held\""), "{}\n{}", page.words(), left.words());
        Ok(())
    }

    /// Waits until so many readers have theirs.
    async fn all_reached(&self, world: &World, readers: usize) -> Result<()> {
        let wanted: Vec<String> = (0..readers).map(|number| self.reader(number)).collect();
        let all = |taken: &[mailkeep_integration_tests::sink::Taken]| {
            let reached: std::collections::HashSet<&String> =
                taken.iter().flat_map(|mail| &mail.to).collect();
            wanted.iter().all(|to| reached.contains(to))
        };
        world
            .sink
            .wait_for_all(SOON, all)
            .await
            .with_context(|| format!("{readers} readers of {}", self.user))
    }
}

async fn case_24_honest_bulk_passes_without_staff(setup: Setup) -> Result<()> {
    let mut world = World::start(Setup { more: format!("{}\n{LONG}", setup.more), ..setup }, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order_billed(DOMAIN, 5, "approve", &[("plan", "business"), ("term", "monthly")]).await?;
    ada.prove_domain(&world, DOMAIN).await?;
    let news = Sender::make(&mut ada, "news").await?;
    let invoices = Sender::make(&mut ada, "invoices").await?;
    let patches = Sender::make(&mut ada, "patches").await?;
    let wedding = Sender::make(&mut ada, "wedding").await?;
    world.installation.advance(Duration::from_secs(32 * 86_400)).await?;
    world.installation.kill().await?;
    world.installation.start().await?;

    // Forty patches to a list elsewhere and two reviewers are nothing to ask about.
    let reviewers = ["list@remote.example", "ann@remote.example", "bob@remote.example"];
    for number in 0..40 {
        let said = patches.submit(&world, &reviewers, &format!("patch {number}")).await?;
        anyhow::ensure!(!said.contains("held"), "patch {number}: {said}");
    }
    // One invitation to eighty is held until the one who marries says so.
    let guests: Vec<String> = (0..80).map(|number| wedding.reader(number)).collect();
    let said = wedding.submit(&world, &guests.iter().map(String::as_str).collect::<Vec<_>>(), "all").await?;
    anyhow::ensure!(said.contains("held (campaign)"), "{said}");
    wedding.confirm(&world).await?;
    wedding.all_reached(&world, guests.len()).await?;

    // A mailing to each reader, with one word of its owner; what is over the day's limit goes on the next days.
    let (mut for_news, mut for_invoices) = ((0..500).collect(), (0..300).collect());
    for (day, left) in [(300, 100), (100, 0), (0, 0)].into_iter().enumerate() {
        let heard = news.send_to_each(&world, for_news).await?;
        anyhow::ensure!(
            (heard.put_off.len(), heard.held) == (left.0, usize::from(day == 0)),
            "{day}: {heard:?}"
        );
        let bills = invoices.send_to_each(&world, for_invoices).await?;
        anyhow::ensure!(
            (bills.put_off.len(), bills.held) == (left.1, usize::from(day == 0)),
            "{day}: {bills:?}"
        );
        (for_news, for_invoices) = (heard.put_off, bills.put_off);
        world.installation.advance(DAY).await?;
    }
    news.all_reached(&world, 500).await?;
    invoices.all_reached(&world, 300).await?;
    world.installation.stop().await
}
