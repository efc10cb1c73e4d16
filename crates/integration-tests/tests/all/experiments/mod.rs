//! The experiments by which the policy is judged, numbered and named as in the list of promises, each on the real binary and
//! on both engines. Where one speaks of a ticket, a fact stands in that exists without a help desk: an order in review, or
//! an invoice that is due; the first three are done with a ticket in `tickets.rs`.
//!
//! [`among_a_thousand`] is the fourteenth at its full size. The eighteenth at its full size, a ledger of 100,000 entries, is a test
//! of crate `policy`: `ledger/verify/stored_tests.rs`.

mod among_a_thousand;
mod e01_agent_without_a_fact;
mod e02_agent_with_a_fact;
mod e03_agent_makes_the_fact;
mod e04_billing_reads_the_card;
mod e05_only_ciphertext;
mod e06_card_number;
mod e07_stored_card;
pub mod e08_one_click;
mod e09_template_without_class;
mod e10_restore_keeps_refusals;
mod e11_post_and_telephone;
mod e12_gpc;
mod e13_policy_changed;
mod e14_export;
mod e15_address_corrected;
mod e16_erased;
mod e17_retention;
mod e18_ledger_tampered_with;
mod e19_ledger_not_writable;
mod e20_disclosure;
mod e21_own_organisation;
mod e22_abroad;
mod e23_policy_widened;
mod e24_undeclared_column;
mod e25_privacy_desk;
mod planting;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Installation;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::pages::{Form, Page, Visitor};
use mailkeep_integration_tests::stolen::Stolen;
use mailkeep_policy::Subject;
use mailkeep_policy::ledger::{Decision, Entry};

/// What stands on the billing address that [`Person::order`] types.
const STREET: &str = "1 Sample Street";

/// A form that is sent in although no page offers it: its token is taken from a page that has one.
pub(crate) async fn force(
    browser: &mut Visitor,
    page: &str,
    action: &str,
    fields: &[(&str, &str)],
) -> Result<Page> {
    let page = browser.open(page).await?;
    let token = page.forms().into_iter().find_map(|form| form.fields.get("csrf").cloned());
    let mut form = Form { action: action.to_owned(), method: "POST".to_owned(), fields: Default::default() }
        .with("csrf", &token.context("a form of the page has a token")?);
    for (name, value) in fields {
        form = form.with(name, value);
    }
    browser.submit(&form).await
}

/// A customer with an order that a person must decide, and a colleague who reviews orders.
struct Review {
    world: World,
    otto: Person,
    rosalind: Colleague,
    books: Stolen,
    /// The path of the order in the console.
    order: String,
    /// The customer who ordered.
    customer: Subject,
}

impl Review {
    async fn start(setup: mailkeep_integration_tests::installation::Setup, domain: &str) -> Result<Self> {
        let world = World::start(setup, None).await?;
        let mut otto = Person::register(&world, "Otto Example", "info@remote.example").await?;
        let number = otto.registration_id().await?;
        otto.order(domain, 1, "wrong_code").await?;
        let mut rosalind = Colleague::enrol(&world, "rosalind", &["fraud_reviewer"]).await?;
        let order = rosalind.wait_for_order().await?;
        let books = Stolen::of(&world.installation).await?;
        let customer = books.customer(&number).await?;
        Ok(Review { world, otto, rosalind, books, order, customer })
    }

    /// Opens the file of the order, whether or not the console offers it.
    async fn open(&mut self) -> Result<Page> {
        force(&mut self.rosalind.browser, "/console", &format!("{}/open", self.order), &[]).await
    }

    /// What is on record about the customer's data being used by reviewers.
    async fn reviews(&self) -> Result<Vec<Entry>> {
        let mut entries = self.books.entries(&self.world.installation, self.customer).await?;
        entries.retain(|entry| entry.role == "fraud_reviewer");
        Ok(entries)
    }
}

/// That a page shows nothing of the billing address, and that the newest entry says that it was refused.
fn refused(page: &Page, entries: &[Entry]) -> Result<()> {
    anyhow::ensure!(!page.text().contains(STREET), "the page shows the address: {}", page.words());
    anyhow::ensure!(page.status.is_client_error(), "{}: {}", page.status, page.words());
    let newest = entries.last().context("the refusal is on record")?;
    anyhow::ensure!(newest.decision == Decision::Refused, "{newest:?}");
    anyhow::ensure!(newest.purpose == "protect" && newest.fact == "order_in_review", "{newest:?}");
    anyhow::ensure!(!newest.actor.contains("rosalind"), "a pseudonym, not the name: {newest:?}");
    Ok(())
}

/// What a command says when it fails.
async fn told(installation: &Installation, arguments: &[&str]) -> Result<String> {
    Ok(installation.command(arguments).await.err().context("it was not refused")?.to_string())
}

/// Gives the installation a policy file of its own: that of the build with one text exchanged, or as it is.
fn narrowed(installation: &Installation, from: &str, to: &str) -> Result<()> {
    let built = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../policy/policy.toml"))?;
    anyhow::ensure!(built.contains(from), "the policy file has no {from:?} any more");
    let file = installation.folder.join("policy.toml");
    std::fs::write(&file, built.replacen(from, to, 1))?;
    let config = std::fs::read_to_string(installation.config())?;
    if !config.contains("[policy]") {
        std::fs::write(installation.config(), format!("{config}\n[policy]\nfile = {file:?}\n"))?;
    }
    Ok(())
}
