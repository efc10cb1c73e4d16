//! Messages over SMTP, from many sessions; each sends one after the other and waits for each `250`, as another mail
//! server would.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::mails::Mails;
use crate::settings::{Settings, report};

const FROM: &str = "sender@bench.example";

pub fn run(settings: &Settings, address: &str, domain: &str) -> Result<(), String> {
    let mailboxes = settings.number("mailboxes", 100)?.max(1);
    let (messages, sessions) = (settings.number("messages", 20_000)?, settings.number("sessions", 20)?);
    let mails = Mails::make(settings.number("bytes", 2048)?);
    let next = AtomicUsize::new(0);
    // Connections and sign-in are no part of what is measured.
    let mut open = Vec::new();
    for _ in 0..sessions {
        open.push(Session::open(address)?);
    }
    let begin = Instant::now();
    let waits = std::thread::scope(|scope| {
        let work = |session: Session| {
            let (next, mails) = (&next, &mails);
            scope.spawn(move || {
                session.send_all(next, messages, mails, |number| format!("u{}@{domain}", number % mailboxes))
            })
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
    fn open(address: &str) -> Result<Self, String> {
        let writer = TcpStream::connect(address).map_err(told)?;
        writer.set_nodelay(true).map_err(told)?;
        let mut session = Session { reader: BufReader::new(writer.try_clone().map_err(told)?), writer };
        session.expect("220")?;
        session.writer.write_all(b"EHLO bench.example\r\n").map_err(told)?;
        session.expect("250")?;
        Ok(session)
    }

    fn send_all(
        mut self,
        next: &AtomicUsize,
        messages: usize,
        mails: &Mails,
        to: impl Fn(usize) -> String,
    ) -> Result<Vec<Duration>, String> {
        let mut waits = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= messages {
                self.writer.write_all(b"QUIT\r\n").map_err(told)?;
                return Ok(waits);
            }
            let (begin, to) = (Instant::now(), to(number));
            let envelope = format!("MAIL FROM:<{FROM}>\r\nRCPT TO:<{to}>\r\nDATA\r\n");
            self.writer.write_all(envelope.as_bytes()).map_err(told)?;
            for code in ["250", "250", "354"] {
                self.expect(code)?;
            }
            let mut message = format!(
                "From: <{FROM}>\r\nTo: <{to}>\r\nSubject: Message {number}\r\nMessage-ID: <{number}.{}@bench.example>\r\n\
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
