//! A reader says whether an article helped.

use super::{ArticleError, Knowledgebase, Library, Placed, store};

impl Knowledgebase {
    /// Counts that an article helped, or did not; who says so is not stored. Gives the address of the article.
    ///
    /// # Errors
    /// [`ArticleError::NotFound`] for one that the reader does not see.
    pub async fn count_vote(&self, slug: &str, visitor: bool, helped: bool) -> Result<String, ArticleError> {
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
