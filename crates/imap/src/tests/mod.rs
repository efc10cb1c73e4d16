//! Whole sessions as transcripts, on both engines.

mod folders;
mod harness;
mod hostile;
mod login;
mod messages;
mod searching;
mod several;
mod transport;

use harness::{Client, Harness};
