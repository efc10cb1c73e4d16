//! A reader says whether an article helped.

use super::{ArticleError, Knowledgebase, Library, Placed, store};

/// How often may be voted from a network within an hour.
const VOTES_PER_HOUR: u32 = 30;

impl Knowledgebase {
    /// Counts that an article helped, or did not; who says so is not stored. Gives the address of the article. `network`: from where
    /// it is said.
    ///
    /// # Errors
    /// [`ArticleError::NotFound`] for one that the reader does not see; [`ArticleError::TooMany`] when their network votes too often.
    pub async fn count_vote(
        &self,
        slug: &str,
        visitor: bool,
        helped: bool,
        network: Option<&str>,
    ) -> Result<String, ArticleError> {
        if network.is_some_and(|network| !self.voters().admit(self.policy(), network, VOTES_PER_HOUR)) {
            return Err(ArticleError::TooMany);
        }
        let library = self.library().await?;
        let (text, revision, slug) = voted(&library, slug, visitor).ok_or(ArticleError::NotFound)?;
        self.db().write(move |tx| store::vote(tx, text, revision, helped)).await?;
        Ok(slug)
    }
}

fn voted(
    library: &Library,
    slug: &str,
    visitor: bool,
) -> Option<(mailkeep_types::ArticleTextId, i64, String)> {
    let (Placed::Here(one) | Placed::Moved(one)) = library.at(slug, visitor)?;
    Some((one.text, one.revision, one.slug.clone()))
}
