//! `APPEND` over IMAP from several connections (RFC 3501), with literals that need no go-ahead (RFC 7888).

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::mails::Mails;
use crate::settings::{Settings, report};

pub fn run(settings: &Settings, address: &str, user: &str, password: &str) -> Result<(), String> {
    let (messages, connections) = (settings.number("messages", 10_000)?, settings.number("connections", 20)?);
    let folder = settings.text("folder").unwrap_or("INBOX");
    let mails = match settings.text("mails") {
        Some(folder) => Mails::read(folder)?,
        None => Mails::make(settings.number("bytes", 6800)?),
    };
    let made = settings.text("mails").is_none();
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Connection::open(address, user, password)?);
    }
    // Fails where it is there already.
    let _ = open.first_mut().ok_or("no connections")?.command(&format!("CREATE \"{folder}\""));
    let next = AtomicUsize::new(0);
    let begin = Instant::now();
    let waits = std::thread::scope(|scope| {
        let work = |mut connection: Connection| {
            let (next, mails) = (&next, &mails);
            scope.spawn(move || {
                let mut waits = Vec::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= messages {
                        return Ok::<_, String>(waits);
                    }
                    let begin = Instant::now();
                    connection.append(folder, number, mails.get(number), made)?;
                    waits.push(begin.elapsed());
                }
            })
        };
        let threads: Vec<_> = open.into_iter().map(work).collect();
        let mut waits: Vec<Duration> = Vec::new();
        for thread in threads {
            waits.append(&mut thread.join().map_err(|_| "a connection panicked")??);
        }
        Ok::<_, String>(waits)
    })?;
    report(waits, begin.elapsed().as_secs_f64());
    Ok(())
}

struct Connection {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
}

fn told(error: std::io::Error) -> String {
    error.to_string()
}

impl Connection {
    fn open(address: &str, user: &str, password: &str) -> Result<Self, String> {
        let writer = TcpStream::connect(address).map_err(told)?;
        writer.set_nodelay(true).map_err(told)?;
        let mut connection = Connection { reader: BufReader::new(writer.try_clone().map_err(told)?), writer };
        connection.line()?;
        connection.command(&format!("LOGIN \"{user}\" \"{password}\""))?;
        Ok(connection)
    }

    fn line(&mut self) -> Result<String, String> {
        let mut line = String::new();
        match self.reader.read_line(&mut line).map_err(told)? {
            0 => Err("the server closed the connection".to_owned()),
            _ => Ok(line),
        }
    }

    fn command(&mut self, command: &str) -> Result<(), String> {
        self.writer.write_all(format!("a {command}\r\n").as_bytes()).map_err(told)?;
        self.completion()
    }

    fn append(&mut self, folder: &str, number: usize, text: &[u8], made: bool) -> Result<(), String> {
        let mut header = String::new();
        if made {
            header = format!(
                "From: <sender@bench.example>\r\nTo: <u0@bench.example>\r\nSubject: Message {number}\r\n\
                 Message-ID: <{number}@bench.example>\r\nDate: Sun, 1 Mar 2026 10:00:00 +0000\r\n\r\n"
            );
        }
        let length = header.len() + text.len();
        let mut out = format!("a APPEND \"{folder}\" {{{length}+}}\r\n{header}").into_bytes();
        out.extend_from_slice(text);
        out.extend_from_slice(b"\r\n");
        self.writer.write_all(&out).map_err(told)?;
        self.completion()
    }

    fn completion(&mut self) -> Result<(), String> {
        loop {
            let line = self.line()?;
            match line.strip_prefix("a ") {
                Some(answer) if answer.starts_with("OK") => return Ok(()),
                Some(answer) => return Err(answer.trim_end().to_owned()),
                None => {}
            }
        }
    }
}
