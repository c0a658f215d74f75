//! The program.

#[cfg(feature = "cli")]
fn main() -> std::process::ExitCode {
    midcor::cli::run()
}

#[cfg(not(feature = "cli"))]
fn main() {}
