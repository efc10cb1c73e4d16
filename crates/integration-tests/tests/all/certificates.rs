//! Certificates from an authority that nobody here wrote: Pebble, the test server of the ACME protocol's authors.

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use mailkeep_integration_tests::dns::NameServer;
use mailkeep_integration_tests::installation::{Installation, Setup};
use mailkeep_storage::testing::reserve_port;
use tokio::net::{TcpSocket, TcpStream};
use tokio::process::{Child, Command};

const NAME: &str = "mail.mailkeep.example";

/// A running Pebble, which ends with this value.
struct Authority {
    _process: Child,
    _ports: Vec<TcpSocket>,
    directory: String,
    /// What its own server is trusted by.
    root: std::path::PathBuf,
}

impl Authority {
    /// Starts; answers to challenges are looked for at `http_port` of the address that `dns` gives.
    async fn start(folder: &Path, http_port: u16, dns: SocketAddr) -> Result<Option<Self>> {
        if Command::new("pebble").arg("-h").output().await.is_err() {
            eprintln!("skipped: Pebble is not installed (Debian package `pebble`)");
            return Ok(None);
        }
        let mut ports = Vec::new();
        let mut free_port = || {
            let (reserved, port) = reserve_port()?;
            ports.push(reserved);
            anyhow::Ok(port)
        };
        let port = free_port()?;
        let (root, key_file) = (folder.join("pebble.pem"), folder.join("pebble.key"));
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"])
            .args([
                "-addext",
                "subjectAltName=DNS:localhost",
                "-addext",
                "basicConstraints=critical,CA:FALSE",
                "-keyout",
            ])
            .args([&key_file, Path::new("-out"), &root])
            .output()
            .await?;
        anyhow::ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let settings = serde_json::json!({"pebble": {
            "listenAddress": format!("127.0.0.1:{port}"),
            "managementListenAddress": format!("127.0.0.1:{}", free_port()?),
            "certificate": root,
            "privateKey": key_file,
            "httpPort": http_port,
            "tlsPort": free_port()?,
            "ocspResponderURL": "",
        }});
        let file = folder.join("pebble.json");
        std::fs::File::create(&file)?.write_all(settings.to_string().as_bytes())?;
        let log = std::fs::File::create(folder.join("pebble.log"))?;
        let process = Command::new("pebble")
            .args(["-config", &file.display().to_string(), "-dnsserver", &dns.to_string()])
            // Its own habits of waiting before it looks, and of refusing good answers now and then, are for other tests.
            .env("PEBBLE_VA_NOSLEEP", "1")
            .env("PEBBLE_WFE_NONCEREJECT", "20")
            .stdout(log.try_clone()?)
            .stderr(log)
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let directory = format!("https://localhost:{port}/dir");
        wait_for("Pebble", async || Ok(TcpStream::connect(("127.0.0.1", port)).await.is_ok())).await?;
        Ok(Some(Authority { _process: process, _ports: ports, directory, root }))
    }
}

/// Asks until it is so, at most 30 seconds.
async fn wait_for(what: &str, is_so: impl AsyncFn() -> Result<bool>) -> Result<()> {
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(30) {
        if is_so().await? {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    bail!("{what}: not so after 30 s")
}

/// What OpenSSL says of the certificate that a listener shows: who signed it, and for which names.
async fn shown(address: SocketAddr) -> Result<String> {
    let connect = format!(
        "openssl s_client -connect {address} -servername {NAME} </dev/null 2>/dev/null \
                           | openssl x509 -noout -issuer -ext subjectAltName"
    );
    let output = Command::new("sh").args(["-c", &connect]).output().await?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

async fn is_from_the_authority(address: SocketAddr) -> Result<bool> {
    let shown = shown(address).await?;
    Ok(shown.contains("Pebble") && shown.contains(NAME))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_comes_from_an_authority_and_every_listener_shows_it_without_a_restart() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let dns = NameServer::start().await?;
    dns.address(NAME, "127.0.0.1".parse()?);
    let (_reserved, http_port) = reserve_port()?;
    let Some(authority) = Authority::start(folder.path(), http_port, dns.address).await? else {
        return Ok(());
    };
    let setup = Setup {
        name_server: Some(dns.address),
        http: Some(http_port),
        more: format!(
            "[tls]\nsource = \"acme\"\nacme_directory = {:?}\nacme_root = {:?}\nacme_contact = \"ops@mailkeep.example\"\n",
            authority.directory, authority.root
        ),
        ..Setup::default()
    };
    let mut installation = Installation::make(&setup, None).await?;
    installation.start().await?;
    for listener in ["https", "imaps", "submissions"] {
        let address = installation.address(listener);
        wait_for(listener, async || is_from_the_authority(address).await)
            .await
            .with_context(|| installation.log_tail())?;
    }
    // After a restart the same certificate is shown at once: nothing is asked of the authority again.
    installation.stop().await?;
    let before = std::fs::read(installation.certificate())?;
    installation.start().await?;
    anyhow::ensure!(is_from_the_authority(installation.address("https")).await?);
    anyhow::ensure!(std::fs::read(installation.certificate())? == before, "a second certificate was fetched");
    installation.stop().await
}
