//! The web app's files: `/` for phones, `/county` for the workbench, everything else by its path.
//!
//! Plug in: `app::routes()`, last in the tree.
//!
//! Always true: only files of the built app are served, each under the headers of `secure.rs`; what has a hash in its
//! name may be kept for ever, all else is asked for again. Release builds carry the app in the binary, compressed;
//! debug builds read `pwa/dist`. Deliberately not here: building the app (`build.rs`), the API.

#[cfg(not(app_embedded))]
#[path = "app/disk.rs"]
mod source;
#[cfg(app_embedded)]
#[path = "app/embedded.rs"]
mod source;

use super::problem::Problem;
use super::secure;
use bytes::Bytes;
use warp::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use warp::path::FullPath;
use warp::reply::Response;
use warp::{Filter, Rejection, Reply};

/// A file of the built app.
struct Asset {
    /// What the file holds, in this build's spelling of the `ETag` (without quotes).
    tag: String,
    raw: Bytes,
    /// The same under brotli, where that is smaller.
    brotli: Option<Bytes>,
}

/// Answers GET and HEAD for the app's files; every other path is rejected as not found.
pub fn routes() -> impl Filter<Extract = (Response,), Error = Rejection> + Clone {
    warp::path::full().and(warp::method()).and(warp::header::headers_cloned()).and_then(
        |path: FullPath, method: Method, headers: HeaderMap| async move {
            let path = file_of(path.as_str());
            let found = source::find(path).map(|asset| reply(path, asset, &headers));
            let unbuilt = || source::instead_of(path).map(|page| secure::page(warp::reply::html(page).into_response()));
            // Not a `Problem`: another route may have refused the same path for a better reason.
            let answer = found.or_else(unbuilt).ok_or_else(warp::reject::not_found)?;
            let read = matches!(method, Method::GET | Method::HEAD);
            if read { Ok(answer) } else { Err(warp::reject::custom(Problem::MethodNotAllowed)) }
        },
    )
}

/// The file that a path of the address bar names.
fn file_of(path: &str) -> &str {
    match path.trim_start_matches('/') {
        "" => "index.html",
        "county" => "county.html",
        other => other,
    }
}

fn reply(path: &str, asset: Asset, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", asset.tag);
    let known = headers.get_all(header::IF_NONE_MATCH).iter().any(|seen| names(seen, &tag));
    let mut response = Response::default();
    let fields = response.headers_mut();
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static(keeping(path)));
    // A tag is hexadecimal, so that it is always a valid header.
    fields.extend(HeaderValue::from_str(&tag).ok().map(|tag| (header::ETAG, tag)));
    fields.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return secure::page(response);
    }
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(path)));
    let body = match asset.brotli {
        Some(brotli) if takes_brotli(headers) => {
            fields.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            brotli
        }
        _ => asset.raw,
    };
    *response.body_mut() = body.into();
    secure::page(response)
}

fn names(seen: &HeaderValue, tag: &str) -> bool {
    // A proxy that compresses makes a tag weak; the file is the same.
    seen.to_str().is_ok_and(|seen| seen.split(',').any(|one| one.trim().trim_start_matches("W/") == tag))
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').any(|one| {
            let mut parts = one.split(';').map(str::trim);
            parts.next() == Some("br") && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    })
}

/// Files under `assets/` carry a hash of their content in their name.
fn keeping(path: &str) -> &'static str {
    if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" }
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webp") => "image/webp",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset() -> Asset {
        Asset { tag: "5e".to_owned(), raw: Bytes::from_static(b"long"), brotli: Some(Bytes::from_static(b"short")) }
    }

    fn asking(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn page_is_secured_and_asked_for_again() {
        let response = reply("index.html", asset(), &asking(&[]));
        let field = |name: &str| response.headers()[name].to_str().expect("ours are text").to_owned();
        assert_eq!(field("cache-control"), "no-cache");
        assert_eq!(field("content-type"), "text/html; charset=utf-8");
        assert_eq!(field("referrer-policy"), "no-referrer");
        assert!(
            field("content-security-policy").starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';")
        );
        assert!(!field("content-security-policy").contains("unsafe-inline"));
    }

    #[test]
    fn hashed_file_is_kept_and_small_where_the_browser_can() {
        let response = reply("assets/a-1.js", asset(), &asking(&[(header::ACCEPT_ENCODING, "gzip, br;q=0.9")]));
        assert_eq!(response.headers()[header::CONTENT_ENCODING], "br");
        assert!(response.headers()[header::CACHE_CONTROL].to_str().is_ok_and(|text| text.contains("immutable")));
        let response = reply("assets/a-1.js", asset(), &asking(&[(header::ACCEPT_ENCODING, "gzip, br;q=0")]));
        assert!(!response.headers().contains_key(header::CONTENT_ENCODING));
    }

    #[test]
    fn known_file_is_not_sent_again() {
        let response = reply("index.html", asset(), &asking(&[(header::IF_NONE_MATCH, "\"1\", W/\"5e\"")]));
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
        let response = reply("index.html", asset(), &asking(&[(header::IF_NONE_MATCH, "\"1\"")]));
        assert_eq!(response.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn nothing_outside_the_app_is_served() {
        for path in ["/../package.json", "/assets/../../package.json", "/..%2fpackage.json", "//etc/passwd", "/src"] {
            let refused = warp::test::request().path(path).filter(&routes()).await.expect_err("not of the app");
            assert!(refused.is_not_found(), "{path}");
        }
    }
}
