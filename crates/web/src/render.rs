//! Turning a page and its surroundings into HTML.
//!
//! A template sees `page` (its own context), `chrome` (who is signed in, brand, flash message), `t("id", n=1)` for
//! texts, `rich("id", name="address")` for texts with `<name>links</name>` in them, `fmt.money(..)`, `fmt.date(..)`, `fmt.time(..)`, `fmt.bytes(..)`,
//! and `asset("style.css")`. They are values of the context and not globals because they know the reader's language
//! and time zone; macros of imported files capture them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use mailkeep_policy::sink;
use minijinja::value::{Kwargs, Object, Rest, Value, from_args};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, HtmlEscape, State};

use crate::chrome::Chrome;
use crate::embedded::{MESSAGES, TEMPLATES};
use crate::format::Format;
use crate::messages::{Arg, Messages, Msg};
use crate::page::Page;

/// Why a page could not be rendered: always a mistake of ours.
#[derive(Debug, thiserror::Error)]
#[error("template {template}: {source:#}")]
pub struct RenderError {
    /// The template.
    pub template: String,
    /// What minijinja said.
    pub source: Error,
}

/// Renders pages and messages. A cheap clone.
#[derive(Clone, Debug)]
pub struct Renderer {
    environment: Arc<Environment<'static>>,
    messages: Arc<Messages>,
    strict: bool,
}

impl Renderer {
    /// Renders what was built into the binary. It is read once in the life of the program.
    ///
    /// # Errors
    /// A broken message file, in words; the tests of this crate find it first.
    pub fn embedded() -> Result<Self, String> {
        static EMBEDDED: LazyLock<Result<Renderer, String>> = LazyLock::new(Renderer::read_embedded);
        EMBEDDED.clone()
    }

    fn read_embedded() -> Result<Self, String> {
        let messages = Messages::read(MESSAGES.iter().map(|(language, _, text)| (*language, *text)))?;
        let mut environment = environment();
        for (name, text) in TEMPLATES {
            environment.add_template(name, text).map_err(|error| format!("template {name}: {error:#}"))?;
        }
        Ok(Renderer { environment: Arc::new(environment), messages: Arc::new(messages), strict: false })
    }

    /// Reads templates and messages from the crate's folder, so that the gallery shows an edit at once.
    ///
    /// # Errors
    /// A file that cannot be read or is broken, in words.
    pub fn live(crate_folder: &std::path::Path) -> Result<Self, String> {
        let mut files: Vec<(String, String)> = Vec::new();
        let locales = crate_folder.join("locales");
        for language in std::fs::read_dir(&locales).map_err(|error| error.to_string())?.flatten() {
            let tag = language.file_name().to_string_lossy().into_owned();
            for file in std::fs::read_dir(language.path()).map_err(|error| error.to_string())?.flatten() {
                let text = std::fs::read_to_string(file.path()).map_err(|error| error.to_string())?;
                files.push((tag.clone(), text));
            }
        }
        let messages = Messages::read(files.iter().map(|(tag, text)| (tag.as_str(), text.as_str())))?;
        let mut environment = environment();
        let templates: PathBuf = crate_folder.join("templates");
        environment.set_loader(minijinja::path_loader(templates));
        Ok(Renderer { environment: Arc::new(environment), messages: Arc::new(messages), strict: true })
    }

    /// The same, but a missing text is an error: for tests.
    #[must_use]
    pub fn strict(self) -> Self {
        Renderer { strict: true, ..self }
    }

    /// The texts.
    pub fn messages(&self) -> &Messages {
        &self.messages
    }

    /// A text in a language; its id if it does not exist.
    pub fn text(&self, language: &str, message: &Msg) -> String {
        self.messages.text(language, &message.id, &message.args).unwrap_or_else(|| message.id.to_string())
    }

