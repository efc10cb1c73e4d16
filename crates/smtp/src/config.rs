//! The configuration of the SMTP services.

use std::net::SocketAddr;
use std::time::Duration;

use mailkeep_types::{AddressError, EmailAddress};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::delivery::{DestinationConfig, Patience, TlsMode};
use crate::session::SessionLimits;

/// The SMTP services.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SmtpConfig {
    /// The name of this server in greetings, trace headers and reports; its address record must lead here.
    pub host_name: String,
    /// The address that gets mail to `<Postmaster>` without a domain (RFC 5321 section 4.5.1); empty: `web.support_email`.
    pub postmaster: String,
    /// The address to which other providers send complaints of their readers (ARF) about what goes out from here, such as the abuse department:
    /// each message names it (`CFBL-Address`, RFC 9477) and is signed for its domain as well, which must be a domain here with a DKIM key.
    /// Empty: no message names any.
    pub complaints_to: String,
    /// Longest message in bytes.
    pub max_message_bytes: u64,
    /// Longest header of a message in bytes.
    pub max_header_bytes: usize,
    /// Most recipients of a message; the others are told to come again.
    pub max_recipients: usize,
    /// Most `Received` fields of a message: more means that it goes in circles.
    pub max_hops: usize,
    /// Days for which senders to a full mailbox are told to come again; after them they are refused. 0 refuses at once.
    pub full_mailbox_days: u32,
    /// Most connections at once, for the MX and for submission each.
    pub max_connections: usize,
    /// Most connections at once from one address (IPv4) or /64 (IPv6).
    pub max_connections_per_address: usize,
    /// Most messages in one connection.
    pub max_messages_per_connection: usize,
    /// Most refused commands in one connection.
    pub max_errors: usize,
    /// Most memory for messages that are coming in, in MiB, on all connections together.
    pub memory_mib: usize,
    /// Seconds that a client may take for one command.
    pub command_seconds: u64,
    /// Seconds that a client may be silent within a message.
    pub silence_seconds: u64,
    /// Seconds that the content of a message may take.
    pub content_seconds: u64,
    /// Seconds that a connection may last.
    pub session_seconds: u64,
    /// Seconds that open sessions are given at a stop.
    pub grace_seconds: u64,
    /// Mail from other servers.
    pub mx: MxConfig,
    /// Outgoing delivery.
    pub delivery: DeliveryConfig,
}

/// Mail from other servers.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MxConfig {
    /// Evaluate SPF, DKIM and DMARC.
    pub verify: bool,
    /// Seconds that the evaluation of a message may take.
    pub verify_seconds: u64,
    /// Refuse what the owner of the domain in From asks to refuse (DMARC `p=reject`); otherwise it goes to Junk.
    pub refuse_by_dmarc: bool,
}

/// Outgoing delivery.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DeliveryConfig {
    /// DNS servers to ask, as `address:port`; empty: those of the system.
    pub resolvers: Vec<SocketAddr>,
    /// The port at which other servers take mail: 25, other values are for tests.
    pub remote_port: u16,
    /// `opportunistic`, `verified` or `off`.
    pub tls: TlsMode,
    /// Most deliveries at once.
    pub max_deliveries: usize,
    /// Most connections to one destination at once; mail in bulk takes up to four fifths of them.
    pub max_connections_per_destination: usize,
    /// Most messages over one connection.
    pub max_messages_per_connection: usize,
    /// Seconds after which an unused connection is closed.
    pub idle_seconds: u64,
    /// Seconds to wait after the first, second, … attempt that did not succeed; the last value repeats.
    pub retry_seconds: Vec<u64>,
    /// Seconds after which the sender is told that a message is delayed.
    pub delay_report_seconds: u64,
    /// Seconds after which a message is given up.
    pub expire_seconds: u64,
    /// Seconds that a connection to another server may take to be made.
    pub connect_seconds: u64,
    /// Seconds that another server may take to answer a command.
    pub command_seconds: u64,
    /// Seconds that another server may take to answer at the end of a message.
    pub data_end_seconds: u64,
    /// Seconds between looks at the queue when nothing wakes the worker.
    pub poll_seconds: u64,
    /// Our own addresses, to notice mail that would come back to us.
    pub own_addresses: Vec<std::net::IpAddr>,
    /// Destinations that get more or less than others, such as large providers: the first that names a domain counts, else the first
    /// that names its server.
    pub destinations: Vec<DestinationConfig>,
}

