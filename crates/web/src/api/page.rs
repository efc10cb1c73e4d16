//! The page that shows the API, made from its own description.

use serde::Serialize;
use serde_json::Value;

use super::problem::CODES;
use crate::messages::{Msg, msg};
use crate::page::Page;

/// The operations, by noun.
#[derive(Debug, Clone, Serialize)]
pub struct ApiPage {
    /// The nouns with their operations.
    pub tags: Vec<Tag>,
    /// How many requests a token may make in a minute.
    pub per_minute: u32,
    /// What can go wrong.
    pub problems: Vec<ProblemRow>,
}

/// A noun.
#[derive(Debug, Clone, Serialize)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// Its operations.
    pub operations: Vec<Shown>,
}

/// An operation.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// Its name in client libraries.
    pub id: String,
    /// In capitals.
    pub method: String,
    /// The path.
    pub path: String,
    /// One sentence.
    pub summary: String,
    /// The scope that a token needs; nothing where no token is needed.
    pub scope: Option<String>,
    /// What is sent: the fields with their meaning.
    pub fields: Vec<Field>,
}

/// A field of what is sent.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it says.
    pub text: String,
    /// Whether it must be there.
    pub required: bool,
}

/// A kind of problem.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemRow {
    /// Its code.
    pub code: &'static str,
    /// The HTTP status it comes with.
    pub status: u16,
    /// What it means.
    pub text: Msg,
}

impl ApiPage {
    /// Reads the OpenAPI document.
    pub fn of(document: &Value, per_minute: u32) -> Self {
        let mut tags: Vec<Tag> = Vec::new();
        let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
        for (path, methods) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in methods.as_object().into_iter().flatten() {
                let shown = Shown {
                    id: text(operation, "operationId"),
                    method: method.to_uppercase(),
                    path: path.clone(),
                    summary: text(operation, "summary"),
                    scope: operation["security"][0]["token"][0].as_str().map(str::to_owned),
                    fields: fields(document, operation),
                };
                let name = operation["tags"][0].as_str().unwrap_or_default();
                match tags.iter_mut().find(|tag| tag.name == name) {
                    Some(tag) => tag.operations.push(shown),
                    None => tags.push(Tag { name: name.to_owned(), operations: vec![shown] }),
                }
            }
        }
        ApiPage {
            tags,
            per_minute,
            problems: CODES.iter().map(|(code, status)| problem(code, *status)).collect(),
        }
    }
}

fn problem(code: &'static str, status: u16) -> ProblemRow {
    ProblemRow { code, status, text: Msg { id: format!("api-problem-{code}").into(), ..msg("verbatim") } }
}

fn fields(document: &Value, operation: &Value) -> Vec<Field> {
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let named = schema["$ref"].as_str().unwrap_or_default();
    let schema = &document["components"]["schemas"][named.rsplit('/').next().unwrap_or_default()];
    let required =
        |name: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, property)| Field {
            name: name.clone(),
            text: property["description"].as_str().unwrap_or_default().to_owned(),
            required: required(name),
        })
        .collect()
}

impl Page for ApiPage {
    const TEMPLATE: &'static str = "api/index.html";

    fn samples() -> Vec<Self> {
        let field = |name: &str, text: &str, required| Field {
            name: name.to_owned(),
            text: text.to_owned(),
            required,
        };
        let shown = |id: &str, method: &str, path: &str, summary: &str, fields| Shown {
            id: id.to_owned(),
            method: method.to_owned(),
            path: path.to_owned(),
            summary: summary.to_owned(),
            scope: Some("domains:read".to_owned()),
            fields,
        };
        let new = vec![field("domain", "Its name.", true), field("alias_of", "Another domain.", false)];
        let domains = Tag {
            name: "Domains".to_owned(),
            operations: vec![
                shown("listDomains", "GET", "/api/v1/domains", "The domains of the customer", Vec::new()),
                shown("addDomain", "POST", "/api/v1/domains", "Add a domain", new),
            ],
        };
        vec![ApiPage {
            tags: vec![domains],
            per_minute: 300,
            problems: vec![problem("not-found", 404), problem("refused", 409)],
        }]
    }
}
