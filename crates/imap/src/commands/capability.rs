//! `CAPABILITY` and the same list in greetings and replies.

use crate::reply::{Answer, Reply};
use crate::session::Session;
use crate::wire::Wire;

const ALWAYS: &str = "IMAP4rev1 SASL-IR ID ENABLE IDLE LITERAL+";

const AFTER_LOGIN: &str = "NAMESPACE UIDPLUS UNSELECT MOVE CHILDREN LIST-EXTENDED LIST-STATUS SPECIAL-USE \
                           ESEARCH CONDSTORE QUOTA QUOTA=RES-STORAGE STATUS=SIZE";

/// The capabilities at this point of the session.
pub(crate) fn list(session: &Session, wire: &Wire) -> String {
    if session.user.is_some() {
        return format!("{ALWAYS} {AFTER_LOGIN} APPENDLIMIT={}", session.shared.config.max_message_bytes);
    }
    let mut list = ALWAYS.to_owned();
    if !wire.secure {
        list.push_str(" STARTTLS");
    }
    list.push_str(if may_login(session, wire) { " AUTH=PLAIN AUTH=LOGIN" } else { " LOGINDISABLED" });
    list
}

/// True when a password may be sent now (RFC 3501 section 11.2).
pub(crate) fn may_login(session: &Session, wire: &Wire) -> bool {
    wire.secure || (session.shared.config.plaintext_login_on_loopback && session.address.is_loopback())
}

pub(super) fn capability(session: &Session, wire: &mut Wire) -> Answer {
    let line = format!("CAPABILITY {}", list(session, wire));
    wire.untagged(&line);
    Reply::ok("done")
}
