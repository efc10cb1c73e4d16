//! A site that people sign in to with their Registration ID: registered on the command line, and asking as such a site does.

use std::process::Stdio;

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Client, StatusCode};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::journey::{HOST, World};
use crate::pages::{Page, Visitor};

/// Where people are sent back to. Nobody answers there: what matters is in the address.
pub const BACK: &str = "https://library.example/signed-in";
/// Where they are sent after signing out.
pub const LEFT: &str = "https://library.example/signed-out";
/// A verifier and its challenge, of RFC 7636 appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// The challenge.
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A registered site.
pub struct Site {
    /// Its `client_id`.
    pub id: String,
    /// Its secret; empty for an app.
    pub secret: String,
    /// The name of the provider.
    pub issuer: String,
    client: Client,
}

/// What a place for programs answered.
#[derive(Debug)]
pub struct Answered {
    /// The status.
    pub status: StatusCode,
    /// The body, if it is JSON.
    pub body: Value,
}

impl Answered {
    /// The word of a refusal.
    pub fn error(&self) -> &str {
        self.body["error"].as_str().unwrap_or_default()
    }

    /// A text of the body.
    ///
    /// # Errors
    /// With the whole answer when it is not there.
    pub fn text(&self, name: &str) -> Result<String> {
        let text = self.body[name].as_str().map(str::to_owned);
        text.with_context(|| format!("no {name} in {} {}", self.status, self.body))
    }
}

impl Site {
    /// Registers a site for names and addresses, with further arguments of `mailkeep site add`.
    ///
    /// # Errors
    /// With what the command said.
    pub async fn register(world: &World, title: &str, more: &[&str]) -> Result<Self> {
        let mut arguments = vec!["site", "add", "--title", title, "--home", "https://library.example/"];
        arguments.extend(["--return", BACK, "--signed-out", LEFT]);
        arguments.extend(more);
        let printed = world.installation.command(&arguments).await?;
        let line = |name: &str| {
            let found = printed.lines().find_map(|line| line.strip_prefix(name));
            found.map(|rest| rest.trim().to_owned()).with_context(|| format!("no {name} in {printed}"))
        };
        let secret = line("client_secret:")?;
        let pem = std::fs::read(world.installation.certificate())?;
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .tls_certs_only(reqwest::Certificate::from_pem_bundle(&pem)?)
            .resolve(HOST, world.installation.address("https"))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?;
        Ok(Site {
            id: line("client_id:")?,
            secret: if secret.starts_with("mks_") { secret } else { String::new() },
            issuer: line("issuer:")?,
            client,
        })
    }

