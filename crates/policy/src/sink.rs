//! Where opened values leave the program: the one place each in which a page, an answer of the API, a message or a sealed
//! structure is written. Each wraps what is written; a [`Shown`](crate::Shown) inside it is its value for as long as
//! that one thing is being serialised, on that thread.
//!
//! Who may use a sink is listed in `xtask tidy`: the renderer of pages, the writer of JSON. A new one needs a reader's
//! look at where the bytes go.

use std::cell::Cell;

use serde::{Serialize, Serializer};

use crate::shown::Shown;

thread_local! {
    static OPEN: Cell<u32> = const { Cell::new(0) };
}

/// Whether a sink is writing on this thread.
pub(crate) fn is_open() -> bool {
    OPEN.get() > 0
}

struct Scope;

impl Scope {
    fn enter() -> Self {
        OPEN.set(OPEN.get() + 1);
        Scope
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        OPEN.set(OPEN.get() - 1);
    }
}

/// Something that serialises with the values of what is shown in it.
pub struct Written<'a, T: ?Sized>(&'a T);

impl<T: Serialize + ?Sized> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let _open = Scope::enter();
        self.0.serialize(serializer)
    }
}

/// For the renderer of pages: a page and what surrounds it.
pub fn page<T: Serialize + ?Sized>(page: &T) -> Written<'_, T> {
    Written(page)
}

/// For the writer of JSON answers: to the program that asked, under the permission of its token.
pub fn json<T: Serialize + ?Sized>(answer: &T) -> Written<'_, T> {
    Written(answer)
}

/// For a file that goes to whoever asked: the document of an invoice, a profile for a device. `None` when it is masked.
pub fn file<T: Into<Vec<u8>> + Clone>(file: &Shown<T>) -> Option<Vec<u8>> {
    file.revealed().cloned().map(T::into)
}

/// For the outbound message gate, which seals what a message says until it is sent.
pub(crate) fn mail<T: Serialize + ?Sized>(words: &T) -> Written<'_, T> {
    Written(words)
}

/// For structures that are sealed: what is shown in them goes into the ciphertext.
pub(crate) fn sealed<T: Serialize + ?Sized>(value: &T) -> Written<'_, T> {
    Written(value)
}
