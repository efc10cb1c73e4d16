//! Debian's Postfix as somebody else's mail server: an instance of its own, apart from the system's, on loopback.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::process::Command;

/// The address that it listens on: not that of the sink, so that both can have the same port.
pub const HOST: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
/// The domain whose mailboxes it has: `bob` and `later`.
pub const DOMAIN: &str = "far.example";

const LIMIT: Duration = Duration::from_secs(60);

/// A running Postfix.
pub struct Postfix {
    /// Where it takes mail: for its own domain from everybody, and from this machine for everybody.
    pub address: SocketAddr,
    folder: tempfile::TempDir,
}

/// Why there is no Postfix here; `None` when there is.
fn missing() -> Option<&'static str> {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return Some("this is not Linux") };
    let uid =
        status.lines().find_map(|line| line.strip_prefix("Uid:"))?.split_whitespace().nth(1)?.to_owned();
    if uid != "0" {
        return Some(
            "Postfix starts as root only, and this is another user: run the tests as root to include it",
        );
    }
    let found = Path::new("/usr/sbin/postfix").exists();
    (!found).then_some("Debian's postfix is not installed; ./dev test installs it")
}

impl Postfix {
    /// Starts one that takes mail on `port` and hands what is not its own to the server at `next`. `None`, and a word why,
    /// where that is not possible.
    ///
    /// # Errors
    /// When it is there and does not start.
    pub async fn start(port: u16, next: SocketAddr) -> Result<Option<Self>> {
        if let Some(why) = missing() {
            eprintln!("skipped: {why}");
            return Ok(None);
        }
        let folder = tempfile::Builder::new().prefix("mailkeep-postfix.").tempdir()?;
        // Its daemons run as users of their own.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))?;
        let address = SocketAddr::new(HOST, port);
        let config = folder.path().join("config");
        for part in ["config", "queue", "data", "mail"] {
            std::fs::create_dir(folder.path().join(part))?;
        }
        std::fs::write(config.join("main.cf"), main_cf(folder.path(), next))?;
        std::fs::write(config.join("master.cf"), master_cf(address))?;
        std::fs::write(folder.path().join("access"), "later@far.example 450 4.2.0 Come again\n")?;
        run(Command::new("chown").args(["postfix", "data"]).current_dir(folder.path())).await?;
        run(Command::new("chown").args(["nobody", "mail"]).current_dir(folder.path())).await?;
        run(Command::new("openssl")
            .args([
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=relay.example",
            ])
            .args(["-keyout", "key.pem", "-out", "certificate.pem"])
            .current_dir(folder.path()))
        .await?;
        let postfix = Postfix { address, folder };
        // It goes on in the background once it is ready.
        postfix.tell("start").await?;
        postfix.wait_until("listens", async || listening_now(address).await).await?;
        Ok(Some(postfix))
    }

    /// What it logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Waits until its log has a line with all of these.
    ///
    /// # Errors
    /// With the log, when it does not come.
    pub async fn wait_for_log(&self, parts: &[&str]) -> Result<()> {
        let has = |log: &str| log.lines().any(|line| parts.iter().all(|part| line.contains(part)));
        self.wait_until(&format!("logs {parts:?}"), async || has(&self.log()).then_some(())).await
    }

    /// Waits until a mailbox of its holds a message with this in it, and gives the message.
    ///
    /// # Errors
    /// With the log, when it does not come.
    pub async fn wait_for_mail(&self, mailbox: &str, part: &str) -> Result<String> {
        let found = async || self.mails(mailbox).into_iter().find(|mail| mail.contains(part));
        self.wait_until(&format!("gets {part:?} for {mailbox}"), found).await
    }

    /// The messages of one of its mailboxes.
    pub fn mails(&self, mailbox: &str) -> Vec<String> {
        let folder = self.folder.path().join("mail").join(mailbox).join("new");
        let files = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        files
            .filter_map(|file| std::fs::read(file.path()).ok())
            .map(|m| String::from_utf8_lossy(&m).into())
            .collect()
    }

    /// Takes mail for `later` from now on, which it put off so far.
    ///
    /// # Errors
    /// When it cannot be told.
    pub async fn no_longer_defer(&self) -> Result<()> {
        std::fs::write(self.folder.path().join("access"), "")?;
        self.tell("reload").await
    }

    async fn tell(&self, verb: &str) -> Result<()> {
        run(&mut self.verb(verb)).await.with_context(|| self.log())
    }

