//! The tools of the desk on the real binary: tags on one ticket and on several, a queue narrowed down by them, and the view kept under
//! a name for the others of support; tickets that are merged, and a letter to the number of one of them.

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::mail::hand_in;
use mailkeep_integration_tests::pages::Page;

use crate::on_both_engines;

on_both_engines!(the_desk_tags_its_tickets_and_keeps_its_views);
on_both_engines!(the_desk_merges_tickets_and_undoes_it);
on_both_engines!(the_desk_links_tickets);
on_both_engines!(staff_follow_tickets_and_find_what_is_new);
on_both_engines!(staff_note_time_and_it_is_summed_up);
on_both_engines!(the_desk_splits_a_ticket_and_undoes_it);

/// The first number of a ticket that a page says.
fn number(page: &Page) -> Result<String> {
    let words = page.words();
    let at = words.find("T-").map(|at| words.get(at..at + 11).unwrap_or_default().to_owned());
    at.context("a number")
}

/// Asks a question in the Customer Center; gives its page in the console.
pub(crate) async fn ask(person: &mut Person, subject: &str, words: &str) -> Result<String> {
    let form = person.browser.open("/center/tickets/new").await?.form_to("/center/tickets")?;
    let form = form.with("subject", subject).with("words", words).with("priority", "normal");
    let page = person.browser.submit(&form).await?;
    ensure!(page.words().contains("has come to us"), "{} {}", page.status, page.words());
    let path = page.path.split('?').next().unwrap_or_default();
    Ok(path.replace("/center/", "/console/"))
}

async fn the_desk_tags_its_tickets_and_keeps_its_views(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("tool-shop.example", 1, "approve").await?;
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;
    let mut tove = Colleague::enrol(&world, "tove", &["support"]).await?;
    let first = ask(&mut ada, "The numbat zone is gone", "Since dawn.").await?;
    let second = ask(&mut ada, "The quokka bill is wrong", "It has two lines.").await?;

    // One ticket gets a tag, which is written small; what is none is refused; both get another in the queue.
    let page = tessa.browser.open(&first).await?;
    let tags = format!("{first}/tags");
    let form = page.form_to(&tags)?.with("tag", "ada@people.example");
    let page = tessa.browser.submit(&form).await?;
    ensure!(page.words().contains("A tag has letters, digits and hyphens"), "{}", page.words());
    let form = page.form_to(&tags)?.with("tag", "DNS Zone");
    let page = tessa.browser.submit(&form).await?;
    ensure!(page.words().contains("Tag dns-zone"), "it stands in the history: {}", page.words());
    let queue = tessa.browser.open("/console/tickets?view=all").await?;
    let act = |form: &&mailkeep_integration_tests::pages::Form| {
        form.method == "POST" && form.action == "/console/tickets"
    };
    let mut form = queue.forms().iter().find(act).context("acts")?.clone().with("act", "tag");
    form.fields.insert("tag".to_owned(), "shop".to_owned());
    form.fields.remove("ticket");
    let both: Vec<&str> = [&first, &second].iter().filter_map(|path| path.rsplit('/').next()).collect();
    let page = tessa.browser.submit_many(&form, "ticket", &both).await?;
    ensure!(page.words().contains("Done with 2 tickets"), "{}", page.words());

    // The queue is narrowed down, and kept for all.
    let narrowed = tessa.browser.open("/console/tickets?view=all&tag=dns-zone").await?;
    let links = narrowed.links();
    ensure!(links.contains(&first) && !links.contains(&second), "{links:?}");
    let form = narrowed.form("/views")?.with("name", "Gone zones").with("shared", "yes");
    let page = tessa.browser.submit(&form).await?;
    ensure!(page.words().contains("The view is kept"), "{}", page.words());
    let theirs = tove.browser.open("/console/tickets").await?;
    ensure!(theirs.words().contains("Gone zones"), "{}", theirs.words());
    let link = theirs.links().into_iter().find(|link| link.contains("tag=dns-zone")).context("the view")?;
    let page = tove.browser.open(&link.replace("&amp;", "&")).await?;
    ensure!(page.links().contains(&first) && !page.links().contains(&second), "{}", page.words());

    // The tag goes, and its ticket from the view; the view goes, too.
    let form = tove.browser.open(&first).await?.form("/tags/remove")?;
    let gone = form.fields.get("tag").cloned().unwrap_or_default();
    ensure!(gone == "dns-zone", "{gone}");
    tove.browser.submit(&form).await?;
    let page = tove.browser.open("/console/tickets?view=all&tag=dns-zone").await?;
    ensure!(!page.links().contains(&first), "{}", page.words());
    let form = page.form("/delete")?;
    let page = tove.browser.submit(&form).await?;
    ensure!(!page.words().contains("Gone zones"), "{}", page.words());
    let own = ada.browser.open(&first.replace("/console/", "/center/")).await?;
    ensure!(!own.text().contains("dns-zone") && !own.text().contains("shop</"), "a customer sees tags");
    world.installation.stop().await
}

