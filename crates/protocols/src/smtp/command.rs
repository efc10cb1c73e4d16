//! Commands of a client (RFC 5321 section 4.1 and the extensions in the module's list).

use mailkeep_types::EmailAddress;

use super::params::{MailParams, ParamFault, RcptParams};
use super::path;

/// A command as a client gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// `EHLO name`
    Ehlo(String),
    /// `HELO name`
    Helo(String),
    /// `LHLO name` (RFC 2033): known, so that it can be answered clearly; we do not speak LMTP.
    Lhlo,
    /// `MAIL FROM:<sender> …`; `None` is the null sender of reports.
    Mail(Option<EmailAddress>, Box<MailParams>),
    /// `RCPT TO:<recipient> …`
    Rcpt(Recipient, Box<RcptParams>),
    /// `DATA`
    Data,
    /// `BDAT size [LAST]` (RFC 3030)
    Bdat {
        /// Bytes that follow at once.
        size: u64,
        /// No other chunk follows.
        last: bool,
    },
    /// `RSET`
    Rset,
    /// `NOOP`
    Noop,
    /// `QUIT`
    Quit,
    /// `VRFY …`
    Vrfy,
    /// `EXPN …`
    Expn,
    /// `HELP …`
    Help,
    /// `STARTTLS` (RFC 3207)
    StartTls,
    /// `AUTH mechanism [initial]` (RFC 4954)
    Auth(Mechanism, Option<String>),
}

/// Who shall get a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// `<Postmaster>` without a domain (RFC 5321 section 4.5.1).
    Postmaster,
    /// An address.
    Address(EmailAddress),
}

/// A SASL mechanism.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mechanism {
    /// RFC 4616
    Plain,
    /// The two questions of old clients.
    Login,
    /// One that we do not speak.
    Unknown,
}

/// Why a line is no command that we can obey.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandFault {
    /// The verb is not known.
    #[error("this command is not known here")]
    UnknownVerb,
    /// The verb is known, the rest is not as it should be; says how it should be.
    #[error("write it as: {0}")]
    Syntax(&'static str),
    /// The bytes are not UTF-8.
    #[error("commands are ASCII, or UTF-8 with SMTPUTF8")]
    Encoding,
    /// The address of the sender cannot be used.
    #[error("the sender's address cannot be used: {0}")]
    Sender(String),
    /// The address of the recipient cannot be used.
    #[error("the recipient's address cannot be used: {0}")]
    Recipient(String),
    /// A parameter of MAIL or RCPT.
    #[error(transparent)]
    Param(#[from] ParamFault),
}

impl Command {
    /// Reads one line without its CR LF.
    pub fn parse(line: &[u8]) -> Result<Command, CommandFault> {
        let line = std::str::from_utf8(line).map_err(|_| CommandFault::Encoding)?;
        let line = line.trim_end_matches([' ', '\t']);
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let bare = |command: Command, form: &'static str| {
            if rest.trim().is_empty() { Ok(command) } else { Err(CommandFault::Syntax(form)) }
        };
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => host_name(rest).map(Command::Ehlo).ok_or(CommandFault::Syntax("EHLO your.host.name")),
            "HELO" => host_name(rest).map(Command::Helo).ok_or(CommandFault::Syntax("HELO your.host.name")),
            "LHLO" => Ok(Command::Lhlo),
            "MAIL" => parse_mail(rest),
            "RCPT" => parse_rcpt(rest),
            "DATA" => bare(Command::Data, "DATA"),
            "BDAT" => parse_bdat(rest),
            "RSET" => bare(Command::Rset, "RSET"),
            "NOOP" => Ok(Command::Noop),
            "QUIT" => bare(Command::Quit, "QUIT"),
            "VRFY" => Ok(Command::Vrfy),
            "EXPN" => Ok(Command::Expn),
            "HELP" => Ok(Command::Help),
            "STARTTLS" => bare(Command::StartTls, "STARTTLS"),
            "AUTH" => parse_auth(rest),
            _ => Err(CommandFault::UnknownVerb),
        }
    }
}