    fn verb(&self, verb: &str) -> Command {
        let mut command = Command::new("/usr/sbin/postfix");
        command.arg("-c").arg(self.folder.path().join("config")).arg(verb);
        // Its daemons would keep a pipe open.
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    async fn wait_until<T>(&self, what: &str, look: impl AsyncFn() -> Option<T>) -> Result<T> {
        let wait = async {
            loop {
                if let Some(found) = look().await {
                    return found;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(LIMIT, wait)
            .await
            .with_context(|| format!("Postfix: never {what}:\n{}", self.log()))
    }
}

impl Drop for Postfix {
    /// Ends it, and its daemons with it.
    fn drop(&mut self) {
        // Whatever became of the test, nothing can be done about a failure here.
        let _ = self.verb("abort").into_std().status();
    }
}

async fn listening_now(address: SocketAddr) -> Option<()> {
    tokio::net::TcpStream::connect(address).await.ok().map(drop)
}

async fn run(command: &mut Command) -> Result<()> {
    let status = command.stderr(Stdio::null()).status().await.with_context(|| format!("{command:?}"))?;
    anyhow::ensure!(status.success(), "{command:?}: {status}");
    Ok(())
}

fn main_cf(folder: &Path, next: SocketAddr) -> String {
    let folder = folder.display();
    format!(
        "compatibility_level = 3.6\n\
         queue_directory = {folder}/queue\ndata_directory = {folder}/data\n\
         command_directory = /usr/sbin\ndaemon_directory = /usr/lib/postfix/sbin\n\
         maillog_file = {folder}/log\nmaillog_file_prefixes = {folder}\n\
         mail_owner = postfix\nsetgid_group = postdrop\n\
         inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmynetworks = 127.0.0.0/8\n\
         myhostname = relay.example\nmydestination =\nalias_maps =\nalias_database =\nlocal_recipient_maps =\n\
         virtual_mailbox_domains = {DOMAIN}\nvirtual_mailbox_base = {folder}/mail\n\
         virtual_mailbox_maps = inline:{{ bob@{DOMAIN}=bob/, later@{DOMAIN}=later/ }}\n\
         virtual_uid_maps = static:65534\nvirtual_gid_maps = static:65534\n\
         smtpd_recipient_restrictions = check_recipient_access texthash:{folder}/access, reject_unlisted_recipient, \
         permit_mynetworks, reject_unauth_destination\n\
         smtpd_tls_security_level = may\nsmtpd_tls_received_header = yes\n\
         smtpd_tls_cert_file = {folder}/certificate.pem\nsmtpd_tls_key_file = {folder}/key.pem\n\
         smtp_tls_security_level = encrypt\nsmtp_host_lookup = native\ndisable_dns_lookups = yes\n\
         relayhost = [{}]:{}\nsmtputf8_enable = yes\n\
         message_size_limit = 60000000\nmailbox_size_limit = 0\nvirtual_mailbox_limit = 0\n\
         minimal_backoff_time = 2s\nqueue_run_delay = 2s\nin_flow_delay = 0\n",
        next.ip(),
        next.port()
    )
}

/// The daemons of Postfix's own `master.cf`, none of them in a chroot.
fn master_cf(address: SocketAddr) -> String {
    let mut services = format!("{address} inet n - n - - smtpd\n");
    for (name, kind, private, wake, most, program) in [
        ("pickup", "unix", "n", "60", "1", "pickup"),
        ("cleanup", "unix", "n", "-", "0", "cleanup"),
        ("qmgr", "unix", "n", "300", "1", "qmgr"),
        ("tlsmgr", "unix", "-", "1000?", "1", "tlsmgr"),
        ("rewrite", "unix", "-", "-", "-", "trivial-rewrite"),
        ("bounce", "unix", "-", "-", "0", "bounce"),
        ("defer", "unix", "-", "-", "0", "bounce"),
        ("trace", "unix", "-", "-", "0", "bounce"),
        ("verify", "unix", "-", "-", "1", "verify"),
        ("flush", "unix", "n", "1000?", "0", "flush"),
        ("proxymap", "unix", "-", "-", "-", "proxymap"),
        ("proxywrite", "unix", "-", "-", "1", "proxymap"),
        ("smtp", "unix", "-", "-", "-", "smtp"),
        ("relay", "unix", "-", "-", "-", "smtp"),
        ("showq", "unix", "n", "-", "-", "showq"),
        ("error", "unix", "-", "-", "-", "error"),
        ("retry", "unix", "-", "-", "-", "error"),
        ("discard", "unix", "-", "-", "-", "discard"),
        ("virtual", "unix", "-", "-", "-", "virtual"),
        ("anvil", "unix", "-", "-", "1", "anvil"),
        ("scache", "unix", "-", "-", "1", "scache"),
        ("postlog", "unix-dgram", "n", "-", "1", "postlogd"),
    ] {
        // virtual(8) writes as the owner of the mailbox, which only root may become.
        let unprivileged = if name == "virtual" { "n" } else { "-" };
        services.push_str(&format!("{name} {kind} {private} {unprivileged} n {wake} {most} {program}\n"));
    }
    services
}
