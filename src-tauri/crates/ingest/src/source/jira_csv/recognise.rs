//! Tells a Jira export by its shape, so that the language of its header does not matter.

use super::{
    columns::{Columns, Role},
    is_key,
};
use crate::table::Head;

/// Why a table is a Jira export, as a sentence; `None` when it is none.
pub(crate) fn recognise(head: &Head) -> Option<String> {
    let columns = Columns::of(&head.header);
    let key = key_column(head)?;
    let by_name = columns.all(Role::Key).contains(&key);
    let named = columns.standard() + columns.bracketed;
    let enough = if by_name { named >= 2 } else { named >= 1 && is_numeric(head, key + 1) };
    let name = head.header.get(key)?;
    let example = head.column(key).next();
    enough.then(|| match example {
        Some(example) => {
            format!("Column \"{name}\" holds issue keys such as {example}, and {named} more columns are Jira's.")
        }
        None => format!("Column \"{name}\" and {named} more columns are named as Jira names them."),
    })
}

/// The column of issue keys: by its name where the values agree, else by the values alone.
pub(crate) fn key_column(head: &Head) -> Option<usize> {
    let columns = Columns::of(&head.header);
    let named =
        columns.all(Role::Key).iter().copied().find(|&column| key_share(head, column).is_none_or(|share| share >= 0.5));
    let links: Vec<usize> = columns.links.iter().map(|link| link.column).collect();
    named.or_else(|| {
        (0..head.header.len())
            .filter(|column| !links.contains(column))
            .find(|&column| key_share(head, column).is_some_and(|share| share >= 0.9) && is_numeric(head, column + 1))
    })
}

/// Which part of a column's values are issue keys; `None` when it has no values.
fn key_share(head: &Head, column: usize) -> Option<f64> {
    let (mut keys, mut values) = (0_u32, 0_u32);
    for value in head.column(column) {
        values += 1;
        keys += u32::from(is_key(value));
    }
    (values > 0).then(|| f64::from(keys) / f64::from(values))
}

fn is_numeric(head: &Head, column: usize) -> bool {
    let mut values = head.column(column).peekable();
    values.peek().is_some() && values.all(|value| value.bytes().all(|byte| byte.is_ascii_digit()))
}
