//! Case 24: Bulk is similar content to many outside, however it is cut into batches. A stolen mailbox of a trusted customer reaches
//! forty strangers at most before it is held, a fresh account twenty.

use std::time::Duration;

use anyhow::Result;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, World};
use mailkeep_integration_tests::mail::submit_and_hear;

use crate::on_both_engines;

on_both_engines!(case_24_a_stolen_mailbox_is_held_and_a_fresh_account_is_slow);

const LONG: &str =
    "[identity.session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 15\n";

/// As long as the addresses of the second mailing.
const LATE: &str = "stranger1000@remote.example";

/// A number that looks like chance and is the same in every run (SplitMix64).
fn chance(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// One text, of whose words one in five is another in each mail.
fn spam(from: &str, number: u64) -> String {
    let words: String = (0..120)
        .map(|place| match chance(number * 1_000 + place) % 5 {
            0 => format!("other{number}x{place} "),
            _ => format!("offer{place} "),
        })
        .collect();
    let lines: Vec<String> =
        words.split(' ').collect::<Vec<_>>().chunks(10).map(|line| line.join(" ")).collect();
    format!("From: {from}\r\nSubject: offer\r\n\r\n{}\r\n", lines.join("\r\n"))
}

/// How many of so many mails, each to a stranger, went through, were held, and were put off.
async fn send(
    world: &World,
    user: &str,
    password: &str,
    numbers: std::ops::Range<u64>,
) -> Result<[usize; 3]> {
    let mut counts = [0; 3];
    for number in numbers {
        let to = format!("stranger{number}@remote.example");
        let heard =
            submit_and_hear(&world.server("submissions"), user, password, &[&to], &spam(user, number)).await;
        let kind = match heard {
            Ok(said) if said.contains("held (campaign)") => 1,
            Ok(_) => 0,
            Err(refused) => {
                let said = format!("{refused:#}");
                anyhow::ensure!(said.contains("450 4.7.1 first-time"), "{said}");
                2
            }
        };
        counts[kind] += 1;
    }
    Ok(counts)
}

async fn case_24_a_stolen_mailbox_is_held_and_a_fresh_account_is_slow(setup: Setup) -> Result<()> {
    let mut world = World::start(Setup { more: format!("{}\n{LONG}", setup.more), ..setup }, None).await?;
    let domain = "bulk-shop.example";
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(domain, 2, "approve").await?;
    ada.prove_domain(&world, domain).await?;
    let (user, password) = (format!("ada@{domain}"), ada.make_mailbox("ada", domain).await?);
    let [through, held, put_off] = send(&world, &user, &password, 0..30).await?;
    anyhow::ensure!(through <= 20 && held > 0 && put_off == 10, "fresh: {through}, {held}, {put_off}");

    // A paid month later the mailbox is trusted, and stolen.
    world.installation.advance(Duration::from_secs(32 * 86_400)).await?;
    world.installation.kill().await?;
    world.installation.start().await?;
    let [through, held, put_off] = send(&world, &user, &password, 1_000..1_070).await?;
    anyhow::ensure!((19..=40).contains(&through), "{through} went through");
    anyhow::ensure!(held == 70 - through && put_off == 0, "stolen: {through}, {held}, {put_off}");
    // What went through reaches its recipients, and nothing else does.
    let count = |taken: &[mailkeep_integration_tests::sink::Taken]| {
        taken
            .iter()
            .flat_map(|mail| &mail.to)
            .filter(|to| to.len() == LATE.len() && to.starts_with("stranger"))
            .count()
    };
    let limit = Duration::from_secs(60);
    world.sink.wait_for_all(limit, |taken| count(taken) >= through).await?;
    let own = format!("From: {user}\r\nSubject: lunch\r\n\r\nShall we have lunch on Friday, as always?\r\n");
    let said =
        submit_and_hear(&world.server("submissions"), &user, &password, &["friend@remote.example"], &own)
            .await?;
    anyhow::ensure!(!said.contains("held"), "an honest letter is held: {said}");
    world.sink.wait_for(limit, |mail| mail.to == ["friend@remote.example"]).await?;
    anyhow::ensure!(count(&world.sink.taken()) == through, "what is held went out");
    world.installation.stop().await
}
