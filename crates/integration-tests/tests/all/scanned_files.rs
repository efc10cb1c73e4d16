//! Files for tickets are shown to a real clamd that knows one harmful text: a page refuses such a file, of a letter it is not offered,
//! and while the scanner is away nothing is lost.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use data_encoding::{BASE64_MIME, HEXLOWER};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::mail::hand_in;
use mailkeep_integration_tests::pages::Page;

use crate::on_both_engines;

on_both_engines!(what_the_scanner_finds_is_refused_and_nothing_is_lost_without_it);

/// What the scanner of the test takes for harmful.
const HARMFUL: &[u8] = b"a text that this scanner takes for harmful";
const SUPPORT: &str = "support@mailkeep.example";
const ADA: &str = "ada@people.example";

/// A clamd of the test's own. It ends with it.
struct Clamd(Child);

impl Drop for Clamd {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Clamd {
    async fn start(folder: &Path) -> Result<Self> {
        let (base, socket) = (folder.join("signatures"), folder.join("clamd.ctl"));
        std::fs::create_dir_all(&base)?;
        std::fs::write(base.join("test.ndb"), format!("Test.Text:0:*:{}\n", HEXLOWER.encode(HARMFUL)))?;
        let settings = format!(
            "Foreground yes\nDatabaseDirectory {}\nLocalSocket {}\nTemporaryDirectory {}\nFixStaleSocket yes\nMaxThreads 2\n",
            base.display(),
            socket.display(),
            folder.display()
        );
        let file = folder.join("clamd.conf");
        std::fs::write(&file, settings)?;
        let program = ["/usr/sbin/clamd", "/usr/bin/clamd"].into_iter().find(|path| Path::new(path).exists());
        let child = Command::new(program.unwrap_or("clamd"))
            .arg("--config-file")
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("clamd is installed by ./dev test")?;
        let clamd = Clamd(child);
        for _ in 0..600 {
            if std::os::unix::net::UnixStream::connect(&socket).is_ok() {
                return Ok(clamd);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        anyhow::bail!("clamd does not listen")
    }
}

/// Asks a question with a file.
async fn ask(person: &mut Person, subject: &str, file: &[u8]) -> Result<Page> {
    let form = person.browser.open("/center/tickets/new").await?.form_to("/center/tickets")?;
    let form = form.with("subject", subject).with("words", "See the file.").with("priority", "normal");
    person.browser.submit_with_file(&form, "files", "picture.dat", file).await
}

/// A letter to support with a file.
async fn write(world: &World, subject: &str, file: &[u8]) -> Result<()> {
    let letter = format!(
        "From: {ADA}\r\nTo: {SUPPORT}\r\nSubject: {subject}\r\nMessage-ID: <{}@there.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the file.\r\n--b\r\n\
         Content-Type: application/octet-stream; name=data.dat\r\nContent-Disposition: attachment; filename=data.dat\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
        subject.replace(' ', "-"),
        BASE64_MIME.encode(file)
    );
    hand_in(world.installation.address("mx"), ADA, SUPPORT, &letter).await
}

/// The ticket with this subject, as the customer sees it.
async fn ticket(person: &mut Person, subject: &str) -> Result<Page> {
    let list = person.browser.open("/center/tickets").await?;
    ensure!(list.words().contains(subject), "{}", list.words());
    for link in list.links() {
        if link.starts_with("/center/tickets/") && !link.ends_with("/new") {
            let page = person.browser.open(&link).await?;
            if page.words().contains(subject) {
                return Ok(page);
            }
        }
    }
    anyhow::bail!("no link to {subject}")
}

async fn what_the_scanner_finds_is_refused_and_nothing_is_lost_without_it(setup: Setup) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let socket = folder.path().join("clamd.ctl");
    let more = format!("[helpdesk.scanner]\naddress = \"unix:{}\"\nseconds = 60\n", socket.display());
    let clamd = Clamd::start(folder.path()).await?;
    let mut world = World::start(Setup { more, ..setup }, None).await?;
    world.dns.txt("people.example", "v=spf1 ip4:127.0.0.1 -all");
    let mut ada = Person::register(&world, "Ada Example", ADA).await?;
    ada.order("file-shop.example", 1, "approve").await?;
    let bad = [b"before ", HARMFUL, b" after"].concat();

    let page = ask(&mut ada, "A file", &bad).await?;
    ensure!(page.words().contains("The virus scanner found something in picture.dat"), "{}", page.words());
    let page = ask(&mut ada, "A file", b"nothing bad").await?;
    ensure!(
        page.words().contains("has come to us") && page.words().contains("picture.dat"),
        "{}",
        page.words()
    );

    // Inside a letter, behind base64.
    write(&world, "Harmful letter", &bad).await?;
    write(&world, "Harmless letter", b"nothing bad").await?;
    for (subject, offered) in [("Harmful letter", false), ("Harmless letter", true)] {
        let page = ticket(&mut ada, subject).await?;
        let links = page.links().iter().any(|link| link.contains("/attachments/"));
        let said = page.words().contains("the virus scanner found something in this letter");
        ensure!(page.words().contains("data.dat"), "{}", page.words());
        ensure!((links, said) == (offered, !offered), "{subject}: {}", page.words());
    }
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;
    let queue = tessa.browser.open("/console/tickets?view=all").await?;
    let mut seen = 0;
    for link in
        queue.links().into_iter().filter(|link| link.starts_with("/console/tickets/") && link.len() == 53)
    {
        let page = tessa.browser.open(&link).await?;
        seen += usize::from(page.words().contains("the virus scanner found something in this letter"));
    }
    ensure!(seen == 1, "{seen} of {:?}", queue.links());

    // Without it, people are told, and letters come again.
    drop(clamd);
    let page = ask(&mut ada, "Another file", b"nothing bad").await?;
    ensure!(page.words().contains("could not be scanned for viruses just now"), "{}", page.words());
    let later = write(&world, "Patient letter", b"nothing bad").await.err().context("it was taken")?;
    ensure!(format!("{later:#}").contains("451"), "{later:#}");
    let _clamd = Clamd::start(folder.path()).await?;
    write(&world, "Patient letter", b"nothing bad").await?;
    ticket(&mut ada, "Patient letter").await?;
    world.installation.stop().await
}
