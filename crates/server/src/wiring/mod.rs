//! Puts the crates together: who listens where, which jobs call whom.

mod coupons;
mod departments;
mod guard;
mod hand_over;
mod holds;
pub mod http;
pub mod jobs;
mod ladder;
mod list_links;
pub mod listen;
pub mod mail_out;
pub mod person;
mod phones;
pub mod ports;
mod processor;
pub mod provision;
mod readers;
mod secrets;
pub mod services;
mod site_sign_out;
mod voices;
pub mod webmail_out;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use mailkeep_imap::{ImapServer, Security};
use mailkeep_mailbox::dns::MailHosts;
use mailkeep_smtp::submit::SubmissionReception;
use mailkeep_smtp::{Delivery, SmtpDeps, SmtpServer, SubmissionTls};
use mailkeep_web::WebState;
use mailkeep_web::routes::Route;
use mailkeep_web::state::WebParts;
use mailkeep_web::webmail::Webmail;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::acme::{self, Challenges};
use crate::config::{Config, TlsSource};
use crate::self_check::live::Reached;
use crate::status_copy;
use crate::tls::Tls;
use listen::Listeners;
use mail_out::MailOut;
use person::PersonJobs;
use services::Services;
use webmail_out::WebmailOut;

/// Starts every server and the jobs; each ends with `shutdown`.
///
/// # Errors
/// When a part cannot be started.
pub async fn start(
    config: &Arc<Config>,
    services: &Services,
    tls: &Tls,
    listeners: &mut Listeners,
    tasks: &TaskTracker,
    shutdown: &CancellationToken,
) -> Result<()> {
    let reached = Reached::by(listeners);
    start_smtp(config, services, tls, listeners, tasks, shutdown)?;
    let imap = ImapServer::new(config.imap.clone(), services.office.clone(), tls.mail.clone());
    for (name, security) in [("imap", Security::StartTls), ("imaps", Security::ImplicitTls)] {
        for listener in listeners.take(name) {
            let (imap, shutdown) = (imap.clone(), shutdown.clone());
            tasks.spawn(async move { imap.serve(listener, security, shutdown).await });
        }
    }
    start_site(config, services, tls, listeners, tasks, shutdown)?;
    let mail_out = MailOut::new(services.clone(), Arc::clone(config))?;
    let person = PersonJobs::new(services.clone(), Arc::clone(config))?;
    let runner = jobs::all(config, services, mail_out, person, reached).run(shutdown.clone());
    tasks.spawn(async move {
        if let Err(error) = runner.await {
            tracing::error!(%error, "the jobs could not be started");
        }
    });
    Ok(())
}

fn start_smtp(
    config: &Arc<Config>,
    services: &Services,
    tls: &Tls,
    listeners: &mut Listeners,
    tasks: &TaskTracker,
    shutdown: &CancellationToken,
) -> Result<()> {
    let house = services.house();
    let clock = Arc::clone(services.policy.clock());
    let resolver = mailkeep_smtp::dns::resolver(&config.smtp.delivery.resolvers)?;
    let deps = SmtpDeps {
        house: house.clone(),
        resolver: resolver.clone(),
        tls: Some(tls.mail.clone()),
        clock: Arc::clone(&clock),
        policy: Some(services.submission_policy()),
    };
    let mut smtp = config.smtp.clone();
    if smtp.postmaster.trim().is_empty() {
        smtp.postmaster.clone_from(&config.web.support_email);
    }
    let server = SmtpServer::new(deps, smtp)?;
    for listener in listeners.take("mx") {
        let (server, shutdown) = (server.clone(), shutdown.clone());
        tasks.spawn(async move { server.serve_mx(listener, shutdown).await });
    }
    for (name, how) in [("submission", SubmissionTls::StartTls), ("submissions", SubmissionTls::Implicit)] {
        for listener in listeners.take(name) {
            let (server, shutdown) = (server.clone(), shutdown.clone());
            tasks.spawn(async move { server.serve_submission(listener, how, shutdown).await });
        }
    }
    let delivery = Delivery::new(house, &config.smtp, resolver, system_roots(), clock)?
        .with_departures(services.departures());
    let stop = shutdown.clone();
    tasks.spawn(async move { delivery.run(stop).await });
    Ok(())
}

fn start_site(
    config: &Arc<Config>,
    services: &Services,
    tls: &Tls,
    listeners: &mut Listeners,
    tasks: &TaskTracker,
    shutdown: &CancellationToken,
) -> Result<()> {
    let site = mailkeep_web::router(web_state(config, services)?);
    if !config.status.copy_to.is_empty() {
        let folder = PathBuf::from(&config.status.copy_to);
        tasks.spawn(status_copy::keep(site.clone(), config.web.clone(), folder, shutdown.clone()));
    }
    let port = listeners.first("https").map_or(443, |address| address.port());
    let challenges = Challenges::default();
    for listener in listeners.take("http") {
        let rest = if config.listen.plain_http { site.clone() } else { http::to_https(port) };
        tasks.spawn(http::serve(
            listener,
            challenges.clone().before(rest),
            None,
            config.http.clone(),
            shutdown.clone(),
        ));
    }
    for listener in listeners.take("https") {
        tasks.spawn(http::serve(
            listener,
            site.clone(),
            Some(tls.site.clone()),
            config.http.clone(),
            shutdown.clone(),
        ));
    }
    if config.tls.source == TlsSource::Acme {
        let config = Config::clone(config);
        tasks.spawn(acme::run(config, tls.clone(), challenges, services.policy.clone(), shutdown.clone()));
    }
    Ok(())
}

/// The authorities that this machine trusts, for delivery over verified TLS.
fn system_roots() -> rustls::RootCertStore {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots
}

/// Every route of the site with its permission.
///
/// # Errors
/// When the built-in templates are broken.
pub fn declared_routes(config: &Config, services: &Services) -> Result<Vec<Route>> {
    Ok(mailkeep_web::declare(web_state(config, services)?).finish().1)
}

fn web_state(config: &Config, services: &Services) -> Result<WebState> {
    let parts = WebParts {
        config: config.web.clone(),
        clock: Arc::clone(services.policy.clock()),
        db: services.office.db().clone(),
        policy: services.policy.clone(),
        identity: services.identity.clone(),
        commerce: services.commerce.clone(),
        office: services.office.clone(),
        holds: holds::open(services, &config.smtp.host_name),
        outreach: services.outreach.clone(),
        articles: services.articles.clone(),
        desk: services.desk.clone(),
        mailroom: services.mailroom.clone(),
        downloads: services.downloads.clone(),
        support: config.support.clone(),
        webhooks: services.webhooks.clone(),
        resolver: services.resolver.clone(),
        mail_hosts: mail_hosts(config),
        sandbox: (!config.commerce.payments.stripe.enabled).then(|| services.sandbox.clone()),
    };
    let house = services.house();
    let limits = services.submission_policy();
    let clock = Arc::clone(services.policy.clock());
    let outgoing = WebmailOut(SubmissionReception::new(house, &config.smtp.host_name, limits, clock));
    let webmail = Webmail::new(services.office.clone(), Arc::new(outgoing));
    Ok(WebState::new(parts).map_err(anyhow::Error::msg)?.with_webmail(webmail))
}

/// The names that customers publish in their DNS.
fn mail_hosts(config: &Config) -> MailHosts {
    let hostname = config.server.hostname.clone();
    MailHosts {
        mx: vec![hostname.clone()],
        spf_include: hostname.clone(),
        imap: hostname.clone(),
        submission: hostname.clone(),
        autoconfig: hostname,
        reports: services::reports_to(config),
    }
}
