//! What is done with an article besides writing it: review, publishing, retiring, and saying that it still holds.

use std::time::Duration;

use mailkeep_storage::sql::Tx;
use mailkeep_types::{ArticleTextId, Timestamp};

use super::{ArticleError, ArticleState, Knowledgebase, Move, Text, store};

/// After so long somebody has to look whether an article still holds.
const HOLDS_FOR: Duration = Duration::from_secs(365 * 86_400);

/// When an article that is good now has to be looked at again.
pub(super) fn review_after(now: Timestamp) -> Timestamp {
    now.plus(HOLDS_FOR)
}

impl Knowledgebase {
    /// Makes a move that adds no words.
    ///
    /// # Errors
    /// [`ArticleError::NotFound`]; [`ArticleError::State`] when it cannot be made from where the article stands.
    pub async fn move_article(&self, id: ArticleTextId, act: Move) -> Result<(), ArticleError> {
        self.db()
            .write(move |tx| -> Result<(), ArticleError> {
                let mut text = store::text(tx, id)?.ok_or(ArticleError::NotFound)?;
                make(tx, &mut text, act)?;
                store::put_text(tx, &text)?;
                Ok(store::count_change(tx)?)
            })
            .await?;
        self.forget();
        Ok(())
    }

    /// Says that a published article still holds: it has not to be looked at for a year.
    ///
    /// # Errors
    /// [`ArticleError::NotFound`]; [`ArticleError::State`] for one that nobody reads.
    pub async fn confirm_article(&self, id: ArticleTextId) -> Result<(), ArticleError> {
        self.db()
            .write(move |tx| -> Result<(), ArticleError> {
                let text = store::text(tx, id)?.ok_or(ArticleError::NotFound)?;
                if text.published.is_none() {
                    return Err(ArticleError::state("Readers do not see it; there is nothing to confirm."));
                }
                let at = review_after(tx.now());
                Ok(store::set_review(tx, id, at)?)
            })
            .await
    }
}

fn make(tx: &mut Tx<'_>, text: &mut Text, act: Move) -> Result<(), ArticleError> {
    let to = text.state.after(act).filter(|_| act != Move::Write);
    text.state = to.ok_or_else(|| {
        ArticleError::state(match text.state {
            ArticleState::Draft => "It is a draft; give it to review first.",
            ArticleState::InReview => "It is in review by now.",
            ArticleState::Published => "It is published by now.",
            ArticleState::Retired => "It is retired by now; write a new revision to bring it back.",
        })
    })?;
    match act {
        Move::Publish => {
            text.published = Some(text.newest);
            text.published_at = text.published_at.or_else(|| Some(tx.now()));
            text.review_at = Some(review_after(tx.now()));
            text.shipped_newer = false;
        }
        Move::Retire => {
            text.published = None;
            text.review_at = None;
        }
        Move::Write | Move::Submit | Move::Return => {}
    }
    Ok(())
}
