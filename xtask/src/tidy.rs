//! The rules of the house, each with the reason that a fault prints.

use std::fs;
use std::path::{Path, PathBuf};

use crate::reviewed;

/// Crates of one row: they meet through domain events and jobs, never through each other.
const ROW: [&str; 7] = ["smtp", "imap", "dav", "commerce", "outbound_guard", "helpdesk", "outreach"];

/// Columns with such names hold a person's data and are stored sealed, so never as TEXT.
const PERSONAL_COLUMNS: [&str; 12] = [
    "email",
    "phone",
    "postal",
    "street",
    "city",
    "full_name",
    "display_name",
    "person_name",
    "recipient",
    "sender",
    "subject_line",
    "ip_address",
];

/// Where connections to others are made, and to whom: see `egress` of the policy crate.
const CONNECTS: [(&str, &str); 12] = [
    ("crates/commerce/src/processor/stripe/client.rs", "the card processor"),
    ("crates/commerce/src/phone_gateway.rs", "the gateway to telephones"),
    ("crates/helpdesk/src/attachments/scan.rs", "the scanner for viruses on this machine"),
    ("crates/webhooks/src/client.rs", "programs of customers and of the house"),
    ("crates/mailbox/src/dns/lookup.rs", "name servers"),
    ("crates/smtp/src/dns.rs", "name servers"),
    ("crates/smtp/src/delivery/client.rs", "the servers of those to whom people write"),
    ("crates/server/src/acme.rs", "the authority for certificates"),
    ("crates/server/src/self_check/live/mail.rs", "our own servers, as anybody reaches them"),
    ("crates/server/src/self_check/live/wire.rs", "our own servers, as anybody reaches them"),
    ("crates/storage/src/blobs/s3.rs", "the store of bodies"),
    ("crates/storage/src/sql/postgres_server.rs", "the database"),
];

/// What makes a connection, or a client that makes them.
const CONNECTIONS: [&str; 11] = [
    "TcpStream::connect",
    "TcpSocket::new_v",
    "UdpSocket::bind",
    "UnixStream::connect",
    "reqwest::",
    "hyper::client",
    "client::legacy",
    "AmazonS3Builder::new",
    "TokioResolver::builder",
    "Account::builder",
    ".config.connect(",
];

/// A file as the rules see it.
pub struct Source {
    /// Relative to the root, with forward slashes.
    path: String,
    text: String,
}

impl Source {
    fn fault(&self, line: usize, why: &str) -> String {
        format!("{}:{line}: {why}", self.path)
    }

    /// Its path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its text before the file's own test module.
    pub fn text(&self) -> &str {
        self.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default()
    }

    /// Whether it is Rust that ends up in the program.
    pub fn is_product_code(&self) -> bool {
        let support = self.path.ends_with("/testing.rs") || self.path.contains("/testing/");
        self.path.ends_with(".rs") && self.path.starts_with("crates/") && !self.in_tests() && !support
    }

