//! A module may use only what stands below it; the edges are read from the `use crate::` lines.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module with what it may use besides itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("ids", &[]),
    ("text", &[]),
    ("words", &[]),
    ("diagnostic", &["text"]),
    ("files", &[]),
    ("tables", &["text", "diagnostic"]),
    ("random", &[]),
    ("stats", &["random"]),
    ("scenario", &["units", "text", "diagnostic", "files", "random"]),
    ("network", &["units", "ids", "diagnostic", "random", "scenario"]),
    ("model", &["words", "units", "ids", "random"]),
    ("compile", &["words", "units", "ids", "diagnostic", "random", "scenario", "network", "model"]),
    ("arithmetic", &["words", "units", "ids", "random", "model"]),
    ("engine", &["words", "units", "ids", "random", "model"]),
    ("results", &["text", "words", "units", "ids", "diagnostic", "files", "random", "stats", "model", "engine"]),
    ("experiment", &["words", "units", "ids", "random", "stats", "model", "engine", "results"]),
    (
        "study",
        &[
            "words",
            "diagnostic",
            "units",
            "random",
            "stats",
            "scenario",
            "model",
            "compile",
            "arithmetic",
            "engine",
            "results",
            "experiment",
        ],
    ),
    (
        "analysis",
        &[
            "words",
            "units",
            "ids",
            "diagnostic",
            "random",
            "stats",
            "scenario",
            "network",
            "model",
            "compile",
            "arithmetic",
            "engine",
            "results",
            "experiment",
            "study",
        ],
    ),
    ("validation", &["words", "units", "diagnostic", "tables", "stats", "scenario", "model", "results"]),
    ("comparison", &["words", "stats", "results"]),
    (
        "report",
        &["words", "units", "ids", "text", "stats", "scenario", "results", "analysis", "validation", "comparison"],
    ),
    (
        "questions",
        &[
            "words",
            "units",
            "diagnostic",
            "tables",
            "scenario",
            "model",
            "results",
            "experiment",
            "study",
            "analysis",
            "validation",
            "comparison",
            "report",
        ],
    ),
    ("live", &["words", "diagnostic", "stats", "scenario", "results", "experiment", "study", "comparison", "report"]),
    ("replay", &["words", "units", "ids", "model", "engine", "results"]),
    ("exchange", &["units", "diagnostic", "tables", "scenario", "network", "report"]),
    ("reference", &["scenario", "words"]),
    ("verify", &["words", "units", "random", "stats", "scenario", "model", "engine", "results", "experiment"]),
    (
        "cli",
        &[
            "units",
            "ids",
            "text",
            "diagnostic",
            "files",
            "tables",
            "random",
            "stats",
            "scenario",
            "network",
            "model",
            "compile",
            "arithmetic",
            "engine",
            "results",
            "experiment",
            "study",
            "validation",
            "comparison",
            "analysis",
            "report",
            "questions",
            "exchange",
            "reference",
            "verify",
            "live",
            "replay",
            "words",
        ],
    ),
];

fn source_files(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        files.push(path.to_path_buf());
        return;
    }
    let Ok(entries) = fs::read_dir(path) else { return };
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries.iter().filter(|entry| entry.is_dir() || entry.extension().is_some_and(|e| e == "rs")) {
        source_files(entry, files);
    }
}

/// The top-level modules named after `crate::` in a file.
fn used_modules(text: &str) -> Vec<String> {
    let name = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    text.split("crate::").skip(1).map(name).filter(|name| name.chars().next().is_some_and(char::is_lowercase)).collect()
}

#[test]
fn modules_use_only_what_stands_below_them() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (module, allowed) in LAYERS {
        let mut files = Vec::new();
        source_files(&source.join(module), &mut files);
        source_files(&source.join(format!("{module}.rs")), &mut files);
        for file in &files {
            let text = fs::read_to_string(file).expect("a source file can be read");
            // Unit tests may be posed in the words of scenarios.
            let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            for used in used_modules(program) {
                if used != *module && !allowed.contains(&used.as_str()) {
                    wrong.push(format!("{} uses {used}", file.strip_prefix(&source).unwrap_or(file).display()));
                }
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "edges that the layers forbid:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_has_a_layer() {
    let lib = include_str!("../../src/lib.rs");
    let modules = lib.lines().filter_map(|line| line.split("mod ").nth(1)?.strip_suffix(';'));
    for module in modules {
        assert!(LAYERS.iter().any(|(name, _)| *name == module), "module {module} has no layer");
    }
}
