//! Embeds templates, messages and static assets, so that the one binary carries its pages.
//!
//! The style sheets of `assets/css` become one file in name order; every asset gets a name that carries a hash of
//! its bytes, so that browsers may keep it for ever.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets the manifest folder"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets the output folder"));
    for folder in ["templates", "assets", "locales"] {
        println!("cargo::rerun-if-changed={folder}");
    }

    let mut code = String::new();
    code.push_str("/// Every template: its name and its text.\npub static TEMPLATES: &[(&str, &str)] = &[\n");
    for (name, path) in files(&root.join("templates")) {
        writeln!(code, "    ({name:?}, include_str!({})),", source(&root, &path))
            .expect("a string takes text");
    }
    code.push_str("];\n\n/// Every message file: language, name and text.\npub static MESSAGES: &[(&str, &str, &str)] = &[\n");
    for (name, path) in files(&root.join("locales")) {
        let (language, file) = name.split_once('/').expect("messages lie in a folder per language");
        writeln!(code, "    ({language:?}, {file:?}, include_str!({})),", source(&root, &path))
            .expect("a string takes text");
    }
    code.push_str("];\n\n/// Every static asset.\npub static ASSETS: &[Asset] = &[\n");

    let mut style = String::new();
    for (name, path) in files(&root.join("assets")) {
        let text = fs::read(&path).expect("an asset can be read");
        if name.starts_with("css/") {
            style.push_str(&String::from_utf8(text).expect("style sheets are UTF-8"));
        } else {
            asset(&mut code, &name, &source(&root, &path), &text);
        }
    }
    let style_path = out.join("style.css");
    fs::write(&style_path, &style).expect("the output folder takes files");
    asset(&mut code, "style.css", "concat!(env!(\"OUT_DIR\"), \"/style.css\")", style.as_bytes());
    code.push_str("];\n");
    fs::write(out.join("embedded.rs"), code).expect("the output folder takes files");
}

/// Where a file is, as code that finds it wherever the sources lie when they are compiled.
fn source(root: &Path, path: &Path) -> String {
    let within = path.strip_prefix(root).expect("files are below the crate's folder");
    format!(
        "concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?})",
        format!("/{}", within.to_str().expect("paths are UTF-8"))
    )
}

fn asset(code: &mut String, name: &str, source: &str, bytes: &[u8]) {
    let hash = fnv(bytes);
    let (stem, extension) = name.rsplit_once('.').expect("an asset has an extension");
    let mime = match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        other => panic!("say in build.rs which media type .{other} files have"),
    };
    writeln!(
        code,
        "    Asset {{ name: {name:?}, hashed: \"{stem}.{hash:016x}.{extension}\", mime: {mime:?}, bytes: include_bytes!({source}) }},"
    )
    .expect("a string takes text");
}

/// FNV-1a: the name must change when the bytes do; nobody gains by forging it.
fn fnv(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// All files below `folder` with their names relative to it, sorted.
fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).expect("the folder can be listed") {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name =
                    path.strip_prefix(folder).expect("it lies below").to_str().expect("paths are UTF-8");
                found.push((name.replace('\\', "/"), path));
            }
        }
    }
    found.sort();
    found
}
