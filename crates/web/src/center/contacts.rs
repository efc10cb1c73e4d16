//! Contacts: who may act for a customer, and in what.

use mailkeep_identity::{ContactRole, ContactRoles, IdentityError};
use mailkeep_policy::Shown;
use serde::Serialize;

use crate::chrome::Tone;
use crate::cookies;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::{Answer, OWNER};
use crate::site::order::choose::Choice;

/// The contacts of the customer.
#[derive(Debug, Serialize)]
pub struct ContactsPage {
    /// The contacts.
    pub contacts: Vec<ContactRow>,
    /// Whether the one who asks may change them.
    pub may_change: bool,
    /// An invitation.
    pub form: Form,
    /// Roles to give.
    pub roles: Vec<Choice>,
}

/// A contact.
#[derive(Debug, Clone, Serialize)]
pub struct ContactRow {
    /// Its id.
    pub id: String,
    /// The Registration ID, or the address of an invitation.
    pub who: Shown<String>,
    /// The role.
    pub role: String,
    /// Whether the invitation was taken up.
    pub active: bool,
    /// Whether it is the one who asks.
    pub you: bool,
}

impl Page for ContactsPage {
    const TEMPLATE: &'static str = "center/contacts.html";

    fn samples() -> Vec<Self> {
        let row = |id: &str, who: &str, role: &str, active, you| ContactRow {
            id: id.to_owned(),
            who: who.into(),
            role: role.to_owned(),
            active,
            you,
        };
        let contacts = vec![
            row("a", "R-7F3K-2Q9M-X", "owner", true, true),
            row("b", "R-11XT-8D2C-4", "billing", true, false),
            row("c", "grace@example.net", "technical", false, false),
        ];
        let roles = vec![
            Choice::new("billing", "Billing", "Orders, invoices, payment"),
            Choice::new("technical", "Technical", "Domains, mailboxes, aliases"),
            Choice::new("read_only", "Read only", "May look, changes nothing"),
        ];
        vec![
            ContactsPage {
                contacts: contacts.clone(),
                may_change: true,
                form: Form::new().with("role", "technical").wrong("email", msg("form-email")),
                roles: roles.clone(),
            },
            ContactsPage { contacts, may_change: false, form: Form::new(), roles },
        ]
    }
}

/// `GET /center/contacts`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new().with("role", "technical")).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx, form: Form) -> Result<ContactsPage, WebError> {
    let customer = ctx.customer()?;
    let me = ctx.who.person()?.person;
    let (contacts, invitations) = ctx.state.identity.list_contacts(ctx.access(), customer).await?;
    let role = |roles: ContactRoles| roles.iter().next().unwrap_or(ContactRole::ReadOnly).word().to_owned();
    let rows = contacts.into_iter().map(|contact| ContactRow {
        id: contact.contact.to_string(),
        who: contact.name.join(&contact.email, |name, email| format!("{name} · {email}")),
        role: role(contact.roles),
        active: true,
        you: contact.person == me,
    });
    let invited = invitations.into_iter().map(|invitation| ContactRow {
        id: invitation.invitation.to_string(),
        who: invitation.email.text(),
        role: role(invitation.roles),
        active: false,
        you: false,
    });
    let choice = |word: &str, title, text| Choice::new(word, ctx.say(title), ctx.say(text));
    Ok(ContactsPage {
        contacts: rows.chain(invited).collect(),
        may_change: ctx.has_role(OWNER),
        form,
        roles: vec![
            choice("owner", "role-owner", "role-owner-text"),
            choice("billing", "role-billing", "role-billing-text"),
            choice("technical", "role-technical", "role-technical-text"),
            choice("read_only", "role-read_only", "role-read_only-text"),
        ],
    })
}

/// `POST /center/contacts`
pub async fn invite(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let email = form.required(&ctx.form, "email").to_owned();
    let read = |word: &str| ContactRole::from_word(word).ok_or(());
    let role = form.checked(&ctx.form, "role", msg("form-required"), read);
    if let (true, Some(role)) = (form.good(), role) {
        let roles = ContactRoles::of(&[role]);
        let customer = ctx.customer()?;
        match ctx.state.identity.invite_contact(ctx.access(), customer, &email, roles, &ctx.origin()).await {
            Ok(()) => return ctx.done("/center/contacts", msg("contact-invite-sent")),
            Err(IdentityError::PasswordNeeded) => {
                return Ok(ctx.redirect("/center/password?next=/center/contacts"));
            }
            Err(error) => form.take(error, &["email"])?,
        }
    }
    let page = page(&ctx, form).await?;
    ctx.refused(&page)
}

/// `POST /center/contacts/{contact}/remove`: a contact, or an invitation that was not taken up.
pub async fn remove(ctx: Ctx) -> Answer {
    let (identity, customer) = (&ctx.state.identity, ctx.customer()?);
    let invitation: uuid::Uuid = ctx.param("contact")?;
    match identity.withdraw_invitation(ctx.access(), customer, invitation).await {
        Err(IdentityError::NotFound) => {
            match identity.remove_contact(ctx.access(), customer, ctx.param("contact")?, &ctx.origin()).await
            {
                Err(IdentityError::PasswordNeeded) => {
                    return Ok(ctx.redirect("/center/password?next=/center/contacts"));
                }
                done => done?,
            }
        }
        done => done?,
    }
    ctx.done("/center/contacts", msg("contact-removed"))
}

/// `GET /invitation?token=…`
pub async fn show_invitation(ctx: Ctx) -> Answer {
    ctx.page(&InvitationPage { token: ctx.query.get("token").to_owned() })
}

/// `POST /invitation`
pub async fn accept_invitation(ctx: Ctx) -> Answer {
    let token = ctx.form.get("token");
    let customer = ctx.state.identity.accept_invitation(ctx.access(), token, &ctx.origin()).await?;
    let mut response = ctx.redirect_saying("/center", Tone::Good, msg("invitation-accepted"));
    cookies::set(&mut response, cookies::CUSTOMER, &customer.to_string(), None);
    Ok(response)
}

/// The page that an invitation leads to.
#[derive(Debug, Serialize)]
pub struct InvitationPage {
    /// The secret of the link.
    pub token: String,
}

impl Page for InvitationPage {
    const TEMPLATE: &'static str = "center/invitation.html";

    fn samples() -> Vec<Self> {
        vec![InvitationPage { token: "sample".to_owned() }]
    }
}
