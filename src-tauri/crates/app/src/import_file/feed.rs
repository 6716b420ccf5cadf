//! Bytes handed from the thread that reads a file to the thread that parses it.

use std::{
    io::{self, Read},
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
};

/// Blocks that may wait between the two threads; more would only take memory.
const WAITING: usize = 4;

/// A piece of a file, or why reading stopped.
type Block = io::Result<Arc<Vec<u8>>>;

/// The end that the reading thread fills.
pub(super) struct FeedWriter(SyncSender<Block>);

/// The end that the parser reads like a file.
pub(super) struct FeedReader {
    blocks: Receiver<Block>,
    current: Arc<Vec<u8>>,
    position: usize,
}

/// The two ends of a new feed.
pub(super) fn feed() -> (FeedWriter, FeedReader) {
    let (sender, blocks) = sync_channel(WAITING);
    (FeedWriter(sender), FeedReader { blocks, current: Arc::default(), position: 0 })
}

impl FeedWriter {
    /// Hands a block over. `false` when the parser has stopped listening.
    pub(super) fn send(&self, block: Block) -> bool {
        self.0.send(block).is_ok()
    }
}

impl Read for FeedReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.position >= self.current.len() {
            match self.blocks.recv() {
                Ok(block) => {
                    self.current = block?;
                    self.position = 0;
                }
                // The writer is gone: the end of the file.
                Err(_) => return Ok(0),
            }
        }
        let length = self.current.get(self.position..).unwrap_or_default().read(buffer)?;
        self.position += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_arrive_in_order_and_end() {
        let (writer, mut reader) = feed();
        let sending = std::thread::spawn(move || {
            for block in ["ab", "", "cde"] {
                assert!(writer.send(Ok(Arc::new(block.as_bytes().to_vec()))));
            }
        });
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        sending.join().unwrap();
        assert_eq!(text, "abcde");
    }

    #[test]
    fn a_failure_to_read_reaches_the_parser() {
        let (writer, mut reader) = feed();
        assert!(writer.send(Err(io::Error::other("disk on fire"))));
        assert_eq!(reader.read(&mut [0; 8]).unwrap_err().to_string(), "disk on fire");
    }
}
