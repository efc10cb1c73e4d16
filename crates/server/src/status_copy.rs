//! Keeps a copy of the status page in a folder, which a web server that needs nothing of the house serves, or from which it is carried
//! elsewhere.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::Router;
use bytes::Bytes;
use mailkeep_web::config::WebConfig;
use mailkeep_web::site::status::copy;
use tokio_util::sync::CancellationToken;

/// How often it is renewed; pages and settings promise a minute.
const EACH: Duration = Duration::from_secs(20);

/// Renews the copy until the program ends.
pub async fn keep(router: Router, config: WebConfig, folder: PathBuf, stop: CancellationToken) {
    let mut failed = false;
    loop {
        match renew(&router, &config, &folder).await {
            Ok(()) if std::mem::take(&mut failed) => {
                tracing::info!("the copy of the status page is renewed again");
            }
            Ok(()) => {}
            Err(error) if failed => tracing::debug!(error, "the copy of the status page cannot be renewed"),
            Err(error) => {
                let folder = folder.display();
                tracing::warn!(error, %folder, "the copy of the status page cannot be renewed; it says how old it is");
                failed = true;
            }
        }
        if tokio::time::timeout(EACH, stop.cancelled()).await.is_ok() {
            return;
        }
    }
}

async fn renew(router: &Router, config: &WebConfig, folder: &Path) -> Result<(), String> {
    let files = copy::files(router, config).await.map_err(|error| error.to_string())?;
    let folder = folder.to_owned();
    let written = tokio::task::spawn_blocking(move || write(&folder, &files)).await;
    written.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
}

/// Writes each file at once or not at all, and removes what pages of an earlier release were drawn with.
fn write(folder: &Path, files: &[(String, Bytes)]) -> io::Result<()> {
    for (name, bytes) in files {
        let path = folder.join(name);
        if std::fs::read(&path).is_ok_and(|there| there == *bytes) {
            continue;
        }
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let fresh = path.with_extension("new");
        std::fs::write(&fresh, bytes)?;
        std::fs::rename(&fresh, &path)?;
    }
    let assets = folder.join("assets");
    for entry in std::fs::read_dir(&assets)? {
        let entry = entry?;
        let name = format!("assets/{}", entry.file_name().to_string_lossy());
        if files.iter().all(|(known, _)| *known != name) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_replaces_what_was_there_and_old_assets_go() {
        let folder = tempfile::tempdir().unwrap();
        let files = |text: &'static str, asset: &str| {
            vec![("index.html".to_owned(), Bytes::from(text)), (format!("assets/{asset}"), Bytes::from("x"))]
        };
        write(folder.path(), &files("one", "a.css")).unwrap();
        write(folder.path(), &files("two", "b.css")).unwrap();
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).ok();
        assert_eq!(read("index.html").as_deref(), Some("two"));
        assert_eq!((read("assets/a.css"), read("assets/b.css").as_deref()), (None, Some("x")));
        assert_eq!(read("index.new"), None);
    }
}
