//! Reads the file and the environment, and refuses what is wrong with the line and a suggestion.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::Config;

/// Names of the environment that set a key: `MAILKEEP__SERVER__HOSTNAME` is `server.hostname`.
const PREFIX: &str = "MAILKEEP__";

/// Why a configuration is refused; one sentence for each fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigError(pub Vec<String>);

impl ConfigError {
    fn one(text: String) -> Self {
        ConfigError(vec![text])
    }
}

/// Reads the file at `path` and the program's environment.
///
/// # Errors
/// A sentence for each fault, with the file and line where there is one.
pub fn load(path: &Path) -> Result<Config, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let shown = path.display();
        ConfigError::one(format!("{shown}: {error}. `mailkeep init` writes a first configuration."))
    })?;
    parse(&text, &path.display().to_string(), std::env::vars())
}

/// Reads the text of a file, then lays the environment over it.
///
/// # Errors
/// As [`load`].
pub fn parse(
    text: &str,
    name: &str,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let settings: Vec<(String, String)> =
        environment.into_iter().filter(|(key, _)| key.starts_with(PREFIX)).collect();
    if settings.is_empty() {
        return check(read(text, text, name)?);
    }
    // The file alone is read first, so that a fault in it is told with its line.
    let mut table: toml::Table = read(text, text, name)?;
    for (key, value) in settings {
        let path: Vec<String> = key[PREFIX.len()..].split("__").map(str::to_lowercase).collect();
        let mut place = &mut table;
        let (last, sections) = path.split_last().map_or(("", &[][..]), |(last, rest)| (last.as_str(), rest));
        for section in sections {
            let entry =
                place.entry(section.clone()).or_insert_with(|| toml::Value::Table(toml::Table::new()));
            place = entry.as_table_mut().ok_or_else(|| {
                ConfigError::one(format!("{key}: {section} is a value and has no keys below it"))
            })?;
        }
        place.insert(last.to_owned(), typed(&value));
    }
    let merged = toml::to_string(&table).map_err(|error| ConfigError::one(format!("{name}: {error}")))?;
    check(read(&merged, text, &format!("{name} with the environment"))?)
}

/// A value of the environment as TOML reads it (`true`, `25`, `["a"]`), else as a text.
fn typed(value: &str) -> toml::Value {
    toml::from_str::<toml::Table>(&format!("v = {value}"))
        .ok()
        .and_then(|mut table| table.remove("v"))
        .unwrap_or_else(|| toml::Value::String(value.to_owned()))
}

fn read<T: DeserializeOwned>(text: &str, original: &str, name: &str) -> Result<T, ConfigError> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().filter(|_| text == original).map(|span| {
            let upto = text.get(..span.start).unwrap_or(text);
            format!("line {}: ", upto.matches('\n').count() + 1)
        });
        let message = error.message();
        let suggestion = suggest(message).map(|key| format!(" Did you mean `{key}`?")).unwrap_or_default();
        ConfigError::one(format!("{name}: {}{message}.{suggestion}", line.unwrap_or_default()))
    })
}

/// The known key that is nearest to the unknown one of serde's message, if one is near.
fn suggest(message: &str) -> Option<String> {
    let mut quoted = message.split('`').skip(1).step_by(2);
    if !message.starts_with("unknown ") {
        return None;
    }
    let wrong = quoted.next()?;
    let nearest = quoted.map(|known| (distance(wrong, known), known)).min()?;
    (nearest.0 <= 2 + wrong.len() / 4).then(|| nearest.1.to_owned())
}

