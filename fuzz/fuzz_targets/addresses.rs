//! Addresses, domain names, Registration IDs and amounts typed by people: what is accepted is bounded and reads back as itself.
#![no_main]

use std::str::FromStr;

use libfuzzer_sys::fuzz_target;
use mailkeep_types::{DomainName, EmailAddress, RegistrationId};

fuzz_target!(|text: &str| {
    if let Ok(domain) = DomainName::parse(text) {
        assert!(domain.as_str().len() <= 253 && domain.as_str().is_ascii());
        assert_eq!(DomainName::parse(domain.as_str()).as_ref(), Ok(&domain));
        let _ = domain.to_unicode();
    }
    if let Ok(address) = EmailAddress::parse(text) {
        let written = address.to_string();
        assert!(!written.contains(['\r', '\n', '\0']), "{written:?}");
        if written.len() <= 254 {
            assert_eq!(EmailAddress::parse(&written).as_ref(), Ok(&address), "{written:?}");
        }
        let _ = address.canonical();
    }
    if let Ok(id) = RegistrationId::from_str(text) {
        assert_eq!(RegistrationId::from_str(&id.to_string()), Ok(id));
    }
});
