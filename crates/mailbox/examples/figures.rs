//! Figures of the mail store without sockets: delivery, listing, reading, searching.
//!
//! `cargo run --release -p mailkeep-mailbox --example figures --features testing`

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use mailkeep_mailbox::messages::{Append, Delivery, Flags, UidSet, prepare};
use mailkeep_mailbox::search::Query;
use mailkeep_mailbox::testing::TestOffice;
use mailkeep_storage::sql::{Database, DatabaseConfig, MigrationSet};
use mailkeep_types::SystemClock;

/// A mail of about `length` bytes made of words.
fn raw(number: u64, length: usize) -> Bytes {
    let mut text = format!(
        "From: Ann Example <ann{number}@example.net>\r\nTo: bob@example.com\r\nSubject: Message number {number}\r\n\
         Date: Sun, 01 Mar 2026 10:00:00 +0000\r\nMessage-ID: <{number}@example.net>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n"
    );
    let mut state = number.wrapping_add(1);
    while text.len() < length {
        for _ in 0..10 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let word = state >> 40;
            for at in 0..3 + word % 6 {
                let letter = (word >> (at * 3)) % 20;
                text.push(char::from(b'a' + u8::try_from(letter).unwrap_or(0)));
            }
            text.push(' ');
        }
        text.push_str("\r\n");
    }
    Bytes::from(text)
}

fn processor_time() -> Duration {
    // After the name in brackets: state first, utime and stime as the 12th and 13th, in ticks of 10 ms (proc(5)).
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or("");
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok());
    Duration::from_millis(ticks.sum::<u64>() * 10)
}

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let config = DatabaseConfig::Sqlite { path: folder.path().join("figures.db"), readers: 2 };
    let db = Database::open(&config, Arc::new(SystemClock)).await.expect("a database");
    db.migrate(MigrationSet::Main).await.expect("migrations");
    let test = TestOffice::open(db).await;
    let domain = test.domain("example.com").await;
    let mut mailboxes = Vec::new();
    for n in 0..100 {
        mailboxes.push(test.mailbox(domain, &format!("user{n}@example.com")).await);
    }
    for (length, count) in [(2_048, 8_000u64), (50_000, 1_000)] {
        let (start, cpu) = (Instant::now(), processor_time());
        let mut running = tokio::task::JoinSet::new();
        for worker in 0..20 {
            let (office, mailboxes) = (test.office.clone(), mailboxes.clone());
            running.spawn(async move {
                for n in (worker..count).step_by(20) {
                    let message = Arc::new(prepare(&raw(n, length)));
                    let to = mailboxes[usize::try_from(n).unwrap_or(0) % mailboxes.len()];
                    office.deliver(vec![Delivery::to_inbox(to, message)]).await.expect("delivered");
                }
            });
        }
        running.join_all().await;
        let (took, cpu) = (start.elapsed(), processor_time() - cpu);
        println!(
            "deliver {length} B, 20 at once: {:.0}/s, {:.2} ms processor each",
            count as f64 / took.as_secs_f64(),
            cpu.as_secs_f64() * 1e3 / count as f64
        );
    }
    let session = test.office.session(mailboxes[0]).await.expect("a session");
    let archive = session.create_folder("figures").await.expect("a folder");
    let start = Instant::now();
    for chunk in 0..100 {
        let batch = (0..100)
            .map(|n| Append {
                message: Arc::new(prepare(&raw(chunk * 100 + n, 6_800))),
                flags: Flags::NONE,
                internal_at: None,
            })
            .collect();
        session.append(archive, batch).await.expect("appended");
    }
    println!("append 10,000 of 6.8 KB in hundreds: {:.0}/s", 10_000.0 / start.elapsed().as_secs_f64());
    let start = Instant::now();
    for n in 0..500 {
        let message = Arc::new(prepare(&raw(n, 6_800)));
        let append = Append { message, flags: Flags::NONE, internal_at: None };
        session.append(session.facts().inbox, vec![append]).await.expect("appended");
    }
    println!("append one by one: {:.0}/s", 500.0 / start.elapsed().as_secs_f64());
    let rows = session.open_folder(archive, false).await.expect("a view").messages;
    for round in ["first", "second"] {
        let start = Instant::now();
        let view = session.open_folder(archive, false).await.expect("a view");
        println!("{round} view of {}: {:?}", view.messages.len(), start.elapsed());
        let start = Instant::now();
        let (mut from, mut bytes) = (1, 0);
        loop {
            let set = UidSet::from_ranges([from..=u32::MAX]);
            let batch = session.read_metadata(archive, &set, 1_000).await.expect("metadata");
            let Some((last, _)) = batch.last() else { break };
            from = last + 1;
            bytes += batch.iter().map(|(_, m)| m.envelope().len() + m.body_structure().len()).sum::<usize>();
        }
        println!("{round} metadata of 10,000, {bytes} B: {:?}", start.elapsed());
        let start = Instant::now();
        let (mut from, mut bytes) = (1, 0);
        loop {
            let batch = session
                .read_messages(archive, &UidSet::from_ranges([from..=u32::MAX]))
                .await
                .expect("bodies");
            let Some((last, _)) = batch.last() else { break };
            from = last + 1;
            bytes += batch.iter().map(|(_, raw)| raw.len()).sum::<usize>();
        }
        println!("{round} bodies of 10,000, {bytes} B: {:?}", start.elapsed());
        for text in ["number 4711", "zebra", "umber 99"] {
            let start = Instant::now();
            let found = session.search(&rows, Query::Text(text.into())).await.expect("a search");
            println!("{round} search for {text:?}: {} found in {:?}", found.len(), start.elapsed());
        }
    }
}
