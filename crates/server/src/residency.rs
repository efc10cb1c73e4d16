//! Where things stand: databases, bodies, backups, processors. One that is outside the country that the policy declares stops
//! the start.

use anyhow::Result;
use mailkeep_policy::file::{BUILT_FILE, CompiledPolicy};

use crate::config::Config;

/// A place in which data is kept or processed.
pub struct Place {
    /// What is there.
    pub what: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// How the country is known: `configured`, `region of the store` or `as the server`.
    pub known_by: &'static str,
}

/// Regions of S3 stores and the countries they are in, by the beginning of their names.
const REGIONS: [(&str, &str); 21] = [
    ("us-", "US"),
    ("ca-", "CA"),
    ("mx-", "MX"),
    ("sa-east-1", "BR"),
    ("eu-west-1", "IE"),
    ("eu-west-2", "GB"),
    ("eu-west-3", "FR"),
    ("eu-central-1", "DE"),
    ("eu-central-2", "CH"),
    ("eu-north-1", "SE"),
    ("eu-south-1", "IT"),
    ("eu-south-2", "ES"),
    ("af-south-1", "ZA"),
    ("ap-northeast-1", "JP"),
    ("ap-northeast-2", "KR"),
    ("ap-south-", "IN"),
    ("ap-southeast-1", "SG"),
    ("ap-southeast-2", "AU"),
    ("ap-southeast-3", "ID"),
    ("me-central-1", "AE"),
    ("il-central-1", "IL"),
];

/// The country of the policy in force.
///
/// # Errors
/// When the policy file of the configuration cannot be read.
pub fn declared(config: &Config) -> Result<String> {
    let file = &config.policy.file;
    let text =
        if file.as_os_str().is_empty() { BUILT_FILE.to_owned() } else { std::fs::read_to_string(file)? };
    Ok(CompiledPolicy::compile(&text)?.raw.residency.code)
}

/// Every place, with its country: as configured, else as the region of the store says, else as the server's own.
pub fn places(config: &Config, declared: &str) -> Vec<Place> {
    let section = &config.residency;
    let server = if section.server.is_empty() { declared } else { section.server.as_str() };
    let place = |what: &str, configured: &str| match configured {
        "" => Place { what: what.to_owned(), country: server.to_owned(), known_by: "as the server" },
        country => Place { what: what.to_owned(), country: country.to_owned(), known_by: "configured" },
    };
    let region = &config.blobs.region;
    let of_region = REGIONS.iter().find(|(name, _)| region.starts_with(name)).map(|(_, country)| *country);
    let blobs = match (section.blobs.as_str(), of_region) {
        // What the region says counts also against the configuration: one of the two is wrong.
        (_, Some(country)) if !config.blobs.endpoint.is_empty() => {
            Place { what: "bodies".to_owned(), country: country.to_owned(), known_by: "region of the store" }
        }
        (configured, _) => place("bodies", configured),
    };
    let mut places = vec![
        place("server", &section.server),
        place("database", &section.database),
        place("database of keys", &section.keys),
        blobs,
        place("backups", &section.backups),
    ];
    let processors = section.processors.iter();
    places.extend(processors.map(|(name, country)| place(&format!("processor {name}"), country)));
    places
}

/// What is outside the country, in words that say what to do.
pub fn abroad(places: &[Place], declared: &str) -> Vec<String> {
    let outside = places.iter().filter(|place| place.country != declared);
    outside
        .map(|place| {
            format!(
                "the policy declares that data stays in {declared}, and {} is in {} ({}); move it, or declare that \
                 country in a policy that people are told of",
                place.what, place.country, place.known_by
            )
        })
        .collect()
}

/// Refuses a start with anything abroad.
///
/// # Errors
/// Names the first place.
pub fn check(config: &Config) -> Result<()> {
    let declared = declared(config)?;
    match abroad(&places(config, &declared), &declared).into_iter().next() {
        None => Ok(()),
        Some(why) => anyhow::bail!(why),
    }
}
