//! Qualified discounts and exemptions from tax: for non-profit, government and education, and for whoever owes no tax. Off
//! until a named person approved the evidence; dated; revocable (BUSINESS-RULES 14).

use jiff::civil::Date;
use mailkeep_policy::{Act, Actor, Fact, Personal, Place, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_types::{CustomerId, PersonId, SessionId, StaffId, Timestamp, new_uuid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Reduction, store};
use crate::commerce::{Commerce, local_date};
use crate::config::ConfigProblem;
use crate::error::CommerceError;
use crate::taxes::Exemption;
use crate::totals::{DiscountBy, TaxRate};

/// What a customer can qualify as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QualifiedAs {
    /// A non-profit organisation.
    NonProfit,
    /// A government body.
    Government,
    /// A school or university.
    Education,
    /// Somebody who owes no tax.
    TaxExempt,
}

impl QualifiedAs {
    /// Every kind.
    pub const ALL: [QualifiedAs; 4] =
        [QualifiedAs::NonProfit, QualifiedAs::Government, QualifiedAs::Education, QualifiedAs::TaxExempt];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            QualifiedAs::NonProfit => "non_profit",
            QualifiedAs::Government => "government",
            QualifiedAs::Education => "education",
            QualifiedAs::TaxExempt => "tax_exempt",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        QualifiedAs::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// As a bill names it.
    pub const fn on_bill(self) -> &'static str {
        match self {
            QualifiedAs::NonProfit => "Non-profit discount",
            QualifiedAs::Government => "Government discount",
            QualifiedAs::Education => "Education discount",
            QualifiedAs::TaxExempt => "Tax exempt",
        }
    }
}

/// What is taken off for whom, once it is approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct QualifiedConfig {
    /// In percent, for non-profit organisations; `"0"` for none.
    pub non_profit: String,
    /// In percent, for government bodies.
    pub government: String,
    /// In percent, for schools and universities.
    pub education: String,
    /// For how many days an approval holds when nothing else is said.
    pub days: u16,
}

impl Default for QualifiedConfig {
    fn default() -> Self {
        let none = || "0".to_owned();
        QualifiedConfig { non_profit: none(), government: none(), education: none(), days: 365 }
    }
}

impl QualifiedConfig {
    /// The percentage for a kind; zero for what is no discount.
    pub fn percent(&self, kind: QualifiedAs) -> TaxRate {
        let text = match kind {
            QualifiedAs::NonProfit => &self.non_profit,
            QualifiedAs::Government => &self.government,
            QualifiedAs::Education => &self.education,
            QualifiedAs::TaxExempt => return TaxRate::ZERO,
        };
        TaxRate::parse_percent(text).unwrap_or(TaxRate::ZERO)
    }

    pub(crate) fn check(&self) -> Vec<ConfigProblem> {
        [("non_profit", &self.non_profit), ("government", &self.government), ("education", &self.education)]
            .into_iter()
            .filter(|(_, text)| TaxRate::parse_percent(text).is_none())
            .map(|(key, _)| {
                let message = "write a percentage from 0 to 100, such as \"25\"";
                ConfigProblem::at(format!("commerce.qualified.{key}"), message)
            })
            .collect()
    }
}

/// An approval, without its evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualification {
    /// Its identifier.
    pub id: Uuid,
    /// Whose it is.
    pub customer: CustomerId,
    /// As what.
    pub kind: QualifiedAs,
    /// The first day.
    pub from: Date,
    /// The day after the last.
    pub until: Date,
    /// Who approved the evidence.
    pub approved_by: StaffId,
    /// When.
    pub approved_at: Timestamp,
    /// Who revoked it, and when.
    pub revoked: Option<(StaffId, Timestamp)>,
}

impl Qualification {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, on: Date) -> bool {
        self.revoked.is_none() && self.from <= on && on < self.until
    }
}

/// An approval to be written.
#[derive(Debug, Clone)]
pub struct Approval {
    /// Whose.
    pub customer: CustomerId,
    /// As what.
    pub kind: QualifiedAs,
    /// The document that was looked at: what it is, of whom, its number and date.
    pub evidence: String,
    /// The last day; the usual term when `None`.
    pub last: Option<Date>,
}

fn place(id: Uuid) -> Place {
    Place { table: "qualifications", column: "evidence", row: id }
}

