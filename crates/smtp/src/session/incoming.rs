//! A message while it comes in: collected up to the limits, thrown away past them.

use mailkeep_protocols::smtp::{HeaderSection, Reply};

use super::SessionLimits;
use crate::limits::MemoryShare;

pub(super) struct Incoming {
    bytes: Vec<u8>,
    memory: MemoryShare,
    received: u64,
    header_done: bool,
    fault: Option<Reply>,
}

impl Incoming {
    pub(super) fn new(memory: MemoryShare) -> Self {
        Incoming { bytes: Vec::new(), memory, received: 0, header_done: false, fault: None }
    }

    /// Where a decoder puts the next bytes; [`Incoming::grew`] must be called after it.
    pub(super) fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Bytes that came, those thrown away included.
    pub(super) fn received(&self) -> u64 {
        self.received
    }

    /// The message must be refused.
    pub(super) fn refuse(&mut self, reply: Reply) {
        self.fault.get_or_insert(reply);
        self.bytes = Vec::new();
    }

    /// Checks the limits after `count` more bytes came from the client.
    pub(super) fn grew(&mut self, count: usize, limits: &SessionLimits) {
        self.received = self.received.saturating_add(count as u64);
        if self.fault.is_some() {
            self.bytes.clear();
            return;
        }
        if self.bytes.len() as u64 > limits.max_message_bytes {
            return self.refuse(too_big(limits));
        }
        if !self.memory.grow_to(self.bytes.capacity()) {
            return self.refuse(Reply::of(
                452,
                (4, 3, 1),
                "Too much mail is coming in at the moment; try again in a few minutes",
            ));
        }
        if !self.header_done {
            let look_at = self.bytes.len().min(limits.max_header_bytes + 4);
            let head = self.bytes.get(..look_at).unwrap_or_default();
            if head.starts_with(b"\r\n") || memchr::memmem::find(head, b"\r\n\r\n").is_some() {
                self.header_done = true;
            } else if self.bytes.len() > limits.max_header_bytes {
                let text = format!("The header may have {} bytes at most", limits.max_header_bytes);
                self.refuse(Reply::of(552, (5, 3, 4), text));
            }
        }
    }

    /// The whole message, or why it is refused.
    pub(super) fn finish(mut self, limits: &SessionLimits) -> Result<(Vec<u8>, MemoryShare), Reply> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let hops = HeaderSection::of(&self.bytes)
            .fields()
            .filter(|f| f.is("Received") || f.is("Delivered-To"))
            .count();
        if hops > limits.max_hops {
            return Err(Reply::of(
                554,
                (5, 4, 6),
                "This message has passed too many servers: it seems to go in circles",
            ));
        }
        Ok((self.bytes, self.memory))
    }
}

pub(super) fn too_big(limits: &SessionLimits) -> Reply {
    Reply::of(552, (5, 3, 4), format!("Messages may have {} bytes at most", limits.max_message_bytes))
}
