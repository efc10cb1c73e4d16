//! Case 25: the ladder. Throttle, lock with mail still arriving, suspend, undo; what is queued waits and goes on; a destination that refuses
//! one customer's mail is left alone for that customer.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use mailkeep_integration_tests::mail::{Imap, hand_in, submit_and_hear};
use mailkeep_integration_tests::sink::Taken;

use crate::on_both_engines;

on_both_engines!(steps_are_taken_told_and_taken_back);
on_both_engines!(what_is_queued_waits_for_a_lock_and_a_stopped_destination_and_goes_on);
on_both_engines!(a_destination_that_refuses_one_customer_is_left_alone_for_that_one);
on_both_engines!(a_termination_needs_two_and_can_be_taken_back);

/// Customers are told twice a minute; the clock is moved there instead of being waited for.
const TELL_EVERY: Duration = Duration::from_secs(31);

/// Sign-ins outlast the days that are skipped.
const LONG: &str = "[identity.session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 15\n\
                    [identity.staff_session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 10\n";

async fn start(setup: Setup) -> Result<World> {
    let world = World::start(Setup { more: format!("{}\n{LONG}", setup.more), ..setup }, None).await?;
    for domain in ["flooded.example", "open.example", "strict.example", "easy.example"] {
        world.dns.mx(domain, 10, "sink.example.");
    }
    Ok(world)
}

struct Shop {
    owner: Person,
    domain: String,
    user: String,
    password: String,
    customer: String,
}

async fn shop(world: &World, desk: &mut Colleague, domain: &str, email: &str) -> Result<Shop> {
    let mut owner = Person::register(world, "Ada Example", email).await?;
    owner.order_billed(domain, 5, "approve", &[("plan", "business"), ("term", "monthly")]).await?;
    owner.prove_domain(world, domain).await?;
    let password = owner.make_mailbox("ada", domain).await?;
    let found =
        desk.browser.open(&format!("/console/customers?q={}", owner.registration_id().await?)).await?;
    let mut links = found
        .links()
        .into_iter()
        .filter_map(|link| link.strip_prefix("/console/customers/").map(str::to_owned));
    let customer = links.next().context("the customer")?;
    Ok(Shop { owner, domain: domain.to_owned(), user: format!("ada@{domain}"), password, customer })
}

impl Shop {
    /// Sends a letter of its own; what the server says.
    async fn send(&self, world: &World, to: &str, name: &str) -> Result<String> {
        let words: String = (0..40).map(|word| format!("w{name}x{word} ")).collect();
        let text = format!("From: {}\r\nTo: {to}\r\nSubject: letter {name}\r\n\r\n{words}\r\n", self.user);
        let server = world.server("submissions");
        match submit_and_hear(&server, &self.user, &self.password, &[to], &text).await {
            Ok(said) => Ok(said),
            Err(refused) => Ok(format!("{refused:#}")),
        }
    }

    fn page(&self) -> String {
        format!("/console/held/{}", self.customer)
    }
}

fn letter(name: &'static str) -> impl Fn(&Taken) -> bool {
    move |mail| String::from_utf8_lossy(&mail.message).contains(&format!("Subject: letter {name}\r\n"))
}

fn told(to: &'static str, subject: &'static str) -> impl Fn(&Taken) -> bool {
    move |mail| {
        mail.to.iter().any(|one| one == to) && String::from_utf8_lossy(&mail.message).contains(subject)
    }
}

/// Takes a step on the desk's page; the words of the page that follows.
async fn take(desk: &mut Colleague, shop: &Shop, rung: &str, fields: &[(&str, &str)]) -> Result<String> {
    let page = desk.browser.open(&format!("{}/step?rung={rung}", shop.page())).await?;
    let mut form = page.form_to(&format!("{}/step", shop.page()))?;
    for (name, value) in fields {
        form = form.with(name, value);
    }
    Ok(desk.browser.submit(&form).await?.words())
}

/// Takes the step of a number back.
async fn lift(desk: &mut Colleague, shop: &Shop, number: usize) -> Result<String> {
    let page = desk.browser.open(&shop.page()).await?;
    let form = page.form_to(&format!("{}/steps/{number}/lift", shop.page()))?.with("why", "mended");
    Ok(desk.browser.submit(&form).await?.words())
}

