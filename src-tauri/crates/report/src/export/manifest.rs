//! The manifest of a pack: what was written, of which ledger, under which policies.

use super::{ExportError, subject::Subject};
use change_ledger_model::quarterly::PolicyReference;
use serde::Serialize;

/// A file of a pack that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WrittenFile {
    /// Its path below the pack's folder, with `/` between the names.
    pub path: String,
    /// How many rows of a table it holds; `None` for texts.
    pub rows: Option<u64>,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

#[derive(Serialize)]
struct Manifest<'a> {
    format: u32,
    as_of: String,
    data: Data<'a>,
    policies: Vec<PolicyInForce>,
    files: &'a [WrittenFile],
}

#[derive(Serialize)]
struct Data<'a> {
    /// The last entry of the ledger's chain: equal ones are equal histories.
    chain_head: Option<&'a str>,
    changes: usize,
    reviews: usize,
}

#[derive(Serialize)]
struct PolicyInForce {
    #[serde(flatten)]
    policy: PolicyReference,
    effective_from: Option<String>,
}

/// The manifest as JSON.
///
/// # Errors
/// [`ExportError::Json`], which would be a defect of this program.
pub fn manifest(subject: &Subject<'_>, files: &[WrittenFile]) -> Result<String, ExportError> {
    let policies = subject.policies.versions().map(|version| PolicyInForce {
        policy: PolicyReference {
            name: version.policy.name.clone(),
            version: version.policy.version.clone(),
            sha256: version.sha256.clone(),
        },
        effective_from: version.effective_from.map(|from| from.to_string()),
    });
    let manifest = Manifest {
        format: 1,
        as_of: subject.as_of.to_string(),
        data: Data {
            chain_head: subject.chain_head,
            changes: subject.len(),
            reviews: subject.columns.reviews.change.len(),
        },
        policies: policies.collect(),
        files,
    };
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}
