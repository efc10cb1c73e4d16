//! Pages: one typed context for each template, with samples that a test and the gallery render.

use serde::Serialize;

use crate::chrome::Chrome;
use crate::render::{RenderError, Renderer};

/// The context of one template. Templates read it as `page`.
pub trait Page: Serialize + Sized {
    /// The template's name below `templates/`.
    const TEMPLATE: &'static str;

    /// The states of the page that are worth looking at; at least one.
    fn samples() -> Vec<Self>;
}

/// One sample, rendered.
pub struct Rendered {
    /// The template.
    pub template: &'static str,
    /// Which sample of the page, from 0.
    pub index: usize,
    /// The page, or why it could not be rendered.
    pub html: Result<String, RenderError>,
}

/// A page as the registry knows it.
pub struct Entry {
    /// The template.
    pub template: &'static str,
    render: fn(&Renderer, &Chrome) -> Vec<Rendered>,
}

impl Entry {
    /// Registers a page.
    pub const fn of<P: Page>() -> Self {
        Entry { template: P::TEMPLATE, render: render_samples::<P> }
    }

    /// Renders every sample of the page.
    pub fn samples(&self, renderer: &Renderer, chrome: &Chrome) -> Vec<Rendered> {
        (self.render)(renderer, chrome)
    }
}

fn render_samples<P: Page>(renderer: &Renderer, chrome: &Chrome) -> Vec<Rendered> {
    let render = |(index, page): (usize, P)| Rendered {
        template: P::TEMPLATE,
        index,
        html: renderer.page(&page, chrome),
    };
    P::samples().into_iter().enumerate().map(render).collect()
}
