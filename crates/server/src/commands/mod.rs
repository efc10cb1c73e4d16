//! The commands, one file each.

pub mod backup;
pub mod doctor;
pub mod init;
pub mod ledger;
pub mod migrate;
pub mod migrate_to;
pub mod policy;
pub mod restore;
pub mod serve;
pub mod staff;
