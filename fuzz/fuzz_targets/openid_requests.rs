//! What sites send to the OpenID provider: query strings, forms, headers, tokens and addresses. The first line is the header
//! `Authorization`; the rest is read as parameters.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_protocols::openid::compact::{self, Compact};
use mailkeep_protocols::openid::credentials::bearer;
use mailkeep_protocols::openid::{Asked, Parameters, SiteCredentials, Target, Verifier, addresses};

fuzz_target!(|data: &[u8]| {
    let (first, rest) = data.split_at(data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len()));
    let rest = rest.get(1..).unwrap_or_default();
    let header = std::str::from_utf8(first).ok();
    if let Some(text) = header {
        if let Some(token) = bearer(text) {
            assert!(!token.is_empty() && token.is_ascii());
        }
        if let Some(read) = Compact::parse(text) {
            // Base64 without a canonical end is refused, so that a token has one form.
            let written = compact::signed(&compact::to_sign(&read.header, &read.claims), &read.signature);
            assert_eq!(written, text);
        }
        if addresses::check(text).is_ok() {
            let origin = addresses::origin(text).expect("an address that can be registered has an origin");
            assert!(text.starts_with(origin) && origin.contains("://"));
            let host = addresses::host_of(text).expect("an address that can be registered has a host");
            assert!(!host.is_empty() && origin.contains(host) && !host.contains(['@', '/', '?']), "{host}");
            let answer = addresses::with_parameters(text, &[("code", text), ("state", "a&b=c#d")]);
            assert!(answer.starts_with(text));
            assert!(!answer.contains(['#', '\r', '\n', ' ']), "{answer}");
        }
        if let Some(verifier) = Verifier::parse(text) {
            assert_eq!(verifier.as_bytes(), text.as_bytes());
        }
    }
    if let Ok(parameters) = Parameters::parse(rest) {
        // What was read is written so that it reads back as the same.
        assert_eq!(Parameters::parse(parameters.to_query().as_bytes()).as_ref(), Ok(&parameters));
        let _ = SiteCredentials::read(header, &parameters);
        let _ = SiteCredentials::read(None, &parameters);
        if let Some(target) = Target::read(&parameters) {
            assert!(!target.site.is_empty() && !target.address.is_empty());
        }
        if let Ok(asked) = Asked::read(&parameters) {
            assert!(!(asked.prompt.none && (asked.prompt.login || asked.prompt.consent)));
            assert!(asked.scopes.iter().all(|scope| !scope.is_empty() && !scope.contains(' ')));
        }
    }
});
