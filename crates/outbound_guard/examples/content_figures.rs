//! How well the words of mail tell wanted from unwanted, on mail that was not learnt from, beside `bogofilter`:
//!
//! ```text
//! cargo run --release -p mailkeep-outbound-guard --example content_figures -- HAM SPAM [SEED]
//! ```
//!
//! HAM and SPAM are folders of raw mails. Mails whose texts are alike (half of the smaller one's shingles are in the other) are a group; a
//! group is in one of five folds as a whole. Each fold is judged by what was learnt from the other four, each mail of them once, in an
//! order made by the seed. `bogofilter` (Debian) learns and judges the same mails in the same way, once as they are and once with no other header fields
//! than Subject, MIME-Version and Content-…: what is handed in for sending has no trace of its way yet, and Mailkeep looks at no more.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use mailkeep_outbound_guard::campaign::shingles::{Said, ShingleKey};
use mailkeep_outbound_guard::content::{Lesson, Model};

const FOLDS: u64 = 5;
/// Shingles that more mails have are phrases of mailing lists and programs.
const COMMON: usize = 200;

struct Mail {
    path: PathBuf,
    unwanted: bool,
    said: Said,
    fold: u64,
}

/// Numbers that are the same in every run (SplitMix64).
const fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn mails(folder: &Path, unwanted: bool, key: ShingleKey) -> Vec<Mail> {
    let read = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = read.map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    let mail = |path: PathBuf| {
        let said = key.read(&std::fs::read(&path).expect("a mail"));
        Mail { path, unwanted, said, fold: 0 }
    };
    paths.into_iter().map(mail).collect()
}

/// Puts mails that are alike into one fold; gives how many groups there are.
fn fold(mails: &mut [Mail], seed: u64) -> usize {
    let mut having: HashMap<u32, Vec<usize>> = HashMap::new();
    for (number, mail) in mails.iter().enumerate() {
        mail.said.shingles.iter().for_each(|shingle| having.entry(*shingle).or_default().push(number));
    }
    let mut group: Vec<usize> = (0..mails.len()).collect();
    let root = |group: &[usize], mut one: usize| {
        while group[one] != one {
            one = group[one];
        }
        one
    };
    for one in 0..mails.len() {
        let mut common: HashMap<usize, usize> = HashMap::new();
        let shared = mails[one].said.shingles.iter().map(|shingle| &having[shingle]);
        for others in shared.filter(|others| others.len() <= COMMON) {
            others
                .iter()
                .filter(|other| **other > one)
                .for_each(|other| *common.entry(*other).or_default() += 1);
        }
        for (other, count) in common {
            let smaller = mails[one].said.shingles.len().min(mails[other].said.shingles.len());
            if count >= 3 && count * 2 >= smaller {
                let (one, other) = (root(&group, one), root(&group, other));
                group[one.max(other)] = one.min(other);
            }
        }
    }
    let roots: Vec<usize> = (0..mails.len()).map(|one| root(&group, one)).collect();
    for (mail, root) in mails.iter_mut().zip(&roots) {
        mail.fold = mixed(seed ^ *root as u64) % FOLDS;
    }
    roots.iter().enumerate().filter(|(number, root)| number == *root).count()
}

/// The mails of the other folds in an order of the seed.
fn others(mails: &[Mail], fold: u64, seed: u64) -> Vec<&Mail> {
    let mut found: Vec<(usize, &Mail)> =
        mails.iter().enumerate().filter(|(_, mail)| mail.fold != fold).collect();
    found.sort_by_key(|(number, _)| mixed(seed ^ mixed(*number as u64)));
    found.into_iter().map(|(_, mail)| mail).collect()
}

/// What a fold was judged as: how unwanted, and whether it truly was.
type Scores = Vec<(f64, bool)>;

fn ours(mails: &[Mail], seed: u64) -> (Scores, [[usize; 2]; 2]) {
    let (mut scores, mut votes) = (Vec::new(), [[0; 2]; 2]);
    for fold in 0..FOLDS {
        let mut model = Model::default();
        for mail in others(mails, fold, seed) {
            model.learn(&Lesson { features: mail.said.features.clone(), unwanted: mail.unwanted });
        }
        for mail in mails.iter().filter(|mail| mail.fold == fold) {
            scores.push((f64::from(model.place(&mail.said.features)), mail.unwanted));
            if let Some(vote) = model.vote(&mail.said.features) {
                votes[usize::from(mail.unwanted)][usize::from(vote.unwanted)] += 1;
            }
        }
    }
    (scores, votes)
}

