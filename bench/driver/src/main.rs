//! Drives a mail server from many connections at once and prints one line of JSON: how many messages, in how long, and
//! what the driver itself cost. Works the same against any server.
//!
//! ```text
//! mailkeep-bench-driver smtp   ADDRESS DOMAIN   [sessions=20] [messages=20000] [mailboxes=100] [bytes=2048]
//! mailkeep-bench-driver append ADDRESS USER PASSWORD [connections=20] [messages=10000] [folder=INBOX] [mails=FOLDER]
//! ```
//!
//! `smtp` writes to `u0@DOMAIN` … in turn. `append` takes the files of `mails` in turn, or makes messages of `bytes`.

mod append;
mod mails;
mod settings;
mod smtp;

use settings::Settings;

fn main() {
    let settings = Settings::from_arguments(std::env::args().skip(1));
    let words: Vec<&str> = settings.words().collect();
    let outcome =
        match words.as_slice() {
            ["smtp", address, domain] => smtp::run(&settings, address, domain),
            ["append", address, user, password] => append::run(&settings, address, user, password),
            _ => Err("usage: mailkeep-bench-driver smtp|append …; the head of main.rs says what follows"
                .to_owned()),
        };
    if let Err(error) = outcome {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
