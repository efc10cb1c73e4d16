//! The model that all nodes share: one of them learns, and the others read what it learnt.

use std::sync::Arc;
use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;

use super::{Lesson, Model, Vote, store};
use crate::sending::Guard;

/// So often a node looks for a newer model.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// The model as this node knows it.
#[derive(Debug, Default)]
pub(crate) struct Learnt {
    model: Arc<Model>,
    version: i64,
    looked_at: Option<Timestamp>,
}

/// What was taught.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taught {
    /// Lessons of wanted and of unwanted mail, these and those before.
    pub lessons: [u64; 2],
    /// How many were taken for unwanted before they were learnt from, and of how many there was an opinion: of wanted, of unwanted mail.
    pub taken: [[u64; 2]; 2],
}

/// Learns from `lessons` and stores what was learnt.
fn learn_in(
    tx: &mut Tx<'_>,
    model: Option<Model>,
    version: i64,
    lessons: &[Lesson],
) -> Result<Taught, SqlError> {
    let (mut model, mut taught) = (model.unwrap_or_default(), Taught::default());
    for lesson in lessons {
        let [wanted, unwanted] = &mut taught.taken;
        let [taken, of] = if lesson.unwanted { unwanted } else { wanted };
        if let Some(vote) = model.vote(&lesson.features) {
            *of += 1;
            *taken += u64::from(vote.unwanted);
        }
        model.learn(lesson);
    }
    store::put_model(tx, version + 1, &model.to_bytes())?;
    Ok(Taught { lessons: model.lessons(), ..taught })
}

/// An order that mixes wanted and unwanted mail and is the same for the same mails: many of one kind after the other teach badly.
fn mix(lessons: &mut [Lesson]) {
    lessons.sort_by_cached_key(|lesson| {
        lesson.features.iter().fold(17_u32, |hash, feature| (hash ^ feature).wrapping_mul(16_777_619))
    });
}

impl Guard {
    /// What the words say of a message; nothing while too little was learnt, or where the operator does not want it.
    pub(crate) async fn vote(&self, features: &[u32], now: Timestamp) -> Result<Option<Vote>, SqlError> {
        if !self.0.config.learns_from_content {
            return Ok(None);
        }
        Ok(self.model(now).await?.vote(features))
    }

    async fn model(&self, now: Timestamp) -> Result<Arc<Model>, SqlError> {
        let known = {
            let mut learnt = self.0.learnt.lock();
            let recent = learnt.looked_at.is_some_and(|at| now >= at && now.since(at) < LOOK_EVERY);
            if recent {
                return Ok(Arc::clone(&learnt.model));
            }
            learnt.looked_at = Some(now);
            learnt.version
        };
        let read = self.0.db.read(move |tx| match store::version(tx)? {
            version if version == known => Ok(None),
            _ => store::model(tx),
        });
        let found = read.await?;
        let mut learnt = self.0.learnt.lock();
        if let Some((version, model)) = found {
            if model.is_none() {
                tracing::warn!("what was learnt of unwanted words cannot be read, and is learnt anew");
            }
            learnt.version = version;
            learnt.model = Arc::new(model.unwrap_or_default());
        }
        Ok(Arc::clone(&learnt.model))
    }

    /// Learns from what is known by now of messages of the last days, where the operator wants it; gives from how many.
    ///
    /// # Errors
    /// When the database fails; nothing is lost.
    pub async fn learn(&self) -> Result<usize, SqlError> {
        if !self.0.config.learns_from_content {
            return Ok(0);
        }
        self.0.db.write(store::ripen).await?;
        let mut learnt = 0;
        loop {
            let wrote = self.0.db.write(|tx| {
                let lessons = store::take_lessons(tx)?;
                if !lessons.is_empty() {
                    let (version, model) = store::model(tx)?.unwrap_or_default();
                    learn_in(tx, model, version, &lessons)?;
                }
                Ok::<_, SqlError>(lessons.len())
            });
            match wrote.await? {
                0 => return Ok(learnt),
                more => learnt += more,
            }
        }
    }

    /// A message as a lesson.
    pub fn lesson(&self, message: &[u8], unwanted: bool) -> Lesson {
        Lesson { features: self.0.key.read(message).features, unwanted }
    }

    /// Learns from mail that somebody has sorted, such as the folders of an abuse desk, on top of what is known or, `anew`, in its
    /// place.
    ///
    /// # Errors
    /// When the database fails; nothing was learnt then.
    pub async fn learn_from(&self, mut lessons: Vec<Lesson>, anew: bool) -> Result<Taught, SqlError> {
        mix(&mut lessons);
        let write = self.0.db.write(move |tx| {
            let (version, model) = store::model(tx)?.unwrap_or_default();
            learn_in(tx, model.filter(|_| !anew), version, &lessons)
        });
        write.await
    }
}
