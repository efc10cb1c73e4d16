//! Reports as files.

use super::super::describe::Api;
use super::op;
use crate::console::reports::{Report, download};
use crate::ctx::Ctx;
use crate::routes::StaffPermission;

/// Every report with its address.
const FILES: [(Report, &str, &str, &str); 7] = [
    (
        Report::Receivables,
        "/api/staff/v1/reports/receivables",
        "reportReceivables",
        "What customers owe, by age",
    ),
    (
        Report::Revenue,
        "/api/staff/v1/reports/revenue",
        "reportRevenue",
        "What was earned and what is deferred",
    ),
    (
        Report::Recurring,
        "/api/staff/v1/reports/recurring",
        "reportRecurring",
        "What recurs, and what moved it",
    ),
    (Report::Tax, "/api/staff/v1/reports/tax", "reportTax", "Tax by place, class and rate"),
    (Report::Screening, "/api/staff/v1/reports/screening", "reportScreening", "What the screening said"),
    (Report::Reminders, "/api/staff/v1/reports/reminders", "reportReminders", "Where unpaid invoices stand"),
    (
        Report::Journal,
        "/api/staff/v1/reports/journal",
        "reportJournal",
        "The journal, for books kept elsewhere",
    ),
];

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Reports");
    for (report, at, id, what) in FILES {
        let operation = op(at, id, what, StaffPermission::Reports);
        api.file(operation, "text/csv", move |ctx: Ctx| download(ctx, report));
    }
}
