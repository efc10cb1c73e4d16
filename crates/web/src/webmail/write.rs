//! Writing a message.

use serde::Serialize;

use super::view::{Side, sample_side};
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;

/// The form in which a message is written.
#[derive(Debug, Serialize)]
pub struct WritePage {
    /// Folders and the like.
    pub side: Side,
    /// `new`, `reply`, `forward` or `draft`: what the head says.
    pub kind: &'static str,
    /// From whom, as it will stand in the message.
    pub from: String,
    /// The fields.
    pub form: Form,
    /// Files that hang on it already, from the draft or the forwarded message.
    pub kept: Vec<KeptFile>,
    /// The largest message in bytes.
    pub max_bytes: i64,
}

/// A file that hangs on a message already.
#[derive(Debug, Serialize)]
pub struct KeptFile {
    /// Its section number.
    pub section: String,
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub size: i64,
}

impl Page for WritePage {
    const TEMPLATE: &'static str = "webmail/write.html";

    fn samples() -> Vec<Self> {
        let page = |kind, form, kept| WritePage {
            side: sample_side(None),
            kind,
            from: "Ada Example <ada@larkspur.example>".to_owned(),
            form,
            kept,
            max_bytes: 35 * 1024 * 1024,
        };
        let reply = || {
            Form::new()
                .with("to", "Bo Sample <bo@joinery.example>")
                .with("cc", "cleo@larkspur.example")
                .with("subject", "Re: Shelf plan for the new shop")
                .with(
                    "text",
                    "Dear Bo,\n\nit is just right.\n\nOn 14 May 2026, Bo Sample wrote:\n> here is the plan\n",
                )
        };
        let kept =
            vec![KeptFile { section: "2".to_owned(), name: "Shelf plan.pdf".to_owned(), size: 182_000 }];
        let wrong = reply().wrong("to", msg("mail-write-wrong-address").with("address", "bo@@joinery"));
        vec![
            page("new", Form::new(), Vec::new()),
            page("reply", reply(), Vec::new()),
            page("forward", wrong, kept),
        ]
    }
}
