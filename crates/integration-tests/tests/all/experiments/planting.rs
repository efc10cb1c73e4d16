//! A customer with a marker in every kind of place where a person can put something.

use anyhow::{Context, Result};
use base64::Engine as _;
use mailkeep_integration_tests::choosing::choose;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use mailkeep_integration_tests::mail::{Imap, hand_in, submit};
use mailkeep_integration_tests::markers::Markers;
use mailkeep_integration_tests::pages::Visitor;
use mailkeep_integration_tests::relying::{Site, parameter};
use mailkeep_integration_tests::stolen::Stolen;
use mailkeep_policy::Subject;
use mailkeep_types::{SystemClock, new_uuid};

use super::force;

/// The domain of the planted mailbox.
const DOMAIN: &str = "planted.example";
/// A domain whose mail server never answers: what is sent there stays in the queue.
const DEAD: &str = "dead.example";
/// Letters that come in; each holds [`PER_LETTER`] markers.
const LETTERS_IN: usize = 28;
/// Letters that go out, as many to the other server as into the queue.
const LETTERS_OUT: usize = 3;
/// Name of the sender, subject, text, name of the attachment, attachment.
const PER_LETTER: usize = 5;
/// A letter of this length does not rest in its row but in the store of bodies.
const LONG: usize = 300_000;

/// A world in which everything of Ada's bears a marker.
pub(super) struct Planted {
    pub world: World,
    pub markers: Markers,
    pub ada: Person,
    pub books: Stolen,
    /// Ada's Registration ID.
    pub number: String,
    pub person: Subject,
    pub customer: Subject,
    pub mailbox: Subject,
    /// The address of the mailbox, and the password of a program.
    pub program: (String, String),
    /// The numbers of the markers in Ada's profile and what she made as a person.
    pub personal: std::ops::Range<usize>,
    /// The numbers of the markers in what the customer ordered, was asked and is billed.
    pub commercial: std::ops::Range<usize>,
    /// The numbers of the markers in the mailbox's addresses and the names of its passwords.
    pub addresses: std::ops::Range<usize>,
    /// The number of the marker of somebody who is asked onto a list.
    pub guest: usize,
    /// The numbers of the markers in letters that are in the mailbox.
    pub letters: std::ops::Range<usize>,
    /// The number of the marker in what Ada objects to.
    pub objection: usize,
}

impl Planted {
    pub async fn plant(setup: Setup) -> Result<Self> {
        let mut markers = Markers::new();
        let world = World::start(setup, None).await?;
        world.dns.mx(DEAD, 10, "dead-end.example.");
        world.dns.address("dead-end.example", [127, 99, 99, 99].into());
        let mut ada = person(&world, &mut markers).await?;
        let number = ada.registration_id().await?;
        let personal = 0..markers.count();
        let commercial = customer(&world, &mut markers, &mut ada).await?;
        let books = Stolen::of(&world.installation).await?;
        let from = markers.count();
        let program = mailbox(&world, &mut markers, &mut ada).await?;
        let addresses = from..markers.count();
        let guest = list(&mut markers, &mut ada).await?;
        let letters = mail(&world, &mut markers, &program).await?;
        let objection = markers.count();
        object(&mut markers, &mut ada).await?;
        subscribe(&world, &mut markers, &mut ada).await?;
        sign_in_to_a_site(&world, &mut ada).await?;
        noise(&world, &mut markers, &program).await?;
        // Telephone numbers have no letters, so they are searched for as they are.
        markers.also("2125550177");
        let (person, customer) = (books.person(&number).await?, books.customer(&number).await?);
        let mailbox = books.mailboxes().await?.pop().context("a mailbox")?;
        anyhow::ensure!(markers.count() >= 200, "{} markers", markers.count());
        Ok(Planted {
            world,
            markers,
            ada,
            books,
            number,
            person,
            customer,
            mailbox,
            program,
            personal,
            commercial,
            addresses,
            guest,
            letters,
            objection,
        })
    }

    /// What staff write about Ada: a case of break-glass that is disputed and settled, a document that asks for her data, the
    /// answer to her objection. And what Ada asks of support, and a second factor that she begins to set up.
    pub async fn plant_words_of_staff(&mut self) -> Result<()> {
        let (world, markers) = (&self.world, &mut self.markers);
        let mut agent = Colleague::enrol(world, "dorothy", &["abuse_desk"]).await?;
        let mut officer = Colleague::enrol(world, "emmy", &["privacy_officer"]).await?;
        let mut second = Colleague::enrol(world, "marie", &["privacy_officer"]).await?;

        let address = format!("{}@people.example", markers.next("the address of a member of staff"));
        let named = [("email", address.as_str())];
        let page = force(&mut officer.browser, "/console/you", "/console/you/address", &named).await?;
        anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());

