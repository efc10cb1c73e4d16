//! Serves a router over HTTP and HTTPS, with limits on what a peer can hold.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::HttpConfig;
use crate::tls::Reloadable;

/// Serves until `shutdown`, then lets running requests end, for at most ten seconds.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    tls: Option<Reloadable>,
    limits: HttpConfig,
    shutdown: CancellationToken,
) {
    let room = Arc::new(Semaphore::new(limits.max_connections.max(1)));
    let tracker = TaskTracker::new();
    loop {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { break };
        let (stream, peer) = tokio::select! {
            () = shutdown.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, as a rule: give connections time to end.
                    tracing::warn!(%error, "a connection to the site could not be accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
        };
        let _ = stream.set_nodelay(true);
        let (router, tls, limits, shutdown) = (router.clone(), tls.clone(), limits.clone(), shutdown.clone());
        tracker.spawn(async move {
            match tls {
                None => connection(stream, peer, router, &limits, shutdown).await,
                Some(tls) => {
                    let acceptor = tokio_rustls::TlsAcceptor::from(tls.load_full());
                    if let Ok(Ok(stream)) =
                        tokio::time::timeout(limits.head_time(), acceptor.accept(stream)).await
                    {
                        connection(stream, peer, router, &limits, shutdown).await;
                    }
                }
            }
            drop(permit);
        });
    }
    tracker.close();
    let _ = tokio::time::timeout(Duration::from_secs(10), tracker.wait()).await;
}

async fn connection<S>(
    stream: S,
    peer: SocketAddr,
    router: Router,
    limits: &HttpConfig,
    shutdown: CancellationToken,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = tower_layer(router, peer, limits.body_time());
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time())
        .max_buf_size(limits.max_head_bytes.max(8 * 1024))
        .keep_alive(true);
    let connection = builder.serve_connection(TokioIo::new(stream), service).with_upgrades();
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => {}
        () = shutdown.cancelled() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

fn tower_layer(
    router: Router,
    peer: SocketAddr,
    body_time: Duration,
) -> TowerToHyperService<
    impl tower::Service<
        Request<hyper::body::Incoming>,
        Response = Response,
        Error = std::convert::Infallible,
        Future: Send,
    > + Clone,
> {
    TowerToHyperService::new(tower::service_fn(move |request: Request<hyper::body::Incoming>| {
        let router = router.clone();
        async move {
            let late = CancellationToken::new();
            let until = Box::pin(tokio::time::sleep(body_time));
            let mut request =
                request.map(|inner| axum::body::Body::new(Timely { inner, until, late: late.clone() }));
            request.extensions_mut().insert(ConnectInfo(peer));
            tokio::select! {
                answered = tower::ServiceExt::oneshot(router, request) => answered,
                () = late.cancelled() => Ok(too_slow()),
            }
        }
    }))
}

/// The body of a request, which must be there in time. When it is not, whoever reads it waits, and `late` says so.
struct Timely {
    inner: hyper::body::Incoming,
    until: Pin<Box<tokio::time::Sleep>>,
    late: CancellationToken,
}

impl hyper::body::Body for Timely {
    type Data = hyper::body::Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.inner).poll_frame(context) {
            return Poll::Ready(frame);
        }
        if self.until.as_mut().poll(context).is_ready() {
            self.late.cancel();
        }
        Poll::Pending
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        self.inner.size_hint()
    }
}

fn too_slow() -> Response {
    let text = "The request took too long to arrive; send it again over a better connection\n";
    (StatusCode::REQUEST_TIMEOUT, [(header::CONNECTION, "close")], text).into_response()
}

/// What plain HTTP answers when the site is on HTTPS: the same address there. ACME challenges are answered before.
pub fn to_https(port: u16) -> Router {
    Router::new().fallback(move |request: Request| async move {
        let host =
            request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let target = if port == 443 {
            format!("https://{name}{path}")
        } else {
            format!("https://{name}:{port}{path}")
        };
        match HeaderValue::from_str(&target) {
            Ok(target) if !name.is_empty() => {
                (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, target)]).into_response()
            }
            _ => StatusCode::BAD_REQUEST.into_response(),
        }
    })
}
