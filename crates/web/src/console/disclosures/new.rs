//! Opening a disclosure: the first of two people.

use mailkeep_mailbox::routing::Route;
use mailkeep_policy::disclosures::{self, DisclosureError, Document, Ground, OpenDisclosure};
use mailkeep_policy::table::{Cell, CellKey};
use mailkeep_policy::{Act, CategoryId, Policy, PurposeId, Role, Subject};
use mailkeep_types::{CustomerId, EmailAddress, RegistrationId};
use serde::Serialize;

use super::list::grounds;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The form.
#[derive(Debug, Serialize)]
pub struct NewDisclosurePage {
    /// What was typed.
    pub form: Form,
    /// The grounds.
    pub grounds: Vec<&'static str>,
    /// The categories that the policy lets anybody disclose.
    pub categories: Vec<CategoryChoice>,
}

/// A category to choose.
#[derive(Debug, Clone, Serialize)]
pub struct CategoryChoice {
    /// Its word.
    pub id: &'static str,
    /// What it is, from the policy file.
    pub words: String,
    /// Whether it is ticked.
    pub ticked: bool,
}

impl Page for NewDisclosurePage {
    const TEMPLATE: &'static str = "console/disclosure_new.html";

    fn samples() -> Vec<Self> {
        let choice = |category: &CategoryId| CategoryChoice {
            id: category.id(),
            words: "as the policy file says it".to_owned(),
            ticked: *category == CategoryId::Identity,
        };
        let page = |form| NewDisclosurePage {
            form,
            grounds: grounds(),
            categories: CategoryId::ALL.iter().map(choice).collect(),
        };
        vec![
            page(Form::new()),
            page(
                Form::new()
                    .with("ground", "own_organisation")
                    .with("subject", "R-7F3K-2Q9M-X")
                    .wrong("document", msg("disclosure-no-document"))
                    .wrong("scope", msg("disclosure-no-scope")),
            ),
        ]
    }
}

/// `GET /console/disclosures/new`
pub async fn show(ctx: Ctx) -> Answer {
    ctx.page(&page(&ctx, Form::new()))
}

fn page(ctx: &Ctx, form: Form) -> NewDisclosurePage {
    let chosen: Vec<&str> = ctx.form.all("scope").collect();
    NewDisclosurePage { form, grounds: grounds(), categories: choices(&ctx.state.policy, &chosen) }
}

/// What a privacy officer may disclose. Mail is not among it here: it is handed over by its own way, never through a page.
fn choices(policy: &Policy, chosen: &[&str]) -> Vec<CategoryChoice> {
    let compiled = policy.compiled();
    let may = |category: &&CategoryId| {
        let key = CellKey {
            purpose: PurposeId::Comply,
            category: **category,
            role: Role::PrivacyOfficer,
            act: Act::Disclose,
        };
        let mail = matches!(category, CategoryId::MailContent | CategoryId::MailMetadata);
        !mail && matches!(compiled.table.cell(key), Cell::Allowed(_))
    };
    let words = |id: &str| {
        let found = compiled.raw.category.iter().find(|category| category.id.get_ref() == id);
        found.map(|category| category.words.clone()).unwrap_or_default()
    };
    CategoryId::ALL
        .iter()
        .filter(may)
        .map(|category| CategoryChoice {
            id: category.id(),
            words: words(category.id()),
            ticked: chosen.contains(&category.id()),
        })
        .collect()
}

/// `POST /console/disclosures`
pub async fn submit(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let asked = read(&ctx, &mut form).await?;
    if let Some(asked) = asked {
        match disclosures::open(&ctx.state.policy, asked).await {
            Ok(id) => return ctx.done(&format!("/console/disclosures/{id}"), msg("disclosure-opened")),
            Err(error) => refuse(&mut form, error)?,
        }
    }
    ctx.refused(&page(&ctx, form))
}

/// Reads the form. What the register itself has to refuse (a missing document, scope or recipient) is left to it, so that it is
/// counted.
async fn read(ctx: &Ctx, form: &mut Form) -> Result<Option<OpenDisclosure>, WebError> {
    let ground =
        form.checked(&ctx.form, "ground", msg("form-required"), |word| Ground::from_id(word).ok_or(()));
    let subject = subject(ctx, form).await?;
    let organisation = match ctx.form.get("organisation") {
        "" => None,
        text => match text.parse::<CustomerId>() {
            Ok(id) => Some(id),
            Err(_) => {
                form.refuse("organisation", msg("disclosure-no-customer"));
                None
            }
        },
    };
    let period_from = form.day(&ctx.form, "from", "UTC", false);
    let period_until = form.day(&ctx.form, "until", "UTC", true);
    let sealed = ctx.form.ticked("sealed");
    let sealed_until = if sealed { form.day(&ctx.form, "review", "UTC", false) } else { None };
    if sealed && sealed_until.is_none() {
        form.refuse("review", msg("disclosure-review-date"));
    }
    let file = ctx.files.iter().find(|file| file.field == "document");
    let document = Document {
        bytes: file.map(|file| file.bytes.to_vec()).unwrap_or_default(),
        media_type: file.map(|file| media_type(&file.bytes)).unwrap_or_default().to_owned(),
    };
    let scope = ctx.form.all("scope").filter_map(CategoryId::from_id).collect();
    let (Some(ground), Some(subject), true) = (ground, subject, form.good()) else { return Ok(None) };
    Ok(Some(OpenDisclosure {
        subject,
        ground,
        document,
        recipient: ctx.form.get("recipient").to_owned(),
        scope,
        period_from,
        period_until,
        organisation,
        sealed_until,
        opened_by: ctx.who.staff()?.staff,
    }))
}

/// What the browser says of a file is not believed: only a PDF is shown as such.
fn media_type(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"%PDF-") { "application/pdf" } else { "application/octet-stream" }
}

/// A Registration ID, the number of a customer, or the address of a mailbox.
async fn subject(ctx: &Ctx, form: &mut Form) -> Result<Option<Subject>, WebError> {
    let text = form.required(&ctx.form, "subject").to_owned();
    let identity = &ctx.state.identity;
    let found = if text.is_empty() {
        return Ok(None);
    } else if let Ok(number) = text.parse::<RegistrationId>() {
        identity.find_person_of_number(ctx.access(), number).await?.map(Subject::person)
    } else if let Ok(customer) = text.parse::<CustomerId>() {
        identity
            .find_customer_for_staff(ctx.access(), customer)
            .await
            .ok()
            .map(|_| Subject::customer(customer))
    } else if let Ok(address) = text.parse::<EmailAddress>() {
        match ctx.state.office.resolve(&address).await? {
            Route::Local { mailbox, by_catch_all: false, .. } => Some(Subject::mailbox(mailbox)),
            _ => None,
        }
    } else {
        None
    };
    if found.is_none() {
        form.refuse("subject", msg("disclosure-no-subject"));
    }
    Ok(found)
}

fn refuse(form: &mut Form, error: DisclosureError) -> Result<(), WebError> {
    let (field, text) = match error {
        DisclosureError::NoDocument => ("document", "disclosure-no-document"),
        DisclosureError::NoScope | DisclosureError::OutsidePolicy(_) => ("scope", "disclosure-no-scope"),
        DisclosureError::NoRecipient => ("recipient", "form-required"),
        DisclosureError::NotInGoodStanding => ("organisation", "disclosure-standing"),
        DisclosureError::ReviewDate => ("review", "disclosure-review-date"),
        DisclosureError::Period => ("until", "disclosure-period-wrong"),
        other => return Err(WebError::internal(other)),
    };
    form.refuse(field, msg(text));
    Ok(())
}
