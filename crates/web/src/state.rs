//! The services that handlers use.

use std::sync::Arc;

use mailkeep_types::SharedClock;

use crate::config::WebConfig;
use crate::error::WebError;
use crate::render::Renderer;
use crate::webmail::Webmail;

/// Everything a handler can reach. A cheap clone.
#[derive(Clone)]
pub struct WebState {
    /// What the operator set.
    pub config: Arc<WebConfig>,
    /// Pages and texts.
    pub renderer: Renderer,
    /// The time.
    pub clock: SharedClock,
    webmail: Option<Webmail>,
}

impl WebState {
    /// Ties the services together.
    ///
    /// # Errors
    /// A broken template or message file of the build, in words.
    pub fn new(config: WebConfig, clock: SharedClock) -> Result<Self, String> {
        Ok(WebState { config: Arc::new(config), renderer: Renderer::embedded()?, clock, webmail: None })
    }

    /// The same with a webmail; without one its pages do not exist.
    #[must_use]
    pub fn with_webmail(self, webmail: Webmail) -> Self {
        WebState { webmail: Some(webmail), ..self }
    }

    /// The webmail.
    ///
    /// # Errors
    /// [`WebError::NotFound`] where none is served.
    pub fn webmail(&self) -> Result<&Webmail, WebError> {
        self.webmail.as_ref().ok_or(WebError::NotFound)
    }
}
