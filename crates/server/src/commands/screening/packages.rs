//! Lists out of packages, as npm and pip fetch them. What is not one of the known packages, or not under a licence that
//! lets us use it, is refused; so is a list that would be empty.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use mailkeep_commerce::screening::lists::folder::{Entry, Kind, MANIFEST, Manifest, manifest, sha256_of};
use mailkeep_types::{Clock as _, DomainName, SystemClock, Timestamp};
use serde_json::Value;

/// Licences under which lists are taken.
const LICENCES: [&str; 5] = ["MIT", "Apache-2.0", "CC0-1.0", "MIT License", "CC0"];
/// No package that we know of comes near this size unpacked.
const LARGEST: u64 = 512 * 1024 * 1024;

/// Files of a package with their paths.
type Files = Vec<(String, Vec<u8>)>;

/// A list that was read out of a package.
struct Taken {
    kind: Kind,
    file: &'static str,
    text: String,
    date: String,
    source: String,
}

/// Takes the lists and puts them in force: the manifest, written last, is what the program looks at.
pub fn take(folder: &Path, packages: &[PathBuf]) -> Result<()> {
    let mut entries = manifest(folder)?.unwrap_or_default().lists;
    crate::parts::make_private(folder)?;
    for package in packages {
        let name = package.display();
        for taken in read(package).with_context(|| name.to_string())? {
            ensure!(!taken.text.is_empty(), "{name}: no entry was found in it");
            let entry = Entry {
                kind: taken.kind,
                // A new name for each text, so that what is in force stays readable until the manifest is written.
                file: format!("{}-{}", &sha256_of(taken.text.as_bytes())[..12], taken.file),
                date: taken.date,
                sha256: sha256_of(taken.text.as_bytes()),
                source: taken.source,
            };
            write(&folder.join(&entry.file), taken.text.as_bytes())?;
            entries.retain(|old| old.kind != entry.kind);
            entries.push(entry);
        }
    }
    let text = toml::to_string(&Manifest { lists: entries.clone() })?;
    write(&folder.join(MANIFEST), text.as_bytes())?;
    // What no list of the manifest names is left over from before.
    for file in fs::read_dir(folder)? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        if name != MANIFEST && !entries.iter().any(|entry| entry.file == name) {
            fs::remove_file(file.path())?;
        }
    }
    Ok(())
}

/// Writes a file whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let beside = path.with_extension("new");
    let mut file = fs::File::create(&beside).with_context(|| beside.display().to_string())?;
    std::io::Write::write_all(&mut file, bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path).with_context(|| path.display().to_string())
}

fn read(package: &Path) -> Result<Vec<Taken>> {
    let bytes = fs::read(package)?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return npm(&unpack_tgz(&bytes)?);
    }
    if bytes.starts_with(b"PK") {
        return wheel(&unpack_zip(bytes)?);
    }
    bail!("is neither a package of npm (.tgz) nor one of Python (.whl)")
}

fn find<'a>(files: &'a Files, end: &str) -> Result<&'a [u8]> {
    let found = files.iter().find(|(path, _)| path == end || path.ends_with(&format!("/{end}")));
    Ok(&found.with_context(|| format!("has no {end}"))?.1)
}

fn usable(licence: &str) -> Result<()> {
    ensure!(LICENCES.contains(&licence), "is under the licence “{licence}”, which does not let us take it");
    Ok(())
}

/// A package of npm.
fn npm(files: &Files) -> Result<Vec<Taken>> {
    let about: Value = serde_json::from_slice(find(files, "package/package.json")?)?;
    let word = |key: &str| about.get(key).and_then(Value::as_str).unwrap_or_default();
    let (name, version, licence) = (word("name"), word("version"), word("license"));
    usable(licence)?;
    let source = format!("npm {name} {version} ({licence})");
    let domains = |kind, file, end: &str| -> Result<Vec<Taken>> {
        let text = domains_of(find(files, end)?)?;
        Ok(vec![Taken { kind, file, text, date: date_of(version), source: source.clone() }])
    };
    match name {
        // Gathered from many lists; the package of that name on PyPI is the one that is looked after by hand.
        "disposable-email-domains" => domains(Kind::DisposableRumour, "rumour.txt", "package/index.json"),
        "free-email-domains" => domains(Kind::FreeMail, "free_mail.txt", "package/domains.json"),
        _ if name.starts_with("@ip-location-db/") && name.ends_with("country") => {
            let tables = files.iter().filter(|(path, _)| path.ends_with(".csv") && !path.contains("-num"));
            let mut text = String::new();
            for (_, table) in tables {
                for line in String::from_utf8_lossy(table).lines() {
                    let parts: Vec<&str> = line.split(',').map(|part| part.trim_matches('"')).collect();
                    if let [first, last, country] = parts[..]
                        && first.parse::<IpAddr>().is_ok()
                    {
                        text.push_str(&format!("{first},{last},{country}\n"));
                    }
                }
            }
            Ok(vec![Taken {
                kind: Kind::Countries,
                file: "countries.csv",
                text,
                date: date_of(version),
                source,
            }])
        }
        _ => bail!("“{name}” is no package that lists are taken from"),
    }
}

