//! Everything that can be wrong with a request, as it is told: status, stable code, sentence. Nowhere else.
//!
//! Plug in: a handler returns `Result<impl Reply, Problem>`; `Problem` is a `Reply` and a `Reject`. In a chain of
//! filters use `Err(warp::reject::custom(problem))`, and end the whole tree with `.recover(problem::recover)`.
//! `ProtocolError` and `StoreError` convert with `?`.
//!
//! Always true: every answer that is not a success is a JSON `Failure` with a code of `PROTOCOL.md`; its sentences say
//! what, where and what to do; `about` holds a field, unit or id, never a name; our faults are logged as errors, the
//! peer's as information, both without content. Deliberately not here: refusals inside an exchange.

mod translate;

use crate::county::view::{Failure, FailureText};
use crate::routes::secure;
use crate::store::contract::StoreError;
use std::convert::Infallible;
use warp::http::{HeaderValue, StatusCode, header};
use warp::reply::Response;
use warp::{Rejection, Reply};
use zoufang_sync_protocol::ProtocolError;

/// What is wrong. The text is what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The body is not the CBOR that was expected.
    NotCbor(String),
    /// Over a limit.
    TooLarge(String),
    /// A version of the exchange that this server does not know.
    UnsupportedVersion(String),
    /// The phone is enrolled with another county.
    WrongCounty(String),
    /// No such device is enrolled here.
    UnknownDevice(String),
    /// The device was withdrawn.
    DeviceWithdrawn(String),
    /// The signature does not verify.
    BadSignature(String),
    /// No such code was ever made here.
    CodeUnknown,
    /// Another phone or person has used the code.
    CodeUsed,
    /// The code is too old.
    CodeExpired,
    /// No disk left: nothing is taken, reads go on.
    StorageFull,
    /// Not here, or not for this person to see.
    NotFound(String),
    /// The path is right, the method is not.
    MethodNotAllowed,
    /// Nobody is signed in.
    NotSignedIn,
    /// Signed in, but this is not theirs to do; or the request came from a foreign page.
    NotAllowed(String),
    /// Not understood: the field or parameter.
    BadRequest(String),
    /// A rule of one resource, which has its own words: `{}` in them stands for what it is about.
    Told {
        /// HTTP status.
        status: StatusCode,
        /// Stable code.
        code: &'static str,
        /// The field, day or id.
        about: String,
        /// For people, Chinese.
        zh: &'static str,
        /// For people, English.
        en: &'static str,
    },
    /// Too much at once, or too slow: try again.
    Busy,
    /// Our fault. The text goes to the log, not to the peer.
    Internal(String),
}

