//! Somebody enters, once: by their sign-in, or by a link to a confirmed address.

use mailkeep_identity::ContactRole;
use mailkeep_identity::customers::customers_with_role;
use mailkeep_policy::outbound::{Channel, MessageClass, Notice};
use mailkeep_policy::{KeyError, Personal, PolicyError, Subject, category, synthetic};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{ContestId, EmailAddress, new_uuid};
use serde_json::json;

use super::proof::fresh_number;
use super::{Contest, ContestState, ENTER, Eligibility, TOPIC, number_hash, number_place, store};
use crate::subscribers::email_hash;
use crate::{Outreach, OutreachError, subscribers};

/// What stands before the number of a contest in the secret of a link.
const LINK: &str = "contest:";

/// What somebody says who enters.
#[derive(Debug, Clone)]
pub struct Entering {
    /// The version of the rules that they accepted.
    pub rules_version: i64,
    /// Whether they say that they are old enough.
    pub old_enough: bool,
    /// The language in which they are written to.
    pub language: String,
}

/// How somebody stands to a contest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    /// They may enter.
    May,
    /// They did.
    Did,
    /// It is not for them.
    NotEligible,
}

impl Outreach {
    /// How somebody stands to a contest.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stands_to_contest(
        &self,
        contest: &Contest,
        subject: Subject,
    ) -> Result<Entered, OutreachError> {
        let (this, contest) = (self.clone(), contest.clone());
        Ok(self.db().read(move |tx| this.stands(tx, &contest, subject)).await?)
    }

    fn stands(&self, tx: &mut Tx<'_>, contest: &Contest, subject: Subject) -> Result<Entered, SqlError> {
        if store::has_entered(tx, contest.id, subject)? {
            return Ok(Entered::Did);
        }
        let eligible = match contest.eligibility {
            Eligibility::Customers => self.is_served(tx, subject)?,
            Eligibility::Subscribers => self.policy().outbound().may_reach(
                tx,
                subject,
                MessageClass::Marketing,
                TOPIC,
                Channel::Email,
            )?,
        };
        Ok(if eligible && !synthetic::is_synthetic(tx, subject)? {
            Entered::May
        } else {
            Entered::NotEligible
        })
    }

    /// Whether somebody acts for a customer who has something that runs.
    fn is_served(&self, tx: &mut Tx<'_>, subject: Subject) -> Result<bool, SqlError> {
        let Subject::Person(person) = subject else { return Ok(false) };
        for customer in customers_with_role(tx, person, ContactRole::ALL)? {
            if self.serves(tx, customer)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Enters somebody.
    ///
    /// # Errors
    /// [`OutreachError::State`] when nobody can enter, or they cannot, or did; [`OutreachError::Field`] for `age`, and for `rules`
    /// that were changed meanwhile.
    pub async fn enter_contest(
        &self,
        id: ContestId,
        subject: Subject,
        entering: Entering,
    ) -> Result<(), OutreachError> {
        let (this, entry) = (self.clone(), new_uuid(&**self.policy().clock()));
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                let contest = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
                if contest.state(tx.now()) != ContestState::Open {
                    return Err(OutreachError::state("Nobody can enter now."));
                }
                match this.stands(tx, &contest, subject)? {
                    Entered::May => {}
                    Entered::Did => return Err(OutreachError::state("You have entered already.")),
                    Entered::NotEligible => return Err(OutreachError::state("This contest is not for you.")),
                }
                if entering.rules_version != contest.rules_version {
                    return Err(OutreachError::field(
                        "rules",
                        "The rules were changed meanwhile; read them again.",
                    ));
                }
                if contest.minimum_age > 0 && !entering.old_enough {
                    return Err(OutreachError::field("age", "Say that you are old enough."));
                }
                let policy = this.policy();
                let address = policy.reach_of(tx, subject, Channel::Email)?;
                let address =
                    address.ok_or_else(|| OutreachError::state("There is no address to write to."))?;
                if store::has_address(tx, id, &address)? {
                    return Err(OutreachError::state("You have entered already."));
                }
                let number = fresh_number();
                let lookup = number_hash(policy, id, &number);
                let sealed: Personal<_, category::ContestEntry> = Personal::new(number.clone());
                let sealed = match policy.seal(subject, number_place(entry), &sealed) {
                    Err(PolicyError::Key(KeyError::Erased(_) | KeyError::Missing(_))) => {
                        return Err(OutreachError::LinkInvalid);
                    }
                    sealed => sealed?,
                };
                store::add_number(tx, id, &number)?;
                store::insert_entry(
                    tx,
                    &store::EntryRow {
                        id: entry,
                        contest: id,
                        subject,
                        address,
                        number: sealed.into_bytes(),
                        number_lookup: lookup,
                        rules_version: contest.rules_version,
                        age_stated: contest.minimum_age > 0,
                        language: entering.language.clone(),
                    },
                )?;
                Ok(())
            })
            .await
    }

    /// Sends the link by which somebody without an account enters a contest for those who chose to hear of them. Whether the
    /// address is known is not said.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for `email`, and [`OutreachError::TooMany`] for a network that asks too often.
    pub async fn ask_to_enter(
        &self,
        contest: &Contest,
        email: &str,
        language: &str,
        network: Option<&str>,
    ) -> Result<(), OutreachError> {
        let email = EmailAddress::parse(email).map_err(|_| {
            OutreachError::field("email", "Enter the e-mail address at which you hear of contests.")
        })?;
        self.admit(network)?;
        let (this, lookup) = (self.clone(), email_hash(self.policy(), &email));
        let (contest, language) = (contest.clone(), language.to_owned());
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                let Some(row) = subscribers::store::find_by_email(tx, &lookup)? else { return Ok(()) };
                let subject = Subject::subscriber(row.id);
                if contest.state(tx.now()) != ContestState::Open
                    || this.stands(tx, &contest, subject)? == Entered::NotEligible
                {
                    return Ok(());
                }
                // A second message comes no sooner than after ten minutes.
                let slot = tx.now().as_seconds() / 600;
                let token = this.policy().choice_token(subject, &format!("{LINK}{}", contest.id));
                let notice = Notice {
                    class: MessageClass::Account,
                    template: ENTER,
                    subject,
                    topic: None,
                    to: None,
                    unique_key: format!("{ENTER}:{}:{}:{slot}", contest.id, row.id),
                    context: json!({
                        "language": language,
                        "contest": contest.title,
                        "path": format!("/contests/{}?token={token}", contest.slug),
                    }),
                };
                this.policy().outbound().send(tx, &notice)?;
                Ok(())
            })
            .await
    }

    /// For whom the link to a contest is.
    pub fn read_contest_token(&self, contest: ContestId, token: &str) -> Option<Subject> {
        let (subject, about) = self.policy().read_choice_token(token)?;
        (about.strip_prefix(LINK)? == contest.to_string()).then_some(subject)
    }
}
