//! The reading thread: hashes a file, compresses it into the frames that are kept, and feeds the parser.

use super::{feed::FeedWriter, pipeline::Message};
use change_ledger_ingest::Input;
use sha2::{Digest, Sha256};
use std::{
    io::{self, Read},
    sync::{Arc, mpsc::SyncSender},
};
use zstd::bulk::Compressor;

/// Raw bytes per frame, as the ledger keeps them: 1 MiB.
const FRAME: usize = 1 << 20;
/// The fastest level that still halves JSON several times; evidence is written once and seldom read.
const LEVEL: i32 = 1;

/// A frame of a file, ready to be stored.
pub(super) struct Frame {
    /// Where its raw bytes begin in the file.
    pub(super) raw_offset: u64,
    /// How many they are.
    pub(super) raw_length: u64,
    /// The frame, zstd.
    pub(super) compressed: Vec<u8>,
}

/// What is known about a file once it was read to its end.
pub(super) struct Seal {
    /// SHA-256 of all bytes, hexadecimal.
    pub(super) sha256: String,
    /// Their number.
    pub(super) bytes: u64,
}

/// Reads `input` to its end. Frames go to `messages`, raw bytes to `parser`; either may have stopped listening, which ends it early.
pub(super) fn read_to_end(
    input: &dyn Input,
    parser: FeedWriter,
    messages: &SyncSender<Message>,
) -> io::Result<Option<Seal>> {
    let outcome = pump(input, &parser, messages);
    if let Err(error) = &outcome {
        parser.send(Err(io::Error::new(error.kind(), error.to_string())));
    }
    outcome
}

fn pump(input: &dyn Input, parser: &FeedWriter, messages: &SyncSender<Message>) -> io::Result<Option<Seal>> {
    let mut source = input.open()?;
    let mut hash = Sha256::new();
    let mut compressor = Compressor::new(LEVEL)?;
    let mut offset = 0_u64;
    let mut parser_listens = true;
    loop {
        let mut block = Vec::with_capacity(FRAME);
        source.by_ref().take(FRAME as u64).read_to_end(&mut block)?;
        if block.is_empty() {
            break;
        }
        let block: Arc<[u8]> = Arc::from(block);
        // The parser first: it is the slower one. When it has given up, the file is still hashed to its end,
        // so that its evidence is whole.
        parser_listens = parser_listens && parser.send(Ok(Arc::clone(&block)));
        hash.update(&block);
        let raw_length = block.len() as u64;
        let compressed = compressor.compress(&block)?;
        if messages.send(Message::Frame(Frame { raw_offset: offset, raw_length, compressed })).is_err() {
            return Ok(None);
        }
        offset += raw_length;
    }
    Ok(Some(Seal { sha256: format!("{:x}", hash.finalize()), bytes: offset }))
}

/// SHA-256 of `input` alone, hexadecimal.
pub(super) fn fingerprint(input: &dyn Input) -> io::Result<String> {
    let mut hash = Sha256::new();
    io::copy(&mut input.open()?, &mut hash)?;
    Ok(format!("{:x}", hash.finalize()))
}
