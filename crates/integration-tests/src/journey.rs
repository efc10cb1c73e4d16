//! The main job as people do it: with the public pages, their mails, and the DNS of their domain.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::dns::NameServer;
use crate::installation::{Installation, Setup};
use crate::mail::Server;
use crate::pages::{Page, Visitor};
use crate::sink::Sink;

/// The name under which the installation is reached: the certificate of the first start has it too.
pub const HOST: &str = "localhost";
/// A password that passes the rules.
pub const PASSWORD: &str = "correct-horse-battery-7-staple";
/// How long something may take that happens by itself.
pub const SOON: Duration = Duration::from_secs(30);

/// An installation with the world around it: a name server, and somebody else's mail server.
pub struct World {
    /// The name server that the installation asks.
    pub dns: NameServer,
    /// Takes the mail for every domain whose MX leads to `sink.example`.
    pub sink: Sink,
    /// The installation.
    pub installation: Installation,
}

impl World {
    /// Starts all of it. `setup` needs to name databases only.
    ///
    /// # Errors
    /// When the binary does not start.
    pub async fn start(mut setup: Setup, keep_in: Option<&std::path::Path>) -> Result<Self> {
        let (dns, sink) = (NameServer::start().await?, Sink::start().await?);
        let loopback = [127, 0, 0, 1].into();
        dns.address("sink.example", loopback);
        dns.address("mail.mailkeep.example", loopback);
        for domain in ["people.example", "remote.example"] {
            dns.mx(domain, 10, "sink.example.");
        }
        setup.name_server = Some(dns.address);
        setup.remote_port.get_or_insert(sink.address.port());
        let mut installation = Installation::make(&setup, keep_in).await?;
        installation.start().await?;
        Ok(World { dns, sink, installation })
    }

    /// Somebody who comes to the site with an empty browser.
    ///
    /// # Errors
    /// When the certificate cannot be read.
    pub fn visitor(&self) -> Result<Visitor> {
        Visitor::new(HOST, self.installation.address("https"), &self.installation.certificate(), None)
    }

    /// Somebody with an empty browser at the site of another host, which the certificate must cover.
    ///
    /// # Errors
    /// When the certificate cannot be read.
    pub fn visitor_at(&self, host: &str) -> Result<Visitor> {
        Visitor::new(host, self.installation.address("https"), &self.installation.certificate(), None)
    }

    /// Somebody new, who comes from another address of this machine.
    ///
    /// # Errors
    /// When the certificate cannot be read.
    pub fn visitor_from(&self, from: IpAddr) -> Result<Visitor> {
        let address = self.installation.address("https");
        Visitor::new(HOST, address, &self.installation.certificate(), Some(from))
    }

    /// How a mail client reaches a listener.
    pub fn server(&self, listener: &str) -> Server {
        Server {
            host: HOST.to_owned(),
            address: self.installation.address(listener),
            certificate: self.installation.certificate(),
            from: None,
        }
    }

    /// The link in the newest mail to an address whose text holds `part`.
    ///
    /// # Errors
    /// When no such mail comes soon.
    pub async fn mailed_link(&self, to: &str, part: &str) -> Result<String> {
        let found = self.sink.wait_for(SOON, |mail| {
            mail.to.iter().any(|t| t.eq_ignore_ascii_case(to)) && link_in(&mail.message, part).is_some()
        });
        let mail = found.await.with_context(|| format!("a mail to {to} with a link to {part}"))?;
        link_in(&mail.message, part).context("just found")
    }

    /// A word in the newest mail to an address that `fits`.
    ///
    /// # Errors
    /// When no such mail comes soon.
    pub async fn mailed_word(&self, to: &str, fits: impl Fn(&str) -> bool) -> Result<String> {
        let word = |message: &[u8]| {
            let text = String::from_utf8_lossy(message).replace("=\r\n", "");
            text.split_whitespace().find(|word| fits(word)).map(str::to_owned)
        };
        let found = self.sink.wait_for(SOON, |mail| {
            mail.to.iter().any(|t| t.eq_ignore_ascii_case(to)) && word(&mail.message).is_some()
        });
        let mail = found.await.with_context(|| format!("a mail to {to} with such a word"))?;
        word(&mail.message).context("just found")
    }

