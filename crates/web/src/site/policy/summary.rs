//! “In one minute”: what most readers want to know first. Each point stands only while the promise behind it is given, and
//! its figures come from the tables, so that it cannot say more than they do.

use mailkeep_policy::file::CompiledPolicy;
use mailkeep_policy::page::Page as Policy;
use serde::Serialize;

use crate::messages::{Msg, msg};

/// A point of the summary.
#[derive(Debug, Clone, Serialize)]
pub struct Point {
    /// The promise behind it.
    pub promise: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// The claim, in a few words.
    pub title: Msg,
    /// A sentence more.
    pub text: Msg,
}

/// The points, in the order of what is asked most.
pub fn points(policy: &CompiledPolicy, page: &Policy) -> Vec<Point> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let processors = page.recipients.iter().filter(|recipient| recipient.kind == "processor").count();
    let point =
        |promise, icon, title: &'static str, text: Msg| Point { promise, icon, title: msg(title), text };
    let all = vec![
        point("P1", "shield", "minute-sold", msg("minute-sold-text").with("n", count(processors))),
        point(
            "P11",
            "check",
            "minute-purposes",
            msg("minute-purposes-text").with("n", count(page.purposes.len())),
        ),
        point("P35", "eye", "minute-staff", msg("minute-staff-text")),
        point(
            "P34",
            "globe",
            "minute-country",
            msg("minute-country-text").with("country", page.country.clone()),
        ),
        point(
            "P26",
            "key",
            "minute-erased",
            msg("minute-erased-text").with("days", i64::from(page.erasure_days)),
        ),
        point("P25", "mail", "minute-choice", msg("minute-choice-text")),
        point("P43", "receipt", "minute-card", msg("minute-card-text")),
        point(
            "P46",
            "flag",
            "minute-grounds",
            msg("minute-grounds-text").with("n", count(page.grounds.len())),
        ),
    ];
    let given = |id: &str| policy.kept_promises().any(|promise| promise.id.get_ref() == id);
    all.into_iter().filter(|point| given(point.promise)).collect()
}
