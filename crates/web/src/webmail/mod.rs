//! The webmail: read, search, write and attach, for whoever holds a mailbox.
//!
//! Signing in takes the address and password of the mailbox and begins a session of its own kind ([`sessions`]); it
//! takes one grant of the policy, with which the mail of this session is opened. Nothing here keeps mail: pages are
//! made from what the mailbox gives at the moment.
//!
//! `reading` and `composing` are pure; the other files are one page or act each.

pub mod composing;
pub mod folders;
pub mod list;
pub mod outgoing;
pub mod reading;
pub mod show;
pub mod sign_in;
pub mod view;
pub mod write;

use crate::page::Entry;

/// The pages of the webmail.
pub fn pages() -> Vec<Entry> {
    vec![
        Entry::of::<sign_in::SignInPage>(),
        Entry::of::<list::ListPage>(),
        Entry::of::<show::ShowPage>(),
        Entry::of::<show::BodyPage>(),
        Entry::of::<write::WritePage>(),
        Entry::of::<folders::FoldersPage>(),
    ]
}
