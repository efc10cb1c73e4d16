//! Closed lists of which each value has a word.

/// Makes an enum of which each value has a word: as it is stored, as programs read it, and as texts are named after it.
///
/// ```
/// mailkeep_types::words! {
///     /// Where a letter lies.
///     Box {
///         /// What came.
///         In = "in",
///         /// What was sent.
///         Sent = "sent",
///     }
/// }
/// assert_eq!(Box::from_word("sent"), Some(Box::Sent));
/// assert_eq!(Box::In.to_string(), "in");
/// ```
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every value, in the order of lists.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// Its word.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// Finds the value by its word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}
