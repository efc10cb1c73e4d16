#![doc = include_str!("../README.md")]

pub mod dns;
pub mod installation;
pub mod mail;
pub mod pages;
pub mod sink;
