//! Certificates from an authority that speaks ACME (RFC 8555), proven over HTTP on port 80 and renewed in time.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use instant_acme::{
    Account, AccountCredentials, AuthorizationStatus, ChallengeType, Identifier, NewAccount, NewOrder,
    OrderStatus, RetryPolicy,
};
use mailkeep_policy::Policy;
use mailkeep_policy::egress::Passed;
use mailkeep_types::Timestamp;
use parking_lot::RwLock;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::egress;
use crate::tls::{Tls, files, write_secret};

/// The answers to challenges that are under way: token to key authorisation (RFC 8555 section 8.3).
#[derive(Clone, Default)]
pub struct Challenges(Arc<RwLock<HashMap<String, String>>>);

impl Challenges {
    /// Answers `/.well-known/acme-challenge/…`, and leaves everything else to `rest`.
    pub fn before(self, rest: Router) -> Router {
        let answer = move |Path(token): Path<String>| async move {
            self.0.read().get(&token).cloned().ok_or(StatusCode::NOT_FOUND)
        };
        Router::new().route("/.well-known/acme-challenge/{token}", get(answer)).fallback_service(rest)
    }
}

/// Gets certificates and renews them when a third of their life is left; tries again when that fails: after a minute
/// first, then ever more rarely, down to once in an hour.
pub async fn run(
    config: Config,
    tls: Tls,
    challenges: Challenges,
    policy: Policy,
    shutdown: CancellationToken,
) {
    const LONGEST: Duration = Duration::from_secs(3600);
    let mut pause = Duration::from_secs(60);
    loop {
        let wait = match renew_with_fresh_nonces(&config, &tls, &challenges, &policy).await {
            Ok(()) => {
                pause = Duration::from_secs(60);
                Duration::from_secs(12 * 3600)
            }
            Err(error) => {
                let wait = pause;
                pause = (pause * 2).min(LONGEST);
                tracing::error!(
                    error = format!("{error:#}"),
                    again_in_seconds = wait.as_secs(),
                    "no certificate from the authority; the one in use stays"
                );
                wait
            }
        };
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Renews, from the beginning again when the authority took a nonce for an old one: a client is to try again then (RFC 8555
/// section 6.5), and the library gives up after three in a row.
async fn renew_with_fresh_nonces(
    config: &Config,
    tls: &Tls,
    challenges: &Challenges,
    policy: &Policy,
) -> Result<()> {
    const TRIES: u32 = 4;
    let mut tries = 1;
    loop {
        match renew_if_due(config, tls, challenges, policy).await {
            Err(error) if is_old_nonce(&error) && tries < TRIES => tries += 1,
            outcome => return outcome,
        }
    }
}

fn is_old_nonce(error: &anyhow::Error) -> bool {
    match error.downcast_ref() {
        Some(instant_acme::Error::Api(problem)) => {
            problem.r#type.as_deref() == Some("urn:ietf:params:acme:error:badNonce")
        }
        _ => false,
    }
}

async fn renew_if_due(config: &Config, tls: &Tls, challenges: &Challenges, policy: &Policy) -> Result<()> {
    let (certificate, key) = files(config);
    let ours = config.server.data_dir.join("tls/acme-issued");
    // The certificate of the first start is our own and is replaced at once.
    if ours.is_file() && !is_due(&certificate, policy.clock().now())? {
        return Ok(());
    }
    let host = egress::host_of(&config.tls.acme_directory).context("tls.acme_directory has no host")?;
    let passed = policy.egress().pass(egress::AUTHORITY, &host)?;
    let account = account(config, passed).await?;
    let mut names = vec![config.server.hostname.clone()];
    names.extend(config.tls.names.iter().cloned());
    let identifiers: Vec<Identifier> = names.iter().cloned().map(Identifier::Dns).collect();
    let mut order = account.new_order(&NewOrder::new(&identifiers)).await.context("the order")?;
    let mut tokens = Vec::new();
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization?;
        match authorization.status {
            AuthorizationStatus::Valid => continue,
            AuthorizationStatus::Pending => {}
            other => anyhow::bail!("the authority holds an authorisation as {other:?}"),
        }
        let mut challenge = authorization
            .challenge(ChallengeType::Http01)
            .context("the authority offers no proof over HTTP")?;
        let answer = challenge.key_authorization().as_str().to_owned();
        challenges.0.write().insert(challenge.token.clone(), answer);
        tokens.push(challenge.token.clone());
        challenge.set_ready().await?;
    }
    let outcome = finish(&mut order).await;
    challenges.0.write().retain(|token, _| !tokens.contains(token));
    let (key_pem, chain_pem) = outcome?;
    write_secret(&key, key_pem.as_bytes())?;
    fs::write(&certificate, chain_pem).with_context(|| certificate.display().to_string())?;
    fs::write(&ours, "").with_context(|| ours.display().to_string())?;
    tls.reload()?;
    tracing::info!("a certificate came from the authority and is in use");
    Ok(())
}

async fn finish(order: &mut instant_acme::Order) -> Result<(String, String)> {
    let status = order.poll_ready(&RetryPolicy::default()).await?;
    anyhow::ensure!(
        status == OrderStatus::Ready,
        "the authority could not see our answer on port 80 (the order is {status:?}): do the names lead here?"
    );
    let key = order.finalize().await?;
    Ok((key, order.poll_certificate(&RetryPolicy::default()).await?))
}

/// The account at the authority, made at first use and kept beside the certificates.
async fn account(config: &Config, _: Passed) -> Result<Account> {
    let path: PathBuf = config.server.data_dir.join("tls/acme-account.json");
    let builder = || match config.tls.acme_root.as_os_str().is_empty() {
        true => Account::builder(),
        false => Account::builder_with_root(&config.tls.acme_root),
    };
    if let Ok(saved) = fs::read(&path) {
        let credentials: AccountCredentials =
            serde_json::from_slice(&saved).with_context(|| path.display().to_string())?;
        return Ok(builder()?.from_credentials(credentials).await?);
    }
    let contact = format!("mailto:{}", config.tls.acme_contact);
    let contacts = if config.tls.acme_contact.is_empty() { vec![] } else { vec![contact.as_str()] };
    let wanted =
        NewAccount { contact: &contacts, terms_of_service_agreed: true, only_return_existing: false };
    let (account, credentials) =
        builder()?.create(&wanted, config.tls.acme_directory.clone(), None).await.context("the account")?;
    write_secret(&path, &serde_json::to_vec(&credentials)?)?;
    Ok(account)
}

/// Is less than a third of the certificate's life left?
fn is_due(certificate: &std::path::Path, now: Timestamp) -> Result<bool> {
    let der =
        CertificateDer::from_pem_file(certificate).with_context(|| certificate.display().to_string())?;
    let (_, parsed) = x509_parser::parse_x509_certificate(&der).context("the certificate cannot be read")?;
    let (begin, end) = (parsed.validity().not_before.timestamp(), parsed.validity().not_after.timestamp());
    Ok(end - now.as_seconds() < (end - begin) / 3)
}
