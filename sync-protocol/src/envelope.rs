//! The envelope: who wrote what. A device signs the digests of the chunks it made.
//!
//! Always true: an [`Envelope`] that [`Envelope::open`] returned has chunks that match their signed digests; whose key
//! signed it is checked by [`Envelope::verify`]. Deliberately not here: whether that device may write there (grants),
//! and what is inside a chunk (admission).

use crate::document::Address;
use crate::limits::{CHUNK_BYTES_MAX, CHUNKS_PER_ENVELOPE_MAX};
use crate::signature::{ALGORITHM_ES256, Purpose, SigningKey, digest, verify};
use crate::{ProtocolError, exchange};
use automerge::{AutoCommit, ChangeHash};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use ring::rand::SecureRandom;
use ts_rs::TS;

/// What a device signs.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, TS)]
#[cbor(array)]
pub struct EnvelopeBody {
    /// Algorithm id of the signature.
    #[n(0)]
    pub algorithm: u8,
    /// The writing device.
    #[n(1)]
    #[ts(type = "Uint8Array")]
    pub device: ByteArray<16>,
    /// 1, 2, 3 … per device.
    #[n(2)]
    pub counter: u64,
    /// Hash of the device's envelope before this one.
    #[n(3)]
    #[ts(type = "Uint8Array | null")]
    pub previous: Option<ByteArray<32>>,
    /// The device's clock, recorded and not trusted. Milliseconds since 1970.
    #[n(4)]
    pub time_ms: u64,
    /// SHA-256 of each chunk, in order.
    #[n(5)]
    #[ts(type = "Uint8Array[]")]
    pub chunk_digests: Vec<ByteArray<32>>,
}

/// How the payload of a chunk is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Plain Automerge changes, one behind the other: the fallback.
    Changes = 0,
    /// One Automerge bundle.
    Bundle = 1,
}

/// Changes to one document.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, TS)]
#[cbor(array)]
pub struct Chunk {
    /// The document, as text; [`Address::parse`] checks it.
    #[n(0)]
    pub address: String,
    /// An [`Encoding`] id.
    #[n(1)]
    pub encoding: u8,
    /// Automerge bytes.
    #[n(2)]
    #[ts(type = "Uint8Array")]
    pub payload: ByteVec,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct SealedEnvelope {
    #[n(0)]
    body: ByteVec,
    #[n(1)]
    signature: ByteVec,
    #[n(2)]
    chunks: Vec<ByteVec>,
}

/// A decoded envelope, with the exact bytes that were signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// SHA-256 of the body's bytes: the envelope's name and its receipt.
    pub hash: [u8; 32],
    /// The decoded body.
    pub body: EnvelopeBody,
    body_bytes: Vec<u8>,
    signature: Vec<u8>,
    chunks: Vec<Vec<u8>>,
}

impl Envelope {
    /// Decodes and measures; checks each chunk against its signed digest. Does not check the signature.
    pub fn open(bytes: &[u8]) -> Result<Self, ProtocolError> {
        let sealed: SealedEnvelope = exchange::decode("envelope", bytes)?;
        let body: EnvelopeBody = exchange::decode("envelope", &sealed.body)?;
        if body.algorithm != ALGORITHM_ES256 {
            return Err(ProtocolError::UnsupportedVersion(body.algorithm.into()));
        }
        check_count("chunks", sealed.chunks.len(), CHUNKS_PER_ENVELOPE_MAX)?;
        if sealed.chunks.len() != body.chunk_digests.len() {
            return Err(ProtocolError::ChunkDigestMismatch {
                index: sealed.chunks.len().min(body.chunk_digests.len()),
            });
        }
        for (index, chunk) in sealed.chunks.iter().enumerate() {
            check_count("chunk", chunk.len(), CHUNK_BYTES_MAX)?;
            if digest(chunk) != *body.chunk_digests[index] {
                return Err(ProtocolError::ChunkDigestMismatch { index });
            }
        }
        Ok(Self {
            hash: digest(&sealed.body),
            body,
            body_bytes: sealed.body.into(),
            signature: sealed.signature.into(),
            chunks: sealed.chunks.into_iter().map(Into::into).collect(),
        })
    }

    /// Checks the device's signature.
    pub fn verify(&self, public_key: &[u8]) -> Result<(), ProtocolError> {
        verify(public_key, Purpose::Envelope, &[&self.body_bytes], &self.signature)
    }

    /// Decodes the chunks.
    pub fn chunks(&self) -> Result<Vec<Chunk>, ProtocolError> {
        self.chunks.iter().map(|chunk| exchange::decode("envelope", chunk)).collect()
    }

    /// Signs `chunks` and returns the envelope's hash and bytes, ready to be stored and sent.
    pub fn seal<R: SecureRandom>(
        key: &SigningKey<R>,
        counter: u64,
        previous: Option<[u8; 32]>,
        time_ms: u64,
        chunks: &[Chunk],
    ) -> Result<([u8; 32], Vec<u8>), ProtocolError> {
        let chunks: Vec<Vec<u8>> = chunks.iter().map(exchange::encode).collect();
        let body = exchange::encode(&EnvelopeBody {
            algorithm: ALGORITHM_ES256,
            device: crate::signature::device_id(key.public_key()).into(),
            counter,
            previous: previous.map(ByteArray::from),
            time_ms,
            chunk_digests: chunks.iter().map(|chunk| digest(chunk).into()).collect(),
        });
        let signature = key.sign(Purpose::Envelope, &[&body])?;
        let hash = digest(&body);
        let chunks = chunks.into_iter().map(ByteVec::from).collect();
        let sealed = SealedEnvelope { body: body.into(), signature: signature.into(), chunks };
        Ok((hash, exchange::encode(&sealed)))
    }
}

impl Chunk {
    /// A chunk that carries `payload` to the document at `address`.
    pub fn new(address: &Address, encoding: Encoding, payload: Vec<u8>) -> Self {
        Self { address: address.to_string(), encoding: encoding as u8, payload: payload.into() }
    }

    /// The changes `hashes` of `document` as one chunk: a bundle.
    pub fn bundle(document: &mut AutoCommit, address: &Address, hashes: &[ChangeHash]) -> Result<Self, ProtocolError> {
        let bundle = document.bundle(hashes.iter().copied());
        let bundle = bundle.map_err(|error| ProtocolError::Document(error.to_string()))?;
        Ok(Self::new(address, Encoding::Bundle, bundle.bytes().to_vec()))
    }
}

fn check_count(what: &'static str, actual: usize, limit: usize) -> Result<(), ProtocolError> {
    if actual > limit { Err(ProtocolError::TooLarge { what, actual, limit }) } else { Ok(()) }
}
