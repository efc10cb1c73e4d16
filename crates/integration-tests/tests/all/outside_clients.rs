//! Mail clients and servers that nobody here wrote.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{HOST, Person, SOON, World};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::{on_both_engines, python};

/// The domain of the customer.
pub const DOMAIN: &str = "client-shop.example";

/// A customer with a proven domain and one mailbox; gives its app password.
pub async fn customer(world: &World) -> Result<String> {
    let mut ada = Person::register(world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 2, "approve").await?;
    ada.prove_domain(world, DOMAIN).await?;
    let path = ada.domain_page(DOMAIN).await?;
    let page = ada.wait_for_page(&path, |page| page.form("/prove").is_err()).await?;
    // What the page says is published, so that whoever verifies our signatures finds the keys.
    publish_dkim(world, DOMAIN, &page.text());
    ada.make_mailbox("ada", DOMAIN).await
}

/// Publishes the DKIM records that a domain's page shows: names with `._domainkey.` and the texts that follow them.
pub fn publish_dkim(world: &World, domain: &str, html: &str) {
    let values: Vec<&str> =
        html.split("<code").skip(1).filter_map(|v| v.split_once('>')?.1.split('<').next()).collect();
    for pair in values.windows(2) {
        let (name, text) =
            (pair[0].replace("&#x2f;", "/"), pair[1].replace("&#x2f;", "/").replace("&#x3d;", "="));
        if name.contains("._domainkey") && text.contains("v=DKIM1") {
            let name = if name.contains(domain) { name } else { format!("{name}.{domain}") };
            world.dns.txt(&name, &text);
        }
    }
}

/// Runs a client to its end and gives what it printed.
pub async fn run(command: &mut Command, what: &str) -> Result<String> {
    let output = command.output().await.with_context(|| format!("{what} is installed by ./dev test"))?;
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    anyhow::ensure!(output.status.success(), "{what}: {}\n{out}{err}", output.status);
    Ok(out.into_owned())
}

/// The path of a script in `clients`.
pub fn script(name: &str) -> String {
    format!("{}/clients/{name}", env!("CARGO_MANIFEST_DIR"))
}

on_both_engines!(python_smtplib_submits_and_is_refused_as_it_should);

