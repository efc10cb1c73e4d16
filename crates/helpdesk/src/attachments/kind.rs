//! What a file is: its first bytes say it. Its name decides only between kinds that are packed in the same way, and whether a
//! system would run it.

/// How kinds of files begin: where, with which bytes, and what it is then.
const BEGINNINGS: &[(usize, &[u8], &str)] = &[
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, &[0xff, 0xd8, 0xff], "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"BM", "image/bmp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"PK\x03\x04", ZIP),
    (0, b"PK\x05\x06", ZIP),
    (0, &[0x1f, 0x8b], "application/gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (257, b"ustar", "application/x-tar"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"%!PS", "application/postscript"),
    (0, b"MZ", PROGRAM),
    (0, b"\x7fELF", PROGRAM),
    (0, &[0xfe, 0xed, 0xfa, 0xce], PROGRAM),
    (0, &[0xfe, 0xed, 0xfa, 0xcf], PROGRAM),
    (0, &[0xce, 0xfa, 0xed, 0xfe], PROGRAM),
    (0, &[0xcf, 0xfa, 0xed, 0xfe], PROGRAM),
    (0, &[0xca, 0xfe, 0xba, 0xbe], PROGRAM),
    (0, b"dex\n", PROGRAM),
    // A link of Windows, which names the program that it starts.
    (0, b"L\0\0\0\x01\x14\x02\0", PROGRAM),
    (0, b"ITSF", PROGRAM),
    (0, b"#!", SCRIPT),
];

const PROGRAM: &str = "application/x-executable";
const SCRIPT: &str = "text/x-shellscript";
const ZIP: &str = "application/zip";
/// The older files of office programs, and messages of Outlook.
const OLE: &str = "application/x-ole-storage";
const UNKNOWN: &str = "application/octet-stream";

