#![doc = include_str!("../README.md")]

pub mod articles;
pub mod attachments;
pub mod canned;
pub mod cases;
pub mod downloads;
pub mod followers;
pub mod hours;
pub mod letters;
pub mod links;
pub mod macros;
pub mod mailroom;
pub mod merges;
mod networks;
pub mod rules;
pub mod service_levels;
pub mod splits;
pub mod tags;
pub mod tickets;
pub mod times;
pub mod views;
pub mod words;
