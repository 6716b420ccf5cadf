//! ZIP archives.

use super::{Limits, MEMBER_LIMIT, MemberInput, Packing, is_clutter, workbook};
use crate::{IngestError, Input};
use std::{io::Cursor, sync::Arc};
use zip::{CompressionMethod, ZipArchive};

/// The files in a ZIP, or the sheets of a workbook, which is packed the same way; `None` when it is another document.
/// Names of links are added to `links`.
pub(super) fn files(
    input: &dyn Input,
    limits: &mut Limits<'_>,
    links: &mut Vec<String>,
) -> Result<Option<Vec<MemberInput>>, IngestError> {
    let archive = limits.whole(input)?;
    let mut zip =
        ZipArchive::new(Cursor::new(Arc::clone(&archive))).map_err(|error| limits.refused(error.to_string()))?;
    if is_document(&zip) {
        return workbook::sheets(input.name(), &archive, &mut zip, limits);
    }
    if zip.len() > limits.members {
        return Err(limits.refused(format!("it has {} members; at most {MEMBER_LIMIT} are read", zip.len())));
    }
    let mut files = Vec::new();
    let mut all_packed = 0_u64;
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).map_err(|error| limits.refused(error.to_string()))?;
        let name = entry.name().to_owned();
        if entry.enclosed_name().is_none() {
            return Err(limits.refused(format!("its member \"{name}\" is named to escape the folder")));
        }
        if entry.encrypted() {
            return Err(limits.refused(format!("its member \"{name}\" is encrypted")));
        }
        all_packed = all_packed.saturating_add(entry.compressed_size());
        if all_packed > archive.len() as u64 {
            return Err(limits.refused("its members lie over each other".to_owned()));
        }
        if entry.is_symlink() {
            links.push(format!("{}/{name}", input.name()));
            continue;
        }
        if entry.is_dir() || entry.size() == 0 || is_clutter(&name) {
            continue;
        }
        let packing = match entry.compression() {
            CompressionMethod::Stored => Packing::Stored { crc: Some(entry.crc32()) },
            CompressionMethod::Deflated => Packing::Deflated { crc: entry.crc32() },
            other => {
                return Err(limits.refused(format!("its member \"{name}\" is packed with {other}, which is not read")));
            }
        };
        let (Ok(start), Ok(packed)) = (usize::try_from(entry.data_start()), usize::try_from(entry.compressed_size()))
        else {
            return Err(limits.refused(format!("its member \"{name}\" has no place in it")));
        };
        files.push(MemberInput {
            name: format!("{}/{name}", input.name()),
            archive: Arc::clone(&archive),
            packing,
            start,
            packed,
            size: Some(entry.size()),
        });
    }
    Ok(Some(files))
}

/// Whether this is a document of an office program, in either of the two usual formats.
fn is_document(zip: &ZipArchive<Cursor<Arc<[u8]>>>) -> bool {
    let has = |name: &str| zip.index_for_name(name).is_some();
    has("[Content_Types].xml") || (has("mimetype") && has("content.xml"))
}
