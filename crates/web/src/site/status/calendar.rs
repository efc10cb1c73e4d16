//! Planned maintenance as a calendar (RFC 5545) that programs subscribe to. An event keeps its UID; each change of the plan raises
//! its SEQUENCE, and what is given up stays as cancelled, so that calendars change in place.

use std::fmt::Write as _;

use axum::http::header;
use axum::response::IntoResponse;
use mailkeep_outreach::incidents::{Incident, IncidentKind, Update, UpdateKind};
use mailkeep_types::Timestamp;

use super::part_name;
use crate::ctx::Ctx;
use crate::routes::Answer;

const KIND: (header::HeaderName, &str) = (header::CONTENT_TYPE, "text/calendar; charset=utf-8");
const CACHED: (header::HeaderName, &str) = (header::CACHE_CONTROL, "max-age=60");
/// Incidents that are looked through for maintenance.
const LOOKED_AT: i64 = 100;
/// Bytes of a line without its end (RFC 5545 section 3.1).
const LINE: usize = 75;

/// `GET /status.ics`
pub async fn maintenance(ctx: Ctx) -> Answer {
    let incidents = ctx.state.outreach.newest_incidents(LOOKED_AT).await?;
    let planned: Vec<Incident> =
        incidents.into_iter().filter(|one| one.kind == IncidentKind::Maintenance).collect();
    let updates = ctx.state.outreach.updates_of(planned.iter().map(|one| one.id).collect()).await?;
    let site = ctx.state.config.public_url.trim_end_matches('/');
    let parts = |one: &Incident| {
        let names = one.components.iter().map(|key| part_name(&ctx.state.renderer, &ctx.language, key));
        names.collect::<Vec<String>>()
    };
    let mut out = Calendar::begin(&ctx.say("status-title"));
    for one in &planned {
        let said: Vec<&Update> = updates.iter().filter(|update| update.incident == one.id).collect();
        out.event(site, one, &said, &parts(one));
    }
    Ok(([KIND, CACHED], out.end()).into_response())
}

/// A calendar as it is written.
struct Calendar(String);

