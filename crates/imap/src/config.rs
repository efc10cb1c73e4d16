//! What can be set.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

/// The section `[imap]` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ImapConfig {
    /// Most connections at once, over all ports.
    pub max_connections: usize,
    /// Most connections at once from one address (IPv6: one /64).
    pub max_connections_per_address: usize,
    /// Most connections at once of one mailbox.
    pub max_connections_per_mailbox: usize,
    /// Largest message that APPEND takes, in bytes.
    pub max_message_bytes: usize,
    /// Memory for messages on their way in, over all connections, in bytes.
    pub append_memory_bytes: usize,
    /// Longest line of a command after login, in bytes.
    pub max_line_bytes: usize,
    /// Largest command after login with its literals, a message not counted, in bytes.
    pub max_command_bytes: usize,
    /// Seconds from connecting to a successful login.
    pub login_timeout_seconds: u64,
    /// Seconds without a command after which a client is logged out; RFC 3501 asks for at least 1,800.
    pub idle_timeout_seconds: u64,
    /// Seconds a client may pause in the middle of a command, or while it reads an answer.
    pub stall_timeout_seconds: u64,
    /// Wrong passwords after which the connection is closed.
    pub max_login_failures: u32,
    /// Milliseconds by which the answer to a wrong password is delayed.
    pub login_failure_delay_ms: u64,
    /// Commands in a row that are not understood, after which the connection is closed.
    pub max_bad_commands: u32,
    /// Allows LOGIN without TLS from this machine itself (127.0.0.1 and ::1), for local tools. Never from elsewhere.
    pub plaintext_login_on_loopback: bool,
    /// Seconds that sessions get to finish a command when the program stops.
    pub shutdown_seconds: u64,
}

impl Default for ImapConfig {
    fn default() -> Self {
        ImapConfig {
            max_connections: 20_000,
            max_connections_per_address: 200,
            max_connections_per_mailbox: 60,
            max_message_bytes: 50 * 1024 * 1024,
            append_memory_bytes: 256 * 1024 * 1024,
            max_line_bytes: 64 * 1024,
            max_command_bytes: 256 * 1024,
            login_timeout_seconds: 60,
            idle_timeout_seconds: 1_860,
            stall_timeout_seconds: 120,
            max_login_failures: 3,
            login_failure_delay_ms: 1_000,
            max_bad_commands: 20,
            plaintext_login_on_loopback: false,
            shutdown_seconds: 10,
        }
    }
}

impl ImapConfig {
    pub(crate) fn login_timeout(&self) -> Duration {
        Duration::from_secs(self.login_timeout_seconds)
    }

    pub(crate) fn idle_timeout(&self) -> Duration {
        Duration::from_secs(self.idle_timeout_seconds)
    }

    pub(crate) fn stall_timeout(&self) -> Duration {
        Duration::from_secs(self.stall_timeout_seconds)
    }

    pub(crate) fn failure_delay(&self) -> Duration {
        Duration::from_millis(self.login_failure_delay_ms)
    }

    pub(crate) fn shutdown_grace(&self) -> Duration {
        Duration::from_secs(self.shutdown_seconds)
    }
}
