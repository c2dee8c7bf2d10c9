//! `/healthz`, `/readyz`, `/metrics`: for whoever watches the server, not for people.
//!
//! Plug in: `probes::routes(metrics, move || store.trouble().map(|trouble| trouble.to_string()))`.
//!
//! Always true: `/healthz` answers while the process lives; `/readyz` is 200 exactly when the closure names no reason;
//! nothing personal is shown. Deliberately not here: deciding what makes the server ready.

use super::secure;
use crate::metrics::Metrics;
use serde_json::json;
use std::sync::Arc;
use warp::http::{HeaderValue, StatusCode, header};
use warp::reply::Response;
use warp::{Filter, Rejection, Reply};

/// The three probes.
pub fn routes<R>(metrics: Arc<Metrics>, trouble: R) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone
where
    R: Fn() -> Option<String> + Clone + Send + Sync + 'static,
{
    let health = warp::path!("healthz").and(warp::get()).map(|| secure::bare("ok".into_response()));
    let ready = warp::path!("readyz").and(warp::get()).map(move || readiness(trouble()));
    let figures = warp::path!("metrics").and(warp::get()).map(move || {
        let kind = HeaderValue::from_static("text/plain; version=0.0.4");
        let mut response = metrics.render().into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        secure::bare(response)
    });
    health.or(ready).unify().or(figures).unify()
}

fn readiness(trouble: Option<String>) -> Response {
    let status = if trouble.is_none() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = warp::reply::json(&json!({ "ready": trouble.is_none(), "reason": trouble.unwrap_or_default() }));
    secure::bare(warp::reply::with_status(body, status).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn readiness_follows_its_reason() {
        let ready = routes(Arc::default(), || None);
        assert_eq!(warp::test::request().path("/readyz").reply(&ready).await.status(), 200);
        let not_ready = routes(Arc::default(), || Some("index is behind".to_owned()));
        let answer = warp::test::request().path("/readyz").reply(&not_ready).await;
        assert_eq!(answer.status(), 503);
        assert!(String::from_utf8_lossy(answer.body()).contains("index is behind"));
        assert_eq!(warp::test::request().path("/healthz").reply(&not_ready).await.body(), "ok");
    }

    #[tokio::test]
    async fn metrics_are_text_for_prometheus() {
        let metrics = Arc::new(Metrics::default());
        metrics.exchanges.add(2);
        let answer = warp::test::request().path("/metrics").reply(&routes(metrics, || None)).await;
        assert!(String::from_utf8_lossy(answer.body()).contains("\nzoufang_exchanges_total 2\n"));
    }
}
