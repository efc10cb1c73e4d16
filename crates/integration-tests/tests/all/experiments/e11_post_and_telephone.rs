//! Phone and postal exports omit the opted-out, and are logged: one entry for each person on the list, which they see.

use anyhow::{Context, Result};
use mailkeep_integration_tests::choosing::choose;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};

use crate::on_both_engines;

const OFFERS: [&str; 2] = ["special_offers:post", "special_offers:telephone"];

async fn reachable(world: &World, name: &str, phone: &str) -> Result<Person> {
    let email = format!("{}@people.example", name.split(' ').next().unwrap_or_default().to_lowercase());
    let mut person = Person::register(world, name, &email).await?;
    let form = person.browser.open("/center/profile").await?.form("/center/profile")?;
    let form = form
        .with("phone", phone)
        // Not of one household: what one declines by letter, nobody at the address gets.
        .with("street", &format!("{} Larkspur Lane", &phone[phone.len() - 2..]))
        .with("city", "Springfield")
        .with("postal_code", "62701")
        .with("country", "US");
    let page = person.browser.submit(&form).await?;
    anyhow::ensure!(page.status.is_success(), "{}", page.words());
    choose(&mut person, &OFFERS).await?;
    Ok(person)
}

on_both_engines!(lists_leave_out_who_declined_and_are_on_record);

async fn lists_leave_out_who_declined_and_are_on_record(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = reachable(&world, "Ada Example", "+1 217 555 0101").await?;
    let mut ben = reachable(&world, "Ben Example", "+1 217 555 0102").await?;
    reachable(&world, "Cy Example", "+1 217 555 0103").await?;
    let form = ben.browser.open("/center/choices").await?.form("/center/choices/stop")?;
    ben.browser.submit(&form).await?;

    let folder = world.installation.folder.clone();
    let place = |name: &str| folder.join(name).display().to_string();
    std::fs::write(folder.join("registry.txt"), "+1 (217) 555-0103\n")?;
    let today = mailkeep_types::Clock::now(&mailkeep_types::SystemClock).to_string();
    let today = today.split('T').next().context("a date")?.to_owned();
    let calls = place("calls.csv");
    let list = |channel: &'static str, out: &str, more: &[&str]| {
        let fixed = [
            "outreach",
            "export",
            "--channel",
            channel,
            "--topic",
            "special_offers",
            "--by",
            "anna",
            "--out",
            out,
        ];
        fixed.iter().chain(more).map(|word| (*word).to_owned()).collect::<Vec<String>>()
    };
    let run = async |arguments: Vec<String>| {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        world.installation.command(&arguments).await
    };
    let without = run(list("telephone", &calls, &[])).await.err().context("calls without a registry")?;
    anyhow::ensure!(without.to_string().contains("do-not-call registry"), "{without}");
    let registry = place("registry.txt");
    let said =
        run(list("telephone", &calls, &["--scrubbed-on", &today, "--registry", &registry, "--json"])).await?;
    anyhow::ensure!(said.contains("\"people\": 1") && said.contains("\"left_out\": 2"), "{said}");
    anyhow::ensure!(said.contains(&format!("\"scrubbed_on\": \"{today}\"")), "{said}");
    let calls = std::fs::read_to_string(&calls)?;
    anyhow::ensure!(calls.contains("Ada Example") && calls.contains("+12175550101"), "{calls}");
    anyhow::ensure!(!calls.contains("Ben Example") && !calls.contains("Cy Example"), "{calls}");
    anyhow::ensure!(!calls.contains("Larkspur"), "a list for calls has no postal address: {calls}");

    let letters = place("letters.csv");
    run(list("post", &letters, &[])).await?;
    let letters = std::fs::read_to_string(&letters)?;
    anyhow::ensure!(letters.contains("Ada Example") && letters.contains("Cy Example"), "{letters}");
    anyhow::ensure!(!letters.contains("Ben Example") && !letters.contains("+1217"), "{letters}");

    // Whoever is on a list reads of it; whoever declined was not opened.
    let uses = ada.browser.open("/center/privacy/uses").await?.words();
    anyhow::ensure!(uses.contains("The list of those who asked for letters or calls"), "{uses}");
    let uses = ben.browser.open("/center/privacy/uses").await?.words();
    anyhow::ensure!(!uses.contains("The list of those who asked for letters or calls"), "{uses}");
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let page = writer.browser.open("/console/announcements").await?.words();
    anyhow::ensure!(page.contains(&today) && page.contains("anna"), "{page}");
    anyhow::ensure!(!page.contains("Ada Example"), "the console shows no list: {page}");
    world.installation.stop().await
}
