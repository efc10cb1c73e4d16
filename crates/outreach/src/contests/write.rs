//! A member of staff writes a contest; with it the seed is drawn that decides who wins.

use mailkeep_types::{ContestId, StaffId, Timestamp};

use super::proof::commitment;
use super::{Contest, ContestState, Eligibility, SEEDS, store};
use crate::{Outreach, OutreachError};

const MAX_TITLE: usize = 150;
const MAX_SLUG: usize = 80;
const MAX_TEXT: usize = 50_000;
/// Further apart its ends may not be: entries are kept for their term, and must be there when it is drawn.
const LONGEST_DAYS: u64 = 120;
const DAY_SECONDS: u64 = 86_400;

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContestDraft {
    /// The address.
    pub slug: String,
    /// The language.
    pub language: String,
    /// The title.
    pub title: String,
    /// What it is about and what there is to win, in Markdown.
    pub introduction: String,
    /// The rules, in Markdown.
    pub rules: String,
    /// Who may enter.
    pub eligibility: Eligibility,
    /// How old one must be; 0 for any age.
    pub minimum_age: i64,
    /// How many win.
    pub places: i64,
    /// From when on one enters.
    pub opens_at: Timestamp,
    /// Until when.
    pub closes_at: Timestamp,
}

impl Outreach {
    /// Writes a new draft, or changes one.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for `title`, `slug`, `introduction`, `rules`, `minimum_age`, `places` and `closes_at`;
    /// [`OutreachError::State`] for what is no draft.
    pub async fn write_contest(
        &self,
        staff: StaffId,
        id: Option<ContestId>,
        draft: ContestDraft,
    ) -> Result<ContestId, OutreachError> {
        let draft = checked(draft)?;
        let fresh = ContestId::new(&**self.policy().clock());
        let mut seed = zeroize::Zeroizing::new([0u8; 32]);
        getrandom::fill(&mut *seed).expect("the operating system's random source answers");
        let (sealed, commitment) =
            (self.policy().seal_house_value(SEEDS, fresh.uuid(), &*seed).await?, commitment(&seed));
        self.db()
            .write(move |tx| -> Result<ContestId, OutreachError> {
                let holder = store::find_by_slug(tx, &draft.slug)?.map(|contest| contest.id);
                if holder.is_some_and(|holder| Some(holder) != id) {
                    return Err(OutreachError::field("slug", "Another contest has this address."));
                }
                let Some(id) = id else {
                    store::insert(tx, fresh, &draft, &sealed, &commitment, staff)?;
                    return Ok(fresh);
                };
                let found: Contest = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
                if found.state(tx.now()) != ContestState::Draft {
                    return Err(OutreachError::state(
                        "What people enter is not changed any more, but its rules.",
                    ));
                }
                store::change(tx, id, &draft)?;
                store::set_rules(tx, id, found.rules_version, &draft.rules)?;
                Ok(id)
            })
            .await
    }

    /// Changes the rules of a contest that can be entered: as a new version, which those who enter from now on accept.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for `rules`; [`OutreachError::State`] when nobody can enter any more.
    pub async fn change_rules(&self, id: ContestId, rules: String) -> Result<i64, OutreachError> {
        check_rules(&rules)?;
        self.db()
            .write(move |tx| -> Result<i64, OutreachError> {
                let found = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
                match found.state(tx.now()) {
                    ContestState::Scheduled | ContestState::Open => {}
                    _ => return Err(OutreachError::state("The rules cannot be changed now.")),
                }
                if found.rules == rules {
                    return Ok(found.rules_version);
                }
                let version = found.rules_version + 1;
                store::add_rules(tx, id, version, &rules)?;
                Ok(version)
            })
            .await
    }
}

fn check_rules(rules: &str) -> Result<(), OutreachError> {
    if rules.trim().is_empty() || rules.len() > MAX_TEXT {
        return Err(OutreachError::field("rules", "Write the rules; they may have up to 50,000 letters."));
    }
    Ok(())
}

fn checked(draft: ContestDraft) -> Result<ContestDraft, OutreachError> {
    let title = draft.title.trim().to_owned();
    if title.is_empty() || title.chars().count() > MAX_TITLE || title.chars().any(char::is_control) {
        return Err(OutreachError::field("title", "Write a title of at most 150 letters, in one line."));
    }
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if draft.slug.is_empty() || draft.slug.len() > MAX_SLUG || !draft.slug.bytes().all(letters) {
        return Err(OutreachError::field("slug", "Use small letters, digits and hyphens, at most 80."));
    }
    if draft.introduction.trim().is_empty() || draft.introduction.len() > MAX_TEXT {
        return Err(OutreachError::field("introduction", "Say what it is about and what there is to win."));
    }
    check_rules(&draft.rules)?;
    if !(0..=99).contains(&draft.minimum_age) {
        return Err(OutreachError::field("minimum_age", "Give an age up to 99, or 0 for any."));
    }
    if !(1..=1000).contains(&draft.places) {
        return Err(OutreachError::field("places", "Let 1 to 1,000 win."));
    }
    let longest = std::time::Duration::from_secs(LONGEST_DAYS * DAY_SECONDS);
    if draft.closes_at <= draft.opens_at || draft.closes_at > draft.opens_at.plus(longest) {
        let sentence = "It closes after it opens, and at most 120 days later.";
        return Err(OutreachError::field("closes_at", sentence));
    }
    Ok(ContestDraft { title, ..draft })
}
