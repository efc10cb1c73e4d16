//! Staff arrange the categories.

use std::collections::BTreeMap;

use mailkeep_types::ArticleCategoryId;

use super::{ArticleError, Category, Knowledgebase, LANGUAGES, source, store};

const MAX_NAME: usize = 60;

/// A category as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CategoryDraft {
    /// Its names; that in the first language is needed.
    pub names: BTreeMap<String, String>,
    /// Its address; made of the name where it is empty.
    pub slug: String,
    /// The category in which it lies.
    pub parent: Option<ArticleCategoryId>,
    /// Its place, the lowest first.
    pub position: i64,
}

impl Knowledgebase {
    /// Adds a category, or changes one.
    ///
    /// # Errors
    /// [`ArticleError::Field`] for `name`, `slug` and `parent`; [`ArticleError::NotFound`].
    pub async fn put_category(
        &self,
        id: Option<ArticleCategoryId>,
        draft: CategoryDraft,
    ) -> Result<ArticleCategoryId, ArticleError> {
        let names: BTreeMap<String, String> = draft
            .names
            .into_iter()
            .map(|(language, name)| (language, name.trim().to_owned()))
            .filter(|(language, name)| LANGUAGES.contains(&language.as_str()) && !name.is_empty())
            .collect();
        let first = names.get(LANGUAGES[0]).cloned().unwrap_or_default();
        let fits = |name: &String| name.chars().count() <= MAX_NAME && !name.chars().any(char::is_control);
        if first.is_empty() || !names.values().all(fits) {
            return Err(ArticleError::field("name", "Write a name of at most 60 letters."));
        }
        let slug =
            if draft.slug.trim().is_empty() { source::slug_of(&first) } else { draft.slug.trim().to_owned() };
        if !source::is_slug(&slug) {
            let sentence = "Use small letters without accents, digits and hyphens, at most 80.";
            return Err(ArticleError::field("slug", sentence));
        }
        let fresh = ArticleCategoryId::new(&**self.policy().clock());
        let category =
            Category { id: id.unwrap_or(fresh), parent: draft.parent, slug, names, position: draft.position };
        let put = self.db().write(move |tx| -> Result<ArticleCategoryId, ArticleError> {
            let all = store::categories(tx)?;
            if id.is_some_and(|id| !all.iter().any(|one| one.id == id)) {
                return Err(ArticleError::NotFound);
            }
            if all.iter().any(|one| one.slug == category.slug && one.id != category.id) {
                return Err(ArticleError::field("slug", "Another category has this address."));
            }
            if let Some(parent) = category.parent {
                let is_top = all.iter().any(|one| one.id == parent && one.parent.is_none());
                let is_parent = all.iter().any(|one| one.parent == Some(category.id));
                if !is_top || is_parent || parent == category.id {
                    return Err(ArticleError::field("parent", "Categories lie at most one within another."));
                }
            }
            store::put_category(tx, &category)?;
            store::count_change(tx)?;
            Ok(category.id)
        });
        let id = put.await?;
        self.forget();
        Ok(id)
    }

    /// Takes an empty category away.
    ///
    /// # Errors
    /// [`ArticleError::State`] while articles or categories lie in it.
    pub async fn remove_category(&self, id: ArticleCategoryId) -> Result<(), ArticleError> {
        self.db()
            .write(move |tx| -> Result<(), ArticleError> {
                if store::is_used(tx, id)? {
                    return Err(ArticleError::state("Something lies in it; move that first."));
                }
                store::delete_category(tx, id)?;
                Ok(store::count_change(tx)?)
            })
            .await?;
        self.forget();
        Ok(())
    }
}
