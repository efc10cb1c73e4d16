//! The reference of all keys, written from the doc comments of the configuration's types.

use std::fmt::Write as _;

use serde_json::Value;

use super::Config;

/// All keys as a Markdown page.
pub fn render_reference() -> String {
    let schema = schemars::schema_for!(Config).to_value();
    let mut out = String::from(
        "# Configuration\n\n\
         <!-- Written by `mailkeep config reference`; a test keeps it current. Do not edit. -->\n\n\
         One TOML file, by default `/etc/mailkeep/mailkeep.toml` (`--config` or `MAILKEEP_CONFIG` names another). Every key can be\n\
         set by the environment too: `MAILKEEP__SERVER__HOSTNAME` is `server.hostname`. `mailkeep config check` reads it all and\n\
         says what is wrong.\n",
    );
    let properties = schema["properties"].as_object().cloned().unwrap_or_default();
    for (section, property) in &properties {
        let description = text(property).or_else(|| text(resolve(&schema, property))).unwrap_or_default();
        let _ = write!(out, "\n## `[{section}]`\n\n{description}\n");
        section_table(&mut out, &schema, section, resolve(&schema, property));
    }
    out
}

fn text(value: &Value) -> Option<String> {
    value["description"].as_str().map(|d| d.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Follows `$ref`, also inside the `allOf` and `anyOf` that optional values are written with.
fn resolve<'a>(schema: &'a Value, value: &'a Value) -> &'a Value {
    if let Some(name) = value["$ref"].as_str().and_then(|r| r.strip_prefix("#/$defs/")) {
        return resolve(schema, &schema["$defs"][name]);
    }
    for combined in ["allOf", "anyOf"] {
        if let Some(first) = value[combined].as_array().and_then(|all| all.first()) {
            return resolve(schema, first);
        }
    }
    value
}

fn section_table(out: &mut String, schema: &Value, section: &str, value: &Value) {
    let Some(properties) = value["properties"].as_object() else { return };
    let mut nested = Vec::new();
    out.push_str("\n| key | kind | default | meaning |\n|---|---|---|---|\n");
    for (key, property) in properties {
        let target = resolve(schema, property);
        if target["properties"].is_object() {
            nested.push((key, target));
            continue;
        }
        let default = match property.get("default") {
            None if value["required"].as_array().is_some_and(|r| r.iter().any(|k| k == key)) => {
                "required".to_owned()
            }
            None | Some(Value::Null) => String::new(),
            Some(default) => format!("`{default}`"),
        };
        let meaning = text(property).or_else(|| text(target)).unwrap_or_default();
        let choices = choices(target);
        let _ = writeln!(out, "| `{key}` | {} | {default} | {meaning}{choices} |", kind(schema, target));
    }
    for (key, target) in nested {
        let _ = write!(out, "\n### `[{section}.{key}]`\n\n{}\n", text(target).unwrap_or_default());
        section_table(out, schema, &format!("{section}.{key}"), target);
    }
}

fn choices(value: &Value) -> String {
    let mut out = String::new();
    for choice in value["oneOf"].as_array().into_iter().flatten() {
        if let Some(name) = choice["const"].as_str() {
            let _ = write!(out, " `\"{name}\"`: {}", text(choice).unwrap_or_default());
        }
    }
    out
}

fn kind(schema: &Value, value: &Value) -> String {
    if value["oneOf"].is_array() || value["enum"].is_array() {
        return "choice".to_owned();
    }
    let named = match &value["type"] {
        Value::String(name) => name.clone(),
        Value::Array(names) => {
            names.iter().find_map(|n| n.as_str().filter(|n| *n != "null")).unwrap_or("").to_owned()
        }
        _ => String::new(),
    };
    match named.as_str() {
        "array" => format!("list of {}", kind(schema, resolve(schema, &value["items"]))),
        "string" => "text".to_owned(),
        "integer" => "whole number".to_owned(),
        "number" => "number".to_owned(),
        "boolean" => "true or false".to_owned(),
        "object" => "table".to_owned(),
        _ => String::new(),
    }
}
