use super::generate::generate;
use super::*;
use mail_auth::common::crypto::{Ed25519Key, RsaKey, Sha256};
use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;

#[test]
fn keys_are_of_the_forms_that_signers_and_receivers_read() {
    let ed = generate(DkimAlgorithm::Ed25519).unwrap();
    Ed25519Key::from_pkcs8_maybe_unchecked_der(&ed.private).unwrap();
    let rsa = generate(DkimAlgorithm::Rsa).unwrap();
    #[expect(
        deprecated,
        reason = "the other constructor takes a type of a crate that is not a dependency here"
    )]
    RsaKey::<Sha256>::from_pkcs8_der(&rsa.private).unwrap();
    for key in [ed, rsa] {
        let published = DkimPublicKey {
            selector: "s".into(),
            algorithm: key.algorithm,
            public_key: key.public,
            created_at: mailkeep_types::Timestamp::EPOCH,
        };
        DomainKey::parse(published.record_text().as_bytes()).unwrap();
    }
}
