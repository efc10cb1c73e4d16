//! DATA and BDAT.

use mailkeep_protocols::smtp::data::LineCheck;
use mailkeep_protocols::smtp::{DataDecoder, Reply};
use metrics::counter;
use tokio::time::Instant;

use super::incoming::{Incoming, too_big};
use super::{Next, Reception, Session};
use crate::wire::{Transport, WireError};

/// Past this multiple of the largest message, we no longer read what we throw away but close the connection.
const PATIENCE: u64 = 2;

impl<S: Transport, R: Reception> Session<S, R> {
    pub(super) async fn data(&mut self) -> Result<(), WireError> {
        if let Some(refusal) = self.content_refusal() {
            self.refuse(&refusal);
            return Ok(());
        }
        self.wire.say(&Reply::new(354, None, "Send the message, and a line with a dot alone after it"));
        let mut incoming = Incoming::new(self.settings.memory.share());
        let mut decoder = DataDecoder::default();
        let ends = self.content_deadline();
        let limits = self.settings.limits.clone();
        loop {
            let deadline = (Instant::now() + limits.silence_time).min(ends);
            let bytes = self.wire.bytes(deadline).await?;
            let progress = decoder.decode(bytes, incoming.buffer());
            self.wire.use_up(progress.taken);
            incoming.grew(progress.taken, &limits);
            if progress.finished {
                break;
            }
            if incoming.received() > limits.max_message_bytes.saturating_mul(PATIENCE) {
                return self.give_up();
            }
        }
        if decoder.found_bare_line_end() {
            incoming.refuse(bare_line_end());
        } else if decoder.found_nul() {
            incoming.refuse(nul());
        }
        self.take(incoming).await;
        Ok(())
    }

    pub(super) async fn bdat(&mut self, size: u64, last: bool) -> Result<Next, WireError> {
        let limits = self.settings.limits.clone();
        let mut incoming = match self.chunks.take() {
            Some(incoming) => incoming,
            None => Incoming::new(self.settings.memory.share()),
        };
        // The chunk comes whatever we think of it, so it is read in any case (RFC 3030 section 2).
        let refusal = self.content_refusal();
        if incoming.received().saturating_add(size) > limits.max_message_bytes {
            incoming.refuse(too_big(&limits));
        }
        if incoming.received().saturating_add(size) > limits.max_message_bytes.saturating_mul(PATIENCE) {
            self.wire.say(&too_big(&limits));
            return Ok(Next::Close);
        }
        let ends = self.content_deadline();
        let mut left = size;
        while left > 0 {
            let deadline = (Instant::now() + limits.silence_time).min(ends);
            let bytes = self.wire.bytes(deadline).await?;
            let count = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if refusal.is_none() {
                incoming.buffer().extend_from_slice(bytes.get(..count).unwrap_or_default());
            }
            self.wire.use_up(count);
            incoming.grew(count, &limits);
            left -= count as u64;
        }
        if let Some(refusal) = refusal {
            self.refuse(&refusal);
        } else if last {
            let message = incoming.buffer();
            if !message.is_empty() && !message.ends_with(b"\n") && !message.ends_with(b"\r") {
                // Everything here is made of whole lines.
                message.extend_from_slice(b"\r\n");
            }
            match LineCheck::of(message) {
                LineCheck::Fine => {}
                LineCheck::BareLineEnd => incoming.refuse(bare_line_end()),
                LineCheck::Nul => incoming.refuse(nul()),
            }
            self.take(incoming).await;
        } else {
            self.chunks = Some(incoming);
            self.wire.say(&Reply::of(250, (2, 0, 0), format!("{size} bytes received")));
        }
        Ok(Next::Go)
    }

    fn content_refusal(&self) -> Option<Reply> {
        match &self.envelope {
            None => Some(Reply::of(503, (5, 5, 1), "Say MAIL and RCPT first")),
            Some(envelope) if envelope.recipients.is_empty() => {
                Some(Reply::of(554, (5, 5, 1), "No recipient was accepted"))
            }
            Some(_) => None,
        }
    }

    fn content_deadline(&self) -> Instant {
        (Instant::now() + self.settings.limits.content_time).min(self.ends)
    }

    fn give_up(&mut self) -> Result<(), WireError> {
        self.wire.say(&too_big(&self.settings.limits));
        Err(WireError::Closed)
    }

    /// Gives the whole message to the house and says its answer.
    async fn take(&mut self, incoming: Incoming) {
        let role = self.reception.role().as_str();
        let envelope = self.envelope.take();
        let reply = match (incoming.finish(&self.settings.limits), envelope) {
            (Err(reply), _) => reply,
            (Ok(_), None) => Reply::of(503, (5, 5, 1), "Say MAIL and RCPT first"),
            // The share of the memory is held until the message is stored.
            (Ok((message, _memory)), Some(envelope)) => {
                self.reception.receive(&self.client, envelope, message).await
            }
        };
        self.counts.messages += 1;
        let outcome = if reply.is_positive() { "accepted" } else { "refused" };
        counter!("mailkeep_smtp_messages_total", "role" => role, "outcome" => outcome).increment(1);
        tracing::info!(session = %self.client.session, role, code = reply.code(), "a message was {outcome}");
        if reply.is_positive() {
            self.wire.say(&reply);
        } else {
            self.refuse(&reply);
        }
    }
}

fn bare_line_end() -> Reply {
    Reply::of(
        550,
        (5, 6, 0),
        "Lines must end with CR LF: a CR or LF stood alone in this message, which is refused",
    )
}

fn nul() -> Reply {
    Reply::of(550, (5, 6, 0), "There is a NUL byte in this message; send it in an encoding such as base64")
}
