//! The second line of defence: a panic of the parquet crate is an error of the file.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use parquet::errors::ParquetError;

use super::Found;

thread_local! {
    /// Whether this thread is in the crate.
    static WITHIN: Cell<bool> = const { Cell::new(false) };
}

/// Calls the parquet crate.
///
/// What was lent to it is not used again after a panic: the error ends the reading of the file. The report of the panic is
/// kept back for this thread alone. There is one hook for all threads, so it is put in once, in front of the one that was
/// there, and passes on what other threads have to report.
pub(in super::super) fn guarded<T>(call: impl FnOnce() -> Result<T, ParquetError>) -> Found<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |about| {
            if !WITHIN.get() {
                before(about);
            }
        }));
    });
    WITHIN.set(true);
    let ended = panic::catch_unwind(AssertUnwindSafe(call));
    WITHIN.set(false);
    match ended {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("its values cannot be decoded".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_and_the_next_call_is_as_any() {
        let text: &[u8] = &[0];
        let far = |place: usize| guarded(|| Ok(text[place]));
        assert_eq!(far(7), Err("its values cannot be decoded".to_owned()));
        assert_eq!(far(0), Ok(0));
        assert!(!WITHIN.get());
    }
}
