//! P22: a ticket from the question to the rating on the real binary, and experiments 1 to 3 with a ticket as the fact: without one
//! an agent is refused, with it they look until it is closed, and none of another customer's lets them.

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::pages::{Form, Page};
use mailkeep_integration_tests::stolen::Stolen;
use mailkeep_policy::ledger::Decision;
use serde_json::json;

use crate::experiments::force;
use crate::http_api::{Program, text, token};
use crate::on_both_engines;

const SUBJECT: &str = "Letters to the aardvark farm bounce";
const WORDS: &str = "Since dawn it says <b>550</b>.";
/// What the customer's card shows when it is open.
const EMAIL: &str = "ada@people.example";

on_both_engines!(a_ticket_is_asked_answered_and_rated);

/// Asks a question in the Customer Center; gives the path of its page.
async fn ask(person: &mut Person, subject: &str) -> Result<String> {
    let form = person.browser.open("/center/tickets/new").await?.form_to("/center/tickets")?;
    let form = form.with("subject", subject).with("words", WORDS).with("priority", "high");
    let page = person.browser.submit(&form).await?;
    ensure!(page.words().contains("has come to us"), "{} {}", page.status, page.words());
    Ok(page.path.split('?').next().unwrap_or_default().to_owned())
}

async fn reply(colleague: &mut Colleague, page: &Page, how: &str, words: &str) -> Result<Page> {
    let form = page.form("/reply")?.with("words", words).with("how", how);
    colleague.browser.submit(&form).await
}

/// Opens the card of a customer under a fact, whether or not the console offers it.
async fn card(colleague: &mut Colleague, customer: &str, fact: &str) -> Result<Page> {
    let action = format!("/console/customers/{customer}/open");
    force(&mut colleague.browser, "/console", &action, &[("fact", fact)]).await
}

