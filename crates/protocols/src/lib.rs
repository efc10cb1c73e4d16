#![doc = include_str!("../README.md")]

pub mod imap;
pub mod mime;
pub mod openid;
pub mod reports;
pub mod smtp;
