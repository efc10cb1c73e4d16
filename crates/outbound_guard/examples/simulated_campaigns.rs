//! After how many mails a campaign is noticed: `cargo run --release -p mailkeep-outbound-guard --example simulated_campaigns -- SPAM HAM`,
//! two folders of mails. Each spam with enough words is sent to one stranger after the other, changed each time as spammers change it.

use std::path::Path;

use mail_parser::MessageParser;
use mailkeep_outbound_guard::Tier;
use mailkeep_outbound_guard::campaign::CampaignLimits;
use mailkeep_outbound_guard::campaign::detector::Reached;
use mailkeep_outbound_guard::campaign::shingles::ShingleKey;
use mailkeep_outbound_guard::campaign::watch::Watch;
use mailkeep_types::CustomerId;
use uuid::Uuid;

/// Shorter texts are no campaign to be known by its words.
const LEAST_WORDS: usize = 50;
/// After so many mails without an alarm a campaign counts as missed.
const MOST_MAILS: u32 = 200;
const WAVE_MAILBOXES: u32 = 50;
const WAVE_MAILS: u32 = 5;

/// How each mail of a campaign differs from the others.
#[derive(Clone, Copy)]
struct Change {
    name: &'static str,
    /// So many of a hundred words are others.
    words: u64,
    /// As many words of honest mail are added.
    padded: bool,
}

const CHANGES: [Change; 7] = [
    Change { name: "greeting and id", words: 0, padded: false },
    Change { name: "10 % of words", words: 10, padded: false },
    Change { name: "20 % of words", words: 20, padded: false },
    Change { name: "30 % of words", words: 30, padded: false },
    Change { name: "40 % of words", words: 40, padded: false },
    Change { name: "padded by 100 %", words: 0, padded: true },
    Change { name: "20 % of words, padded by 100 %", words: 20, padded: true },
];

/// Numbers that look like chance and are the same in every run (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below.max(1)
    }
}

/// The words of each mail of a folder.
fn texts(folder: &Path, found: &mut Vec<Vec<String>>) -> std::io::Result<()> {
    let mut entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        if entry.file_type()?.is_dir() {
            texts(&entry.path(), found)?;
            continue;
        }
        let raw = std::fs::read(entry.path())?;
        let Some(message) = MessageParser::default().parse(&raw) else { continue };
        let text = message.body_text(0).unwrap_or_default();
        let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        if words.len() >= LEAST_WORDS {
            found.push(words);
        }
    }
    Ok(())
}

fn mail(text: &[String], ham: &[Vec<String>], change: Change, chance: &mut Chance) -> Vec<u8> {
    let number = chance.next(u64::MAX);
    let mut words = vec!["Dear".to_owned(), format!("name{number}"), format!("id{number}")];
    for word in text {
        match chance.next(100) < change.words {
            true => words.push(format!("w{}", chance.next(u64::MAX))),
            false => words.push(word.clone()),
        }
    }
    if change.padded && !ham.is_empty() {
        let whole = text.len() * 2;
        while words.len() < whole {
            let at = chance.next(ham.len() as u64) as usize;
            words.extend(ham[at].iter().take(whole - words.len()).cloned());
        }
    }
    let lines: Vec<String> = words.chunks(10).map(|line| line.join(" ")).collect();
    format!("From: a@shop.example\r\nSubject: offer\r\n\r\n{}\r\n", lines.join("\r\n")).into_bytes()
}

fn customer(number: u32) -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128(u128::from(number) + 1))
}

/// The number of the mail that alarms, when one does.
fn alarm(tier: Tier, mails: u32, each: u32, mut make: impl FnMut() -> Vec<u8>) -> Option<u32> {
    let key = ShingleKey::new(&[7; 32]);
    let mut watch = Watch::new(CampaignLimits::default());
    (0..mails).find_map(|recipient| {
        let shingles = key.of_message(&make());
        let sender = recipient / each;
        let new = [Reached { recipient, customer: sender, minute: 1 }];
        let noticed = watch.judge(customer(sender), tier, &shingles, &new).is_some();
        watch.note(customer(sender), &shingles, &new);
        noticed.then_some(recipient + 1)
    })
}

fn tell(name: &str, mut alarms: Vec<Option<u32>>) {
    alarms.sort_unstable_by_key(|alarm| alarm.unwrap_or(u32::MAX));
    let at = |share: usize| alarms.get((alarms.len().saturating_sub(1)) * share / 100).copied().flatten();
    let word = |alarm: Option<u32>| alarm.map_or("none".to_owned(), |number| number.to_string());
    let missed = alarms.iter().filter(|alarm| alarm.is_none()).count();
    let (middle, late, last) = (word(at(50)), word(at(99)), word(at(100)));
    println!(
        "{name:<44} {:>5} campaigns: median {middle}, p99 {late}, last {last}; missed {missed}",
        alarms.len()
    );
}

fn main() -> std::io::Result<()> {
    let mut given = std::env::args().skip(1);
    let (Some(spam_folder), Some(ham_folder)) = (given.next(), given.next()) else {
        println!("Name a folder of spam and one of ham.");
        return Ok(());
    };
    let (mut spam, mut ham) = (Vec::new(), Vec::new());
    texts(Path::new(&spam_folder), &mut spam)?;
    texts(Path::new(&ham_folder), &mut ham)?;
    for (tier, named) in [(Tier::T2, "K = 20"), (Tier::T0, "K = 10, new")] {
        for change in CHANGES {
            let mut chance = Chance(1);
            let found = |text| alarm(tier, MOST_MAILS, MOST_MAILS, || mail(text, &ham, change, &mut chance));
            tell(&format!("{named}: {}", change.name), spam.iter().map(found).collect());
        }
    }
    let mut chance = Chance(1);
    let all = WAVE_MAILBOXES * WAVE_MAILS;
    let found = |text| alarm(Tier::T2, all, WAVE_MAILS, || mail(text, &ham, CHANGES[0], &mut chance));
    tell("wave of 50 customers, 5 mails each: greeting", spam.iter().map(found).collect());
    Ok(())
}
