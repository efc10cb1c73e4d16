//! The services that handlers use.

use std::sync::Arc;

use mailkeep_types::SharedClock;

use crate::config::WebConfig;
use crate::render::Renderer;

/// Everything a handler can reach. A cheap clone.
#[derive(Clone)]
pub struct WebState {
    /// What the operator set.
    pub config: Arc<WebConfig>,
    /// Pages and texts.
    pub renderer: Renderer,
    /// The time.
    pub clock: SharedClock,
}

impl WebState {
    /// Ties the services together.
    ///
    /// # Errors
    /// A broken template or message file of the build, in words.
    pub fn new(config: WebConfig, clock: SharedClock) -> Result<Self, String> {
        Ok(WebState { config: Arc::new(config), renderer: Renderer::embedded()?, clock })
    }
}
