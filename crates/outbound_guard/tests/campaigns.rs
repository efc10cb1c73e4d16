//! Campaigns made of real spam, changed as senders of spam change it: when are they noticed? Runs where the shared data is
//! beside the project. `MAILKEEP_CAMPAIGNS=300 cargo test --release -- --nocapture` prints the figures of bench/RESULTS.md.

use std::path::{Path, PathBuf};
use std::process::Command;

use mail_parser::MessageParser;
use mailkeep_outbound_guard::campaign::CampaignLimits;
use mailkeep_outbound_guard::campaign::detector::Reached;
use mailkeep_outbound_guard::campaign::shingles::ShingleKey;
use mailkeep_outbound_guard::campaign::watch::{Sender, Watch};
use mailkeep_outbound_guard::{ReasonCode, Tier};
use mailkeep_types::CustomerId;
use uuid::Uuid;

const MOST_MAILS: u32 = 150;
const MINUTE: u32 = 30_000_000;

/// Numbers that are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most.max(1) as u64).unwrap()
    }
}

/// What is changed from mail to mail.
#[derive(Clone, Copy)]
struct Change {
    name: &'static str,
    words_percent: usize,
    padded: bool,
}

/// The words of up to `most` mails of an archive that have at least 60.
fn texts(archive: &Path, most: usize) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let unpacked =
        Command::new("tar").arg("-xJf").arg(archive).arg("-C").arg(folder.path()).status().unwrap();
    assert!(unpacked.success(), "tar cannot read {}", archive.display());
    let (mut folders, mut files) = (vec![folder.path().to_owned()], Vec::new());
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
        }
    }
    files.sort();
    let words = |file: PathBuf| -> Option<Vec<String>> {
        let bytes = std::fs::read(file).ok()?;
        let message = MessageParser::default().parse(&bytes)?;
        let words: Vec<String> = message.body_text(0)?.split_whitespace().map(str::to_owned).collect();
        (words.len() >= 60).then_some(words)
    };
    files.into_iter().filter_map(words).take(most).collect()
}

fn mail(template: &[String], change: Change, ham: &[Vec<String>], dice: &mut Dice) -> Vec<u8> {
    let mut words = vec!["Dear".to_owned(), format!("name{}", dice.next() % 100_000)];
    for word in template {
        if dice.below(100) < change.words_percent {
            words.push(format!("changed{}", dice.next() % 1_000_000));
        } else {
            words.push(word.clone());
        }
    }
    if change.padded {
        let mut left = template.len();
        while left > 0 {
            let more = &ham[dice.below(ham.len())];
            words.extend(more.iter().take(left).cloned());
            left = left.saturating_sub(more.len());
        }
    }
    words.push(format!("id{}", dice.next()));
    let text = words.chunks(12).map(|line| line.join(" ")).collect::<Vec<_>>().join("\n");
    mail_builder::MessageBuilder::new()
        .from("a@example.com")
        .to("b@example.net")
        .subject("News")
        .text_body(text)
        .write_to_vec()
        .unwrap()
}

/// The number of the first mail that is noticed, where every mail goes to somebody else and `from` says who sends it.
fn noticed(
    tier: Tier,
    from: impl Fn(u32) -> u32,
    mut mail: impl FnMut() -> Vec<u8>,
) -> Option<(u32, ReasonCode)> {
    let key = ShingleKey::new(&[7; 32]);
    let mut watch = Watch::new(CampaignLimits::default());
    (1..=MOST_MAILS).find_map(|number| {
        let sender = from(number);
        let customer = CustomerId::from_uuid(Uuid::from_u128(sender.into()));
        let shingles = key.of_message(&mail());
        let new = [Reached { recipient: number, customer: sender, minute: MINUTE }];
        let reason = watch.judge(Sender { customer, tier, unwanted: false }, &shingles, &new);
        watch.note(customer, &shingles, &new);
        reason.map(|reason| (number, reason.code))
    })
}

#[test]
fn campaigns_of_real_spam_are_noticed_in_time() {
    let named = std::env::var_os("MAILKEEP_SHARED_DATA").map(PathBuf::from);
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let Some(data) = named.into_iter().chain([beside]).find(|folder| folder.join("mail").is_dir()) else {
        eprintln!("skipped: the shared data is not there");
        return;
    };
    let most = std::env::var("MAILKEEP_CAMPAIGNS").ok().and_then(|most| most.parse().ok()).unwrap_or(12);
    let spam = texts(&data.join("mail/spam-2002.tar.xz"), most);
    let ham = texts(&data.join("mail/ham-2002.tar.xz"), 400);
    assert!(spam.len() >= 12 && ham.len() >= 100);
    let change = |name, words_percent, padded| Change { name, words_percent, padded };
    let cases = [
        (change("greeting and id", 0, false), Tier::T2, Some(25)),
        (change("padded by 100 %", 0, true), Tier::T2, Some(25)),
        (change("10 % of words", 10, false), Tier::T2, Some(40)),
        (change("20 % of words", 20, false), Tier::T2, Some(40)),
        (change("20 % of words, padded", 20, true), Tier::T2, Some(60)),
        (change("40 % of words", 40, false), Tier::T2, None),
        (change("greeting and id, new customer", 0, false), Tier::T0, Some(10)),
        (change("padded by 100 %, new customer", 0, true), Tier::T0, Some(10)),
    ];
    for (change, tier, by) in cases {
        let mut numbers: Vec<u32> = Vec::new();
        for (seed, template) in (1u64..).zip(&spam) {
            let mut dice = Dice(seed);
            let found = noticed(tier, |_| 1, || mail(template, change, &ham, &mut dice));
            numbers.push(found.map_or(u32::MAX, |(number, _)| number));
        }
        report(change.name, &mut numbers);
        if let Some(by) = by {
            let latest = numbers.last().copied().unwrap();
            assert!(latest <= by, "{}: one of {} was noticed at {latest} only", change.name, spam.len());
        }
    }
    for (name, per_mailbox) in [("wave, five of each mailbox in a row", 5), ("wave, mailboxes in turn", 1)] {
        let mut numbers: Vec<u32> = Vec::new();
        for (seed, template) in (1u64..).zip(&spam) {
            let mut dice = Dice(seed);
            let plain = Change { name, words_percent: 0, padded: false };
            let found = noticed(
                Tier::T2,
                |number| (number - 1) / per_mailbox,
                || mail(template, plain, &ham, &mut dice),
            );
            assert!(found.is_none_or(|(_, code)| code == ReasonCode::Wave));
            numbers.push(found.map_or(u32::MAX, |(number, _)| number));
        }
        report(name, &mut numbers);
        assert!(numbers.last().is_some_and(|latest| *latest <= 30), "{name}");
    }
}

fn report(name: &str, numbers: &mut [u32]) {
    numbers.sort_unstable();
    let at = |share: usize| numbers.get((numbers.len() - 1) * share / 100).copied().unwrap_or_default();
    let missed = numbers.iter().filter(|number| **number == u32::MAX).count();
    println!(
        "{name}: median {}, 95 % {}, latest {}, missed {missed} of {}",
        at(50),
        at(95),
        at(100),
        numbers.len()
    );
}
