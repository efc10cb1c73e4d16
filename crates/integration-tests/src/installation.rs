//! An installation for a test or a demonstration: the real binary in a temporary folder, on free ports of loopback.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use mailkeep_policy::RootKey;
use mailkeep_storage::testing::reserve_port;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpSocket;
use tokio::process::{Child, Command};

/// How an installation differs from the default.
#[derive(Default)]
pub struct Setup {
    /// The database; a file of SQLite when empty.
    pub database_url: String,
    /// The database of keys.
    pub keys_url: String,
    /// Whether these have their tables already. The first start then finds nothing to make, so the root key is made beforehand.
    pub migrated: bool,
    /// Where names are looked up.
    pub name_server: Option<SocketAddr>,
    /// The port that mail for other servers is delivered to.
    pub remote_port: Option<u16>,
    /// Further lines of the section `smtp.delivery`.
    pub delivery: String,
    /// The port of plain HTTP, where it must be known beforehand; any free one otherwise.
    pub http: Option<u16>,
    /// Whether the pages for development are served.
    pub development: bool,
    /// Further lines of the section `web`.
    pub web: String,
    /// Further lines of the configuration.
    pub more: String,
    /// Whether the program probes itself over the network once a day; tests ask for it when they want it.
    pub live_check: bool,
}

/// An installation: a folder, and the binary when it runs.
pub struct Installation {
    /// The folder with configuration and data.
    pub folder: PathBuf,
    /// Where the main database and that of the keys are; files of SQLite in the data folder where empty.
    pub database_urls: [String; 2],
    binary: PathBuf,
    child: Option<Child>,
    addresses: HashMap<String, SocketAddr>,
    live_check: bool,
    _https: TcpSocket,
    _temporary: Option<tempfile::TempDir>,
}

impl Drop for Installation {
    /// A test that ends while the program runs has failed, and what the program has to say may tell why.
    fn drop(&mut self) {
        if self.child.is_some() {
            eprintln!("the server, which still ran:\n{}", self.log_tail());
        }
    }
}

/// How a command of the binary ended.
#[derive(Debug)]
pub struct Ended {
    /// Its exit code.
    pub code: Option<i32>,
    /// What it printed.
    pub out: String,
    /// What it wrote to standard error.
    pub err: String,
}

/// The binary: `MAILKEEP_BINARY`, or the one beside the running test program.
///
/// # Errors
/// When it is not built; says how to build it.
pub fn binary() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("MAILKEEP_BINARY") {
        return Ok(PathBuf::from(path));
    }
    let here = std::env::current_exe()?;
    for folder in here.ancestors().skip(1).take(3) {
        let candidate = folder.join("mailkeep");
        if candidate.is_file() {
            return Ok(candidate);
        }
    }
    bail!("the binary is not built: run `cargo build -p mailkeep-server` first, or ./dev test, which does")
}