fn run(program: &mut Command, input: &[u8]) -> Option<String> {
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    child.stdin.take()?.write_all(input).ok()?;
    let output = child.wait_with_output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A mail without what only its way and its programs wrote.
fn bare(mail: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(mail);
    let mut lines = text.split_inclusive('\n');
    let (mut bare, mut keep) = (String::new(), false);
    for line in lines.by_ref().take_while(|line| !line.trim_end().is_empty()) {
        if !line.starts_with([' ', '\t']) {
            let name = line.split(':').next().unwrap_or_default().to_lowercase();
            keep = matches!(name.as_str(), "subject" | "mime-version") || name.starts_with("content-");
        }
        if keep {
            bare.push_str(line);
        }
    }
    bare.push('\n');
    bare.extend(lines);
    bare.into_bytes()
}

/// The same by `bogofilter`; nothing when it is not installed.
fn bogofilter(mails: &[Mail], seed: u64, read: fn(&[u8]) -> Vec<u8>) -> Option<Scores> {
    Command::new("bogofilter").arg("-V").stdout(Stdio::null()).status().ok()?;
    let mut scores = Vec::new();
    for fold in 0..FOLDS {
        let folder = tempfile::tempdir().ok()?;
        let program = || {
            let mut program = Command::new("bogofilter");
            program.arg("-C").arg("-d").arg(folder.path());
            program
        };
        for mail in others(mails, fold, seed) {
            let content = read(&std::fs::read(&mail.path).ok()?);
            run(program().arg(if mail.unwanted { "-s" } else { "-n" }), &content)?;
        }
        for mail in mails.iter().filter(|mail| mail.fold == fold) {
            // Terse: a letter and the score.
            let said = run(program().arg("-T"), &read(&std::fs::read(&mail.path).ok()?))?;
            let score = said.split_whitespace().nth(1)?.parse().ok()?;
            scores.push((score, mail.unwanted));
        }
    }
    Some(scores)
}

/// How much wanted mail lies as high as so much of the unwanted.
fn report(name: &str, mut scores: Scores) {
    scores.sort_by(|one, other| other.0.total_cmp(&one.0));
    let of = |unwanted| scores.iter().filter(|score| score.1 == unwanted).count();
    let (wanted, unwanted) = (of(false), of(true));
    for share in [80, 90, 95] {
        let needed = (unwanted * share).div_ceil(100);
        let line = scores.iter().filter(|score| score.1).nth(needed - 1).map_or(0.0, |score| score.0);
        // What lies exactly there counts as taken.
        let taken = scores.iter().filter(|score| !score.1 && score.0 >= line).count();
        let percent = 100.0 * taken as f64 / wanted as f64;
        println!("{name}: at {share} % of {unwanted} unwanted, {taken} of {wanted} wanted ({percent:.2} %)");
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [ham, spam, rest @ ..] = arguments.as_slice() else {
        eprintln!("content_figures HAM SPAM [SEED]");
        std::process::exit(2);
    };
    let seed = rest.first().map_or(1, |seed| seed.parse().expect("the seed is a number"));
    let key = ShingleKey::new(&[31; 32]);
    let mut mails: Vec<Mail> =
        mails(Path::new(ham), false, key).into_iter().chain(mails(Path::new(spam), true, key)).collect();
    let groups = fold(&mut mails, seed);
    println!("{} mails in {groups} groups, {FOLDS} folds, seed {seed}", mails.len());
    let (scores, [[_, wanted], [missed, unwanted]]) = ours(&mails, seed);
    report("Mailkeep", scores);
    let of = mails.iter().filter(|mail| !mail.unwanted).count();
    println!(
        "Mailkeep, at the line it draws itself: {unwanted} of {} unwanted, {wanted} of {of} wanted",
        missed + unwanted
    );
    let ways: [(&str, fn(&[u8]) -> Vec<u8>); 2] =
        [("bogofilter", <[u8]>::to_vec), ("bogofilter, bare", bare)];
    for (name, read) in ways {
        match bogofilter(&mails, seed, read) {
            Some(scores) => report(name, scores),
            None => println!("{name}: it is not installed"),
        }
    }
}
