//! Ctrl-C: once to stop and keep what is finished, twice to leave at once.

use std::sync::OnceLock;

use super::console::Console;
use crate::experiment::Cancel;

/// As shells number it: 128 and the signal.
const INTERRUPTED: i32 = 130;

/// A request to stop that Ctrl-C makes.
pub(super) fn cancel_on_ctrl_c() -> Cancel {
    static CANCEL: OnceLock<Cancel> = OnceLock::new();
    CANCEL
        .get_or_init(|| {
            let cancel = Cancel::default();
            let own = cancel.clone();
            // Without a handler Ctrl-C ends the process as usual.
            let _ = ctrlc::set_handler(move || interrupted(&own));
            cancel
        })
        .clone()
}

fn interrupted(cancel: &Cancel) {
    if cancel.is_requested() {
        #[expect(clippy::exit, reason = "asked for a second time, the user wants out at once")]
        std::process::exit(INTERRUPTED);
    }
    cancel.request();
    Console::tell("stopping: simulated years that are finished are kept; press Ctrl-C again to leave at once");
}
