//! Experiment 14: The export holds every planted marker of the person, and none of another's.

use std::collections::BTreeSet;

use anyhow::Result;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::Person;
use mailkeep_integration_tests::markers::Markers;
use mailkeep_policy::Subject;
use mailkeep_policy::ledger::Decision;

use super::planting::Planted;
use crate::on_both_engines;

/// A subject as the command line names it.
pub(super) fn named(subject: Subject) -> String {
    let kind = match subject {
        Subject::Person(_) => "person",
        Subject::Mailbox(_) => "mailbox",
        Subject::Customer(_) => "customer",
        Subject::Staff(_) => "staff",
        Subject::Subscriber(_) => "subscriber",
    };
    format!("{kind}:{}", subject.uuid())
}

on_both_engines!(an_export_is_whole_and_ones_own);

async fn an_export_is_whole_and_ones_own(setup: Setup) -> Result<()> {
    let mut planted = Planted::plant(setup).await?;
    let mut others = Markers::new();
    let name = others.next("the name of another person");
    let mut otto =
        Person::register(&planted.world, &format!("Otto {name}"), &format!("{name}@people.example")).await?;
    let street = format!("3 {} Road", others.next("the street of another person"));
    otto.order_billed("another.example", 1, "approve", &[("street", &street)]).await?;
    otto.wait_for_page("/center/services", |page| page.words().contains("another.example")).await?;
    let installation = &planted.world.installation;

    let verified = ["--verified-by", "anna", "--proof", "letter 17"];
    let export = async |subject: &str| {
        installation.command(&[&["subject", "export", subject], &verified[..]].concat()).await
    };
    let (of_person, of_customer) = (export(&planted.number).await?, export(&named(planted.customer)).await?);
    let of_otto = export(&otto.registration_id().await?).await?;
    let read = |text: &str| planted.markers.numbers_in(text);
    // What was replaced in the profile is not held any more: the first name.
    let replaced = ["the name at registration"];
    let missing = |range: std::ops::Range<usize>, seen: &BTreeSet<usize>| -> Vec<String> {
        range
            .filter(|number| !seen.contains(number))
            .map(|number| planted.markers.place(number).to_owned())
            .filter(|place| !replaced.contains(&place.as_str()))
            .collect()
    };
    let lost = missing(planted.personal.clone(), &read(&of_person));
    anyhow::ensure!(lost.is_empty(), "the person's export lacks {lost:?}: {of_person}");
    let lost = missing(planted.commercial.clone(), &read(&of_customer));
    anyhow::ensure!(lost.is_empty(), "the customer's export lacks {lost:?}: {of_customer}");
    anyhow::ensure!(read(&of_customer).contains(&planted.guest), "the guest of a list: {of_customer}");
    let of_mailbox = export(&named(planted.mailbox)).await?;
    let lost = missing(planted.addresses.clone(), &read(&of_mailbox));
    anyhow::ensure!(lost.is_empty(), "the mailbox's export lacks {lost:?}: {of_mailbox}");
    anyhow::ensure!(of_person.contains("2125550177"), "the telephone number");
    anyhow::ensure!(read(&of_person).contains(&planted.objection), "the objection: {of_person}");

    for export in [&of_person, &of_customer, &of_mailbox] {
        anyhow::ensure!(others.numbers_in(export).is_empty(), "another person's data is in it: {export}");
    }
    anyhow::ensure!(read(&of_otto).is_empty(), "Ada's data is in Otto's: {of_otto}");
    anyhow::ensure!(others.numbers_in(&of_otto).contains(&0), "Otto's own is: {of_otto}");

    // Each is on record, for the one whose data it is.
    for subject in [planted.person, planted.customer, planted.mailbox] {
        let entries = planted.books.entries(installation, subject).await?;
        let exports =
            entries.iter().filter(|entry| entry.act == "export" && entry.decision == Decision::Allowed);
        anyhow::ensure!(exports.count() >= 1, "{entries:?}");
    }
    planted.world.installation.stop().await
}