async fn steps_are_taken_told_and_taken_back(setup: Setup) -> Result<()> {
    let mut world = start(setup).await?;
    let mut rosalind = Colleague::enrol(&world, "rosalind", &["abuse_desk", "support"]).await?;
    let mut ada = shop(&world, &mut rosalind, "steps-shop.example", "ada@people.example").await?;

    // Throttled: twenty new people a day, as a new customer.
    let said =
        take(&mut rosalind, &ada, "throttle", &[("about", "customer"), ("why", "complaints"), ("days", "3")])
            .await?;
    ensure!(said.contains("The limits are those of a new customer now"), "{said}");
    let mut let_out = 0;
    for n in 0..21 {
        let said = ada.send(&world, &format!("new{n}@remote.example"), &format!("throttled{n}")).await?;
        match said.starts_with("250") {
            true => let_out += 1,
            false => {
                ensure!(said.contains("450") && said.contains("throttled: sending is limited"), "{said}")
            }
        }
    }
    ensure!(let_out == 20, "{let_out}");
    world.installation.advance(TELL_EVERY).await?;
    let subject = "You can send less for some time";
    world
        .sink
        .wait_for(SOON * 3, told("ada@people.example", subject))
        .await
        .context("told of the throttle")?;
    let said = lift(&mut rosalind, &ada, 1).await?;
    ensure!(said.contains("It is taken back"), "{said}");
    let said = ada.send(&world, "friend@remote.example", "new").await?;
    ensure!(said.contains("first-time"), "a new customer has the same limits for another reason: {said}");
    world.installation.advance(Duration::from_secs(25 * 3600)).await?;
    ensure!(ada.send(&world, "friend@remote.example", "free").await?.starts_with("250"), "free again");

    // Locked, by the address that somebody complained of: nothing goes out, mail arrives, support is reached.
    let user = ada.user.clone();
    let said =
        take(&mut rosalind, &ada, "lock", &[("address", &user), ("why", "spam"), ("days", "")]).await?;
    ensure!(said.contains("Nothing goes out from there any more") && !said.contains(&user), "{said}");
    let said = ada.send(&world, "friend@remote.example", "locked").await?;
    ensure!(said.contains("550") && said.contains("locked: nothing can be sent from this mailbox"), "{said}");
    ensure!(
        ada.send(&world, "support@mailkeep.example", "help").await?.starts_with("250"),
        "support is reached"
    );
    let mx = world.installation.address("mx");
    let text = "From: bo@remote.example\r\nSubject: for you\r\n\r\nhello\r\n";
    hand_in(mx, "bo@remote.example", &ada.user, text).await?;
    let mut imap = Imap::sign_in(&world.server("imaps"), &ada.user, &ada.password).await?;
    imap.command("SELECT INBOX").await?;
    imap.wait_for("SUBJECT \"for you\"", SOON).await.context("mail still arrives")?;
    let center = ada.owner.browser.open("/center").await?.words();
    ensure!(center.contains("Nothing can be sent from a mailbox for now"), "{center}");
    let mut webmail = world.visitor()?;
    let form = webmail.open("/mail/sign-in").await?.form("/mail/sign-in")?;
    let words =
        webmail.submit(&form.with("address", &ada.user).with("password", &ada.password)).await?.words();
    ensure!(words.contains("Nothing can be sent from this mailbox for now"), "{words}");
    let words = webmail.open("/mail/held").await?.words();
    ensure!(words.contains("Mail to many people who did not ask for it went out"), "{words}");
    let other = ada.owner.make_mailbox("bea", &ada.domain).await?;
    let bea = Shop { user: format!("bea@{}", ada.domain), password: other, owner: ada.owner, ..ada };
    ensure!(bea.send(&world, "friend@remote.example", "colleague").await?.starts_with("250"), "a colleague");
    world.installation.advance(TELL_EVERY).await?;
    let subject = "Nothing can be sent for now";
    world.sink.wait_for(SOON * 3, told("ada@people.example", subject)).await.context("told of the lock")?;
    lift(&mut rosalind, &bea, 2).await?;

    // Suspended: no mailbox of the domain sends.
    let domain = bea.domain.clone();
    let said =
        take(&mut rosalind, &bea, "suspend", &[("domain", &domain), ("why", "fraud"), ("days", "")]).await?;
    ensure!(said.contains("Nothing goes out for the domain any more"), "{said}");
    let said = bea.send(&world, "friend@remote.example", "suspended").await?;
    ensure!(
        said.contains("550") && said.contains("suspended: nothing can be sent for this domain"),
        "{said}"
    );
    let said = lift(&mut rosalind, &bea, 3).await?;
    ensure!(said.contains("Earlier steps") && said.contains("What led to it is mended"), "{said}");
    ensure!(bea.send(&world, "friend@remote.example", "again").await?.starts_with("250"), "undone");
    world.installation.advance(TELL_EVERY).await?;
    let restored = |taken: &[Taken]| {
        let told = told("ada@people.example", "You can send again as before");
        taken.iter().filter(|mail| told(mail)).count() == 3
    };
    world.sink.wait_for_all(SOON * 3, restored).await.context("told of each step that was taken back")?;
    world.installation.stop().await
}

