//! What a picture's file is made of, read just far enough to tell the picture from what was written beside it.
//!
//! Always true: no bytes make it panic; whatever it does not know counts as metadata, so that a place or a name cannot hide in
//! a piece that nobody thought of. Sources: JPEG (ITU-T T.81, annex B), WebP (RFC 9649). Deliberately not here: decoding
//! the picture, and taking metadata out of WebP; phones make their pictures anew.

use std::ops::Range;

/// A piece of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands.
    pub range: Range<usize>,
    /// It is not needed to see the picture: EXIF, XMP, IPTC, comments, anything unknown, whatever hangs on behind the end.
    pub is_metadata: bool,
}

/// The pieces of a JPEG or WebP file, which together are the whole file; `None`: it is neither.
pub fn pieces(bytes: &[u8]) -> Option<Vec<Piece>> {
    if bytes.starts_with(&[0xff, 0xd8]) { jpeg(bytes) } else { webp(bytes) }
}

/// A JPEG without its metadata; `None`: it is no JPEG.
pub fn stripped_jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let pieces = jpeg(bytes)?;
    let kept = pieces.into_iter().filter(|piece| !piece.is_metadata);
    Some(kept.flat_map(|piece| bytes[piece.range].iter().copied()).collect())
}

/// Markers: each begins with FF. Segments carry a length of two bytes; the scan goes on until the next marker.
fn jpeg(bytes: &[u8]) -> Option<Vec<Piece>> {
    const START: u8 = 0xd8;
    const END: u8 = 0xd9;
    const SCAN: u8 = 0xda;
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut has_scan = false;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        if *bytes.get(at + 1)? == 0xff {
            // A marker may be filled up with FF in front (T.81, B.1.1.2): nothing that shows the picture.
            pieces.push(Piece { range: at..at + 1, is_metadata: true });
            at += 1;
            continue;
        }
        let marker = *bytes.get(at + 1)?;
        let mut end = at + 2;
        if !matches!(marker, START | END | 0x01 | 0xd0..=0xd7) {
            let length = usize::from(u16::from_be_bytes([*bytes.get(end)?, *bytes.get(end + 1)?]));
            end = end.checked_add(length).filter(|end| length >= 2 && *end <= bytes.len())?;
        }
        let is_metadata = (marker == START) != (at == 0) || is_jpeg_metadata(marker, &bytes[at + 2..end]);
        if marker == SCAN {
            has_scan = true;
            end = scan_end(bytes, end)?;
        }
        pieces.push(Piece { range: at..end, is_metadata });
        at = end;
        if marker == END {
            break;
        }
    }
    if at < bytes.len() {
        pieces.push(Piece { range: at..bytes.len(), is_metadata: true });
    }
    has_scan.then_some(pieces)
}

/// Where the compressed data that begins at `from` ends: at the next marker that is neither a stuffed FF nor a restart.
fn scan_end(bytes: &[u8], from: usize) -> Option<usize> {
    let pairs = bytes.get(from..)?.windows(2);
    let length = pairs.into_iter().position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff))?;
    Some(from + length)
}

/// What is needed: frame, tables, scans, and of the application segments three that say how to show the picture: JFIF
/// without a small picture of its own, the colour profile, Adobe's transform.
fn is_jpeg_metadata(marker: u8, segment: &[u8]) -> bool {
    const JFIF_LENGTH: usize = 16;
    let named = |name: &[u8]| segment.get(2..).is_some_and(|body| body.starts_with(name));
    match marker {
        0xe0 => !named(b"JFIF\0") || segment.len() != JFIF_LENGTH,
        0xe2 => !named(b"ICC_PROFILE\0"),
        0xee => !named(b"Adobe"),
        0xc0..=0xc7 | 0xc9..=0xcf | 0xd8..=0xdd => false,
        _ => true,
    }
}

