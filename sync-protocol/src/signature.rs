//! Signatures: ECDSA P-256 with SHA-256, 64 bytes `r || s`, over a purpose label, a zero byte and the message.
//!
//! The label keeps a signature for one purpose from being used for another. Algorithm ids are stored beside each
//! signature, so that another algorithm can follow (L-50). Deliberately not here: where keys are kept.

use crate::ProtocolError;
use ring::rand::SecureRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, UnparsedPublicKey,
};
use sha2::{Digest, Sha256};

/// Algorithm id of ECDSA P-256 with SHA-256.
pub const ALGORITHM_ES256: u8 = 1;
/// Bytes of a public key: an uncompressed point.
pub const PUBLIC_KEY_BYTES: usize = 65;

/// What a signature is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// An envelope's body.
    Envelope,
    /// A request's body.
    Request,
    /// A request's digest followed by an answer's body.
    Answer,
    /// A device certificate's body.
    Device,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Envelope => b"zoufang-envelope-1\0",
            Self::Request => b"zoufang-request-1\0",
            Self::Answer => b"zoufang-answer-1\0",
            Self::Device => b"zoufang-device-1\0",
        }
    }

    fn message(self, parts: &[&[u8]]) -> Vec<u8> {
        let mut message = self.label().to_vec();
        parts.iter().for_each(|part| message.extend_from_slice(part));
        message
    }
}

/// SHA-256 of `bytes`.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The id of the device that holds `public_key`: the first 16 bytes of its SHA-256.
pub fn device_id(public_key: &[u8]) -> [u8; 16] {
    let mut id = [0; 16];
    id.copy_from_slice(&digest(public_key)[..16]);
    id
}

/// Checks a signature over `parts`, one behind the other.
pub fn verify(public_key: &[u8], purpose: Purpose, parts: &[&[u8]], signature: &[u8]) -> Result<(), ProtocolError> {
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public_key)
        .verify(&purpose.message(parts), signature)
        .map_err(|_| ProtocolError::BadSignature)
}

/// Whether `bytes` could be a public key: the length and mark of an uncompressed point.
pub fn is_public_key(bytes: &[u8]) -> bool {
    bytes.len() == PUBLIC_KEY_BYTES && bytes[0] == 4
}

/// A key pair that signs: the county's on the server, a simulated phone's in tests and demo.
pub struct SigningKey<R> {
    pair: EcdsaKeyPair,
    random: R,
}

impl<R: SecureRandom> SigningKey<R> {
    /// Makes a new key; returns its PKCS#8 document, to be kept by the caller.
    pub fn generate(random: &R) -> Result<Vec<u8>, ProtocolError> {
        EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, random)
            .map(|document| document.as_ref().to_vec())
            .map_err(|_| ProtocolError::BadSignature)
    }

    /// Reads a PKCS#8 document; signatures draw from `random`.
    pub fn from_pkcs8(document: &[u8], random: R) -> Result<Self, ProtocolError> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document, &random)
            .map_err(|_| ProtocolError::BadSignature)?;
        Ok(Self { pair, random })
    }

    /// The public key, 65 bytes.
    pub fn public_key(&self) -> &[u8] {
        self.pair.public_key().as_ref()
    }

    /// Signs `parts`, one behind the other. Fails only if the source of randomness does.
    pub fn sign(&self, purpose: Purpose, parts: &[&[u8]]) -> Result<Vec<u8>, ProtocolError> {
        self.pair
            .sign(&self.random, &purpose.message(parts))
            .map(|signature| signature.as_ref().to_vec())
            .map_err(|_| ProtocolError::BadSignature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::rand::SystemRandom;

    #[test]
    fn a_signature_is_good_for_its_purpose_alone() {
        let document = SigningKey::generate(&SystemRandom::new()).unwrap();
        let key = SigningKey::from_pkcs8(&document, SystemRandom::new()).unwrap();
        let signature = key.sign(Purpose::Request, &[b"a", b"b"]).unwrap();
        assert_eq!(verify(key.public_key(), Purpose::Request, &[b"ab"], &signature), Ok(()));
        assert!(verify(key.public_key(), Purpose::Answer, &[b"ab"], &signature).is_err());
        assert!(verify(key.public_key(), Purpose::Request, &[b"ac"], &signature).is_err());
    }
}
