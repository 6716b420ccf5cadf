//! tar archives.

use super::{Limits, MEMBER_LIMIT, MemberInput, Packing, is_clutter};
use crate::{IngestError, Input};
use std::{
    io::Cursor,
    path::{Component, Path},
    sync::Arc,
};
use tar::{Archive, EntryType};

/// The files in a tar, without folders and devices. Names of links are added to `links`.
pub(super) fn files(
    input: &dyn Input,
    limits: &mut Limits<'_>,
    links: &mut Vec<String>,
) -> Result<Vec<MemberInput>, IngestError> {
    let bytes = limits.whole(input)?;
    let mut archive = Archive::new(Cursor::new(Arc::clone(&bytes)));
    let mut files = Vec::new();
    let entries = archive.entries().map_err(|error| limits.refused(error.to_string()))?;
    for (at, entry) in entries.enumerate() {
        if at >= limits.members {
            return Err(limits.refused(format!("it has more than {MEMBER_LIMIT} members")));
        }
        let entry = entry.map_err(|error| limits.refused(format!("it is damaged or cut off: {error}")))?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous => {}
            EntryType::Symlink | EntryType::Link => {
                links.push(format!("{}/{name}", input.name()));
                continue;
            }
            EntryType::GNUSparse => {
                return Err(limits.refused(format!("its member \"{name}\" is stored with gaps, which is not read")));
            }
            _ => continue,
        }
        if escapes(&name) {
            return Err(limits.refused(format!("its member \"{name}\" is named to escape the folder")));
        }
        if entry.size() == 0 || is_clutter(&name) {
            continue;
        }
        let place = usize::try_from(entry.raw_file_position()).ok().zip(usize::try_from(entry.size()).ok());
        let Some((start, packed)) =
            place.filter(|(start, size)| start.checked_add(*size).is_some_and(|end| end <= bytes.len()))
        else {
            return Err(limits.refused(format!("it ends in the middle of its member \"{name}\"")));
        };
        files.push(MemberInput {
            name: format!("{}/{name}", input.name()),
            archive: Arc::clone(&bytes),
            packing: Packing::Stored { crc: None },
            start,
            packed,
            size: Some(entry.size()),
        });
    }
    Ok(files)
}

/// Whether a path leads out of the folder that it is unpacked in.
fn escapes(name: &str) -> bool {
    Path::new(name).components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir))
}
