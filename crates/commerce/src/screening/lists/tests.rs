use super::folder::{Entry, Kind, MANIFEST, Manifest, load, sha256_of};
use super::*;

fn folder(files: &[(Kind, &str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let lists = files.iter().map(|(kind, name, text)| {
        std::fs::write(dir.path().join(name), text).unwrap();
        Entry {
            kind: *kind,
            file: (*name).to_owned(),
            date: "2026-10-01".to_owned(),
            sha256: sha256_of(text.as_bytes()),
            source: "a test".to_owned(),
        }
    });
    let manifest = toml::to_string(&Manifest { lists: lists.collect() }).unwrap();
    std::fs::write(dir.path().join(MANIFEST), manifest).unwrap();
    dir
}

#[test]
fn a_folder_stands_over_the_built_in_lists() {
    let dir = folder(&[
        (Kind::Disposable, "disposable.txt", "# made by hand\nburner.example\nfreemail.example\n"),
        (Kind::DisposableRumour, "rumour.txt", "gmail.com\nodd.example\n"),
        (Kind::FreeMail, "free.txt", "gmail.com\nodd.example\nfreemail.example\nplain.example\n"),
        (Kind::Networks, "networks.csv", "192.0.2.0,192.0.2.127,hosting\n2001:db8::,2001:db8:0:ffff::,tor\n"),
        (
            Kind::Countries,
            "countries.csv",
            "198.51.100.0,198.51.100.255,NL\n2001:db8:1::,2001:db8:1:ffff::,JP\n",
        ),
    ]);
    let lists = load(dir.path()).unwrap();
    let kind = |domain: &str| lists.of_mail_domain(domain).map(|listing| listing.kind);
    assert_eq!(kind("a.burner.example"), Some(ListKind::Disposable));
    assert_eq!(kind("mailinator.com"), None, "the folder's list is the list");
    assert_eq!(kind("gmail.com"), Some(ListKind::FreeMail), "a known provider is not rumoured");
    assert_eq!(kind("odd.example"), Some(ListKind::DisposableRumour), "free mail less what is thrown away");
    assert_eq!(kind("plain.example"), Some(ListKind::FreeMail));
    assert_eq!(kind("freemail.example"), Some(ListKind::Disposable));
    assert_eq!(lists.of_exchanger("mx1.burner.example").unwrap().date, "2026-10-01");
    let network = |text: &str| lists.of_network(text.parse().unwrap()).map(|listing| listing.kind);
    assert_eq!(network("192.0.2.127"), Some(ListKind::Hosting));
    assert_eq!(network("::ffff:192.0.2.1"), Some(ListKind::Hosting));
    assert_eq!((network("192.0.2.128"), network("192.0.1.255")), (None, None));
    assert_eq!(network("2001:db8:0:ffff::9"), Some(ListKind::Tor));
    let country = |text: &str| lists.country_of(text.parse().unwrap()).map(|located| located.country);
    assert_eq!(country("198.51.100.9").as_deref(), Some("NL"));
    assert_eq!(country("2001:db8:1:7::1").as_deref(), Some("JP"));
    assert_eq!(country("203.0.113.1"), None);
}

#[test]
fn a_file_that_is_not_what_the_manifest_says_is_refused() {
    let dir = folder(&[(Kind::Disposable, "d.txt", "burner.example\n")]);
    let source = ListSource::folder(dir.path().to_owned());
    assert!(source.current().is_ok());
    std::fs::write(dir.path().join("d.txt"), "other.example\n").unwrap();
    assert!(load(dir.path()).unwrap_err().why.contains("SHA-256"));

    let dir = folder(&[(Kind::Countries, "c.csv", "198.51.100.0,198.51.100.255,Netherlands\n")]);
    assert!(load(dir.path()).unwrap_err().why.contains("no entry"));
    let dir = folder(&[(Kind::FreeMail, "f.txt", "not a domain\n")]);
    assert!(load(dir.path()).is_err());
    std::fs::write(dir.path().join(MANIFEST), "[[list]]\nkind = \"disposable\"\n").unwrap();
    assert!(load(dir.path()).is_err());
    // No folder at all is no mistake.
    assert!(load(std::path::Path::new("/nowhere/at/all")).unwrap().of_mail_domain("yopmail.com").is_some());
}

#[test]
fn every_built_in_entry_is_a_domain_and_on_one_list() {
    for name in built_in::DISPOSABLE.iter().chain(built_in::FREE_MAIL) {
        assert!(crate::config::is_domain(name), "{name}");
    }
    assert!(built_in::FREE_MAIL.iter().all(|name| !built_in::DISPOSABLE.contains(name)));
}