impl Commerce {
    /// Approves that a customer qualifies, on evidence that the member of staff has looked at. It holds from today.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] naming the field that does not fit.
    pub async fn approve_qualification(
        &self,
        staff: StaffId,
        approval: Approval,
    ) -> Result<Uuid, CommerceError> {
        let config = self.config();
        let today = local_date(self.clock().now(), &config.time_zone);
        let evidence = approval.evidence.trim();
        if !(10..=500).contains(&evidence.chars().count()) {
            let message =
                "name the document that you looked at, its number and its date, in 10 to 500 characters";
            return Err(CommerceError::invalid("evidence", message));
        }
        let usual = jiff::Span::new().days(i64::from(config.qualified.days));
        let until = match approval.last {
            Some(last) => last.tomorrow().unwrap_or(last),
            None => today.checked_add(usual).unwrap_or(today),
        };
        if until <= today {
            return Err(CommerceError::invalid("last", "the last day has passed already"));
        }
        let (id, customer, kind) = (new_uuid(&**self.clock()), approval.customer, approval.kind);
        let subject = Subject::customer(customer);
        self.policy().create_key(subject).await?;
        let evidence: Personal<_, category::BillingAddress> = Personal::new(evidence.to_owned());
        let sealed = self.policy().seal(subject, place(id), &evidence)?.into_bytes();
        self.write(move |tx| {
            let held = store::qualifications(tx, customer)?;
            if held.iter().any(|known| known.kind == kind && known.holds_on(today)) {
                return Err(CommerceError::Staff(
                    "this is approved already; revoke it first to approve it anew".to_owned(),
                ));
            }
            let new = Qualification {
                id,
                customer,
                kind,
                from: today,
                until,
                approved_by: staff,
                approved_at: tx.now(),
                revoked: None,
            };
            store::insert_qualification(tx, &new, &sealed)?;
            Ok(id)
        })
        .await
    }

    /// Revokes an approval: from now on nothing is taken off for it. What was billed stays.
    pub async fn revoke_qualification(
        &self,
        staff: StaffId,
        customer: CustomerId,
        id: Uuid,
    ) -> Result<(), CommerceError> {
        self.write(move |tx| match store::revoke_qualification(tx, customer, id, staff)? {
            true => Ok(()),
            false => Err(CommerceError::Staff("this is revoked already, or never was".to_owned())),
        })
        .await
    }

    /// A customer's approvals, newest first, without their evidence.
    pub async fn list_qualifications(
        &self,
        customer: CustomerId,
    ) -> Result<Vec<Qualification>, CommerceError> {
        self.read(move |tx| store::qualifications(tx, customer)).await
    }

    /// The approvals with their evidence, for a contact of the customer.
    ///
    /// # Errors
    /// [`CommerceError::Refused`] when the session is not one of a contact of the customer.
    pub async fn open_qualifications(
        &self,
        person: PersonId,
        session: SessionId,
        customer: CustomerId,
    ) -> Result<Vec<(Qualification, Shown<String>)>, CommerceError> {
        let held = self.list_qualifications(customer).await?;
        if held.is_empty() {
            return Ok(Vec::new());
        }
        let grant = self
            .policy()
            .grant::<purpose::Prefill>(Use {
                actor: Actor::Person(person),
                subject: Subject::customer(customer),
                act: Act::Read,
                fields: &["qualifications.evidence"],
                fact: Fact::OwnSession(session),
            })
            .await?;
        let mut opened = Vec::with_capacity(held.len());
        for one in held {
            let id = one.id;
            let sealed = self.read(move |tx| Ok(store::evidence(tx, id)?)).await?;
            let sealed = Sealed::<String, category::BillingAddress>::from_bytes(sealed);
            opened.push((one, self.policy().show(&grant, place(id), &sealed)?));
        }
        Ok(opened)
    }
}

/// What a customer's approvals take off on a day, and the exemption that holds.
pub(crate) fn in_force(
    held: &[Qualification],
    on: Date,
    config: &QualifiedConfig,
) -> (Vec<Reduction>, Option<Exemption>) {
    let holding = || held.iter().filter(|one| one.holds_on(on));
    let reductions = holding()
        .map(|one| (one.kind, config.percent(one.kind)))
        .filter(|(_, percent)| percent.0 > 0)
        .map(|(kind, percent)| Reduction {
            name: kind.on_bill().to_owned(),
            by: DiscountBy::Share(percent.ratio()),
            plans: None,
        })
        .collect();
    let exempt = holding().any(|one| one.kind == QualifiedAs::TaxExempt);
    (reductions, exempt.then(|| Exemption { reason: QualifiedAs::TaxExempt.on_bill().to_owned() }))
}
