//! Messages over SMTP, from many sessions; each sends one after the other and waits for each `250`, as another mail
//! server would.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::mails::Mails;
use crate::settings::{Settings, report};

/// To whom message `number` goes, and what is added to its text.
type Address<'a> = dyn Fn(usize) -> String + Sync + 'a;

/// As another mail server: to the mailboxes of a domain in turn.
pub fn receive(settings: &Settings, address: &str, domain: &str) -> Result<(), String> {
    let mailboxes = settings.number("mailboxes", 100)?.max(1);
    run(settings, address, None, "sender@bench.example", &|number| format!("u{}@{domain}", number % mailboxes))
}

/// As a customer who signs in, to as many different people elsewhere: personalised mail on its way out.
pub fn submit(settings: &Settings, address: &str, user: &str, password: &str, domain: &str) -> Result<(), String> {
    let secret = base64(format!("\0{user}\0{password}").as_bytes());
    run(settings, address, Some(&secret), user, &|number| format!("reader{number}@{domain}"))
}

fn run(settings: &Settings, address: &str, secret: Option<&str>, from: &str, to: &Address) -> Result<(), String> {
    let (messages, sessions) = (settings.number("messages", 20_000)?, settings.number("sessions", 20)?);
    let mails = Mails::make(settings.number("bytes", 2048)?);
    let next = AtomicUsize::new(0);
    // Connections and sign-in are no part of what is measured.
    let mut open = Vec::new();
    for _ in 0..sessions {
        open.push(Session::open(address, secret)?);
    }
    let begin = Instant::now();
    let waits = std::thread::scope(|scope| {
        let work = |session: Session| {
            let (next, mails) = (&next, &mails);
            scope.spawn(move || session.send_all(next, messages, mails, from, to))
        };
        let threads: Vec<_> = open.into_iter().map(work).collect();
        let mut waits = Vec::new();
        for thread in threads {
            waits.append(&mut thread.join().map_err(|_| "a session panicked")??);
        }
        Ok::<_, String>(waits)
    })?;
    report(waits, begin.elapsed().as_secs_f64());
    Ok(())
}

struct Session {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
}

fn told(error: std::io::Error) -> String {
    error.to_string()
}

impl Session {
    fn open(address: &str, secret: Option<&str>) -> Result<Self, String> {
        let writer = TcpStream::connect(address).map_err(told)?;
        writer.set_nodelay(true).map_err(told)?;
        let mut session = Session { reader: BufReader::new(writer.try_clone().map_err(told)?), writer };
        session.expect("220")?;
        session.say("EHLO bench.example\r\n", "250")?;
        if let Some(secret) = secret {
            session.say(&format!("AUTH PLAIN {secret}\r\n"), "235")?;
        }
        Ok(session)
    }

    fn say(&mut self, line: &str, code: &str) -> Result<(), String> {
        self.writer.write_all(line.as_bytes()).map_err(told)?;
        self.expect(code)
    }

    fn send_all(
        mut self,
        next: &AtomicUsize,
        messages: usize,
        mails: &Mails,
        from: &str,
        to: &Address,
    ) -> Result<Vec<Duration>, String> {
        let mut waits = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= messages {
                self.writer.write_all(b"QUIT\r\n").map_err(told)?;
                return Ok(waits);
            }
            let (begin, to) = (Instant::now(), to(number));
            let envelope = format!("MAIL FROM:<{from}>\r\nRCPT TO:<{to}>\r\nDATA\r\n");
            self.writer.write_all(envelope.as_bytes()).map_err(told)?;
            for code in ["250", "250", "354"] {
                self.expect(code)?;
            }
            let mut message = format!(
                "From: <{from}>\r\nTo: <{to}>\r\nSubject: Message {number}\r\nMessage-ID: <{number}.{}@bench.example>\r\n\
                 Date: Sun, 1 Mar 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n\
                 Content-Type: text/plain; charset=utf-8\r\n\r\nDear {to},\r\n\r\n",
                std::process::id()
            )
            .into_bytes();
            message.extend_from_slice(mails.get(number));
            message.extend_from_slice(b".\r\n");
            self.writer.write_all(&message).map_err(told)?;
            self.expect("250")?;
            waits.push(begin.elapsed());
        }
    }

    /// Reads one reply and refuses any other code.
    fn expect(&mut self, code: &str) -> Result<(), String> {
        loop {
            let mut line = String::new();
            if self.reader.read_line(&mut line).map_err(told)? == 0 {
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
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let number = chunk.iter().chain(&[0, 0]).take(3).fold(0usize, |n, b| n << 8 | usize::from(*b));
        for place in 0..4 {
            let sign = if place <= chunk.len() { SIGNS[number >> (18 - 6 * place) & 63] } else { b'=' };
            out.push(char::from(sign));
        }
    }
    out
}
