//! Setting up a device: servers, ports, and profiles that do it alone.

use mailkeep_policy::Shown;
use mailkeep_types::MailboxId;
use serde::Serialize;

use crate::acts;
use crate::autoconfig;
use crate::config::WebConfig;
use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;

/// The set-up page of a mailbox.
#[derive(Debug, Serialize)]
pub struct SetUpPage {
    /// The mailbox's id.
    pub id: String,
    /// Its address: also the user name.
    pub address: Shown<String>,
    /// The servers.
    pub servers: Vec<ServerRow>,
}

/// A server.
#[derive(Debug, Clone, Serialize)]
pub struct ServerRow {
    /// `imap`, `smtp`, `imap-starttls` or `smtp-starttls`.
    #[serde(rename = "use")]
    pub use_for: &'static str,
    /// Its host name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// `SSL/TLS` or `STARTTLS`, as mail programs call it.
    pub security: &'static str,
}

/// The servers of the installation.
pub fn servers(config: &WebConfig) -> Vec<ServerRow> {
    let row = |use_for, port, security| ServerRow { use_for, host: config.mail_host.clone(), port, security };
    vec![
        row("imap", config.imaps_port, "SSL/TLS"),
        row("smtp", config.submissions_port, "SSL/TLS"),
        row("imap-starttls", config.imap_port, "STARTTLS"),
        row("smtp-starttls", config.submission_port, "STARTTLS"),
    ]
}

impl Page for SetUpPage {
    const TEMPLATE: &'static str = "center/set_up.html";

    fn samples() -> Vec<Self> {
        vec![SetUpPage {
            id: "m".to_owned(),
            address: "ada@larkspur-books.example".into(),
            servers: servers(&WebConfig::default()),
        }]
    }
}

/// `GET /center/mailboxes/{mailbox}/set-up`
pub async fn show(ctx: Ctx) -> Answer {
    let id: MailboxId = ctx.param("mailbox")?;
    let opened = acts::mailboxes::open(&ctx, ctx.state.office.mailbox_summary(id).await?).await?;
    ctx.page(&SetUpPage {
        id: id.to_string(),
        address: opened.address.text(),
        servers: servers(&ctx.faced_config()),
    })
}

/// `GET /center/mailboxes/{mailbox}/apple`
pub async fn apple(ctx: Ctx) -> Answer {
    let id: MailboxId = ctx.param("mailbox")?;
    let opened = acts::mailboxes::open(&ctx, ctx.state.office.mailbox_summary(id).await?).await?;
    let config = Shown::from(ctx.faced_config());
    let profile = opened.address.join(&config, |address, config| autoconfig::apple_profile(config, address));
    ctx.file(&profile, "application/x-apple-aspen-config", "mail.mobileconfig")
}
