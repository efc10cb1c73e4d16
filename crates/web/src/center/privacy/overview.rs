//! The first page of “Your data”: what there is to see and do, and what happened last.

use mailkeep_policy::exports::{self, ExportState};
use mailkeep_policy::ledger::{self, UseFilter};
use mailkeep_policy::{Act, Subject, erasures};
use mailkeep_types::Timestamp;
use serde::Serialize;

use super::sites::name_sites;
use super::{audits, name_of, own_customers, subjects};
use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;
use crate::uses::{UseLine, Words};

/// The first page of “Your data”.
#[derive(Debug, Serialize)]
pub struct OverviewPage {
    /// The newest uses by others.
    pub newest: Vec<UseLine>,
    /// The newest by staff; nothing when none ever looked.
    pub staff_at: Option<Timestamp>,
    /// Until when a copy can be fetched.
    pub copy_until: Option<Timestamp>,
    /// When the data will be erased.
    pub erased_at: Option<Timestamp>,
    /// The newest signed head of the record of uses.
    pub head: Option<String>,
}

impl Page for OverviewPage {
    const TEMPLATE: &'static str = "center/privacy/overview.html";

    fn samples() -> Vec<Self> {
        let head = Some("20852 CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=".to_owned());
        vec![
            OverviewPage {
                newest: super::uses::sample_lines().into_iter().filter(|line| line.kind != "you").collect(),
                staff_at: Some(samples::days_ago(2)),
                copy_until: None,
                erased_at: None,
                head: head.clone(),
            },
            OverviewPage {
                newest: Vec::new(),
                staff_at: None,
                copy_until: Some(samples::days_ago(-3)),
                erased_at: Some(samples::days_ago(-1)),
                head,
            },
        ]
    }
}

/// `GET /center/privacy`
pub async fn show(ctx: Ctx) -> Answer {
    let policy = &ctx.state.policy;
    let person = ctx.who.person()?.person;
    let customers = own_customers(&ctx).await?;
    let grants = audits(&ctx, &subjects(&ctx, &customers)?, Act::Read).await?;
    let reader = Subject::person(person);
    let others = UseFilter { others: true, ..UseFilter::default() };
    let found = ledger::find_uses(policy, &grants, reader, &others, None, 4).await?;
    let staff = UseFilter { user: Some(ledger::UserKind::Staff), ..UseFilter::default() };
    let staff = ledger::find_uses(policy, &grants, reader, &staff, None, 1).await?;
    let words = Words::new(&ctx.state.renderer, &ctx.language);
    let line = |found| words.line(found, reader, |subject| name_of(&customers, subject));
    let mut newest: Vec<UseLine> = found.uses.iter().map(line).collect();
    name_sites(&ctx, &found.uses, &mut newest).await?;
    let copies = exports::list(policy, person).await?;
    let ready = copies.iter().find(|copy| copy.state == ExportState::Ready);
    ctx.page(&OverviewPage {
        newest,
        staff_at: staff.uses.first().map(|found| found.entry.at),
        copy_until: ready.map(|copy| copy.expires_at),
        erased_at: erasures::pending(policy, person).await?.map(|erasure| erasure.due_at),
        head: policy.ledger_head().await?.map(|head| head.line()),
    })
}