    /// Adds a member of staff on the command line; gives the path of the page where they choose a password.
    ///
    /// # Errors
    /// When the command fails.
    pub async fn staff_link(&self, login: &str, roles: &[&str]) -> Result<String> {
        let mut arguments = vec!["staff", "add", login];
        for role in roles {
            arguments.extend(["--role", role]);
        }
        let printed = self.installation.command(&arguments).await?;
        let link =
            printed.lines().find_map(|line| line.split_once("/console/")).context("a link is printed")?;
        Ok(format!("/console/{}", link.1.trim()))
    }
}

/// The path of the first link that holds `part`, from a message with quoted-printable or plain text.
pub fn link_in(message: &[u8], part: &str) -> Option<String> {
    let text = String::from_utf8_lossy(message).replace("=\r\n", "").replace("=3D", "=");
    let at = text.match_indices("https://").map(|(at, _)| &text[at..]).find(|rest| {
        rest.split(|c: char| c.is_whitespace() || "\"<>".contains(c))
            .next()
            .is_some_and(|link| link.contains(part))
    })?;
    let link = at.split(|c: char| c.is_whitespace() || "\"<>".contains(c)).next()?;
    let path = link.splitn(4, '/').nth(3)?;
    Some(format!("/{}", path.replace("&amp;", "&").trim_end_matches(['.', ')'])))
}

/// A registered person who is signed in.
pub struct Person {
    /// Their browser.
    pub browser: Visitor,
    /// Their address elsewhere.
    pub email: String,
}

impl Person {
    /// Registers, confirms the address with the link in the mail, and signs in.
    ///
    /// # Errors
    /// With the page that was not as expected.
    pub async fn register(world: &World, name: &str, email: &str) -> Result<Self> {
        Self::register_in(world, world.visitor()?, name, email).await
    }

    /// As [`Person::register`], in a browser that is at the site of a brand.
    ///
    /// # Errors
    /// With the page that was not as expected.
    pub async fn register_in(world: &World, mut browser: Visitor, name: &str, email: &str) -> Result<Self> {
        let form = browser.open("/register").await?.form("/register")?;
        let form = form.with("name", name).with("email", email).with("password", PASSWORD);
        let page = browser.submit(&form).await?;
        anyhow::ensure!(page.status.is_success(), "registration: {} {}", page.status, page.words());
        let link = world.mailed_link(email, "/confirm").await?;
        let form = browser.open(&link).await?.form("/confirm")?;
        let page = browser.submit(&form).await?;
        anyhow::ensure!(page.status.is_success(), "confirmation: {} {}", page.status, page.words());
        let mut person = Person { browser, email: email.to_owned() };
        person.sign_in().await?;
        Ok(person)
    }

    /// Signs in with the address and the password.
    ///
    /// # Errors
    /// With the page that was not as expected.
    pub async fn sign_in(&mut self) -> Result<Page> {
        let form = self.browser.open("/sign-in").await?.form("/sign-in")?;
        let form = form.with("login", &self.email).with("password", PASSWORD);
        let page = self.browser.submit(&form).await?;
        anyhow::ensure!(page.status.is_success(), "sign-in: {} {}", page.status, page.words());
        Ok(page)
    }

    /// Orders a plan for a domain and pays on the sandbox's page with the given outcome; gives the page after.
    ///
    /// # Errors
    /// With the page that was not as expected.
    pub async fn order(&mut self, domain: &str, mailboxes: u32, outcome: &str) -> Result<Page> {
        self.order_billed(domain, mailboxes, outcome, &[]).await
    }

    /// As [`Person::order`], with other words in fields of the two forms, e.g. `term` or `street`.
    ///
    /// # Errors
    /// With the page that was not as expected.
    pub async fn order_billed(
        &mut self,
        domain: &str,
        mailboxes: u32,
        outcome: &str,
        words: &[(&str, &str)],
    ) -> Result<Page> {
        let payment = self.place_order(domain, mailboxes, words).await?;
        let form = payment.form("/sandbox")?.with("outcome", outcome);
        self.browser.submit(&form).await
    }

