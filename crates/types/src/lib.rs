#![doc = include_str!("../README.md")]

mod address;
mod clock;
mod habits;
pub mod ids;
mod money;
mod registration_id;
pub mod sending;
mod words;

pub use address::{AddressError, DomainName, EmailAddress};
pub use clock::{Clock, ManualClock, SharedClock, SteeredClock, SystemClock, Timestamp};
pub use habits::Habits;
pub use ids::*;
pub use money::{Currency, Money, MoneyError, Ratio};
pub use registration_id::{RegistrationId, RegistrationIdError};
