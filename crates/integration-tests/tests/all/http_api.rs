//! The HTTP API, driven with curl.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{HOST, Person, World};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::outside_clients::{run, script};
use crate::{on_both_engines, python};

const DOMAIN: &str = "api-shop.example";

/// Makes a token with one scope on the Customer Center's page.
pub(crate) async fn token(person: &mut Person, scope: &str) -> Result<String> {
    let forms = person.browser.open("/center/tokens").await?.forms();
    // The forms that revoke tokens begin with the same path.
    let form = forms.into_iter().find(|form| form.action == "/center/tokens").context("the form")?;
    let form = form.with("name", scope).with("scopes", scope).with("lifetime_days", "30");
    let page = person.browser.submit(&form).await?;
    let html = page.text();
    let from = html.find("mkp_").with_context(|| format!("a token: {} {}", page.status, page.words()))?;
    let token = html[from..].split(|c: char| !(c.is_ascii_alphanumeric() || "_-".contains(c))).next();
    Ok(token.context("it has an end")?.to_owned())
}

/// A program that calls the API with a token.
pub(crate) struct Program<'a> {
    pub(crate) world: &'a World,
    pub(crate) token: String,
}

impl Program<'_> {
    /// Calls an operation that is to answer with this status; gives the body.
    pub(crate) async fn expect(
        &self,
        status: u16,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Result<Value> {
        let port = self.world.installation.address("https").port();
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--max-time", "30", "--noproxy", "*", "--request", method]);
        curl.args(["--resolve", &format!("{HOST}:{port}:127.0.0.1"), "--write-out", "\n%{http_code}"]);
        curl.arg("--cacert").arg(self.world.installation.certificate());
        if !self.token.is_empty() {
            curl.args(["--oauth2-bearer", &self.token]);
        }
        if let Some(body) = body {
            curl.args(["--json", &body.to_string()]);
        }
        let output = curl.arg(format!("https://{HOST}:{port}{path}")).output().await?;
        anyhow::ensure!(output.status.success(), "curl: {}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout)?;
        let (body, got) = text.rsplit_once('\n').context("a status")?;
        anyhow::ensure!(got == status.to_string(), "{method} {path}: {got} instead of {status}: {body}");
        Ok(serde_json::from_str(body).unwrap_or(Value::Null))
    }
}

pub(crate) fn text<'a>(value: &'a Value, name: &str) -> Result<&'a str> {
    value[name].as_str().with_context(|| format!("{name} in {value}"))
}

on_both_engines!(curl_proves_a_domain_and_keeps_a_mailbox);

async fn curl_proves_a_domain_and_keeps_a_mailbox(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 2, "approve").await?;
    ada.domain_page(DOMAIN).await?;
    let domains = token(&mut ada, "domains:write").await?;
    let mailboxes = token(&mut ada, "mailboxes:write").await?;
    let mut eve = Person::register(&world, "Eve Example", "eve@people.example").await?;
    eve.order("other-shop.example", 1, "approve").await?;
    let foreign = token(&mut eve, "domains:write").await?;

    let program = |token: &str| Program { world: &world, token: token.to_owned() };
    let (domains, mailboxes) = (program(&domains), program(&mailboxes));
    let listed = domains.expect(200, "GET", "/api/v1/domains", None).await?;
    let domain = listed["items"].as_array().and_then(|all| all.first()).context("the ordered domain")?;
    anyhow::ensure!(text(domain, "domain")? == DOMAIN && text(domain, "state")? == "unproven", "{domain}");
    let at = format!("/api/v1/domains/{}", text(domain, "id")?);
    let early = domains.expect(200, "POST", &format!("{at}/prove"), None).await?;
    anyhow::ensure!(early["proven"] == json!(false), "{early}");
    world.dns.txt(text(domain, "proof_name")?, text(domain, "proof_value")?);
    let proven = domains.expect(200, "POST", &format!("{at}/prove"), None).await?;
    anyhow::ensure!(proven["proven"] == json!(true), "{proven}");
    let records = domains.expect(200, "GET", &format!("{at}/dns"), None).await?;
    anyhow::ensure!(records.to_string().contains("v=DKIM1"), "{records}");

    let new = json!({ "local": "ada", "name": "Ada Example", "password": "correct horse battery 7 staple" });
    let made = mailboxes.expect(201, "POST", &format!("{at}/mailboxes"), Some(new)).await?;
    anyhow::ensure!(text(&made, "address")? == format!("ada@{DOMAIN}"), "{made}");
    let one = format!("/api/v1/mailboxes/{}", text(&made, "id")?);
    let listed = mailboxes.expect(200, "GET", "/api/v1/mailboxes", None).await?;
    anyhow::ensure!(listed["items"][0]["id"] == made["id"], "{listed}");

    // Without a token, with a wrong one, with the wrong scope, and somebody else's.
    let wrong = program("mkp_wrong").expect(401, "GET", "/api/v1/mailboxes", None).await?;
    anyhow::ensure!(text(&wrong, "code")? == "token-needed", "{wrong}");
    program("").expect(401, "GET", &one, None).await?;
    let scope = domains.expect(403, "GET", &one, None).await?;
    anyhow::ensure!(text(&scope, "code")? == "scope-missing", "{scope}");
    program(&foreign).expect(404, "GET", &at, None).await?;

    mailboxes.expect(204, "DELETE", &one, None).await?;
    let closed = mailboxes.expect(200, "GET", &one, None).await?;
    anyhow::ensure!(text(&closed, "state")? == "closed", "{closed}");
    let document = program("").expect(200, "GET", "/api/v1/openapi.json", None).await?;
    anyhow::ensure!(text(&document, "openapi")? == "3.1.0", "{document}");
    if let Some(python) = python() {
        let file = world.installation.folder.join("openapi.json");
        std::fs::write(&file, document.to_string())?;
        let mut validator = Command::new(python);
        let out = run(validator.arg(script("validate_openapi.py")).arg(file), "validate_openapi.py").await?;
        anyhow::ensure!(out.contains("valid"), "openapi-spec-validator: {out}");
    }
    world.installation.stop().await
}
