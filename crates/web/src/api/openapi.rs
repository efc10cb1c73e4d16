//! The OpenAPI document (3.1), made from what was declared.

use serde_json::{Map, Value, json};

use super::describe::Described;
use super::repeat;
use crate::routes::Permission;

/// Whose programs a document is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Those of customers.
    Customers,
    /// Those of the house.
    Staff,
}

impl Audience {
    const fn says(self) -> &'static str {
        match self {
            Audience::Customers => {
                "What the Customer Center does, for programs. A token is made in the Customer Center and sent as \
                 `Authorization: Bearer …`."
            }
            Audience::Staff => {
                "What the console does with money, orders and the catalogue, for the house's own programs. A token is made in \
                 the console and sent as `Authorization: Bearer …`."
            }
        }
    }
}

/// The document.
pub fn document(
    described: &[Described],
    schemas: Map<String, Value>,
    title: &str,
    server: &str,
    audience: Audience,
) -> Value {
    let mut paths = Map::new();
    for one in described {
        let entry = paths.entry(one.operation.path).or_insert_with(|| json!({}));
        if let Some(methods) = entry.as_object_mut() {
            methods.insert(one.method.as_str().to_ascii_lowercase(), operation(one));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": "1",
            "description": audience.says(),
        },
        "servers": [{ "url": server }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

fn operation(one: &Described) -> Value {
    let operation = &one.operation;
    let mut success = json!({ "description": "Done." });
    match &one.gives {
        Some(schema) => success["content"] = json!({ one.media: { "schema": schema } }),
        None if one.status.as_u16() == 200 => success["content"] = json!({ one.media: {} }),
        None => {}
    }
    let problem = json!({ "$ref": "#/components/schemas/Problem" });
    let mut out = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "tags": [one.tag],
        "parameters": parameters(one),
        "responses": {
            one.status.as_str(): success,
            "default": {
                "description": "Why it was not done.",
                "content": { "application/problem+json": { "schema": problem } },
            },
        },
    });
    match operation.permission {
        Permission::Api(scope, _) => out["security"] = json!([{ "token": [scope.word()] }]),
        Permission::StaffApi(permission) => {
            out["security"] = json!([{ "token": [permission.word().map_or("", |word| word.word())] }]);
        }
        _ => out["security"] = json!([]),
    }
    if let Some(schema) = &one.takes {
        out["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    out
}

fn parameters(one: &Described) -> Vec<Value> {
    let text = json!({ "type": "string" });
    let names = one.operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut parameters: Vec<Value> =
        names.map(|name| json!({ "name": name, "in": "path", "required": true, "schema": text })).collect();
    let mut query = |name: &str, meaning: &str, schema: &Value| {
        parameters.push(json!({ "name": name, "in": "query", "description": meaning, "schema": schema }));
    };
    if matches!(one.operation.permission, Permission::Api(_, roles) if !roles.is_empty()) {
        query("customer", "For which customer; needed by who is a contact of several.", &text);
    }
    if one.paged {
        query("cursor", "Where the page begins: `next_cursor` of the page before.", &text);
        let schema = json!({ "type": "integer", "minimum": 1, "maximum": 200, "default": 50 });
        query("limit", "The most entries of the page.", &schema);
    }
    if one.makes {
        parameters.push(json!({
            "name": repeat::HEADER,
            "in": "header",
            "description": "Names the request, so that sent again within 24 hours it makes nothing twice.",
            "schema": { "type": "string", "maxLength": 255 },
        }));
    }
    parameters
}
