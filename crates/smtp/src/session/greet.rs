//! EHLO, HELO and STARTTLS.

use mailkeep_protocols::smtp::Reply;

use super::{Next, Reception, Role, Session};
use crate::wire::{Transport, WireError};

impl<S: Transport, R: Reception> Session<S, R> {
    pub(super) fn greet(&mut self, name: String, extended: bool) {
        self.reset();
        self.client.helo = name;
        self.client.extended = extended;
        let host = self.settings.host_name.to_string();
        if !extended {
            return self.wire.say(&Reply::new(250, None, host));
        }
        let mut reply = Reply::new(250, None, host)
            .line("PIPELINING")
            .line(format!("SIZE {}", self.settings.limits.max_message_bytes))
            .line("8BITMIME")
            .line("SMTPUTF8")
            .line("CHUNKING")
            .line("DSN");
        if self.settings.tls.is_some() && self.client.tls.is_none() {
            reply = reply.line("STARTTLS");
        }
        if self.may_authenticate() {
            reply = reply.line("AUTH PLAIN LOGIN");
        }
        self.wire.say(&reply.line("ENHANCEDSTATUSCODES"));
    }

    /// AUTH is offered where there is somebody to prove to be, and only where nobody on the way can listen.
    pub(super) fn may_authenticate(&self) -> bool {
        self.reception.role() == Role::Submission
            && self.client.tls.is_some()
            && self.client.principal.is_none()
    }

    pub(super) async fn start_tls(&mut self) -> Result<Next, WireError> {
        if self.client.tls.is_some() {
            self.refuse(&Reply::of(503, (5, 5, 1), "This connection is already protected by TLS"));
            return Ok(Next::Go);
        }
        let Some(tls) = self.settings.tls.clone() else {
            self.refuse(&Reply::of(502, (5, 5, 1), "TLS is not offered here"));
            return Ok(Next::Go);
        };
        self.wire.say(&Reply::of(220, (2, 0, 0), "Begin TLS"));
        let described = self.wire.start_tls(tls.load_full(), self.deadline()).await?;
        // What was said before TLS counts for nothing (RFC 3207 section 4.2).
        self.reset();
        self.client.tls = Some(described);
        self.client.helo.clear();
        self.client.extended = false;
        Ok(Next::Go)
    }
}
