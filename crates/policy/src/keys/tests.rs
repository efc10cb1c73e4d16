use std::ops::ControlFlow;
use std::time::Duration;

use mailkeep_storage::sql::Database;
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{Clock, MailboxId, ManualClock, PersonId};
use proptest::prelude::*;
use uuid::Uuid;

use super::cipher::SubCipher;
use super::{
    HouseKeys, KeyError, KeyStore, KeyUse, LookupKind, RootKey, RootKeySource, additional_data, key_figures,
    rotate_root,
};
use crate::subject::{Place, Subject};

const ROW: Uuid = Uuid::from_bytes([7; 16]);

#[test]
fn a_ciphertext_opens_only_in_its_own_place_and_for_its_own_subject() {
    let clock = ManualClock::at("2026-03-01");
    let cipher = SubCipher::derive(&[1; 32], "identity");
    let subject = Subject::person(PersonId::new(&*clock));
    let place = Place { table: "persons", column: "name", row: ROW };
    let sealed = cipher.seal(&additional_data(subject, &place), b"Ada Example");
    assert_eq!(cipher.open(&additional_data(subject, &place), &sealed).unwrap(), b"Ada Example");
    let others = [
        (subject, Place { column: "phone", ..place }),
        (subject, Place { table: "person", column: "sname", ..place }),
        (subject, Place { row: Uuid::from_bytes([8; 16]), ..place }),
        (Subject::person(PersonId::new(&*clock)), place),
        (Subject::mailbox(MailboxId::from_uuid(subject.uuid())), place),
    ];
    for (subject, place) in others {
        assert_eq!(cipher.open(&additional_data(subject, &place), &sealed), None, "{subject:?} {place:?}");
    }
    let other_category = SubCipher::derive(&[1; 32], "contact");
    assert_eq!(other_category.open(&additional_data(subject, &place), &sealed), None);
}

proptest! {
    #[test]
    fn opens_what_it_sealed_and_nothing_that_was_changed(plain in proptest::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let cipher = SubCipher::derive(&[9; 32], "mail_content");
        let sealed = cipher.seal(b"place", &plain);
        prop_assert_eq!(sealed.len(), plain.len() + 29);
        prop_assert_eq!(cipher.open(b"place", &sealed).unwrap(), plain);
        let mut changed = sealed.clone();
        changed[at.index(sealed.len())] ^= 1 << bit;
        prop_assert_eq!(cipher.open(b"place", &changed), None);
        prop_assert_eq!(cipher.open(b"place", &sealed[..at.index(sealed.len())]), None);
    }
}

#[test]
fn lookup_hashes_differ_by_kind_and_by_key() {
    let house = |byte| HouseKeys { lookup: [byte; 32].into(), pseudonym: [byte; 32].into() };
    let hash = house(1).lookup_hash(LookupKind::Email, "ada@example.com");
    assert_eq!(hash, house(1).lookup_hash(LookupKind::Email, "ada@example.com"));
    assert_ne!(hash, house(1).lookup_hash(LookupKind::Other, "ada@example.com"));
    assert_ne!(hash, house(2).lookup_hash(LookupKind::Email, "ada@example.com"));
}

#[test]
fn a_command_gives_the_root_key_and_nothing_of_it_is_told() {
    let command = |script: &str, seconds| RootKeySource::Command {
        words: ["/bin/sh", "-c", script].map(str::to_owned).to_vec(),
        patience: Duration::from_secs(seconds),
    };
    let key = "07".repeat(32);
    let root = RootKey::load(&command(&format!("echo {key}"), 30)).unwrap();
    assert_eq!(root.check_value(), RootKey::from_bytes(&[7; 32]).check_value());
    for (script, seconds, why) in [
        ("echo 0707 secret", 30, "64 hexadecimal digits"),
        ("echo secret; exit 3", 30, "failed"),
        ("head -c 100000 /dev/zero | tr '\\0' 7", 30, "more than a root key"),
        ("exec sleep 600", 0, "did not answer"),
    ] {
        let refused = RootKey::load(&command(script, seconds)).unwrap_err().to_string();
        assert!(refused.contains(why) && !refused.contains("secret") && !refused.contains("07"), "{refused}");
    }
    let missing = RootKeySource::Command { words: vec!["/nowhere/key".to_owned()], patience: Duration::ZERO };
    assert!(RootKey::load(&missing).unwrap_err().to_string().contains("does not start"));
}

