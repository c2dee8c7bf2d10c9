//! The bodies of a request and of its answer, counted while they pass.
//!
//! Always true: not one byte over the limit reaches the application, and nothing is collected here. Deliberately not
//! here: what an oversized body is answered with (`connection.rs`).

use super::pace::SharedPace;
use bytes::{Buf, Bytes};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::time::Instant;

/// Why a body ended early.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// More bytes than [`super::ServeLimits::body_bytes_max`].
    #[error("body is over the limit")]
    TooLarge,
    /// The other side went away or sent something that is not HTTP.
    #[error("body broke off: {0}")]
    Broken(#[from] hyper::Error),
}

/// A request's body as the application sees it.
#[derive(Debug)]
pub struct RequestBody {
    inner: Incoming,
    pace: SharedPace,
}

impl RequestBody {
    pub(super) fn new(inner: Incoming, pace: SharedPace) -> Self {
        Self { inner, pace }
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let polled = Pin::new(&mut self.inner).poll_frame(cx);
        let mut pace = self.pace.lock();
        match polled {
            Poll::Ready(Some(Ok(frame))) => {
                let bytes = frame.data_ref().map_or(0, Buf::remaining);
                Poll::Ready(Some(if pace.body_arrived(bytes as u64) { Ok(frame) } else { Err(BodyError::TooLarge) }))
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(BodyError::Broken(error)))),
            Poll::Ready(None) => {
                pace.body_ended(Instant::now());
                Poll::Ready(None)
            }
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// An answer's body on its way out. A stream of events ends as soon as the server is stopping.
pub(super) struct AnswerBody<B> {
    inner: B,
    pace: SharedPace,
    stream: bool,
}

impl<B> AnswerBody<B> {
    pub(super) fn new(inner: B, pace: SharedPace, stream: bool) -> Self {
        Self { inner, pace, stream }
    }
}

impl<B: Body + Unpin> Body for AnswerBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        if self.stream && self.pace.lock().ending {
            return Poll::Ready(None);
        }
        Pin::new(&mut self.inner).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// The body is dropped as soon as its last byte is with the socket.
impl<B> Drop for AnswerBody<B> {
    fn drop(&mut self) {
        self.pace.lock().answer_ended(Instant::now());
    }
}
