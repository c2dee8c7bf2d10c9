//! A socket that tells its connection's pace when bytes come and go.
//!
//! Always true: bytes pass unchanged. Deliberately not here: any decision about them.

use super::pace::SharedPace;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

/// The socket (plain or TLS) and the pace it reports to.
pub(super) struct Watched<T> {
    inner: T,
    pace: SharedPace,
}

impl<T> Watched<T> {
    pub(super) fn new(inner: T, pace: SharedPace) -> Self {
        Self { inner, pace }
    }

    fn report<R>(&self, outcome: Poll<io::Result<R>>) -> Poll<io::Result<R>> {
        match &outcome {
            Poll::Pending => self.pace.lock().stalled(Instant::now()),
            Poll::Ready(Ok(_)) => self.pace.lock().bytes_left(Instant::now()),
            Poll::Ready(Err(_)) => {}
        }
        outcome
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Watched<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.inner).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            self.pace.lock().bytes_arrived(Instant::now());
        }
        outcome
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Watched<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.inner).poll_write(cx, bytes);
        self.report(outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.inner).poll_write_vectored(cx, slices);
        self.report(outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    // A flush with nothing to flush is ready at once and must not count as progress.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.inner).poll_flush(cx);
        if outcome.is_pending() {
            self.pace.lock().stalled(Instant::now());
        }
        outcome
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
