#![doc = include_str!("../README.md")]

pub mod browser;
pub mod choosing;
pub mod dns;
pub mod installation;
pub mod journey;
pub mod mail;
pub mod markers;
pub mod pages;
pub mod postfix;
pub mod relying;
pub mod samples;
pub mod sink;
pub mod stolen;
