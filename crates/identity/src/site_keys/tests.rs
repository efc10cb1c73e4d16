use std::collections::BTreeSet;
use std::time::Duration;

use mailkeep_protocols::openid::compact;

use crate::testing::on_both_engines;

const DAY: Duration = Duration::from_secs(86_400);

async fn known(identity: &crate::Identity) -> BTreeSet<String> {
    identity.published_site_keys().await.unwrap().into_iter().map(|key| key.kid).collect()
}

fn signer(token: &str) -> String {
    let header = compact::Compact::parse(token).unwrap().header;
    let header: serde_json::Value = serde_json::from_slice(&header).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}

#[test]
fn the_next_key_is_known_before_it_signs_and_an_old_one_until_its_tokens_are_over() {
    on_both_engines(async |identity, clock| {
        identity.rotate_site_keys().await.unwrap();
        let mut published = known(&identity).await;
        let mut old: Vec<(String, u64)> = Vec::new();
        let mut signers = BTreeSet::new();
        for day in 0..400u64 {
            identity.rotate_site_keys().await.unwrap();
            let now = known(&identity).await;
            let token = identity.sign_for_site(super::ID_TOKEN, b"{}").await.unwrap();
            let kid = signer(token.expose());
            signers.insert(kid.clone());
            assert!(published.contains(&kid), "day {day}: sites knew the key a day before it signed");
            assert!(now.len() <= 3, "day {day}: {now:?}");
            old.push((token.expose().to_owned(), day));
            for (token, signed) in old.iter().filter(|(_, signed)| day - signed <= 1) {
                let read = identity.read_own_token(token).await.unwrap();
                assert_eq!(read.as_deref(), Some(b"{}".as_slice()), "day {day}: of day {signed}");
            }
            published = now;
            clock.advance(DAY);
        }
        assert_eq!(signers.len(), 5, "a key signs for 90 days");
        let (first, _) = &old[0];
        assert_eq!(identity.read_own_token(first).await.unwrap(), None, "its key is gone");
    });
}

#[test]
fn only_what_was_signed_here_is_read() {
    on_both_engines(async |identity, _| {
        let token = identity.sign_for_site(super::ID_TOKEN, b"{\"sub\":\"a\"}").await.unwrap();
        let token = token.expose();
        assert!(identity.read_own_token(token).await.unwrap().is_some());
        let read = compact::Compact::parse(token).unwrap();
        let other = compact::signed(&compact::to_sign(&read.header, b"{\"sub\":\"b\"}"), &read.signature);
        let none = String::from_utf8(read.header.clone()).unwrap().replace("ES256", "none");
        let none = compact::signed(&compact::to_sign(none.as_bytes(), &read.claims), b"");
        for forged in [&other, &none, "", "a.b.c", &token[..token.len() - 4]] {
            assert_eq!(identity.read_own_token(forged).await.unwrap(), None, "{forged}");
        }
    });
}

#[test]
fn keys_are_published_without_their_secret() {
    on_both_engines(async |identity, _| {
        let key = serde_json::to_value(&identity.published_site_keys().await.unwrap()[0]).unwrap();
        let names: Vec<&String> = key.as_object().unwrap().keys().collect();
        assert_eq!(names, ["alg", "crv", "kid", "kty", "use", "x", "y"]);
        assert_eq!((key["x"].as_str().unwrap().len(), key["y"].as_str().unwrap().len()), (43, 43));
    });
}