/// The name after EHLO: a host name or an address literal. It is only written to trace headers, so we are lenient
/// about its form and strict about its characters.
fn host_name(rest: &str) -> Option<String> {
    let name = rest.trim();
    let ok =
        |c: char| c.is_ascii_alphanumeric() || ".-_:[]".contains(c) || (!c.is_ascii() && c.is_alphanumeric());
    (!name.is_empty() && name.len() <= 255 && name.chars().all(ok)).then(|| name.to_owned())
}

/// Cuts `keyword` and a colon off the front, whatever their case, and spaces after it: some clients write them.
fn after_keyword<'a>(rest: &'a str, keyword: &str) -> Option<&'a str> {
    let rest = rest.trim_start();
    let head = rest.get(..keyword.len())?;
    if !head.eq_ignore_ascii_case(keyword) {
        return None;
    }
    Some(rest.get(keyword.len()..)?.trim_start())
}

fn parse_mail(rest: &str) -> Result<Command, CommandFault> {
    const FORM: CommandFault = CommandFault::Syntax("MAIL FROM:<sender@example.com>");
    let rest = after_keyword(rest, "FROM:").ok_or(FORM)?;
    let (inside, params) = path::split(rest).ok_or(FORM)?;
    let params = Box::new(MailParams::parse(params)?);
    if inside.is_empty() {
        return Ok(Command::Mail(None, params));
    }
    let address = EmailAddress::parse(path::without_route(inside).ok_or(FORM)?);
    Ok(Command::Mail(Some(address.map_err(|error| CommandFault::Sender(error.to_string()))?), params))
}

fn parse_rcpt(rest: &str) -> Result<Command, CommandFault> {
    const FORM: CommandFault = CommandFault::Syntax("RCPT TO:<recipient@example.com>");
    let rest = after_keyword(rest, "TO:").ok_or(FORM)?;
    let (inside, params) = path::split(rest).ok_or(FORM)?;
    let params = Box::new(RcptParams::parse(params)?);
    if inside.eq_ignore_ascii_case("postmaster") {
        return Ok(Command::Rcpt(Recipient::Postmaster, params));
    }
    let address = EmailAddress::parse(path::without_route(inside).ok_or(FORM)?);
    let address = address.map_err(|error| CommandFault::Recipient(error.to_string()))?;
    Ok(Command::Rcpt(Recipient::Address(address), params))
}

fn parse_bdat(rest: &str) -> Result<Command, CommandFault> {
    const FORM: CommandFault = CommandFault::Syntax("BDAT size-in-bytes [LAST]");
    let mut words = rest.split_ascii_whitespace();
    let size = words.next().and_then(super::params::number).ok_or(FORM)?;
    let last = match words.next() {
        None => false,
        Some(word) if word.eq_ignore_ascii_case("LAST") => true,
        Some(_) => return Err(FORM),
    };
    if words.next().is_some() { Err(FORM) } else { Ok(Command::Bdat { size, last }) }
}

fn parse_auth(rest: &str) -> Result<Command, CommandFault> {
    const FORM: CommandFault = CommandFault::Syntax("AUTH PLAIN or AUTH LOGIN");
    let mut words = rest.split_ascii_whitespace();
    let mechanism = match words.next().ok_or(FORM)?.to_ascii_uppercase().as_str() {
        "PLAIN" => Mechanism::Plain,
        "LOGIN" => Mechanism::Login,
        _ => Mechanism::Unknown,
    };
    let initial = words.next().map(str::to_owned);
    if words.next().is_some() { Err(FORM) } else { Ok(Command::Auth(mechanism, initial)) }
}

#[cfg(test)]
mod tests {
    use super::super::params::{Body, Notify, Ret};
    use super::*;
    use proptest::prelude::*;

    fn parse(line: &str) -> Result<Command, CommandFault> {
        Command::parse(line.as_bytes())
    }

