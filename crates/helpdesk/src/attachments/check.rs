//! Whether files may come in.

use mailkeep_policy::card_numbers;

use super::{AttachmentsConfig, NewAttachment, media_type_of, would_run};

/// Why a file does not come in; the first one that does not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttachmentFault {
    /// There is nothing in it.
    #[error("there is nothing in {0}")]
    Empty(String),
    /// It is too large.
    #[error("{name} is larger than {most} bytes")]
    TooLarge {
        /// Its name.
        name: String,
        /// The most bytes.
        most: usize,
    },
    /// All of them are too large together.
    #[error("together the files are larger than {0} bytes")]
    TooLargeTogether(usize),
    /// There are too many.
    #[error("send at most {0} files at once")]
    TooMany(usize),
    /// It would run at a click.
    #[error("{0} is a program, or runs like one; send what it shows instead, or pack it with a password")]
    WouldRun(String),
    /// It is a text with the number of a card.
    #[error("{0} has the number of a payment card in it; take it out")]
    CardNumber(String),
    /// The scanner for viruses found something in it.
    #[error("the scanner for viruses found something in {0}")]
    Harmful(String),
    /// The scanner did not answer, or does not look through so much.
    #[error("{0} could not be scanned for viruses")]
    NotScanned(String),
}

/// Checks files against the limits, their kinds, and texts for numbers of cards, as words are.
///
/// # Errors
/// The first thing that is wrong.
pub fn check_attachments(config: &AttachmentsConfig, files: &[NewAttachment]) -> Result<(), AttachmentFault> {
    if files.len() > config.most {
        return Err(AttachmentFault::TooMany(config.most));
    }
    if files.iter().map(|file| file.bytes.len()).sum::<usize>() > config.most_bytes_together {
        return Err(AttachmentFault::TooLargeTogether(config.most_bytes_together));
    }
    for NewAttachment { name, bytes } in files {
        let name = super::keep::name_of(name);
        if bytes.is_empty() {
            return Err(AttachmentFault::Empty(name));
        }
        if bytes.len() > config.most_bytes {
            return Err(AttachmentFault::TooLarge { name, most: config.most_bytes });
        }
        if would_run(&name, bytes) {
            return Err(AttachmentFault::WouldRun(name));
        }
        let is_text = media_type_of(&name, bytes).starts_with("text/");
        if is_text && card_numbers::holds_one(&String::from_utf8_lossy(bytes)) {
            return Err(AttachmentFault::CardNumber(name));
        }
    }
    Ok(())
}