    #[cfg(test)]
    pub fn of(path: &str, text: &str) -> Self {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    fn in_tests(&self) -> bool {
        let path = &self.path;
        path.contains("/tests/")
            || path.ends_with("/tests.rs")
            || path.ends_with("_tests.rs")
            || path.contains("/examples/")
            || path.contains("/benches/")
            || path.contains("integration-tests/")
            || path.starts_with("bench/")
            || path.starts_with("fuzz/")
            || path.starts_with("xtask/")
    }

    /// The lines before the file's own test module, numbered from one.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .take_while(|(_, line)| !line.starts_with("mod tests {"))
            .map(|(at, line)| (at + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

type Rule = fn(&Source) -> Vec<String>;

/// All rules.
pub const RULES: [Rule; 9] = [
    row_keeps_apart,
    sql_in_stores,
    personal_columns_are_sealed,
    routes_are_declared,
    html_only_in_web,
    connections_stand_in_listed_files,
    files_stay_short,
    expect_instead_of_allow,
    crates_open_with_their_page,
];

/// Looks at every file and gives all faults.
pub fn look(root: &Path) -> Vec<String> {
    let mut sources = Vec::new();
    for folder in ["crates", "xtask", "migrations", "bench", "fuzz"] {
        collect(root, &root.join(folder), &mut sources);
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let mut faults: Vec<String> =
        sources.iter().flat_map(|source| RULES.iter().flat_map(move |rule| rule(source))).collect();
    faults.extend(reviewed::look(root, &sources));
    faults
}

fn collect(root: &Path, folder: &Path, into: &mut Vec<Source>) {
    let entries = fs::read_dir(folder)
        .map(|all| all.filter_map(Result::ok).map(|e| e.path()).collect::<Vec<PathBuf>>());
    for path in entries.unwrap_or_default() {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("");
        if path.is_dir() {
            if !matches!(name, "target" | "node_modules" | "corpus" | "artifacts") {
                collect(root, &path, into);
            }
        } else if (name.ends_with(".rs") || name.ends_with(".sql") || name == "Cargo.toml")
            && let Ok(text) = fs::read_to_string(&path)
        {
            let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            into.push(Source { path, text });
        }
    }
}

fn row_keeps_apart(source: &Source) -> Vec<String> {
    let Some(own) = ROW.iter().find(|name| source.path == format!("crates/{name}/Cargo.toml")) else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    for (at, line) in source.text.lines().enumerate() {
        for other in ROW.iter().chain(&["web", "server"]).filter(|other| *other != own) {
            // A name goes on to the dot, the blank or the equals sign after it: `webhooks` is not `web`.
            let known = line.strip_prefix(&format!("mailkeep-{other}"));
            if known.is_some_and(|rest| rest.starts_with(['.', ' ', '='])) {
                let why = format!(
                    "{own} must not know {other}: let them meet through a job, or a port that `server` gives in"
                );
                faults.push(source.fault(at + 1, &why));
            }
        }
    }
    faults
}

fn sql_in_stores(source: &Source) -> Vec<String> {
    let store = source.path.ends_with("/store.rs") || source.path.contains("/store/");
    if !source.path.ends_with(".rs")
        || store
        || source.in_tests()
        || source.path.starts_with("crates/storage/src/sql/")
        || source.path.ends_with("storage/src/testing.rs")
    {
        return Vec::new();
    }
    let is_sql = |line: &str| {
        let quoted = line.find('"').map_or("", |at| &line[at + 1..]);
        let quoted = if quoted.is_empty() { line.trim_start() } else { quoted.trim_start() };
        let words = ["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "ALTER TABLE "];
        words.iter().any(|word| quoted.starts_with(word))
            || (quoted.starts_with("UPDATE ") && line.contains(" SET "))
    };
    let probe = source.path == "crates/server/src/operator.rs";
    source
        .code()
        .filter(|(_, line)| is_sql(line) && !probe)
        .map(|(at, _)| source.fault(at, "SQL stands in files named store.rs"))
        .collect()
}

fn personal_columns_are_sealed(source: &Source) -> Vec<String> {
    if !source.path.ends_with(".sql") {
        return Vec::new();
    }
    let open = |line: &str| {
        let mut words = line.split_whitespace();
        let (name, kind) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        kind.trim_end_matches(',') == "TEXT"
            && PERSONAL_COLUMNS.iter().any(|personal| name.contains(personal))
    };
    let lines = source.text.lines().enumerate().filter(|(_, line)| open(line));
    lines
        .map(|(at, _)| {
            source.fault(at + 1, "a person's data is stored sealed: BLOB here, Sealed<T, C> in the code")
        })
        .collect()
}

fn routes_are_declared(source: &Source) -> Vec<String> {
    let declares = source.path.ends_with("web/src/routes.rs") || source.path.ends_with("web/src/lib.rs");
    if !source.path.starts_with("crates/web/src/") || declares {
        return Vec::new();
    }
    let faults =
        source.code().filter(|(_, line)| line.contains("Router::new()") || line.contains(".route(\""));
    faults
        .map(|(at, _)| {
            source.fault(at, "declare the route in the registry with its permission, see web/src/routes.rs")
        })
        .collect()
}

fn html_only_in_web(source: &Source) -> Vec<String> {
    if !source.path.ends_with(".rs") || source.path.starts_with("crates/web/") || source.in_tests() {
        return Vec::new();
    }
    let faults = source
        .code()
        .filter(|(_, line)| ["<html", "<div", "<form", "<table"].iter().any(|t| line.contains(t)));
    faults.map(|(at, _)| source.fault(at, "only `web` knows HTML")).collect()
}

fn connections_stand_in_listed_files(source: &Source) -> Vec<String> {
    if !source.is_product_code() || CONNECTS.iter().any(|(path, _)| *path == source.path) {
        return Vec::new();
    }
    let faults = source.code().filter(|(_, line)| CONNECTIONS.iter().any(|call| line.contains(call)));
    let why = "connections are made in the files that xtask lists, each to a declared recipient: ask the policy's egress \
               for a Passed, declare the recipient in policy/policy.toml, and add the file to CONNECTS";
    faults.map(|(at, _)| source.fault(at, why)).collect()
}

fn files_stay_short(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    if source.path.ends_with(".rs") && lines > 1000 {
        vec![source.fault(lines, "a file past 1,000 lines wants to be cut by use case")]
    } else {
        Vec::new()
    }
}

fn expect_instead_of_allow(source: &Source) -> Vec<String> {
    if !source.path.ends_with(".rs") || source.in_tests() || source.path.ends_with("/testing.rs") {
        return Vec::new();
    }
    let faults = source.code().filter(|(_, line)| line.contains("#[allow(") || line.contains("#![allow("));
    faults
        .map(|(at, _)| source.fault(at, "write #[expect(…, reason = \"…\")], which ends with its cause"))
        .collect()
}

fn crates_open_with_their_page(source: &Source) -> Vec<String> {
    let is_crate = source.path.starts_with("crates/")
        && source.path.ends_with("/src/lib.rs")
        && source.path.matches('/').count() == 3;
    if is_crate && !source.text.starts_with("#![doc = include_str!(\"../README.md\")]") {
        return vec![
            source.fault(1, "the README is the crate's page: #![doc = include_str!(\"../README.md\")]"),
        ];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> usize {
        let source = Source { path: path.to_owned(), text: text.to_owned() };
        RULES.iter().map(|rule| rule(&source).len()).sum()
    }

    #[test]
    fn each_rule_finds_its_fault_and_lets_the_right_thing_be() {
        assert_eq!(faults("crates/smtp/Cargo.toml", "mailkeep-imap.workspace = true"), 1);
        assert_eq!(faults("crates/smtp/Cargo.toml", "mailkeep-mailbox.workspace = true"), 0);
        assert_eq!(faults("crates/mailbox/src/list.rs", "    tx.query(\"SELECT 1\")"), 1);
        assert_eq!(faults("crates/mailbox/src/list.rs", "    let line = b\"a SELECT INBOX\";"), 0);
        assert_eq!(faults("crates/mailbox/src/lists/store.rs", "    tx.query(\"SELECT 1\")"), 0);
        assert_eq!(faults("migrations/sqlite/0001.sql", "    email TEXT NOT NULL,"), 1);
        assert_eq!(faults("migrations/sqlite/0001.sql", "    email BLOB NOT NULL,"), 0);
        assert_eq!(faults("crates/web/src/site/home.rs", "Router::new()"), 1);
        assert_eq!(faults("crates/mailbox/src/x.rs", "let page = \"<html>\";"), 1);
        assert_eq!(faults("crates/commerce/src/x.rs", "    let peer = TcpStream::connect(address);"), 1);
        assert_eq!(faults("crates/smtp/src/delivery/client.rs", "TcpStream::connect(address)"), 0);
        assert_eq!(faults("crates/mailbox/src/x.rs", &"\n".repeat(1001)), 1);
        assert_eq!(faults("crates/mailbox/src/x.rs", "#[allow(dead_code)]"), 1);
        assert_eq!(faults("crates/mailbox/src/lib.rs", "mod x;"), 1);
    }
}
