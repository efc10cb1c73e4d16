//! Tells sites that a sign-in to them ended (OpenID Connect Back-Channel Logout 1.0). Tried again for an hour; then it is noted for
//! the staff who keep the site, and the sign-in has ended here all the same.

use mailkeep_identity::site_sign_ins::SiteSignOut;
use mailkeep_storage::jobs::{Job, JobError};
use mailkeep_webhooks::SiteToTell;

use super::services::Services;

/// So often it is tried: with waits of 2, 4, 8 … seconds for over an hour.
const TRIES: u32 = 12;

/// Tells one site of one sign-in.
///
/// # Errors
/// When it is to be tried again.
pub async fn tell(services: &Services, issuer: &str, job: &Job) -> Result<(), JobError> {
    let ended: SiteSignOut = job.payload()?;
    let Some(told) = services.identity.site_told(ended, issuer).await.map_err(JobError::retry)? else {
        return Ok(());
    };
    let to = SiteToTell { address: &told.address, listed_as: &told.listed_as, hosts: &told.hosts };
    // A token is made of letters, digits, hyphens, lines and dots: nothing of it needs to be encoded.
    let form = format!("logout_token={}", told.token.expose());
    let answer = services.webhooks.tell_site(&to, form).await;
    let heard = answer.is_ok_and(|status| (200..300).contains(&status));
    if !heard && job.attempts + 1 < TRIES {
        let why = answer.map_or_else(|fault| fault.word().to_owned(), |status| status.to_string());
        return Err(JobError::retry(format!("the site {} did not take it: {why}", ended.site)));
    }
    services.identity.note_site_heard(ended.site, heard).await.map_err(JobError::retry)
}