/// What files that are packed in the same way are by the end of their name.
const PACKED: &[(&str, &str, &str)] = &[
    (ZIP, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (ZIP, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (ZIP, "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (ZIP, "odt", "application/vnd.oasis.opendocument.text"),
    (ZIP, "ods", "application/vnd.oasis.opendocument.spreadsheet"),
    (ZIP, "odp", "application/vnd.oasis.opendocument.presentation"),
    (OLE, "doc", "application/msword"),
    (OLE, "xls", "application/vnd.ms-excel"),
    (OLE, "ppt", "application/vnd.ms-powerpoint"),
    (OLE, "msg", "application/vnd.ms-outlook"),
];

/// Ends of names that systems and office programs run at a click, or that change a system.
const RUNS: &[&str] = &[
    "apk",
    "app",
    "appimage",
    "application",
    "bash",
    "bat",
    "bin",
    "chm",
    "cmd",
    "com",
    "command",
    "cpl",
    "deb",
    "desktop",
    "diagcab",
    "dll",
    "dmg",
    "docm",
    "dotm",
    "exe",
    "gadget",
    "hta",
    "img",
    "inf",
    "ins",
    "iso",
    "jar",
    "jnlp",
    "js",
    "jse",
    "lnk",
    "mjs",
    "msc",
    "msi",
    "msix",
    "msp",
    "mst",
    "pif",
    "pkg",
    "pl",
    "potm",
    "ppam",
    "pptm",
    "ps1",
    "ps2",
    "psm1",
    "py",
    "pyw",
    "rb",
    "reg",
    "rpm",
    "run",
    "scf",
    "scr",
    "settingcontent-ms",
    "sh",
    "sys",
    "url",
    "vb",
    "vbe",
    "vbs",
    "vhd",
    "vhdx",
    "webloc",
    "ws",
    "wsc",
    "wsf",
    "wsh",
    "xlam",
    "xll",
    "xlsm",
    "xltm",
];

/// So many bytes tell a text from what is none.
const LOOKED_AT: usize = 8 * 1024;

/// Kinds that may be plain text from end to end; whatever else begins so and is a text is a text.
const WRITTEN: &[&str] = &["application/pdf", "application/rtf", "application/postscript", SCRIPT];

/// What the bytes of a file are.
pub fn media_type_of(name: &str, bytes: &[u8]) -> &'static str {
    let text = text_of(bytes);
    let begins = |(at, start, kind): &&(usize, &[u8], &str)| {
        bytes.get(*at..).is_some_and(|rest| rest.starts_with(start))
            && (text.is_none() || WRITTEN.contains(kind))
    };
    match (BEGINNINGS.iter().find(begins), text) {
        (Some((_, _, kind)), _) => {
            let end = end_of(name);
            let packed = PACKED.iter().find(|(how, ends, _)| how == kind && *ends == end);
            packed.map_or(*kind, |(_, _, kind)| *kind)
        }
        (None, Some(text)) => text_type(&text),
        (None, None) => UNKNOWN,
    }
}

/// The beginning of a text in small letters; nothing of what is no text.
fn text_of(bytes: &[u8]) -> Option<String> {
    let start = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let whole = match std::str::from_utf8(start) {
        Ok(text) => text,
        // A sign may be cut where the look ends.
        Err(error) if error.error_len().is_none() && start.len() < bytes.len() => {
            std::str::from_utf8(start.get(..error.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    let is_read = |sign: char| !sign.is_control() || matches!(sign, '\t' | '\n' | '\r' | '\u{c}');
    whole.chars().all(is_read).then(|| whole.to_ascii_lowercase())
}

/// How tags begin that make a page of a text.
const PAGES: &[&str] = &["!doctype html", "html", "head", "body", "script"];

/// What a text is; a browser would show some of them as pages.
fn text_type(text: &str) -> &'static str {
    if text.contains("<svg") {
        "image/svg+xml"
    } else if PAGES.iter().any(|tag| text.contains(&format!("<{tag}"))) {
        "text/html"
    } else if text.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml") {
        "text/xml"
    } else {
        "text/plain"
    }
}

/// Whether a system would run the file at a click.
pub fn would_run(name: &str, bytes: &[u8]) -> bool {
    matches!(media_type_of(name, bytes), PROGRAM | SCRIPT) || RUNS.contains(&end_of(name).as_str())
}

fn end_of(name: &str) -> String {
    name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{RUNS, media_type_of, would_run};

    #[test]
    fn the_bytes_say_what_a_file_is() {
        for (name, bytes, kind) in [
            ("plan.txt", &b"%PDF-1.7"[..], "application/pdf"),
            ("shot", b"\x89PNG\r\n\x1a\n....", "image/png"),
            (
                "a.docx",
                b"PK\x03\x04....",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            ("a.zip", b"PK\x03\x04....", "application/zip"),
            ("a.pdf", b"PK\x03\x04....", "application/zip"),
            ("words.pdf", "Grüße".as_bytes(), "text/plain"),
            ("note.txt", b"  <!DOCTYPE html><p>", "text/html"),
            ("note.png", b"hello <script>alert(1)</script>", "text/html"),
            ("x.xml", b"<?xml version='1.0'?><svg onload='x'/>", "image/svg+xml"),
            ("x.csv", b"a;b\n\xff", "application/octet-stream"),
            ("x", b"a\0b", "application/octet-stream"),
            ("x", b"BMW and MZ are letters", "text/plain"),
            ("x.gif", b"GIF89a<script>", "text/html"),
            ("a.png", b"MZ\x90\0", "application/x-executable"),
        ] {
            assert_eq!(media_type_of(name, bytes), kind, "{name}");
        }
        let cut = [vec![b'a'; super::LOOKED_AT - 1], "ü".as_bytes().to_vec(), vec![b'b']].concat();
        assert_eq!(media_type_of("long.txt", &cut), "text/plain", "a sign is cut by the end of the look");
    }

    #[test]
    fn what_runs_at_a_click_is_known_by_name_or_bytes() {
        for (name, bytes) in [
            ("plan.pdf.exe", &b"hello"[..]),
            ("PLAN.EXE", b"hello"),
            ("picture.png", b"MZ\x90\0"),
            ("readme.txt", b"#!/bin/sh\nrm -rf ~"),
            ("report.xlsm", b"PK\x03\x04"),
            ("open.lnk", b"x"),
            ("tool", b"\x7fELF\x02"),
        ] {
            assert!(would_run(name, bytes), "{name}");
        }
        for (name, bytes) in
            [("page.html", &b"<script>alert(1)</script>"[..]), ("exe", b"hello"), ("exe.txt", b"hello")]
        {
            assert!(!would_run(name, bytes), "{name}");
        }
        assert!(RUNS.is_sorted(), "the list is read by people");
    }
}
