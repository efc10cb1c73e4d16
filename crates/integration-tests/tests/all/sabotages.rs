//! Issue 3, done-when 7: each of these sabotages turns `mailkeep policy check` to exit 3 with BROKEN on the right promise, and
//! the mend turns it back. On the real binary; those of the storage on both engines.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::{Installation, Setup, binary};
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_storage::sql::{Database, DatabaseConfig, SqlError};
use mailkeep_types::SystemClock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::on_both_engines;

/// The policy file of the build.
const BUILT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policy/policy.toml");

/// Somebody with the password of the database.
struct Intruder {
    db: Database,
    engine: &'static str,
}

impl Intruder {
    async fn at(installation: &Installation, url: &str) -> Result<Self> {
        let (config, engine) = match url {
            "" => (
                DatabaseConfig::Sqlite { path: installation.folder.join("data/mailkeep.db"), readers: 1 },
                "sqlite",
            ),
            url => (DatabaseConfig::parse(url)?, "postgres"),
        };
        Ok(Intruder { db: Database::open(&config, Arc::new(SystemClock)).await?, engine })
    }

    async fn run(&self, statements: &str) -> Result<()> {
        let statements = statements.to_owned();
        let done = self.db.write(move |tx| -> Result<(), SqlError> { tx.execute_batch(&statements) });
        done.await.map_err(|error| anyhow::anyhow!("{error}"))
    }
}

/// A check, as it ended: the exit code and what is broken.
struct Verdict {
    code: i32,
    out: String,
}

impl Verdict {
    async fn of(installation: &Installation, more: &[&str]) -> Result<Self> {
        let mut arguments = vec!["policy", "check"];
        arguments.extend(more);
        let output = tokio::process::Command::new(binary()?)
            .arg("--config")
            .arg(installation.config())
            .args(arguments)
            .output()
            .await?;
        let out =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        Ok(Verdict { code: output.status.code().unwrap_or(-1), out })
    }

    fn breaks(&self, promise: &str, why: &str) -> Result<()> {
        let broken = self
            .out
            .lines()
            .any(|line| line.split_whitespace().take(2).eq([promise, "BROKEN"]) && line.contains(why));
        anyhow::ensure!(
            self.code == 3 && broken,
            "exit {}; wanted {promise} BROKEN … {why}:\n{}",
            self.code,
            self.out
        );
        Ok(())
    }

    fn is_sound(&self, after: &str) -> Result<()> {
        anyhow::ensure!(self.code == 0, "after the mend of {after}, exit {}:\n{}", self.code, self.out);
        Ok(())
    }
}

/// A sabotage of the database: what is done, what breaks, and what mends it.
struct Sabotage {
    name: &'static str,
    act: &'static str,
    promise: &'static str,
    why: &'static str,
    mend: &'static str,
}

