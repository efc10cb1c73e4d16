//! Downloads from the first draft to the last byte, on both engines.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{TryStreamExt, stream};
use mailkeep_storage::blobs::{Blobs, BlobsConfig};
use mailkeep_storage::sql::Dialect;
use mailkeep_types::{DownloadFileId, DownloadProductId, ManualClock, ReleaseId, SharedClock, StaffId};
use sha2::{Digest, Sha256};

use super::store::by_hand;
use super::{
    Act, Architecture, Audience, Broken, Channel, DownloadError, Downloads, FileDraft, Platform,
    ProductDraft, ReleaseDraft,
};

/// The key, and the signature of the four letters `test`, from the documentation of minisign's library.
const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
const SIGNATURE: &str = "untrusted comment: signature from minisign secret key\n\
    RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=\n\
    trusted comment: timestamp:1633700835\tfile:test\tprehashed\n\
    wLMDjy9FLAuxZ3q4NlEvkgtyhrr0gtTu6KC4KBJdITbbOeAi1zBIYo0v4iTgt8jJpIidRJnp94ABQkJAgAooBQ==\n";

struct House {
    downloads: Downloads,
    blobs: Blobs,
    clock: Arc<ManualClock>,
    _folder: tempfile::TempDir,
}

fn on_both_engines(body: impl AsyncFn(House)) {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-01");
        let shared: SharedClock = Arc::<ManualClock>::clone(&clock);
        mailkeep_storage::testing::run_at(dialect, shared, async |db| {
            let policy = mailkeep_policy::testing::policy(&db).await;
            let folder = tempfile::tempdir().unwrap();
            let blobs = Blobs::open(&BlobsConfig::Folder(folder.path().join("blobs"))).unwrap();
            let downloads = Downloads::open(db, policy, blobs.clone());
            body(House { downloads, blobs, clock: Arc::clone(&clock), _folder: folder }).await;
        });
    }
}

fn staff() -> StaffId {
    StaffId::from_uuid(uuid::Uuid::from_u128(7))
}

fn draft(version: &str, channel: Channel) -> ReleaseDraft {
    ReleaseDraft {
        version: version.to_owned(),
        channel,
        notes: "Faster.".to_owned(),
        audience: Audience::Public,
        plans: Vec::new(),
    }
}

fn file(name: &str, signature: &str) -> FileDraft {
    FileDraft {
        platform: Platform::Linux,
        architecture: Architecture::X8664,
        name: name.to_owned(),
        signature: signature.to_owned(),
        most_bytes: 1_000_000,
    }
}

impl House {
    async fn product(&self, name: &str, key: &str) -> DownloadProductId {
        let draft = ProductDraft {
            name: name.to_owned(),
            slug: String::new(),
            summary: "A program.".to_owned(),
            key: key.to_owned(),
        };
        self.downloads.put_product(staff(), None, draft).await.unwrap()
    }

    async fn take(
        &self,
        release: ReleaseId,
        file: FileDraft,
        content: &[u8],
    ) -> Result<DownloadFileId, DownloadError> {
        let pieces: Vec<Result<Bytes, Broken>> =
            content.chunks(1000).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        self.downloads.take_file(staff(), release, file, stream::iter(pieces)).await
    }

    async fn publish(&self, product: DownloadProductId, draft: ReleaseDraft) -> ReleaseId {
        let release = self.downloads.begin_release(staff(), product, draft).await.unwrap();
        self.take(release, file("keep.tar.gz", ""), b"bytes").await.unwrap();
        self.downloads.publish_release(staff(), release).await.unwrap();
        release
    }
}

