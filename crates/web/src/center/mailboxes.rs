//! Mailboxes: making, app passwords, quota, closing.

use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::paging::Paging;
use crate::samples;

/// The mailboxes of the customer.
#[derive(Debug, Serialize)]
pub struct MailboxesPage {
    /// The mailboxes of this page of the list.
    pub mailboxes: Vec<MailboxRow>,
    /// Where in the list.
    pub paging: Paging,
    /// How many proven domains there are.
    pub domains: i64,
    /// Whether the one who asks may change them.
    pub may_change: bool,
}

/// A mailbox in the list.
#[derive(Debug, Clone, Serialize)]
pub struct MailboxRow {
    /// Its id.
    pub id: String,
    /// Its primary address.
    pub address: String,
    /// Its state.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// Space used.
    pub used_bytes: i64,
    /// The quota; 0 is no limit.
    pub quota_bytes: i64,
}

impl Page for MailboxesPage {
    const TEMPLATE: &'static str = "center/mailboxes.html";

    fn samples() -> Vec<Self> {
        let row = |local: &str, state, tone, used_bytes| MailboxRow {
            id: local.to_owned(),
            address: format!("{local}@larkspur-books.example"),
            state,
            tone,
            used_bytes,
            quota_bytes: 25 << 30,
        };
        let rows = vec![
            row("ada", "active", "good", 3_600_000_000),
            row("grace", "locked", "bad", 120_000_000),
            row("shop", "closed", "note", 0),
        ];
        let paging = Paging { page: 1, size: 50, total: 120 };
        vec![
            MailboxesPage { mailboxes: rows, paging, domains: 1, may_change: true },
            MailboxesPage { mailboxes: Vec::new(), paging: paging.of(0), domains: 1, may_change: true },
            MailboxesPage { mailboxes: Vec::new(), paging: paging.of(0), domains: 0, may_change: true },
        ]
    }
}

/// The form that makes a mailbox.
#[derive(Debug, Serialize)]
pub struct NewMailboxPage {
    /// What was typed.
    pub form: Form,
    /// Proven domains.
    pub domains: Vec<Choose>,
}

impl Page for NewMailboxPage {
    const TEMPLATE: &'static str = "center/mailbox_new.html";

    fn samples() -> Vec<Self> {
        let form = Form::new().with("quota_gb", "25");
        let page = |form| NewMailboxPage { form, domains: vec![Choose::new("a", "@larkspur-books.example")] };
        vec![page(form.clone()), page(form.wrong("local", msg("field-taken")))]
    }
}

/// One mailbox.
#[derive(Debug, Serialize)]
pub struct MailboxPage {
    /// Its id.
    pub id: String,
    /// Its primary address.
    pub address: String,
    /// The part after the `@`.
    pub domain: String,
    /// Its state.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// Space used.
    pub used_bytes: i64,
    /// The quota; 0 is no limit.
    pub quota_bytes: i64,
    /// The app passwords.
    pub passwords: Vec<PasswordRow>,
    /// One just made, shown this once.
    pub new_password: Option<NewPassword>,
    /// The form that makes one.
    pub password_form: Form,
    /// The form that sets the quota.
    pub quota_form: Form,
    /// Further addresses.
    pub aliases: Vec<AliasItem>,
    /// The form that adds one.
    pub alias_form: Form,
    /// Whether the one who asks may change the mailbox.
    pub may_change: bool,
}

/// An app password.
#[derive(Debug, Clone, Serialize)]
pub struct PasswordRow {
    /// Its id.
    pub id: String,
    /// The device it is for.
    pub name: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// An app password just made.
#[derive(Debug, Clone, Serialize)]
pub struct NewPassword {
    /// The device it is for.
    pub name: String,
    /// The password.
    pub secret: String,
}

/// A further address.
#[derive(Debug, Clone, Serialize)]
pub struct AliasItem {
    /// Its id.
    pub id: String,
    /// The address.
    pub address: String,
}

impl Page for MailboxPage {
    const TEMPLATE: &'static str = "center/mailbox.html";

    fn samples() -> Vec<Self> {
        let page = |passwords: Vec<PasswordRow>, new_password, used_bytes| MailboxPage {
            id: "m".to_owned(),
            address: "ada@larkspur-books.example".to_owned(),
            domain: "larkspur-books.example".to_owned(),
            state: "active",
            tone: "good",
            used_bytes,
            quota_bytes: 25 << 30,
            passwords,
            new_password,
            password_form: Form::new(),
            quota_form: Form::new().with("quota_gb", "25"),
            aliases: vec![AliasItem {
                id: "x".to_owned(),
                address: "sales@larkspur-books.example".to_owned(),
            }],
            alias_form: Form::new(),
            may_change: true,
        };
        let phone = PasswordRow {
            id: "p".to_owned(),
            name: "Ada’s phone".to_owned(),
            made_at: samples::days_ago(3),
            used_at: Some(samples::minutes_ago(7)),
        };
        let desk =
            PasswordRow { id: "q".to_owned(), name: "Desk".to_owned(), used_at: None, ..phone.clone() };
        let secret = NewPassword { name: "Desk".to_owned(), secret: "kelp-hinge-amber-motet-7".to_owned() };
        vec![
            page(vec![phone, desk.clone()], None, 25 << 30),
            page(vec![desk], Some(secret), 3 << 30),
            page(Vec::new(), None, 0),
        ]
    }
}
