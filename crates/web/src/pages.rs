//! The list of every page, for the test that renders them all and for the gallery.

use crate::page::Entry;
use crate::{error, site};

/// Every page of the crate.
pub fn all() -> Vec<Entry> {
    vec![
        Entry::of::<error::ErrorPage>(),
        Entry::of::<site::home::HomePage>(),
        Entry::of::<site::plans::PlansPage>(),
    ]
}
