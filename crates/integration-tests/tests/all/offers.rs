//! Offers over the real program: bound to a coupon, sent to those who chose offers and to nobody else, followed into the order, shown on
//! the page of offers, and stopped when the coupon ends. And the announcement of a contest.

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::choosing::{announced, choose, field};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::pages::{Form, Page};
use mailkeep_types::{Clock, SystemClock};

use crate::on_both_engines;

on_both_engines!(an_offer_is_what_its_coupon_gives_and_ends_with_it);
on_both_engines!(a_contest_is_announced_with_its_link);
on_both_engines!(a_design_is_sent_with_what_the_house_always_says);

const TITLE: &str = "Three months for less";
const COUPONS: &str = "/console/catalogue/coupons";
const DESK: &str = "/console/announcements";

async fn make_coupon(barnaby: &mut Colleague, code: &str, uses: &str) -> Result<()> {
    let form = barnaby.browser.open(COUPONS).await?.form_to(COUPONS)?;
    let form = form.with("coupon", code).with("percent", "25").with("periods", "3");
    let form = form.with("most_uses", uses).with("plans", "business");
    let page = barnaby.browser.submit(&form).await?;
    ensure!(page.words().contains("The coupon can be used"), "{} {}", page.status, page.words());
    Ok(())
}

/// Takes the only coupon back.
async fn withdraw(barnaby: &mut Colleague) -> Result<()> {
    let form = barnaby.browser.open(COUPONS).await?.form("/withdraw")?;
    let page = barnaby.browser.submit(&form).await?;
    ensure!(page.words().contains("cannot be used any more"), "{}", page.words());
    Ok(())
}

/// The composer with a text, and the number of the coupon with a code.
async fn composed(wilma: &mut Colleague, code: &str) -> Result<(Form, String)> {
    let page = wilma.browser.open(&format!("{DESK}/new?topic=special_offers")).await?;
    let html = page.text();
    let option = html.split("<option ").find(|option| option.contains(code));
    let id = option.and_then(|option| option.split("value=\"").nth(1)?.split('"').next());
    let id = id.with_context(|| format!("{code} among the coupons: {}", page.words()))?.to_owned();
    let form = page.form(DESK)?.with("language", "en").with("title", TITLE);
    ensure!(form.fields.get("topic").is_some_and(|topic| topic == "special_offers"), "{form:?}");
    Ok((form.with("body", "Come in **spring**.").with("listed", "yes"), id))
}

