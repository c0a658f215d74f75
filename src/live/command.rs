//! An option as words of a command.

use crate::scenario::Setting;

/// The option as `midcor compare` takes it, quoted for a shell.
pub(super) fn what_if(name: &str, settings: &[Setting]) -> String {
    let changes: Vec<&str> = settings.iter().map(Setting::text).collect();
    format!("--what-if '{}: {}'", name, changes.join("; ").replace('\'', "'\\''"))
}
