//! A value that was opened to be shown: it goes on to a page, an answer of the API or a message, and nowhere else.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::personal::{Personal, Stored};
use crate::sink;
use crate::vocabulary::{Category, CategoryId};

/// What stands in the place of a value that is not to be seen.
pub const MASK: &str = "••••";

/// Where a shown value comes from; what was opened is sealed again only as what it was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// Given just now: a form that is shown again, a sample.
    Given,
    /// Opened under a grant.
    Opened(CategoryId),
    /// Made of values of several categories.
    Mixed,
}

/// What a check may say of a value: no, in fixed words, for a field of fixed name.
pub trait Verdict: verdict::Sealed {}

mod verdict {
    pub trait Sealed {}
}

impl verdict::Sealed for () {}
impl Verdict for () {}
impl verdict::Sealed for &'static str {}
impl Verdict for &'static str {}
impl verdict::Sealed for (&'static str, &'static str) {}
impl Verdict for (&'static str, &'static str) {}

/// A personal value on its way to the eyes of whoever may see it.
///
/// [`crate::Policy::show`] makes one under a grant. The code that carries it cannot read it: there is no `Display`, no
/// `Deref`, no comparison, and `Debug` prints a mask. It serialises as its value only while one of the [`sink`]s writes
/// the page or answer that it stands in, and as [`MASK`] everywhere else: in a log line, a payload of a job, a cookie.
/// Copies share the one value.
///
/// `Shown::from` takes a value that somebody just gave, e.g. for a form that is shown again; [`Shown::masked`] stands
/// for a field that was not opened.
pub struct Shown<T> {
    value: Option<Arc<T>>,
    source: Source,
}

impl<T> Shown<T> {
    pub(crate) fn opened(value: T, category: CategoryId) -> Self {
        Shown { value: Some(Arc::new(value)), source: Source::Opened(category) }
    }

    /// A field that was not opened: masked on every page.
    pub fn masked() -> Self {
        Shown { value: None, source: Source::Given }
    }

    /// Whether there is a value to see.
    pub fn is_masked(&self) -> bool {
        self.value.is_none()
    }

    /// The value in another form, e.g. a part of a structure. `form` is a plain function or a closure that captures
    /// nothing, so that it has no place to put the value but its result.
    pub fn reshape<U>(&self, form: fn(&T) -> U) -> Shown<U> {
        Shown { value: self.value.as_deref().map(|value| Arc::new(form(value))), source: self.source }
    }

    /// One value made of two, as with [`Shown::reshape`]. Masked if either is.
    pub fn join<U, V>(&self, other: &Shown<U>, form: fn(&T, &U) -> V) -> Shown<V> {
        let source = match (self.source, other.source) {
            (Source::Given, source) | (source, Source::Given) => source,
            (one, two) if one == two => one,
            _ => Source::Mixed,
        };
        let both = self.value.as_deref().zip(other.value.as_deref());
        Shown { value: both.map(|(one, two)| Arc::new(form(one, two))), source }
    }

    /// The parts of a list, each for itself.
    pub fn each<U>(&self, parts: fn(&T) -> Vec<U>) -> Vec<Shown<U>> {
        let parts = self.value.as_deref().map(parts).unwrap_or_default();
        parts.into_iter().map(|part| Shown { value: Some(Arc::new(part)), source: self.source }).collect()
    }

    /// A value that need not be there: `None` if it is not.
    pub fn maybe<U>(&self, part: fn(&T) -> Option<U>) -> Option<Shown<U>> {
        let part = self.value.as_deref().and_then(part)?;
        Some(Shown { value: Some(Arc::new(part)), source: self.source })
    }

    pub(crate) fn revealed(&self) -> Option<&T> {
        self.value.as_deref()
    }

    /// The value, for tests to look at.
    ///
    /// # Panics
    /// When it is masked.
    #[cfg(feature = "testing")]
    pub fn in_test(&self) -> &T {
        self.value.as_deref().expect("the value is masked")
    }
}

impl<T> Shown<T> {
    /// Looks whether the value is as it should be. What is said of it are words that the program knew before: a
    /// [`Verdict`] has no room for the value. A masked one is not looked at.
    ///
    /// # Errors
    /// What `look` says.
    pub fn check<E: Verdict>(&self, look: fn(&T) -> Result<(), E>) -> Result<(), E> {
        self.value.as_deref().map_or(Ok(()), look)
    }
}

impl<T: serde::de::DeserializeOwned> Shown<T> {
    /// One value gathered from a structure of the same form with shown values in it; `None` when it has another form or
    /// a value is masked.
    pub fn gather(parts: &impl Serialize) -> Option<Self> {
        let value = serde_json::to_value(sink::sealed(parts)).ok()?;
        let value = serde_json::from_value(value).ok()?;
        Some(Shown { value: Some(Arc::new(value)), source: Source::Mixed })
    }
}

impl<T: fmt::Display> Shown<T> {
    /// The value as text.
    pub fn text(&self) -> Shown<String> {
        self.reshape(T::to_string)
    }
}

impl Shown<Vec<u8>> {
    /// The SHA-256 of a document, to find out later whether it is still the same; `None` when it is masked.
    pub fn fingerprint(&self) -> Option<[u8; 32]> {
        self.value.as_deref().map(|bytes| Sha256::digest(bytes).into())
    }
}

impl Shown<String> {
    /// Whether there is nothing to read.
    pub fn is_blank(&self) -> bool {
        self.value.as_deref().is_none_or(|text| text.trim().is_empty())
    }
}

