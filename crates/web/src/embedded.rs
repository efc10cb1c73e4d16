//! What the build put into the binary, see `build.rs`.

/// A static file.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// Its name in the source, e.g. `style.css`.
    pub name: &'static str,
    /// Its name in addresses, with a hash of its bytes.
    pub hashed: &'static str,
    /// Its media type.
    pub mime: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
