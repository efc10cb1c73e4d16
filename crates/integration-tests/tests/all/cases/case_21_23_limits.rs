//! Case 21: Recipients, not messages, are counted.
//! Case 22: Limits per message, per day, for new mailboxes and for trials, over windows that roll, that are the day of a named zone, or
//! parts of a day, each by the class of service.
//! Case 23: Over the limit of a message it is refused whole, or the first are served and the sender is told of the others.

use std::time::Duration;

use anyhow::Result;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, SOON, World};
use mailkeep_integration_tests::mail::{Imap, submit_and_hear};

use crate::on_both_engines;

on_both_engines!(case_21_23_recipients_are_counted_and_the_first_are_served);
on_both_engines!(case_22_a_day_begins_where_the_class_says);
on_both_engines!(case_22_a_trial_writes_inside_only);

/// Sessions outlive the days of these tests, and tiers let through what the class allows.
const MORE: &str = "[identity.session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 15\n\
                    [guard.tiers]\nnew = { recipients_per_day = 1000, first_time_per_day = 1000 }\n\
                    known = { recipients_per_day = 1000, first_time_per_day = 1000 }\n\
                    [guard.campaigns]\nrecipients_when_new = 64\n";

/// A catalogue with one plan, whose class has these limits.
fn selling(limits: &str, trial_days: u16) -> String {
    format!(
        "{MORE}[commerce]\ncurrency = \"USD\"\ntime_zone = \"America/New_York\"\n\
         [commerce.seller]\nname = \"Example Mail Company\"\naddress = [\"1 Sample Street\"]\ncountry = \"US\"\n\
         email = \"billing@mailkeep.example\"\n[commerce.tax]\nname = \"Sales tax\"\npercent = \"6.25\"\n\
         [[commerce.class]]\nkey = \"business\"\nname = \"Business\"\n\
         limits = {{ quota_mb = 1000, message_size_mb = 25, {limits} }}\n\
         [[commerce.plan]]\nkey = \"business\"\nname = \"Business\"\nsummary = \"Mail for a company.\"\n\
         included_space_mb = 1000\n\
         prices = {{ monthly = \"6.00\", annual = \"60.00\" }}\nclass = \"business\"\ntrial_days = {trial_days}\n"
    )
}

/// A mailbox that sends.
struct Sender {
    world: World,
    ada: Person,
    address: String,
    password: String,
    written: u32,
}

impl Sender {
    async fn start(setup: Setup, domain: &str, more: String) -> Result<Self> {
        let world = World::start(Setup { more, ..setup }, None).await?;
        let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
        ada.order(domain, 2, "approve").await?;
        ada.prove_domain(&world, domain).await?;
        let password = ada.make_mailbox("ada", domain).await?;
        Ok(Sender { world, ada, address: format!("ada@{domain}"), password, written: 0 })
    }

    /// Sends one message to so many who were never written to before: what was said of it, a refusal too.
    async fn send(&mut self, recipients: u32) -> String {
        let first = self.written * 100;
        let to: Vec<String> = (first..first + recipients).map(|n| format!("w{n}@remote.example")).collect();
        self.send_to(&to).await
    }

    async fn send_to(&mut self, to: &[String]) -> String {
        self.written += 1;
        let number = self.written;
        let words: String = (0..30).map(|word| format!("word{number}x{word} ")).collect();
        let text = format!("From: {}\r\nSubject: letter {number}\r\n\r\n{words}\r\n", self.address);
        let to: Vec<&str> = to.iter().map(String::as_str).collect();
        let server = self.world.server("submissions");
        match submit_and_hear(&server, &self.address, &self.password, &to, &text).await {
            Ok(said) => said,
            Err(refused) => format!("{refused:#}"),
        }
    }
}

fn is(said: &str, parts: &[&str]) -> Result<()> {
    anyhow::ensure!(parts.iter().all(|part| said.contains(part)), "{said:?} lacks some of {parts:?}");
    Ok(())
}

