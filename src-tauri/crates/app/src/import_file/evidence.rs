//! The reading thread: hashes a file, compresses it into the frames that are kept, and feeds the parser.

use super::{feed::FeedWriter, pipeline::Message};
use change_ledger_ingest::Input;
use sha2::{Digest, Sha256};
use std::{
    collections::VecDeque,
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
    let mut frame = vec![0; zstd::zstd_safe::compress_bound(FRAME)];
    let mut offset = 0_u64;
    let mut parser_listens = true;
    let mut blocks = Blocks::default();
    loop {
        let block = blocks.read(source.as_mut())?;
        if block.is_empty() {
            break;
        }
        // The parser first: it is the slower one. When it has given up, the file is still hashed to its end,
        // so that its evidence is whole.
        parser_listens = parser_listens && parser.send(Ok(Arc::clone(&block)));
        hash.update(block.as_slice());
        let raw_length = block.len() as u64;
        let length = compressor.compress_to_buffer(block.as_slice(), &mut frame)?;
        let compressed = frame.get(..length).unwrap_or_default().to_vec();
        if messages.send(Message::Frame(Frame { raw_offset: offset, raw_length, compressed })).is_err() {
            return Ok(None);
        }
        offset += raw_length;
    }
    Ok(Some(Seal { sha256: format!("{:x}", hash.finalize()), bytes: offset }))
}

/// Blocks that are filled again once the parser is done with them, because fresh memory costs as much as reading.
#[derive(Default)]
struct Blocks(VecDeque<Arc<Vec<u8>>>);

impl Blocks {
    /// The next frame's bytes; none at the end.
    fn read(&mut self, source: &mut dyn Read) -> io::Result<Arc<Vec<u8>>> {
        let is_free = self.0.front_mut().is_some_and(|block| Arc::get_mut(block).is_some());
        let mut block = if is_free { self.0.pop_front().unwrap_or_default() } else { Arc::default() };
        let bytes = Arc::make_mut(&mut block);
        bytes.clear();
        bytes.reserve_exact(FRAME);
        source.take(FRAME as u64).read_to_end(bytes)?;
        self.0.push_back(Arc::clone(&block));
        Ok(block)
    }
}

/// SHA-256 of `input` alone, hexadecimal.
pub(crate) fn fingerprint(input: &dyn Input) -> io::Result<String> {
    let mut hash = Sha256::new();
    io::copy(&mut input.open()?, &mut hash)?;
    Ok(format!("{:x}", hash.finalize()))
}
