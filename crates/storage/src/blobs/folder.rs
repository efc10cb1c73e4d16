//! Blobs in a local folder: written beside, synced, then renamed into place, so that a reader never sees half a blob
//! and a crash leaves the old or the new one.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use futures_util::StreamExt;

use super::{BlobError, Pieces};

/// How much is read at once.
const PIECE_BYTES: u64 = 256 * 1024;

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

/// Makes what was written durable, and moves it to its place.
fn settle(file: &File, beside: &Path, target: &Path) -> io::Result<()> {
    let folder = target.parent().unwrap_or(target);
    if !folder.is_dir() {
        fs::create_dir_all(folder)?;
        // The new folder's own entry must be durable too.
        folder.parent().map_or(Ok(()), |above| File::open(above)?.sync_all())?;
    }
    file.sync_all()?;
    fs::rename(beside, target)?;
    File::open(folder)?.sync_all()
}

/// A blob that is being written beside its place.
pub(super) struct Beside {
    /// Nothing while a thread writes, and once it is settled or broken.
    file: Option<File>,
    path: PathBuf,
    target: PathBuf,
}

impl Beside {
    fn taken(&mut self) -> Result<File, BlobError> {
        self.file.take().ok_or_else(|| BlobError::Store(format!("{} was not written", self.path.display())))
    }

    pub(super) async fn write(&mut self, piece: Bytes) -> Result<(), BlobError> {
        let (mut file, path) = (self.taken()?, self.path.clone());
        let written = blocking(move || {
            file.write_all(&piece).map_err(|error| store_error(&error, &path))?;
            Ok(file)
        });
        self.file = Some(written.await?);
        Ok(())
    }

    pub(super) async fn finish(mut self) -> Result<(), BlobError> {
        let (file, path, target) = (self.taken()?, self.path.clone(), self.target.clone());
        blocking(move || settle(&file, &path, &target).map_err(|error| store_error(&error, &target))).await
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // What was settled is not there any more; what was left half written is of no use.
        let _ = fs::remove_file(&self.path);
    }
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
        let (target, beside) = (self.root.join(key), self.beside());
        blocking(move || {
            let write = || -> io::Result<()> {
                let mut file = File::create(&beside)?;
                file.write_all(&content)?;
                settle(&file, &beside, &target)
            };
            write().map_err(|error| store_error(&error, &target))
        })
        .await
    }

    /// A name for what is being written.
    fn beside(&self) -> PathBuf {
        let number = self.counter.fetch_add(1, Ordering::Relaxed);
        self.root.join(".tmp").join(format!("{}-{number}", std::process::id()))
    }

    pub(super) async fn begin(&self, key: &str) -> Result<Beside, BlobError> {
        let (target, beside) = (self.root.join(key), self.beside());
        blocking(move || {
            let file = File::create(&beside).map_err(|error| store_error(&error, &beside))?;
            Ok(Beside { file: Some(file), path: beside, target })
        })
        .await
    }

    pub(super) async fn read(&self, key: &str, range: Range<u64>) -> Result<Pieces, BlobError> {
        let (path, key) = (self.root.join(key), key.to_owned());
        let left = range.end.saturating_sub(range.start);
        let opened = path.clone();
        let file = blocking(move || {
            let open = || -> io::Result<File> {
                let mut file = File::open(&opened)?;
                file.seek(SeekFrom::Start(range.start))?;
                Ok(file)
            };
            open().map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => BlobError::NotFound(key),
                _ => store_error(&error, &opened),
            })
        })
        .await?;
        let pieces = futures_util::stream::try_unfold((file, left), move |(file, left)| {
            let path = path.clone();
            async move {
                if left == 0 {
                    return Ok(None);
                }
                let (file, piece) = blocking(move || {
                    let mut piece = vec![0; usize::try_from(left.min(PIECE_BYTES)).unwrap_or(0)];
                    let mut reader = &file;
                    reader.read_exact(&mut piece).map_err(|error| store_error(&error, &path))?;
                    Ok((file, Bytes::from(piece)))
                })
                .await?;
                let left = left.saturating_sub(piece.len() as u64);
                Ok(Some((piece, (file, left))))
            }
        });
        Ok(pieces.boxed())
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

    pub(super) async fn size(&self, key: &str) -> Result<u64, BlobError> {
        let (path, key) = (self.root.join(key), key.to_owned());
        blocking(move || match fs::metadata(&path) {
            Ok(found) => Ok(found.len()),
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