async fn what_is_queued_waits_for_a_lock_and_a_stopped_destination_and_goes_on(setup: Setup) -> Result<()> {
    let mut world = start(setup).await?;
    let mut rosalind = Colleague::enrol(&world, "rosalind", &["abuse_desk", "support"]).await?;
    let ada = shop(&world, &mut rosalind, "queued-shop.example", "ada@people.example").await?;

    // A destination is stopped: new mail is taken and waits, that to others goes out.
    let form = rosalind.browser.open("/console/destinations").await?.form("/console/destinations")?;
    let words =
        rosalind.browser.submit(&form.with("domain", "flooded.example").with("why", "fraud")).await?.words();
    ensure!(words.contains("Nothing goes there any more"), "{words}");
    ensure!(ada.send(&world, "a@flooded.example", "first").await?.starts_with("250"), "it is taken");
    ensure!(ada.send(&world, "a@open.example", "beside").await?.starts_with("250"), "it is taken");
    world.sink.wait_for(SOON, letter("beside")).await?;

    // The mailbox is locked, and then the destination is let go: the lock keeps it.
    let user = ada.user.clone();
    take(&mut rosalind, &ada, "lock", &[("address", &user), ("why", "stolen"), ("days", "")]).await?;
    let form = rosalind.browser.open("/console/destinations").await?.form_to("/console/destinations/lift")?;
    let words = rosalind.browser.submit(&form).await?.words();
    ensure!(words.contains("Mail goes there again") && words.contains("Lifted by rosalind"), "{words}");
    // Its sender hears of the delay as of any other.
    world.installation.advance(Duration::from_secs(4 * 3600 + 60)).await?;
    let mut imap = Imap::sign_in(&world.server("imaps"), &ada.user, &ada.password).await?;
    imap.command("SELECT INBOX").await?;
    imap.wait_for("SUBJECT \"delayed\"", SOON * 2).await.context("the notice of the delay")?;
    ensure!(!world.sink.taken().iter().any(letter("first")), "it waits");

    lift(&mut rosalind, &ada, 1).await?;
    world.sink.wait_for(SOON, letter("first")).await.context("what waited goes out")?;
    let first = world.sink.taken().iter().filter(|mail| letter("first")(mail)).count();
    ensure!(first == 1, "{first} times");
    world.installation.stop().await
}

