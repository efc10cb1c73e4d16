//! The commands, one file each.

pub mod backup;
pub mod doctor;
pub mod init;
pub mod migrate;
pub mod migrate_to;
pub mod restore;
pub mod serve;
pub mod staff;
