use crate::MetricsError;
use polars::prelude::PolarsResult;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs a computation of the engine; its errors and its panics become [`MetricsError::Internal`].
///
/// Nothing that `compute` borrows is written to by it, so a panic cannot leave it half changed.
pub(crate) fn guarded<T>(doing: &'static str, compute: impl FnOnce() -> PolarsResult<T>) -> Result<T, MetricsError> {
    match catch_unwind(AssertUnwindSafe(compute)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(MetricsError::Internal { doing, problem: error.to_string() }),
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str);
            let words = words.or_else(|| panic.downcast_ref::<&str>().copied());
            Err(MetricsError::Internal { doing, problem: words.unwrap_or("no reason given").to_owned() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use polars::prelude::PolarsError;

    #[test]
    fn errors_and_panics_are_told_apart_from_values() {
        let check = |compute: fn() -> PolarsResult<u8>, expected: Result<u8, &str>| {
            assert_eq!(guarded("adding", compute).map_err(|error| error.to_string()), expected.map_err(str::to_owned));
        };
        check(|| Ok(1), Ok(1));
        check(|| Err(PolarsError::NoData("empty".into())), Err("adding failed: no data: empty"));
        check(|| panic!("out of range"), Err("adding failed: out of range"));
    }
}
