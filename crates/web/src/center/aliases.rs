//! Aliases: addresses that lead to a mailbox.

use serde::Serialize;

use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;

/// The aliases of the customer.
#[derive(Debug, Serialize)]
pub struct AliasesPage {
    /// The aliases.
    pub aliases: Vec<AliasRow>,
    /// Mailboxes they can lead to.
    pub mailboxes: Vec<Choose>,
    /// A new alias.
    pub form: Form,
    /// Whether the one who asks may change them.
    pub may_change: bool,
}

/// An alias.
#[derive(Debug, Clone, Serialize)]
pub struct AliasRow {
    /// Its id.
    pub id: String,
    /// The address.
    pub address: String,
    /// Where it leads.
    pub leads_to: String,
}

impl Page for AliasesPage {
    const TEMPLATE: &'static str = "center/aliases.html";

    fn samples() -> Vec<Self> {
        let row = |local: &str| AliasRow {
            id: local.to_owned(),
            address: format!("{local}@larkspur-books.example"),
            leads_to: "ada@larkspur-books.example".to_owned(),
        };
        let mailboxes = vec![Choose::new("m", "ada@larkspur-books.example")];
        vec![
            AliasesPage {
                aliases: vec![row("sales"), row("info")],
                mailboxes: mailboxes.clone(),
                form: Form::new(),
                may_change: true,
            },
            AliasesPage {
                aliases: Vec::new(),
                mailboxes,
                form: Form::new().wrong("address", msg("alias-domain")),
                may_change: true,
            },
        ]
    }
}
