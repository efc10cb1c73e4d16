//! Experiment 21: The ground of one's own organisation: refused for one that is in arrears, for a stranger, for a domain that is not its
//! own, and without its published policy.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::stolen::Stolen;

use super::e20_disclosure::{ask, registered};
use crate::on_both_engines;

const POLICY: &[u8] = b"%PDF-1.4 the published policy of an organisation";
const GROUND: Option<&str> = Some("own_organisation");

on_both_engines!(only_an_organisation_in_good_standing_is_a_ground);

async fn only_an_organisation_in_good_standing_is_a_ground(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let number = ada.registration_id().await?;
    ada.order_billed("own-house.example", 2, "approve", &[("term", "monthly")]).await?;
    ada.wait_for_page("/center/services", |page| page.words().contains("own-house.example")).await?;
    let mut otto = Person::register(&world, "Otto Example", "otto@people.example").await?;
    let stranger = otto.registration_id().await?;
    let mut officer = Colleague::enrol(&world, "rosalind", &["privacy_officer"]).await?;
    let books = Stolen::of(&world.installation).await?;
    let customer = books.customer(&number).await?.uuid().to_string();
    let scope = Some("identity");
    let asked = |whose: &str| {
        [("subject".to_owned(), whose.to_owned()), ("organisation".to_owned(), customer.clone())]
    };
    let mut refused = 0;
    let mut try_for = async |whose: &str, document: Option<&[u8]>, wanted: i64| -> Result<()> {
        let fields = asked(whose);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        let before = registered(&books).await?;
        let page = ask(&mut officer, GROUND, document, scope, &fields).await?;
        let came = registered(&books).await? - before;
        refused += 1 - came;
        anyhow::ensure!(came == wanted, "{whose}: {came} registered: {}", page.words());
        Ok(())
    };

    // Its domain is not proven to be its own.
    try_for(&number, Some(POLICY), 0).await?;
    ada.prove_domain(&world, "own-house.example").await?;
    ada.make_mailbox("ada", "own-house.example").await?;
    // Without its published policy; for somebody who does not belong to it; for an address elsewhere.
    try_for(&number, None, 0).await?;
    try_for(&stranger, Some(POLICY), 0).await?;
    try_for("friend@remote.example", Some(POLICY), 0).await?;
    // All is well: it can be opened, for its contact and for its mailbox. Nothing is handed over before a second person agrees.
    try_for(&number, Some(POLICY), 1).await?;
    try_for("ada@own-house.example", Some(POLICY), 1).await?;
    // It is in arrears.
    books
        .run("UPDATE invoice_balances SET open_minor = 100, paid_minor = paid_minor - 100, settled_at = NULL")
        .await?;
    try_for(&number, Some(POLICY), 0).await?;
    try_for("ada@own-house.example", Some(POLICY), 0).await?;
    books
        .run("UPDATE invoice_balances SET open_minor = 0, paid_minor = paid_minor + 100, settled_at = 1")
        .await?;
    try_for(&number, Some(POLICY), 1).await?;
    anyhow::ensure!(refused == 6, "{refused}");
    let waiting: i64 = books.value("SELECT COUNT(*) FROM disclosures WHERE agreed_at IS NULL").await?;
    anyhow::ensure!(waiting == 3, "{waiting}");
    let entries = books.entries(&world.installation, books.person(&number).await?).await?;
    entries.iter().find(|entry| entry.act == "read").context("an ordinary entry")?;
    anyhow::ensure!(entries.iter().all(|entry| entry.act != "disclose"), "{entries:?}");
    world.installation.stop().await
}