        let person = self.person.uuid();
        let reason =
            format!("A stranger was seen at the door of {} today.", markers.next("the reason of a case"));
        let page = agent.browser.open(&format!("/console/persons/{person}")).await?;
        let form =
            page.form("/console/break-glass")?.with("cause", "account_at_risk").with("reason", &reason);
        let case = agent.browser.submit(&form).await?.path;
        let case = case.rsplit('/').next().context("the case has a page")?;
        let look = format!("/console/second-look/{case}");
        for (colleague, verb, place) in [
            (&mut officer, "dispute", "what a second person says"),
            (&mut second, "settle", "what settles a case"),
        ] {
            let page = colleague.browser.open(&look).await?;
            let page = colleague.browser.submit(&page.form(&format!("{look}/open"))?).await?;
            let words = format!("Nobody saw {}.", markers.next(place));
            let form = page.form(&format!("{look}/{verb}"))?.with("words", &words);
            let page = colleague.browser.submit(&form).await?;
            anyhow::ensure!(page.status.is_success(), "{verb}: {} {}", page.status, page.words());
        }

        let document = format!("%PDF-1.4 an order about {}", markers.next("a document that asks for data"));
        let whose = [("subject", &*self.number)];
        let (ground, scope) = (Some("legal_process"), Some("identity"));
        let page = super::e20_disclosure::ask(&mut officer, ground, Some(document.as_bytes()), scope, &whose)
            .await?;
        anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());

        let page = officer.browser.open("/console/requests").await?;
        let request = page.links().into_iter().find(|link| link.starts_with("/console/requests/"));
        let request = request.context("the objection waits")?;
        let page = officer.browser.open(&request).await?;
        let page = officer.browser.submit(&page.form(&format!("{request}/open"))?).await?;
        let answer = format!("We keep {} as it is.", markers.next("the answer to an objection"));
        let form =
            page.form(&format!("{request}/answer"))?.with("outcome", "refused").with("answer", &answer);
        let page = officer.browser.submit(&form).await?;
        anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());

        let form = self.ada.browser.open("/center/tickets/new").await?.form_to("/center/tickets")?;
        let form = form
            .with("subject", &format!("The {} is gone", markers.next("the subject of a ticket")))
            .with("words", &format!("I saw {} this morning.", markers.next("the words of a ticket")));
        let page = self.ada.browser.submit(&form).await?;
        anyhow::ensure!(page.words().contains("has come to us"), "{}: {}", page.status, page.words());

        self.ada.browser.open("/center/security/factor").await?;
        Ok(())
    }

    /// What the program still shows of the letters, by IMAP: the markers in it.
    pub async fn readable_letters(&self) -> Result<std::collections::BTreeSet<usize>> {
        let (user, password) = &self.program;
        let mut imap = Imap::sign_in(&self.world.server("imaps"), user, password).await?;
        let mut text = String::new();
        for folder in ["INBOX", "Drafts"] {
            imap.command(&format!("SELECT {folder}")).await?;
            text.push_str(&imap.command("UID FETCH 1:* (ENVELOPE BODY.PEEK[])").await?);
        }
        let mut seen = self.markers.numbers_in(&text);
        // Attachments are in base64.
        for part in text.split("base64\r\n\r\n").skip(1) {
            let code: String =
                part.chars().take_while(|c| *c != '-').filter(|c| !c.is_whitespace()).collect();
            let bytes = base64::engine::general_purpose::STANDARD.decode(code).unwrap_or_default();
            seen.extend(self.markers.numbers_in(&String::from_utf8_lossy(&bytes)));
        }
        Ok(seen)
    }
}

