//! The commands, one file each.

pub mod backup;
pub mod break_glass;
pub mod disclosure;
pub mod doctor;
pub mod init;
pub mod keys;
pub mod ledger;
pub mod migrate;
pub mod migrate_to;
pub mod outreach;
pub mod policy;
pub mod residency;
pub mod restore;
pub mod retention;
pub mod serve;
pub mod staff;
pub mod subject;
