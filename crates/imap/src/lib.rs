#![doc = include_str!("../README.md")]

mod access;
mod commands;
mod config;
mod limits;
mod reply;
mod server;
mod session;
#[cfg(test)]
mod tests;
mod views;
mod wire;

pub use config::ImapConfig;
pub use server::{ImapServer, Security, TlsSource};
pub use wire::Io;
