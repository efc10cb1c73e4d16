//! Releases and files as pages show them.

use mailkeep_commerce::catalogue::PlanVersion;
use mailkeep_helpdesk::downloads::{Product, Reader, Release, ReleaseFile, ReleaseState};
use mailkeep_types::Timestamp;
use serde::Serialize;

use super::barred_word;
use crate::markdown;
use crate::samples;

/// A release.
#[derive(Debug, Clone, Serialize)]
pub struct ReleaseView {
    /// Its version.
    pub version: String,
    /// Its channel.
    pub channel: &'static str,
    /// When it was published.
    pub at: Option<Timestamp>,
    /// What is new, as HTML.
    pub notes: String,
    /// Why it is not to be had any more, and since when.
    pub withdrawn: Option<(String, Timestamp)>,
    /// Who may have it.
    pub audience: &'static str,
    /// The names of the plans whose customers may.
    pub plans: Vec<String>,
    /// Why the reader may not: `sign-in` or `plans`.
    pub barred: Option<&'static str>,
    /// Its files.
    pub files: Vec<FileView>,
}

/// A file.
#[derive(Debug, Clone, Serialize)]
pub struct FileView {
    /// Its name.
    pub name: String,
    /// Its address.
    pub href: String,
    /// For which system.
    pub platform: &'static str,
    /// For which processor.
    pub architecture: &'static str,
    /// How large it is.
    pub bytes: i64,
    /// Its SHA-256.
    pub sha256: String,
    /// The public key that its signature is verified with.
    pub key: Option<String>,
}

/// The address of a release.
pub(crate) fn release_path(product: &Product, release: &Release) -> String {
    format!("/downloads/{}/{}", product.slug, crate::ctx::encode(&release.version))
}

/// The address of a file.
pub(crate) fn file_path(product: &Product, release: &Release, file: &ReleaseFile) -> String {
    format!("{}/{}", release_path(product, release), crate::ctx::encode(&file.name))
}

impl ReleaseView {
    /// A release as `reader` sees it; `plans` are those on offer, for their names.
    pub(crate) fn of(
        product: &Product,
        release: &Release,
        files: &[ReleaseFile],
        reader: &Reader,
        plans: &[PlanVersion],
    ) -> Self {
        let name =
            |key: &String| plans.iter().find(|plan| plan.key == *key).map_or(key, |plan| &plan.name).clone();
        let withdrawn = (release.state == ReleaseState::Withdrawn).then(|| {
            (release.reason.clone().unwrap_or_default(), release.withdrawn_at.unwrap_or(release.created_at))
        });
        let view = |file: &ReleaseFile| FileView {
            name: file.name.clone(),
            href: file_path(product, release, file),
            platform: file.platform.word(),
            architecture: file.architecture.word(),
            bytes: i64::try_from(file.size_bytes).unwrap_or(i64::MAX),
            sha256: file.sha256_text(),
            key: file.signed_by.clone(),
        };
        ReleaseView {
            version: release.version.clone(),
            channel: release.channel.word(),
            at: release.published_at,
            notes: markdown::render_chapters(&release.notes).html,
            audience: release.audience.word(),
            plans: release.plans.iter().map(name).collect(),
            barred: release.admits(reader).err().map(barred_word),
            // What is withdrawn is not to be had: there is nothing to choose.
            files: if withdrawn.is_some() { Vec::new() } else { files.iter().map(view).collect() },
            withdrawn,
        }
    }

    pub(crate) fn sample(version: &str, channel: &'static str, days: i64) -> Self {
        let file = |name: &str, platform, architecture, bytes| FileView {
            name: name.to_owned(),
            href: format!("/downloads/desktop-keeper/{version}/{name}"),
            platform,
            architecture,
            bytes,
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
            key: Some("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3".to_owned()),
        };
        ReleaseView {
            version: version.to_owned(),
            channel,
            at: Some(samples::days_ago(days)),
            notes: markdown::render_chapters(
                "## Faster\n\nThe first copy of a mailbox takes **half the time**.\n\n* Folders with `/` in their names.\n* Fewer wake-ups on battery.",
            )
            .html,
            withdrawn: None,
            audience: "public",
            plans: Vec::new(),
            barred: None,
            files: vec![
                file("desktop-keeper-2.4.1-x86_64.deb", "linux", "x86_64", 18_400_000),
                file("desktop-keeper-2.4.1-aarch64.deb", "linux", "aarch64", 17_900_000),
                file("desktop-keeper-2.4.1-source.tar.gz", "any", "any", 2_400_000),
            ],
        }
    }
}
