//! The sandbox's own page: what it shows, and what the payer does on it.

use data_encoding::BASE64URL_NOPAD;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{Money, new_uuid};
use sha2::{Digest, Sha256};

use super::store::{self, Session};
use super::{CallError, PageRequest, Sandbox, Scenario, answer, outage};

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The amount that is asked for.
    pub amount: Money,
    /// What it is for.
    pub description: String,
    /// Whether the card is kept for renewals.
    pub keep_card: bool,
    /// What the payer is to do now.
    pub step: Step,
}

/// What the payer is to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Choose a scenario of [`Scenario::ALL`].
    Choose,
    /// Confirm or deny, as a bank would ask (3-D Secure).
    Challenge,
    /// Go back to the shop, at this address.
    Return(String),
}

impl Sandbox {
    pub(super) async fn open_session(&self, request: PageRequest) -> Result<String, CallError> {
        let mut random = [0u8; 24];
        getrandom::fill(&mut random).map_err(|error| CallError::Refused(error.to_string()))?;
        let token = BASE64URL_NOPAD.encode(&random);
        let hash = hash(&token);
        let session = Session {
            attempt: request.attempt,
            amount: request.amount,
            description: request.description,
            return_url: request.return_url,
            keep_card: request.keep_card,
            state: "open".to_owned(),
        };
        let opened = self.db.write(move |tx| {
            if store::given_to(tx, session.attempt)?.is_some() {
                return Ok::<_, SqlError>(false);
            }
            // A page that was opened before for this key gives way to the new one.
            store::delete_session_of(tx, session.attempt)?;
            store::insert_session(tx, &hash, &session)?;
            Ok(true)
        });
        match opened.await.map_err(outage)? {
            true => Ok(format!("{}/{token}", self.page_base)),
            false => Err(CallError::Refused("this payment was answered already".to_owned())),
        }
    }

    /// The page behind a token; `None` when there is none.
    ///
    /// # Errors
    /// [`CallError::Unknown`] when the sandbox's database fails.
    pub async fn page(&self, token: &str) -> Result<Option<Page>, CallError> {
        let hash = hash(token);
        let session = self.db.read(move |tx| store::session(tx, &hash)).await.map_err(outage)?;
        Ok(session.map(as_page))
    }

    /// The payer chose what their bank will do.
    ///
    /// # Errors
    /// [`CallError::Unknown`] when the sandbox's database fails.
    pub async fn choose(&self, token: &str, scenario: Scenario) -> Result<Option<Page>, CallError> {
        let clock = self.clock().clone();
        self.act(token, move |tx, session| match (session.state.as_str(), scenario) {
            ("open", Scenario::Challenge) => store::set_session_state(tx, session.attempt, "challenge"),
            ("open", _) => authorise(tx, &*clock, session, scenario, true),
            _ => Ok(()),
        })
        .await
    }

    /// The payer confirmed or denied the payment when their bank asked.
    ///
    /// # Errors
    /// [`CallError::Unknown`] when the sandbox's database fails.
    pub async fn answer_challenge(&self, token: &str, confirmed: bool) -> Result<Option<Page>, CallError> {
        let clock = self.clock().clone();
        self.act(token, move |tx, session| match session.state.as_str() {
            "challenge" => authorise(tx, &*clock, session, Scenario::Challenge, confirmed),
            _ => Ok(()),
        })
        .await
    }

    async fn act<F>(&self, token: &str, act: F) -> Result<Option<Page>, CallError>
    where
        F: Fn(&mut Tx<'_>, &Session) -> Result<(), SqlError> + Send + 'static,
    {
        let hash = hash(token);
        let session = self.db.write(move |tx| {
            let Some(session) = store::session(tx, &hash)? else { return Ok::<_, SqlError>(None) };
            act(tx, &session)?;
            store::session(tx, &hash)
        });
        Ok(session.await.map_err(outage)?.map(as_page))
    }
}

fn authorise(
    tx: &mut Tx<'_>,
    clock: &dyn mailkeep_types::Clock,
    session: &Session,
    scenario: Scenario,
    confirmed: bool,
) -> Result<(), SqlError> {
    let outcome = match scenario {
        Scenario::DeclineSoft => "soft",
        Scenario::DeclineHard => "hard",
        _ if confirmed => "succeeded",
        _ => "soft",
    };
    let card =
        (session.keep_card && outcome == "succeeded").then(|| format!("card_{}", new_uuid(clock).simple()));
    if let Some(token) = &card {
        store::insert_card(tx, token, scenario)?;
    }
    answer::give_authorisation(tx, clock, session.attempt, scenario, session.amount, outcome, card)?;
    store::set_session_state(tx, session.attempt, "done")
}

fn as_page(session: Session) -> Page {
    let step = match session.state.as_str() {
        "open" => Step::Choose,
        "challenge" => Step::Challenge,
        _ => Step::Return(session.return_url),
    };
    Page { amount: session.amount, description: session.description, keep_card: session.keep_card, step }
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
