//! Where the link of a planned erasure leads: it can be undone while there is time, and afterwards the certificate is given,
//! once. Opening the page changes nothing, so that a program that looks through links takes nothing away.

use axum::http::header;
use axum::response::IntoResponse;
use mailkeep_policy::erasures::{self, ErasureCertificate, ErasureState};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;
use crate::site::account::outcome::OutcomePage;

/// What an erasure's link leads to.
#[derive(Debug, Serialize)]
pub struct ErasedPage {
    /// The secret of the link.
    pub token: String,
    /// `cooling`, `working`, `done`, `fetched` or `undone`.
    pub state: &'static str,
    /// When it is, or was, carried out.
    pub at: Timestamp,
    /// The number of the profile.
    pub registration_id: String,
}

impl Page for ErasedPage {
    const TEMPLATE: &'static str = "site/erased.html";

    fn samples() -> Vec<Self> {
        let page = |state| ErasedPage {
            token: "sample".to_owned(),
            state,
            at: samples::days_ago(-1),
            registration_id: "R-7F3K-2Q9M-X".to_owned(),
        };
        ["cooling", "working", "done", "fetched", "undone"].map(page).into_iter().collect()
    }
}

/// `GET /erasure?token=…`
pub async fn show(ctx: Ctx) -> Answer {
    let token = ctx.query.get("token");
    let erasure = erasures::find(&ctx.state.policy, token).await?.ok_or(WebError::NotFound)?;
    let state = match erasure.state {
        ErasureState::Done if erasure.fetched_at.is_some() => "fetched",
        state => state.word(),
    };
    ctx.page(&ErasedPage {
        token: token.to_owned(),
        state,
        at: erasure.done_at.unwrap_or(erasure.due_at),
        registration_id: erasure.registration_id.to_string(),
    })
}

/// `POST /erasure/undo`
pub async fn undo(ctx: Ctx) -> Answer {
    let undone = erasures::undo_with_token(&ctx.state.policy, ctx.form.get("token")).await?;
    let (title, text) = match undone {
        true => ("erasure-undone-title", "erasure-undone"),
        false => ("erasure-too-late-title", "erasure-too-late"),
    };
    ctx.page(&OutcomePage { tone: if undone { "good" } else { "warn" }, ..OutcomePage::good(title, text) })
}

/// `POST /erasure/certificate`: the certificate as a page of its own; it is not kept here any longer.
pub async fn certificate(ctx: Ctx) -> Answer {
    let taken = erasures::take_certificate(&ctx.state.policy, ctx.form.get("token")).await?;
    let certificate = taken.ok_or_else(|| WebError::Bad(msg("certificate-gone")))?;
    let name = format!("erasure-{}.html", certificate.registration_id);
    let page = CertificatePage::of(certificate)?;
    let html = ctx.state.renderer.page(&page, &ctx.chrome())?;
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, html).into_response())
}

/// The certificate: a file of its own that opens offline.
#[derive(Debug, Serialize)]
pub struct CertificatePage {
    /// What it certifies.
    pub certificate: ErasureCertificate,
    /// When the last backup of the key is gone.
    pub final_at: Timestamp,
    /// The policy under which it was done.
    pub policy_id: String,
    /// The position of the erasure's entry among all.
    pub position: Option<i64>,
    /// The signed head.
    pub checkpoint: String,
    /// The proof, as it is verified.
    pub proof: String,
    /// How it looks.
    pub style: &'static str,
}

impl CertificatePage {
    fn of(certificate: ErasureCertificate) -> Result<Self, WebError> {
        let last = certificate.parts.iter().max_by_key(|part| part.final_at);
        let proof = certificate.proof.as_ref();
        Ok(CertificatePage {
            final_at: last.map_or(certificate.asked_at, |part| part.final_at),
            policy_id: last.map(|part| part.policy_id.clone()).unwrap_or_default(),
            position: proof.map(|proof| proof.entry.position),
            checkpoint: proof.map(|proof| proof.checkpoint.clone()).unwrap_or_default(),
            proof: match proof {
                Some(proof) => serde_json::to_string_pretty(proof).map_err(WebError::internal)?,
                None => String::new(),
            },
            certificate,
            style: crate::copies::STYLE,
        })
    }
}

impl Page for CertificatePage {
    const TEMPLATE: &'static str = "copies/certificate.html";

    fn samples() -> Vec<Self> {
        use mailkeep_policy::records::{Certificate, ErasureFate, ErasureLine};
        let line = |table: &str, about: &str, rows, fate| ErasureLine {
            table: table.to_owned(),
            about: about.to_owned(),
            rows,
            categories: Vec::new(),
            fate,
        };
        let kept = ErasureFate::Kept { days: 3650, from: "the date of issue".to_owned() };
        let parts = vec![Certificate {
            kind: "customer".to_owned(),
            at: samples::now(),
            policy_id: "9f".repeat(32),
            entry: None,
            final_at: samples::days_ago(-7),
            lines: vec![
                line("persons", "Natural persons with a login", 1, ErasureFate::Unreadable),
                line("invoices", "Invoices as issued", 12, kept),
            ],
        }];
        vec![CertificatePage {
            certificate: ErasureCertificate {
                registration_id: "R-7F3K-2Q9M-X".to_owned(),
                asked_at: samples::days_ago(1),
                parts,
                proof: None,
            },
            final_at: samples::days_ago(-7),
            policy_id: "9f".repeat(32),
            position: Some(20_852),
            checkpoint: "mail.mailkeep.example/ledger\n20852\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
                .to_owned(),
            proof: "{}".to_owned(),
            style: crate::copies::STYLE,
        }]
    }
}
