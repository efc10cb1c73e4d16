//! Reports as staff read them: figures of what was just sold, as page and as file.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};

use crate::on_both_engines;

on_both_engines!(staff_read_what_was_sold);

async fn staff_read_what_was_sold(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("reported-shop.example", 3, "approve").await?;
    ada.wait_for_page("/center/invoices", |page| page.words().contains("INV")).await?;
    let mut bill = Colleague::enrol(&world, "bill", &["billing"]).await?;
    for (report, words) in [
        ("", "Receivables"),
        ("/revenue", "Invoiced"),
        ("/recurring", "What moved recurring revenue"),
        ("/tax", "Tax by place"),
        ("/screening", "Accepted by itself"),
        ("/reminders", "Reminders"),
    ] {
        let page = bill.browser.open(&format!("/console/reports{report}")).await?;
        anyhow::ensure!(page.status == 200 && page.text().contains(words), "{report}: {}", page.words());
        anyhow::ensure!(!page.text().contains("Ada Example"), "a report names nobody");
        let file = bill.browser.open(&format!("/console/reports{report}/csv")).await?;
        anyhow::ensure!(file.status == 200, "{report}: {}", file.status);
        anyhow::ensure!(file.text().lines().next().is_some_and(|head| head.contains(',')), "{}", file.text());
    }
    // The journal of this month balances, and has the invoice under its number.
    let now = bill.browser.open("/console/reports/revenue/csv").await?.text().to_owned();
    let month = now.lines().last().and_then(|line| line.split(',').next()).context("a month")?.to_owned();
    let page = bill.browser.open(&format!("/console/reports/journal?from={month}&to={month}")).await?;
    anyhow::ensure!(page.text().contains("Movements by account"), "{}", page.words());
    let path = format!("/console/reports/journal/csv?from={month}&to={month}");
    let journal = bill.browser.open(&path).await?.text().to_owned();
    let (mut debit, mut credit) = (0i64, 0i64);
    let cents = |field: &str| field.replace('.', "").parse::<i64>().unwrap_or(0);
    for line in journal.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [_, _, _, _, left, right, currency, document] = fields[..] else { anyhow::bail!("{line}") };
        anyhow::ensure!(currency == "USD" && document.starts_with("INV-"), "{line}");
        debit += cents(left);
        credit += cents(right);
    }
    anyhow::ensure!(debit == credit && debit > 0, "{debit} {credit}: {journal}");

    // Who reviews orders sees no revenue.
    let mut reviewer = Colleague::enrol(&world, "fern", &["fraud_reviewer"]).await?;
    let refused = reviewer.browser.get("/console/reports").await?;
    anyhow::ensure!(refused.status == 403, "{}", refused.status);
    world.installation.stop().await
}
