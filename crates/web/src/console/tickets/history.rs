//! What happened to a ticket, line by line.

use std::collections::BTreeMap;

use mailkeep_helpdesk::tickets::{Event, Ticket};
use mailkeep_policy::Subject;
use mailkeep_types::{StaffId, Timestamp};
use serde::Serialize;

use crate::messages::{Msg, msg};

/// Something that happened to a ticket.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryRow {
    /// What.
    pub text: Msg,
    /// Who: a login, or the text of `customer`, `writer` or `program`.
    pub login: Option<String>,
    /// `customer`, `writer`, `program` or `staff`.
    pub by: &'static str,
    /// When.
    pub at: Timestamp,
}

pub(super) fn happened(event: &Event, ticket: &Ticket, names: &BTreeMap<StaffId, String>) -> HistoryRow {
    let name = |id: &StaffId| names.get(id).cloned().unwrap_or_default();
    let named = event.value.parse().map(|id| name(&id)).unwrap_or_default();
    let text = match event.what.as_str() {
        "assign" => match event.value.parse() {
            Ok(id) => msg("ticket-did-assign").with("who", name(&id)),
            Err(_) => msg("ticket-did-free"),
        },
        "rate" => msg("ticket-did-rate").with("stars", event.value.clone()),
        "priority" => match event.value.as_str() {
            "low" => msg("ticket-did-priority-low"),
            "high" => msg("ticket-did-priority-high"),
            "emergency" => msg("ticket-did-priority-emergency"),
            _ => msg("ticket-did-priority-normal"),
        },
        "tag" => msg("ticket-did-tag").with("tag", event.value.clone()),
        "untag" => msg("ticket-did-untag").with("tag", event.value.clone()),
        "merge" => msg("ticket-did-merge").with("number", event.value.clone()),
        "unmerge" => msg("ticket-did-unmerge").with("number", event.value.clone()),
        "join" | "join_waiting" => msg("ticket-did-join").with("number", event.value.clone()),
        "part" => msg("ticket-did-part").with("number", event.value.clone()),
        "split" => msg("ticket-did-split").with("number", event.value.clone()),
        "begin" | "begin_answered" => msg("ticket-did-begin").with("number", event.value.clone()),
        "unsplit" => msg("ticket-did-unsplit").with("number", event.value.clone()),
        "back" | "back_waiting" => msg("ticket-did-back").with("number", event.value.clone()),
        "link_related" => msg("ticket-did-link_related").with("number", event.value.clone()),
        "link_whole" => msg("ticket-did-link_whole").with("number", event.value.clone()),
        "link_part" => msg("ticket-did-link_part").with("number", event.value.clone()),
        "unlink_related" => msg("ticket-did-unlink_related").with("number", event.value.clone()),
        "unlink_whole" => msg("ticket-did-unlink_whole").with("number", event.value.clone()),
        "unlink_part" => msg("ticket-did-unlink_part").with("number", event.value.clone()),
        "follow" => msg("ticket-did-follow").with("who", named),
        "unfollow" => msg("ticket-did-unfollow").with("who", named),
        "department" => msg("ticket-did-department").with("name", event.value.clone()),
        "macro" => msg("ticket-did-macro").with("title", event.value.clone()),
        "rule" => msg("ticket-did-rule").with("title", event.value.clone()),
        "time" => msg("ticket-did-time").with("n", event.value.parse::<i64>().unwrap_or_default()),
        "opened" => msg("ticket-did-opened"),
        "take" => msg("ticket-did-take"),
        "answer" => msg("ticket-did-answer"),
        "ask" => msg("ticket-did-ask"),
        "write" => msg("ticket-did-write"),
        "note" => msg("ticket-did-note"),
        "solve" => msg("ticket-did-solve"),
        "close" => msg("ticket-did-close"),
        _ => msg("ticket-did-reopen"),
    };
    let theirs = matches!(ticket.owner, Subject::Subscriber(_)) && event.what != "close";
    let by = match (event.staff, event.person) {
        (Some(_), _) => "staff",
        (None, Some(_)) => "customer",
        (None, None) if theirs => "writer",
        (None, None) => "program",
    };
    HistoryRow { text, login: event.staff.as_ref().map(name), by, at: event.at }
}