async fn the_desk_merges_tickets_and_undoes_it(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    world.dns.txt("people.example", "v=spf1 ip4:127.0.0.1 -all");
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("merge-shop.example", 1, "approve").await?;
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;
    let first = ask(&mut ada, "The numbat zone is gone", "Since dawn.").await?;
    let second = ask(&mut ada, "Numbats again", "Still no numbat.").await?;
    let theirs = |path: &str| path.replace("/console/", "/center/");
    let (one, two) =
        (number(&tessa.browser.open(&first).await?)?, number(&tessa.browser.open(&second).await?)?);

    // A number of none is refused; the second goes into the first, which shows both to either side.
    let form = tessa.browser.open(&second).await?.form("/merge")?;
    let page = tessa.browser.submit(&form.clone().with("number", "T-0000-0000")).await?;
    ensure!(page.words().contains("There is no ticket with this number"), "{}", page.words());
    let page = tessa.browser.submit(&form.with("number", &one)).await?;
    ensure!(page.path.starts_with(&first) && page.words().contains("Still no numbat."), "{}", page.words());
    ensure!(page.words().contains(&format!("from {two}")), "{}", page.words());
    let own = ada.browser.open(&theirs(&second)).await?;
    ensure!(own.path == theirs(&first) && own.words().contains("Still no numbat."), "{}", own.words());

    // A letter to the number of the second is in the first.
    let letter = format!(
        "From: ada@people.example\r\nTo: support@mailkeep.example\r\nSubject: Re: [{two}]\r\nMessage-ID: <numbat@there.example>\r\n\r\nBy letter, too.\r\n"
    );
    let at = world.installation.address("mx");
    hand_in(at, "ada@people.example", "support@mailkeep.example", &letter).await?;
    let page = tessa.browser.open(&first).await?;
    ensure!(page.words().contains("By letter, too."), "{}", page.words());

    // Undone, the second stands by itself and the first without its words.
    let page = tessa.browser.submit(&page.form("/unmerge")?).await?;
    ensure!(page.path.starts_with(&second) && page.words().contains("Still no numbat."), "{}", page.words());
    let own = ada.browser.open(&theirs(&first)).await?;
    ensure!(own.words().contains("By letter, too.") && !own.words().contains("Still no"), "{}", own.words());
    let own = ada.browser.open(&theirs(&second)).await?;
    ensure!(own.path == theirs(&second) && own.words().contains("Still no numbat."), "{}", own.words());
    world.installation.stop().await
}

