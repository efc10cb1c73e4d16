//! A step is taken, confirmed, or taken back.

use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, StaffId, Timestamp};

use super::{About, DAY, EndCause, Ended, Rung, Step, StepCause, store};
use crate::sending::Guard;

/// A step to be taken.
#[derive(Debug, Clone)]
pub struct NewStep {
    /// Whose.
    pub customer: CustomerId,
    /// Whom it is about.
    pub about: About,
    /// How far it goes.
    pub rung: Rung,
    /// Why.
    pub why: StepCause,
    /// For how many days; until a person ends it where none are given.
    pub days: Option<u16>,
    /// Who of staff decides; nobody where the guard does.
    pub by: Option<StaffId>,
}

/// Why a step could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum LadderError {
    /// The database failed.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// It is of no such kind: whom it is about, how long it lasts or who decides does not fit how far it goes.
    #[error("such a step cannot be taken")]
    Unfit,
    /// The same was done before and is in force.
    #[error("the same step is in force already")]
    Already,
    /// It has ended meanwhile, or there is none.
    #[error("this step has ended")]
    Ended,
    /// Whoever wished for a termination cannot confirm it as well.
    #[error("another member of staff has to confirm it")]
    OwnWish,
}

impl NewStep {
    /// Whom it is about, how long it lasts and who decides fit how far it goes.
    fn fits(&self) -> bool {
        let party = matches!(self.about, About::Customer | About::Mailbox(_));
        match self.rung {
            Rung::Hold => false,
            Rung::Throttle => party && self.days.is_some(),
            Rung::Lock => party,
            Rung::Suspend => matches!(self.about, About::Domain(_)) && self.by.is_some(),
            Rung::Terminate => self.about == About::Customer && self.days.is_none() && self.by.is_some(),
        }
    }

    /// Takes it, in the caller's transaction.
    pub(crate) fn take(&self, tx: &mut Tx<'_>) -> Result<i64, LadderError> {
        if !self.fits() {
            return Err(LadderError::Unfit);
        }
        let same = |step: &Step| step.rung == self.rung && step.about == self.about;
        if store::open(tx, self.customer)?.iter().any(same) {
            return Err(LadderError::Already);
        }
        let until = self.days.map(|days| tx.now().plus(Duration::saturating_mul(DAY, u32::from(days))));
        Ok(store::insert(tx, self, until)?)
    }
}

impl Guard {
    /// Takes a step; gives its number among those of the customer.
    ///
    /// # Errors
    /// [`LadderError::Unfit`], [`LadderError::Already`], or a failure of the database.
    pub async fn take_step(&self, new: NewStep) -> Result<i64, LadderError> {
        self.0.db.write(move |tx| new.take(tx)).await
    }

    /// Another member of staff confirms a termination.
    ///
    /// # Errors
    /// [`LadderError::OwnWish`], [`LadderError::Ended`], or a failure of the database.
    pub async fn confirm_termination(
        &self,
        customer: CustomerId,
        number: i64,
        by: StaffId,
    ) -> Result<(), LadderError> {
        let write = self.0.db.write(move |tx| {
            let step = store::find(tx, customer, number)?;
            let open = |step: &Step| step.rung == Rung::Terminate && step.ended.is_none();
            let step = step.filter(open).ok_or(LadderError::Ended)?;
            match (step.staff == Some(by), step.confirmed_by) {
                (_, Some(_)) => Ok(()),
                (true, None) => Err(LadderError::OwnWish),
                (false, None) => Ok(store::confirm(tx, customer, number, by)?),
            }
        });
        write.await
    }

    /// Takes a step back; gives it as it was.
    ///
    /// # Errors
    /// [`LadderError::Ended`] or a failure of the database.
    pub async fn lift_step(
        &self,
        customer: CustomerId,
        number: i64,
        why: EndCause,
        by: StaffId,
    ) -> Result<Step, LadderError> {
        let write = self.0.db.write(move |tx| {
            let (now, step) = (tx.now(), store::find(tx, customer, number)?);
            let step = step.filter(|step| step.is_open(now)).ok_or(LadderError::Ended)?;
            store::end(tx, &step, Ended { at: now, by: Some(by), why })?;
            Ok(step)
        });
        write.await
    }

    /// Ends what lasted until a time that is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_steps_in_time(&self) -> Result<(), SqlError> {
        self.0.db.write(end_in_time).await
    }
}

fn end_in_time(tx: &mut Tx<'_>) -> Result<(), SqlError> {
    for step in store::over(tx)? {
        let at = step.until.unwrap_or(Timestamp::NEVER);
        store::end(tx, &step, Ended { at, by: None, why: EndCause::Time })?;
    }
    Ok(())
}