/// The domains of an array in JSON, sorted; what is no domain is left out.
fn domains_of(json: &[u8]) -> Result<String> {
    let names: Vec<String> = serde_json::from_slice(json)?;
    let names: BTreeSet<String> = names
        .iter()
        .filter_map(|name| DomainName::parse(name.trim()).ok())
        .map(|name| name.as_str().to_owned())
        .collect();
    Ok(names.into_iter().map(|name| name + "\n").collect())
}

/// The day in a version such as `2.3.2026061719`; else the day on which the list is taken.
fn date_of(version: &str) -> String {
    let digits = version.rsplit('.').next().unwrap_or_default();
    match (digits.get(..4), digits.get(4..6), digits.get(6..8)) {
        (Some(year), Some(month), Some(day)) if year.starts_with("20") => format!("{year}-{month}-{day}"),
        _ => SystemClock.now().to_jiff().strftime("%Y-%m-%d").to_string(),
    }
}

/// A wheel of Python: the set of `disposable-email-domains`, the ranges of `iporigin`.
fn wheel(files: &Files) -> Result<Vec<Taken>> {
    let about = String::from_utf8_lossy(find(files, "METADATA")?);
    let word = |key: &str| about.lines().find_map(|line| line.strip_prefix(key)).map_or("", str::trim);
    let (name, version) = (word("Name:"), word("Version:"));
    let licence =
        Some(word("License-Expression:")).filter(|words| !words.is_empty()).unwrap_or(word("License:"));
    usable(licence)?;
    let source = format!("PyPI {name} {version} ({licence})");
    match name {
        "disposable-email-domains" => {
            let module = String::from_utf8_lossy(find(files, "disposable_email_domains/__init__.py")?);
            let text = set_of(&module).context("has no set of domains")?;
            let date = date_of(version);
            Ok(vec![Taken { kind: Kind::Disposable, file: "disposable.txt", text, date, source }])
        }
        "iporigin" => {
            let found = ranges_of(find(files, "iporigin/data/ranges.bin")?);
            let (text, date) = found.context("ranges.bin cannot be read")?;
            Ok(vec![Taken { kind: Kind::Networks, file: "networks.csv", text, date, source }])
        }
        _ => bail!("“{name}” is no package that lists are taken from"),
    }
}

/// The domains of `blocklist = { … }`, one quoted word after the other.
fn set_of(module: &str) -> Option<String> {
    let (words, _) = module.split_once("blocklist = {")?.1.split_once('}')?;
    let words: Vec<&str> = words.split(',').map(|word| word.trim().trim_matches(['\'', '"'])).collect();
    domains_of(&serde_json::to_vec(&words).ok()?).ok()
}

/// Reads the ranges of version 1: little-endian; a head, labels of provider and kind, ranges of IPv4, ranges of IPv6.
fn ranges_of(bytes: &[u8]) -> Option<(String, String)> {
    struct Left<'a>(&'a [u8]);
    impl<'a> Left<'a> {
        fn take(&mut self, count: usize) -> Option<&'a [u8]> {
            let (now, later) = self.0.split_at_checked(count)?;
            self.0 = later;
            Some(now)
        }
        fn short(&mut self) -> Option<u16> {
            Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
        }
        fn long(&mut self) -> Option<u32> {
            Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
        }
    }
    let mut left = Left(bytes);
    let known = left.take(8)? == b"IPORIGIN" && left.short()? == 1;
    let built = u64::from_le_bytes(left.take(8)?.try_into().ok()?);
    let (labels, fours, sixes) = (left.short()?, left.long()?, left.long()?);
    let mut kinds = Vec::new();
    for _ in 0..labels {
        let length = left.short()?;
        let label = std::str::from_utf8(left.take(length.into())?).ok()?;
        kinds.push(match label.split('\t').nth(1) {
            Some("tor") => Some("tor"),
            Some("vpn") => Some("anonymous"),
            Some("hosting" | "cdn") => Some("hosting"),
            // Crawlers order nothing; reserved networks are nobody's.
            _ => None,
        });
    }
    let mut text = String::new();
    let mut add = |first: IpAddr, last: IpAddr, label: u16| {
        if let Some(Some(kind)) = kinds.get(usize::from(label)) {
            text.push_str(&format!("{first},{last},{kind}\n"));
        }
    };
    for _ in 0..fours {
        let (first, last) = (left.long()?, left.long()?);
        add(Ipv4Addr::from_bits(first).into(), Ipv4Addr::from_bits(last).into(), left.short()?);
    }
    for _ in 0..sixes {
        let first: [u8; 16] = left.take(16)?.try_into().ok()?;
        let last: [u8; 16] = left.take(16)?.try_into().ok()?;
        add(Ipv6Addr::from(first).into(), Ipv6Addr::from(last).into(), left.short()?);
    }
    let built = Timestamp::from_seconds(i64::try_from(built).ok()?);
    let date = built.to_jiff().strftime("%Y-%m-%d").to_string();
    (known && left.0.is_empty()).then_some((text, date))
}

