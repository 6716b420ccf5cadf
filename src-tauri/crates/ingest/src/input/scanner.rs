//! Finds where a JSON value ends, by brackets and quotes alone, over any number of reads.

/// How deep values may nest.
pub(crate) const DEPTH_LIMIT: usize = 128;

/// What became of a look at more bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scan {
    /// The value goes on after the bytes seen so far.
    More,
    /// The value ends before this position.
    Ends(usize),
    /// At this position a bracket closes what another kind of bracket opened.
    Mismatch(usize),
}

/// A scan of one value that can be taken up again when more bytes are there.
#[derive(Debug, Default)]
pub(crate) struct ValueScan {
    seen: usize,
    depth: usize,
    /// One bit for each open bracket, 1 for an object; the innermost is the lowest.
    objects: u128,
    in_string: bool,
    in_scalar: bool,
    too_deep: bool,
}

impl ValueScan {
    /// Whether the value nests deeper than [`DEPTH_LIMIT`]; its brackets are then only counted.
    pub(crate) fn too_deep(&self) -> bool {
        self.too_deep
    }

    /// Looks at the bytes that were not seen before. `bytes` begins with the first byte of the value.
    pub(crate) fn advance(&mut self, bytes: &[u8]) -> Scan {
        if self.seen == 0 {
            self.in_scalar = bytes.first().is_some_and(|first| !is_structure(*first));
        }
        while let Some(rest) = bytes.get(self.seen..).filter(|rest| !rest.is_empty()) {
            if self.in_string {
                if !self.pass_string(rest) {
                    return Scan::More;
                }
                if self.depth == 0 {
                    return Scan::Ends(self.seen);
                }
                continue;
            }
            if self.in_scalar {
                let end = rest.iter().position(|byte| ends_scalar(*byte));
                self.seen += end.unwrap_or(rest.len());
                return if end.is_some() { Scan::Ends(self.seen) } else { Scan::More };
            }
            let Some((step, byte)) = rest.iter().copied().enumerate().find(|(_, byte)| is_structure(*byte)) else {
                self.seen = bytes.len();
                return Scan::More;
            };
            self.seen += step + 1;
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.open(byte == b'{'),
                _ => match self.close(byte == b'}') {
                    Some(0) => return Scan::Ends(self.seen),
                    Some(_) => {}
                    None => return Scan::Mismatch(self.seen - 1),
                },
            }
        }
        Scan::More
    }

    /// `true` when the string ends within `rest`.
    fn pass_string(&mut self, rest: &[u8]) -> bool {
        let mut at = 0;
        while let Some(step) = rest.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
            at += step;
            if rest.get(at) == Some(&b'"') {
                self.seen += at + 1;
                self.in_string = false;
                return true;
            }
            if at + 1 >= rest.len() {
                // The escaped byte is not there yet: come back to the backslash.
                self.seen += at;
                return false;
            }
            at += 2;
        }
        self.seen += rest.len();
        false
    }

    fn open(&mut self, object: bool) {
        self.depth += 1;
        self.too_deep |= self.depth > DEPTH_LIMIT;
        self.objects = self.objects << 1 | u128::from(object);
    }

    /// The depth that is left; `None` when the bracket is of the wrong kind.
    fn close(&mut self, object: bool) -> Option<usize> {
        if !self.too_deep && (self.depth == 0 || (self.objects & 1 == 1) != object) {
            return None;
        }
        self.objects >>= 1;
        self.depth = self.depth.checked_sub(1)?;
        Some(self.depth)
    }
}

/// Bytes that mean something outside strings.
#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it, and would refuse an index that is not there")]
const STRUCTURE: [bool; 256] = {
    let mut table = [false; 256];
    let structure = b"\"{}[]";
    let mut at = 0;
    while at < structure.len() {
        table[structure[at] as usize] = true;
        at += 1;
    }
    table
};

fn is_structure(byte: u8) -> bool {
    STRUCTURE.get(usize::from(byte)).copied().unwrap_or_default()
}

/// Whether a number or a word ends before this byte.
fn ends_scalar(byte: u8) -> bool {
    is_structure(byte) || matches!(byte, b',' | b':' | b' ' | b'\t' | b'\r' | b'\n')
}
