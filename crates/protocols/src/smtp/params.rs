//! Parameters of MAIL and RCPT: SIZE (RFC 1870), BODY (6152), SMTPUTF8 (6531), DSN (3461), AUTH (4954).

use super::xtext;

/// Parameters of MAIL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailParams {
    /// How long the client says the message is, in bytes.
    pub size: Option<u64>,
    /// How the body is coded.
    pub body: Option<Body>,
    /// The addresses or the headers use UTF-8.
    pub smtputf8: bool,
    /// What a report shall bring back.
    pub ret: Option<Ret>,
    /// The sender's own name for the envelope, decoded.
    pub envid: Option<String>,
    /// The address that the client says submitted the message, decoded; empty for `<>`. We trust no one with it.
    pub auth: Option<String>,
}

/// Parameters of RCPT.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RcptParams {
    /// When the sender wants a report; without it, on failure and delay.
    pub notify: Option<Notify>,
    /// The recipient as the sender first wrote it: address type and decoded address.
    pub orcpt: Option<(String, String)>,
}

/// How a body is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// Seven bits.
    SevenBit,
    /// Eight bits in lines.
    EightBit,
}

/// What a report brings back of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ret {
    /// All of it.
    Full,
    /// The headers.
    Headers,
}

impl Ret {
    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Ret::Full => "FULL",
            Ret::Headers => "HDRS",
        }
    }
}

/// When a report is wanted; none of the three is `NEVER`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notify {
    /// On delivery.
    pub success: bool,
    /// On final failure.
    pub failure: bool,
    /// When delivery takes long.
    pub delay: bool,
}

impl Notify {
    /// `NOTIFY=NEVER`
    pub const NEVER: Notify = Notify { success: false, failure: false, delay: false };

    /// The words on the wire.
    pub fn to_words(self) -> String {
        let words: Vec<&str> = [(self.success, "SUCCESS"), (self.failure, "FAILURE"), (self.delay, "DELAY")]
            .into_iter()
            .filter_map(|(wanted, word)| wanted.then_some(word))
            .collect();
        if words.is_empty() { "NEVER".to_owned() } else { words.join(",") }
    }

    /// Reads the words; `None` when they are malformed.
    pub fn parse(words: &str) -> Option<Notify> {
        if words.eq_ignore_ascii_case("NEVER") {
            return Some(Notify::NEVER);
        }
        let mut notify = Notify::NEVER;
        for word in words.split(',') {
            match word.to_ascii_uppercase().as_str() {
                "SUCCESS" => notify.success = true,
                "FAILURE" => notify.failure = true,
                "DELAY" => notify.delay = true,
                _ => return None,
            }
        }
        Some(notify)
    }
}

/// What is wrong with a parameter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParamFault {
    /// We do not know it (RFC 5321 section 4.1.1.11: reply 555).
    #[error("the parameter {0} is not known here")]
    Unknown(String),
    /// Its value is malformed.
    #[error("the value of {0} is malformed")]
    Value(&'static str),
    /// It is there twice.
    #[error("the parameter {0} is there twice")]
    Twice(&'static str),
}

impl MailParams {
    pub(super) fn parse(text: &str) -> Result<Self, ParamFault> {
        let mut params = MailParams::default();
        for word in text.split_ascii_whitespace() {
            let (key, value) = word.split_once('=').map_or((word, None), |(key, value)| (key, Some(value)));
            match key.to_ascii_uppercase().as_str() {
                "SIZE" => put(&mut params.size, value.and_then(number), "SIZE")?,
                "BODY" => put(&mut params.body, value.and_then(body), "BODY")?,
                "SMTPUTF8" if value.is_none() => params.smtputf8 = true,
                "SMTPUTF8" => return Err(ParamFault::Value("SMTPUTF8")),
                "RET" => put(&mut params.ret, value.and_then(ret), "RET")?,
                "ENVID" => put(&mut params.envid, value.and_then(envid), "ENVID")?,
                "AUTH" => put(&mut params.auth, value.and_then(auth), "AUTH")?,
                _ => return Err(unknown(key)),
            }
        }
        Ok(params)
    }
}

impl RcptParams {
    pub(super) fn parse(text: &str) -> Result<Self, ParamFault> {
        let mut params = RcptParams::default();
        for word in text.split_ascii_whitespace() {
            let (key, value) = word.split_once('=').map_or((word, None), |(key, value)| (key, Some(value)));
            match key.to_ascii_uppercase().as_str() {
                "NOTIFY" => put(&mut params.notify, value.and_then(Notify::parse), "NOTIFY")?,
                "ORCPT" => put(&mut params.orcpt, value.and_then(orcpt), "ORCPT")?,
                _ => return Err(unknown(key)),
            }
        }
        Ok(params)
    }
}

fn put<T>(slot: &mut Option<T>, value: Option<T>, name: &'static str) -> Result<(), ParamFault> {
    if slot.is_some() {
        return Err(ParamFault::Twice(name));
    }
    *slot = Some(value.ok_or(ParamFault::Value(name))?);
    Ok(())
}

fn unknown(key: &str) -> ParamFault {
    ParamFault::Unknown(key.chars().filter(char::is_ascii_graphic).take(20).collect())
}

/// At most 20 digits (RFC 1870 section 3), and nothing else.
pub(super) fn number(text: &str) -> Option<u64> {
    (text.len() <= 20 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn body(text: &str) -> Option<Body> {
    match text.to_ascii_uppercase().as_str() {
        "7BIT" => Some(Body::SevenBit),
        "8BITMIME" => Some(Body::EightBit),
        _ => None,
    }
}

fn ret(text: &str) -> Option<Ret> {
    match text.to_ascii_uppercase().as_str() {
        "FULL" => Some(Ret::Full),
        "HDRS" => Some(Ret::Headers),
        _ => None,
    }
}

/// At most 100 characters as written (RFC 3461 section 4.4).
fn envid(text: &str) -> Option<String> {
    (text.len() <= 100).then(|| xtext::decode(text)).flatten().filter(|id| !id.is_empty())
}

fn auth(text: &str) -> Option<String> {
    if text == "<>" { Some(String::new()) } else { xtext::decode(text) }
}

/// At most 500 characters as written (RFC 3461 section 4.2).
fn orcpt(text: &str) -> Option<(String, String)> {
    let (kind, address) = text.split_once(';')?;
    let kind_ok = !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let address = xtext::decode(address).filter(|address| !address.is_empty())?;
    (text.len() <= 500 && kind_ok).then(|| (kind.to_ascii_lowercase(), address))
}