/// The files of a tar archive under gzip (POSIX ustar: a head of 512 bytes, then the file in blocks of 512).
fn unpack_tgz(bytes: &[u8]) -> Result<Files> {
    let mut tar = Vec::new();
    flate2::read::GzDecoder::new(bytes).take(LARGEST).read_to_end(&mut tar)?;
    let (mut files, mut rest) = (Files::new(), tar.as_slice());
    while let Some((head, after)) = rest.split_at_checked(512) {
        let text = |from: usize, to: usize| {
            let field = head.get(from..to).unwrap_or_default();
            let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
            String::from_utf8_lossy(&field[..end]).trim().to_owned()
        };
        if head.iter().all(|byte| *byte == 0) {
            break;
        }
        let size = usize::from_str_radix(&text(124, 136), 8).context("a size in the archive is none")?;
        let (content, after) = after.split_at_checked(size).context("the archive is cut off")?;
        if matches!(head.get(156), Some(b'0' | 0)) {
            let (front, name) = (text(345, 500), text(0, 100));
            let path = if front.is_empty() { name } else { format!("{front}/{name}") };
            files.push((path, content.to_vec()));
        }
        rest = after.get(size.next_multiple_of(512) - size..).unwrap_or_default();
    }
    Ok(files)
}

/// The files of a ZIP archive.
fn unpack_zip(bytes: Vec<u8>) -> Result<Files> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut files = Files::new();
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index)?;
        let (name, stored) = (file.name().to_owned(), file.compressed_size() == file.size());
        let mut content = Vec::new();
        match stored {
            true => file.take(LARGEST).read_to_end(&mut content)?,
            false => flate2::read::DeflateDecoder::new(file).take(LARGEST).read_to_end(&mut content)?,
        };
        files.push((name, content));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_and_dates_are_read_and_what_is_none_is_left_out() {
        let text = domains_of(br#"["B.example", "a.example", "no domain", "*.x", "a.example"]"#).unwrap();
        assert_eq!(text, "a.example\nb.example\n");
        assert_eq!(date_of("2.3.2026061719"), "2026-06-17");
        assert_eq!(date_of("1.0.62").len(), 10);
        let module = "blocklist = {\n    'b.example',\n    \"a.example\",\n}\nother = {'c.example'}\n";
        assert_eq!(set_of(module).unwrap(), "a.example\nb.example\n");
        assert!(set_of("nothing").is_none());
        assert!(usable("GPL-3.0").is_err());
    }

    #[test]
    fn ranges_are_read_to_the_last_byte() {
        let mut bytes = b"IPORIGIN\x01\x00".to_vec();
        bytes.extend(1_790_000_000u64.to_le_bytes());
        bytes.extend(2u16.to_le_bytes());
        bytes.extend(1u32.to_le_bytes());
        bytes.extend(1u32.to_le_bytes());
        for label in ["Nowhere\thosting", "Onion\ttor"] {
            bytes.extend(u16::try_from(label.len()).unwrap().to_le_bytes());
            bytes.extend(label.as_bytes());
        }
        bytes.extend(0xc000_0200u32.to_le_bytes());
        bytes.extend(0xc000_02ffu32.to_le_bytes());
        bytes.extend(0u16.to_le_bytes());
        bytes.extend("2001:db8::".parse::<Ipv6Addr>().unwrap().octets());
        bytes.extend("2001:db8::ffff".parse::<Ipv6Addr>().unwrap().octets());
        bytes.extend(1u16.to_le_bytes());
        let (text, date) = ranges_of(&bytes).unwrap();
        assert_eq!(text, "192.0.2.0,192.0.2.255,hosting\n2001:db8::,2001:db8::ffff,tor\n");
        assert_eq!(date, "2026-09-21");
        for cut in 0..bytes.len() {
            assert!(ranges_of(&bytes[..cut]).is_none());
        }
    }

    #[test]
    fn what_is_no_package_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.tgz");
        for bytes in [&b"text"[..], b"\x1f\x8bnot gzip", b"PK not zip", b""] {
            fs::write(&path, bytes).unwrap();
            assert!(take(&dir.path().join("lists"), std::slice::from_ref(&path)).is_err());
        }
        assert!(!dir.path().join("lists").join(MANIFEST).exists());
    }
}
