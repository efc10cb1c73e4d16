//! Canaries: what the synthetic persons of a probe typed is unmistakable, and everything personal is sealed; so it stands in no
//! file and no table in clear. It is looked for while the persons are there: in the data folder (databases with their
//! logs and indexes, bodies), in backups of the keys, in what `policy.canaries_also_in` names (logs, dumps), and on
//! PostgreSQL in every value of every table.
//!
//! Nothing but names of files, tables and columns is told of what is found.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use mailkeep_policy::synthetic;
use mailkeep_storage::sql::{Database, Dialect};

use super::live::Outcome;
use crate::config::Config;
use crate::parts;
use crate::wiring::services::Services;

/// How much of a file is looked at at once.
const CHUNK: usize = 1 << 20;

/// Looks for any of the words, which are the synthetic persons' alone.
///
/// # Errors
/// When a file or a database cannot be read.
pub async fn look(config: &Config, services: &Services, words: &[&str]) -> Result<Outcome> {
    let search = Arc::new(Search::of(words));
    let (places, looking) = (places(config), Arc::clone(&search));
    let mut found = tokio::task::spawn_blocking(move || in_files(places, &looking)).await??;
    let keys = Database::open(&parts::keys_config(config)?, Arc::clone(services.policy.clock())).await?;
    for (name, database) in [("database", services.policy.database()), ("database of keys", &keys)] {
        // A database of SQLite is one of the files.
        if database.dialect() == Dialect::Postgres {
            let search = Arc::clone(&search);
            let seen = synthetic::sightings(database, move |bytes| search.finds(bytes)).await?;
            found.extend(seen.into_iter().map(|column| format!("{column} of the {name}")));
        }
    }
    Ok(match found.as_slice() {
        [] => Ok(()),
        found => Err(format!("what a synthetic person typed stands in clear in {}", found.join(", "))),
    })
}

fn places(config: &Config) -> Vec<PathBuf> {
    let mut places = vec![config.server.data_dir.clone()];
    if config.blobs.endpoint.is_empty() && !config.blobs.folder.is_empty() {
        places.push(PathBuf::from(&config.blobs.folder));
    }
    places.extend(config.policy.key_backups.iter().cloned());
    places.extend(config.policy.canaries_also_in.iter().cloned());
    places
}

fn in_files(mut places: Vec<PathBuf>, search: &Search) -> Result<Vec<String>> {
    let mut found = Vec::new();
    while let Some(place) = places.pop() {
        let Ok(kind) = std::fs::symlink_metadata(&place) else { continue };
        if kind.is_dir() {
            let entries = std::fs::read_dir(&place).with_context(|| place.display().to_string())?;
            places.extend(entries.flatten().map(|entry| entry.path()));
        } else if kind.is_file() {
            match in_file(&place, search) {
                Ok(false) => {}
                Ok(true) => found.push(place.display().to_string()),
                // Queues and logs come and go while one looks.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(error).with_context(|| place.display().to_string()),
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn in_file(path: &Path, search: &Search) -> std::io::Result<bool> {
    let mut file = File::open(path)?;
    let mut buffer = vec![0; CHUNK + search.longest];
    let mut kept = 0;
    loop {
        let read = file.read(&mut buffer[kept..])?;
        let filled = kept + read;
        if search.finds(&buffer[..filled]) {
            return Ok(true);
        }
        if read == 0 {
            return Ok(false);
        }
        // What lies across two chunks is seen with the second.
        kept = filled.min(search.longest);
        buffer.copy_within(filled - kept..filled, 0);
    }
}

/// The words in the forms in which something may write them.
struct Search {
    /// In small letters, compared without regard to case.
    folded: Vec<Vec<u8>>,
    exact: Vec<Vec<u8>>,
    longest: usize,
}

impl Search {
    fn of(words: &[&str]) -> Self {
        let (mut folded, mut exact) = (Vec::new(), Vec::new());
        for word in words {
            let small = word.to_ascii_lowercase();
            folded.push(small.clone().into_bytes());
            folded.push(small.bytes().flat_map(|byte| [byte, 0]).collect());
            for written in [(*word).to_owned(), small] {
                folded.push(data_encoding::HEXLOWER.encode(written.as_bytes()).into_bytes());
                // The first and last letters of the code depend on the neighbours: three ways to begin, ends left out.
                for shift in 0..3usize {
                    let code = data_encoding::BASE64.encode(&[&vec![0; shift], written.as_bytes()].concat());
                    let (from, to) = ((shift * 8).div_ceil(6), (shift + written.len()) * 8 / 6);
                    exact.push(code.as_bytes()[from..to].to_vec());
                }
            }
        }
        let longest = folded.iter().chain(&exact).map(Vec::len).max().unwrap_or(0);
        Search { folded, exact, longest }
    }

    fn finds(&self, bytes: &[u8]) -> bool {
        let small = bytes.to_ascii_lowercase();
        self.folded.iter().any(|needle| memchr::memmem::find(&small, needle).is_some())
            || self.exact.iter().any(|needle| memchr::memmem::find(bytes, needle).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORD: &str = "Xk7Qw2Lm9ZpT";

    #[test]
    fn a_word_is_found_in_every_form_and_across_chunks() {
        let search = Search::of(&[WORD]);
        let written = format!("Dear {WORD}, hello");
        for text in
            [written.clone(), written.to_lowercase(), data_encoding::HEXUPPER.encode(written.as_bytes())]
        {
            assert!(search.finds(text.as_bytes()), "{text}");
        }
        for before in ["", "a", "ab", "abc", "abcd"] {
            let code = data_encoding::BASE64.encode(format!("{before}{WORD} and more").as_bytes());
            assert!(search.finds(code.as_bytes()), "{before}");
        }
        let wide: Vec<u8> = WORD.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(search.finds(&wide));
        assert!(!search.finds(b"nothing of the kind"));

        let folder = tempfile::tempdir().unwrap();
        let (inside, clean) = (folder.path().join("deep/er"), folder.path().join("clean"));
        std::fs::create_dir_all(inside.parent().unwrap()).unwrap();
        for at in [CHUNK - 6, CHUNK + search.longest - 3, 2 * CHUNK + 11] {
            let mut content = vec![b'.'; 3 * CHUNK];
            content[at..at + WORD.len()].copy_from_slice(WORD.as_bytes());
            std::fs::write(&inside, &content).unwrap();
            std::fs::write(&clean, vec![b'.'; 3 * CHUNK]).unwrap();
            let found = in_files(vec![folder.path().to_owned()], &search).unwrap();
            assert_eq!(found, [inside.display().to_string()], "at {at}");
        }
    }
}