async fn a_destination_that_refuses_one_customer_is_left_alone_for_that_one(setup: Setup) -> Result<()> {
    let mut world = start(setup).await?;
    let mut rosalind = Colleague::enrol(&world, "rosalind", &["abuse_desk", "support"]).await?;
    let mut ada = shop(&world, &mut rosalind, "refused-shop.example", "ada@people.example").await?;
    let bo = shop(&world, &mut rosalind, "welcome-shop.example", "bo@people.example").await?;
    for n in 0..5 {
        ada.send(&world, &format!("unwanted{n}@strict.example"), &format!("refused{n}")).await?;
    }
    let started = std::time::Instant::now();
    while !rosalind.browser.open(&ada.page()).await?.words().contains("One destination refuses mail") {
        ensure!(started.elapsed() < SOON, "it is not left alone");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    ada.send(&world, "friend@strict.example", "waits").await?;
    ada.send(&world, "friend@easy.example", "elsewhere").await?;
    bo.send(&world, "friend@strict.example", "other").await?;
    world.sink.wait_for(SOON, letter("elsewhere")).await.context("to another destination")?;
    world.sink.wait_for(SOON, letter("other")).await.context("of another customer")?;
    ensure!(!world.sink.taken().iter().any(letter("waits")), "it waits");
    let form = ada.owner.browser.open("/center/traces").await?.form("/center/traces")?;
    let words = ada.owner.browser.submit(&form.with("recipient", "friend@strict.example")).await?.words();
    ensure!(words.contains("Waits: nothing goes there for the time being"), "{words}");
    let words = rosalind.browser.open("/console/destinations").await?.words();
    ensure!(words.contains("strict.example") && words.contains("one customer"), "{words}");
    ensure!(!words.contains(&ada.customer), "for whom, the page does not say");
    let words = rosalind.browser.open(&ada.page()).await?.words();
    ensure!(!words.contains("strict.example"), "to whom they write, staff do not read here");

    world.installation.advance(Duration::from_secs(3600)).await?;
    world.sink.wait_for(SOON * 2, letter("waits")).await.context("the pause is over")?;
    world.installation.stop().await
}

async fn a_termination_needs_two_and_can_be_taken_back(setup: Setup) -> Result<()> {
    let mut world = start(setup).await?;
    let mut rosalind = Colleague::enrol(&world, "rosalind", &["abuse_desk", "support"]).await?;
    let mut ada = shop(&world, &mut rosalind, "ended-shop.example", "ada@people.example").await?;
    let mut grace = Colleague::enrol(&world, "grace", &["abuse_desk"]).await?;
    let said =
        take(&mut rosalind, &ada, "terminate", &[("why", "fraud"), ("word", "another.example")]).await?;
    ensure!(said.contains("This is not the domain of the customer"), "{said}");
    let said =
        take(&mut rosalind, &ada, "terminate", &[("why", "fraud"), ("word", "ended-shop.example")]).await?;
    ensure!(said.contains("It waits for another member of staff"), "{said}");
    ensure!(
        ada.send(&world, "friend@remote.example", "before").await?.starts_with("250"),
        "a wish is nothing"
    );
    let confirm = format!("{}/steps/1/confirm", ada.page());
    ensure!(rosalind.browser.open(&ada.page()).await?.form_to(&confirm).is_err(), "one's own wish");
    let page = grace.browser.open(&ada.page()).await?;
    let said = grace.browser.submit(&page.form_to(&confirm)?).await?.words();
    ensure!(said.contains("It is confirmed"), "{said}");
    let said = ada.send(&world, "friend@remote.example", "after").await?;
    ensure!(said.contains("550") && said.contains("locked"), "{said}");
    world.installation.advance(TELL_EVERY).await?;
    let subject = "We end our relationship with you";
    world
        .sink
        .wait_for(SOON * 3, told("ada@people.example", subject))
        .await
        .context("the customer is told")?;
    let words = ada.owner.browser.open("/center/hand-over").await?.words();
    ensure!(words.contains("The files are being made") || words.contains("Fetch"), "{words}");
    let words = ada.owner.browser.open("/center/services").await?.words();
    ensure!(words.contains("Cancelled") || words.contains("Ends"), "{words}");

    let said = lift(&mut grace, &ada, 1).await?;
    ensure!(said.contains("It is taken back"), "{said}");
    ensure!(ada.send(&world, "friend@remote.example", "again").await?.starts_with("250"), "taken up again");
    world.installation.advance(TELL_EVERY).await?;
    let subject = "You can send again as before";
    world.sink.wait_for(SOON * 3, told("ada@people.example", subject)).await.context("told of that")?;
    let words = ada.owner.browser.open("/center/services").await?.words();
    ensure!(!words.contains("Cancelled"), "{words}");
    world.installation.stop().await
}
