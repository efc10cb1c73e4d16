//! How the bytes of a message are kept: compressed, then sealed.

use std::cell::RefCell;

use crate::error::MailError;

/// Sealed content up to this length rests in its database row, so that one sync makes all of a message durable;
/// longer content is a blob.
pub(crate) const MAX_INLINE: usize = 128 * 1024;

const STORED: u8 = 0;
const ZSTD: u8 = 1;
const HEAD: usize = 5;

thread_local! {
    // The tables of a compressor take longer to set up than a small message to compress.
    static COMPRESSOR: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Compresses; what does not get shorter is kept as it is. The length goes before, so that unpacking can be bounded.
pub(crate) fn pack(raw: &[u8]) -> Vec<u8> {
    let mut out = vec![0; HEAD + zstd::zstd_safe::compress_bound(raw.len())];
    let compressed = COMPRESSOR.with_borrow_mut(|slot| {
        if slot.is_none() {
            *slot = zstd::bulk::Compressor::new(1).ok();
        }
        slot.as_mut()?.compress_to_buffer(raw, out.get_mut(HEAD..)?).ok()
    });
    let method = match compressed {
        Some(length) if length < raw.len() => {
            out.truncate(HEAD + length);
            ZSTD
        }
        _ => {
            out.truncate(HEAD);
            out.extend_from_slice(raw);
            STORED
        }
    };
    let length = u32::try_from(raw.len()).unwrap_or(u32::MAX).to_le_bytes();
    if let Some(head) = out.get_mut(..HEAD) {
        head[0] = method;
        head[1..].copy_from_slice(&length);
    }
    out
}

/// Undoes [`pack`].
pub(crate) fn unpack(packed: &[u8]) -> Result<Vec<u8>, MailError> {
    let damaged = MailError::Damaged("the content of a message");
    let Some(([method, length @ ..], content)) = packed.split_first_chunk::<HEAD>() else {
        return Err(damaged);
    };
    let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
    match *method {
        STORED if content.len() == length => Ok(content.to_vec()),
        ZSTD => DECOMPRESSOR
            .with_borrow_mut(|slot| {
                if slot.is_none() {
                    *slot = zstd::bulk::Decompressor::new().ok();
                }
                slot.as_mut()?.decompress(content, length).ok()
            })
            .filter(|raw| raw.len() == length)
            .ok_or(damaged),
        _ => Err(damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shortens_text_and_refuses_damage() {
        let text = b"the same again and again. ".repeat(200);
        let packed = pack(&text);
        assert!(packed.len() < text.len() / 10);
        assert_eq!(unpack(&packed).unwrap(), text);
        assert!(unpack(&packed[..packed.len() - 3]).is_err());
        assert!(unpack(b"").is_err());
    }

    proptest! {
        #[test]
        fn gives_back_what_was_packed(raw in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(unpack(&pack(&raw)).unwrap(), raw);
        }

        #[test]
        fn any_bytes_unpack_or_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            // A length of gigabytes is claimed easily; zstd checks it against the frame before we hand out memory.
            if bytes.get(4).is_none_or(|high| *high == 0) {
                let _ = unpack(&bytes);
            }
        }
    }
}
