//! What people do, in a real browser: axe finds nothing in both themes and at both widths, the console stays silent,
//! and every journey can be walked with the keyboard alone.

mod guard;

use std::io::Write as _;

use anyhow::{Context, Result};
use mailkeep_integration_tests::browser::walk;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use mailkeep_integration_tests::mail::{Imap, submit};
use serde_json::{Value, json};

const DOMAIN: &str = "sample-shop.example";

fn with_mouse() -> Value {
    json!({ "hands": "mouse", "width": 1280, "theme": "light", "look": true })
}

fn with_keyboard() -> Value {
    json!({ "hands": "keyboard", "width": 390, "theme": "dark" })
}

async fn world() -> Result<World> {
    World::start(Setup { development: true, ..Setup::default() }, None).await
}

async fn finish(mut world: World) -> Result<()> {
    world.installation.stop().await
}

/// Makes a test of an `async fn() -> anyhow::Result<()>`. A browser on a busy machine now and then misses what a person would
/// wait for: what failed is told, and walked once more in a new installation.
macro_rules! journeys {
    ($($name:ident: $walk:expr;)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            let Err(first) = $walk.await else { return };
            // Past the harness, which shows of a test that passes nothing that it printed.
            let _ = writeln!(std::io::stderr(), "{} walked once more, after this: {first:?}", stringify!($name));
            if let Err(error) = $walk.await {
                panic!("{error:?}");
            }
        }
    )*};
}

journeys! {
    a_visitor_gets_a_first_mail: visitor(with_mouse());
    a_visitor_gets_a_first_mail_by_keyboard_on_a_phone: visitor(with_keyboard());
    a_visitor_gets_a_first_mail_without_javascript: visitor(json!({
        "hands": "mouse", "width": 1280, "theme": "light", "javascript": false
    }));
    staff_review_orders: staff(with_mouse());
    staff_review_orders_by_keyboard_on_a_phone: staff(with_keyboard());
    staff_open_only_what_a_fact_justifies: staff_privacy(with_mouse());
    staff_open_only_what_a_fact_justifies_by_keyboard_on_a_phone: staff_privacy(with_keyboard());
    an_agent_works_a_queue_of_twenty_by_keyboard: triage(json!({
        "hands": "keyboard", "width": 1280, "theme": "light", "look": true
    }));
    mail_is_read_and_written: webmail(with_mouse());
    mail_is_read_and_written_by_keyboard: webmail(json!({
        "hands": "keyboard", "width": 1280, "theme": "dark"
    }));
    a_person_decides_about_their_data: privacy(with_mouse());
    a_person_decides_about_their_data_by_keyboard: privacy(json!({
        "hands": "keyboard", "width": 1280, "theme": "dark"
    }));
    a_letter_to_the_privacy_desk_ends_with_a_certificate: privacy_case(with_mouse());
    a_letter_to_the_privacy_desk_ends_with_a_certificate_by_keyboard_on_a_phone: privacy_case(with_keyboard());
    people_choose_what_they_hear_of: choices(with_mouse());
    people_choose_what_they_hear_of_by_keyboard_on_a_phone: choices(with_keyboard());
    a_held_order_is_let_on_and_a_refusal_appealed: screening(with_mouse());
    a_held_order_is_let_on_and_a_refusal_appealed_by_keyboard_on_a_phone: screening(with_keyboard());
    a_customer_changes_and_leaves_and_comes_back: billing(with_mouse());
    a_customer_changes_and_leaves_and_comes_back_by_keyboard_on_a_phone: billing(with_keyboard());
    a_declined_card_is_replaced: cards(with_mouse());
    a_declined_card_is_replaced_by_keyboard_on_a_phone: cards(with_keyboard());
    staff_give_money_back_and_the_customer_sees_it: refund(with_mouse());
    staff_give_money_back_and_the_customer_sees_it_by_keyboard_on_a_phone: refund(with_keyboard());
    staff_answer_a_dispute: dispute(with_mouse());
    staff_answer_a_dispute_by_keyboard_on_a_phone: dispute(with_keyboard());
    staff_look_at_the_month_before_it_is_closed: month(with_mouse());
    staff_edit_the_catalogue: catalogue(with_mouse());
    staff_edit_the_catalogue_by_keyboard_on_a_phone: catalogue(with_keyboard());
    a_domain_administrator_traces_a_message: trace(with_mouse());
    a_domain_administrator_traces_a_message_by_keyboard_on_a_phone: trace(with_keyboard());
    an_owner_says_that_what_is_held_is_theirs: guard::held_owner(with_mouse());
    an_owner_says_that_what_is_held_is_theirs_by_keyboard_on_a_phone: guard::held_owner(with_keyboard());
    an_owner_gets_a_stolen_mailbox_back: guard::stolen(with_mouse());
    an_owner_gets_a_stolen_mailbox_back_by_keyboard_on_a_phone: guard::stolen(with_keyboard());
    the_abuse_desk_clears_clusters: guard::abuse_desk(with_mouse());
    the_abuse_desk_clears_clusters_by_keyboard_on_a_phone: guard::abuse_desk(with_keyboard());
    somebody_elsewhere_joins_a_list_and_leaves: lists(with_mouse());
    somebody_elsewhere_joins_a_list_and_leaves_by_keyboard_on_a_phone: lists(with_keyboard());
    readers_answer_a_survey_without_their_names: survey(with_mouse());
    readers_answer_a_survey_without_their_names_by_keyboard_on_a_phone: survey(with_keyboard());
    a_contest_is_drawn_and_verified: contest(with_mouse());
    a_contest_is_drawn_and_verified_by_keyboard_on_a_phone: contest(with_keyboard());
    a_writer_offers_and_a_reader_orders: offer(with_mouse());
    a_writer_offers_and_a_reader_orders_by_keyboard_on_a_phone: offer(with_keyboard());
    hostile_words_stay_words: hostile_words(with_mouse());
    every_page_and_component_is_sound: gallery();
}

