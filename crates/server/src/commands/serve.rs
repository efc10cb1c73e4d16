//! `mailkeep serve`: runs everything until it is asked to end.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_commerce::Commerce;
use mailkeep_helpdesk::articles::Brought;
use mailkeep_helpdesk::downloads::{ADD_UP, Downloads};
use mailkeep_policy::{Policy, SAY_SERVING};
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::operator::{self, Operator};
use crate::parts::Parts;
use crate::tls::Tls;
use crate::wiring::http;
use crate::wiring::listen::Listeners;
use crate::wiring::services::Services;
use crate::{commands, logging, node, wiring};

/// How soon a brand that was written in the console of one node is known to the others.
const FOLLOW_BRANDS: Duration = Duration::from_secs(10);

/// Opens, binds, serves; on SIGTERM or SIGINT ends what runs in good order.
pub async fn run(config: Config) -> Result<()> {
    logging::start(&config.log);
    let _serving = node::serve_alone(&config)?;
    let metrics = PrometheusBuilder::new().install_recorder().context("the metrics")?;
    let (parts, done) = Parts::open_and_migrate(&config).await?;
    for name in &done {
        tracing::info!(name, "applied a migration");
    }
    let config = Arc::new(config);
    let services = Services::open(&config, &parts, !done.is_empty()).await?;
    services.check(&config).await?;
    let brought = services.articles.bring_articles().await.context("the articles")?;
    if brought != Brought::default() {
        tracing::info!(
            added = brought.added,
            renewed = brought.renewed,
            left = brought.left,
            "articles of the knowledgebase"
        );
    }
    // What was declined after the backup that this database may come from.
    let merged = services.policy.merge_suppressions(&[]).await.context("the suppression list")?;
    if merged.brought_back > 0 {
        tracing::warn!(count = merged.brought_back, "refusals that this database lacked were brought back");
    }
    let tls = Tls::start(&config)?;
    let mut listeners = Listeners::bind(&config.listen).await?;
    let shutdown = CancellationToken::new();
    let tasks = TaskTracker::new();
    let serving = Arc::new(AtomicBool::new(false));

    let operator = operator::router(Operator {
        metrics: metrics.clone(),
        db: parts.db.clone(),
        serving: Arc::clone(&serving),
        steered: parts.steered.clone(),
    });
    let addresses = listeners.addresses();
    for listener in listeners.take("operator") {
        tasks.spawn(http::serve(listener, operator.clone(), None, config.http.clone(), shutdown.clone()));
    }
    wiring::start(&config, &services, &tls, &mut listeners, &tasks, &shutdown).await?;
    tasks.spawn(tls.watch(shutdown.clone()));
    tasks.spawn(add_up_downloads(services.downloads.clone(), shutdown.clone()));
    tasks.spawn(follow_brands(services.commerce.clone(), shutdown.clone()));
    let (upkeep, stop) = (metrics, shutdown.clone());
    tasks.spawn(async move {
        while tokio::time::timeout(Duration::from_secs(5), stop.cancelled()).await.is_err() {
            upkeep.run_upkeep();
        }
    });

    // Before anybody is told that we are ready: they may ask us to end at once.
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let node = node::identifier(&config, &*parts.clock)?;
    services.policy.say_serving(node).await?;
    tasks.spawn(upkeep_of_keys(Arc::clone(&config), services.policy.clone(), node, shutdown.clone()));

    serving.store(true, Ordering::Relaxed);
    println!("ready {addresses}");
    // Whoever reads the line through a pipe waits for it.
    std::io::stdout().flush()?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "serving");

    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("ending: no new connections, running ones are finished");
    serving.store(false, Ordering::Relaxed);
    shutdown.cancel();
    tasks.close();
    if tokio::time::timeout(Duration::from_secs(20), tasks.wait()).await.is_err() {
        tracing::warn!("some work did not end in 20 seconds and is cut off; nothing acknowledged is lost");
    }
    Ok(())
}

/// Adds what this node counted to the table, a last time when it ends.
async fn add_up_downloads(downloads: Downloads, stop: CancellationToken) {
    loop {
        let ends = tokio::time::timeout(ADD_UP, stop.cancelled()).await.is_ok();
        if let Err(error) = downloads.add_up().await {
            tracing::warn!(%error, "downloads that were counted cannot be added up yet");
        }
        if ends {
            return;
        }
    }
}

/// Takes over the brands that were written in the console of another node.
async fn follow_brands(commerce: Commerce, stop: CancellationToken) {
    while tokio::time::timeout(FOLLOW_BRANDS, stop.cancelled()).await.is_err() {
        if let Err(error) = commerce.reload_brands().await {
            tracing::warn!(%error, "brands that another node may have written cannot be read; what is known stays");
        }
    }
}

/// Says that the node serves, so that the root key is not replaced meanwhile; removes old backups of the keys.
async fn upkeep_of_keys(config: Arc<Config>, policy: Policy, node: uuid::Uuid, stop: CancellationToken) {
    let mut rounds = 0u32;
    while tokio::time::timeout(SAY_SERVING, stop.cancelled()).await.is_err() {
        if let Err(error) = policy.say_serving(node).await {
            tracing::warn!(%error, "the database of keys cannot be written");
        }
        // Once an hour.
        if rounds.is_multiple_of(120)
            && let Err(error) = commands::keys::prune(&config, &**policy.clock())
        {
            tracing::warn!(error = format!("{error:#}"), "old backups of the keys cannot be removed");
        }
        rounds = rounds.wrapping_add(1);
    }
    if let Err(error) = policy.stop_serving(node).await {
        tracing::warn!(%error, "the database of keys cannot be written");
    }
}