async fn until(wilma: &mut Colleague, path: &str, words: &str) -> Result<Page> {
    for _ in 0..300 {
        let page = wilma.browser.open(path).await?;
        if page.words().contains(words) {
            return Ok(page);
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    anyhow::bail!("“{words}” did not come: {}", wilma.browser.open(path).await?.words())
}

/// A time so many minutes from now, as it is typed by the clocks of the house.
fn typed(minutes: i64) -> Result<String> {
    let at = SystemClock.now().to_jiff() + jiff::SignedDuration::from_mins(minutes);
    let zone = jiff::tz::TimeZone::get("America/New_York")?;
    Ok(at.to_zoned(zone).strftime("%Y-%m-%dT%H:%M").to_string())
}

fn path_of(page: &Page) -> String {
    page.path.split('?').next().unwrap_or_default().to_owned()
}

async fn an_offer_is_what_its_coupon_gives_and_ends_with_it(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    choose(&mut ada, &["special_offers:email"]).await?;
    let mut ben = Person::register(&world, "Ben Example", "ben@people.example").await?;
    choose(&mut ben, &["newsletter:email", "events_and_contests:email"]).await?;
    let mut barnaby = Colleague::enrol(&world, "barnaby", &["billing"]).await?;
    let mut wilma = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let mut visitor = world.visitor()?;
    let page = visitor.open("/offers").await?;
    ensure!(page.words().contains("There is no offer at the moment"), "{}", page.words());
    ensure!(page.links().iter().any(|link| link == "/contests"), "the footer leads to contests");
    make_coupon(&mut barnaby, "SPRING-26", "7").await?;

    // To those who chose something else it cannot go.
    let (form, coupon) = composed(&mut wilma, "SPRING-26").await?;
    let form = form.with("coupon", &coupon);
    for topic in ["newsletter", "product_updates", "feedback", "events_and_contests"] {
        let page = wilma.browser.submit(&form.clone().with("topic", topic)).await?;
        let refused =
            page.status == 422 && page.words().contains("An offer goes to those who chose special offers");
        ensure!(refused, "{topic}: {} {}", page.status, page.words());
    }
    let nothing = form.clone().with("coupon", "00000000-0000-0000-0000-000000000000");
    let page = wilma.browser.submit(&nothing).await?;
    ensure!(
        page.status == 422 && page.words().contains("This coupon cannot be used any more"),
        "{}",
        page.words()
    );
    let page = wilma.browser.submit(&form).await?;
    let at = path_of(&page);
    for words in [
        "You get 25% off each bill",
        "For Business",
        "Code SPRING-26",
        "the first 3 months when you pay by the month",
    ] {
        ensure!(page.words().contains(words), "{words}: {}", page.words());
    }
    let preview = wilma.browser.open(&format!("{at}/preview?as=text")).await?.text();
    ensure!(
        preview.contains("25% off each bill") && preview.contains("/order?coupon=SPRING-26"),
        "{preview}"
    );
    ensure!(visitor.open("/offers").await?.words().contains("There is no offer"), "a draft is nowhere");
    let page = wilma.browser.submit(&page.form("/send")?).await?;
    ensure!(page.words().contains("It is being sent"), "{}", page.words());

    let letter = announced(&world, "ada@people.example", TITLE).await?;
    ensure!(field(&letter.message, "List-Unsubscribe-Post").is_some(), "an offer can be declined");
    let text = String::from_utf8_lossy(&letter.message).replace("=\r\n", "").replace("=3D", "=");
    for words in ["25% off each bill", "/order?coupon=SPRING-26", "after 7 uses in all"] {
        ensure!(text.contains(words), "{words}: {text}");
    }
    let page = until(&mut wilma, &at, "Ended").await?;
    ensure!(
        page.words().contains("Sent to 1") && page.words().contains("Used since 0 orders"),
        "{}",
        page.words()
    );
    let page = visitor.open("/offers").await?;
    ensure!(page.words().contains(TITLE) && page.words().contains("25% off each bill"), "{}", page.words());
    let mut german = world.visitor()?;
    german.say("accept-language", "de");
    let page = german.open("/offers").await?;
    ensure!(page.words().contains("25 % Nachlass auf jede Rechnung"), "{}", page.words());

    // The link leads into the order, with the code and a plan that it is for.
    let page = ada.browser.open("/order?coupon=SPRING-26").await?;
    let form = page.form_to("/order")?;
    ensure!(form.fields["coupon"] == "SPRING-26" && form.fields["plan"] == "business", "{form:?}");
    for (code, words) in [("SPRING-99", "We do not know this code"), ("<b>", "We do not know this code")] {
        let page = ada.browser.open(&format!("/order?coupon={code}")).await?;
        ensure!(page.words().contains(words) && !page.text().contains("<b>\""), "{code}: {}", page.words());
    }
    let form = form.with("domain", "first-shop.example").with("mailboxes", "2");
    let page = ada.browser.submit(&form.clone().with("plan", "personal")).await?;
    ensure!(page.status == 422 && page.words().contains("This code is for another plan"), "{}", page.words());
    let review = ada.browser.submit(&form).await?;
    ensure!(
        review.words().contains("SPRING-26") && review.words().contains("Discount"),
        "{}",
        review.words()
    );
    ada.order_billed("first-shop.example", 2, "approve", &[]).await?;
    let page = until(&mut wilma, &at, "Used since One order").await?;
    ensure!(!page.words().contains("Ada"), "a count, no names: {}", page.words());

    // One that waits for its time stops when its coupon is taken back.
    let (form, coupon) = composed(&mut wilma, "SPRING-26").await?;
    let page = wilma.browser.submit(&form.with("title", "The last one").with("coupon", &coupon)).await?;
    let second = path_of(&page);
    let page = wilma.browser.submit(&page.form("/schedule")?.with("send_at", &typed(20)?)).await?;
    ensure!(page.words().contains("It begins at its time"), "{}", page.words());
    withdraw(&mut barnaby).await?;
    let page = visitor.open("/offers").await?;
    ensure!(page.words().contains("There is no offer at the moment"), "its coupon ended: {}", page.words());
    let page = ada.browser.open("/order?coupon=SPRING-26").await?;
    ensure!(page.words().contains("This code cannot be used any more, or not yet"), "{}", page.words());
    world.installation.advance(std::time::Duration::from_secs(25 * 60)).await?;
    let page = until(&mut wilma, &second, "It stopped by itself: its coupon cannot be used any more").await?;
    let page = wilma.browser.submit(&page.form("/resume")?).await?;
    ensure!(page.words().contains("Its coupon cannot be used then"), "{}", page.words());
    let came = world
        .sink
        .taken()
        .iter()
        .filter(|mail| String::from_utf8_lossy(&mail.message).contains("Subject: The last one"))
        .count();
    ensure!(came == 0, "nobody gets an offer whose coupon ended");
    world.installation.stop().await
}

async fn a_contest_is_announced_with_its_link(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut wilma = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let form = wilma.browser.open("/console/contests/new").await?.form("/console/contests")?;
    let form = form
        .with("title", "Win a year of mail")
        .with("introduction", "One of you gets **a year of mail**.")
        .with("rules", "One entry for each of you.")
        .with("opens_at", &typed(-120)?)
        .with("closes_at", &typed(60)?);
    let page = wilma.browser.submit(&form).await?;
    ensure!(page.words().contains("It is saved"), "{} {}", page.status, page.words());
    let desk = path_of(&page);
    let id = desk.rsplit('/').next().unwrap_or_default().to_owned();
    let link = format!("{DESK}/new?contest={id}");
    ensure!(!page.links().contains(&link), "a draft is nowhere yet");
    ensure!(wilma.browser.get(&link).await?.status == 404, "nor does it have a link");
    let page = wilma.browser.submit(&page.form("/publish")?).await?;
    ensure!(page.links().contains(&link), "{:?}", page.links());
    let form = wilma.browser.open(&link).await?.form(DESK)?;
    ensure!(
        form.fields["topic"] == "events_and_contests" && form.fields["title"] == "Win a year of mail",
        "{form:?}"
    );
    let page = wilma.browser.submit(&form).await?;
    let text = wilma.browser.open(&format!("{}/preview?as=text", path_of(&page))).await?.text();
    ensure!(text.contains("a year of mail") && text.contains("/contests/win-a-year-of-mail"), "{text}");
    world.installation.stop().await
}

const DESIGN: &str = "<mjml>\n<mj-body>\n<mj-section><mj-column><mj-text color=\"#123456\">Hello <b>all</b></mj-text>\n\
    <mj-button href=\"https://shop.example/lamp?a=1&amp;b=2\">See the lamp</mj-button></mj-column>\n\
    <mj-column><mj-text padding=\"0;position:fixed\">Beside it</mj-text></mj-column></mj-section>\n</mj-body>\n</mjml>";

async fn a_design_is_sent_with_what_the_house_always_says(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    choose(&mut ada, &["newsletter:email"]).await?;
    let mut wilma = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let form = wilma.browser.open(&format!("{DESK}/new")).await?.form(DESK)?;
    ensure!(form.fields["format"] == "markdown", "{form:?}");
    let form = form.with("topic", "newsletter").with("language", "en").with("title", "A lamp for all");
    let form = form.with("format", "mjml").with("counts_links", "yes");
    let deep = format!("<mjml><mj-body>{}", "<mj-wrapper>".repeat(3_000));
    for (wrong, words) in [
        (DESIGN.replace("<b>all</b>", "<script>x</script>"), "Line 3: “script” cannot be used here."),
        (DESIGN.replace("</mj-button>", ""), "Line 4: “mj-column” is closed, but something else is open."),
        (
            DESIGN.replace("https://shop", "javascript://shop"),
            "Line 4: links begin with https://, http:// or mailto:.",
        ),
        ("Hello".to_owned(), "Line 1: words stand in mj-text, mj-button and mj-table only."),
        (deep, "Line 1: “mj-wrapper” does not stand in this place."),
    ] {
        let page = wilma.browser.submit(&form.clone().with("body", &wrong)).await?;
        ensure!(page.status == 422 && page.words().contains(words), "{words}: {}", page.words());
    }
    let page = wilma.browser.submit(&form.with("body", DESIGN)).await?;
    let at = path_of(&page);
    for (look, part) in
        [("light", "Hello <b>all</b>"), ("dark", "mail-dark"), ("phone", "<b>all</b>"), ("text", "Hello")]
    {
        let shown = wilma.browser.open(&format!("{at}/preview?as={look}")).await?.text();
        ensure!(shown.contains(part), "{look}: {shown}");
    }
    wilma.browser.submit(&page.form("/send")?).await?;
    let letter = announced(&world, "ada@people.example", "A lamp for all").await?;
    let text = String::from_utf8_lossy(&letter.message).replace("=\r\n", "").replace("=3D", "=");
    for part in [
        "<b>all</b>",
        ".mj-column-per-50{width:50% !important",
        "Stop these messages with one click",
        "You get this message because of your choice",
        "https://shop.example/lamp?a=1&b=2",
        "/a0\"",
    ] {
        ensure!(text.contains(part), "{part}: {text}");
    }
    ensure!(!text.contains("position:fixed") && !text.contains("<script"), "{text}");
    let id = at.rsplit('/').next().unwrap_or_default();
    let followed = mailkeep_integration_tests::choosing::Program::new(&world)?
        .look(&format!("/l/{id}/a0"), true)
        .await?;
    ensure!(
        followed.headers()["location"] == "https://shop.example/lamp?a=1&b=2",
        "{:?}",
        followed.headers()
    );
    let page = until(&mut wilma, &at, "Ended").await?;
    ensure!(page.words().contains("https://shop.example/lamp?a=1&b=2 1"), "{}", page.words());
    world.installation.stop().await
}
