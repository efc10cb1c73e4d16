//! Random operations on a mailbox, compared with a model that is too simple to be wrong.

use std::collections::BTreeMap;

use mailkeep_storage::both_engines;
use mailkeep_storage::sql::Database;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::*;
use crate::folders::Role;
use crate::testing::{TestOffice, mail};

#[derive(Debug, Clone)]
enum Step {
    Append(usize, bool),
    Flags(usize, u32, u32, FlagKind, bool),
    Copy(usize, u32, u32, usize),
    Move(usize, u32, u32, usize),
    Expunge(usize),
    Undelete(usize, u32),
}

#[derive(Debug, Clone, Copy)]
enum FlagKind {
    Add,
    Remove,
    Replace,
}

fn step() -> impl Strategy<Value = Step> {
    let uid = || 1u32..9;
    let folder = || 0usize..3;
    let kind = prop_oneof![Just(FlagKind::Add), Just(FlagKind::Remove), Just(FlagKind::Replace)];
    prop_oneof![
        3 => (folder(), any::<bool>()).prop_map(|(f, seen)| Step::Append(f, seen)),
        3 => (folder(), uid(), uid(), kind, any::<bool>()).prop_map(|(f, a, b, k, d)| Step::Flags(f, a, b, k, d)),
        1 => (folder(), uid(), uid(), folder()).prop_map(|(f, a, b, to)| Step::Copy(f, a, b, to)),
        1 => (folder(), uid(), uid(), folder()).prop_map(|(f, a, b, to)| Step::Move(f, a, b, to)),
        1 => folder().prop_map(Step::Expunge),
        1 => (folder(), uid()).prop_map(|(f, uid)| Step::Undelete(f, uid)),
    ]
}

/// Messages of a folder: UID to flags and the subject's number.
#[derive(Default, Clone)]
struct ModelFolder {
    next: u32,
    messages: BTreeMap<u32, (Flags, usize)>,
    gone: BTreeMap<u32, Option<(Flags, usize)>>,
}

impl ModelFolder {
    fn put(&mut self, flags: Flags, subject: usize) {
        self.next += 1;
        self.messages.insert(self.next, (flags, subject));
    }

    fn of(&self, a: u32, b: u32) -> Vec<(u32, Flags, usize)> {
        let range = a.min(b)..=a.max(b);
        self.messages.range(range).map(|(uid, (flags, subject))| (*uid, *flags, *subject)).collect()
    }
}

