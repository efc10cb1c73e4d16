use mailkeep_storage::sql::{Database, SqlError, params};
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{MailboxId, ManualClock};

use super::{FindingKind, verify};
use crate::gate::Use;
use crate::ledger;
use crate::policy::Policy;
use crate::subject::{Actor, Fact, Subject};
use crate::vocabulary::{Act, purpose};

/// `each` entries about each of `subjects` mailboxes, asked for at the same time.
async fn filled(db: &Database, subjects: usize, each: usize) -> (Policy, Vec<MailboxId>) {
    let clock = ManualClock::at("2026-03-01");
    let policy = crate::testing::policy_at(db, clock.clone()).await;
    let mailboxes: Vec<_> = (0..subjects).map(|_| MailboxId::new(&*clock)).collect();
    for mailbox in &mailboxes {
        policy.create_key(Subject::mailbox(*mailbox)).await.unwrap();
    }
    let mut tasks = Vec::new();
    for mailbox in mailboxes.clone() {
        for _ in 0..each {
            let policy = policy.clone();
            tasks.push(tokio::spawn(async move {
                // Refused, so that every one is an entry of its own.
                let asked = Use {
                    actor: Actor::System("test"),
                    subject: Subject::mailbox(mailbox),
                    act: Act::Disclose,
                    fields: &["mail.body"],
                    fact: Fact::OwnMailbox(mailbox),
                };
                policy.grant::<purpose::Comply>(asked).await.unwrap_err();
            }));
        }
    }
    for task in tasks {
        task.await.unwrap();
    }
    (policy, mailboxes)
}

async fn sql(db: &Database, statement: &'static str) {
    db.write(move |tx| -> Result<(), SqlError> { tx.execute(statement, params![]).map(|_| ()) })
        .await
        .unwrap();
}

both_engines!(concurrent_entries_form_whole_chains, |db: Database| async move {
    let (policy, mailboxes) = filled(&db, 3, 20).await;
    let found = verify(&db).await.unwrap();
    assert_eq!((found.entries, found.findings), (60, vec![]));
    let me = mailboxes[0];
    let asked = Use {
        actor: Actor::Mailbox(me),
        subject: Subject::mailbox(me),
        act: Act::Read,
        fields: &["ledger_entries.payload"],
        fact: Fact::OwnMailbox(me),
    };
    let grant = policy.grant::<purpose::Audit>(asked).await.unwrap();
    let first = ledger::list_for_subject(&policy, &grant, None, 15).await.unwrap();
    let sequences: Vec<i64> = first.entries.iter().map(|entry| entry.sequence).collect();
    assert_eq!(sequences, (7..=21).rev().collect::<Vec<_>>(), "newest first, the reading itself included");
    let second = ledger::list_for_subject(&policy, &grant, first.next, 15).await.unwrap();
    assert_eq!((second.entries.len(), second.next), (6, None));
    assert_eq!(second.entries[5].purpose, "comply");
    assert_eq!(second.entries[5].policy_id, policy.compiled().id_text());
});

both_engines!(every_kind_of_tampering_is_located, |db: Database| async move {
    filled(&db, 2, 10).await;
    let whole = verify(&db).await.unwrap();
    assert!(whole.findings.is_empty());
    // Statement, the statement that mends it, and what is found in between.
    type Case = (&'static str, &'static str, &'static [(i64, FindingKind)]);
    let cases: [Case; 5] = [
        // An edit of any column that the hash covers.
        (
            "UPDATE ledger_entries SET at = at + 1 WHERE position = 7",
            "UPDATE ledger_entries SET at = at - 1 WHERE position = 7",
            &[(7, FindingKind::Edited)],
        ),
        // A deletion.
        (
            "UPDATE ledger_entries SET position = -position WHERE position = 9",
            "UPDATE ledger_entries SET position = -position WHERE position = -9",
            &[(9, FindingKind::Missing)],
        ),
        // An insertion: positions after it move on.
        (
            "UPDATE ledger_entries SET position = 21 WHERE position = 20",
            "UPDATE ledger_entries SET position = 20 WHERE position = 21",
            &[(20, FindingKind::Missing)],
        ),
        // A head that was set back.
        (
            "UPDATE ledger_heads SET sequence = sequence - 1",
            "UPDATE ledger_heads SET sequence = sequence + 1",
            &[(0, FindingKind::Truncated)],
        ),
        // A subject that is given another one's entry.
        (
            "UPDATE ledger_entries SET sequence = sequence + 100 WHERE position = 3",
            "UPDATE ledger_entries SET sequence = sequence - 100 WHERE position = 3",
            &[(3, FindingKind::Edited), (3, FindingKind::ChainBroken)],
        ),
    ];
    for (tamper, mend, expected) in cases {
        sql(&db, tamper).await;
        let found = verify(&db).await.unwrap();
        for (position, kind) in expected {
            let located =
                found.findings.iter().any(|f| f.kind == *kind && (f.position == *position || *position == 0));
            assert!(located, "{tamper}: {:?}", found.findings);
        }
        sql(&db, mend).await;
        let again = verify(&db).await.unwrap();
        assert_eq!((again.findings, again.root), (vec![], whole.root), "{mend}");
    }
    // The end of the ledger cut off: the heads say so.
    sql(&db, "DELETE FROM ledger_entries WHERE position > 15").await;
    let found = verify(&db).await.unwrap();
    assert!(found.findings.iter().all(|f| f.kind == FindingKind::Truncated) && !found.findings.is_empty());
    assert_ne!(found.root, whole.root);
});

both_engines!(what_an_entry_says_cannot_be_replaced, |db: Database| async move {
    let (policy, mailboxes) = filled(&db, 1, 2).await;
    sql(&db, "UPDATE ledger_entries SET payload = (SELECT payload FROM ledger_entries WHERE position = 1) WHERE position = 2").await;
    let me = mailboxes[0];
    let asked = Use {
        actor: Actor::Mailbox(me),
        subject: Subject::mailbox(me),
        act: Act::Read,
        fields: &["ledger_entries.payload"],
        fact: Fact::OwnMailbox(me),
    };
    let grant = policy.grant::<purpose::Audit>(asked).await.unwrap();
    assert!(ledger::list_for_subject(&policy, &grant, None, 10).await.is_err());
});