    /// Renders a page.
    ///
    /// # Errors
    /// A mistake in the template.
    pub fn page<P: Page>(&self, page: &P, chrome: &Chrome) -> Result<String, RenderError> {
        self.template(P::TEMPLATE, Value::from_serialize(sink::page(page)), chrome)
    }

    /// Renders a template by its name, with `page` as its context.
    ///
    /// # Errors
    /// A mistake in the template.
    pub fn template(&self, name: &str, page: Value, chrome: &Chrome) -> Result<String, RenderError> {
        let wrap = |source| RenderError { template: name.to_owned(), source };
        let texts = |rich| {
            Value::from_object(Texts {
                messages: self.messages.clone(),
                language: chrome.language.clone(),
                strict: self.strict,
                rich,
            })
        };
        let context = minijinja::context! {
            page,
            chrome => Value::from_serialize(sink::page(chrome)),
            t => texts(false),
            rich => texts(true),
            fmt => Value::from_object(Format::new(&chrome.language, &chrome.time_zone, chrome.now)),
        };
        self.environment.get_template(name).map_err(wrap)?.render(context).map_err(wrap)
    }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::SemiStrict);
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_auto_escape_callback(|name| {
        if name.ends_with(".txt") { AutoEscape::None } else { AutoEscape::Html }
    });
    environment.add_function("asset", |name: &str| {
        crate::assets::address(name)
            .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("there is no asset {name}")))
    });
    environment
}

/// `t("id", name=value)`: a text. `t(message)`: a text that a handler chose.
#[derive(Debug)]
struct Texts {
    messages: Arc<Messages>,
    language: String,
    strict: bool,
    /// Whether `<name>…</name>` in the text becomes a link to the argument `name`.
    rich: bool,
}

impl Object for Texts {
    fn call(self: &Arc<Self>, _: &State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let (what, rest, named): (Value, Rest<Value>, Kwargs) = from_args(args)?;
        if !rest.is_empty() {
            return Err(Error::new(
                ErrorKind::TooManyArguments,
                "give what is filled in by name: t(\"id\", n=1)",
            ));
        }
        let mut message = match what.as_str() {
            Some(id) => Msg { id: Cow::Owned(id.to_owned()), args: BTreeMap::new() },
            None => <Msg as serde::Deserialize>::deserialize(what)?,
        };
        for name in named.args() {
            let value: Value = named.get(name)?;
            let arg = match i64::try_from(value.clone()) {
                Ok(number) if value.is_number() => Arg::Number(number),
                _ => Arg::Text(value.to_string()),
            };
            message.args.insert(Cow::Owned(name.to_owned()), arg);
        }
        named.assert_all_used()?;
        let text = match self.messages.text(&self.language, &message.id, &message.args) {
            Some(text) => text,
            None if self.strict => {
                return Err(Error::new(
                    ErrorKind::InvalidOperation,
                    format!("there is no text {}", message.id),
                ));
            }
            None => message.id.to_string(),
        };
        if self.rich {
            Ok(Value::from_safe_string(links(&text, &message.args)))
        } else {
            Ok(Value::from(text))
        }
    }
}

impl fmt::Display for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("texts")
    }
}

/// Escapes a text and turns `<b>…</b>` and `<name>…</name>`, where `name` is an argument, into the tags they mean.
fn links(text: &str, args: &BTreeMap<Cow<'static, str>, Arg>) -> String {
    let mut html = HtmlEscape(text).to_string();
    for tag in ["b", "code"] {
        html = html.replace(&format!("&lt;{tag}&gt;"), &format!("<{tag}>"));
        html = html.replace(&format!("&lt;&#x2f;{tag}&gt;"), &format!("</{tag}>"));
    }
    for (name, value) in args {
        let Arg::Text(address) = value else { continue };
        html = html.replace(&format!("&lt;{name}&gt;"), &format!("<a href=\"{}\">", HtmlEscape(address)));
        html = html.replace(&format!("&lt;&#x2f;{name}&gt;"), "</a>");
    }
    html
}
