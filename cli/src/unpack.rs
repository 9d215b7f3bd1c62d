//! How is a packed input read as if it were not?
//!
//! ```text
//! 1f 8b …       ─► gzip, one member after another ┐
//! 28 b5 2f fd … ─► zstd, one frame after another  ├─► plain bytes, in constant memory
//! anything else ──────────────────────────────────┘
//! ```
//!
//! What a file is, its first bytes say, not its name: `zcat a.jsonl.gz > b.jsonl.gz` happens.

use std::io::{self, BufRead, BufReader, ErrorKind, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

/// The plain bytes of `from`.
pub(crate) fn plain<'r>(mut from: impl BufRead + Send + 'r) -> io::Result<Box<dyn BufRead + Send + 'r>> {
    Ok(match from.fill_buf()? {
        [0x1f, 0x8b, ..] => Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(from))),
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => {
            Box::new(BufReader::with_capacity(1 << 16, Frames { from: Some(from), now: None }))
        }
        _ => Box::new(from),
    })
}

/// The frames of a zstd file. The decoder knows one frame; files may hold many, and frames to be skipped among them.
struct Frames<R: BufRead> {
    /// Between frames.
    from: Option<R>,
    /// Inside a frame.
    now: Option<StreamingDecoder<Begun<R>, FrameDecoder>>,
}

/// The four bytes by which a frame is told from one to be skipped, and what follows them.
type Begun<R> = io::Chain<io::Cursor<[u8; 4]>, R>;

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while !to.is_empty() {
            if let Some(frame) = &mut self.now {
                match frame.read(to)? {
                    0 => self.end_of_frame()?,
                    n => return Ok(n),
                }
            } else if !self.start_of_frame()? {
                return Ok(0);
            }
        }
        Ok(0)
    }
}

impl<R: BufRead> Frames<R> {
    /// Whether there is one more frame.
    fn start_of_frame(&mut self) -> io::Result<bool> {
        let Some(mut from) = self.from.take() else { return Ok(false) };
        if from.fill_buf()?.is_empty() {
            return Ok(false);
        }
        let (mut magic, mut length) = ([0; 4], [0; 4]);
        from.read_exact(&mut magic)?;
        if matches!(magic, [0x50..=0x5f, 0x2a, 0x4d, 0x18]) {
            from.read_exact(&mut length)?;
            let length = u64::from(u32::from_le_bytes(length));
            if io::copy(&mut from.by_ref().take(length), &mut io::sink())? < length {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            self.from = Some(from);
            return Ok(true);
        }
        let frame = StreamingDecoder::new(io::Cursor::new(magic).chain(from));
        self.now = Some(frame.map_err(|error| io::Error::new(ErrorKind::InvalidData, error))?);
        Ok(true)
    }

    fn end_of_frame(&mut self) -> io::Result<()> {
        let Some(frame) = self.now.take() else { return Ok(()) };
        let (from, decoder) = frame.into_parts();
        let (told, seen) = (decoder.get_checksum_from_data(), decoder.get_calculated_checksum());
        if told.is_some() && told != seen {
            return Err(io::Error::new(
                ErrorKind::InvalidData,
                "a zstd frame does not have its checksum: it is damaged",
            ));
        }
        self.from = Some(from.into_inner().1);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn all(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        plain(bytes)?.read_to_end(&mut out)?;
        Ok(out)
    }

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        to.write_all(bytes).unwrap();
        to.finish().unwrap()
    }

    fn zst(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    #[test]
    fn plain_bytes_stay() {
        assert_eq!(all(b"").unwrap(), b"");
        assert_eq!(all(b"\x1fabc").unwrap(), b"\x1fabc");
    }

    #[test]
    fn members_and_frames_follow_each_other() {
        let text = "سطر\nline\n".repeat(9000);
        assert_eq!(all(&[gz(text.as_bytes()), gz(b"end")].concat()).unwrap(), [text.as_bytes(), b"end"].concat());
        let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"xyz"].concat();
        let frames = [skipped.clone(), zst(text.as_bytes()), skipped, zst(b""), zst(b"end")].concat();
        assert_eq!(all(&frames).unwrap(), [text.as_bytes(), b"end"].concat());
    }

    #[test]
    fn damage_is_told_and_never_panics() {
        let text = "line of some length, said he\n".repeat(300);
        for packed in [gz(text.as_bytes()), zst(text.as_bytes())] {
            for cut in [5, packed.len() / 2, packed.len() - 1] {
                assert!(all(&packed[..cut]).is_err(), "cut at {cut}");
            }
            for at in (0..packed.len()).step_by(7) {
                let mut hurt = packed.clone();
                hurt[at] ^= 0x55;
                // Some bytes mean nothing (a time of day, the name of a system); no more is asked than an answer.
                let _ = all(&hurt);
            }
        }
    }
}
