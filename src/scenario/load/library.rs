//! The scenarios that come with the program.

/// A file of the folder `scenarios`, embedded.
#[derive(Clone, Copy, Debug)]
pub struct Embedded {
    /// Path within the folder.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl Embedded {
    /// The name by which it is called.
    pub fn name(&self) -> &'static str {
        super::stem(self.path)
    }

    /// Whether it is a scenario by itself, not a part of others.
    pub fn is_scenario(&self) -> bool {
        self.text.lines().any(|line| line.trim_start().starts_with("schema") && line.contains('='))
    }
}

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(Embedded { path: $path, text: include_str!(concat!("../../../scenarios/", $path)) }),*]
    };
}

/// All files of the folder; a test keeps the list in step with it.
static FILES: &[Embedded] = embedded![
    "baseline-2022.toml",
    "baseline-2023.toml",
    "baseline-2024.toml",
    "baseline-2025.toml",
    "smallest.toml",
    "tutorial.toml",
    "w3-benchmark.toml",
    "corridor/cargoes.toml",
    "corridor/closures.toml",
    "corridor/fleets.toml",
    "corridor/flows-background.toml",
    "corridor/flows.toml",
    "corridor/links.toml",
    "corridor/nodes.toml",
    "corridor/openings.toml",
    "corridor/outside.toml",
    "corridor/pools.toml",
    "corridor/seasons.toml",
    "corridor/sections.toml",
    "corridor/sources.toml",
];

/// The files that come with the program, parts included.
pub fn embedded() -> &'static [Embedded] {
    FILES
}

/// The file of a name: scenarios go before parts, then the order of the list.
pub(super) fn by_name(files: &'static [Embedded], name: &str) -> Option<&'static Embedded> {
    let named = || files.iter().filter(|file| file.name() == name);
    named().find(|file| file.is_scenario()).or_else(|| named().next())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    fn collect(folder: &Path, root: &Path, into: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                collect(&path, root, into);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                into.push(path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"));
            }
        }
    }

    #[test]
    fn the_list_is_in_step_with_the_folder() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let mut on_disk = Vec::new();
        collect(&root, &root, &mut on_disk);
        on_disk.sort();
        let mut listed: Vec<String> = super::FILES.iter().map(|file| file.path.to_owned()).collect();
        listed.sort();
        assert_eq!(listed, on_disk, "add the files of scenarios/ to FILES");
    }
}
