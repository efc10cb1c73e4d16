//! Journeys in a real browser. The scripts in `browser/` drive Chromium and see only what a person sees; what happens
//! outside of the browser (a mail arrives, a DNS record is published) they ask of us, one line of JSON at a time.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;

use crate::journey::{HOST, SOON, World, code_of};
use crate::mail::{Imap, hand_in};

/// The folder of the scripts.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/browser");

/// The browser, where it and the modules of the scripts are installed; else what is missing.
fn browser() -> Result<PathBuf, String> {
    if !Path::new(FOLDER).join("node_modules").is_dir() {
        return Err(format!("the modules of {FOLDER} are not installed: run `npm ci` there, or ./dev test"));
    }
    let named = std::env::var_os("MAILKEEP_TEST_CHROMIUM").map(PathBuf::from);
    let usual =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(PathBuf::from);
    named
        .into_iter()
        .chain(usual)
        .find(|path| path.is_file())
        .ok_or("no Chromium is installed: run ./dev test, or name one in MAILKEEP_TEST_CHROMIUM".to_owned())
}

/// Walks a journey of `browser/journeys`. `options` says with what hands and on what screen; the scripts read it.
/// Where no browser is installed it says so and is skipped, unless `MAILKEEP_TEST_REQUIRE_BROWSER` is set.
///
/// # Errors
/// With all that the script wrote, when it fails.
pub async fn walk(world: &World, journey: &str, mut options: Value) -> Result<()> {
    let chromium = match browser() {
        Ok(found) => found,
        Err(missing) => {
            anyhow::ensure!(std::env::var_os("MAILKEEP_TEST_REQUIRE_BROWSER").is_none(), missing);
            eprintln!("skipped: {missing}");
            return Ok(());
        }
    };
    options["journey"] = json!(journey);
    options["chromium"] = json!(chromium);
    options["base"] = json!(format!("https://{HOST}:{}", world.installation.address("https").port()));
    let mut child = Command::new("node")
        .arg(format!("{FOLDER}/run.mjs"))
        .arg(options.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("node is installed by ./dev test")?;
    let mut answers = child.stdin.take().context("piped")?;
    let mut lines = BufReader::new(child.stdout.take().context("piped")?).lines();
    let mut errors = child.stderr.take().context("piped")?;
    let complaints = tokio::spawn(async move {
        let mut text = String::new();
        // What cannot be read is not worth failing for: the exit status says how it went.
        let _ = errors.read_to_string(&mut text).await;
        text
    });
    let mut said = String::new();
    while let Some(line) = lines.next_line().await? {
        let Some(question) = line.strip_prefix("ask ") else {
            said.push_str(&line);
            said.push('\n');
            continue;
        };
        let answer = match answer(world, &serde_json::from_str(question)?).await {
            Ok(found) => json!({ "ok": found }),
            Err(error) => json!({ "error": format!("{error:#}") }),
        };
        answers.write_all(format!("{answer}\n").as_bytes()).await?;
    }
    let status = child.wait().await?;
    let complaints = complaints.await?;
    anyhow::ensure!(
        status.success(),
        "the journey {journey} ended with {status}\n{said}{complaints}\nthe server:\n{}",
        world.installation.log_tail()
    );
    Ok(())
}

/// Does what a script asks for.
async fn answer(world: &World, question: &Value) -> Result<Value> {
    let text = |name: &str| {
        question[name].as_str().with_context(|| format!("the question has no “{name}”: {question}"))
    };
    match text("what")? {
        "later" => {
            let seconds = question["seconds"].as_u64().context("seconds")?;
            world.installation.advance(std::time::Duration::from_secs(seconds)).await?;
            Ok(json!(null))
        }
        "mailed link" => Ok(json!(world.mailed_link(text("to")?, text("part")?).await?)),
        "publish" => {
            world.dns.txt(text("name")?, text("value")?);
            Ok(Value::Null)
        }
        "arrives" => {
            let mx = world.installation.address("mx");
            hand_in(mx, text("from")?, text("to")?, text("message")?).await?;
            Ok(Value::Null)
        }
        "kept" => {
            let server = world.server("imaps");
            let mut imap = Imap::sign_in(&server, text("address")?, text("password")?).await?;
            imap.append(text("folder")?, text("message")?.as_bytes()).await?;
            Ok(Value::Null)
        }
        "sent" => {
            let (to, part) = (text("to")?, text("part")?);
            let wanted = |mail: &crate::sink::Taken| {
                mail.to.iter().any(|at| at.eq_ignore_ascii_case(to))
                    && String::from_utf8_lossy(&mail.message).contains(part)
            };
            let taken = world.sink.wait_for(SOON, wanted).await.with_context(|| format!("{part} to {to}"))?;
            Ok(json!(String::from_utf8_lossy(&taken.message)))
        }
        "staff" => {
            let roles: Vec<&str> = text("roles")?.split(' ').collect();
            Ok(json!(world.staff_link(text("login")?, &roles).await?))
        }
        "code" => {
            let steps = question["steps"].as_u64().unwrap_or(0);
            Ok(json!(code_of(text("secret")?, steps)?))
        }
        other => anyhow::bail!("nobody knows what “{other}” asks for"),
    }
}
