#![doc = include_str!("../README.md")]

mod access;
pub mod api_requests;
pub mod api_tokens;
mod config;
mod credentials;
pub mod customers;
mod error;
mod facts;
mod fields;
mod identity;
pub mod jobs;
mod limits;
mod links;
mod messages;
mod origin;
pub mod persons;
mod principal;
mod records;
pub mod second_factors;
mod secrets;
pub mod security_events;
pub mod sessions;
pub mod site_keys;
pub mod site_sign_ins;
pub mod sites;
pub mod staff;
pub mod staff_tokens;
#[cfg(feature = "testing")]
pub mod testing;

pub use access::{
    Access, ContactRole, ContactRoles, Membership, Permission, PersonAccess, Scope, Scopes, StaffAccess,
    StaffPermission, StaffRole, Via,
};
pub use config::{IdentityConfig, LimitConfig, LinkConfig, PasswordConfig, SessionConfig};
pub use error::{FieldError, IdentityError};
pub use identity::Identity;
pub use origin::Origin;
pub use principal::Principal;
pub use secrets::Secret;
