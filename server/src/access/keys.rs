//! The county's own key, and the secret that nonces and cookies are made with. Files beside the journal.
//!
//! Always true: the folder and files are readable by their owner alone; the key is made once and never replaced, for
//! phones have pinned it. Deliberately not here: backup of the key.

use super::AccessError;
use crate::store::contract::StoreError;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
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

    /// Encrypts what only the county may read, for `purpose`; it opens only beside the same `about`. AES-256-GCM with a key
    /// of its own for each purpose and a random nonce in front.
    pub fn lock(&self, purpose: &str, about: &str, plain: &[u8]) -> Result<Vec<u8>, AccessError> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).map_err(|_| AccessError::Cryptography)?;
        let mut bytes = plain.to_vec();
        self.cipher(purpose)?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(about), &mut bytes)
            .map_err(|_| AccessError::Cryptography)?;
        Ok([&nonce[..], &bytes].concat())
    }

    /// Opens what [`Self::lock`] made.
    pub fn unlock(&self, purpose: &str, about: &str, locked: &[u8]) -> Result<Vec<u8>, AccessError> {
        let (nonce, bytes) = locked.split_at_checked(NONCE_LEN).ok_or(AccessError::Cryptography)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| AccessError::Cryptography)?;
        let mut bytes = bytes.to_vec();
        let plain = self.cipher(purpose)?.open_in_place(nonce, Aad::from(about), &mut bytes);
        Ok(plain.map_err(|_| AccessError::Cryptography)?.to_vec())
    }

    fn cipher(&self, purpose: &str) -> Result<LessSafeKey, AccessError> {
        let key = UnboundKey::new(&AES_256_GCM, &self.seal("encryption", purpose.as_bytes()));
        Ok(LessSafeKey::new(key.map_err(|_| AccessError::Cryptography)?))
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