async fn a_ticket_is_asked_answered_and_rated(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", EMAIL).await?;
    ada.order("ask-shop.example", 1, "approve").await?;
    let mut eve = Person::register(&world, "Eve Stranger", "eve@people.example").await?;
    eve.order("eve-shop.example", 1, "approve").await?;
    let books = Stolen::of(&world.installation).await?;
    let subject = books.customer(&ada.registration_id().await?).await?;
    let customer = subject.uuid().to_string();
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;
    let mut wilma = Colleague::enrol(&world, "wilma", &["writer"]).await?;

    // Experiment 1: nobody asked anything yet.
    let page = card(&mut tessa, &customer, "").await?;
    ensure!(page.status.is_client_error() && !page.text().contains(EMAIL), "{}", page.words());
    let newest = books.entries(&world.installation, subject).await?;
    let newest = newest.into_iter().rfind(|entry| entry.role == "support").context("it is on record")?;
    ensure!(newest.decision == Decision::Refused && newest.fact == "open_ticket", "{newest:?}");

    // The knowledgebase is asked first, and nothing typed is lost by it.
    let form = ada.browser.open("/center/tickets/new").await?.form_to("/center/tickets")?;
    let form = form.with("subject", "set up thunderbird").with("words", "How?").with("look", "yes");
    let page = ada.browser.submit(&form).await?;
    ensure!(page.links().iter().any(|link| link == "/help/set-up-thunderbird"), "{}", page.words());
    ensure!(page.form_to("/center/tickets")?.fields["words"] == "How?", "the words are kept");

    let mine = ask(&mut ada, SUBJECT).await?;
    let hers = ask(&mut eve, "Another thing").await?;
    let id = mine.rsplit('/').next().context("an identifier")?.to_owned();
    let other = hers.rsplit('/').next().context("an identifier")?.to_owned();
    ensure!(eve.browser.get(&mine).await?.status == 404, "another customer reads it");
    let list = ada.browser.open("/center/tickets?q=AARDVARK").await?;
    ensure!(list.words().contains(SUBJECT) && !list.words().contains("Another thing"), "{}", list.words());

    // Who has not the permission sees nothing; a queue shows no words; the ticket does, as text.
    for path in ["/console/tickets".to_owned(), format!("/console/tickets/{id}")] {
        ensure!(wilma.browser.get(&path).await?.status == 403, "a writer reads {path}");
    }
    let at = format!("/console/tickets/{id}");
    let queue = tessa.browser.open("/console/tickets?view=unassigned").await?;
    ensure!(queue.links().iter().any(|link| link == &at), "{}", queue.words());
    ensure!(!queue.text().contains("aardvark"), "the queue shows words: {}", queue.words());
    let page = tessa.browser.open(&at).await?;
    ensure!(page.words().contains(SUBJECT) && page.text().contains("&lt;b&gt;550"), "{}", page.text());

    // Experiment 2: under the ticket the card opens; experiment 3: under somebody else's it does not.
    let page = card(&mut tessa, &customer, &format!("open_ticket:{other}")).await?;
    ensure!(page.status.is_client_error() && !page.text().contains(EMAIL), "{}", page.words());
    let page = card(&mut tessa, &customer, &format!("open_ticket:{id}")).await?;
    ensure!(page.text().contains(EMAIL), "{} {}", page.status, page.words());

    // Work: taken from the queue, noted, answered. Whoever has an old page loses no word.
    let act = |form: &Form| form.method == "POST" && form.action == "/console/tickets";
    let mut form = queue.forms().into_iter().find(act).context("acts")?.with("act", "take");
    form.fields.remove("ticket");
    let page = tessa.browser.submit_many(&form, "ticket", &[&id]).await?;
    ensure!(page.words().contains("Done with one ticket"), "{}", page.words());
    let old = tessa.browser.open(&at).await?;
    let page = reply(&mut tessa, &old, "note", "Looks like the numbat zone.").await?;
    ensure!(page.words().contains("numbat"), "{}", page.words());
    let page = reply(&mut tessa, &old, "ask", "Please mend your SPF record.").await?;
    ensure!(
        page.status == 422 && page.words().contains("Something happened to this ticket"),
        "{}",
        page.words()
    );
    ensure!(page.form("/reply")?.fields["words"] == "Please mend your SPF record.", "the words are kept");
    let page = reply(&mut tessa, &page, "ask", "Please mend your SPF record.").await?;
    ensure!(page.words().contains("Waits for the customer"), "{}", page.words());

    let page = ada.browser.open(&mine).await?;
    ensure!(
        page.words().contains("Waits for you") && page.words().contains("mend your SPF"),
        "{}",
        page.words()
    );
    ensure!(!page.text().contains("numbat"), "the customer reads notes");
    let form = page.form("/reply")?.with("words", "Done, thank you.");
    let page = ada.browser.submit(&form).await?;
    ensure!(page.words().contains("We have your answer"), "{}", page.words());
    let uses = ada.browser.open("/center/privacy/uses").await?.words();
    ensure!(uses.contains("mend a fault"), "the look is on record: {uses}");

    let page = tessa.browser.open(&at).await?;
    let page = reply(&mut tessa, &page, "solve", "Gladly.").await?;
    ensure!(page.words().contains("Solved"), "{}", page.words());
    let form = ada.browser.open(&mine).await?.form("/rate")?.with("rating", "5");
    let page = ada.browser.submit(&form).await?;
    ensure!(page.words().contains("You rated our help: Very good"), "{}", page.words());

    // Closed, it lets nobody look.
    let form = tessa.browser.open(&at).await?.form("/close")?;
    let page = tessa.browser.submit(&form).await?;
    ensure!(
        page.words().contains("The words are sealed") && !page.text().contains("aardvark"),
        "{}",
        page.words()
    );
    let page = card(&mut tessa, &customer, &format!("open_ticket:{id}")).await?;
    ensure!(page.status.is_client_error() && !page.text().contains(EMAIL), "{}", page.words());
    let form = ada.browser.open(&mine).await?.form("/reopen")?;
    let page = ada.browser.submit(&form).await?;
    ensure!(page.words().contains("It is open again"), "{}", page.words());
    let page = tessa.browser.open(&at).await?;
    ensure!(page.words().contains(SUBJECT), "{}", page.words());

    programs(&world, &mut ada, &other).await?;
    world.installation.stop().await
}

/// The same over the API.
async fn programs(world: &World, ada: &mut Person, foreign: &str) -> Result<()> {
    let program = Program { world, token: token(ada, "tickets:write").await? };
    let body = json!({ "subject": "By a program", "words": "It counts.", "priority": "low" });
    let made = program.expect(201, "POST", "/api/v1/tickets", Some(body)).await?;
    let at = format!("/api/v1/tickets/{}", text(&made, "id")?);
    ensure!(text(&made, "state")? == "new" && made["entries"][0]["words"] == "It counts.", "{made}");
    let written = json!({ "words": "And again." });
    let ticket = program.expect(200, "POST", &format!("{at}/entries"), Some(written)).await?;
    ensure!(
        ticket["entries"][1]["words"] == "And again." && ticket["entries"][1]["by"] == "customer",
        "{ticket}"
    );
    let list = program.expect(200, "GET", "/api/v1/tickets", None).await?;
    let subjects: Vec<_> =
        list["items"].as_array().context("items")?.iter().map(|one| &one["subject"]).collect();
    ensure!(subjects == [SUBJECT, "By a program"], "{list}");
    ensure!(!list.to_string().contains("numbat"), "a program reads notes");
    program.expect(404, "GET", &format!("/api/v1/tickets/{foreign}"), None).await?;
    let wrong = json!({ "subject": "x", "words": "y", "priority": "huge" });
    program.expect(422, "POST", "/api/v1/tickets", Some(wrong)).await?;
    Ok(())
}
