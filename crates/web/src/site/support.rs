//! Help: when people are there, how fast they answer, and where emergencies go.

use jiff::civil::{Time, Weekday};
use mailkeep_helpdesk::hours::{Hours, HoursConfig};
use mailkeep_helpdesk::service_levels::Priority;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// When and how support is reached.
#[derive(Debug, Serialize)]
pub struct SupportPage {
    /// Whether somebody is there now.
    pub open: bool,
    /// When that changes; never, when support is always or never there.
    pub until: Option<Timestamp>,
    /// The hours of each day, Monday first.
    pub week: Vec<DayRow>,
    /// The zone of the hours.
    pub zone: String,
    /// Whether holidays are worked.
    pub open_on_holidays: bool,
    /// The holidays to come on which nobody is there.
    pub holidays: Vec<HolidayRow>,
    /// Where emergencies are taken at any time.
    pub emergencies: Option<String>,
    /// How fast answers are promised.
    pub levels: Vec<LevelRow>,
}

/// The hours of a day.
#[derive(Debug, Clone, Serialize)]
pub struct DayRow {
    /// The day, in small letters.
    pub day: &'static str,
    /// The spans as times; none when nobody is there.
    pub spans: Vec<(String, String)>,
}

/// A holiday.
#[derive(Debug, Clone, Serialize)]
pub struct HolidayRow {
    /// The day, e.g. `2026-12-25`.
    pub date: String,
    /// Its name.
    pub name: String,
}

/// What a priority is promised.
#[derive(Debug, Clone, Serialize)]
pub struct LevelRow {
    /// `low`, `normal`, `high` or `emergency`.
    pub priority: &'static str,
    /// Hours to the first answer.
    pub answer: i64,
    /// Hours to the solution.
    pub solution: i64,
}

const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "monday"),
    (Weekday::Tuesday, "tuesday"),
    (Weekday::Wednesday, "wednesday"),
    (Weekday::Thursday, "thursday"),
    (Weekday::Friday, "friday"),
    (Weekday::Saturday, "saturday"),
    (Weekday::Sunday, "sunday"),
];
const PRIORITIES: [(Priority, &str); 4] = [
    (Priority::Emergency, "emergency"),
    (Priority::High, "high"),
    (Priority::Normal, "normal"),
    (Priority::Low, "low"),
];

impl Page for SupportPage {
    const TEMPLATE: &'static str = "site/support.html";

    fn samples() -> Vec<Self> {
        let config = HoursConfig::default();
        let Ok(hours) = config.read() else { return Vec::new() };
        let page = page(&config, &hours, samples::days_ago(0));
        let holiday = HolidayRow { date: "2026-12-25".to_owned(), name: "Christmas Day".to_owned() };
        vec![
            SupportPage {
                open: true,
                holidays: vec![holiday],
                open_on_holidays: false,
                emergencies: Some("+1 555 0199".to_owned()),
                ..self::page(&config, &hours, samples::days_ago(0))
            },
            SupportPage { open: false, ..page },
        ]
    }
}

fn text(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn page(config: &HoursConfig, hours: &Hours, now: Timestamp) -> SupportPage {
    let span = |(from, until): &(Time, Option<Time>)| (text(*from), until.map_or("24:00".to_owned(), text));
    let today = now.to_jiff().to_zoned(hours.zone().clone()).date();
    let to_come = |date: &str| date.parse().is_ok_and(|date: jiff::civil::Date| date >= today);
    let open = hours.is_open(now);
    SupportPage {
        open,
        until: if open { hours.closes_at(now) } else { hours.next_open(now) },
        week: DAYS
            .iter()
            .map(|(day, word)| DayRow { day: word, spans: hours.of_weekday(*day).iter().map(span).collect() })
            .collect(),
        zone: config.time_zone.clone(),
        open_on_holidays: config.open_on_holidays,
        holidays: config
            .holidays
            .iter()
            .filter(|holiday| !config.open_on_holidays && to_come(&holiday.date))
            .take(12)
            .map(|holiday| HolidayRow { date: holiday.date.clone(), name: holiday.name.clone() })
            .collect(),
        emergencies: config.emergencies.clone(),
        levels: PRIORITIES
            .iter()
            .map(|(priority, word)| {
                let target = priority.usual();
                LevelRow {
                    priority: word,
                    answer: i64::from(target.first_answer_minutes / 60),
                    solution: i64::from(target.solution_minutes / 60),
                }
            })
            .collect(),
    }
}

/// `GET /support`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx.state.support, &ctx.state.hours, ctx.state.clock.now());
    ctx.page(&page)
}