/// What an intruder can do to the tables. `{bytes}` is the engine's type for bytes.
const OF_THE_TABLES: &[Sabotage] = &[
    Sabotage {
        name: "a new column that nobody declared",
        act: "ALTER TABLE persons ADD COLUMN shoe_size TEXT",
        promise: "P26",
        why: "persons.shoe_size",
        mend: "ALTER TABLE persons DROP COLUMN shoe_size",
    },
    Sabotage {
        name: "a table that nobody declared",
        act: "CREATE TABLE shadow_profiles (id BIGINT NOT NULL PRIMARY KEY, note TEXT)",
        promise: "P26",
        why: "shadow_profiles",
        mend: "DROP TABLE shadow_profiles",
    },
    Sabotage {
        name: "a column dropped",
        act: "ALTER TABLE security_events DROP COLUMN network",
        promise: "P26",
        why: "security_events.network is declared and not there",
        mend: "ALTER TABLE security_events ADD COLUMN network {bytes}",
    },
    Sabotage {
        name: "a personal column stored as text",
        act: "ALTER TABLE security_events DROP COLUMN network; ALTER TABLE security_events ADD COLUMN network TEXT",
        promise: "P26",
        why: "security_events.network is personal and not stored as bytes",
        mend: "ALTER TABLE security_events DROP COLUMN network; ALTER TABLE security_events ADD COLUMN network {bytes}",
    },
    Sabotage {
        name: "an entry of the ledger edited",
        act: "UPDATE ledger_entries SET at = at + 1 WHERE position = 2",
        promise: "P35",
        why: "position 2",
        mend: "UPDATE ledger_entries SET at = at - 1 WHERE position = 2",
    },
    Sabotage {
        name: "an entry of the ledger deleted",
        act: "CREATE TABLE aside AS SELECT * FROM ledger_entries WHERE position = 3; \
              DELETE FROM ledger_entries WHERE position = 3",
        promise: "P35",
        why: "tampered",
        mend: "INSERT INTO ledger_entries SELECT * FROM aside; DROP TABLE aside",
    },
    Sabotage {
        name: "an entry put into the ledger",
        act: "INSERT INTO ledger_entries (id, position, subject_kind, subject_id, sequence, at, policy_id, commitment, previous, hash, payload) \
              SELECT (SELECT id FROM persons LIMIT 1), 0, subject_kind, subject_id, 0, at, policy_id, commitment, previous, hash, payload \
              FROM ledger_entries WHERE position = 1",
        promise: "P35",
        why: "tampered",
        mend: "DELETE FROM ledger_entries WHERE position = 0",
    },
    Sabotage {
        name: "the end of the ledger cut off, under a signed head",
        act: "CREATE TABLE aside AS SELECT * FROM ledger_entries WHERE position > 1; \
              DELETE FROM ledger_entries WHERE position > 1",
        promise: "P35",
        why: "tampered",
        // What the check itself wrote meanwhile stands where the cut entries belong.
        mend: "DELETE FROM ledger_entries WHERE position > 1; INSERT INTO ledger_entries SELECT * FROM aside; DROP TABLE aside; \
               DELETE FROM ledger_heads WHERE NOT EXISTS (SELECT 1 FROM ledger_entries e \
               WHERE e.subject_kind = ledger_heads.subject_kind AND e.subject_id = ledger_heads.subject_id)",
    },
    Sabotage {
        name: "a head of the ledger forged",
        act: "CREATE TABLE aside AS SELECT * FROM ledger_checkpoints; \
              UPDATE ledger_checkpoints SET note = REPLACE(note, 'mail.mailkeep.example', 'mail.mailkeep.exampie')",
        promise: "P35",
        why: "tampered",
        mend: "DELETE FROM ledger_checkpoints; INSERT INTO ledger_checkpoints SELECT * FROM aside; DROP TABLE aside",
    },
    Sabotage {
        name: "the second factor of a member of staff taken away",
        act: "UPDATE credentials SET totp_since = NULL WHERE principal_kind = 2",
        promise: "P33",
        why: "1 active members of staff have no second factor",
        mend: "UPDATE credentials SET totp_since = password_changed_at WHERE principal_kind = 2",
    },
    Sabotage {
        name: "an attestation that has run out",
        act: "UPDATE promise_records SET until = at WHERE promise = 'P1' AND kind = 'attested'",
        promise: "P1",
        why: "ended on",
        mend: "UPDATE promise_records SET until = at + 31536000000000 WHERE promise = 'P1' AND kind = 'attested'",
    },
    Sabotage {
        name: "break-glass that nobody looked at",
        act: "INSERT INTO break_glass (id, staff_id, subject_kind, subject_id, reason, opened_at, ends_at) \
              SELECT id, id, 1, id, email, 1, 2 FROM persons LIMIT 1",
        promise: "P35",
        why: "not looked at within a day",
        mend: "DELETE FROM break_glass WHERE opened_at = 1",
    },
    Sabotage {
        name: "retention that does not run",
        act: "UPDATE security_events SET at = 1",
        promise: "P30",
        why: "rows of security_events (network) stand past their term",
        mend: "UPDATE security_events SET at = (SELECT MAX(created_at) FROM persons)",
    },
    Sabotage {
        name: "a first order served without a screening",
        act: "INSERT INTO orders (id, number, customer_id, person_id, status, currency, net_minor, tax_minor, total_minor, \
              tax_name, tax_rate, time_zone, keep_card, billing, applicant, placed_at) \
              SELECT id, 'X-1', id, id, 'fulfilled', 'USD', 0, 0, 0, '', 0, 'UTC', 0, email, email, 1 FROM persons LIMIT 1",
        promise: "P28",
        why: "whose first order was not screened",
        mend: "DELETE FROM orders WHERE number = 'X-1'",
    },
    Sabotage {
        name: "numbers of texts that are kept",
        act: "INSERT INTO guard_messages (number, mailbox_id, customer_id, at, shingles, reached) \
              SELECT -1, id, id, 1, id, id FROM persons LIMIT 1",
        promise: "P31",
        why: "numbers of 1 texts stand past their day",
        mend: "DELETE FROM guard_messages WHERE number = -1",
    },
    Sabotage {
        name: "a kept card charged without permission",
        act: "INSERT INTO payment_attempts (id, kind, invoice_id, ordinal, customer_id, payment_method_id, amount_minor, currency, \
              processor, status, local_day, created_at, updated_at) \
              SELECT id, 'charge', id, 1, id, id, 100, 'USD', 'sandbox', 'succeeded', '2026-03-01', 1, 1 FROM persons LIMIT 1",
        promise: "P45",
        why: "no permission behind them",
        mend: "DELETE FROM payment_attempts WHERE local_day = '2026-03-01' AND created_at = 1",
    },
    Sabotage {
        name: "a claim for a misused card approved by whoever recorded it",
        act: "INSERT INTO cover_cases (id, customer_id, payment_id, amount_minor, currency, findings, recorded_by, recorded_at, \
              approved_by, approved_at) SELECT id, id, id, 100, 'USD', id, id, 1, id, 1 FROM persons LIMIT 1",
        promise: "P32",
        why: "approved by whoever recorded them",
        mend: "DELETE FROM cover_cases WHERE recorded_at = 1",
    },
    Sabotage {
        name: "the stored text of the policy in force rewritten",
        act: "UPDATE policy_versions SET text = REPLACE(text, 'We sell', 'We rarely sell')",
        promise: "P11",
        why: "the stored text of policy version 1",
        mend: "UPDATE policy_versions SET text = REPLACE(text, 'We rarely sell', 'We sell')",
    },
    Sabotage {
        name: "another policy written down as the one in force",
        act: "UPDATE policy_versions SET policy_id = (SELECT commitment FROM ledger_entries WHERE position = 1)",
        promise: "P11",
        why: "is not the one in force",
        // The mend needs the identifier itself; the test puts it back.
        mend: "",
    },
];