async fn visitor(options: Value) -> Result<()> {
    let world = world().await?;
    walk(&world, "visitor", options).await?;
    finish(world).await
}

async fn staff(options: Value) -> Result<()> {
    let world = world().await?;
    for (name, email, domain) in [
        ("Otto Example", "info@remote.example", "second-shop.example"),
        ("Mallory Example", "mallory@remote.example", "third-shop.example"),
    ] {
        let mut person = Person::register(&world, name, email).await?;
        person.order(domain, 1, "wrong_code").await?;
    }
    walk(&world, "staff", options).await?;
    finish(world).await
}

async fn screening(options: Value) -> Result<()> {
    let world = world().await?;
    let mut vera = Person::register(&world, "Vera Example", "vera@remote.example").await?;
    vera.order(DOMAIN, 1, "wrong_postal_code").await?;
    let mut otto = Person::register(&world, "Otto Example", "otto@remote.example").await?;
    otto.order("second-shop.example", 1, "wrong_code").await?;
    let mut rosalind = Colleague::enrol(&world, "rosalind", &["fraud_reviewer"]).await?;
    let order = rosalind.wait_for_order().await?;
    let form = rosalind.browser.open(&order).await?.form("/refuse")?.with("reason", "A wrong code.");
    rosalind.browser.submit(&form).await?;
    walk(&world, "screening", options).await?;
    finish(world).await
}

async fn staff_privacy(options: Value) -> Result<()> {
    let world = world().await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 2, "approve").await?;
    let mut otto = Person::register(&world, "Otto Example", "info@remote.example").await?;
    otto.order("second-shop.example", 1, "wrong_code").await?;
    walk(&world, "staff_privacy", options).await?;
    finish(world).await
}

async fn triage(options: Value) -> Result<()> {
    let world = world().await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 1, "approve").await?;
    for number in 1..=20 {
        let form = ada.browser.open("/center/tickets/new").await?.form_to("/center/tickets")?;
        let form = form.with("subject", &format!("Question {number}")).with("words", "How is it done?");
        let page = ada.browser.submit(&form).await?;
        anyhow::ensure!(page.words().contains("has come to us"), "{} {}", page.status, page.words());
    }
    walk(&world, "triage", options).await?;
    finish(world).await
}

async fn webmail(mut options: Value) -> Result<()> {
    let world = world().await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 2, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    options["password"] = json!(ada.make_mailbox("ada", DOMAIN).await?);
    options["address"] = json!(format!("ada@{DOMAIN}"));
    walk(&world, "webmail", options).await?;
    finish(world).await
}

async fn choices(options: Value) -> Result<()> {
    let world = world().await?;
    Person::register(&world, "Ada Example", "ada@people.example").await?;
    walk(&world, "choices", options).await?;
    finish(world).await
}