/// Registers, with a marker in everything that a profile holds.
pub(super) async fn person(world: &World, markers: &mut Markers) -> Result<Person> {
    let (name, email) = (markers.next("the name at registration"), markers.next("the first e-mail address"));
    let mut ada = Person::register(world, &format!("Ada {name}"), &format!("{email}@people.example")).await?;
    let page = ada.browser.open("/center/profile").await?;
    let form = page.form("/center/profile")?;
    let form = form
        .with("name", &format!("Ada {}", markers.next("the name in the profile")))
        .with("phone", "+1 212 555 0177")
        .with("street", &format!("1 {} Street", markers.next("the street in the profile")))
        .with("city", &markers.next("the town in the profile"))
        .with("region", "NY")
        .with("postal_code", "10001")
        .with("country", "US");
    let saved = ada.browser.submit(&form).await?;
    anyhow::ensure!(saved.status.is_success(), "{}: {}", saved.status, saved.words());
    let token = ada.browser.open("/center/tokens").await?.form("/center/tokens")?;
    let token = token.with("name", &markers.next("the name of a token")).with("scopes", "profile:read");
    let made = ada.browser.submit(&token).await?;
    anyhow::ensure!(made.status.is_success(), "{}: {}", made.status, made.words());
    // A link to a new address that is not followed: the address waits beside the token.
    let email = format!("{}@people.example", markers.next("an e-mail address that waits"));
    let asked =
        force(&mut ada.browser, "/center/profile", "/center/profile/email", &[("email", &email)]).await?;
    anyhow::ensure!(asked.status.is_success(), "{}: {}", asked.status, asked.words());
    world.mailed_link(&email, "/confirm").await?;
    Ok(ada)
}

/// Orders, is asked by a reviewer, answers, is served; orders again; invites a contact.
pub(super) async fn customer(
    world: &World,
    markers: &mut Markers,
    ada: &mut Person,
) -> Result<std::ops::Range<usize>> {
    let from = markers.count();
    let mut rosalind = Colleague::enrol(world, "rosalind", &["fraud_reviewer"]).await?;
    for (domain, outcome) in [(DOMAIN, "wrong_code"), ("second-planted.example", "approve")] {
        let name = format!("Ada {}", markers.next("the name on the bill"));
        let organisation = format!("{} Books", markers.next("the organisation on the bill"));
        let street = format!("2 {} Lane", markers.next("the street on the bill"));
        let city = markers.next("the town on the bill");
        let words = [("name", &*name), ("organisation", &organisation), ("street", &street), ("city", &city)];
        ada.order_billed(domain, 3, outcome, &words).await?;
        if outcome == "approve" {
            continue;
        }
        let order = rosalind.wait_for_order().await?;
        let asked = format!("Which {}?", markers.next("the reviewer's question"));
        let page = rosalind.browser.open(&order).await?;
        let page = rosalind.browser.submit(&page.form("/ask")?.with("question", &asked)).await?;
        anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());
        let own = order.replace("/console/orders/", "/order/");
        let answer = format!("That {}.", markers.next("the applicant's answer"));
        let page = ada.wait_for_page(&own, |page| page.form("/answer").is_ok()).await?;
        let page = ada.browser.submit(&page.form("/answer")?.with("answer", &answer)).await?;
        anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());
        force(&mut rosalind.browser, "/console", &format!("{order}/open"), &[]).await?;
        let page = rosalind.browser.open(&order).await?;
        let page = rosalind.browser.submit(&page.form("/approve")?).await?;
        anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());
    }
    for domain in [DOMAIN, "second-planted.example"] {
        ada.wait_for_page("/center/services", |page| page.words().contains(domain)).await?;
    }
    let both = |page: &mailkeep_integration_tests::pages::Page| {
        page.links().iter().filter(|link| link.starts_with("/center/invoices/")).count() >= 2
    };
    let invoices = ada.wait_for_page("/center/invoices", both).await?;
    for link in invoices.links().iter().filter(|link| link.starts_with("/center/invoices/")) {
        ada.wait_for_page(&format!("{}/pdf", link.trim_end_matches("/pdf")), |page| {
            page.body.starts_with(b"%PDF")
        })
        .await?;
    }
    let invited = format!("{}@people.example", markers.next("the address of an invitation"));
    let page = ada.browser.open("/center/contacts").await?;
    let form = page.form("/center/contacts")?.with("email", &invited).with("role", "technical");
    let page = ada.browser.submit(&form).await?;
    anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());
    Ok(from..markers.count())
}

/// Proves the domain, makes a mailbox with folders, a keyword, an alias and a password for a program.
async fn mailbox(world: &World, markers: &mut Markers, ada: &mut Person) -> Result<(String, String)> {
    ada.prove_domain(world, DOMAIN).await?;
    let local = markers.next("the local part of the mailbox");
    let password = ada.make_mailbox(&local, DOMAIN).await?;
    let user = format!("{local}@{DOMAIN}");
    let alias = format!("{}@{DOMAIN}", markers.next("an alias"));
    let page = ada.browser.open("/center/aliases").await?;
    let page = ada.browser.submit(&page.form("/center/aliases")?.with("address", &alias)).await?;
    anyhow::ensure!(page.status.is_success() && page.text().contains(&alias), "{}", page.words());
    let mailbox = ada.browser.open("/center/mailboxes").await?;
    let link = mailbox
        .links()
        .into_iter()
        .find(|link| link.strip_prefix("/center/mailboxes/").is_some_and(|id| id.len() == 36));
    let page = ada.browser.open(&link.context("the mailbox has a page")?).await?;
    let label = markers.next("the label of a program's password");
    let form = page.forms().into_iter().find(|form| form.action.ends_with("/passwords"));
    let form = form.context("passwords for programs are made here")?;
    let page = ada.browser.submit(&form.with("name", &label)).await?;
    anyhow::ensure!(page.text().contains(&label), "{}", page.words());
    Ok((user, password))
}