both_engines!(a_mailbox_is_what_its_history_says, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let session = test.session("ann@example.com").await;
    let folders = [Role::Inbox, Role::Trash, Role::Archive].map(|role| session.facts().folder_of(role));
    let mut model: [ModelFolder; 3] = Default::default();
    let mut runner = TestRunner::deterministic();
    let steps = proptest::collection::vec(step(), 150).new_tree(&mut runner).unwrap().current();
    for (number, step) in steps.into_iter().enumerate() {
        let before: Vec<u64> = {
            let mut out = Vec::new();
            for folder in folders {
                out.push(session.folder_changes(folder, u64::MAX).await.unwrap().state.modseq);
            }
            out
        };
        match step.clone() {
            Step::Append(f, seen) => {
                let flags = if seen { Flags::SEEN } else { Flags::NONE };
                let append = Append { message: mail(&format!("m{number}"), "x"), flags, internal_at: None };
                session.append(folders[f], vec![append]).await.unwrap();
                model[f].put(flags, number);
            }
            Step::Flags(f, a, b, kind, deleted) => {
                let flags = if deleted { Flags::DELETED } else { Flags::SEEN };
                let change = match kind {
                    FlagKind::Add => FlagChange::Add(flags),
                    FlagKind::Remove => FlagChange::Remove(flags),
                    FlagKind::Replace => FlagChange::Replace(flags),
                };
                let set = UidSet::from_ranges([a..=b]);
                session.change_flags(folders[f], &set, change, None).await.unwrap();
                for (uid, flags, subject) in model[f].of(a, b) {
                    model[f].messages.insert(uid, (change.apply(flags), subject));
                }
            }
            Step::Copy(f, a, b, to) => {
                session.copy_messages(folders[f], &UidSet::from_ranges([a..=b]), folders[to]).await.unwrap();
                for (_, flags, subject) in model[f].of(a, b) {
                    model[to].put(flags, subject);
                }
            }
            Step::Move(f, a, b, to) => {
                session.move_messages(folders[f], &UidSet::from_ranges([a..=b]), folders[to]).await.unwrap();
                for (uid, flags, subject) in model[f].of(a, b) {
                    model[f].messages.remove(&uid);
                    model[f].gone.insert(uid, None);
                    model[to].put(flags, subject);
                }
            }
            Step::Expunge(f) => {
                session.expunge(folders[f], &UidSet::all()).await.unwrap();
                for (uid, flags, subject) in model[f].of(0, u32::MAX) {
                    if flags.contains(Flags::DELETED) {
                        model[f].messages.remove(&uid);
                        model[f].gone.insert(uid, Some((flags, subject)));
                    }
                }
            }
            Step::Undelete(f, uid) => {
                let done = session.undelete(folders[f], uid).await;
                let held = model[f].gone.get_mut(&uid).and_then(Option::take);
                assert_eq!(done.is_ok(), held.is_some(), "step {number} {step:?}");
                if let Some((flags, subject)) = held {
                    model[f].put(flags.without(Flags::DELETED), subject);
                }
            }
        }
        for (at, folder) in folders.into_iter().enumerate() {
            let view = session.open_folder(folder, false).await.unwrap();
            let found: Vec<_> = view.messages.iter().map(|m| (m.uid, m.flags)).collect();
            let expected: Vec<_> =
                model[at].messages.iter().map(|(uid, (flags, _))| (*uid, *flags)).collect();
            assert_eq!(found, expected, "folder {at} after step {number} {step:?}");
            let unseen = expected.iter().filter(|(_, flags)| !flags.contains(Flags::SEEN)).count();
            assert_eq!((view.state.total, view.state.unseen), (expected.len() as u64, unseen as u64));
            assert_eq!(view.state.uidnext, model[at].next + 1);
            // The change log tells a client that knew the state before the step all that it needs.
            let changes = session.folder_changes(folder, before[at]).await.unwrap();
            assert!(changes.state.modseq >= before[at]);
            assert!(changes.expunged.iter().all(|uid| model[at].gone.contains_key(uid)));
            assert!(changes.changed.iter().all(|m| m.modseq > before[at]));
        }
    }
    for (at, folder) in folders.into_iter().enumerate() {
        let listed = session.read_metadata(folder, &UidSet::all(), 1_000).await.unwrap();
        let subjects: Vec<_> = listed.iter().map(|(uid, m)| (*uid, m.field("subject").unwrap())).collect();
        let expected: Vec<_> =
            model[at].messages.iter().map(|(uid, (_, subject))| (*uid, format!("m{subject}"))).collect();
        assert_eq!(subjects, expected);
    }
    assert_eq!(test.office.doctor(false).await.unwrap().findings, []);
});

both_engines!(what_is_purged_is_gone_and_nothing_else, |db: Database| async move {
    let settings = crate::Settings { undelete: std::time::Duration::ZERO, ..Default::default() };
    let test = TestOffice::open_with(db, settings).await;
    let session = test.session("ann@example.com").await;
    let (inbox, trash) = (session.facts().inbox, session.facts().folder_of(Role::Trash));
    for n in 0..3 {
        let append = Append { message: mail(&format!("m{n}"), "x"), flags: Flags::NONE, internal_at: None };
        session.append(inbox, vec![append]).await.unwrap();
    }
    session.copy_messages(inbox, &UidSet::from_ranges([1..=1]), trash).await.unwrap();
    session.delete_messages(inbox, &UidSet::from_ranges([1..=2])).await.unwrap();
    test.office.purge_expunged().await.unwrap();
    assert!(session.list_restorable(9).await.unwrap().is_empty());
    assert!(session.undelete(inbox, 2).await.is_err());
    // The copy shares the content of what was purged and still has it.
    assert!(session.read_message(trash, 1).await.unwrap().starts_with(b"From: Ann"));
    assert!(session.read_message(inbox, 3).await.is_ok());
    assert_eq!(test.office.doctor(false).await.unwrap().findings, []);
});
