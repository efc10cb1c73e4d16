//! Embeds the migrations of both engines, so that the one binary can set up and upgrade any installation.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    // The folder stands at the root of the workspace; its place is written so that the code compiles wherever that lies.
    let root = Path::new("../../migrations");
    let mut out = String::new();
    for (constant, folder) in [
        ("SQLITE_MAIN", "sqlite"),
        ("POSTGRES_MAIN", "postgres"),
        ("SQLITE_KEYS", "sqlite/keys"),
        ("POSTGRES_KEYS", "postgres/keys"),
    ] {
        let folder = root.join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files: Vec<PathBuf> = fs::read_dir(&folder)
            .map(|entries| entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect())
            .unwrap_or_default();
        files.retain(|file| file.extension().is_some_and(|e| e == "sql"));
        files.sort();
        out.push_str(&format!("pub(super) const {constant}: &[(&str, &str)] = &[\n"));
        for file in files {
            println!("cargo::rerun-if-changed={}", file.display());
            let name = file.file_stem().and_then(|s| s.to_str()).expect("a UTF-8 file name");
            let source = format!("/{}", file.display());
            out.push_str(&format!(
                "    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {source:?}))),\n"
            ));
        }
        out.push_str("];\n");
    }
    let target = Path::new(&env::var("OUT_DIR").expect("set by cargo")).join("migrations.rs");
    fs::write(target, out).expect("OUT_DIR is writable");
}
