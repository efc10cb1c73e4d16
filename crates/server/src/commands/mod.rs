//! The commands, one file each.

pub mod backup;
pub mod init;
pub mod migrate;
pub mod restore;
pub mod serve;