    /// Orders a plan and stops at the page on which it is paid.
    ///
    /// # Errors
    /// With the page that was not as expected.
    pub async fn place_order(
        &mut self,
        domain: &str,
        mailboxes: u32,
        words: &[(&str, &str)],
    ) -> Result<Page> {
        let form = self.browser.open("/order").await?.form("/order")?;
        let form = form.with("domain", domain).with("mailboxes", &mailboxes.to_string()).with_known(words);
        let review = self.browser.submit(&form).await?;
        let form = review.form("/order/place")?;
        let form = form
            .with("name", "Ada Example")
            .with("street", "1 Sample Street")
            .with("city", "Springfield")
            .with("region", "NY")
            .with("postal_code", "10001")
            .with("country", "US")
            .with("phone", "+1 212 555 0100")
            .with("terms", "yes")
            .with_known(words);
        self.browser.submit(&form).await
    }

    /// The Registration ID, as the profile page shows it.
    ///
    /// # Errors
    /// When the page shows none.
    pub async fn registration_id(&mut self) -> Result<String> {
        let page = self.browser.open("/center/profile").await?.words();
        let number = page.split_whitespace().find(|word| word.starts_with("R-") && word.len() == 13);
        number.map(str::to_owned).with_context(|| format!("no Registration ID: {page}"))
    }

