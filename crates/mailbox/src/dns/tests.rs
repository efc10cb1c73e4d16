use mailkeep_storage::both_engines;
use mailkeep_storage::sql::Database;

use super::*;
use crate::testing::TestOffice;

both_engines!(the_check_says_what_to_mend, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let id = test.domain("example.com").await;
    let domain = test.office.domain(id).await.unwrap();
    let keys = test.office.dkim_public_keys(id).await.unwrap();
    let hosts = MailHosts {
        mx: vec!["mx1.host.example".into(), "mx2.host.example".into()],
        spf_include: "spf.host.example".into(),
        imap: "imap.host.example".into(),
        submission: "smtp.host.example".into(),
        autoconfig: "www.host.example".into(),
        reports: "dmarc@host.example".into(),
    };
    let records = records_to_publish(&domain, &keys, &hosts);
    let state = |checked: &[CheckedRecord], kind| {
        checked.iter().filter(|c| c.record.purpose == kind).map(|c| c.state).collect::<Vec<_>>()
    };
    let checked = check_records(records.clone(), &test.dns).await;
    assert_eq!(state(&checked, RecordKind::Proof), [CheckState::Ok]);
    assert_eq!(state(&checked, RecordKind::Mx), [CheckState::Missing; 2]);
    assert!(checked.iter().all(|c| (c.state == CheckState::Ok) == c.advice.is_empty()));
    for record in records.iter().filter(|r| r.purpose != RecordKind::Proof) {
        test.dns.add(record.kind, &record.name, &record.value);
    }
    let checked = check_records(records.clone(), &test.dns).await;
    assert!(checked.iter().all(|c| c.state == CheckState::Ok), "{checked:?}");
    test.dns.add("MX", "example.com", "5 old.example.org");
    test.dns.remove("TXT", "example.com");
    test.dns.add("TXT", "example.com", "v=spf1 include:elsewhere.example -all");
    test.dns.remove("TXT", &keys[0].record_name(&domain.name));
    let key = keys[0].record_text();
    test.dns.add("TXT", &keys[0].record_name(&domain.name), &key[..key.len() / 2]);
    let checked = check_records(records, &test.dns).await;
    assert_eq!(state(&checked, RecordKind::Mx), [CheckState::Wrong; 2]);
    assert_eq!(state(&checked, RecordKind::Spf), [CheckState::Wrong]);
    assert_eq!(state(&checked, RecordKind::Dkim), [CheckState::Wrong, CheckState::Ok]);
    let advice: String = checked.iter().map(|c| c.advice.as_str()).collect();
    assert!(
        advice.contains("old.example.org")
            && advice.contains("cut off")
            && advice.contains("include:spf.host")
    );
});
