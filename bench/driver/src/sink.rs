//! A mail server that takes everything and keeps nothing: where a campaign ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use crate::settings::Settings;

pub fn run(settings: &Settings) -> Result<(), String> {
    let wanted = settings.number("messages", 5000)?;
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    println!("{}", listener.local_addr().map_err(|error| error.to_string())?);
    let (taken, signed) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let begin = Instant::now();
    for stream in listener.incoming() {
        let Ok(stream) = stream else { continue };
        let (taken, signed) = (Arc::clone(&taken), Arc::clone(&signed));
        std::thread::spawn(move || {
            // A peer that goes away is its own affair.
            let _ = session(stream, || {
                if taken.fetch_add(1, Ordering::Relaxed) + 1 == wanted {
                    let (seconds, signed) = (begin.elapsed().as_secs_f64(), signed.load(Ordering::Relaxed));
                    println!("{{\"messages\": {wanted}, \"signed\": {signed}, \"seconds\": {seconds:.4}}}");
                    std::process::exit(0);
                }
            }, &signed);
        });
    }
    Ok(())
}

fn session(stream: TcpStream, took: impl Fn(), signed: &AtomicUsize) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::with_capacity(64 * 1024, stream);
    writer.write_all(b"220 sink.bench.example ESMTP\r\n")?;
    let (mut line, mut message) = (String::new(), Vec::new());
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let mut whole = false;
        match verb.as_str() {
            "DATA" => {
                writer.write_all(b"354 go ahead\r\n")?;
                message.clear();
                loop {
                    let start = message.len();
                    if reader.read_until(b'\n', &mut message)? == 0 {
                        return Ok(());
                    }
                    if message.get(start..) == Some(b".\r\n") {
                        break;
                    }
                }
                whole = true;
            }
            "BDAT" => {
                let mut words = line.split_ascii_whitespace().skip(1);
                let length = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
                message.resize(length, 0);
                reader.read_exact(&mut message)?;
                whole = words.next().is_some();
            }
            "QUIT" => return writer.write_all(b"221 bye\r\n"),
            "EHLO" => {
                let hello = "250-sink.bench.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-CHUNKING\r\n250 SIZE 52428800\r\n";
                writer.write_all(hello.as_bytes())?;
                continue;
            }
            _ => {}
        }
        writer.write_all(b"250 2.0.0 taken\r\n")?;
        if whole {
            if message.windows(15).any(|window| window == b"DKIM-Signature:") {
                signed.fetch_add(1, Ordering::Relaxed);
            }
            took();
        }
    }
}