#[test]
fn the_root_key_file_is_made_once_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("root.key");
    let source = RootKeySource::File(path.clone());
    let missing = RootKey::load(&source).unwrap_err().to_string();
    assert!(missing.contains("mailkeep init"), "{missing}");
    RootKey::create_file(&path).unwrap();
    let first = RootKey::load(&source).unwrap().check_value();
    RootKey::create_file(&path).unwrap();
    assert_eq!(RootKey::load(&source).unwrap().check_value(), first, "an existing key is kept");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let open = RootKey::load(&source).unwrap_err().to_string();
        assert!(open.contains("chmod 600"), "{open}");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    std::fs::write(&path, "not a key").unwrap();
    assert!(RootKey::load(&source).unwrap_err().to_string().contains("64 hexadecimal digits"));
}

async fn store(keys: &Database, root: u8, clock: &std::sync::Arc<ManualClock>) -> Result<KeyStore, KeyError> {
    KeyStore::open(keys.clone(), RootKey::from_bytes(&[root; 32]), clock.clone()).await
}

both_engines!(keys_live_in_their_own_database_and_die_for_good, |db: Database| async move {
    let clock = ManualClock::at("2026-03-01");
    let keys = mailkeep_storage::testing::sibling(&db).await;
    let here = store(&keys, 1, &clock).await.unwrap();
    let there = store(&keys, 1, &clock).await.unwrap();
    assert!(matches!(store(&keys, 2, &clock).await, Err(KeyError::WrongRoot)));

    let subject = Subject::person(PersonId::new(&*clock));
    assert!(matches!(here.get(subject).await, Err(KeyError::Missing(_))));
    let first = here.create(subject).await.unwrap();
    here.create(subject).await.unwrap();
    let elsewhere = there.create(subject).await.unwrap();
    let name = crate::vocabulary::CategoryId::Identity;
    let sealed = first.category(name, KeyUse::Data).unwrap().seal(b"", b"secret");
    assert_eq!(elsewhere.category(name, KeyUse::Data).unwrap().open(b"", &sealed).unwrap(), b"secret");
    // As from a closure on a database thread.
    assert!(there.get_now(subject).is_ok());

    assert!(here.destroy(subject, KeyUse::Data).await.unwrap());
    assert!(!here.destroy(subject, KeyUse::Data).await.unwrap());
    assert!(first.data_destroyed(), "sessions that hold the key lose it");
    for store in [&here, &there] {
        clock.advance(crate::keys::CACHED_FOR + Duration::from_secs(1));
        let keys = store.create(subject).await.unwrap();
        assert!(matches!(keys.category(name, KeyUse::Data), Err(KeyError::Erased(_))), "never made again");
        assert!(keys.category(crate::vocabulary::CategoryId::Invoice, KeyUse::Books).is_ok());
        assert!(keys.ledger().is_ok());
    }
    assert!(clock.now() > mailkeep_types::Timestamp::EPOCH);
});

