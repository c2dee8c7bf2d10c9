//! The whole body of a request, in memory.
//!
//! Plug in: `warp::path!("api" / "sync").and(warp::post()).and(body::whole(REQUEST_BYTES_MAX))` gives `Bytes`.
//!
//! Always true: never more than `limit` bytes are held; what is over is `too_large`, what breaks off is `bad_request`.
//! Deliberately not here: what the bytes mean.

use super::problem::Problem;
use bytes::{Buf, Bytes, BytesMut};
use futures_util::{Stream, TryStreamExt};
use std::pin::pin;
use warp::{Filter, Rejection};

/// Collects a body of at most `limit` bytes.
pub fn whole(limit: usize) -> impl Filter<Extract = (Bytes,), Error = Rejection> + Clone {
    warp::body::stream()
        .and_then(move |stream| async move { collect(stream, limit).await.map_err(warp::reject::custom) })
}

async fn collect(stream: impl Stream<Item = Result<impl Buf, warp::Error>>, limit: usize) -> Result<Bytes, Problem> {
    let mut stream = pin!(stream);
    let mut whole = BytesMut::new();
    while let Some(piece) = stream.try_next().await.map_err(|_| Problem::BadRequest("body".to_owned()))? {
        if whole.len() + piece.remaining() > limit {
            return Err(Problem::TooLarge(format!("{limit} bytes")));
        }
        bytes::BufMut::put(&mut whole, piece);
    }
    Ok(whole.freeze())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn body_over_its_limit_is_not_collected() {
        let routes = whole(4).map(|bytes: Bytes| bytes.len().to_string());
        assert_eq!(warp::test::request().body("1234").reply(&routes).await.body(), "4");
        let refused = warp::test::request().body("12345").filter(&routes).await.expect_err("over the limit");
        assert!(matches!(refused.find(), Some(Problem::TooLarge(_))), "{refused:?}");
    }
}
