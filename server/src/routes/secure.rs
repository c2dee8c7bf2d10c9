//! The headers that keep a page from doing what it should not.
//!
//! Plug in: wrap every answer of the API with `secure::bare(response)`; the app's own files get `secure::page`.
//!
//! Always true: pages run under one strict policy with no outside host; answers of the API carry two short headers and
//! no more, because they travel over slow links. Deliberately not here: caching of the app's files (`app.rs`).

use warp::http::{HeaderName, HeaderValue, header};
use warp::reply::Response;

/// What a page of the app may do. `wasm-unsafe-eval` is for the engine alone; Trusted Types know two policies: `vue`
/// (made by the framework) and `default` (the app's own script addresses and the empty string).
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
connect-src 'self'; worker-src 'self'; manifest-src 'self'; style-src 'self'; font-src 'self' data:; \
img-src 'self' blob: data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; \
require-trusted-types-for 'script'; trusted-types default vue";

const PAGE: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "geolocation=(), camera=(self), microphone=()"),
];

const BARE: [(HeaderName, &str); 2] =
    [(header::X_CONTENT_TYPE_OPTIONS, "nosniff"), (header::CACHE_CONTROL, "no-store")];

/// For the app's files.
pub fn page(response: Response) -> Response {
    with(response, PAGE)
}

/// For everything else.
pub fn bare(response: Response) -> Response {
    with(response, BARE)
}

fn with<const N: usize>(mut response: Response, headers: [(HeaderName, &'static str); N]) -> Response {
    for (name, value) in headers {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