impl Installation {
    /// Makes the folder and the configuration; nothing runs yet.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub async fn make(setup: &Setup, keep_in: Option<&Path>) -> Result<Self> {
        let temporary = if keep_in.is_some() { None } else { Some(tempfile::tempdir()?) };
        let folder = match (keep_in, &temporary) {
            (Some(folder), _) => folder.to_owned(),
            (None, Some(temporary)) => temporary.path().to_owned(),
            (None, None) => unreachable!("one of the two is set above"),
        };
        std::fs::create_dir_all(&folder)?;
        // The site must know its own address for the links in mails, so its port is chosen here.
        let (reserved, https) = reserve_port()?;
        let http = setup.http.unwrap_or_default();
        let any = "[\"127.0.0.1:0\"]";
        let dns = setup.name_server.map_or(String::new(), |a| format!("[dns]\nservers = [\"{a}\"]\n"));
        let port = setup.remote_port.map_or(String::new(), |port| format!("remote_port = {port}\n"));
        let remote = format!("[smtp.delivery]\n{port}{}\n", setup.delivery);
        let config = format!(
            "[server]\nhostname = \"mail.mailkeep.example\"\ndata_dir = {:?}\nsteered_clock = true\n\
             [listen]\nmx = {any}\nsubmission = {any}\nsubmissions = {any}\nimap = {any}\nimaps = {any}\n\
             http = [\"127.0.0.1:{http}\"]\nhttps = [\"127.0.0.1:{https}\"]\noperator = {any}\n\
             [web]\npublic_url = \"https://localhost:{https}\"\ndevelopment = {}\n{}\n[database]\nurl = {:?}\nkeys_url = {:?}\n{dns}{remote}{}\n",
            folder.join("data"),
            setup.development,
            setup.web,
            setup.database_url,
            setup.keys_url,
            setup.more
        );
        std::fs::write(folder.join("mailkeep.toml"), config)?;
        if setup.migrated {
            let data = folder.join("data");
            std::os::unix::fs::DirBuilderExt::mode(&mut std::fs::DirBuilder::new(), 0o700).create(&data)?;
            RootKey::create_file(&data.join("root.key"))?;
        }
        Ok(Installation {
            folder,
            database_urls: [setup.database_url.clone(), setup.keys_url.clone()],
            binary: binary()?,
            child: None,
            addresses: HashMap::new(),
            live_check: setup.live_check,
            _https: reserved,
            _temporary: temporary,
        })
    }

    /// The configuration file.
    pub fn config(&self) -> PathBuf {
        self.folder.join("mailkeep.toml")
    }

    /// Runs a command of the binary to its end and gives what it printed.
    ///
    /// # Errors
    /// With what it wrote to standard error, when it ends with another code than 0.
    pub async fn command(&self, arguments: &[&str]) -> Result<String> {
        let Ended { code, out, err } = self.run(arguments).await?;
        anyhow::ensure!(code == Some(0), "`mailkeep {}`: {code:?}\n{out}{err}", arguments.join(" "));
        Ok(out)
    }

    /// Runs a command of the binary to its end, whatever code it ends with.
    ///
    /// # Errors
    /// When it cannot be started, or does not end.
    pub async fn run(&self, arguments: &[&str]) -> Result<Ended> {
        let run = Command::new(&self.binary).arg("--config").arg(self.config()).args(arguments).output();
        let output =
            tokio::time::timeout(Duration::from_secs(120), run).await.context("the command hangs")??;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(Ended { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) })
    }

    /// Moves the clock of the running program on; commands and later starts follow.
    ///
    /// # Errors
    /// When the operator's port does not answer.
    pub async fn advance(&self, by: Duration) -> Result<()> {
        let url = format!("http://{}/clock/advance?seconds={}", self.address("operator"), by.as_secs());
        let client = reqwest::Client::builder().no_proxy().build()?;
        client.post(url).send().await?.error_for_status()?;
        Ok(())
    }

    /// Moves the clock on while nothing runs.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn advance_stopped(&self, by: Duration) -> Result<()> {
        anyhow::ensure!(self.child.is_none(), "it runs: use advance");
        let file = self.folder.join("data/steered-clock");
        let before: u64 = match std::fs::read_to_string(&file) {
            Ok(text) => text.trim().parse()?,
            Err(_) => 0,
        };
        Ok(std::fs::write(&file, (before + by.as_secs()).to_string())?)
    }

    /// Starts `mailkeep serve` and waits until it says that it is ready.
    ///
    /// # Errors
    /// When it ends instead, or is not ready in 60 seconds; the log is in the folder.
    pub async fn start(&mut self) -> Result<()> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.folder.join("log"))?;
        let mut child = Command::new(&self.binary)
            .arg("--config")
            .arg(self.config())
            .arg("serve")
            .env("MAILKEEP__POLICY__LIVE_CHECK_HOURS", if self.live_check { "24" } else { "0" })
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{}", self.binary.display()))?;
        let mut lines = BufReader::new(child.stdout.take().context("piped")?).lines();
        let ready = async {
            while let Some(line) = lines.next_line().await? {
                if let Some(json) = line.strip_prefix("ready ") {
                    return Ok(serde_json::from_str::<HashMap<String, Vec<SocketAddr>>>(json)?);
                }
            }
            bail!("mailkeep ended at its start:\n{}", self.log_tail())
        };
        let found = tokio::time::timeout(Duration::from_secs(60), ready)
            .await
            .with_context(|| format!("mailkeep is not ready after 60 s:\n{}", self.log_tail()))??;
        self.addresses = found.into_iter().filter_map(|(name, all)| Some((name, *all.first()?))).collect();
        // Whatever is printed later must not fill the pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        self.child = Some(child);
        Ok(())
    }

    /// The last lines of the log, and what it warns of before them.
    pub fn log_tail(&self) -> String {
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().filter(|line| !line.contains("applied a migration")).collect();
        let (before, last) = lines.split_at(lines.len().saturating_sub(30));
        let warnings = before.iter().filter(|line| line.contains(" WARN ") || line.contains(" ERROR "));
        warnings.chain(last).copied().collect::<Vec<_>>().join("\n")
    }

    /// Where a listener of the configuration listens, by its name there: `mx`, `imaps`, `https` …
    ///
    /// # Panics
    /// If the installation does not run: a mistake of the test.
    pub fn address(&self, listener: &str) -> SocketAddr {
        *self.addresses.get(listener).unwrap_or_else(|| panic!("no listener {listener} is running"))
    }

    /// The certificate that the binary made for itself, as PEM.
    pub fn certificate(&self) -> PathBuf {
        self.folder.join("data/tls/certificate.pem")
    }

    /// The identifier of the process.
    pub fn process(&self) -> Option<u32> {
        self.child.as_ref().and_then(Child::id)
    }

    /// Kills the process as a power cut would: no signal that it could catch.
    ///
    /// # Errors
    /// When the process cannot be waited for.
    pub async fn kill(&mut self) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            child.start_kill()?;
            child.wait().await?;
        }
        Ok(())
    }

    /// Asks the process to end and waits for it.
    ///
    /// # Errors
    /// When it does not end in 30 seconds, or not with code 0.
    pub async fn stop(&mut self) -> Result<()> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        let id = child.id().context("the process has ended by itself")?.to_string();
        // The shell's own `kill`: the program of that name is not on every machine.
        Command::new("sh").args(["-c", "kill -TERM \"$0\"", &id]).status().await?;
        let status =
            tokio::time::timeout(Duration::from_secs(30), child.wait()).await.context("does not end")??;
        anyhow::ensure!(status.success(), "ended with {status}:\n{}", self.log_tail());
        Ok(())
    }
}