both_engines!(a_new_root_opens_everything_and_the_old_one_nothing, |db: Database| async move {
    let clock = ManualClock::at("2026-03-01");
    let keys = mailkeep_storage::testing::sibling(&db).await;
    let (old, new) = (RootKey::from_bytes(&[1; 32]), RootKey::from_bytes(&[2; 32]));
    let name = crate::vocabulary::CategoryId::Identity;
    let before = store(&keys, 1, &clock).await.unwrap();
    let mut sealed = Vec::new();
    for _ in 0..7 {
        let subject = Subject::person(PersonId::new(&*clock));
        let made = before.create(subject).await.unwrap();
        sealed.push((subject, made.category(name, KeyUse::Data).unwrap().seal(b"", b"secret")));
    }
    let erased = Subject::person(PersonId::new(&*clock));
    before.create(erased).await.unwrap();
    before.destroy(erased, KeyUse::Data).await.unwrap();
    let signer = before.ledger_signer("mail.example.com/ledger").await.unwrap().verifier_key();
    let hash = before.house().lookup_hash(LookupKind::Email, "ada@example.com");
    let staff = mailkeep_types::StaffId::new(&*clock);
    let pseudonym = before.house().staff_pseudonym(staff);

    // While a node serves nothing is touched; one that crashed is forgotten.
    let node = Uuid::from_bytes([9; 16]);
    before.say_serving(node).await.unwrap();
    let refused = rotate_root(&keys, &old, &new, 2, |_| ControlFlow::Continue(())).await;
    assert!(matches!(refused, Err(KeyError::Serving(1))), "{refused:?}");
    before.stop_serving(node).await.unwrap();

    // Broken off after the second transaction: neither root starts, and both are needed to go on.
    let mut left = 2;
    let broken = rotate_root(&keys, &old, &new, 2, |_| {
        left -= 1;
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let broken = broken.await.unwrap();
    assert!(!broken.complete && broken.wrapped == 3 + 2, "{broken:?}");
    assert!(key_figures(&keys, &old).await.unwrap().rotating);
    for root in [1, 2] {
        assert!(matches!(store(&keys, root, &clock).await, Err(KeyError::Rotating)));
    }
    let third = RootKey::from_bytes(&[3; 32]);
    let other = rotate_root(&keys, &old, &third, 2, |_| ControlFlow::Continue(())).await;
    assert!(matches!(other, Err(KeyError::WrongRoot)), "{other:?}");

    let rest = rotate_root(&keys, &old, &new, 2, |_| ControlFlow::Continue(())).await.unwrap();
    assert_eq!((rest.complete, rest.before, rest.wrapped), (true, 5, 8 * 3 - 1 - 2));
    assert!(matches!(store(&keys, 1, &clock).await, Err(KeyError::WrongRoot)), "the old root is refused");
    let after = store(&keys, 2, &clock).await.unwrap();
    for (subject, sealed) in &sealed {
        let opened = after.get(*subject).await.unwrap();
        assert_eq!(opened.category(name, KeyUse::Data).unwrap().open(b"", sealed).unwrap(), b"secret");
    }
    assert!(!after.get(erased).await.unwrap().has_data(), "what was destroyed stays so");
    assert_eq!(after.ledger_signer("another").await.unwrap().verifier_key(), signer);
    assert_eq!(after.house().lookup_hash(LookupKind::Email, "ada@example.com"), hash);
    assert_eq!(after.house().staff_pseudonym(staff), pseudonym);
    let again = rotate_root(&keys, &old, &new, 2, |_| ControlFlow::Continue(())).await.unwrap();
    assert_eq!((again.complete, again.wrapped), (true, 0), "asked again after the end, it has nothing to do");
});

both_engines!(an_installation_from_before_keeps_its_hashes, |db: Database| async move {
    let clock = ManualClock::at("2026-03-01");
    let keys = mailkeep_storage::testing::sibling(&db).await;
    let root = RootKey::from_bytes(&[1; 32]);
    // Its check value stands there, and it has no house keys: hashes were made of the root itself.
    let check = root.check_value();
    keys.write(move |tx| crate::keys::store::open(tx, &check).map(|_| ())).await.unwrap();
    let earlier = HouseKeys { lookup: (*root.first_house_key("lookup")).into(), pseudonym: [0; 32].into() };
    let hash = earlier.lookup_hash(LookupKind::Email, "ada@example.com");
    let opened = store(&keys, 1, &clock).await.unwrap();
    assert_eq!(opened.house().lookup_hash(LookupKind::Email, "ada@example.com"), hash);
    // A new installation has hashes that its root key does not give away.
    let fresh = mailkeep_storage::testing::sibling(&db).await;
    let fresh = store(&fresh, 1, &clock).await.unwrap();
    assert_ne!(fresh.house().lookup_hash(LookupKind::Email, "ada@example.com"), hash);
});
