//! Case 36: Primary, billing and technical contacts have different powers: only the primary changes the account, billing data goes
//! to primary and billing alone.

use anyhow::Result;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, World};
use mailkeep_integration_tests::pages::Page;

use crate::on_both_engines;

on_both_engines!(case_36_contacts_have_the_powers_of_their_role);

const DOMAIN: &str = "roles-shop.example";

/// A second person who takes the owner's invitation.
pub(super) async fn contact(world: &World, owner: &mut Person, name: &str, role: &str) -> Result<Person> {
    let email = format!("{role}@people.example");
    let mut person = Person::register(world, name, &email).await?;
    let form = owner.browser.open("/center/contacts").await?.form_to("/center/contacts")?;
    owner.browser.submit(&form.with("email", &email).with("role", role)).await?;
    let link = world.mailed_link(&email, "invit").await?;
    let page = person.browser.open(&link).await?;
    if let Some(form) = page.forms().into_iter().find(|form| form.action.contains("invit")) {
        person.browser.submit(&form).await?;
    }
    person.wait_for_page("/center", |page| page.status.is_success()).await?;
    Ok(person)
}

fn is_open(page: &Page) -> bool {
    page.status.is_success()
}

async fn case_36_contacts_have_the_powers_of_their_role(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 2, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    let mut bill = contact(&world, &mut ada, "Bill Example", "billing").await?;
    let mut tess = contact(&world, &mut ada, "Tess Example", "technical").await?;

    // Billing data: primary and billing, not the technical contact.
    for (person, may) in [(&mut ada, true), (&mut bill, true), (&mut tess, false)] {
        let page = person.browser.get("/center/invoices").await?;
        anyhow::ensure!(is_open(&page) == may, "{}: {} {}", person.email, page.status, page.words());
    }
    // Domains and mailboxes: primary and technical change them, billing does not.
    for (person, may) in [(&mut ada, true), (&mut tess, true), (&mut bill, false)] {
        let page = person.browser.get("/center/mailboxes/new").await?;
        anyhow::ensure!(is_open(&page) == may, "{}: {} {}", person.email, page.status, page.words());
    }
    let path = ada.domain_page(DOMAIN).await?;
    let shown = bill.browser.open(&path).await?;
    anyhow::ensure!(shown.form("/rules").is_err() && shown.form("/catch-all").is_err(), "{}", shown.words());
    // The account: only the primary says who else is a contact; whoever pays may end a service, the technical contact may not.
    for person in [&mut bill, &mut tess] {
        let page = person.browser.open("/center/contacts").await?;
        anyhow::ensure!(
            page.form_to("/center/contacts").is_err(),
            "{} invites: {}",
            person.email,
            page.words()
        );
    }
    for (person, may) in [(&mut ada, true), (&mut bill, true), (&mut tess, false)] {
        let services = person.browser.open("/center/services").await?;
        let ends = services.links().iter().any(|link| link.ends_with("/leave"));
        anyhow::ensure!(ends == may, "{}: {}", person.email, services.words());
    }
    world.installation.stop().await
}
