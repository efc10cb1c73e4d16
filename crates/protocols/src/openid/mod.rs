//! OpenID Connect as relying sites speak it to a provider: the authorisation code flow of OpenID Connect Core 1.0 and
//! RFC 6749, with proof keys (RFC 7636) as RFC 9700 asks for.
//!
//! * [`parameters`]: query strings and forms, strictly: a parameter that comes twice is a mistake.
//! * [`authorize`]: what a site asks when it sends a person. [`credentials`]: by what a site proves who it is.
//! * [`addresses`]: where a person is sent back to. [`pkce`]: the proof key. [`compact`]: the parts of a signed token.

pub mod addresses;
pub mod authorize;
pub mod compact;
pub mod credentials;
mod error;
pub mod parameters;
pub mod pkce;

pub use authorize::{Asked, Target};
pub use credentials::SiteCredentials;
pub use error::{ErrorCode, OpenIdError};
pub use parameters::Parameters;
pub use pkce::{Challenge, Verifier};