    fn mail(line: &str) -> (Option<EmailAddress>, MailParams) {
        match parse(line) {
            Ok(Command::Mail(sender, params)) => (sender, *params),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn simple_commands_in_any_case() {
        assert_eq!(parse("ehlo mx.example.com"), Ok(Command::Ehlo("mx.example.com".into())));
        assert_eq!(parse("HELO [127.0.0.1]"), Ok(Command::Helo("[127.0.0.1]".into())));
        assert_eq!(parse("data "), Ok(Command::Data));
        assert_eq!(parse("noop whatever"), Ok(Command::Noop));
        assert_eq!(parse("StartTls"), Ok(Command::StartTls));
        assert_eq!(parse("bdat 86 last"), Ok(Command::Bdat { size: 86, last: true }));
        assert_eq!(
            parse("AUTH plain AGEAYg=="),
            Ok(Command::Auth(Mechanism::Plain, Some("AGEAYg==".into())))
        );
        assert_eq!(parse("AUTH CRAM-MD5"), Ok(Command::Auth(Mechanism::Unknown, None)));
    }

    #[test]
    fn senders() {
        assert_eq!(mail("MAIL FROM:<>").0, None);
        assert_eq!(mail("mail from: <a@example.com>").0, EmailAddress::parse("a@example.com").ok());
        assert_eq!(
            mail("MAIL FROM:<@relay.example,@b.example:a@example.com>").0,
            EmailAddress::parse("a@example.com").ok()
        );
        assert_eq!(mail("MAIL FROM:<\"a > b\"@example.com>").0.unwrap().local(), "a > b");
        let (sender, params) =
            mail("MAIL FROM:<a@example.com> SIZE=1000 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=QQ+2B1 AUTH=<>");
        assert!(sender.is_some());
        assert_eq!(params.size, Some(1000));
        assert_eq!(params.body, Some(Body::EightBit));
        assert!(params.smtputf8);
        assert_eq!(params.ret, Some(Ret::Headers));
        assert_eq!(params.envid.as_deref(), Some("QQ+1"));
    }

    #[test]
    fn recipients() {
        assert!(matches!(parse("RCPT TO:<Postmaster>"), Ok(Command::Rcpt(Recipient::Postmaster, _))));
        let Ok(Command::Rcpt(Recipient::Address(address), params)) =
            parse("RCPT TO:<b@example.com> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;b+2B1@example.com")
        else {
            panic!("a recipient");
        };
        assert_eq!(address.to_string(), "b@example.com");
        assert_eq!(params.notify, Some(Notify { success: true, failure: true, delay: false }));
        assert_eq!(params.orcpt, Some(("rfc822".into(), "b+1@example.com".into())));
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(parse("HELLO there"), Err(CommandFault::UnknownVerb));
        assert_eq!(parse(""), Err(CommandFault::UnknownVerb));
        for bad in [
            "EHLO",
            "EHLO a b",
            "EHLO a\u{7}b",
            "MAIL",
            "MAIL FROM",
            "MAIL FROM:a@example.com",
            "MAIL FROM:<a@example.com",
            "RCPT TO:a",
            "BDAT",
            "BDAT x",
            "BDAT 1 2",
            "BDAT +1",
            "DATA now",
            "AUTH",
            "QUIT 1",
            "MAIL FROM:<@x.example>",
        ] {
            assert!(matches!(parse(bad), Err(CommandFault::Syntax(_))), "{bad}");
        }
        assert!(matches!(parse("MAIL FROM:<root@localhost>"), Err(CommandFault::Sender(_))));
        assert!(matches!(parse("RCPT TO:<a@[127.0.0.1]>"), Err(CommandFault::Recipient(_))));
        for bad in [
            "MAIL FROM:<> SIZE=x",
            "MAIL FROM:<> SIZE=1 SIZE=2",
            "MAIL FROM:<> BODY=7",
            "MAIL FROM:<> WHAT=1",
            "MAIL FROM:<> RET=ALL",
            "MAIL FROM:<>SIZE=1",
            "RCPT TO:<a@b.example> NOTIFY=NEVER,DELAY",
            "RCPT TO:<a@b.example> NOTIFY=",
            "RCPT TO:<a@b.example> ORCPT=x",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Command::parse(b"EHLO \xff"), Err(CommandFault::Encoding));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(line in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = Command::parse(&line);
        }

        #[test]
        fn any_tail_of_mail_and_rcpt_is_read_or_refused(tail in "[<>@a-z\" =;,+0-9\\\\A-Z:.]{0,50}") {
            let _ = parse(&format!("MAIL FROM:{tail}"));
            let _ = parse(&format!("RCPT TO:<a@example.com> {tail}"));
        }
    }
}
