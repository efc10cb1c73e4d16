use super::*;

fn read(text: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
    parse(text, "test.toml", environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())))
}

fn fault(text: &str, environment: &[(&str, &str)]) -> String {
    read(text, environment).map(|_| ()).unwrap_err().to_string()
}

const LEAST: &str = "[server]\nhostname = \"mail.example.com\"\n";

#[test]
fn three_lines_are_enough() {
    let config = read(LEAST, &[]).unwrap();
    assert_eq!(config.listen.mx[0].port(), 25);
    assert_eq!(config.tls.source, TlsSource::SelfSigned);
}

#[test]
fn a_wrong_key_is_told_with_its_line_and_the_right_one() {
    let told = fault(&format!("{LEAST}\n[listen]\nsubmision = []\n"), &[]);
    assert!(told.starts_with("test.toml: line 5: unknown field `submision`"), "{told}");
    assert!(told.ends_with("Did you mean `submission`?"), "{told}");
}

#[test]
fn a_wrong_value_is_told_with_its_line() {
    let told = fault(&format!("{LEAST}\n[tls]\nsource = \"akme\"\n"), &[]);
    assert!(told.contains("line 5") && told.contains("Did you mean `acme`?"), "{told}");
    let told = fault("[server]\nhostname = \"not a name\"\n", &[]);
    assert!(told.contains("server.hostname") && told.contains("mail.example.com"), "{told}");
}

#[test]
fn the_environment_lies_over_the_file() {
    let settings = [
        ("MAILKEEP__SERVER__HOSTNAME", "mx.example.net"),
        ("MAILKEEP__LISTEN__MX", "[\"127.0.0.1:0\"]"),
        ("MAILKEEP__LISTEN__PLAIN_HTTP", "true"),
        ("UNRELATED", "x"),
    ];
    let config = read(LEAST, &settings).unwrap();
    assert_eq!(config.server.hostname, "mx.example.net");
    assert_eq!(config.listen.mx[0].port(), 0);
    assert!(config.listen.plain_http);
    assert!(fault(LEAST, &[("MAILKEEP__SERVR__HOSTNAME", "x.example")]).contains("Did you mean `server`?"));
}

#[test]
fn what_does_not_fit_together_is_told_all_at_once() {
    let told = fault(
        &format!("{LEAST}[database]\nurl = \"mysql://x\"\n[blobs]\nendpoint = \"http://127.0.0.1:1\"\n"),
        &[],
    );
    assert!(told.contains("database.url") && told.contains("blobs.bucket"), "{told}");
}

#[test]
fn the_reference_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/configuration.md");
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == render_reference(),
        "run: cargo run -p mailkeep-server -- config reference > docs/configuration.md"
    );
    assert!(written.contains("| `hostname` | text | required |"));
}
