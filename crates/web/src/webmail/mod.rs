//! The webmail: read, search, write and attach, for whoever holds a mailbox.
//!
//! Signing in takes the address and password of the mailbox and begins a session of its own kind; it
//! takes one grant of the policy, with which the mail of this session is opened. Nothing here keeps mail: pages are
//! made from what the mailbox gives at the moment.
//!
//! `reading` and `composing` are pure; the other files are one page or act each.

pub mod act;
pub mod composing;
pub mod events;
pub mod folders;
pub mod held;
pub mod letters;
pub mod list;
pub mod outgoing;
pub mod parts;
pub mod reading;
pub mod send;
pub mod service;
pub mod show;
mod side;
pub mod sign_in;
#[cfg(test)]
mod tests;
pub mod uses;
pub mod view;
pub mod write;

pub use outgoing::{GuardSaid, Outgoing, Submission, SubmissionRefused, Submitted};
pub use service::{Visit, Webmail};

use crate::page::Entry;
use crate::routes::{Permission, Routes};

/// Declares the routes of the webmail.
pub fn routes(routes: &mut Routes) {
    routes.get("/mail/sign-in", Permission::Public, sign_in::show);
    routes.post("/mail/sign-in", Permission::Credentials, sign_in::submit);
    routes.post("/mail/sign-out", Permission::Mailbox, sign_in::sign_out);
    routes.get("/mail", Permission::Mailbox, list::inbox);
    routes.get("/mail/f/{folder}", Permission::Mailbox, list::show);
    routes.get("/mail/search", Permission::Mailbox, list::search);
    routes.get("/mail/events", Permission::Mailbox, events::listen);
    routes.get("/mail/f/{folder}/{uid}", Permission::Mailbox, show::show);
    routes.get("/mail/f/{folder}/{uid}/body", Permission::Mailbox, parts::body);
    routes.get("/mail/f/{folder}/{uid}/picture/{part}", Permission::Mailbox, parts::picture);
    routes.get("/mail/f/{folder}/{uid}/part/{part}", Permission::Mailbox, parts::download);
    routes.get("/mail/f/{folder}/{uid}/source", Permission::Mailbox, parts::source);
    routes.get("/mail/f/{folder}/{uid}/message.eml", Permission::Mailbox, parts::save);
    routes.post("/mail/act", Permission::Mailbox, act::act);
    routes.post("/mail/undo", Permission::Mailbox, act::undo);
    routes.get("/mail/write", Permission::Mailbox, write::show);
    routes.upload("/mail/write", Permission::Mailbox, write::MAX_FORM_BYTES, send::submit);
    routes.get("/mail/held", Permission::Mailbox, held::show);
    routes.post("/mail/held", Permission::Mailbox, held::decide);
    routes.get("/mail/uses", Permission::Mailbox, uses::show);
    routes.get("/mail/folders", Permission::Mailbox, folders::show);
    routes.post("/mail/folders", Permission::Mailbox, folders::make);
    routes.post("/mail/folders/{folder}/rename", Permission::Mailbox, folders::rename);
    routes.post("/mail/folders/{folder}/delete", Permission::Mailbox, folders::delete);
}

/// The pages of the webmail.
pub fn pages() -> Vec<Entry> {
    vec![
        Entry::of::<sign_in::SignInPage>(),
        Entry::of::<list::ListPage>(),
        Entry::of::<show::ShowPage>(),
        Entry::of::<show::BodyPage>(),
        Entry::of::<write::WritePage>(),
        Entry::of::<folders::FoldersPage>(),
        Entry::of::<held::OwnHeldPage>(),
        Entry::of::<uses::UsesPage>(),
    ]
}