async fn survey(mut options: Value) -> Result<()> {
    let world = world().await?;
    let people: Vec<String> = (1..=5).map(|number| format!("reader{number}@people.example")).collect();
    for email in &people {
        Person::register(&world, "Ada Example", email).await?;
    }
    options["people"] = json!(people);
    walk(&world, "survey", options).await?;
    finish(world).await
}

async fn contest(options: Value) -> Result<()> {
    let world = world().await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 1, "approve").await?;
    walk(&world, "contest", options).await?;
    finish(world).await
}

async fn offer(options: Value) -> Result<()> {
    let world = world().await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    mailkeep_integration_tests::choosing::choose(&mut ada, &["special_offers:email"]).await?;
    walk(&world, "offer", options).await?;
    finish(world).await
}

async fn catalogue(options: Value) -> Result<()> {
    let world = world().await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order_billed(DOMAIN, 2, "approve", &[("plan", "business"), ("term", "monthly")]).await?;
    walk(&world, "catalogue", options).await?;
    finish(world).await
}

async fn privacy(options: Value) -> Result<()> {
    let world = world().await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 1, "approve").await?;
    let form = ada.browser.open("/center/privacy/objections").await?.form("/objections")?;
    let form = form.with("purpose", "protect").with("reason", "I have been here for years.");
    ada.browser.submit(&form).await?;
    let mut officer = Colleague::enrol(&world, "dorothea", &["privacy_officer"]).await?;
    let queue = officer.browser.open("/console/requests").await?;
    let request = queue.links().into_iter().find(|link| link.starts_with("/console/requests/"));
    let page = officer.browser.open(&request.context("an objection waits")?).await?;
    officer.browser.submit(&page.form("/open")?).await?;
    walk(&world, "privacy", options).await?;
    finish(world).await
}

async fn privacy_case(options: Value) -> Result<()> {
    let world = world().await?;
    world.dns.txt("people.example", "v=spf1 ip4:127.0.0.1 -all");
    Person::register(&world, "Ada Example", "ada@people.example").await?;
    walk(&world, "privacy_case", options).await?;
    finish(world).await
}

async fn billing(options: Value) -> Result<()> {
    let world = world().await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order_billed(DOMAIN, 5, "approve", &[("plan", "business"), ("term", "monthly")]).await?;
    walk(&world, "billing", options).await?;
    finish(world).await
}

/// A journey about what a customer paid with a card that does as `outcome` says.
async fn paid(journey: &str, outcome: &str, options: Value) -> Result<()> {
    let world = world().await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order_billed(DOMAIN, 5, outcome, &[("plan", "business"), ("term", "monthly")]).await?;
    walk(&world, journey, options).await?;
    finish(world).await
}

async fn cards(options: Value) -> Result<()> {
    paid("cards", "renewal_declined_hard", options).await
}

async fn refund(options: Value) -> Result<()> {
    paid("refund", "approve", options).await
}

async fn dispute(options: Value) -> Result<()> {
    paid("dispute", "disputed", options).await
}

async fn month(options: Value) -> Result<()> {
    let world = world().await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 2, "approve").await?;
    walk(&world, "month", options).await?;
    finish(world).await
}

async fn trace(options: Value) -> Result<()> {
    let world = world().await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 1, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    let (address, password) = (format!("ada@{DOMAIN}"), ada.make_mailbox("ada", DOMAIN).await?);
    let text = format!("From: {address}\r\nSubject: A letter\r\n\r\nHello.\r\n");
    let to = ["bo@remote.example", "gone@remote.example"];
    submit(&world.server("submissions"), &address, &password, &to, &text).await?;
    let mut client = Imap::sign_in(&world.server("imaps"), &address, &password).await?;
    client.command("SELECT INBOX").await?;
    client.wait_for("SUBJECT \"could not be delivered\"", SOON).await?;
    walk(&world, "trace", options).await?;
    finish(world).await
}

async fn lists(options: Value) -> Result<()> {
    let world = world().await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 1, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    ada.make_mailbox("ada", DOMAIN).await?;
    walk(&world, "lists", options).await?;
    finish(world).await
}

async fn hostile_words(options: Value) -> Result<()> {
    let world = world().await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 1, "approve").await?;
    walk(&world, "hostile_words", options).await?;
    finish(world).await
}

async fn gallery() -> Result<()> {
    let world = world().await?;
    walk(&world, "gallery", with_mouse()).await?;
    finish(world).await
}
