//! The abuse desk: mail that the outbound guard holds, grouped by customer and cause, and what is decided on it. Nobody's words and
//! nobody's addresses stand here: no member of staff reads mail.

mod act;
pub mod customer;

use mailkeep_mailbox::queue::HeldCluster;
use mailkeep_outbound_guard::holds::{Cause, HELD_FOR};
use mailkeep_types::{CustomerId, Timestamp};
use serde::Serialize;

use super::ladder::StepRow;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::held::reason;
use crate::messages::Msg;
use crate::page::Page;
use crate::routes::{Answer, Permission, Routes, StaffPermission};
use crate::samples;

/// More clusters are not listed; what waits longest comes first.
const MOST: usize = 200;

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    let abuse = Permission::Staff(StaffPermission::Abuse);
    routes.get("/console/held", abuse, show);
    routes.post("/console/held", abuse, act::on_clusters);
    routes.get("/console/held/{customer}", abuse, customer::show);
    routes.post("/console/held/{customer}", abuse, act::on_messages);
    routes.post("/console/held/{customer}/trust", abuse, act::trust);
    routes.post("/console/held/{customer}/untrust", abuse, act::untrust);
}

/// What is held.
#[derive(Debug, Serialize)]
pub struct HeldPage {
    /// The clusters.
    pub clusters: Vec<ClusterRow>,
    /// What staff may give as a reason: the words.
    pub causes: Vec<&'static str>,
    /// What is limited or stopped, the newest first.
    pub steps: Vec<StepRow>,
}

/// Messages of one customer that are held for one cause.
#[derive(Debug, Clone, Serialize)]
pub struct ClusterRow {
    /// Names the cluster in the form.
    pub value: String,
    /// The customer.
    pub customer: String,
    /// The rule's word.
    pub code: String,
    /// Why, in a sentence.
    pub reason: Msg,
    /// How many messages.
    pub messages: i64,
    /// From how many mailboxes.
    pub mailboxes: i64,
    /// To how many recipients.
    pub recipients: i64,
    /// Since when the first waits.
    pub since: Timestamp,
    /// When the first goes back to its sender.
    pub ends_at: Timestamp,
    /// How many of them their owners said are theirs.
    pub confirmed: i64,
    /// How likely the words of one of them say that it is unwanted, in hundredths; nothing where too little was learnt.
    pub score: Option<i64>,
}

impl ClusterRow {
    fn of(cluster: HeldCluster) -> Self {
        ClusterRow {
            value: format!("{} {}", cluster.customer, cluster.code),
            customer: cluster.customer.to_string(),
            reason: reason(&cluster.code, cluster.value, cluster.limit),
            code: cluster.code,
            messages: cluster.messages,
            mailboxes: cluster.mailboxes,
            recipients: cluster.recipients,
            since: cluster.since,
            ends_at: cluster.since.plus(HELD_FOR),
            confirmed: cluster.confirmed,
            score: cluster.score.map(|score| score / 10),
        }
    }
}

/// What names a cluster in the form.
fn read_cluster(value: &str) -> Option<(CustomerId, String)> {
    let (customer, code) = value.split_once(' ')?;
    Some((customer.parse().ok()?, code.to_owned()))
}

/// The customer of the path; who has no domain sends nothing and is not found here, unless a step is in force.
pub(crate) async fn sender(ctx: &Ctx) -> Result<CustomerId, WebError> {
    let customer = ctx.param("customer")?;
    if !ctx.state.office.domains_of_customer(customer).await?.is_empty() {
        return Ok(customer);
    }
    match ctx.state.holds.guard().open_steps_of(customer).await?.is_empty() {
        true => Err(WebError::NotFound),
        false => Ok(customer),
    }
}

/// What staff may give as a reason.
fn causes() -> Vec<&'static str> {
    Cause::OF_STAFF.map(Cause::word).to_vec()
}

impl Page for HeldPage {
    const TEMPLATE: &'static str = "console/held/clusters.html";

    fn samples() -> Vec<Self> {
        let row = |number: u128, code: &str, messages, mailboxes, confirmed, minutes| {
            ClusterRow::of(HeldCluster {
                customer: CustomerId::from_uuid(uuid::Uuid::from_u128(number)),
                code: code.to_owned(),
                messages,
                mailboxes,
                recipients: messages * 2,
                value: 20 + messages,
                limit: 20,
                since: samples::minutes_ago(minutes),
                confirmed,
                score: (messages > 20).then_some(968),
            })
        };
        let clusters =
            vec![row(0x5eed_0001, "campaign", 47, 1, 0, 2_700), row(0x5eed_0002, "wave", 6, 3, 2, 41)];
        let (steps, _) = StepRow::samples(CustomerId::from_uuid(uuid::Uuid::from_u128(0x5eed_0001)));
        vec![
            HeldPage { clusters, causes: causes(), steps },
            HeldPage { clusters: Vec::new(), causes: causes(), steps: Vec::new() },
        ]
    }
}

/// `GET /console/held`
pub async fn show(ctx: Ctx) -> Answer {
    let clusters = ctx.state.office.list_held_clusters(MOST).await?;
    let (steps, names) = (
        ctx.state.holds.guard().open_steps(MOST).await?,
        ctx.state.identity.name_colleagues(ctx.access()).await?,
    );
    let reader = ctx.who.staff()?.staff;
    ctx.page(&HeldPage {
        clusters: clusters.into_iter().map(ClusterRow::of).collect(),
        causes: causes(),
        steps: steps.iter().map(|step| StepRow::of(step, &names, reader)).collect(),
    })
}