on_both_engines!(of_the_tables);

async fn of_the_tables(setup: Setup) -> Result<()> {
    let url = setup.database_url.clone();
    let mut world = World::start(setup, None).await?;
    Person::register(&world, "Ada Example", "ada@people.example").await?;
    Colleague::enrol(&world, "rosalind", &["operator"]).await?;
    let installation = &world.installation;
    installation.command(&["ledger", "sign"]).await?;
    installation
        .command(&["policy", "attest", "P1", "--by", "A. Example", "--words", "contracts of the year"])
        .await?;
    // The servers end: what is mended must be found by the check and not be brought about by a job.
    world.installation.stop().await?;
    let installation = &world.installation;
    let intruder = Intruder::at(installation, &url).await?;
    Verdict::of(installation, &[]).await?.is_sound("nothing")?;
    let bytes = if intruder.engine == "sqlite" { "BLOB" } else { "BYTEA" };
    for sabotage in OF_THE_TABLES {
        let id = policy_id(installation).await?;
        let told = |error: anyhow::Error| error.context(sabotage.name);
        intruder.run(sabotage.act).await.map_err(told)?;
        Verdict::of(installation, &[]).await?.breaks(sabotage.promise, sabotage.why).map_err(told)?;
        let mend = match sabotage.mend {
            "" if intruder.engine == "sqlite" => format!("UPDATE policy_versions SET policy_id = x'{id}'"),
            "" => format!("UPDATE policy_versions SET policy_id = '\\x{id}'"),
            mend => mend.replace("{bytes}", bytes),
        };
        intruder.run(&mend).await.map_err(told)?;
        Verdict::of(installation, &[]).await?.is_sound(sabotage.name).map_err(told)?;
    }
    Ok(())
}