/// RIFF: a head of twelve bytes, then chunks of a name, a length and a body that is filled up to an even length.
fn webp(bytes: &[u8]) -> Option<Vec<Piece>> {
    // Frames of a film hold chunks of their own: no photo.
    const NEEDED: [&[u8; 4]; 5] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"];
    let head = bytes.get(..12).filter(|head| head.starts_with(b"RIFF") && head.ends_with(b"WEBP"))?;
    let size = u32::from_le_bytes(head[4..8].try_into().ok()?) as usize;
    let end = size.checked_add(8).filter(|end| *end <= bytes.len())?;
    let mut pieces = vec![Piece { range: 0..12, is_metadata: false }];
    let mut at = 12;
    let mut has_picture = false;
    while at < end {
        let name = bytes.get(at..at + 4)?;
        has_picture |= name == b"VP8 " || name == b"VP8L";
        let length = u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        let next = length.checked_add(length % 2)?.checked_add(at + 8).filter(|next| *next <= end)?;
        pieces.push(Piece { range: at..next, is_metadata: !NEEDED.iter().any(|needed| *needed == name) });
        at = next;
    }
    if end < bytes.len() {
        pieces.push(Piece { range: end..bytes.len(), is_metadata: true });
    }
    has_picture.then_some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PICTURE: &[u8] = include_bytes!("../../pictures/lane.jpg");

    fn has_metadata(bytes: &[u8]) -> Option<bool> {
        Some(pieces(bytes)?.iter().any(|piece| piece.is_metadata))
    }

    fn with_segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let length = (body.len() as u16 + 2).to_be_bytes();
        [&PICTURE[..2], &[0xff, marker], &length, body, &PICTURE[2..]].concat()
    }

    fn riff(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let body: Vec<u8> = chunks
            .iter()
            .flat_map(|(name, body)| {
                let fill = vec![0; body.len() % 2];
                [name.as_slice(), &(body.len() as u32).to_le_bytes(), body, &fill].concat()
            })
            .collect();
        [b"RIFF".as_slice(), &(body.len() as u32 + 4).to_le_bytes(), b"WEBP", &body].concat()
    }

    #[test]
    fn a_picture_alone_has_none() {
        assert_eq!(has_metadata(PICTURE), Some(false));
        assert_eq!(has_metadata(&riff(&[(b"VP8 ", b"abc"), (b"ICCP", b"p")])), Some(false));
    }

    #[test]
    fn everything_written_beside_it_is_found_and_taken_out() {
        let written: [(u8, &[u8]); 5] = [
            (0xe1, b"Exif\0\0"),
            (0xe1, b"http://ns.adobe.com/xap/1.0/\0"),
            (0xed, b"Photoshop 3.0\0"),
            (0xfe, b"x"),
            (0xe2, b"MPF\0"),
        ];
        for (marker, body) in written {
            let soiled = with_segment(marker, body);
            assert_eq!(has_metadata(&soiled), Some(true), "{marker:x}");
            assert_eq!(stripped_jpeg(&soiled).as_deref(), Some(PICTURE), "{marker:x}");
        }
        let behind = [PICTURE, b"a film behind the picture"].concat();
        assert_eq!((has_metadata(&behind), stripped_jpeg(&behind).as_deref()), (Some(true), Some(PICTURE)));
        assert_eq!(has_metadata(&riff(&[(b"VP8 ", b"abc"), (b"EXIF", b"here")])), Some(true));
        assert_eq!(has_metadata(&[riff(&[(b"VP8 ", b"abc")]), b"x".to_vec()].concat()), Some(true));
    }

    #[test]
    fn nothing_hides_behind_fill_bytes_reserved_markers_or_frames() {
        let exif = with_segment(0xe1, b"Exif\0\0here");
        let filled = [&exif[..2], &[0xff, 0xff], &exif[2..]].concat();
        assert_eq!((has_metadata(&filled), stripped_jpeg(&filled).as_deref()), (Some(true), Some(PICTURE)));
        for marker in [0xf0, 0x02, 0xc8, 0xde, 0xfd] {
            assert_eq!(has_metadata(&with_segment(marker, b"here")), Some(true), "{marker:x}");
        }
        let second_start = [&PICTURE[..2], &[0xff, 0xd8], &PICTURE[2..]].concat();
        assert_eq!(has_metadata(&second_start), Some(true));
        let thumbnail = with_segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01abc");
        assert_eq!(has_metadata(&thumbnail), Some(true), "a small picture inside");
        assert_eq!(has_metadata(&riff(&[(b"VP8 ", b"abc"), (b"ANMF", b"EXIF")])), Some(true));
        assert_eq!(pieces(&riff(&[(b"ICCP", b"profile")])), None, "no picture at all");
    }

    #[test]
    fn what_is_cut_or_no_picture_is_neither() {
        for length in 0..PICTURE.len() {
            assert_eq!(pieces(&PICTURE[..length]), None, "{length}");
        }
        assert_eq!(pieces(b"\x89PNG\r\n\x1a\n"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_break_it_and_pieces_are_the_whole(head in 0..4_usize, tail in proptest::collection::vec(any::<u8>(), 0..400)) {
            let start: &[u8] = [&[0xff, 0xd8, 0xff][..], b"RIFF\x20\0\0\0WEBP", &PICTURE[..60], b""][head];
            let bytes = [start, &tail].concat();
            if let Some(pieces) = pieces(&bytes) {
                let ends: Vec<usize> = pieces.iter().map(|piece| piece.range.end).collect();
                let starts: Vec<usize> = pieces.iter().map(|piece| piece.range.start).collect();
                prop_assert_eq!(starts[0], 0);
                prop_assert_eq!(&starts[1..], &ends[..ends.len() - 1]);
                prop_assert_eq!(ends.last().copied(), Some(bytes.len()));
            }
            if let Some(clean) = stripped_jpeg(&bytes) {
                prop_assert_eq!(has_metadata(&clean), Some(false));
            }
        }
    }
}