async fn case_21_23_recipients_are_counted_and_the_first_are_served(setup: Setup) -> Result<()> {
    let limits =
        "recipients_per_message = 10, recipients_per_day = 60, sending = { over_message = \"serve_first\" }";
    let mut sender = Sender::start(setup, "count-shop.example", selling(limits, 0)).await?;
    // Thirteen are three too many: ten are served, and the others are told of.
    is(&sender.send(13).await, &["250 2.0.0"])?;
    let sink = sender.world.sink.clone();
    let reached = |taken: &[mailkeep_integration_tests::sink::Taken], name: &str| {
        taken.iter().any(|mail| mail.to.iter().any(|to| to == &format!("{name}@remote.example")))
    };
    sink.wait_for_all(SOON, |taken| (0..10).all(|n| reached(taken, &format!("w{n}")))).await?;
    let mut imap = Imap::sign_in(&sender.world.server("imaps"), &sender.address, &sender.password).await?;
    imap.command("SELECT INBOX").await?;
    for name in ["w10", "w11", "w12"] {
        imap.wait_for(&format!("BODY \"{name}@remote.example\""), SOON).await?;
        anyhow::ensure!(!reached(&sink.taken(), name), "{name} was served over the limit");
    }
    let reports = imap.wait_for("BODY \"may have 10\"", SOON).await?;
    anyhow::ensure!(reports.len() == 1, "{} reports", reports.len());
    // Five more messages are fifty more recipients; the next one is told to wait until there is room.
    for _ in 0..5 {
        is(&sender.send(10).await, &["250 2.0.0"])?;
    }
    is(&sender.send(1).await, &["450 4.7.1", "per-window", "61 recipients", "60"])?;
    // Counts outlive the process.
    sender.world.installation.kill().await?;
    sender.world.installation.start().await?;
    is(&sender.send(1).await, &["450 4.7.1", "per-window"])?;
    sender.world.installation.advance(Duration::from_secs(24 * 3600 + 600)).await?;
    is(&sender.send(1).await, &["250 2.0.0"])?;
    sender.world.installation.stop().await
}

async fn case_22_a_day_begins_where_the_class_says(setup: Setup) -> Result<()> {
    let limits = "recipients_per_message = 10, recipients_per_day = 15, recipients_per_day_when_new = 5, new_days = 7, \
                  sending = { window = { kind = \"day\", zone = \"Pacific/Kiritimati\" }, over = \"refuse\" }";
    let mut sender = Sender::start(setup, "window-shop.example", selling(limits, 0)).await?;
    is(&sender.send(11).await, &["550 5.5.3", "per-message"])?;
    is(&sender.send(5).await, &["250 2.0.0"])?;
    is(&sender.send(1).await, &["550 5.7.1", "per-window", "6 recipients", "5"])?;
    // Nothing rolls: the day is over when it is over in that zone, at 10:00 UTC.
    sender.world.installation.advance(Duration::from_secs(24 * 3600)).await?;
    is(&sender.send(5).await, &["250 2.0.0"])?;
    is(&sender.send(1).await, &["550 5.7.1"])?;
    sender.world.installation.advance(Duration::from_secs(8 * 24 * 3600)).await?;
    is(&sender.send(10).await, &["250 2.0.0"])?;
    is(&sender.send(5).await, &["250 2.0.0"])?;
    is(&sender.send(1).await, &["550 5.7.1", "16 recipients", "15"])?;
    sender.world.installation.stop().await
}

async fn case_22_a_trial_writes_inside_only(setup: Setup) -> Result<()> {
    let limits = "recipients_per_message = 100, recipients_per_day = 10";
    let mut sender = Sender::start(setup, "tried-shop.example", selling(limits, 14)).await?;
    sender.ada.make_mailbox("bob", "tried-shop.example").await?;
    is(&sender.send(1).await, &["550 5.7.1", "trial-outside"])?;
    let inside = "bob@tried-shop.example".to_owned();
    for _ in 0..10 {
        is(&sender.send_to(std::slice::from_ref(&inside)).await, &["250 2.0.0"])?;
    }
    is(&sender.send_to(&[inside]).await, &["450 4.7.1"])?;
    sender.world.installation.stop().await
}
