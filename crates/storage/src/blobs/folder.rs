//! Blobs in a local folder: written beside, synced, then renamed into place, so that a reader never sees half a blob
//! and a crash leaves the old or the new one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;

use super::BlobError;

pub(super) struct Folder {
    root: PathBuf,
    counter: AtomicU64,
}

fn store_error(error: &io::Error, path: &Path) -> BlobError {
    BlobError::Store(format!("{}: {error}", path.display()))
}

async fn blocking<T: Send + 'static>(
    body: impl FnOnce() -> Result<T, BlobError> + Send + 'static,
) -> Result<T, BlobError> {
    tokio::task::spawn_blocking(body)
        .await
        .map_err(|_| BlobError::Store("the store's thread panicked".to_owned()))?
}

impl Folder {
    pub(super) fn open(root: &Path) -> Result<Self, BlobError> {
        let beside = root.join(".tmp");
        // What a crash left half written is of no use.
        match fs::remove_dir_all(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(store_error(&error, &beside));
            }
            _ => {}
        }
        fs::create_dir_all(&beside).map_err(|error| store_error(&error, &beside))?;
        Ok(Folder { root: root.to_owned(), counter: AtomicU64::new(0) })
    }

    pub(super) async fn put(&self, key: &str, content: Bytes) -> Result<(), BlobError> {
        let target = self.root.join(key);
        let number = self.counter.fetch_add(1, Ordering::Relaxed);
        let beside = self.root.join(".tmp").join(format!("{}-{number}", std::process::id()));
        blocking(move || {
            let write = || -> io::Result<()> {
                let folder = target.parent().unwrap_or(&target);
                if !folder.is_dir() {
                    fs::create_dir_all(folder)?;
                    // The new folder's own entry must be durable too.
                    folder.parent().map_or(Ok(()), |above| File::open(above)?.sync_all())?;
                }
                let mut file = File::create(&beside)?;
                file.write_all(&content)?;
                file.sync_all()?;
                fs::rename(&beside, &target)?;
                File::open(folder)?.sync_all()
            };
            write().map_err(|error| store_error(&error, &target))
        })
        .await
    }

    pub(super) async fn get(&self, key: &str) -> Result<Bytes, BlobError> {
        let (path, key) = (self.root.join(key), key.to_owned());
        blocking(move || match fs::read(&path) {
            Ok(content) => Ok(Bytes::from(content)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(BlobError::NotFound(key)),
            Err(error) => Err(store_error(&error, &path)),
        })
        .await
    }

    pub(super) async fn delete(&self, key: &str) -> Result<(), BlobError> {
        let path = self.root.join(key);
        blocking(move || match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(store_error(&error, &path)),
            _ => Ok(()),
        })
        .await
    }

    pub(super) async fn list(&self, prefix: &str) -> Result<Vec<String>, BlobError> {
        let (root, start) = (self.root.clone(), self.root.join(prefix));
        blocking(move || {
            let mut found = Vec::new();
            let mut folders = vec![start];
            while let Some(folder) = folders.pop() {
                let entries = match fs::read_dir(&folder) {
                    Ok(entries) => entries,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    Err(error) => return Err(store_error(&error, &folder)),
                };
                for entry in entries.filter_map(Result::ok) {
                    let path = entry.path();
                    if path.is_dir() {
                        if !path.ends_with(".tmp") {
                            folders.push(path);
                        }
                    } else if let Ok(key) = path.strip_prefix(&root) {
                        found.push(key.to_string_lossy().into_owned());
                    }
                }
            }
            Ok(found)
        })
        .await
    }
}
