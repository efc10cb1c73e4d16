//! The file that pages are put into: PDF/A-3a, tagged, without a clock or a random identifier.

use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::tagging::{Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};

use jiff::civil::Date;

use super::sheet::{Face, Sheet};
use super::{MARGIN, Words};
use crate::error::CommerceError;

/// A document whose pages are being drawn.
pub(crate) struct Press {
    document: Document,
    tags: TagTree,
    regular: Face,
    bold: Face,
    words: Words,
    width: f32,
    /// How high its pages are.
    pub(crate) height: f32,
}

/// What a finished document says of itself.
pub(crate) struct Imprint<'a> {
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: &'a str,
    /// By which it is told from every other.
    pub id: String,
    /// Of which day it is.
    pub on: Date,
}

impl Press {
    /// A document without pages, in a language: Letter for sellers in the United States and Canada, A4 elsewhere.
    ///
    /// # Errors
    /// [`CommerceError::Render`] when the built-in fonts cannot be read.
    pub(crate) fn new(country: &str, words: Words) -> Result<Self, CommerceError> {
        let (width, height) = match country {
            "US" | "CA" => (612.0, 792.0),
            _ => (595.0, 842.0),
        };
        let configuration = ConfigurationBuilder::new()
            .with_archival_validator(Archival::A3_A)
            .finish()
            .map_err(|error| CommerceError::Render(format!("{error:?}")))?;
        let settings = SerializeSettings {
            compress_content_streams: true,
            configuration,
            ..SerializeSettings::default()
        };
        Ok(Press {
            document: Document::new_with(settings),
            tags: TagTree::new().with_lang(Some(words.language().to_owned())),
            regular: Face::load(dejavu::sans::regular())?,
            bold: Face::load(dejavu::sans::bold())?,
            words,
            width,
            height,
        })
    }

    /// Draws one page.
    ///
    /// # Errors
    /// [`CommerceError::Render`] when the page has no size.
    pub(crate) fn page(&mut self, draw: impl FnOnce(&mut Sheet<'_, '_>)) -> Result<(), CommerceError> {
        let settings = PageSettings::from_wh(self.width, self.height)
            .ok_or_else(|| CommerceError::Render("the page has no size".to_owned()))?;
        let mut page = self.document.start_page_with(settings);
        let mut surface = page.surface();
        let mut sheet = Sheet {
            surface: &mut surface,
            regular: &self.regular,
            bold: &self.bold,
            words: self.words,
            right: self.width - MARGIN,
            height: self.height,
            read: Vec::new(),
        };
        draw(&mut sheet);
        let read = std::mem::take(&mut sheet.read);
        self.tags.push(TagGroup::with_children(Tag::Section, read));
        surface.finish();
        page.finish();
        Ok(())
    }

    /// Puts the same document for programs into it.
    pub(crate) fn attach(&mut self, name: &str, mime: &str, description: &str, data: Vec<u8>, on: Date) {
        self.document.embed_file(EmbeddedFile {
            path: name.to_owned(),
            mime_type: MimeType::new(mime),
            description: Some(description.to_owned()),
            association_kind: AssociationKind::Alternative,
            data: data.into(),
            modification_date: Some(day(on)),
            compress: Some(true),
            location: None,
        });
    }

    /// The bytes. Everything in them comes from what was drawn and from the imprint.
    ///
    /// # Errors
    /// [`CommerceError::Render`] when the document is not what PDF/A-3a asks for.
    pub(crate) fn finish(mut self, imprint: Imprint<'_>) -> Result<Vec<u8>, CommerceError> {
        self.document.set_tag_tree(self.tags);
        let metadata = Metadata::new()
            .title(imprint.title)
            .authors(vec![imprint.author.to_owned()])
            .creator("Mailkeep".to_owned())
            .language(self.words.language().to_owned())
            .document_id(imprint.id)
            .creation_date(day(imprint.on));
        self.document.set_metadata(metadata);
        self.document.finish().map_err(|error| CommerceError::Render(format!("{error:?}")))
    }
}

fn day(on: Date) -> DateTime {
    DateTime::new(on.year().unsigned_abs()).month(on.month().unsigned_abs()).day(on.day().unsigned_abs())
}
