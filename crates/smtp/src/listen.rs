//! The thin layer of sockets: accepts connections, gives each a session, and ends them in order.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use mailkeep_protocols::smtp::Reply;
use mailkeep_types::{SharedClock, ids::new_uuid};
use metrics::{counter, gauge};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::limits::Connections;
use crate::session::{Reception, SessionSettings, serve};

/// Accepts connections until `stop`, then waits up to `grace` for the sessions to end: each is told 421 before its
/// next command, and a message that is coming in may still be finished.
pub async fn listen<R: Reception>(
    listener: TcpListener,
    settings: SessionSettings,
    connections: Arc<Connections>,
    reception: R,
    clock: SharedClock,
    grace: Duration,
    stop: CancellationToken,
) {
    let sessions = TaskTracker::new();
    let cut = CancellationToken::new();
    let role = reception.role().as_str();
    loop {
        let accepted = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, address) = match accepted {
            Ok((stream, address)) => (stream, address.ip().to_canonical()),
            Err(error) => {
                rest_after(&error).await;
                continue;
            }
        };
        counter!("mailkeep_smtp_connections_total", "role" => role).increment(1);
        let Some(place) = connections.enter(address) else {
            counter!("mailkeep_smtp_connections_refused_total", "role" => role).increment(1);
            sessions.spawn(turn_away(stream));
            continue;
        };
        let (settings, reception, stop, cut) =
            (settings.clone(), reception.clone(), stop.clone(), cut.clone());
        let id = new_uuid(&*clock);
        sessions.spawn(async move {
            let _place = place;
            let open = gauge!("mailkeep_smtp_sessions", "role" => role);
            open.increment(1);
            let _ = stream.set_nodelay(true);
            tokio::select! {
                () = cut.cancelled() => {}
                () = serve(stream, address, settings, reception, id, stop) => {}
            }
            open.decrement(1);
        });
    }
    sessions.close();
    if timeout(grace, sessions.wait()).await.is_err() {
        cut.cancel();
        sessions.wait().await;
    }
}

/// Too many connections: says so without keeping anything for the client.
async fn turn_away(mut stream: TcpStream) {
    let reply = Reply::of(421, (4, 7, 0), "Too many connections at the moment; try again in a few minutes");
    let _ = timeout(Duration::from_secs(2), stream.write_all(&reply.to_bytes())).await;
}

/// When there are no file handles left, accepting at once again would only burn the processor.
async fn rest_after(error: &io::Error) {
    tracing::warn!(%error, "a connection could not be accepted; if this repeats, raise the limit of open files");
    tokio::time::sleep(Duration::from_millis(100)).await;
}
