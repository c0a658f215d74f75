//! No file of the repository is left half merged.

use std::fs;
use std::path::Path;

/// Files of texts below a folder, those of builds and of the repository itself aside.
fn half_merged(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder of the repository can be read").flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            if name != "target" && name != ".git" && name != "corpus" {
                half_merged(&path, found);
            }
        } else if let Ok(text) = fs::read_to_string(&path) {
            let is_mark = |line: &str| ["<<<<<<< ", ">>>>>>> "].iter().any(|mark| line.starts_with(mark));
            if text.lines().any(is_mark) {
                found.push(path.display().to_string());
            }
        }
    }
}

#[test]
fn no_file_is_half_merged() {
    let mut found = Vec::new();
    half_merged(Path::new(env!("CARGO_MANIFEST_DIR")), &mut found);
    assert!(found.is_empty(), "marks of a merge stand in {found:?}");
}
