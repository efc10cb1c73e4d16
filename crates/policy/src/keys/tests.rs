use std::time::Duration;

use mailkeep_storage::sql::Database;
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{Clock, MailboxId, ManualClock, PersonId};
use proptest::prelude::*;
use uuid::Uuid;

use super::cipher::SubCipher;
use super::{KeyError, KeyStore, KeyUse, LookupKind, RootKey, RootKeySource, additional_data};
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
fn lookup_hashes_differ_by_kind_and_by_root_key() {
    let (one, other) = (RootKey::from_bytes(&[1; 32]), RootKey::from_bytes(&[2; 32]));
    let hash = one.lookup_hash(LookupKind::Email, "ada@example.com");
    assert_eq!(hash, RootKey::from_bytes(&[1; 32]).lookup_hash(LookupKind::Email, "ada@example.com"));
    assert_ne!(hash, one.lookup_hash(LookupKind::Other, "ada@example.com"));
    assert_ne!(hash, other.lookup_hash(LookupKind::Email, "ada@example.com"));
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
