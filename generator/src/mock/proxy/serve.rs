//! The HTTP server of a proxy.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::Proxy;

/// How long open connections may go on when the proxy is told to stop.
const GRACE: Duration = Duration::from_secs(2);

/// Passes requests on until the proxy is told to stop. What is not over soon after that is cut off.
///
/// # Errors
///
/// When connections cannot be accepted.
pub async fn serve(
    proxy: Arc<Proxy>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let router = Router::new().fallback(async move |request: Request| proxy.pass(request).await);
    let (tell, mut told) = watch::channel(false);
    let stop = async move {
        stop.await;
        let _ = tell.send(true);
    };
    let grace = async move {
        let _ = told.wait_for(|it| *it).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = axum::serve(listener, router).with_graceful_shutdown(stop) => served,
        () = grace => Ok(()),
    }
}