async fn python_smtplib_submits_and_is_refused_as_it_should(setup: Setup) -> Result<()> {
    let Some(python) = python() else { return Ok(()) };
    let mut world = World::start(setup, None).await?;
    let password = customer(&world).await?;
    let port = |name: &str| world.installation.address(name).port().to_string();
    let out = run(
        Command::new(&python)
            .arg(script("smtp_clients.py"))
            .args(["127.0.0.1", &port("submission"), &port("submissions"), &port("mx")])
            .args([&format!("ada@{DOMAIN}"), &password])
            .arg(world.installation.certificate())
            .arg("friend@remote.example"),
        "smtp_clients.py",
    )
    .await?;
    anyhow::ensure!(out.contains("done"), "{out}");
    let taken =
        world.sink.wait_for(SOON, |mail| mail.to.iter().any(|to| to == "friend@remote.example")).await?;

    let mut verifier = Command::new(&python)
        .arg(script("verify_dkim.py"))
        .args(["127.0.0.1", &world.dns.address.port().to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    verifier.stdin.take().context("piped")?.write_all(&taken.message).await?;
    let output = verifier.wait_with_output().await?;
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(said.contains("ok rsa") && said.contains("ok ed25519"), "dkimpy: {said}{failed}");
    world.installation.stop().await
}

on_both_engines!(swaks_submits_by_starttls);

async fn swaks_submits_by_starttls(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let password = customer(&world).await?;
    let (user, server) = (format!("ada@{DOMAIN}"), world.installation.address("submission"));
    let swaks = |more: &[&str]| {
        let mut command = Command::new("swaks");
        command.args(["--server", "127.0.0.1", "--port", &server.port().to_string(), "--from", &user]);
        command.args(["--helo", "client.example", "--timeout", "20"]).args(more);
        command
    };
    let signed_in =
        ["--to", &user, "-tls", "--auth", "PLAIN", "--auth-user", &user, "--auth-password", &password];
    run(&mut swaks(&signed_in), "swaks").await?;
    let mut wrong = signed_in;
    wrong[8] = "wrong";
    let refused = swaks(&wrong).output().await?;
    anyhow::ensure!(!refused.status.success(), "a wrong password was accepted");
    let relay = swaks(&["--to", "friend@remote.example"]).output().await?;
    anyhow::ensure!(!relay.status.success(), "mail was relayed without a password");
    world.installation.stop().await
}

on_both_engines!(curl_lists_and_fetches_over_imap);

async fn curl_lists_and_fetches_over_imap(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let password = customer(&world).await?;
    let server = world.installation.address("imaps");
    let user = format!("ada@{DOMAIN}:{password}");
    let base = format!("imaps://{HOST}:{}", server.port());
    let curl = |arguments: &[&str]| {
        let mut command = Command::new("curl");
        command.args(["--silent", "--show-error", "--max-time", "30", "--noproxy", "*", "--user", &user]);
        command.args(["--resolve", &format!("{HOST}:{}:127.0.0.1", server.port())]);
        command.arg("--cacert").arg(world.installation.certificate()).args(arguments);
        command
    };
    let folders = run(&mut curl(&[&format!("{base}/")]), "curl").await?;
    anyhow::ensure!(folders.contains("INBOX") && folders.contains("\\Sent"), "{folders}");
    let mail = world.installation.folder.join("mail.eml");
    std::fs::write(&mail, "From: a@b.example\r\nSubject: by curl\r\n\r\nHello.\r\n")?;
    run(&mut curl(&["--upload-file", &mail.display().to_string(), &format!("{base}/INBOX")]), "curl").await?;
    let fetched = run(&mut curl(&[&format!("{base}/INBOX;MAILINDEX=1")]), "curl").await?;
    anyhow::ensure!(fetched.contains("Subject: by curl"), "{fetched}");
    world.installation.stop().await
}

on_both_engines!(python_imaplib_walks_through_imap);

async fn python_imaplib_walks_through_imap(setup: Setup) -> Result<()> {
    let Some(python) = python() else { return Ok(()) };
    let mut world = World::start(setup, None).await?;
    let password = customer(&world).await?;
    for (listener, more) in [("imaps", None), ("imap", Some("--starttls"))] {
        let mut command = imap_script(&world, &python, "imaplib_smoke.py", listener, &password);
        let out = run(command.args(more), "imaplib_smoke.py").await?;
        anyhow::ensure!(out.contains("all right"), "{out}");
    }
    world.installation.stop().await
}

on_both_engines!(mbsync_brings_five_thousand_messages_up_and_changes_both_ways);

async fn mbsync_brings_five_thousand_messages_up_and_changes_both_ways(setup: Setup) -> Result<()> {
    let Some(python) = python() else { return Ok(()) };
    let mut world = World::start(setup, None).await?;
    let password = customer(&world).await?;
    let mut command = imap_script(&world, &python, "mbsync_two_way.py", "imaps", &password);
    let out = run(command.arg("5000"), "mbsync_two_way.py").await?;
    anyhow::ensure!(out.contains("all right"), "{out}");
    eprintln!("{}", out.trim());
    world.installation.stop().await
}

/// A script that walks through IMAP, called for the mailbox of the customer.
fn imap_script(world: &World, python: &Path, name: &str, listener: &str, password: &str) -> Command {
    let server = world.installation.address(listener);
    let mut command = Command::new(python);
    command.arg(script(name)).args(["127.0.0.1", &server.port().to_string()]);
    command.args([&format!("ada@{DOMAIN}"), password]).arg(world.installation.certificate());
    command
}
