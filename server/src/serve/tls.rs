//! Certificate and key for TLS, read once at start.
//!
//! Always true: TLS 1.2 or 1.3 with `ring`, HTTP/1.1 only; the key never appears in an error or a log. Deliberately not
//! here: renewing (restart after renewing; the drain loses nothing).

use super::ServeError;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};

/// Where certificate chain and private key stand, both PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsPaths {
    /// The server's certificate first, then the intermediate ones.
    pub certificate: PathBuf,
    /// PKCS#8, SEC1 or PKCS#1.
    pub key: PathBuf,
}

/// Reads both files. What is wrong is told with the path and what to do.
pub(super) fn acceptor(paths: &TlsPaths) -> Result<TlsAcceptor, ServeError> {
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(&paths.certificate)
        .and_then(Iterator::collect)
        .map_err(|error| unreadable(&paths.certificate, &error))?;
    if chain.is_empty() {
        return Err(unreadable(&paths.certificate, &pem::Error::NoItemsFound));
    }
    let key = PrivateKeyDer::from_pem_file(&paths.key).map_err(|error| unreadable(&paths.key, &error))?;
    let refused = |error: rustls::Error| ServeError::Tls { path: paths.key.clone(), reason: error.to_string() };
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(refused)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(refused)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn unreadable(path: &Path, error: &pem::Error) -> ServeError {
    // The error's own words may repeat bytes of the file; a key's bytes belong in no log.
    let reason = match error {
        pem::Error::Io(error) => error.to_string(),
        pem::Error::NoItemsFound => "holds nothing of this kind".to_owned(),
        _ => "is not PEM".to_owned(),
    };
    ServeError::Tls { path: path.to_owned(), reason }
}