async fn policy_id(installation: &Installation) -> Result<String> {
    let linted = installation.command(&["policy", "lint"]).await?;
    linted.split_whitespace().last().map(str::to_owned).context("no policy id")
}

/// A sabotage of the configuration: lines that are added to it, or a policy file that is put in place of the built one.
struct Configured {
    name: &'static str,
    lines: &'static str,
    /// What is replaced in the policy file by what, where the lines name one.
    file: Option<(&'static str, &'static str)>,
    promise: &'static str,
    why: &'static str,
}

const OF_THE_CONFIGURATION: &[Configured] = &[
    Configured {
        name: "a store abroad",
        lines: "[residency]\ndatabase = \"DE\"",
        file: None,
        promise: "P34",
        why: "database is in DE",
    },
    Configured {
        name: "a backup abroad",
        lines: "[residency]\nbackups = \"CH\"",
        file: None,
        promise: "P34",
        why: "backups is in CH",
    },
    Configured {
        name: "a processor abroad",
        lines: "[residency.processors]\ncard-processor = \"IE\"",
        file: None,
        promise: "P34",
        why: "card-processor is in IE",
    },
    Configured {
        name: "weaker transport than the baseline",
        lines: "[tls]\nstrong_site_suites = false",
        file: None,
        promise: "P2",
        why: "suites of 128 bits",
    },
    Configured {
        name: "passwords hashed more cheaply than the baseline",
        lines: "[identity.password]\nargon2_memory_kib = 8192",
        file: None,
        promise: "P2",
        why: "8192 KiB",
    },
    Configured {
        name: "a template without a class",
        lines: "[policy]\nfile = \"{file}\"",
        file: Some(("  \"commerce/invoice_issued\",\n", "")),
        promise: "P25",
        why: "commerce/invoice_issued",
    },
    Configured {
        name: "a policy file that is edited after the start",
        lines: "[policy]\nfile = \"{file}\"",
        file: Some(("keep_days = 180", "keep_days = 90")),
        promise: "P11",
        why: "is not the one in force",
    },
    Configured {
        name: "a policy file wider than the build",
        lines: "[policy]\nfile = \"{file}\"",
        file: Some(("keep_days = 180", "keep_days = 400")),
        promise: "P11",
        why: "wider than this program was built for",
    },
    Configured {
        name: "a promise that rests on a rule that is not there",
        lines: "[policy]\nfile = \"{file}\"",
        file: Some(("rests_on = [\"fill-in-forms\"]", "rests_on = [\"fill-in-anything\"]")),
        promise: "P7",
        why: "fill-in-anything",
    },
    Configured {
        name: "staff let in without telling the person",
        lines: "[policy]\nfile = \"{file}\"",
        file: Some(("requires = [\"break_glass\"]\nobliges = [\"notify\"]", "requires = [\"break_glass\"]")),
        promise: "P11",
        why: "does not tell the person any more",
    },
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_the_configuration() -> Result<()> {
    let built = std::fs::read_to_string(BUILT)?;
    let mut installation = Installation::make(&Setup::default(), None).await?;
    installation.start().await?;
    installation.stop().await?;
    Verdict::of(&installation, &[]).await?.is_sound("nothing")?;
    let before = std::fs::read_to_string(installation.config())?;
    for sabotage in OF_THE_CONFIGURATION {
        let path = installation.folder.join("policy.toml");
        if let Some((from, to)) = sabotage.file {
            anyhow::ensure!(built.contains(from), "the policy file has no {from:?} any more");
            std::fs::write(&path, built.replacen(from, to, 1))?;
        }
        let lines = sabotage.lines.replace("{file}", &path.display().to_string());
        std::fs::write(installation.config(), format!("{before}\n{lines}\n"))?;
        let verdict = Verdict::of(&installation, &[]).await?;
        verdict.breaks(sabotage.promise, sabotage.why).map_err(|error| error.context(sabotage.name))?;
        std::fs::write(installation.config(), &before)?;
        Verdict::of(&installation, &[]).await?.is_sound(sabotage.name)?;
    }
    a_backup_of_keys_too_old(&installation, &before).await
}

async fn a_backup_of_keys_too_old(installation: &Installation, before: &str) -> Result<()> {
    let folder: PathBuf = installation.folder.join("key-backups");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(installation.config(), format!("{before}\n[policy]\nkey_backups = [{folder:?}]\n"))?;
    let file = std::fs::File::create(folder.join("keys-old.db"))?;
    Verdict::of(installation, &[]).await?.is_sound("a fresh backup of keys")?;
    file.set_modified(file.metadata()?.modified()? - Duration::from_secs(8 * 86_400))?;
    Verdict::of(installation, &[]).await?.breaks("P26", "is a backup of keys older than 7 days")?;
    std::fs::remove_file(folder.join("keys-old.db"))?;
    Verdict::of(installation, &[]).await?.is_sound("a backup of keys too old")
}

/// What only somebody outside can see: the servers are probed through a proxy that edits the page, opens a closed route, sets a
/// cookie, or keeps an answer back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_what_is_served() -> Result<()> {
    let mut installation = Installation::make(&Setup::default(), None).await?;
    // Plain HTTP serves the site, so that a proxy can stand before it.
    let before = std::fs::read_to_string(installation.config())?;
    std::fs::write(installation.config(), before.replacen("[listen]\n", "[listen]\nplain_http = true\n", 1))?;
    installation.start().await?;
    let site = installation.address("http");
    Verdict::of(&installation, &["--live"]).await?.is_sound("nothing, probed over TLS")?;

    type Edit = fn(&str) -> String;
    let edits: [(&str, Edit, &str, &str); 7] = [
        (
            "a page edited by hand",
            |answer| answer.replace("We sell your name", "We rent out your name"),
            "P11",
            "the page that is served says",
        ),
        (
            "a sentence added to the page",
            |answer| answer.replace("We sell your name", "Except on Sundays. We sell your name"),
            "P11",
            "the page that is served says",
        ),
        (
            "a cookie for visitors",
            |answer| answer.replacen("\r\n", "\r\nset-cookie: visitor=1\r\n", 1),
            "P12",
            "sets a cookie in a visitor's browser",
        ),
        (
            "a closed door that is open",
            |answer| match answer.contains("/console/sign-in") && answer.starts_with("HTTP/1.1 303") {
                true => "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok".to_owned(),
                false => answer.to_owned(),
            },
            "P13",
            "answers 200 to a visitor",
        ),
        (
            "answers of support that do not reach the customer",
            |answer| answer.replace("The probe is answered", ""),
            "P22",
            "does not reach the one who asked",
        ),
        (
            "boxes that forget what was chosen",
            |answer| answer.replace(" checked", ""),
            "P14",
            "it does not come",
        ),
        (
            "a link under messages that asks for more than a click",
            |answer| match answer.contains("name=\"List-Unsubscribe\"") {
                true => answer.replacen("HTTP/1.1 200 OK", "HTTP/1.1 403 Forbidden", 1),
                false => answer.to_owned(),
            },
            "P16",
            "the link under a message answers 403",
        ),
    ];
    for (name, edit, promise, why) in edits {
        let proxy = proxy(site, edit, None).await?;
        let url = format!("http://{proxy}");
        Verdict::of(&installation, &["--live", "--url", &url])
            .await?
            .breaks(promise, why)
            .map_err(|error| error.context(name))?;
        Verdict::of(&installation, &["--live"]).await?.is_sound(name)?;
    }

    // A ticket that lets support look after it was closed.
    let intruder = Intruder::at(&installation, "").await?;
    intruder
        .run(
            "CREATE TRIGGER never_closed AFTER UPDATE OF state ON tickets WHEN NEW.state = 'closed' \
             BEGIN UPDATE tickets SET state = 'open' WHERE id = NEW.id; END",
        )
        .await?;
    Verdict::of(&installation, &["--live"])
        .await?
        .breaks("P8", "after the ticket was closed")
        .map_err(|error| error.context("a ticket that is never closed"))?;
    intruder.run("DROP TRIGGER never_closed").await?;
    Verdict::of(&installation, &["--live"]).await?.is_sound("a ticket that is never closed")?;

    // A log that keeps what people type: the canary of the probe sings.
    let log = installation.folder.join("requests.log");
    let with_log = format!(
        "{}\n[policy]\ncanaries_also_in = [{log:?}]\n",
        std::fs::read_to_string(installation.config())?
    );
    std::fs::write(installation.config(), with_log)?;
    let url = format!("http://{}", proxy(site, str::to_owned, Some(log.clone())).await?);
    Verdict::of(&installation, &["--live", "--url", &url])
        .await?
        .breaks("P26", "stands in clear in")
        .map_err(|error| error.context("a log of what is typed"))?;
    std::fs::remove_file(&log)?;
    Verdict::of(&installation, &["--live"]).await?.is_sound("a log of what is typed")?;
    installation.stop().await
}