    /// Waits until a page of the Customer Center reads as `wanted` says.
    ///
    /// # Errors
    /// With the page, when it does not in time.
    pub async fn wait_for_page(&mut self, path: &str, wanted: impl Fn(&Page) -> bool) -> Result<Page> {
        let mut last = String::new();
        for _ in 0..300 {
            let page = self.browser.get(path).await?;
            if wanted(&page) {
                return Ok(page);
            }
            last = format!("{} {}", page.status, page.words());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        anyhow::bail!("{path} did not become as expected: {last}")
    }

    /// The path of the domain's page in the Customer Center.
    ///
    /// # Errors
    /// When the domain does not appear soon.
    pub async fn domain_page(&mut self, domain: &str) -> Result<String> {
        let page = self.wait_for_page("/center/domains", |page| page.words().contains(domain)).await?;
        for link in page.links() {
            if link.starts_with("/center/domains/")
                && self.browser.open(&link).await?.words().contains(domain)
            {
                return Ok(link);
            }
        }
        anyhow::bail!("no link to {domain} on the list of domains")
    }

    /// Publishes the record that proves the domain, as the domain's page says, and has it looked at.
    ///
    /// # Errors
    /// With the page that was not as expected.
    pub async fn prove_domain(&mut self, world: &World, domain: &str) -> Result<Page> {
        let path = self.domain_page(domain).await?;
        let page = self.browser.open(&path).await?;
        let token = page
            .words()
            .split_whitespace()
            .find(|word| word.starts_with("mailkeep-") && word.len() > 30)
            .map(str::to_owned)
            .with_context(|| {
                format!("the page of {domain} shows no record to prove it with: {}", page.words())
            })?;
        world.dns.txt(&format!("_mailkeep-challenge.{domain}"), &token);
        let form = page.form("/prove")?;
        self.browser.submit(&form).await
    }

    /// Makes a mailbox and an app password for it, and gives the password.
    ///
    /// # Errors
    /// With the page that was not as expected.
    pub async fn make_mailbox(&mut self, local: &str, domain: &str) -> Result<String> {
        let page = self.browser.open("/center/mailboxes/new").await?;
        let html = page.text();
        let option =
            html.split("<option").find(|option| option.contains(domain)).context("the domain is on offer")?;
        let value = option.split("value=\"").nth(1).and_then(|v| v.split('"').next()).context("a value")?;
        let form = page.form("/center/mailboxes")?.with("local", local).with("domain", value);
        let page = self.browser.submit(&form).await?;
        self.make_password(&page).await
    }

    /// Makes an application password on the page of a mailbox.
    ///
    /// # Errors
    /// With the page that was not as expected.
    pub async fn make_password(&mut self, page: &Page) -> Result<String> {
        let form = page.form("/passwords")?.with("name", "Laptop");
        let page = self.browser.submit(&form).await?;
        let html = page.text();
        let shown = html.split("record__fields").nth(1).context("the password is shown once")?;
        // Of the two values that can be copied the first is the address.
        let values = shown.split("<code").skip(1).filter_map(|v| v.split_once('>')?.1.split('<').next());
        let password = values.map(str::trim).find(|value| !value.is_empty() && !value.contains('@'));
        password.map(str::to_owned).with_context(|| format!("no app password on the page: {}", page.words()))
    }
}

/// A member of staff who is signed in to the console.
pub struct Colleague {
    /// Their browser.
    pub browser: Visitor,
    /// The secret of their second factor, base32.
    pub factor: String,
}

impl Colleague {
    /// Adds a member of staff on the command line, who then enrols in the browser and signs in.
    ///
    /// # Errors
    /// With the page that was not as expected.
    pub async fn enrol(world: &World, login: &str, roles: &[&str]) -> Result<Self> {
        let link = world.staff_link(login, roles).await?;
        let mut browser = world.visitor()?;
        let page = browser.open(&link).await?;
        let page = browser.submit(&page.form("/console/enrol")?.with("password", PASSWORD)).await?;
        let factor = page
            .words()
            .split_whitespace()
            .find(|v| {
                v.len() >= 26 && v.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b))
            })
            .map(str::to_owned)
            .with_context(|| format!("the secret of the second factor is shown: {}", page.words()))?;
        let code = code_of(&factor, 0)?;
        let page = browser.submit(&page.form("/console/enrol/code")?.with("code", &code)).await?;
        anyhow::ensure!(page.status.is_success(), "enrolment: {} {}", page.status, page.words());
        let mut colleague = Colleague { browser, factor };
        colleague.sign_in(login).await?;
        Ok(colleague)
    }

    /// Signs in with password and second factor.
    ///
    /// # Errors
    /// With the page that was not as expected.
    pub async fn sign_in(&mut self, login: &str) -> Result<()> {
        let form = self.browser.open("/console/sign-in").await?.form("/console/sign-in")?;
        // The code of the enrolment was used; the next one is taken already, which clocks that differ make usual.
        let form =
            form.with("login", login).with("password", PASSWORD).with("code", &code_of(&self.factor, 1)?);
        let page = self.browser.submit(&form).await?;
        anyhow::ensure!(page.path.starts_with("/console") && page.status.is_success(), "{}", page.words());
        Ok(())
    }

    /// The path of the first order that waits for review; the screening may still be under way.
    ///
    /// # Errors
    /// With the page, when none comes soon.
    pub async fn wait_for_order(&mut self) -> Result<String> {
        let started = Instant::now();
        while started.elapsed() < SOON {
            let queue = self.browser.open("/console/orders").await?;
            if let Some(order) = queue.links().into_iter().find(|link| link.starts_with("/console/orders/")) {
                return Ok(order);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        anyhow::bail!("no order waits for review")
    }

    /// Approves the first order that waits for review.
    ///
    /// # Errors
    /// With the page that was not as expected.
    pub async fn approve_first_order(&mut self) -> Result<Page> {
        let order = self.wait_for_order().await?;
        let page = self.browser.open(&order).await?;
        let form = page.form("/approve")?;
        let page = self.browser.submit(&form).await?;
        anyhow::ensure!(page.status.is_success(), "approval: {} {}", page.status, page.words());
        Ok(page)
    }
}

/// The code of a second factor (RFC 6238), `steps` of 30 seconds ahead.
pub(crate) fn code_of(secret: &str, steps: u64) -> Result<String> {
    let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes())?;
    let now = u64::try_from(mailkeep_types::Clock::now(&mailkeep_types::SystemClock).as_seconds())?;
    let totp =
        totp_rs::Builder::new().with_secret(secret).build().map_err(|error| anyhow::anyhow!("{error:?}"))?;
    Ok(totp.generate(now + steps * 30).to_string())
}
