//! `STARTTLS`, `LOGIN` and `AUTHENTICATE` (RFC 3501 section 6.2).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mailkeep_mailbox::mailboxes::{self, Protocol, SignIn, SignInRefusal};
use mailkeep_protocols::imap::command::Secret;
use mailkeep_storage::sql::Channel;

use super::capability::{list, may_login};
use crate::access::Access;
use crate::reply::{Answer, Reply, Stop};
use crate::session::{Session, User};
use crate::wire::{Input, Wire};

/// Longest line of a SASL exchange.
const MAX_RESPONSE: usize = 4 * 1024;

pub(super) async fn start_tls(session: &mut Session, wire: &mut Wire) -> Answer {
    if wire.secure {
        return Reply::bad("the connection is protected already");
    }
    if session.user.is_some() {
        return Reply::bad("STARTTLS comes before login");
    }
    if wire.has_pending() {
        // Commands sent along in the clear could be an attacker's, to be taken for the client's (CVE-2011-0411).
        return Err(Stop::Bye("commands must not follow STARTTLS before TLS is up"));
    }
    // The reply goes out in the clear; the session's loop takes the step after it.
    wire.upgrade = Some(session.shared.tls.load_full());
    Reply::ok("begin TLS now")
}

pub(super) async fn login(session: &mut Session, wire: &mut Wire, user: String, password: Secret) -> Answer {
    if session.user.is_some() {
        return Reply::bad("you are logged in already");
    }
    if !may_login(session, wire) {
        return Reply::no("[PRIVACYREQUIRED] use TLS first: STARTTLS, or port 993");
    }
    sign_in(session, wire, user.as_bytes(), &password.0).await
}

pub(super) async fn authenticate(
    session: &mut Session,
    wire: &mut Wire,
    mechanism: &str,
    initial: Option<Secret>,
) -> Answer {
    if session.user.is_some() {
        return Reply::bad("you are logged in already");
    }
    if !matches!(mechanism, "PLAIN" | "LOGIN") {
        return Reply::no("this mechanism is not known; use PLAIN");
    }
    if !may_login(session, wire) {
        return Reply::no("[PRIVACYREQUIRED] use TLS first: STARTTLS, or port 993");
    }
    if mechanism == "PLAIN" {
        let response = match initial {
            Some(given) => given.0,
            None => ask(session, wire, "").await?,
        };
        // RFC 4616: authorisation identity, NUL, authentication identity, NUL, password.
        let mut parts = response.splitn(3, |b| *b == 0);
        let (Some(acting), Some(user), Some(password)) = (parts.next(), parts.next(), parts.next()) else {
            return Reply::bad("the response is not that of PLAIN");
        };
        if !acting.is_empty() && acting != user {
            return Reply::no("[AUTHORIZATIONFAILED] nobody may act for somebody else here");
        }
        return sign_in(session, wire, user, password).await;
    }
    let user = match initial {
        Some(given) => given.0,
        None => ask(session, wire, "VXNlcm5hbWU6").await?,
    };
    let password = ask(session, wire, "UGFzc3dvcmQ6").await?;
    sign_in(session, wire, &user, &password).await
}

/// Sends a challenge and reads the response.
async fn ask(session: &Session, wire: &mut Wire, challenge: &str) -> Result<Vec<u8>, Stop> {
    wire.say("+ ");
    wire.say(challenge);
    wire.say("\r\n");
    let limit = session.shared.config.login_timeout();
    match wire.next_line(MAX_RESPONSE, limit, None).await? {
        Input::Command(line) if line == b"*" => Err(Stop::Reply(Reply::Bad("given up as you wish".into()))),
        Input::Command(line) => STANDARD
            .decode(line)
            .map_err(|_| Stop::Reply(Reply::Bad("the response is not valid Base64".into()))),
        Input::Timeout => Err(Stop::Bye("no login in time")),
        _ => Err(Stop::Bye("the response is too long")),
    }
}

async fn sign_in(session: &mut Session, wire: &mut Wire, user: &[u8], password: &[u8]) -> Answer {
    let (Ok(user), Ok(password)) = (std::str::from_utf8(user), std::str::from_utf8(password)) else {
        return failed(session).await;
    };
    let sign_in = SignIn {
        address: user,
        password: mailboxes::Secret::new(password),
        protocol: Protocol::Imap,
        network: session.address,
    };
    let count = |result| metrics::counter!("mailkeep_imap_logins_total", "result" => result).increment(1);
    let mail = match session.shared.office.authenticate(sign_in).await? {
        Ok(mail) => mail,
        Err(SignInRefusal::Wrong) => return failed(session).await,
        Err(refusal) => {
            count("refused");
            let code = match refusal {
                SignInRefusal::TooMany(_) => "LIMIT",
                SignInRefusal::State => "CONTACTADMIN",
                _ => "AUTHORIZATIONFAILED",
            };
            return Reply::no(format!("[{code}] {refusal}"));
        }
    };
    let Some(slot) = session.shared.mailboxes.take(mail.mailbox()) else {
        return Reply::no("[LIMIT] this mailbox has too many connections open; close some programs");
    };
    count("ok");
    let watch = mail.watch();
    // Tells of a change of the mailbox's state, so that a session ends when its owner is locked out.
    let state_watch = mail.office().db().watch(Channel::Routing, *mail.mailbox().as_bytes());
    session.user =
        Some(Box::new(User { access: Access::new(mail), watch, state_watch, selected: None, _slot: slot }));
    Reply::ok(format!("[CAPABILITY {}] logged in", list(session, wire)))
}

async fn failed(session: &mut Session) -> Answer {
    metrics::counter!("mailkeep_imap_logins_total", "result" => "wrong").increment(1);
    session.login_failures += 1;
    tokio::time::sleep(session.shared.config.failure_delay()).await;
    if session.login_failures >= session.shared.config.max_login_failures {
        return Err(Stop::Bye("too many wrong passwords"));
    }
    Reply::no(
        "[AUTHENTICATIONFAILED] the name or the password is wrong; use an application password of the mailbox",
    )
}
