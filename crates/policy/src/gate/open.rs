//! A gate that lets everybody through: no fact is looked up and nothing is recorded. What pages lose by the gate is
//! measured against it, see `bench/README.md`. Only `bench/run` builds it: the build script refuses the feature elsewhere,
//! and the program that has it does not start elsewhere.

use std::marker::PhantomData;
use std::sync::Arc;

use mailkeep_types::Timestamp;

use super::{Field, Gate, Grant, Refusal, Use};
use crate::error::StartError;
use crate::vocabulary::Purpose;

pub(super) const LETS_ALL_THROUGH: bool = true;

/// Refuses to start without the variable that `bench/run` sets.
pub(crate) fn check_place() -> Result<(), StartError> {
    match std::env::var_os("MAILKEEP_BENCH") {
        Some(_) => Ok(()),
        None => Err(StartError::OpenGate),
    }
}

impl Gate {
    pub(super) async fn let_through<P: Purpose>(
        &self,
        asked: Use<'_>,
        fields: Vec<Field>,
    ) -> Result<Grant<P>, Refusal> {
        Ok(Grant {
            notify: false,
            subject: asked.subject,
            actor: asked.actor,
            act: asked.act,
            fields,
            ends_at: Timestamp::NEVER,
            entry: None,
            keys: self.keys.get(asked.subject).await?,
            clock: Arc::clone(&self.clock),
            purpose: PhantomData,
        })
    }
}