/// How many single letters must be changed, added or taken away to get from one word to the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// What the types cannot say.
fn check(mut config: Config) -> Result<Config, ConfigError> {
    let mut faults = Vec::new();
    fill_in(&mut config);
    if mailkeep_types::DomainName::parse(&config.server.hostname).is_err() {
        faults.push(format!(
            "server.hostname: “{}” is not a full name such as mail.example.com",
            config.server.hostname
        ));
    }
    for (key, url) in
        [("database.url", &config.database.url), ("database.keys_url", &config.database.keys_url)]
    {
        if !url.is_empty()
            && let Err(error) = mailkeep_storage::sql::DatabaseConfig::parse(url)
        {
            faults.push(format!("{key}: {error}"));
        }
    }
    if !config.database.url.is_empty() && config.database.url == config.database.keys_url {
        faults.push(
            "database.keys_url: the keys need a database of their own, apart from database.url".to_owned(),
        );
    }
    if !config.blobs.endpoint.is_empty() && config.blobs.bucket.is_empty() {
        faults.push("blobs.bucket: needed when blobs.endpoint is set".to_owned());
    }
    if config.tls.source == super::TlsSource::Files {
        for (key, path) in [("tls.certificate", &config.tls.certificate), ("tls.key", &config.tls.key)] {
            if !path.is_file() {
                faults.push(format!(
                    "{key}: there is no file {:?}; it is needed when tls.source is \"files\"",
                    path
                ));
            }
        }
    }
    if !config.guard.campaigns.are_possible() {
        faults.push("guard.campaigns: recipients must be 1 to 64, and wave_customers 2 to 64".to_owned());
    }
    if config.smtp.complaints_address().is_err() {
        faults.push("smtp.complaints_to: it is an address such as abuse@example.com, or empty".to_owned());
    }
    if config.announcements.sender().is_err() {
        faults
            .push("announcements.from: it is an address such as news@news.example.com, or empty".to_owned());
    }
    for (number, destination) in (1..).zip(&config.smtp.delivery.destinations) {
        if let Err(problem) = destination.check() {
            faults.push(format!("smtp.delivery.destinations: number {number}: {problem}"));
        }
    }
    let root = &config.policy.root_key;
    let named = [!root.file.as_os_str().is_empty(), !root.environment.is_empty(), !root.command.is_empty()];
    if named.into_iter().filter(|named| *named).count() > 1 {
        faults.push("policy.root_key: set one of file, environment and command".to_owned());
    }
    if let Err(problems) = config.helpdesk.read(&config.web.support_email, None) {
        faults.extend(problems.into_iter().map(|problem| format!("helpdesk.department: {problem}")));
    }
    let attachments = config.helpdesk.attachments.check();
    faults.extend(attachments.into_iter().map(|problem| format!("helpdesk.attachments.{problem}")));
    if let Err(problem) = config.helpdesk.scanner.read() {
        faults.push(format!("helpdesk.scanner.{problem}"));
    }
    if let Err(problems) = config.support.read() {
        faults.extend(problems.iter().map(|problem| format!("support.{problem}")));
    }
    faults.extend(config.commerce.check().iter().map(ToString::to_string));
    if !config.web.public_url.starts_with("https://") {
        faults.push("web.public_url: begins with https://, e.g. https://www.example.com".to_owned());
    }
    if config.tls.source == super::TlsSource::Acme && config.listen.http.is_empty() {
        faults.push("listen.http: ACME needs a listener on port 80 when tls.source is \"acme\"".to_owned());
    }
    if config.log.level.parse::<tracing_subscriber::filter::EnvFilter>().is_err() {
        faults.push(format!("log.level: “{}” is no level or filter; try \"info\"", config.log.level));
    }
    if let Err(fault) = config.status.check() {
        faults.push(format!("status.{fault}"));
    }
    if faults.is_empty() { Ok(config) } else { Err(ConfigError(faults)) }
}

/// What follows from other keys unless it is set.
fn fill_in(config: &mut Config) {
    let hostname = &config.server.hostname;
    if config.smtp.host_name == mailkeep_smtp::SmtpConfig::default().host_name {
        config.smtp.host_name.clone_from(hostname);
    }
    if config.smtp.delivery.resolvers.is_empty() {
        config.smtp.delivery.resolvers.clone_from(&config.dns.servers);
    }
    let web = mailkeep_web::WebConfig::default();
    if config.web.mail_host == web.mail_host {
        config.web.mail_host.clone_from(hostname);
    }
    if config.web.public_url == web.public_url {
        config.web.public_url = format!("https://{hostname}");
    }
}