async fn the_desk_splits_a_ticket_and_undoes_it(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    world.dns.txt("people.example", "v=spf1 ip4:127.0.0.1 -all");
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("split-shop.example", 1, "approve").await?;
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;
    let first = ask(&mut ada, "The numbat zone is gone", "Since dawn.").await?;
    let theirs = |path: &str| path.replace("/console/", "/center/");
    let one = number(&tessa.browser.open(&first).await?)?;
    let letter = |head: &str, id: &str, words: &str| {
        format!(
            "From: ada@people.example\r\nTo: support@mailkeep.example\r\n{head}\r\nMessage-ID: <{id}@there.example>\r\n\r\n{words}\r\n"
        )
    };
    let at = world.installation.address("mx");
    let bill = letter(&format!("Subject: Re: [{one}]"), "quokka", "The quokka bill has two lines.");
    hand_in(at, "ada@people.example", "support@mailkeep.example", &bill).await?;

    // Nothing chosen is refused with the subject kept; the letter goes into a ticket of its own.
    let split = format!("{first}/split");
    let page = tessa.browser.open(&split).await?;
    let form = page.form_to(&split)?.with("subject", "The quokka bill");
    let page = tessa.browser.submit(&form).await?;
    ensure!(page.words().contains("Choose what goes into the new ticket"), "{}", page.words());
    let form = page.form_to(&split)?;
    ensure!(form.fields.get("subject").map(String::as_str) == Some("The quokka bill"), "{form:?}");
    let text = page.text();
    let entries: Vec<&str> =
        text.split("name=\"entry\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    ensure!(entries.len() == 2, "{text}");
    let page = tessa.browser.submit_many(&form, "entry", &entries[1..]).await?;
    let second = page.path.split('?').next().unwrap_or_default().to_owned();
    ensure!(second != first && page.words().contains("The quokka bill has two lines."), "{}", page.words());
    ensure!(page.words().contains(&format!("from {one}")), "{}", page.words());
    let own = ada.browser.open(&theirs(&first)).await?;
    ensure!(own.words().contains("Since dawn.") && !own.words().contains("two lines"), "{}", own.words());
    ensure!(own.links().contains(&theirs(&second)), "it leads to the new one: {:?}", own.links());
    let own = ada.browser.open(&theirs(&second)).await?;
    ensure!(own.words().contains("two lines") && !own.words().contains("Since dawn."), "{}", own.words());

    // Her answer to the letter that was moved is in the new ticket, though it bears the number of the first.
    let more = letter(
        &format!("Subject: Re: [{one}]\r\nIn-Reply-To: <quokka@there.example>"),
        "more",
        "One line is enough.",
    );
    hand_in(at, "ada@people.example", "support@mailkeep.example", &more).await?;
    let page = tessa.browser.open(&second).await?;
    ensure!(page.words().contains("One line is enough."), "{}", page.words());

    // Undone, all of it is in the first, to either side, and the number of the second leads there.
    let page = tessa.browser.submit(&page.form("/unsplit")?).await?;
    ensure!(page.path.starts_with(&first), "{}", page.path);
    for words in ["Since dawn.", "two lines", "One line is enough."] {
        ensure!(page.words().contains(words), "{words}: {}", page.words());
    }
    let own = ada.browser.open(&theirs(&second)).await?;
    ensure!(own.path == theirs(&first) && own.words().contains("One line is enough."), "{}", own.words());
    world.installation.stop().await
}

async fn the_desk_links_tickets(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("link-shop.example", 1, "approve").await?;
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;
    let whole = ask(&mut ada, "The numbat zone is gone", "Since dawn.").await?;
    let part = ask(&mut ada, "Numbats again", "Still no numbat.").await?;
    let (one, two) =
        (number(&tessa.browser.open(&whole).await?)?, number(&tessa.browser.open(&part).await?)?);

    let page = tessa.browser.open(&part).await?;
    let form = page.form_to(&format!("{part}/links"))?.with("kind", "part_of").with("number", &one);
    let page = tessa.browser.submit(&form).await?;
    ensure!(
        page.links().contains(&whole) && page.words().contains(&format!("Part of {one}")),
        "{}",
        page.words()
    );
    let page = tessa.browser.open(&whole).await?;
    ensure!(
        page.links().contains(&part) && page.words().contains("One of its parts is still open."),
        "{}",
        page.words()
    );
    let form = page.form_to(&format!("{whole}/links"))?.with("kind", "part_of").with("number", &two);
    let page = tessa.browser.submit(&form).await?;
    ensure!(page.words().contains("is itself a part of this one"), "{}", page.words());

    // In the queue it is left open with its part; the customer sees nothing of it; taken away it is closed.
    let close = async |tessa: &mut Colleague| {
        let queue = tessa.browser.open("/console/tickets?view=all").await?;
        let act = |form: &&mailkeep_integration_tests::pages::Form| {
            form.method == "POST" && form.action == "/console/tickets"
        };
        let mut form = queue.forms().iter().find(act).context("acts")?.clone().with("act", "close");
        form.fields.remove("ticket");
        tessa.browser.submit_many(&form, "ticket", &[whole.rsplit('/').next().unwrap_or_default()]).await
    };
    let page = close(&mut tessa).await?;
    ensure!(page.words().contains("Done with 0"), "{}", page.words());
    let own = ada.browser.open(&whole.replace("/console/", "/center/")).await?;
    ensure!(!own.words().contains(&two), "{}", own.words());
    let page = tessa.browser.open(&whole).await?;
    let page = tessa.browser.submit(&page.form_to(&format!("{whole}/links/remove"))?).await?;
    ensure!(page.words().contains(&format!("{two} is no longer part of it")), "{}", page.words());
    let page = close(&mut tessa).await?;
    ensure!(page.words().contains("Done with one ticket"), "{}", page.words());
    world.installation.stop().await
}

async fn staff_follow_tickets_and_find_what_is_new(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("follow-shop.example", 1, "approve").await?;
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;
    let mut tove = Colleague::enrol(&world, "tove", &["support"]).await?;
    let ticket = ask(&mut ada, "The numbat zone is gone", "Since dawn.").await?;
    let reply = format!("{ticket}/reply");

    // Named in a note, Tove finds it on her overview and in her queue, as new until she looks.
    let form = tessa.browser.open(&ticket).await?.form_to(&reply)?;
    let note = form.with("words", "@tove knows numbats, @nobody does not.").with("how", "note");
    let page = tessa.browser.submit(&note).await?;
    ensure!(page.words().contains("tove follows"), "{}", page.words());
    let page = tove.browser.open("/console").await?;
    ensure!(page.words().contains("Something is new in one of them."), "{}", page.words());
    let queue = "/console/tickets?view=followed";
    let page = tove.browser.open(queue).await?;
    ensure!(page.links().contains(&ticket) && page.text().contains(">Unread<"), "{}", page.words());
    tove.browser.open(&ticket).await?;
    let page = tove.browser.open(queue).await?;
    ensure!(page.links().contains(&ticket) && !page.text().contains(">Unread<"), "{}", page.words());

    // The customer's word is new to her, and an answer of a colleague is not; then she wants to know no more.
    let own = ticket.replace("/console/", "/center/");
    let form = ada.browser.open(&own).await?.form_to(&format!("{own}/reply"))?;
    ada.browser.submit(&form.with("words", "It is back!")).await?;
    ensure!(tove.browser.open(queue).await?.text().contains(">Unread<"), "the customer wrote");
    let page = tove.browser.open(&ticket).await?;
    let form = tessa.browser.open(&ticket).await?.form_to(&reply)?;
    tessa.browser.submit(&form.with("words", "Good.").with("how", "answer")).await?;
    ensure!(!tove.browser.open(queue).await?.text().contains(">Unread<"), "a colleague answered");
    let page = tove.browser.submit(&page.form("/unfollow")?).await?;
    ensure!(page.words().contains("You follow this ticket no more."), "{}", page.words());
    ensure!(!tove.browser.open(queue).await?.links().contains(&ticket), "she follows it no more");
    let form = tove.browser.open(&ticket).await?.form("/follow")?;
    let page = tove.browser.submit(&form).await?;
    ensure!(page.words().contains("You follow this ticket."), "{}", page.words());
    world.installation.stop().await
}

async fn staff_note_time_and_it_is_summed_up(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("time-shop.example", 1, "approve").await?;
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;
    let mut ben = Colleague::enrol(&world, "ben", &["billing"]).await?;
    let ticket = ask(&mut ada, "The numbat zone is gone", "Since dawn.").await?;
    let times = format!("{ticket}/times");

    // What is no time is refused; what was wrong is taken back, and both stay.
    let page = tessa.browser.open(&ticket).await?;
    let one = number(&page)?;
    let page = tessa.browser.submit(&page.form_to(&times)?.with("minutes", "1441")).await?;
    ensure!(page.words().contains("Write minutes from 1 to 1440"), "{}", page.words());
    for (minutes, note) in [("300", ""), ("30", "Read the numbats")] {
        let form = tessa.browser.open(&ticket).await?.form_to(&times)?;
        tessa.browser.submit(&form.with("minutes", minutes).with("note", note)).await?;
    }
    let page = tessa.browser.open(&ticket).await?;
    ensure!(
        page.words().contains("Read the numbats") && page.words().contains("330 min"),
        "{}",
        page.words()
    );
    let page = tessa.browser.submit(&page.form_to(&format!("{times}/back"))?).await?;
    ensure!(page.words().contains("-300 min") || page.words().contains("−300 min"), "{}", page.words());
    let own = ada.browser.open(&ticket.replace("/console/", "/center/")).await?;
    ensure!(!own.text().contains("numbats"), "the customer reads notes of time");

    // The report and its file, for whoever reads reports.
    let page = ben.browser.open("/console/ticket-times").await?;
    ensure!(page.words().contains(&one) && page.words().contains("30 min"), "{}", page.words());
    let file = ben.browser.open("/console/ticket-times/csv").await?;
    ensure!(file.text().starts_with("customer,ticket,minutes\r\n"), "{}", file.text());
    ensure!(file.text().contains(&format!(",{one},30\r\n")), "{}", file.text());
    let refused = tessa.browser.open("/console/ticket-times").await;
    ensure!(refused.is_err_and(|error| error.to_string().contains("403")), "support reads reports");
    world.installation.stop().await
}
