//! Ctrl-C: once to stop and keep what is finished, twice to leave at once.

use std::sync::OnceLock;

use super::console::Console;
use crate::experiment::Cancel;

/// As shells number it: 128 and the signal.
const INTERRUPTED: i32 = 130;

/// What is told when a simulation is asked to stop.
const OF_YEARS: &str = "stopping: simulated years that are finished are kept; press Ctrl-C again to leave at once";
/// What is told where files are only put in order.
const OF_FILES: &str =
    "stopping: files that are on their way are put in place first; press Ctrl-C again to leave at once";

/// What is told when a server is asked to stop.
const OF_A_SERVER: &str = "the page is no longer served";

/// A request to stop that Ctrl-C makes of a simulation.
pub(super) fn cancel_on_ctrl_c() -> Cancel {
    cancel(OF_YEARS)
}

/// A request to stop that Ctrl-C makes of a command that only reads and writes files: it leaves its place as it was, or
/// full. To be called before the place is claimed, else a signal may leave it claimed.
pub(super) fn cancel_files_on_ctrl_c() -> Cancel {
    cancel(OF_FILES)
}

/// A request to stop that Ctrl-C makes of a server, which is its ordinary end.
pub(super) fn cancel_to_end_on_ctrl_c() -> Cancel {
    cancel(OF_A_SERVER)
}

/// The one request of the process, made with the first call.
fn cancel(told: &'static str) -> Cancel {
    static CANCEL: OnceLock<Cancel> = OnceLock::new();
    CANCEL
        .get_or_init(|| {
            let cancel = Cancel::default();
            let own = cancel.clone();
            // Without a handler Ctrl-C ends the process as usual.
            let _ = ctrlc::set_handler(move || interrupted(&own, told));
            cancel
        })
        .clone()
}

fn interrupted(cancel: &Cancel, told: &str) {
    if cancel.is_requested() {
        #[expect(clippy::exit, reason = "asked for a second time, the user wants out at once")]
        std::process::exit(INTERRUPTED);
    }
    cancel.request();
    Console::tell(told);
}
