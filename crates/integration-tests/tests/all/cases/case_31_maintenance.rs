//! Case 31: A maintenance window is announced; it is left out of up-time, and what overruns it is counted.

use std::time::Duration;

use anyhow::{Context, Result};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use mailkeep_integration_tests::choosing::choose;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use mailkeep_integration_tests::pages::Page;
use mailkeep_integration_tests::sink::Taken;

use crate::on_both_engines;

on_both_engines!(case_31_maintenance);

const TITLE: &str = "New disks for the mailboxes";
/// Sessions outlive the weeks of this test; what is typed and shown is by UTC.
const LONG: &str = "[identity.session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 15\n\
                    [identity.staff_session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 10\n";

/// The clock of the program, which runs ahead of the machine's.
struct Time<'a> {
    world: &'a World,
    ahead: Duration,
}

impl Time<'_> {
    fn now(&self) -> Result<Timestamp> {
        let machine = mailkeep_types::Clock::now(&mailkeep_types::SystemClock).to_jiff();
        Ok(machine.checked_add(self.ahead)?)
    }

    async fn reach(&mut self, when: DateTime) -> Result<()> {
        let when = when.to_zoned(TimeZone::UTC)?.timestamp();
        let by = Duration::from_secs(u64::try_from(when.as_second() - self.now()?.as_second())?);
        self.world.installation.advance(by).await?;
        self.ahead += by;
        Ok(())
    }
}

