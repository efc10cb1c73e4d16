//! Sends messages over SMTP from many sessions at once and says how many a second were acknowledged.
//!
//! ```text
//! mailkeep-bench-smtp ADDRESS DOMAIN [sessions=20] [messages=20000] [bytes=2048] [mailboxes=100] [from=sender@bench.example]
//! ```
//!
//! Recipients are `u0@DOMAIN` … `u99@DOMAIN` in turn; each session sends one message after the other over one
//! connection and waits for each `250`, as another mail server would. Works the same against any server.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

struct Plan {
    address: String,
    domain: String,
    from: String,
    messages: usize,
    bytes: usize,
    mailboxes: usize,
}

fn main() {
    let mut words = Vec::new();
    let mut settings = HashMap::new();
    for argument in std::env::args().skip(1) {
        match argument.split_once('=') {
            Some((key, value)) => {
                settings.insert(key.to_owned(), value.to_owned());
            }
            None => words.push(argument),
        }
    }
    let [address, domain] = words.as_slice() else {
        eprintln!("usage: mailkeep-bench-smtp ADDRESS DOMAIN [sessions=20] [messages=20000] [bytes=2048] [mailboxes=100]");
        std::process::exit(2);
    };
    let number = |key: &str, default: usize| {
        settings.get(key).map_or(default, |value| value.parse().unwrap_or_else(|_| panic!("{key} must be a number")))
    };
    let plan = Arc::new(Plan {
        address: address.clone(),
        domain: domain.clone(),
        from: settings.get("from").cloned().unwrap_or_else(|| "sender@bench.example".to_owned()),
        messages: number("messages", 20_000),
        bytes: number("bytes", 2048),
        mailboxes: number("mailboxes", 100).max(1),
    });
    let next = Arc::new(AtomicUsize::new(0));
    let begin = Instant::now();
    let sessions: Vec<_> = (0..number("sessions", 20))
        .map(|_| {
            let (plan, next) = (plan.clone(), next.clone());
            std::thread::spawn(move || session(&plan, &next))
        })
        .collect();
    let mut waits: Vec<Duration> = Vec::new();
    let mut failures = Vec::new();
    for session in sessions {
        match session.join().expect("a session thread ends") {
            Ok(mut mine) => waits.append(&mut mine),
            Err(error) => failures.push(error),
        }
    }
    let seconds = begin.elapsed().as_secs_f64();
    waits.sort_unstable();
    let at = |share: f64| {
        let index = (waits.len() as f64 * share) as usize;
        waits.get(index.min(waits.len().saturating_sub(1))).map_or(0.0, |wait| wait.as_secs_f64() * 1000.0)
    };
    println!(
        "{} acknowledged in {seconds:.2} s: {:.0}/s; wait for one: median {:.1} ms, 99th of 100 {:.1} ms",
        waits.len(),
        waits.len() as f64 / seconds,
        at(0.5),
        at(0.99)
    );
    for failure in &failures {
        eprintln!("a session failed: {failure}");
    }
    if !failures.is_empty() {
        std::process::exit(1);
    }
}

fn session(plan: &Plan, next: &AtomicUsize) -> Result<Vec<Duration>, String> {
    let fail = |error: std::io::Error| error.to_string();
    let stream = TcpStream::connect(&plan.address).map_err(fail)?;
    stream.set_nodelay(true).map_err(fail)?;
    let mut reader = BufReader::new(stream.try_clone().map_err(fail)?);
    let mut writer = stream;
    expect(&mut reader, "220")?;
    writer.write_all(b"EHLO bench.example\r\n").map_err(fail)?;
    expect(&mut reader, "250")?;
    let mut waits = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= plan.messages {
            writer.write_all(b"QUIT\r\n").map_err(fail)?;
            return Ok(waits);
        }
        let begin = Instant::now();
        let recipient = number % plan.mailboxes;
        let envelope =
            format!("MAIL FROM:<{}>\r\nRCPT TO:<u{recipient}@{}>\r\nDATA\r\n", plan.from, plan.domain);
        writer.write_all(envelope.as_bytes()).map_err(fail)?;
        for code in ["250", "250", "354"] {
            expect(&mut reader, code)?;
        }
        writer.write_all(&message(plan, number, recipient)).map_err(fail)?;
        expect(&mut reader, "250")?;
        waits.push(begin.elapsed());
    }
}

/// A message of the wanted length; words vary, so that neither compression nor an index has it too easy.
fn message(plan: &Plan, number: usize, recipient: usize) -> Vec<u8> {
    const WORDS: [&str; 16] = [
        "meeting", "invoice", "tomorrow", "harbour", "please", "attached", "garden", "number", "window", "letter",
        "between", "morning", "project", "answer", "thank", "station",
    ];
    let mut out = format!(
        "From: <{}>\r\nTo: <u{recipient}@{}>\r\nSubject: Message {number}\r\nMessage-ID: <{number}.{}@bench.example>\r\n\
         Date: Sun, 1 Mar 2026 10:00:00 +0000\r\n\r\n",
        plan.from,
        plan.domain,
        std::process::id()
    );
    let mut state = number as u64 ^ 0x9e37_79b9_7f4a_7c15;
    let mut column = 0;
    while out.len() + 20 < plan.bytes {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let word = WORDS[(state >> 60) as usize];
        let word = if state >> 40 & 7 == 0 { format!("{word}{}", state >> 44 & 0xfff) } else { word.to_owned() };
        column += word.len() + 1;
        out.push_str(&word);
        if column > 68 {
            out.push_str("\r\n");
            column = 0;
        } else {
            out.push(' ');
        }
    }
    out.push_str("\r\n.\r\n");
    out.into_bytes()
}

/// Reads one reply and refuses any other code.
fn expect(reader: &mut impl BufRead, code: &str) -> Result<(), String> {
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).map_err(|error| error.to_string())? == 0 {
            return Err("the server closed the connection".to_owned());
        }
        if !line.starts_with(code) {
            return Err(format!("expected {code}, got {}", line.trim_end()));
        }
        if line.as_bytes().get(3) != Some(&b'-') {
            return Ok(());
        }
    }
}
