use mailkeep_storage::sql::{Database, SqlError, params};
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{MailboxId, ManualClock};

use tlog_tiles::tlog::Hash;

use super::{FindingKind, UseFilter, UserKind, verify};
use crate::gate::{Grant, Use};
use crate::ledger;
use crate::policy::Policy;
use crate::subject::{Actor, Fact, Subject};
use crate::vocabulary::{Act, PurposeId, purpose};

const DAY: std::time::Duration = std::time::Duration::from_secs(86_400);

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

both_engines!(heads_are_signed_once_and_proofs_hold_for_everybody, |db: Database| async move {
    let (policy, mailboxes) = filled(&db, 3, 100).await;
    let key = policy.ledger_key().await.unwrap();
    let first = ledger::make_checkpoint(&policy).await.unwrap();
    assert_eq!((first.size, first.root), (300, verify(&db).await.unwrap().root));
    assert_eq!(ledger::read_checkpoint(&first.note, &key), Ok(first.head()));
    assert_eq!(ledger::make_checkpoint(&policy).await.unwrap().note, first.note, "nothing was added");
    assert_eq!(policy.ledger_head().await.unwrap(), Some(first.head()));

    let proof = ledger::prove_entry(&policy, 42).await.unwrap();
    proof.verify(&key, None).unwrap();
    let mut forged = proof.clone();
    forged.entry.at_micros += 1;
    assert!(forged.verify(&key, None).is_err());
    assert!(proof.verify(&key, Some(b"something else")).is_err());
    let bytes = serde_json::to_vec(&proof).unwrap();
    assert_eq!(serde_json::from_slice::<ledger::EntryProof>(&bytes).unwrap(), proof);
    assert!(ledger::prove_entry(&policy, 301).await.is_err());

    // It grows: the earlier head is the beginning of the later one, and a proof covers the new entry.
    let asked = Use {
        actor: Actor::System("test"),
        subject: Subject::mailbox(mailboxes[0]),
        act: Act::Disclose,
        fields: &["mail.body"],
        fact: Fact::OwnMailbox(mailboxes[0]),
    };
    policy.grant::<purpose::Comply>(asked).await.unwrap_err();
    ledger::prove_entry(&policy, 301).await.unwrap().verify(&key, None).unwrap();
    let grown = ledger::prove_consistency(&policy, 300).await.unwrap();
    let head = ledger::read_checkpoint(&grown.checkpoint, &key).unwrap();
    let path: Vec<_> = grown
        .path
        .iter()
        .map(|hash| data_encoding::HEXLOWER.decode(hash.as_bytes()).unwrap().try_into().map(Hash).unwrap())
        .collect();
    tlog_tiles::tlog::check_tree(&path, head.size, Hash(head.root), 300, Hash(first.root)).unwrap();
    assert_eq!(ledger::head_of_size(&policy, 300).await.unwrap(), first.head());
    assert_eq!(ledger::head_of_size(&policy, 7).await.unwrap().size, 7);

    // Cut off with everything that names the end, but for the paper.
    sql(&db, "DELETE FROM ledger_entries WHERE position > 200").await;
    sql(&db, "DELETE FROM ledger_checkpoints").await;
    sql(&db, "DELETE FROM ledger_heads").await;
    sql(&db, "INSERT INTO ledger_heads SELECT subject_kind, subject_id, sequence, hash FROM ledger_entries AS e
              WHERE sequence = (SELECT MAX(sequence) FROM ledger_entries AS o WHERE o.subject_id = e.subject_id)").await;
    assert!(verify(&db).await.unwrap().findings.is_empty());
    let found = ledger::verify_against(&db, vec![first.head()], Some(key)).await.unwrap().findings;
    assert_eq!(
        found.iter().map(|f| (f.position, f.kind)).collect::<Vec<_>>(),
        [(200, FindingKind::Truncated)]
    );
    let shorter = ledger::prove_consistency(&policy, 300).await;
    assert!(matches!(shorter, Err(ledger::LedgerError::Shorter { known: 300, there: 200 })), "{shorter:?}");
});

both_engines!(a_head_that_somebody_else_signed_and_a_changed_payload_are_found, |db: Database| async move {
    let (policy, _) = filled(&db, 2, 5).await;
    let key = policy.ledger_key().await.unwrap();
    ledger::make_checkpoint(&policy).await.unwrap();
    assert!(ledger::verify_payloads(&policy).await.unwrap().is_empty());
    sql(&db, "UPDATE ledger_entries SET payload = (SELECT payload FROM ledger_entries WHERE position = 1) WHERE position = 2").await;
    let changed = ledger::verify_payloads(&policy).await.unwrap();
    assert_eq!(changed.iter().map(|f| f.position).collect::<Vec<_>>(), [2]);
    sql(&db, "UPDATE ledger_checkpoints SET note = REPLACE(note, 'mailkeep', 'malikeep')").await;
    let found = ledger::verify_against(&db, vec![], Some(key)).await.unwrap().findings;
    assert_eq!(found.iter().map(|f| f.kind).collect::<Vec<_>>(), [FindingKind::HeadForged]);
});

/// Grants to read, or to export, the chains of all these mailboxes.
async fn audits(policy: &Policy, mailboxes: &[MailboxId], act: Act) -> Vec<Grant<purpose::Audit>> {
    let mut grants = Vec::new();
    for mailbox in mailboxes {
        let asked = Use {
            actor: Actor::Mailbox(*mailbox),
            subject: Subject::mailbox(*mailbox),
            act,
            fields: &["ledger_entries.payload"],
            fact: Fact::OwnMailbox(*mailbox),
        };
        grants.push(policy.grant(asked).await.unwrap());
    }
    grants
}

both_engines!(several_chains_are_read_as_one_newest_first, |db: Database| async move {
    // One chain is longer than what is read at a time.
    let (policy, mailboxes) = filled(&db, 2, 230).await;
    let reader = Subject::mailbox(mailboxes[0]);
    let grants = audits(&policy, &mailboxes, Act::Read).await;
    let (mut before, mut seen) = (None, Vec::new());
    loop {
        let page =
            ledger::find_uses(&policy, &grants, reader, &UseFilter::default(), before, 37).await.unwrap();
        seen.extend(page.uses.iter().map(|found| found.entry.position));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    // Both grants are entries too.
    let all: Vec<i64> = (1..=462).rev().collect();
    assert_eq!(seen, all);

    let mine = UseFilter { user: Some(UserKind::You), ..UseFilter::default() };
    let found = ledger::find_uses(&policy, &grants, reader, &mine, None, 50).await.unwrap();
    assert_eq!(found.uses.len(), 2);
    let refused = UseFilter { refused: true, purpose: Some(PurposeId::Comply), ..UseFilter::default() };
    let found = ledger::find_uses(&policy, &grants[..1], reader, &refused, None, 500).await.unwrap();
    assert_eq!(found.uses.len(), 230);
    assert!(found.uses.iter().all(|found| found.subject == reader));
    let later = UseFilter { from: Some(policy.clock().now().plus(DAY)), ..UseFilter::default() };
    assert!(ledger::find_uses(&policy, &grants, reader, &later, None, 50).await.unwrap().uses.is_empty());
    let one = ledger::find_use(&policy, &grants[..1], found.uses[3].entry.id).await.unwrap().unwrap();
    assert_eq!(one.entry.position, found.uses[3].entry.position);
    assert!(ledger::find_use(&policy, &grants[1..], one.entry.id).await.unwrap().is_none(), "another's");
});

both_engines!(a_bundle_proves_each_entry_and_that_the_ledger_only_grew, |db: Database| async move {
    let (policy, mailboxes) = filled(&db, 2, 20).await;
    let reader = Subject::mailbox(mailboxes[0]);
    let first = ledger::make_checkpoint(&policy).await.unwrap();
    let grants = audits(&policy, &mailboxes[..1], Act::Export).await;
    let all = UseFilter::default();
    let bundle = ledger::bundle_uses(&policy, &grants, reader, &all, None, None).await.unwrap();
    assert_eq!(bundle.entries.len(), 21);
    let key = policy.ledger_key().await.unwrap();
    for entry in &bundle.entries {
        let proof = ledger::EntryProof {
            entry: entry.entry.clone(),
            checkpoint: bundle.checkpoint.clone(),
            verifier_key: bundle.verifier_key.clone(),
            path: entry.path.clone(),
        };
        proof.verify(&key, Some(entry.payload.as_bytes())).unwrap();
        assert!(proof.verify(&key, Some(b"{}")).is_err());
    }
    let earlier = bundle.consistency.unwrap();
    assert_eq!((earlier.head.as_str(), earlier.proof.from), (first.head().line().as_str(), 40));
    let since = ledger::bundle_uses(&policy, &grants, reader, &all, None, Some(7)).await.unwrap();
    assert_eq!(since.consistency.unwrap().proof.from, 7);
    assert!(ledger::bundle_uses(&policy, &grants, reader, &all, None, Some(9_999)).await.is_err());
});
