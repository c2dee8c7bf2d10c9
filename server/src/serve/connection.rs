//! One connection from its first byte to its last.
//!
//! Always true: the connection's task looks at the deadline of its pace after every step; what is over a limit is
//! answered with a JSON failure where an answer can still be heard, and cut otherwise. Deliberately not here: accepting
//! and the drain (`mod.rs`), which time is right for what (`limits.rs`).

use super::body::{AnswerBody, RequestBody};
use super::pace::SharedPace;
use super::watched::Watched;
use super::{App, Door, Peer, Signal};
use crate::routes::problem::{Problem, RefusalCode};
use hyper::body::{Body, Incoming};
use hyper::header::{CONNECTION, CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use warp::Reply;
use warp::reply::Response as Answer;

/// What moved a connection's task.
enum Step {
    /// The last byte is out, or the other side is gone.
    Done,
    /// The deadline is another one now.
    Moved,
}

/// Serves requests on `io` until it is done, too slow, or told to end.
pub(super) async fn serve<T, S>(io: T, peer: Peer, app: S, door: Arc<Door>, mut signals: watch::Receiver<Signal>)
where
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    S: App,
{
    let pace = SharedPace::new(Arc::clone(&door.limits));
    let socket = TokioIo::new(Watched::new(io, pace.clone()));
    let (shared_door, shared_pace) = (Arc::clone(&door), pace.clone());
    let service = service_fn(move |request| {
        Box::pin(answer(request, peer, app.clone(), Arc::clone(&shared_door), shared_pace.clone()))
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(None)
        .max_header_size(door.limits.header_bytes_max)
        .max_headers(door.limits.header_lines_max)
        // 37 bytes of every answer that neither a phone nor a cache needs.
        .auto_date_header(false)
        .serve_connection(socket, service);
    let mut ending = false;
    loop {
        let deadline = pace.lock().deadline();
        let step = poll_fn(|cx| match connection.poll_without_shutdown(cx) {
            // How a connection broke is the other side's affair and told nowhere.
            Poll::Ready(_) => Poll::Ready(Step::Done),
            Poll::Pending if pace.lock().deadline() != deadline => Poll::Ready(Step::Moved),
            Poll::Pending => Poll::Pending,
        });
        tokio::select! {
            biased;
            told = signals.changed(), if !ending => {
                let signal = signals.borrow_and_update().clone();
                ending = told.is_err() || signal.ending;
                heed(ending, &pace);
                if ending {
                    std::pin::Pin::new(&mut connection).graceful_shutdown();
                }
            }
            step = step => match step {
                Step::Done => break,
                Step::Moved => {}
            },
            () = at(deadline) => {
                door.metrics.connections_cut.add(1);
                return;
            }
        }
    }
    close(connection.into_parts().io.into_inner(), &pace, &door).await;
}

/// A signal either ends the server or says that places are short.
fn heed(ending: bool, pace: &SharedPace) {
    let mut pace = pace.lock();
    pace.ending = ending;
    pace.hurry();
}

async fn at(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}

/// Says goodbye. After an early refusal the rest of the body is thrown away for a while: closing at once would reset
/// the connection, and the refusal would be lost before it is read.
async fn close<T: AsyncRead + AsyncWrite + Unpin>(mut socket: T, pace: &SharedPace, door: &Door) {
    let oversized = pace.lock().oversized;
    let farewell = async {
        socket.shutdown().await?;
        if oversized {
            tokio::io::copy(&mut socket.take(door.limits.linger_bytes_max), &mut tokio::io::sink()).await?;
        }
        Ok::<(), std::io::Error>(())
    };
    // It is only politeness: neither an error nor running out of time matters.
    let _ = timeout(door.limits.linger_time, farewell).await;
}

/// One request: measured, handed to the application, its answer on the way.
async fn answer<S>(
    request: Request<Incoming>,
    peer: Peer,
    mut app: S,
    door: Arc<Door>,
    pace: SharedPace,
) -> Result<Response<AnswerBody<impl Body<Data = bytes::Bytes, Error = warp::Error>>>, Infallible>
where
    S: App,
{
    let body_max = door.limits.body_max(request.uri().path());
    pace.lock().request_began(!request.body().is_end_stream(), Instant::now());
    pace.lock().body_max = body_max;
    let made = if request.body().size_hint().lower() > body_max {
        pace.lock().oversized = true;
        oversized(body_max)
    } else {
        let mut request = request.map(|body| RequestBody::new(body, pace.clone()));
        request.extensions_mut().insert(peer);
        in_time(app.call(request), &door, &pace).await
    };
    door.metrics.requests.add(1);
    if let Some(RefusalCode(code)) = made.extensions().get() {
        door.metrics.refuse(code);
    }
    let stream = made.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
    pace.lock().answer_began(stream, Instant::now());
    Ok(made.map(|body| AnswerBody::new(body, pace.clone(), stream)))
}

/// The application's answer, or a refusal if the body grows too large or the answer does not come.
async fn in_time<F>(work: F, door: &Door, pace: &SharedPace) -> Answer
where
    F: Future<Output = Result<Answer, Infallible>>,
{
    let mut work = pin!(work);
    let mut overdue = pin!(sleep(door.limits.work_time));
    poll_fn(|cx| {
        let worked = work.as_mut().poll(cx);
        if pace.lock().oversized {
            return Poll::Ready(oversized(pace.lock().body_max));
        }
        if let Poll::Ready(Ok(answer)) = worked {
            return Poll::Ready(answer);
        }
        // No deadline: the body is still coming, and the connection's own deadline applies.
        let Some(deadline) = pace.lock().work_deadline() else { return Poll::Pending };
        if overdue.deadline() != deadline {
            overdue.as_mut().reset(deadline);
        }
        overdue.as_mut().poll(cx).map(|()| Problem::Busy.into_response())
    })
    .await
}

fn oversized(body_max: u64) -> Answer {
    let about = format!("{body_max} bytes");
    let mut answer = Problem::TooLarge(about).into_response();
    answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    answer
}