fn typed(when: DateTime) -> String {
    when.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// What the status says to programs of a part.
async fn part(world: &World, key: &str) -> Result<serde_json::Value> {
    let said: serde_json::Value = serde_json::from_str(&world.visitor()?.open("/status.json").await?.text())?;
    let parts = said["components"].as_array().context("the parts")?;
    parts.iter().find(|part| part["key"] == key).cloned().with_context(|| said.to_string())
}

async fn status(world: &World) -> Result<Page> {
    let mut visitor = world.visitor()?;
    let page = visitor.open("/status").await?;
    anyhow::ensure!(visitor.cookie_names().is_empty(), "visitors get no cookie");
    Ok(page)
}

/// The one mail to somebody whose subject begins so.
async fn mailed(world: &World, to: &str, subject: &str) -> Result<Taken> {
    let (to, subject) = (to.to_owned(), format!("Subject: {subject}: {TITLE}"));
    let fits = move |mail: &Taken| {
        mail.to.contains(&to) && String::from_utf8_lossy(&mail.message).contains(&subject)
    };
    let came = world.sink.wait_for(SOON, &fits).await.context("the mail about maintenance")?;
    let all = world.sink.taken().iter().filter(|mail| fits(mail)).count();
    anyhow::ensure!(all == 1, "it came {all} times");
    Ok(came)
}

async fn case_31_maintenance(setup: Setup) -> Result<()> {
    let setup =
        Setup { web: "time_zone = \"UTC\"\n".to_owned(), more: format!("{}\n{LONG}", setup.more), ..setup };
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("window-shop.example", 1, "approve").await?;
    // Has an address here and nothing else.
    Person::register(&world, "Ben Example", "ben@people.example").await?;
    choose(&mut ada, &["special_offers:email"]).await?;
    let form = ada.browser.open("/center/choices").await?.form("/center/choices/stop")?;
    ada.browser.submit(&form).await?;
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;

    // Two hours on the tenth of the next month are announced, more than 72 hours before.
    let mut time = Time { world: &world, ahead: Duration::ZERO };
    let today = time.now()?.to_zoned(TimeZone::UTC).date();
    let month = today.first_of_month().checked_add(1.month())?;
    let begin = month.checked_add(9.days())?.at(2, 0, 0, 0);
    let form = writer.browser.open("/console/incidents/maintenance").await?;
    let mut form = form.form("/console/incidents/maintenance")?;
    form.fields.remove("components");
    let form = form
        .with("title", TITLE)
        .with("text", "Mail that comes in meanwhile *waits*.")
        .with("starts_at", &typed(begin))
        .with("planned_until", &typed(begin));
    let refused = writer.browser.submit_many(&form, "components", &["mailboxes"]).await?;
    anyhow::ensure!(refused.status == 422, "{}", refused.words());
    anyhow::ensure!(refused.words().contains("It must lie after the begin"), "{}", refused.words());
    let form = form.with("planned_until", &typed(begin.checked_add(2.hours())?));
    let page = writer.browser.submit_many(&form, "components", &["mailboxes"]).await?;
    anyhow::ensure!(page.words().contains("Announced in time"), "{} {}", page.status, page.words());
    let desk = page.path.split('?').next().unwrap_or_default().to_owned();
    let mail = mailed(&world, "ada@people.example", "Planned maintenance").await?;
    let text = String::from_utf8_lossy(&mail.message).into_owned();
    anyhow::ensure!(!text.contains("List-Unsubscribe"), "it cannot be declined: {text}");
    anyhow::ensure!(status(&world).await?.words().contains("Everything works"), "nothing has begun");

    // Within the window it is maintenance, and nothing is down.
    time.reach(begin.checked_add(30.minutes())?).await?;
    mailed(&world, "ada@people.example", "Maintenance begins").await?;
    let page = status(&world).await?;
    anyhow::ensure!(page.words().contains("Maintenance is under way"), "{}", page.words());
    let now = part(&world, "mailboxes").await?;
    anyhow::ensure!(now["state"] == "maintenance" && now["months"][0]["down_seconds"] == 0, "{now}");
    let page = ada.browser.open("/center").await?;
    anyhow::ensure!(page.words().contains(TITLE), "the Customer Center tells of it: {}", page.words());

    // Past it, it is down.
    time.reach(begin.checked_add(3.hours())?).await?;
    let page = status(&world).await?;
    anyhow::ensure!(page.words().contains("takes longer than planned"), "{}", page.words());
    let now = part(&world, "mailboxes").await?;
    let down = now["months"][0]["down_seconds"].as_i64().context("seconds down")?;
    anyhow::ensure!(now["state"] == "down" && (3600..3700).contains(&down), "{now}");
    anyhow::ensure!(part(&world, "sending").await?["state"] == "up", "only what it touches");

    // Ninety minutes too long.
    time.reach(begin.checked_add(4.hours())?).await?;
    let page = writer.browser.open(&desk).await?;
    anyhow::ensure!(page.words().contains("It takes longer than planned"), "{}", page.words());
    let over = begin.checked_add(3.hours().minutes(30))?;
    let form = page.form("/end")?.with("ended_at", &typed(over)).with("text", "All disks are in.");
    let page = writer.browser.submit(&form).await?;
    anyhow::ensure!(page.words().contains("All disks are in"), "{} {}", page.status, page.words());
    mailed(&world, "ada@people.example", "Maintenance is over").await?;
    let to_ben = world.sink.taken().into_iter().filter(|mail| {
        mail.to.iter().any(|to| to == "ben@people.example")
            && String::from_utf8_lossy(&mail.message).contains(TITLE)
    });
    anyhow::ensure!(to_ben.count() == 0, "who has nothing with us is not told");

    // The month: its hours less the two of the window, of which one and a half were down.
    time.reach(month.checked_add(1.month())?.at(0, 30, 0, 0)).await?;
    let whole = i64::from(month.days_in_month()) * 24 * 3600;
    let (measured, down) = (whole - 2 * 3600, 90 * 60);
    let up = (measured - down) * 100_000 / measured;
    let up = format!("{}.{:03}", up / 1000, up % 1000);
    let now = part(&world, "mailboxes").await?;
    let of_month = &now["months"][1];
    let expected = serde_json::json!({
        "month": month.strftime("%Y-%m").to_string(),
        "up_percent": up,
        "measured_seconds": measured,
        "down_seconds": down,
        "planned_maintenance_seconds": 2 * 3600,
    });
    anyhow::ensure!(*of_month == expected, "{of_month} is not {expected}");
    let other = &part(&world, "sending").await?["months"][1];
    anyhow::ensure!(other["up_percent"] == "100.000" && other["measured_seconds"] == whole, "{other}");
    let page = status(&world).await?;
    anyhow::ensure!(page.words().contains(&format!("{up}%")), "{}", page.words());
    anyhow::ensure!(page.words().contains("Everything works"), "{}", page.words());
    let feed = world.visitor()?.open("/status.atom").await?.text();
    anyhow::ensure!(feed.matches("<entry>").count() == 3 && feed.contains(TITLE), "{feed}");
    world.installation.stop().await
}
