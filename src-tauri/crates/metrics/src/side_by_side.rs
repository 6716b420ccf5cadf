//! Two pieces of work at the same time.

use std::{panic::resume_unwind, thread};

/// Does both and gives both answers. A panic of either goes on here, once both have ended.
pub(crate) fn both<A, B: Send>(one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
    thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        (one, other.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::guarded;

    #[test]
    fn both_answers_come_back_and_a_panic_does_too() {
        assert_eq!(both(|| 1, || "two"), (1, "two"));
        let check = |is_first: bool| {
            let fails = |fails: bool| assert!(!fails, "out of range");
            let found = guarded("adding", || Ok(both(|| fails(is_first), || fails(!is_first))));
            assert_eq!(found.map_err(|error| error.to_string()), Err("adding failed: out of range".to_owned()));
        };
        check(true);
        check(false);
    }
}