/// Asks somebody elsewhere onto a list; gives the number of their marker.
async fn list(markers: &mut Markers, ada: &mut Person) -> Result<usize> {
    let number = markers.count();
    let page = ada.browser.open("/center/lists").await?;
    let page = ada.browser.submit(&page.form("/center/lists")?.with("local", "news")).await?;
    let guest = format!("{}@remote.example", markers.next("somebody who is asked onto a list"));
    let page = ada.browser.submit(&page.form("/guests")?.with("addresses", &guest)).await?;
    anyhow::ensure!(page.status.is_success() && page.text().contains(&guest), "{}", page.words());
    Ok(number)
}

/// A letter with [`PER_LETTER`] markers.
fn letter(markers: &mut Markers, from: &str, to: &str, kind: &str, long: bool) -> String {
    let [name, subject, text, file, content] = ["sender", "subject", "text", "file name", "attachment"]
        .map(|part| markers.next(&format!("{part} {kind}")));
    let line = format!("About {text}, as we said.\r\n");
    let body = line.repeat(if long { LONG / line.len() } else { 1 });
    // Chance does not shrink, so that the letter is long in the store too.
    let chance = (0..if long { LONG / 36 } else { 0 }).map(|_| new_uuid(&SystemClock).to_string());
    let file_content = format!("content {content} {}", chance.collect::<String>());
    let code = base64::engine::general_purpose::STANDARD.encode(file_content);
    let lines: Vec<&str> = (0..code.len()).step_by(76).map(|at| &code[at..code.len().min(at + 76)]).collect();
    let code = lines.join("\r\n");
    format!(
        "From: \"{name}\" <{from}>\r\nTo: {to}\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain\r\n\r\n{body}\r\n\
         --part\r\nContent-Type: text/plain; name={file}.txt\r\nContent-Disposition: attachment; filename={file}.txt\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{code}\r\n--part--\r\n"
    )
}

/// Mail that comes in, is written, waits in the queue, and rests in folders.
async fn mail(
    world: &World,
    markers: &mut Markers,
    (user, password): &(String, String),
) -> Result<std::ops::Range<usize>> {
    let from = markers.count();
    let friend = "friend@remote.example";
    for number in 0..LETTERS_IN {
        let text = letter(markers, friend, user, "of a letter that came", number == 0);
        hand_in(world.installation.address("mx"), friend, user, &text).await?;
    }
    let mut imap = Imap::sign_in(&world.server("imaps"), user, password).await?;
    let draft = letter(markers, user, friend, "of a draft", false);
    imap.append("Drafts", draft.as_bytes()).await?;
    let range = from..markers.count();

    imap.command("SELECT INBOX").await?;
    imap.wait_for(&format!("SUBJECT \"{}\"", markers.of(range.end - 2 * PER_LETTER + 1)), SOON).await?;
    imap.command(&format!("CREATE \"{}\"", markers.next("the name of a folder"))).await?;
    imap.command(&format!("UID STORE 1:2 +FLAGS ({})", markers.next("a keyword"))).await?;
    // The search index answers for words that lie nowhere in clear.
    let text = markers.of(range.start + 2);
    let found = imap.command(&format!("UID SEARCH TEXT \"{text}\"")).await?;
    anyhow::ensure!(found.contains("* SEARCH 1"), "{found}");

    for number in 0..LETTERS_OUT {
        for domain in ["remote.example", DEAD] {
            let to = format!("{}@{domain}", markers.next("the address of a letter that was sent"));
            let text = letter(markers, user, &to, "of a letter that was sent", number == 0);
            submit(&world.server("submissions"), user, password, &[&to], &text).await?;
        }
    }
    webmail(world, markers, user, password).await?;
    Ok(range)
}