fn field(outcome: Result<DownloadFileId, DownloadError>) -> &'static str {
    match outcome {
        Err(DownloadError::Field { field, .. }) => field,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_release_is_seen_once_published_and_gives_its_bytes() {
    on_both_engines(async |house| {
        let downloads = &house.downloads;
        let product = house.product("Mail Keeper", "").await;
        let release =
            downloads.begin_release(staff(), product, draft("1.0.0", Channel::Stable)).await.unwrap();
        let empty = downloads.publish_release(staff(), release).await;
        assert!(matches!(empty, Err(DownloadError::State(_))), "not without a file: {empty:?}");
        let content: Vec<u8> = (0..300_000u32).flat_map(u32::to_le_bytes).take(900_001).collect();
        house.take(release, file("keeper.tar.gz", ""), &content).await.unwrap();
        assert!(
            matches!(downloads.seen_product("mail-keeper").await, Err(DownloadError::NotFound)),
            "a draft"
        );
        assert!(downloads.seen_products().await.unwrap().is_empty());
        assert!(downloads.find_file("mail-keeper", "1.0.0", "keeper.tar.gz").await.is_err(), "a draft");

        downloads.publish_release(staff(), release).await.unwrap();
        let found = downloads.find_file("mail-keeper", "1.0.0", "keeper.tar.gz").await.unwrap();
        assert_eq!(found.file.size_bytes, 900_001);
        let expected: [u8; 32] = Sha256::digest(&content).into();
        assert_eq!(found.file.sha256, expected);
        let part = downloads.open_file(&found.file, 5..900_001).await.unwrap();
        let part: Vec<Bytes> = part.try_collect().await.unwrap();
        assert!(part.concat() == content[5..]);
        assert!(downloads.find_file("mail-keeper", "1.0.0", "keeper.tar.gz.minisig").await.is_err());

        // What readers have stays as it is.
        assert!(matches!(house.take(release, file("more", ""), b"x").await, Err(DownloadError::State(_))));
        assert!(matches!(downloads.remove_file(staff(), found.file.id).await, Err(DownloadError::State(_))));
        assert!(matches!(downloads.remove_release(staff(), release).await, Err(DownloadError::State(_))));
        let id = found.file.id.uuid();
        let by_a_hand = downloads
            .db()
            .write(move |tx| by_hand(tx, "UPDATE download_files SET name = 'x' WHERE id = $1", id));
        assert!(by_a_hand.await.is_err());
        let mut other = draft("9.9.9", Channel::Nightly);
        other.audience = Audience::Registered;
        downloads.write_release(staff(), release, other).await.unwrap();
        let whole = downloads.whole_release(release).await.unwrap().release;
        assert_eq!(
            (whole.version.as_str(), whole.channel, whole.audience),
            ("1.0.0", Channel::Stable, Audience::Registered)
        );

        assert!(downloads.withdraw_release(staff(), release, " ").await.is_err(), "not without a reason");
        downloads.withdraw_release(staff(), release, "It loses letters.").await.unwrap();
        let (_, seen) = downloads.seen_product("mail-keeper").await.unwrap();
        assert_eq!(seen[0].0.reason.as_deref(), Some("It loses letters."));
        assert!(
            matches!(downloads.publish_release(staff(), release).await, Err(DownloadError::State(_))),
            "for good"
        );
        let acts: Vec<Act> =
            downloads.whole_product(product).await.unwrap().acts.iter().map(|done| done.act).collect();
        assert_eq!(
            acts,
            [Act::Withdrew, Act::Changed, Act::Published, Act::AddedFile, Act::Began, Act::AddedProduct]
        );
    });
}

#[test]
fn a_signature_is_verified_while_the_file_is_taken_in() {
    on_both_engines(async |house| {
        let downloads = &house.downloads;
        let product =
            house.product("Signed", &format!("untrusted comment: minisign public key\n{KEY}\n")).await;
        let release =
            downloads.begin_release(staff(), product, draft("1.0.0", Channel::Stable)).await.unwrap();
        assert_eq!(field(house.take(release, file("test", ""), b"test").await), "signature");
        assert_eq!(field(house.take(release, file("test", SIGNATURE), b"tset").await), "signature");
        assert_eq!(
            field(
                house.take(release, file("test", &SIGNATURE.replace("file:test", "file:tes")), b"test").await
            ),
            "signature"
        );
        assert_eq!(field(house.take(release, file("test", "garbage"), b"test").await), "signature");
        assert_eq!(
            house.blobs.list("downloads").await.unwrap(),
            [""; 0],
            "nothing of what was refused stays"
        );
        house.take(release, file("test", &SIGNATURE.replace('\n', "\r\n")), b"test").await.unwrap();
        downloads.publish_release(staff(), release).await.unwrap();
        let found = downloads.find_file("signed", "1.0.0", "test.minisig").await.unwrap();
        assert!(found.signature);
        assert_eq!(found.file.signature.as_deref(), Some(SIGNATURE));
        assert_eq!(found.file.signed_by.as_deref(), Some(KEY));

        let plain = house.product("Plain", "").await;
        let release = downloads.begin_release(staff(), plain, draft("1", Channel::Stable)).await.unwrap();
        assert_eq!(
            field(house.take(release, file("test", SIGNATURE), b"test").await),
            "signature",
            "without a key"
        );
    });
}

#[test]
fn what_is_refused_or_breaks_off_leaves_nothing() {
    on_both_engines(async |house| {
        let downloads = &house.downloads;
        let product = house.product("Keeper", "").await;
        let release =
            downloads.begin_release(staff(), product, draft("1.0.0", Channel::Stable)).await.unwrap();
        let small = FileDraft { most_bytes: 10, ..file("a", "") };
        assert_eq!(field(house.take(release, small, b"eleven bytes").await), "file");
        assert_eq!(field(house.take(release, file("a", ""), b"").await), "file");
        assert_eq!(field(house.take(release, file("../a", ""), b"x").await), "file");
        let broken = stream::iter([Ok(Bytes::from_static(b"half")), Err(Broken)]);
        let outcome = downloads.take_file(staff(), release, file("a", ""), broken).await;
        assert!(matches!(outcome, Err(DownloadError::Broken)), "{outcome:?}");
        let first = house.take(release, file("a", ""), b"x").await.unwrap();
        assert_eq!(field(house.take(release, file("a", ""), b"y").await), "file", "the name is taken");
        assert_eq!(house.blobs.list("downloads").await.unwrap(), [format!("downloads/{first}")]);
        downloads.remove_release(staff(), release).await.unwrap();
        assert_eq!(house.blobs.list("downloads").await.unwrap(), [""; 0]);

        // What a crash left goes after a day.
        let lost = DownloadFileId::new(&*house.clock);
        house.blobs.put(&format!("downloads/{lost}"), "lost").await.unwrap();
        assert_eq!(downloads.sweep().await.unwrap(), 0, "it may be on its way");
        house.clock.advance(Duration::from_secs(90_000));
        assert_eq!(downloads.sweep().await.unwrap(), 1);
        assert_eq!(house.blobs.list("downloads").await.unwrap(), [""; 0]);
    });
}

#[test]
fn releases_stand_in_the_order_of_their_numbers() {
    on_both_engines(async |house| {
        let product = house.product("Keeper", "").await;
        for version in ["1.9.0", "1.10.0", "1.10.0-beta.2", "v1.2.0"] {
            house.clock.advance(Duration::from_secs(60));
            house.publish(product, draft(version, Channel::Stable)).await;
        }
        let versions = async |slug: &str| {
            let (_, seen) = house.downloads.seen_product(slug).await.unwrap();
            seen.into_iter().map(|(release, _)| release.version).collect::<Vec<_>>()
        };
        assert_eq!(versions("keeper").await, ["1.10.0", "1.10.0-beta.2", "1.9.0", "v1.2.0"]);
        house.clock.advance(Duration::from_secs(60));
        house.publish(product, draft("2026.11", Channel::Stable)).await;
        assert_eq!(versions("keeper").await, ["2026.11", "v1.2.0", "1.10.0-beta.2", "1.10.0", "1.9.0"]);
        let again = house.downloads.begin_release(staff(), product, draft("1.9.0", Channel::Beta)).await;
        assert!(matches!(again, Err(DownloadError::Field { field: "version", .. })), "{again:?}");
        let mut narrow = draft("3.0.0", Channel::Beta);
        narrow.audience = Audience::Plans;
        let nobody = house.downloads.begin_release(staff(), product, narrow).await;
        assert!(matches!(nobody, Err(DownloadError::Field { field: "plans", .. })), "{nobody:?}");
    });
}

#[test]
fn counts_add_up_by_day() {
    on_both_engines(async |house| {
        let downloads = &house.downloads;
        let product = house.product("Keeper", "").await;
        let release = house.publish(product, draft("1.0.0", Channel::Stable)).await;
        let file = downloads.whole_release(release).await.unwrap().files[0].0.id;
        for _ in 0..3 {
            downloads.count(file);
        }
        downloads.add_up().await.unwrap();
        downloads.count(file);
        house.clock.advance(Duration::from_secs(86_400));
        downloads.count(file);
        let whole = downloads.whole_product(product).await.unwrap();
        assert_eq!(whole.releases[0].1, 5);
        let days: Vec<(&str, i64)> = whole.days.iter().collect();
        assert_eq!(days.len(), 30);
        assert_eq!(days[28..], [("2026-03-01", 4), ("2026-03-02", 1)]);
        assert_eq!(days[..28].iter().map(|(_, n)| n).sum::<i64>(), 0);
        assert_eq!(downloads.list_products().await.unwrap()[0].downloads, 5);
        assert_eq!(downloads.whole_release(release).await.unwrap().files[0].1, 5);
    });
}