impl SmtpConfig {
    /// The address for complaints, when one is set.
    ///
    /// # Errors
    /// When it is no address.
    pub fn complaints_address(&self) -> Result<Option<EmailAddress>, AddressError> {
        match self.complaints_to.trim() {
            "" => Ok(None),
            address => EmailAddress::parse(address).map(Some),
        }
    }
}

impl Default for SmtpConfig {
    fn default() -> Self {
        SmtpConfig {
            host_name: "localhost.localdomain".to_owned(),
            postmaster: String::new(),
            complaints_to: String::new(),
            max_message_bytes: 50 * 1024 * 1024,
            max_header_bytes: 256 * 1024,
            max_recipients: 100,
            max_hops: 50,
            full_mailbox_days: 5,
            max_connections: 1000,
            max_connections_per_address: 50,
            max_messages_per_connection: 1000,
            max_errors: 20,
            memory_mib: 512,
            command_seconds: 300,
            silence_seconds: 180,
            content_seconds: 1800,
            session_seconds: 7200,
            grace_seconds: 20,
            mx: MxConfig::default(),
            delivery: DeliveryConfig::default(),
        }
    }
}

impl Default for MxConfig {
    fn default() -> Self {
        MxConfig { verify: true, verify_seconds: 20, refuse_by_dmarc: true }
    }
}

impl Default for DeliveryConfig {
    fn default() -> Self {
        DeliveryConfig {
            resolvers: Vec::new(),
            remote_port: 25,
            tls: TlsMode::default(),
            max_deliveries: 200,
            max_connections_per_destination: 10,
            max_messages_per_connection: 100,
            idle_seconds: 20,
            retry_seconds: vec![60, 300, 900, 1800, 3600, 7200, 14_400],
            delay_report_seconds: 4 * 3600,
            expire_seconds: 5 * 24 * 3600,
            connect_seconds: 30,
            command_seconds: 300,
            data_end_seconds: 600,
            poll_seconds: 5,
            own_addresses: Vec::new(),
            destinations: Vec::new(),
        }
    }
}

impl SmtpConfig {
    /// The limits of a session.
    pub(crate) fn session_limits(&self) -> SessionLimits {
        SessionLimits {
            max_message_bytes: self.max_message_bytes,
            max_header_bytes: self.max_header_bytes,
            max_line_bytes: 4096,
            max_recipients: self.max_recipients,
            max_hops: self.max_hops,
            max_commands: self
                .max_messages_per_connection
                .saturating_mul(self.max_recipients.saturating_add(10)),
            max_messages: self.max_messages_per_connection,
            max_errors: self.max_errors,
            max_auth_failures: 3,
            command_time: Duration::from_secs(self.command_seconds),
            silence_time: Duration::from_secs(self.silence_seconds),
            content_time: Duration::from_secs(self.content_seconds),
            session_time: Duration::from_secs(self.session_seconds),
        }
    }
}

impl DeliveryConfig {
    pub(crate) fn patience(&self) -> Patience {
        Patience {
            connect: Duration::from_secs(self.connect_seconds),
            command: Duration::from_secs(self.command_seconds),
            data_block: Duration::from_secs(self.command_seconds.max(180)),
            data_end: Duration::from_secs(self.data_end_seconds),
        }
    }

    /// How long to wait after attempt number `attempts` (from 1). A part of it is by chance, so that a server that
    /// comes back is not met by everything at once; `chance` is between 0 and 1.
    pub(crate) fn wait_after(&self, attempts: u32, chance: f64) -> Duration {
        let at = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
        let base = self.retry_seconds.get(at).or(self.retry_seconds.last()).copied().unwrap_or(900);
        let spread = Duration::from_secs(base).mul_f64(0.2 * chance.clamp(0.0, 1.0));
        Duration::from_secs(base) + spread
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_the_last_repeats() {
        let config = DeliveryConfig { retry_seconds: vec![10, 100], ..DeliveryConfig::default() };
        assert_eq!(config.wait_after(1, 0.0), Duration::from_secs(10));
        assert_eq!(config.wait_after(2, 1.0), Duration::from_secs(120));
        assert_eq!(config.wait_after(99, 0.0), Duration::from_secs(100));
    }
}