/// Passes requests on, keeps a log of them on wish, and edits the answers. Each connection is one request, as the probes make them.
async fn proxy(
    site: std::net::SocketAddr,
    edit: fn(&str) -> String,
    log: Option<PathBuf>,
) -> Result<std::net::SocketAddr> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let log = log.clone();
            tokio::spawn(async move {
                let mut request = Vec::new();
                let mut buffer = [0u8; 4096];
                while !complete(&request) {
                    match client.read(&mut buffer).await {
                        Ok(read @ 1..) => request.extend_from_slice(&buffer[..read]),
                        _ => break,
                    }
                }
                if let Some(log) = log {
                    let log = std::fs::OpenOptions::new().create(true).append(true).open(log);
                    let _ = log.and_then(|mut log| std::io::Write::write_all(&mut log, &request));
                }
                let Ok(mut server) = tokio::net::TcpStream::connect(site).await else { return };
                let mut answer = Vec::new();
                if server.write_all(&request).await.is_ok() {
                    let _ = server.read_to_end(&mut answer).await;
                }
                // Without a length the end of the connection is the end of the body.
                let answer = String::from_utf8_lossy(&answer).replace("\r\ncontent-length:", "\r\nx-length:");
                let _ = client.write_all(edit(&answer).as_bytes()).await;
                let _ = client.shutdown().await;
            });
        }
    });
    Ok(address)
}

fn complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length =
        head.lines().find_map(|line| line.strip_prefix("Content-Length: ")?.trim().parse::<usize>().ok());
    body.len() >= length.unwrap_or(0)
}

/// The list must not shrink unnoticed: at least twenty sabotages, all named.
#[test]
fn there_are_at_least_twenty() {
    let all = OF_THE_TABLES.len() + OF_THE_CONFIGURATION.len() + 1 + 5 + 2;
    assert!(all >= 20, "{all} sabotages");
    assert!(Path::new(BUILT).is_file());
}