/// Stands in the extensions of a refusing answer, for the door to count.
#[derive(Debug, Clone, Copy)]
pub struct RefusalCode(pub &'static str);

impl warp::reject::Reject for Problem {}

/// What is said about a problem; `{}` stands for what it is about.
struct Said(StatusCode, &'static str, &'static str, &'static str);

impl Problem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.said().1
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.said().0
    }

    /// The field, unit or id.
    pub fn about(&self) -> &str {
        match self {
            Self::NotCbor(about)
            | Self::TooLarge(about)
            | Self::UnsupportedVersion(about)
            | Self::WrongCounty(about)
            | Self::UnknownDevice(about)
            | Self::DeviceWithdrawn(about)
            | Self::BadSignature(about)
            | Self::NotFound(about)
            | Self::NotAllowed(about)
            | Self::BadRequest(about)
            | Self::Told { about, .. } => about,
            _ => "",
        }
    }

    /// The JSON of the answer.
    pub fn json(&self) -> String {
        let Said(_, code, zh, en) = self.said();
        // An echo of what came in stays short.
        let about: String = self.about().chars().take(80).collect();
        let error = FailureText {
            code: code.to_owned(),
            zh: zh.replace("{}", &named(&about, "「", "」")),
            en: en.replace("{}", &named(&about, " (", ")")),
            about,
        };
        serde_json::to_string(&Failure { error }).expect("a struct of strings is always JSON")
    }

    fn said(&self) -> Said {
        match self {
            Self::NotCbor(_)
            | Self::TooLarge(_)
            | Self::UnsupportedVersion(_)
            | Self::MethodNotAllowed
            | Self::BadRequest(_) => self.said_of_request(),
            Self::WrongCounty(_) | Self::UnknownDevice(_) | Self::DeviceWithdrawn(_) | Self::BadSignature(_) => {
                self.said_of_device()
            }
            Self::CodeUnknown | Self::CodeUsed | Self::CodeExpired | Self::NotSignedIn | Self::NotAllowed(_) => {
                self.said_of_person()
            }
            Self::Told { status, code, zh, en, .. } => Said(*status, code, zh, en),
            Self::StorageFull | Self::NotFound(_) | Self::Busy | Self::Internal(_) => self.said_of_server(),
        }
    }

    fn said_of_request(&self) -> Said {
        match self {
            Self::NotCbor(_) => Said(
                StatusCode::BAD_REQUEST,
                "not_cbor",
                "收到的同步数据{}不完整或已损坏，没有保存。请在网络好时重新同步；仍不行请更新应用。",
                "The data of this exchange{} is cut off or damaged and was not taken. Sync again on a better \
                 network; if it stays, update the app.",
            ),
            Self::TooLarge(_) => Said(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                "一次发送的数据超过上限{}，没有保存。请分几次发送。",
                "More data was sent at once than the limit{} allows; nothing was taken. Send it in several parts.",
            ),
            Self::UnsupportedVersion(_) => Said(
                StatusCode::BAD_REQUEST,
                "unsupported_version",
                "服务器不认识应用的同步版本{}。手机上的记录都还在，请更新应用后再同步。",
                "The server does not know this version{} of the exchange. Everything stays on the phone; update \
                 the app, then sync.",
            ),
            Self::MethodNotAllowed => Said(
                StatusCode::METHOD_NOT_ALLOWED,
                "bad_request",
                "这个地址不支持这种请求方式。请按接口说明更换请求方法。",
                "This address does not take this method. Use the method that the interface describes.",
            ),
            _ => Said(
                StatusCode::BAD_REQUEST,
                "bad_request",
                "请求{}写得不对，没有处理。请检查后再试。",
                "The request{} is not as it should be and nothing was done. Correct it and try again.",
            ),
        }
    }

    fn said_of_device(&self) -> Said {
        match self {
            Self::WrongCounty(_) => Said(
                StatusCode::CONFLICT,
                "wrong_county",
                "这台手机登记在另一个县{}，本服务器不收。请核对链接，或向县局要新的登记链接。",
                "This phone is enrolled with another county{}. Check the link, or ask the county for a new \
                 enrolment link.",
            ),
            Self::UnknownDevice(_) => Said(
                StatusCode::UNAUTHORIZED,
                "unknown_device",
                "本县没有登记这台手机{}。手机上的记录都还在，请向县局要登记链接。",
                "This phone{} is not enrolled with this county. Everything stays on the phone; ask the county for \
                 an enrolment link.",
            ),
            Self::DeviceWithdrawn(_) => Said(
                StatusCode::FORBIDDEN,
                "device_withdrawn",
                "这台手机{}的登记已停用。手机上未发送的记录请与县局联系处理。",
                "This phone{} was withdrawn. Ask the county what to do with what is not yet sent.",
            ),
            _ => Said(
                StatusCode::UNAUTHORIZED,
                "bad_signature",
                "签名{}核对不上，没有保存。请再同步一次；仍不行请重新登记这台手机。",
                "The signature{} does not verify and nothing was taken. Sync again; if it stays, enrol the phone anew.",
            ),
        }
    }

    fn said_of_person(&self) -> Said {
        match self {
            Self::CodeUnknown => Said(
                StatusCode::NOT_FOUND,
                "code_unknown",
                "链接里的登记码不对。请核对链接是否完整，或向县局要一个新的。",
                "The code in the link is not known. Check that the link is complete, or ask the county for a new one.",
            ),
            Self::CodeUsed => Said(
                StatusCode::CONFLICT,
                "code_used",
                "这个链接已经用过，每个链接只能用一次。请向县局要一个新的。",
                "This link has been used; each is good once. Ask the county for a new one.",
            ),
            Self::CodeExpired => Said(
                StatusCode::GONE,
                "code_expired",
                "这个链接已过期。请向县局要一个新的。",
                "This link has expired. Ask the county for a new one.",
            ),
            Self::NotSignedIn => Said(
                StatusCode::UNAUTHORIZED,
                "not_signed_in",
                "还没有登录，或登录已过期。请用登录链接重新登录。",
                "Nobody is signed in, or the session has ended. Sign in again with a sign-in link.",
            ),
            _ => Said(
                StatusCode::FORBIDDEN,
                "not_allowed",
                "您的权限不能做这件事{}。如确需办理，请联系县局管理员。",
                "This{} is not yours to do. If it should be, ask the county's administrator.",
            ),
        }
    }

    fn said_of_server(&self) -> Said {
        match self {
            Self::StorageFull => Said(
                StatusCode::INSUFFICIENT_STORAGE,
                "storage_full",
                "服务器磁盘已满，暂时不能接收。记录仍在手机上；请通知县局管理员清理磁盘。",
                "The server's disk is full and takes nothing for now. Records stay on the phone; tell the county's \
                 administrator to free disk space.",
            ),
            Self::NotFound(_) => Said(
                StatusCode::NOT_FOUND,
                "not_found",
                "没有找到{}。请核对地址，或返回上一页重新打开。",
                "Nothing found here{}. Check the address, or go back and open it again.",
            ),
            Self::Busy => Said(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "服务器正忙。记录没有丢，请过一会儿再试。",
                "The server is busy. Nothing is lost; try again in a moment.",
            ),
            _ => Said(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "服务器出错，这次没有办成。记录没有丢，请稍后再试；仍不行请联系县局管理员。",
                "The server failed and this was not done. Nothing is lost; try again later, and if it stays, tell \
                 the county's administrator.",
            ),
        }
    }

    /// Our faults are errors, the peer's are information; the words that came in are in neither.
    fn log(&self) {
        let (code, status) = (self.code(), self.status().as_u16());
        match self {
            Self::Internal(detail) => tracing::error!(code, status, %detail, "request failed"),
            Self::StorageFull => tracing::error!(code, status, "disk is full: request refused"),
            _ => tracing::info!(code, status, "request refused"),
        }
    }
}

