//! The security baseline (P2): the measures that the policy file lists, each tested when the program starts and at each
//! self-check. A measure that the file lists and nobody tests breaks the promise, and so does a test of none that is listed.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use mailkeep_policy::ledger;

use crate::config::Config;
use crate::wiring::services::{Services, root_key};

/// The least memory and passes of argon2id, as OWASP recommends them.
const ARGON2_KIB: u32 = 19 * 1024;
const ARGON2_PASSES: u32 = 2;
/// How old the newest head of the ledger may be: one is signed each hour.
const HEAD_AGE: Duration = Duration::from_secs(3 * 3600);

/// What is tested, in the words of the policy file.
const TESTED: [&str; 7] = [
    "strong-transport",
    "slow-password-checks",
    "limited-guessing",
    "private-files",
    "keys-apart",
    "own-keys",
    "signed-record",
];

/// What falls short of the baseline, in words that say what to mend; nothing when all of it stands.
///
/// # Errors
/// When a database fails.
pub async fn shortfalls(config: &Config, services: &Services) -> anyhow::Result<Vec<String>> {
    let listed: Vec<&str> =
        services.policy.compiled().raw.measure.iter().map(|measure| measure.id.get_ref().as_str()).collect();
    let mut short: Vec<String> = Vec::new();
    for id in listed.iter().filter(|id| !TESTED.contains(id)) {
        short.push(format!("the measure “{id}” of the policy file is tested by nothing"));
    }
    for id in TESTED.iter().filter(|id| !listed.contains(id)) {
        short.push(format!("the measure “{id}” is not listed in the policy file"));
    }
    if !config.tls.strong_site_suites {
        short.push("the site takes suites of 128 bits; set tls.strong_site_suites = true".to_owned());
    }
    let password = &services.identity.config().password;
    if password.argon2_memory_kib < ARGON2_KIB || password.argon2_passes < ARGON2_PASSES {
        short.push(format!(
            "passwords are hashed with {} KiB in {} passes; set identity.password to {ARGON2_KIB} KiB and {ARGON2_PASSES} \
             passes at least",
            password.argon2_memory_kib, password.argon2_passes
        ));
    }
    if password.min_length < 8 {
        short.push(
            "passwords of fewer than 8 characters are taken; raise identity.password.min_length".to_owned(),
        );
    }
    if let Some(open) = open_to_others(config) {
        short.push(open);
    }
    let (main, keys) = (crate::parts::database_config(config)?, crate::parts::keys_config(config)?);
    if main == keys {
        short.push("keys and data are in one database; set database.keys_url to another".to_owned());
    }
    if let Some(late) = unsigned(services).await? {
        short.push(late);
    }
    Ok(short)
}

/// The first file or folder of secrets that others on the machine can read.
fn open_to_others(config: &Config) -> Option<String> {
    let private = |path: &Path, mask: u32, mode: &str| {
        let others = std::fs::metadata(path).ok()?.permissions().mode() & mask;
        (others != 0).then(|| format!("{} can be read by others; use chmod {mode}", path.display()))
    };
    let key = match root_key(config) {
        mailkeep_policy::RootKeySource::File(path) => private(&path, 0o077, "600"),
        _ => None,
    };
    key.or_else(|| private(&crate::tls::files(config).1, 0o007, "600"))
        .or_else(|| private(&config.server.data_dir, 0o007, "700"))
}

/// Whether there are entries that no head has covered for hours.
async fn unsigned(services: &Services) -> anyhow::Result<Option<String>> {
    let policy = &services.policy;
    let newest = ledger::newest_checkpoint(policy).await?;
    let now = policy.clock().now();
    Ok(newest.filter(|newest| now.since(newest.at) > HEAD_AGE).map(|newest| {
        format!("the newest head of the record was signed on {}; let the servers run", newest.at)
    }))
}
