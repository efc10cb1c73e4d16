//! AUTH PLAIN and AUTH LOGIN.

use mailkeep_protocols::smtp::sasl::{self, Credentials, LOGIN_QUESTIONS};
use mailkeep_protocols::smtp::{LineEvent, Mechanism, Reply};

use super::{Reception, Role, Session};
use crate::wire::{Transport, WireError};

impl<S: Transport, R: Reception> Session<S, R> {
    pub(super) async fn auth(
        &mut self,
        mechanism: Mechanism,
        initial: Option<String>,
    ) -> Result<(), WireError> {
        if let Some(refusal) = self.auth_refusal(mechanism) {
            self.refuse(&refusal);
            return Ok(());
        }
        self.wire.set_line_limit(sasl::MAX_ANSWER);
        let credentials = self.read_credentials(mechanism, initial).await;
        self.wire.set_line_limit(self.settings.limits.max_line_bytes);
        let credentials = match credentials? {
            Ok(credentials) => credentials,
            Err(reply) => {
                self.refuse(&reply);
                return Ok(());
            }
        };
        match self.reception.authenticate(self.client.address, credentials).await {
            Ok(principal) => {
                self.client.principal = Some(principal);
                self.wire.say(&Reply::of(235, (2, 7, 0), "Welcome"));
            }
            Err(reply) => {
                self.counts.auth_failures += 1;
                self.wire.say(&reply);
            }
        }
        Ok(())
    }

    fn auth_refusal(&self, mechanism: Mechanism) -> Option<Reply> {
        if self.reception.role() == Role::Mx {
            return Some(Reply::of(502, (5, 5, 1), "Nobody signs in here; use the submission service"));
        }
        if self.client.tls.is_none() {
            return Some(Reply::of(538, (5, 7, 11), "Say STARTTLS first: passwords go through TLS only"));
        }
        if self.client.helo.is_empty() {
            return Some(Reply::of(503, (5, 5, 1), "Say EHLO first"));
        }
        if self.client.principal.is_some() {
            return Some(Reply::of(503, (5, 5, 1), "You are signed in already"));
        }
        if self.envelope.is_some() {
            return Some(Reply::of(503, (5, 5, 1), "Sign in before MAIL"));
        }
        (mechanism == Mechanism::Unknown).then(|| Reply::of(504, (5, 5, 4), "Use AUTH PLAIN or AUTH LOGIN"))
    }

    async fn read_credentials(
        &mut self,
        mechanism: Mechanism,
        initial: Option<String>,
    ) -> Result<Result<Credentials, Reply>, WireError> {
        let credentials = if mechanism == Mechanism::Login {
            let [name_question, password_question] = LOGIN_QUESTIONS;
            let name = match initial {
                Some(name) => name,
                None => match self.ask(name_question).await? {
                    Ok(answer) => answer,
                    Err(reply) => return Ok(Err(reply)),
                },
            };
            match self.ask(password_question).await? {
                Ok(password) => sasl::read_login(&name, &password),
                Err(reply) => return Ok(Err(reply)),
            }
        } else {
            match initial {
                Some(answer) => sasl::read_plain(&answer),
                None => match self.ask("").await? {
                    Ok(answer) => sasl::read_plain(&answer),
                    Err(reply) => return Ok(Err(reply)),
                },
            }
        };
        Ok(credentials.ok_or_else(|| {
            Reply::of(501, (5, 5, 2), "This answer cannot be read: it must be base64 of name and password")
        }))
    }

    /// One question and its answer; `*` calls the exchange off (RFC 4954 section 4).
    async fn ask(&mut self, question: &'static str) -> Result<Result<String, Reply>, WireError> {
        self.wire.say(&Reply::new(334, None, question));
        let deadline = self.deadline();
        Ok(match self.wire.next_line(deadline).await? {
            LineEvent::Line(line) if line == b"*" => Err(Reply::of(501, (5, 7, 0), "Called off")),
            LineEvent::Line(line) => String::from_utf8(line)
                .map_err(|_| Reply::of(501, (5, 5, 2), "This answer cannot be read: it must be base64")),
            LineEvent::Refused(fault) => {
                Err(Reply::of(500, (5, 5, 6), format!("This cannot be read: {fault}")))
            }
            LineEvent::Flood | LineEvent::Incomplete => return Err(WireError::Closed),
        })
    }
}