/// A letter from the webmail.
async fn webmail(world: &World, markers: &mut Markers, user: &str, password: &str) -> Result<()> {
    let mut browser = world.visitor()?;
    let form = browser.open("/mail/sign-in").await?.form("/mail/sign-in")?;
    let page = browser.submit(&form.with("address", user).with("password", password)).await?;
    anyhow::ensure!(page.status.is_success() && page.path.starts_with("/mail"), "{}", page.words());
    let to = format!("{}@remote.example", markers.next("the address of a letter from the webmail"));
    for verb in ["send", "save"] {
        let form = browser.open("/mail/write").await?.form("/mail/write")?;
        let form = form
            .with("to", &to)
            .with("subject", &markers.next("the subject of a letter from the webmail"))
            .with("text", &markers.next("the text of a letter from the webmail"))
            .with("do", verb);
        let page = browser.submit(&form).await?;
        anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());
    }
    world.sink.wait_for(SOON, |mail| mail.to.contains(&to)).await?;
    Ok(())
}

/// Objects to a use, and has a copy made of all that is held.
async fn object(markers: &mut Markers, ada: &mut Person) -> Result<()> {
    let form = ada.browser.open("/center/privacy/objections").await?.form("/center/privacy/objections")?;
    let reason = format!("Because of {}.", markers.next("the reason of an objection"));
    let page = ada.browser.submit(&form.with("purpose", "protect").with("reason", &reason)).await?;
    anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());
    let asked = force(&mut ada.browser, "/center/privacy/copy", "/center/privacy/copy", &[]).await?;
    anyhow::ensure!(asked.status.is_success(), "{}: {}", asked.status, asked.words());
    let made = |page: &mailkeep_integration_tests::pages::Page| {
        page.links().iter().any(|link| link.starts_with("/center/privacy/copy/"))
    };
    ada.wait_for_page("/center/privacy/copy", made).await?;
    Ok(())
}

/// Chooses what to hear of, as a person and as a visitor who has no account.
async fn subscribe(world: &World, markers: &mut Markers, ada: &mut Person) -> Result<()> {
    let page = choose(ada, &["newsletter:email"]).await?;
    anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());
    let email = format!("{}@people.example", markers.next("the address of a subscriber"));
    let mut visitor = world.visitor()?;
    let form = visitor.open("/subscribe").await?.form("/subscribe")?;
    let page = visitor.submit(&form.with("topics", "newsletter").with("email", &email)).await?;
    anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());
    world.mailed_link(&email, "/subscribe/confirm").await?;
    Ok(())
}

/// Signs Ada in to another site, which reads what it may.
async fn sign_in_to_a_site(world: &World, ada: &mut Person) -> Result<()> {
    let all = ["--as", "own-sites", "--category", "identity", "--category", "contact"];
    let site = Site::register(world, "The Library", &all).await?;
    let back = site.agreed(&mut ada.browser, "openid profile email phone").await?;
    let code = parameter(&back, "code").context("a code")?;
    let passed = site.userinfo(&site.exchange(&code, &[]).await?.text("access_token")?).await?;
    anyhow::ensure!(passed.status == 200, "{passed:?}");
    Ok(())
}

/// What people type where it does not belong: wrong addresses, wrong passwords, odd paths, names of programs. It may be
/// kept nowhere, least of all in the log.
async fn noise(world: &World, markers: &mut Markers, (user, _): &(String, String)) -> Result<()> {
    let agent =
        format!("Mozilla/5.0 (X11; Linux x86_64) {} Firefox/150.0", markers.next("the name of a browser"));
    let mut browser: Visitor = world.visitor()?.named(&agent);
    let form = browser.open("/sign-in").await?.form("/sign-in")?;
    let unknown = format!("{}@people.example", markers.next("an unknown address at sign-in"));
    let password = markers.next("a wrong password");
    browser.submit(&form.with("login", &unknown).with("password", &password)).await?;
    browser.get(&format!("/{}", markers.next("a path that is not there"))).await?;
    browser.get(&format!("/plans?{0}={0}", markers.next("a query"))).await?;
    let stranger = format!("{}@{DOMAIN}", markers.next("an unknown recipient"));
    let sender = format!("{}@remote.example", markers.next("the sender of a refused letter"));
    let text = letter(markers, &sender, &stranger, "of a refused letter", false);
    let refused = hand_in(world.installation.address("mx"), &sender, &stranger, &text).await;
    anyhow::ensure!(refused.is_err(), "a letter to nobody was taken");
    let password = markers.next("a wrong password of a program");
    let refused = submit(&world.server("submissions"), user, &password, &[user], &text).await;
    anyhow::ensure!(refused.is_err(), "a wrong password was taken");
    let nobody = format!("{}@{DOMAIN}", markers.next("an unknown mailbox"));
    let refused = Imap::sign_in(&world.server("imaps"), &nobody, &password).await;
    anyhow::ensure!(refused.is_err(), "an unknown mailbox was let in");
    Ok(())
}
