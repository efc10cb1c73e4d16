//! What both the pages of the Customer Center and the HTTP API do: reading opened values through the gate, and the
//! rules that belong to an act and not to its form. A page turns the outcome into HTML, the API into JSON.
//!
//! An act takes what it needs of the request from [`Ctx`]: who asks, and for which customer they work. The route's
//! permission was checked before. What the asker typed wrong stands in the [`Form`]; the act then gives `None`.
//!
//! [`Ctx`]: crate::ctx::Ctx
//! [`Form`]: crate::form::Form

pub mod aliases;
pub mod domains;
pub mod erasures;
pub mod lists;
pub mod mailboxes;
pub mod orders;
pub mod rules;
