//! Programs that are told what happens: the real binary sends, the library of Standard Webhooks verifies.

use std::process::Stdio;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, World};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;

use crate::http_api::{Program, text, token};
use crate::outside_clients::script;
use crate::{on_both_engines, python};

on_both_engines!(a_program_is_told_and_believes_it);

async fn a_program_is_told_and_believes_it(setup: Setup) -> Result<()> {
    let Some(python) = python() else { return Ok(()) };
    let more = format!("{}\n[webhooks]\nallow_private_addresses = true\n", setup.more);
    let mut world = World::start(Setup { more, ..setup }, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("hooks-shop.example", 2, "approve").await?;
    let (write, bills) = (token(&mut ada, "webhooks:write").await?, token(&mut ada, "billing:write").await?);
    let program = Program { world: &world, token: write };
    let mut receiver = Command::new(python)
        .arg(script("webhook_receiver.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut lines = BufReader::new(receiver.stdout.take().context("piped")?).lines();
    let port = lines.next_line().await?.context("a port")?;
    let wrong = json!({ "url": "ftp://hooks.example", "events": [] });
    let refused = program.expect(422, "POST", "/api/v1/webhooks", Some(wrong)).await?;
    anyhow::ensure!(refused["errors"][0]["field"] == "url", "{refused}");
    let new = json!({ "url": format!("http://127.0.0.1:{port}/in") });
    let made = program.expect(201, "POST", "/api/v1/webhooks", Some(new)).await?;
    let at = format!("/api/v1/webhooks/{}", text(&made, "id")?);
    let mut stdin = receiver.stdin.take().context("piped")?;
    stdin.write_all(format!("{}\n", text(&made, "secret")?).as_bytes()).await?;

    // What is answered with 503 comes again.
    program.expect(200, "POST", &format!("{at}/test"), None).await?;
    let mut hear = async |wanted: &str| -> Result<String> {
        let line = tokio::time::timeout(std::time::Duration::from_secs(60), lines.next_line());
        let line = line.await.with_context(|| format!("waiting for {wanted}"))??.context("a line")?;
        anyhow::ensure!(line.starts_with(&format!("ok {wanted}")), "{line}");
        Ok(line)
    };
    hear("webhook.test").await?;
    hear("webhook.test").await?;

    // A change of plan is told of, with the invoice that it makes, which the API shows.
    let money = Program { world: &world, token: bills };
    let services = money.expect(200, "GET", "/api/v1/services", None).await?;
    let service = format!("/api/v1/services/{}", text(&services["items"][0], "id")?);
    let wish = json!({ "plan": "enterprise", "term": "annual", "mailboxes": 5 });
    let preview = money.expect(200, "POST", &format!("{service}/change-preview"), Some(wish.clone())).await?;
    let total = preview["now"]["total"]["minor"].as_i64().context("a total")?;
    anyhow::ensure!(total > 0, "{preview}");
    let mut other = wish.clone();
    other["total_minor"] = json!(total + 1);
    let refused = money.expect(422, "POST", &format!("{service}/change"), Some(other)).await?;
    anyhow::ensure!(refused["errors"][0]["field"] == "total_minor", "{refused}");
    let mut seen = wish;
    seen["total_minor"] = json!(total);
    money.expect(200, "POST", &format!("{service}/change"), Some(seen)).await?;
    let (first, second) = (hear("").await?, hear("").await?);
    let both = format!("{first} {second}");
    anyhow::ensure!(both.contains("invoice.issued") && both.contains("subscription.changed"), "{both}");
    let invoices = money.expect(200, "GET", "/api/v1/invoices", None).await?;
    let newest = invoices["items"].as_array().and_then(|all| all.last()).context("an invoice")?;
    anyhow::ensure!(
        newest["total"]["minor"] == json!(total) && both.contains(text(newest, "id")?),
        "{invoices}"
    );

    // The log says what was sent, and is replayed.
    let log = program.expect(200, "GET", &format!("{at}/deliveries"), None).await?;
    let test = &log["items"][0];
    anyhow::ensure!(test["attempts"] == json!(2) && test["state"] == "delivered", "{test}");
    anyhow::ensure!(test["answer"] == "thank you", "{test}");
    program.expect(200, "POST", &format!("{at}/deliveries/{}/replay", text(test, "id")?), None).await?;
    // Collecting the invoice is told of whenever it happens; what was asked for again comes too.
    let mut heard = Vec::new();
    while !heard.iter().any(|line: &String| line.contains("webhook.test")) {
        heard.push(hear("").await?);
    }
    let stranger = Person::register(&world, "Eve Example", "eve@people.example").await?;
    let mut stranger = stranger;
    stranger.order("other-hooks.example", 1, "approve").await?;
    let foreign = Program { world: &world, token: token(&mut stranger, "webhooks:write").await? };
    foreign.expect(404, "GET", &at, None).await?;
    let none: Value = foreign.expect(200, "GET", "/api/v1/webhooks", None).await?;
    anyhow::ensure!(none["items"] == json!([]), "{none}");
    program.expect(204, "DELETE", &at, None).await?;
    drop(receiver);
    world.installation.stop().await
}
