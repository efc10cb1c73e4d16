//! What the mail servers say to somebody without a password.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::{Outcome, Reached};

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
