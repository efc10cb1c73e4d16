//! The form of an article's file: lines of `name: value` between two lines of `---`, then Markdown.

use super::super::Audience;

/// An article as its file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shipped {
    pub language: String,
    /// The name of its file, the same in every language.
    pub name: String,
    pub title: String,
    pub slug: String,
    pub summary: String,
    pub keywords: String,
    pub category: String,
    pub audience: Audience,
    /// The names of articles that its readers may want.
    pub related: Vec<String>,
    pub body: String,
}

/// Reads a file.
///
/// # Errors
/// In words.
pub(super) fn parse(language: &str, name: &str, text: &str) -> Result<Shipped, String> {
    let front = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    let (front, body) = front.ok_or("does not begin with lines between “---”")?;
    let mut shipped = Shipped {
        language: language.to_owned(),
        name: name.to_owned(),
        title: String::new(),
        slug: name.to_owned(),
        summary: String::new(),
        keywords: String::new(),
        category: String::new(),
        audience: Audience::Public,
        related: Vec::new(),
        body: body.trim().to_owned(),
    };
    for line in front.lines() {
        let (key, value) = line.split_once(": ").ok_or_else(|| format!("“{line}” is no “name: value”"))?;
        let value = value.trim().to_owned();
        match key {
            "title" => shipped.title = value,
            "slug" => shipped.slug = value,
            "summary" => shipped.summary = value,
            "keywords" => shipped.keywords = value,
            "category" => shipped.category = value,
            "audience" => {
                shipped.audience =
                    Audience::from_word(&value).ok_or_else(|| format!("there is no audience “{value}”"))?;
            }
            "related" => shipped.related = value.split(", ").map(str::to_owned).collect(),
            other => return Err(format!("there is no “{other}”")),
        }
    }
    if shipped.title.is_empty() || shipped.summary.is_empty() || shipped.body.is_empty() {
        return Err("needs title, summary and text".to_owned());
    }
    Ok(shipped)
}
