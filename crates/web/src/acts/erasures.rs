//! What goes along with a person: the customers that are theirs alone, with everything that hangs on them.

use mailkeep_policy::records::{ErasureFate, ErasureLine, erasure_plan};
use mailkeep_policy::{Shown, Subject};
use mailkeep_types::{CustomerId, PersonId};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;

/// What an erasure would do.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Preview {
    /// The customers that end, by their names.
    pub customers: Vec<Shown<String>>,
    /// The customers that go on without the person.
    pub left: Vec<Shown<String>>,
    /// Services that end.
    pub services: i64,
    /// Domains that are no longer served.
    pub domains: i64,
    /// Mailboxes whose mail goes.
    pub mailboxes: i64,
    /// Tables whose rows become unreadable.
    pub goes: Vec<PreviewLine>,
    /// Tables whose rows stay, with the days of their term.
    pub stays: Vec<PreviewLine>,
    /// What is still owed on invoices, if anything is.
    pub owes: bool,
}

/// A table in a preview.
#[derive(Debug, Clone, Serialize)]
pub struct PreviewLine {
    /// The table, as the registry names it.
    pub table: String,
    /// How many rows.
    pub rows: i64,
    /// For how many days they stay; nothing when they go.
    pub days: Option<u32>,
}

/// The subjects that hang on customers: themselves, and the mailboxes of their domains.
///
/// # Errors
/// A failure of the store.
pub async fn belongings(
    ctx: &Ctx,
    customers: &[(CustomerId, Shown<String>)],
) -> Result<Vec<Subject>, WebError> {
    let ids: Vec<CustomerId> = customers.iter().map(|(customer, _)| *customer).collect();
    belongings_of(ctx, &ids).await
}

/// The same of customers whose names nobody asked for.
///
/// # Errors
/// A failure of the store.
pub async fn belongings_of(ctx: &Ctx, customers: &[CustomerId]) -> Result<Vec<Subject>, WebError> {
    let mut subjects = Vec::new();
    for customer in customers {
        subjects.push(Subject::customer(*customer));
        for domain in ctx.state.office.domains_of_customer(*customer).await? {
            let mailboxes = ctx.state.office.list_mailboxes(domain.id).await?;
            subjects.extend(mailboxes.into_iter().map(|mailbox| Subject::mailbox(mailbox.id)));
        }
    }
    Ok(subjects)
}

/// What an erasure of the person who asks would do. Changes nothing, opens no value.
///
/// # Errors
/// A failure of the store.
pub async fn preview(ctx: &Ctx) -> Result<Preview, WebError> {
    let person = ctx.who.person()?;
    let sole = ctx.state.identity.customers_of_sole_owner(person.person).await?;
    let all = ctx.state.identity.list_customers(ctx.access()).await?;
    let (ending, left): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|customer| sole.contains(&customer.customer));
    let ending: Vec<(CustomerId, Shown<String>)> =
        ending.into_iter().map(|customer| (customer.customer, customer.name)).collect();
    let mut preview = Preview {
        customers: ending.iter().map(|(_, name)| name.clone()).collect(),
        left: left.into_iter().map(|customer| customer.name).collect(),
        ..Preview::default()
    };
    count(ctx, &mut preview, person.person, &sole).await?;
    Ok(preview)
}

/// The same for a privacy officer, of a person who showed that they ask: counts, and no names.
///
/// # Errors
/// A failure of the store.
pub async fn preview_of(ctx: &Ctx, person: PersonId) -> Result<Preview, WebError> {
    let sole = ctx.state.identity.customers_of_sole_owner(person).await?;
    let mut preview = Preview::default();
    count(ctx, &mut preview, person, &sole).await?;
    Ok(preview)
}

async fn count(
    ctx: &Ctx,
    preview: &mut Preview,
    person: PersonId,
    ending: &[CustomerId],
) -> Result<(), WebError> {
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    for customer in ending {
        let services = ctx.state.commerce.list_services(*customer).await?;
        preview.services += count(services.iter().filter(|service| service.ended_at.is_none()).count());
        preview.domains += count(ctx.state.office.domains_of_customer(*customer).await?.len());
        let invoices = ctx.state.commerce.list_invoices(*customer).await?;
        preview.owes |= invoices.iter().any(|invoice| invoice.open().minor > 0);
    }
    let mut subjects = vec![Subject::person(person)];
    subjects.extend(belongings_of(ctx, ending).await?);
    for subject in subjects {
        preview.mailboxes += i64::from(matches!(subject, Subject::Mailbox(_)));
        for line in erasure_plan(&ctx.state.policy, subject).await? {
            add(preview, &line);
        }
    }
    Ok(())
}

fn add(preview: &mut Preview, line: &ErasureLine) {
    let (list, days) = match &line.fate {
        ErasureFate::Unreadable => (&mut preview.goes, None),
        ErasureFate::Kept { days, .. } => (&mut preview.stays, Some(*days)),
        ErasureFate::NothingPersonal => return,
    };
    match list.iter_mut().find(|known| known.table == line.table) {
        Some(known) => known.rows += line.rows,
        None => list.push(PreviewLine { table: line.table.clone(), rows: line.rows, days }),
    }
}