impl Calendar {
    fn begin(name: &str) -> Self {
        let mut calendar = Calendar(String::new());
        for fixed in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mailkeep//Status//EN", "METHOD:PUBLISH"] {
            calendar.line(fixed);
        }
        // RFC 7986, and the name that programs knew before it.
        calendar.text("NAME", name);
        calendar.text("X-WR-CALNAME", name);
        calendar.line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        calendar
    }

    fn event(&mut self, site: &str, one: &Incident, said: &[&Update], parts: &[String]) {
        let newest = said.iter().max_by_key(|update| update.at);
        let changes = said.iter().filter(|update| changes_event(update.what)).count();
        let host = site.rsplit("//").next().unwrap_or_default();
        let until = one.ended_at.or(one.planned_until).filter(|until| *until > one.starts_at);
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}@{host}", one.id));
        let changed = newest.map_or(one.created_at, |update| update.at);
        self.line(&format!("DTSTAMP:{}", moment(changed)));
        self.line(&format!("LAST-MODIFIED:{}", moment(changed)));
        self.line(&format!("SEQUENCE:{changes}"));
        self.line(&format!("DTSTART:{}", moment(one.starts_at)));
        if let Some(until) = until {
            self.line(&format!("DTEND:{}", moment(until)));
        }
        self.text("SUMMARY", &one.title);
        if let Some(newest) = newest.filter(|update| !update.text.is_empty()) {
            self.text("DESCRIPTION", &newest.text);
        }
        if !parts.is_empty() {
            let parts: Vec<String> = parts.iter().map(|part| escape(part)).collect();
            self.line(&format!("CATEGORIES:{}", parts.join(",")));
        }
        self.line(&format!("URL:{site}/status/{}", one.id));
        self.line(if one.cancelled_at.is_some() { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
        // It takes nobody's time.
        self.line("TRANSP:TRANSPARENT");
        self.line("END:VEVENT");
    }

    fn end(mut self) -> String {
        self.line("END:VCALENDAR");
        self.0
    }

    fn text(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{}", escape(value)));
    }

    /// One line, folded between letters.
    fn line(&mut self, line: &str) {
        let mut width = 0;
        for letter in line.chars() {
            if width + letter.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(letter);
            width += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Whether the event is another one than before for who has it in a calendar.
fn changes_event(what: UpdateKind) -> bool {
    matches!(what, UpdateKind::Changed | UpdateKind::Ended | UpdateKind::Cancelled)
}

/// In UTC (RFC 5545 section 3.3.5).
fn moment(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_second(at.as_seconds()).unwrap_or_default();
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text value (RFC 5545 section 3.3.11).
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                // Writing into a text cannot fail.
                let _ = write!(out, "\\{letter}");
            }
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use mailkeep_types::{IncidentId, StaffId};
    use uuid::Uuid;

    use super::*;

    fn plan() -> Incident {
        Incident {
            id: IncidentId::from_uuid(Uuid::from_u128(7)),
            kind: IncidentKind::Maintenance,
            title: "New disks; faster, we hope".to_owned(),
            components: vec!["mailboxes".to_owned()],
            starts_at: Timestamp::from_seconds(1_772_330_400),
            planned_until: Some(Timestamp::from_seconds(1_772_337_600)),
            noticed_at: Timestamp::from_seconds(1_772_000_000),
            ended_at: None,
            cancelled_at: None,
            written_by: StaffId::from_uuid(Uuid::nil()),
            created_at: Timestamp::from_seconds(1_772_000_000),
        }
    }

    fn update(what: UpdateKind, text: &str, seconds: i64) -> Update {
        Update {
            id: Uuid::from_u128(9),
            incident: plan().id,
            what,
            text: text.to_owned(),
            written_by: None,
            at: Timestamp::from_seconds(seconds),
        }
    }

    fn written(one: &Incident, said: &[Update]) -> String {
        let mut calendar = Calendar::begin("Status");
        calendar.event(
            "https://example.com",
            one,
            &said.iter().collect::<Vec<_>>(),
            &["Mailboxes".to_owned()],
        );
        calendar.end()
    }

    #[test]
    fn a_plan_is_an_event() {
        let text = written(
            &plan(),
            &[update(UpdateKind::Planned, "Half an hour.\nNo mail is lost.", 1_772_000_000)],
        );
        let wanted = "BEGIN:VEVENT\r\nUID:00000000-0000-0000-0000-000000000007@example.com\r\n\
            DTSTAMP:20260225T061320Z\r\nLAST-MODIFIED:20260225T061320Z\r\nSEQUENCE:0\r\nDTSTART:20260301T020000Z\r\n\
            DTEND:20260301T040000Z\r\nSUMMARY:New disks\\; faster\\, we hope\r\n\
            DESCRIPTION:Half an hour.\\nNo mail is lost.\r\nCATEGORIES:Mailboxes\r\n\
            URL:https://example.com/status/00000000-0000-0000-0000-000000000007\r\n\
            STATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n";
        assert!(text.contains(wanted), "{text}");
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n")
        );
    }

    #[test]
    fn a_change_and_the_end_of_a_plan_keep_the_event_and_raise_its_number() {
        let first = update(UpdateKind::Planned, "So.", 1_772_000_000);
        let changed = [first.clone(), update(UpdateKind::Changed, "Later.", 1_772_000_100)];
        let text = written(&plan(), &changed);
        assert!(text.contains("SEQUENCE:1\r\n") && text.contains("DESCRIPTION:Later."), "{text}");
        let mut gone = plan();
        gone.cancelled_at = Some(Timestamp::from_seconds(1_772_000_200));
        let [_, change] = &changed;
        let text =
            written(&gone, &[first, change.clone(), update(UpdateKind::Cancelled, "No.", 1_772_000_200)]);
        assert!(text.contains("SEQUENCE:2\r\n") && text.contains("STATUS:CANCELLED\r\n"), "{text}");
        assert_eq!(text.matches("UID:00000000-0000-0000-0000-000000000007@example.com").count(), 1);
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        let mut long = plan();
        long.title = "Wartung für die Prüfung ".repeat(12);
        let text = written(&long, &[]);
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        assert!(text.replace("\r\n ", "").contains(&format!("SUMMARY:{}", long.title)), "{text}");
    }
}