    /// The path to which people are sent, asking for `scope`; `change` replaces parameters or, with an empty value, takes
    /// them away.
    pub fn asks(&self, scope: &str, change: &[(&str, &str)]) -> String {
        let mut parameters: Vec<(&str, &str)> = vec![
            ("response_type", "code"),
            ("client_id", &self.id),
            ("redirect_uri", BACK),
            ("scope", scope),
            ("state", "state-1"),
            ("nonce", "nonce-1"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        for (name, value) in change {
            parameters.retain(|(known, _)| known != name);
            parameters.push((name, value));
        }
        let pairs = parameters.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        format!("/connect/authorize?{}", pairs.join("&"))
    }

    /// Changes a code for tokens, with the secret in the header; `change` as with [`Site::asks`].
    ///
    /// # Errors
    /// When nobody answers.
    pub async fn exchange(&self, code: &str, change: &[(&str, &str)]) -> Result<Answered> {
        let mut parameters = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", BACK),
            ("code_verifier", VERIFIER),
        ];
        for (name, value) in change {
            parameters.retain(|(known, _)| known != name);
            parameters.push((name, value));
        }
        parameters.retain(|(_, value)| !value.is_empty());
        self.post("/connect/token", &parameters, &self.secret).await
    }

    /// Sends a form with a secret in the header.
    ///
    /// # Errors
    /// When nobody answers.
    pub async fn post(&self, path: &str, parameters: &[(&str, &str)], secret: &str) -> Result<Answered> {
        let pairs: Vec<String> =
            parameters.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let mut request = self.client.post(format!("{}{path}", self.issuer));
        if !secret.is_empty() {
            let pair = STANDARD.encode(format!("{}:{secret}", self.id));
            request = request.header(AUTHORIZATION, format!("Basic {pair}"));
        }
        let kind = "application/x-www-form-urlencoded";
        answered(request.header(CONTENT_TYPE, kind).body(pairs.join("&"))).await
    }

    /// Reads what was passed.
    ///
    /// # Errors
    /// When nobody answers.
    pub async fn userinfo(&self, token: &str) -> Result<Answered> {
        let request = self.client.get(format!("{}/connect/userinfo", self.issuer));
        answered(request.header(AUTHORIZATION, format!("Bearer {token}"))).await
    }

    /// Reads something that everybody may.
    ///
    /// # Errors
    /// When nobody answers.
    pub async fn read(&self, path: &str) -> Result<Answered> {
        answered(self.client.get(format!("{}{path}", self.issuer))).await
    }

    /// Lets a person agree to what the site asks for, and gives the address to which they are sent back.
    ///
    /// # Errors
    /// With the page that was not as expected.
    pub async fn agreed(&self, browser: &mut Visitor, scope: &str) -> Result<String> {
        let asked = browser.get(&self.asks(scope, &[])).await?;
        agree(browser, asked).await
    }
}

/// Agrees on the page that asks, unless the person was sent back at once.
///
/// # Errors
/// With the page that was not as expected.
pub async fn agree(browser: &mut Visitor, page: Page) -> Result<String> {
    if page.path.starts_with(BACK) {
        return Ok(page.path);
    }
    let form = page.form("/connect/authorize")?.with("decision", "agree");
    let page = browser.submit(&form).await?;
    anyhow::ensure!(page.path.starts_with(BACK), "{} {}: {}", page.path, page.status, page.words());
    Ok(page.path)
}

/// A parameter of an address.
pub fn parameter(address: &str, name: &str) -> Option<String> {
    let query = address.split_once('?')?.1;
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    let mut out = Vec::new();
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' => {
                let digits = [bytes.next()?, bytes.next()?];
                out.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
            }
            byte => out.push(byte),
        }
    }
    String::from_utf8(out).ok()
}

/// What a signed token says; its signature is looked at by clients that nobody here wrote.
///
/// # Errors
/// When it is no token.
pub fn says(token: &str) -> Result<Value> {
    let claims = token.split('.').nth(1).context("three parts")?;
    Ok(serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims)?)?)
}

async fn answered(request: reqwest::RequestBuilder) -> Result<Answered> {
    let response = request.send().await?;
    let status = response.status();
    let bytes = response.bytes().await?;
    Ok(Answered { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) })
}

fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// A relying site that somebody else wrote, as a program that says line by line where it sends its visitor and hears where the
/// visitor came back.
pub struct Program {
    child: Child,
    says: Lines<BufReader<ChildStdout>>,
    hears: ChildStdin,
}

impl Program {
    /// Starts it.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let says = BufReader::new(child.stdout.take().context("piped")?).lines();
        let hears = child.stdin.take().context("piped")?;
        Ok(Program { child, says, hears })
    }

    /// What it says next, as JSON.
    ///
    /// # Errors
    /// When it ends instead; what it complained of stands in the output of the test.
    pub async fn next(&mut self) -> Result<Value> {
        let line = tokio::time::timeout(crate::journey::SOON, self.says.next_line()).await??;
        let line = line.context("the relying site ended; see above why")?;
        serde_json::from_str(&line).with_context(|| line.clone())
    }

    /// Tells it where the visitor came back.
    ///
    /// # Errors
    /// When it hears nothing any more.
    pub async fn tell(&mut self, address: &str) -> Result<()> {
        Ok(self.hears.write_all(format!("{address}\n").as_bytes()).await?)
    }

    /// Waits for its end, which must be a good one.
    ///
    /// # Errors
    /// When it is not.
    pub async fn end(mut self) -> Result<()> {
        drop(self.hears);
        let status = self.child.wait().await?;
        anyhow::ensure!(status.success(), "the relying site ended with {status}");
        Ok(())
    }
}