impl<T: Stored + Clone> Shown<T> {
    /// The value, wrapped to be sealed in another place, e.g. a person's name among the contacts of a customer. `None`
    /// when it is masked, or was opened as another category than `C`.
    pub fn personal<C: Category>(&self) -> Option<Personal<T, C>> {
        let fits = match self.source {
            Source::Given => true,
            Source::Opened(category) => category == C::ID,
            Source::Mixed => false,
        };
        self.value.as_deref().filter(|_| fits).map(|value| Personal::new(value.clone()))
    }

    /// The value, wrapped as the person themself enters it in another place: what was filled in for them, e.g. the
    /// address of the profile in an order, and confirmed by their own act. `xtask tidy` lists who may.
    pub fn entered_as<C: Category>(&self) -> Option<Personal<T, C>> {
        self.value.as_deref().map(|value| Personal::new(value.clone()))
    }
}

impl<T> From<T> for Shown<T> {
    fn from(value: T) -> Self {
        Shown { value: Some(Arc::new(value)), source: Source::Given }
    }
}

impl From<&str> for Shown<String> {
    fn from(value: &str) -> Self {
        value.to_owned().into()
    }
}

impl From<&String> for Shown<String> {
    fn from(value: &String) -> Self {
        value.clone().into()
    }
}

impl<T> From<&Shown<T>> for Shown<T> {
    fn from(value: &Shown<T>) -> Self {
        value.clone()
    }
}

impl<T: Default> Default for Shown<T> {
    fn default() -> Self {
        T::default().into()
    }
}

impl<T> Clone for Shown<T> {
    fn clone(&self) -> Self {
        Shown { value: self.value.clone(), source: self.source }
    }
}

impl<T> fmt::Debug for Shown<T> {
    /// Prints the mask, never the value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shown({MASK})")
    }
}

impl<T: Serialize> Serialize for Shown<T> {
    /// The value within a sink, the mask anywhere else.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Some(value) if sink::is_open() => value.serialize(serializer),
            _ => serializer.serialize_str(MASK),
        }
    }
}

#[cfg(feature = "testing")]
impl<T: fmt::Display> PartialEq<&str> for Shown<T> {
    /// What a test expects to be read.
    fn eq(&self, expected: &&str) -> bool {
        self.value.as_deref().is_some_and(|value| value.to_string() == *expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::category;

    #[derive(Serialize)]
    struct Page {
        name: Shown<String>,
        phone: Option<Shown<String>>,
        notes: Vec<Shown<String>>,
        closed: Shown<i64>,
    }

    fn page() -> Page {
        Page {
            name: Shown::opened("Ada Example".to_owned(), CategoryId::Identity),
            phone: Some("+1 555 0100".into()),
            notes: Shown::from("one two".to_owned())
                .each(|text| text.split(' ').map(str::to_owned).collect()),
            closed: Shown::masked(),
        }
    }

    #[test]
    fn a_value_is_read_in_a_sink_alone() {
        let masked = r#"{"name":"••••","phone":"••••","notes":["••••","••••"],"closed":"••••"}"#;
        assert_eq!(serde_json::to_string(&page()).unwrap(), masked);
        let shown = r#"{"name":"Ada Example","phone":"+1 555 0100","notes":["one","two"],"closed":"••••"}"#;
        assert_eq!(serde_json::to_string(&sink::page(&page())).unwrap(), shown);
        assert_eq!(serde_json::to_string(&page()).unwrap(), masked, "the sink closes behind its value");
        assert_eq!(format!("{:?}", page().name), "Shown(••••)");
    }

    #[test]
    fn a_sink_closes_when_writing_fails() {
        struct Fails;
        impl Serialize for Fails {
            fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                panic!("a mistake in a page");
            }
        }
        std::panic::catch_unwind(|| serde_json::to_string(&sink::json(&Fails))).unwrap_err();
        assert!(!sink::is_open());
    }

    #[test]
    fn what_was_opened_is_sealed_again_only_as_what_it_was() {
        let name = page().name;
        assert!(name.personal::<category::Identity>().is_some());
        assert!(name.personal::<category::Contact>().is_none());
        let phone = Shown::opened("+1 555 0100".to_owned(), CategoryId::Contact);
        let both = name.join(&phone, |name, phone| format!("{name}, {phone}"));
        assert!(
            both.personal::<category::Identity>().is_none() && both.personal::<category::Contact>().is_none()
        );
        let greeting = name.join(&"Dear".into(), |name, word: &String| format!("{word} {name}"));
        assert!(greeting.personal::<category::Identity>().is_some());
        assert!(Shown::<String>::masked().personal::<category::Identity>().is_none());
        assert!(name.join(&Shown::<String>::masked(), |_, _| 1).is_masked());
    }

    #[test]
    fn parts_are_gathered_without_being_read() {
        #[derive(Serialize)]
        struct Parts {
            name: Shown<String>,
            lines: Vec<Shown<String>>,
        }
        #[derive(Clone, PartialEq, Debug, serde::Deserialize)]
        struct Address {
            name: String,
            lines: Vec<String>,
        }
        let parts = Parts { name: "Ada".into(), lines: vec!["12 Larkspur Lane".into(), "3".into()] };
        let address = Shown::<Address>::gather(&parts).unwrap();
        let lines = vec!["12 Larkspur Lane".to_owned(), "3".to_owned()];
        assert_eq!(*address.in_test(), Address { name: "Ada".to_owned(), lines });
        assert!(Shown::<i64>::gather(&parts).is_none());
        assert_eq!(
            address.check(|address| if address.lines.is_empty() { Err("lines") } else { Ok(()) }),
            Ok(())
        );
        assert_eq!(
            address.check(|address| if address.name == "Ada" { Err("name") } else { Ok(()) }),
            Err("name")
        );
    }
}
