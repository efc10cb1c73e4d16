//! The categories: their order, names in each language, and which lies in which.

use std::collections::BTreeMap;

use mailkeep_helpdesk::articles::{ArticleError, Category, CategoryDraft, LANGUAGES};
use mailkeep_types::ArticleCategoryId;
use serde::Serialize;

use super::language_choices;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;

/// The categories.
#[derive(Debug, Serialize)]
pub struct CategoriesPage {
    /// Each with what stands in its form.
    pub categories: Vec<CategoryRow>,
    /// A new one.
    pub new: Form,
    /// Categories in which another may lie.
    pub parents: Vec<Choose>,
    /// The languages of names.
    pub languages: Vec<Choose>,
}

/// A category.
#[derive(Debug, Serialize)]
pub struct CategoryRow {
    /// Its number.
    pub id: String,
    /// Its name for the reader.
    pub name: String,
    /// Whether it lies in another.
    pub inner: bool,
    /// Its address.
    pub slug: String,
    /// What can be changed.
    pub form: Form,
}

impl Page for CategoriesPage {
    const TEMPLATE: &'static str = "console/articles/categories.html";

    fn samples() -> Vec<Self> {
        let row = |id: &str, name: &str, inner| CategoryRow {
            id: id.to_owned(),
            name: name.to_owned(),
            inner,
            slug: name.to_lowercase().replace(' ', "-"),
            form: Form::new().with("name_en", name).with("position", "1"),
        };
        let page = |categories, new| CategoriesPage {
            categories,
            new,
            parents: vec![Choose::new("", "–"), Choose::new("a", "Mail programs")],
            languages: language_choices(),
        };
        vec![
            page(vec![row("a", "Mail programs", false), row("b", "Phones", true)], Form::new()),
            page(Vec::new(), Form::new().wrong("name_en", msg("form-required"))),
        ]
    }
}

fn form_of(category: &Category) -> Form {
    let mut form = Form::new()
        .with("slug", category.slug.clone())
        .with("position", category.position.to_string())
        .with("parent", category.parent.map(|id| id.to_string()).unwrap_or_default());
    for (language, name) in &category.names {
        form = form.with(&format!("name_{language}"), name.clone());
    }
    form
}

/// The page; `refused` is a form that was not taken, of a category or of the new one.
async fn page(
    ctx: &Ctx,
    refused: Option<(Option<ArticleCategoryId>, Form)>,
) -> Result<CategoriesPage, WebError> {
    let all = ctx.state.articles.categories().await?;
    let (of, form) = refused.map_or((None, None), |(of, form)| (of, Some(form)));
    let tops: Vec<&Category> = all.iter().filter(|one| one.parent.is_none()).collect();
    let mut parents = vec![Choose::new("", "–")];
    parents.extend(tops.iter().map(|one| Choose::new(one.id.to_string(), one.name(&ctx.language))));
    let mut categories = Vec::new();
    for top in &tops {
        let inner = all.iter().filter(|one| one.parent == Some(top.id));
        for category in std::iter::once(*top).chain(inner) {
            let typed = form.clone().filter(|_| of == Some(category.id));
            categories.push(CategoryRow {
                id: category.id.to_string(),
                name: category.name(&ctx.language).to_owned(),
                inner: category.parent.is_some(),
                slug: category.slug.clone(),
                form: typed.unwrap_or_else(|| form_of(category)),
            });
        }
    }
    let new = form.filter(|_| of.is_none()).unwrap_or_default();
    Ok(CategoriesPage { categories, new, parents, languages: language_choices() })
}

/// `GET /console/articles/categories`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, None).await?;
    ctx.page(&page)
}

async fn put(ctx: &Ctx, id: Option<ArticleCategoryId>) -> Answer {
    let names: BTreeMap<String, String> = LANGUAGES
        .iter()
        .map(|language| ((*language).to_owned(), ctx.form.get(&format!("name_{language}")).to_owned()))
        .collect();
    let draft = CategoryDraft {
        names,
        slug: ctx.form.get("slug").to_owned(),
        parent: ctx.form.get("parent").parse().ok(),
        position: ctx.form.get("position").parse().unwrap_or(100),
    };
    match ctx.state.articles.put_category(id, draft).await {
        Ok(_) => ctx.done("/console/articles/categories", msg("category-saved")),
        Err(ArticleError::Field { field, sentence }) => {
            let mut form = Form::of(&ctx.form);
            let field = if field == "name" { "name_en" } else { field };
            form.refuse(field, msg("verbatim").with("text", sentence));
            let page = page(ctx, Some((id, form))).await?;
            ctx.refused(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/articles/categories`
pub async fn add(ctx: Ctx) -> Answer {
    put(&ctx, None).await
}

/// `POST /console/articles/categories/{article_category}`
pub async fn change(ctx: Ctx) -> Answer {
    let id = ctx.param("article_category")?;
    put(&ctx, Some(id)).await
}

/// `POST /console/articles/categories/{article_category}/remove`
pub async fn remove(ctx: Ctx) -> Answer {
    let at = "/console/articles/categories";
    match ctx.state.articles.remove_category(ctx.param("article_category")?).await {
        Ok(()) => ctx.done(at, msg("category-removed")),
        Err(ArticleError::State(sentence)) => ctx.sorry(at, msg("verbatim").with("text", sentence)),
        Err(error) => Err(error.into()),
    }
}
