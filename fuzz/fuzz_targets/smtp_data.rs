//! The first byte cuts the rest in two: the decoder of DATA gives the same for one chunk and for two, ends where it
//! must and nowhere else, and reads what the encoder writes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_protocols::smtp::data::{LineCheck, Progress};
use mailkeep_protocols::smtp::{DataDecoder, DataEncoder, HeaderSection};

fuzz_target!(|data: &[u8]| {
    let Some((cut, stream)) = data.split_first() else { return };
    let (head, tail) = stream.split_at(usize::from(*cut).min(stream.len()));
    let whole = decode(&[stream]);
    assert_eq!(whole, decode(&[head, tail]));
    let end = if stream.starts_with(b".\r\n") {
        Some(3)
    } else {
        stream.windows(5).position(|five| five == b"\r\n.\r\n").map(|at| at + 5)
    };
    assert_eq!(whole.1, end);

    let (mut encoder, mut wire) = (DataEncoder::default(), Vec::new());
    encoder.encode(head, &mut wire);
    encoder.encode(tail, &mut wire);
    encoder.finish(&mut wire);
    let (message, end, bare, nul) = decode(&[&wire]);
    assert!(!bare && end == Some(wire.len()));
    if !nul {
        assert_eq!(LineCheck::of(&message), LineCheck::Fine);
        if LineCheck::of(stream) == LineCheck::Fine && (stream.is_empty() || stream.ends_with(b"\r\n")) {
            assert_eq!(message, stream);
        }
    }
    let section = HeaderSection::of(stream);
    let fields: usize = section.fields().map(|field| field.raw.len()).sum();
    assert_eq!(fields + section.body_with_separator().len(), stream.len());
});

fn decode(chunks: &[&[u8]]) -> (Vec<u8>, Option<usize>, bool, bool) {
    let (mut decoder, mut out, mut passed) = (DataDecoder::default(), Vec::new(), 0);
    let mut end = None;
    for chunk in chunks {
        let Progress { taken, finished } = decoder.decode(chunk, &mut out);
        passed += taken;
        if finished {
            end = Some(passed);
            break;
        }
        assert_eq!(taken, chunk.len());
    }
    let refused = decoder.found_bare_line_end() || decoder.found_nul();
    let message = if refused { Vec::new() } else { out };
    (message, end, decoder.found_bare_line_end(), decoder.found_nul())
}
