//! What the mail servers say to somebody without a password.

use std::net::SocketAddr;
use std::time::Duration;

use mailkeep_helpdesk::cases::Case;
use mailkeep_types::new_uuid;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::wire::Site;
use super::{Outcome, Reached};
use crate::config::Config;
use crate::wiring::services::Services;

const PATIENCE: Duration = Duration::from_secs(20);

/// P35: no mailbox opens without its password, no password is taken in the clear, and nothing is relayed. `None` where no
/// mail server's address is known.
pub(super) async fn closed(reached: &Reached) -> Option<Outcome> {
    if reached.imap.is_none() && reached.mx.is_none() && reached.submission.is_none() {
        return None;
    }
    let all = async {
        if let Some(imap) = reached.imap {
            imap_closed(imap).await?;
        }
        if let Some(mx) = reached.mx {
            relays_nothing(mx).await?;
        }
        if let Some(submission) = reached.submission {
            no_password_in_the_clear(submission).await?;
        }
        Ok(())
    };
    Some(
        tokio::time::timeout(PATIENCE, all)
            .await
            .unwrap_or_else(|_| Err("a mail server says nothing".to_owned())),
    )
}

/// P36: a letter to the address of the policy, whose subject names it however it is written, opens a case with a term, and the case can
/// be followed without an account. `None` where the address of the mail server is not known.
pub(super) async fn privacy_case(
    config: &Config,
    services: &Services,
    reached: &Reached,
    site: &Site,
) -> Option<Outcome> {
    let mx = reached.mx?;
    let all = async {
        let id =
            format!("probe-{}@{}", new_uuid(&**services.policy.clock()).simple(), config.server.hostname);
        let sent = send_probe(config, services, mx, &id).await;
        let case = services.mailroom.case_of_letter(&id).await.map_err(|error| error.to_string())?;
        let Some(case) = case else {
            sent?;
            return Err("a letter to the privacy desk was taken and is no case".to_owned());
        };
        let followed = follow(services, site, &case).await;
        services.mailroom.remove_probe(&case).await.map_err(|error| error.to_string())?;
        if !case.certain || case.answer_due <= case.received_at {
            return Err("a letter with the policy's name in its subject is no case for certain".to_owned());
        }
        followed
    };
    Some(
        tokio::time::timeout(PATIENCE, all).await.unwrap_or_else(|_| {
            Err("the mail server says nothing to a letter to the privacy desk".to_owned())
        }),
    )
}

/// A machine's letter: nobody is answered for it.
async fn send_probe(config: &Config, services: &Services, mx: SocketAddr, id: &str) -> Outcome {
    let to = services.policy.compiled().privacy_address()?;
    let host = &config.server.hostname;
    let letter = format!(
        "From: Probe <probe@{host}>\r\nTo: <{to}>\r\nSubject: =?utf-8?q?RE:_PRIVACY=20=20pol?= =?utf-8?q?icy?=\r\n\
         Message-ID: <{id}>\r\nDate: Thu, 1 Jan 2026 00:00:00 +0000\r\nAuto-Submitted: auto-generated\r\n\r\n\
         A probe of our own: does this open a case? {id}\r\n."
    );
    let rcpt = format!("RCPT TO:<{to}>");
    let said = ["EHLO probe.example.com", "MAIL FROM:<>", &rcpt, "DATA", &letter, "QUIT"];
    let answers = talk(mx, &said, last).await?;
    match answers.get(5) {
        Some(answer) if answer.starts_with("250") => Ok(()),
        _ => Err(format!(
            "the mail server does not take a letter to {to}: {}",
            answers
                .iter()
                .rev()
                .find(|answer| answer.starts_with(['4', '5']))
                .map_or("", |answer| answer.trim())
        )),
    }
}

/// The page of the case is there with its link, and not without.
async fn follow(services: &Services, site: &Site, case: &Case) -> Outcome {
    let token = services.mailroom.follow_token(case.ticket);
    let page = |token: &str| format!("/privacy/cases/{}/{token}", case.ticket);
    let there = site.get(&page(&token), "").await.map_err(|error| format!("{error:#}"))?;
    let guessed = site.get(&page("aaaaaaaaaaaaaaaaaaaaaaaaaa"), "").await;
    let guessed = guessed.map_err(|error| format!("{error:#}"))?;
    match (there.status, guessed.status) {
        (200, 404) => Ok(()),
        (200, _) => Err("a case is shown to whoever guesses its link".to_owned()),
        _ => Err("a case cannot be followed by its link".to_owned()),
    }
}

/// Says each line and gives the last line of each answer.
async fn talk(address: SocketAddr, lines: &[&str], ends: fn(&str) -> bool) -> Result<Vec<String>, String> {
    let told = |error: std::io::Error| format!("{address}: {error}");
    let mut stream = BufReader::new(TcpStream::connect(address).await.map_err(told)?);
    let mut answers = Vec::new();
    for said in std::iter::once(None).chain(lines.iter().map(Some)) {
        if let Some(said) = said {
            stream.write_all(format!("{said}\r\n").as_bytes()).await.map_err(told)?;
        }
        let mut whole = String::new();
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.map_err(told)? == 0 {
                break;
            }
            whole.push_str(&line);
            if ends(line.trim_end()) {
                break;
            }
        }
        answers.push(whole);
    }
    Ok(answers)
}

async fn imap_closed(address: SocketAddr) -> Outcome {
    let tagged = |line: &str| line.starts_with("a ") || line.starts_with("* OK") || line.starts_with("* BYE");
    let answers = talk(address, &["a LOGIN probe@example.com probe", "a SELECT INBOX"], tagged).await?;
    match answers.iter().skip(1).find(|answer| answer.starts_with("a OK")) {
        Some(_) => Err("IMAP opens a mailbox to somebody without its password".to_owned()),
        None => Ok(()),
    }
}

/// The last line of an SMTP answer has a space after its number.
fn last(line: &str) -> bool {
    line.as_bytes().get(3).is_none_or(|byte| *byte == b' ')
}

async fn relays_nothing(address: SocketAddr) -> Outcome {
    let said =
        ["EHLO probe.example.com", "MAIL FROM:<probe@example.com>", "RCPT TO:<probe@example.net>", "QUIT"];
    let answers = talk(address, &said, last).await?;
    match answers.get(3) {
        Some(answer) if answer.starts_with('2') => {
            Err("the mail server takes mail for strangers from strangers".to_owned())
        }
        _ => Ok(()),
    }
}

async fn no_password_in_the_clear(address: SocketAddr) -> Outcome {
    let answers =
        talk(address, &["EHLO probe.example.com", "MAIL FROM:<probe@example.com>", "QUIT"], last).await?;
    if answers.get(1).is_some_and(|offered| offered.to_ascii_uppercase().contains("AUTH ")) {
        return Err("submission asks for a password before TLS".to_owned());
    }
    match answers.get(2) {
        Some(answer) if answer.starts_with('2') => {
            Err("submission takes mail from somebody without a password".to_owned())
        }
        _ => Ok(()),
    }
}
