//! One published entry of a feed, and the chain of digests over them.
//!
//! Always true: the digest of an entry follows from its bytes alone, so that phone and server count the same; a reader
//! passes over items that it does not know at the end. Deliberately not here: which entries a phone is sent.

use crate::exchange::encode;
use crate::signature::digest;
use minicbor::{Decode, Encode};
use ts_rs::TS;

/// One published entry of a feed. The variant's number is the second item of the array.
#[derive(Debug, Clone, PartialEq, Eq, TS)]
#[ts(tag = "kind", rename_all = "snake_case")]
pub enum Entry {
    /// Changes somebody else made.
    Chunk {
        /// Place in the feed.
        seq: u64,
        /// The document.
        address: String,
        /// Encoding id.
        encoding: u8,
        /// Automerge bytes.
        #[ts(type = "Uint8Array")]
        payload: Vec<u8>,
        /// Person id of the author.
        author: String,
    },
    /// The phone's own chunk.
    Stub {
        /// Place in the feed.
        seq: u64,
        /// The envelope's counter.
        counter: u64,
        /// The envelope's hash.
        #[ts(type = "Uint8Array")]
        envelope: [u8; 32],
        /// Which of its chunks.
        chunk: u64,
    },
    /// A versioned table: roster, campaigns, staff.
    Table {
        /// Place in the feed.
        seq: u64,
        /// `roster`, `campaigns`, …
        name: String,
        /// JSON.
        #[ts(type = "Uint8Array")]
        payload: Vec<u8>,
    },
    /// A whole document, as published up to `seq`.
    Snapshot {
        /// Newest entry that is contained.
        seq: u64,
        /// The document.
        address: String,
        /// A saved Automerge document.
        #[ts(type = "Uint8Array")]
        payload: Vec<u8>,
    },
}

impl<C> Encode<C> for Entry {
    fn encode<W: minicbor::encode::Write>(
        &self,
        encoder: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match self {
            Self::Chunk { seq, address, encoding, payload, author } => {
                encoder.array(6)?.u64(*seq)?.u8(0)?.str(address)?.u8(*encoding)?.bytes(payload)?.str(author)?
            }
            Self::Stub { seq, counter, envelope, chunk } => {
                encoder.array(5)?.u64(*seq)?.u8(1)?.u64(*counter)?.bytes(envelope)?.u64(*chunk)?
            }
            Self::Table { seq, name, payload } => encoder.array(4)?.u64(*seq)?.u8(2)?.str(name)?.bytes(payload)?,
            Self::Snapshot { seq, address, payload } => {
                encoder.array(4)?.u64(*seq)?.u8(3)?.str(address)?.bytes(payload)?
            }
        };
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Entry {
    fn decode(decoder: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        use minicbor::decode::Error;
        let length = decoder.array()?.ok_or_else(|| Error::message("entry of indefinite length"))?;
        let seq = decoder.u64()?;
        let (entry, read) = match decoder.u8()? {
            0 => {
                let (address, encoding) = (decoder.str()?.to_owned(), decoder.u8()?);
                let (payload, author) = (decoder.bytes()?.to_vec(), decoder.str()?.to_owned());
                (Self::Chunk { seq, address, encoding, payload, author }, 6)
            }
            1 => {
                let counter = decoder.u64()?;
                let envelope = decoder.bytes()?.try_into().map_err(|_| Error::message("hash is not 32 bytes"))?;
                (Self::Stub { seq, counter, envelope, chunk: decoder.u64()? }, 5)
            }
            2 => (Self::Table { seq, name: decoder.str()?.to_owned(), payload: decoder.bytes()?.to_vec() }, 4),
            3 => (Self::Snapshot { seq, address: decoder.str()?.to_owned(), payload: decoder.bytes()?.to_vec() }, 4),
            _ => return Err(Error::message("entry of unknown kind")),
        };
        (read..length).try_for_each(|_| decoder.skip())?;
        Ok(entry)
    }
}

impl Entry {
    /// Chain digest after this entry: the first 8 bytes of SHA-256(before || SHA-256(entry)).
    pub fn chain(&self, before: [u8; 8]) -> [u8; 8] {
        let mut bytes = before.to_vec();
        bytes.extend_from_slice(&digest(&encode(self)));
        let mut chained = [0; 8];
        chained.copy_from_slice(&digest(&bytes)[..8]);
        chained
    }
}
