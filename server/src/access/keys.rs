//! The county's own key, and the secret that nonces and cookies are made with. Files beside the journal.
//!
//! Always true: the folder and files are readable by their owner alone; the key is made once and never replaced, for
//! phones have pinned it. Deliberately not here: backup of the key.

use super::AccessError;
use crate::store::contract::StoreError;
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use zoufang_sync_protocol::signature::SigningKey;

/// The county's keys.
pub struct CountyKeys {
    /// Signs answers, certificates and the county's own envelopes.
    pub signing: SigningKey<SystemRandom>,
    secret: hmac::Key,
}

impl CountyKeys {
    /// Reads the keys in `folder`, or makes them.
    pub fn open(folder: &Path) -> Result<Self, AccessError> {
        let document = read_or_make(&folder.join("county.pkcs8"), || {
            SigningKey::<SystemRandom>::generate(&SystemRandom::new()).map_err(|_| AccessError::Cryptography)
        })?;
        let secret = read_or_make(&folder.join("secret"), || {
            let mut bytes = vec![0; 32];
            SystemRandom::new().fill(&mut bytes).map_err(|_| AccessError::Cryptography)?;
            Ok(bytes)
        })?;
        let signing = SigningKey::from_pkcs8(&document, SystemRandom::new()).map_err(|_| AccessError::Cryptography)?;
        Ok(Self { signing, secret: hmac::Key::new(hmac::HMAC_SHA256, &secret) })
    }

    /// A code that only this server can make, for `purpose` and `about`.
    pub fn seal(&self, purpose: &str, about: &[u8]) -> [u8; 32] {
        let mut message = purpose.as_bytes().to_vec();
        message.push(0);
        message.extend_from_slice(about);
        let mut sealed = [0; 32];
        sealed.copy_from_slice(hmac::sign(&self.secret, &message).as_ref());
        sealed
    }
}

fn read_or_make(path: &Path, make: impl FnOnce() -> Result<Vec<u8>, AccessError>) -> Result<Vec<u8>, AccessError> {
    let failed = |error: std::io::Error| StoreError::Failed(format!("{}: {error}", path.display()));
    match fs::read(path) {
        Ok(bytes) => return Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error).into()),
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed)?;
    let bytes = make()?;
    let temporary = path.with_extension("new");
    let mut file =
        fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary).map_err(failed)?;
    file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    fs::rename(&temporary, path).and_then(|()| fs::File::open(folder)?.sync_all()).map_err(failed)?;
    Ok(bytes)
}