fn named(about: &str, open: &str, close: &str) -> String {
    if about.is_empty() { String::new() } else { format!("{open}{about}{close}") }
}

impl Reply for Problem {
    fn into_response(self) -> Response {
        self.log();
        let mut response = Response::new(self.json().into());
        *response.status_mut() = self.status();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if matches!(self, Self::Busy | Self::StorageFull) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response.extensions_mut().insert(RefusalCode(self.code()));
        secure::bare(response)
    }
}

impl From<ProtocolError> for Problem {
    fn from(error: ProtocolError) -> Self {
        match error {
            ProtocolError::NotCbor { what, .. } => Self::NotCbor(what.to_owned()),
            ProtocolError::TooLarge { what, limit, .. } => Self::TooLarge(format!("{what}: {limit}")),
            ProtocolError::BadSignature => Self::BadSignature(String::new()),
            ProtocolError::UnsupportedVersion(version) => Self::UnsupportedVersion(version.to_string()),
            ProtocolError::Malformed(about) => Self::BadRequest(about),
            ProtocolError::ChunkDigestMismatch { index } => Self::BadRequest(format!("chunk {index}")),
            ProtocolError::Document(_) => Self::BadRequest("document".to_owned()),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full(_) => Self::StorageFull,
            other => Self::Internal(other.to_string()),
        }
    }
}

/// The end of the tree of filters: every rejection becomes a [`Failure`].
pub async fn recover(rejection: Rejection) -> Result<Response, Infallible> {
    use warp::reject::{InvalidHeader, InvalidQuery, MissingHeader};
    use warp::reject::{LengthRequired, MethodNotAllowed, PayloadTooLarge, UnsupportedMediaType};
    let problem = if let Some(problem) = rejection.find::<Problem>() {
        problem.clone()
    } else if rejection.is_not_found() {
        Problem::NotFound(String::new())
    } else if rejection.find::<MethodNotAllowed>().is_some() {
        Problem::MethodNotAllowed
    } else if rejection.find::<PayloadTooLarge>().is_some() {
        Problem::TooLarge(String::new())
    } else if rejection.find::<warp::body::BodyDeserializeError>().is_some() {
        Problem::BadRequest("JSON".to_owned())
    } else if rejection.find::<InvalidQuery>().is_some() {
        Problem::BadRequest("query".to_owned())
    } else if let Some(missing) = rejection.find::<MissingHeader>() {
        Problem::BadRequest(missing.name().to_owned())
    } else if let Some(invalid) = rejection.find::<InvalidHeader>() {
        Problem::BadRequest(invalid.name().to_owned())
    } else if rejection.find::<UnsupportedMediaType>().is_some() {
        Problem::BadRequest("content-type".to_owned())
    } else if rejection.find::<LengthRequired>().is_some() {
        Problem::BadRequest("content-length".to_owned())
    } else {
        Problem::Internal(format!("a rejection that nobody knows: {rejection:?}"))
    };
    Ok(problem.into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use warp::Filter;

    #[tokio::test]
    async fn every_rejection_becomes_a_failure_with_a_stable_code() {
        let posted = warp::path!("posted").and(warp::post()).and(warp::body::content_length_limit(4));
        let json = warp::path!("json").and(warp::body::json()).map(|_: Vec<u8>| "fine");
        let ours = warp::path!("ours")
            .and_then(|| async { Err::<&str, _>(warp::reject::custom(Problem::NotAllowed("990101".to_owned()))) });
        let routes = posted.map(|| "fine").or(json).or(ours).recover(recover);
        for (method, path, body, status, code) in [
            ("GET", "/nowhere", "", 404, "not_found"),
            ("GET", "/posted", "", 405, "bad_request"),
            ("POST", "/posted", "12345", 413, "too_large"),
            ("POST", "/json", "{", 400, "bad_request"),
            ("GET", "/ours", "", 403, "not_allowed"),
        ] {
            let answer = warp::test::request().method(method).path(path).body(body).reply(&routes).await;
            let failure: Failure = serde_json::from_slice(answer.body()).expect("a failure is JSON");
            assert_eq!((answer.status().as_u16(), failure.error.code.as_str()), (status, code), "{method} {path}");
            assert!(!failure.error.zh.contains("{}") && !failure.error.en.contains("{}"));
        }
    }

    #[test]
    fn internal_detail_is_not_told() {
        let told = Problem::Internal("segment 7 broken".to_owned()).json();
        assert!(told.contains("internal") && !told.contains("segment"), "{told}");
    }

    #[test]
    fn echo_of_what_came_in_is_short() {
        assert!(Problem::BadRequest("x".repeat(10_000)).json().len() < 1_000);
    }
}
