//! A page that says how something went and what comes next.

use serde::Serialize;

use crate::messages::{Msg, msg};
use crate::page::Page;

/// How something went.
#[derive(Debug, Serialize)]
pub struct OutcomePage {
    /// `good`, `note`, `warn` or `bad`.
    pub tone: &'static str,
    /// The icon's name in the sprite.
    pub icon: &'static str,
    /// What happened.
    pub title: Msg,
    /// What it means.
    pub text: Msg,
    /// Where to go from here.
    pub link: Option<Link>,
}

/// A link with its text.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// The address.
    pub href: String,
    /// What it says.
    pub text: Msg,
}

impl OutcomePage {
    /// A mail is on its way.
    pub fn look_into_mailbox(title: &'static str, text: &'static str) -> Self {
        OutcomePage { tone: "note", icon: "mail", title: msg(title), text: msg(text), link: None }
    }

    /// It worked.
    pub fn good(title: &'static str, text: &'static str) -> Self {
        OutcomePage { tone: "good", icon: "check", title: msg(title), text: msg(text), link: None }
    }

    /// It did not.
    pub fn bad(title: &'static str, text: &'static str) -> Self {
        OutcomePage { tone: "warn", icon: "alert", title: msg(title), text: msg(text), link: None }
    }

    /// The same with a link.
    #[must_use]
    pub fn leading(mut self, href: impl Into<String>, text: &'static str) -> Self {
        self.link = Some(Link { href: href.into(), text: msg(text) });
        self
    }
}

impl Page for OutcomePage {
    const TEMPLATE: &'static str = "site/outcome.html";

    fn samples() -> Vec<Self> {
        vec![
            OutcomePage::look_into_mailbox("register-sent-title", "register-sent-text"),
            OutcomePage::good("confirm-done-title", "confirm-done-text").leading("/center", "to-center"),
            OutcomePage::bad("confirm-bad-title", "confirm-bad-text").leading("/sign-in", "to-sign-in"),
        ]
    }
}
