//! Values that are personal: wrapped in memory, sealed at rest.

use std::fmt;
use std::marker::PhantomData;

use mailkeep_types::EmailAddress;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::sink;
use crate::vocabulary::Category;

mod sealed {
    pub trait Stored {}
}

/// What a [`Personal`] can hold. Sealed: text, bytes, numbers, addresses, and [`Json`] for structures.
pub trait Stored: sealed::Stored + Sized {
    /// The bytes that are encrypted.
    fn to_stored(&self) -> Vec<u8>;
    /// Reads the bytes back; `None` when they are of another form.
    fn from_stored(bytes: &[u8]) -> Option<Self>;
}

macro_rules! stored {
    ($type:ty, $to:expr, $from:expr) => {
        impl sealed::Stored for $type {}
        impl Stored for $type {
            fn to_stored(&self) -> Vec<u8> {
                let to: fn(&$type) -> Vec<u8> = $to;
                to(self)
            }
            fn from_stored(bytes: &[u8]) -> Option<Self> {
                let from: fn(&[u8]) -> Option<$type> = $from;
                from(bytes)
            }
        }
    };
}

stored!(String, |s| s.as_bytes().to_vec(), |b| String::from_utf8(b.to_vec()).ok());
stored!(Vec<u8>, |b| b.clone(), |b| Some(b.to_vec()));
stored!(i64, |n| n.to_be_bytes().to_vec(), |b| b.try_into().ok().map(i64::from_be_bytes));
stored!(EmailAddress, |a| a.to_string().into_bytes(), |b| EmailAddress::parse(std::str::from_utf8(b).ok()?)
    .ok());

/// A structure that is stored as JSON, e.g. a postal address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json<T>(pub T);

impl<T> sealed::Stored for Json<T> {}
impl<T: Serialize + DeserializeOwned> Stored for Json<T> {
    fn to_stored(&self) -> Vec<u8> {
        // Serialising to a vector fails only for maps whose keys are not text, which is a mistake in the type.
        serde_json::to_vec(&sink::sealed(&self.0)).unwrap_or_default()
    }
    fn from_stored(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().map(Json)
    }
}

/// A personal value in memory. It cannot be printed, copied, compared or serialised; it can be sealed for storage, and
/// opened with a grant.
pub struct Personal<T, C> {
    value: T,
    category: PhantomData<fn() -> C>,
}

impl<T: Stored, C: Category> Personal<T, C> {
    /// Wraps a value that was just given, e.g. a form field.
    pub fn new(value: T) -> Self {
        Personal { value, category: PhantomData }
    }

    pub(crate) fn value(&self) -> &T {
        &self.value
    }
}

impl<T, C: Category> fmt::Debug for Personal<T, C> {
    /// Names the category, never the value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Personal<{}>", C::ID)
    }
}

/// A personal value as it is stored: ciphertext that opens only in its place, with its subject's key and a grant.
pub struct Sealed<T, C> {
    bytes: Vec<u8>,
    kind: PhantomData<fn() -> (T, C)>,
}

impl<T: Stored, C: Category> Sealed<T, C> {
    /// Takes a stored column.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Sealed { bytes, kind: PhantomData }
    }

    /// The column to store.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The ciphertext.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl<T, C> Clone for Sealed<T, C> {
    fn clone(&self) -> Self {
        Sealed { bytes: self.bytes.clone(), kind: PhantomData }
    }
}

impl<T, C: Category> fmt::Debug for Sealed<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed<{}>", C::ID)
    }
}
