//! Contacts: who may act for a customer, and in what.

use serde::Serialize;

use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
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
    pub who: String,
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
            who: who.to_owned(),
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
