//! No module uses another that uses it, directly or through others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Modules = BTreeMap<String, Module>;

/// What a module says in its own file.
#[derive(Default)]
struct Module {
    /// Paths that it names.
    paths: Vec<String>,
    /// Names that it passes on, with their paths.
    exports: BTreeMap<String, String>,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// `engine/reroute/mod.rs` is `engine::reroute`.
fn name_of(path: &Path, source: &Path) -> String {
    let relative = path.strip_prefix(source).expect("a file of the sources").with_extension("");
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("::").trim_end_matches("::mod").to_owned()
}

/// The program without its unit tests, comments and visibilities.
fn program(text: &str) -> String {
    let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = program.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| line.replace("pub(in crate::", "pub(in ")).collect::<Vec<_>>().join("\n")
}

/// The paths of a tree such as `super::{a::B, c}`.
fn paths_of(prefix: &str, tree: &str, found: &mut Vec<String>) {
    let (mut depth, mut start) = (0, 0);
    let mut parts = Vec::new();
    for (at, character) in tree.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&tree[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&tree[start..]);
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once('{') {
            Some((before, inner)) => {
                paths_of(&format!("{prefix}{before}"), inner.trim_end().trim_end_matches('}'), found);
            }
            None => found.push(format!("{prefix}{part}")),
        }
    }
}

fn module(text: &str, is_folder: bool) -> Module {
    let mut module = Module::default();
    for (at, _) in text.match_indices("use ") {
        let before = text[..at].rsplit('\n').next().unwrap_or_default().trim();
        if !(before.is_empty() || before.starts_with("pub")) {
            continue;
        }
        let mut paths = Vec::new();
        paths_of("", text[at + 4..].split(';').next().unwrap_or_default(), &mut paths);
        for path in paths {
            let (path, name) = path.split_once(" as ").map_or((path.as_str(), None), |(path, name)| (path, Some(name)));
            let path = path.split_whitespace().collect::<String>();
            if before.starts_with("pub") {
                let name = name.map_or_else(|| path.rsplit("::").next().unwrap_or_default().to_owned(), str::to_owned);
                module.exports.insert(name, path.clone());
            }
            // What a folder passes on from its parts is no use of them.
            if !(before.starts_with("pub") && is_folder) {
                module.paths.push(path);
            }
        }
    }
    for beginning in ["crate::", "super::"] {
        for (at, _) in text.match_indices(beginning) {
            let path = text[at..].chars().take_while(|c| c.is_alphanumeric() || "_:".contains(*c)).collect::<String>();
            module.paths.push(path.trim_end_matches(':').to_owned());
        }
    }
    module
}

/// The module that a path of a module leads to.
fn resolved(modules: &Modules, from: &str, path: &str, depth: usize) -> Option<String> {
    let mut parts: Vec<&str> = path.split("::").collect();
    let mut at = match parts.first().copied() {
        Some("crate") => {
            parts.remove(0);
            String::new()
        }
        Some("self") => {
            parts.remove(0);
            from.to_owned()
        }
        Some("super") => {
            let mut at = from.to_owned();
            while parts.first() == Some(&"super") {
                parts.remove(0);
                at = at.rsplit_once("::").map_or(String::new(), |(above, _)| above.to_owned());
            }
            at
        }
        Some(first) if modules.contains_key(&format!("{from}::{first}")) => from.to_owned(),
        _ => return None,
    };
    while let Some(first) = parts.first() {
        let next = if at.is_empty() { (*first).to_owned() } else { format!("{at}::{first}") };
        if !modules.contains_key(&next) {
            break;
        }
        at = next;
        parts.remove(0);
    }
    let exported = parts.first().and_then(|name| modules.get(&at)?.exports.get(*name));
    match exported {
        Some(path) if depth < 8 => resolved(modules, &at, path, depth + 1),
        _ => Some(at),
    }
}

/// Which modules of a room each uses.
fn edges(modules: &Modules) -> BTreeMap<&str, BTreeSet<String>> {
    let room = |name: &str| name.split("::").next().unwrap_or_default().to_owned();
    let of = |(name, module): (&'_ String, &Module)| {
        let used = module.paths.iter().filter_map(|path| resolved(modules, name, path, 0));
        used.filter(|used| used != name && room(used) == room(name)).collect()
    };
    modules.iter().map(|(name, module)| (name.as_str(), of((name, module)))).collect()
}

/// All that a module uses, directly or through others.
fn reached(edges: &BTreeMap<&str, BTreeSet<String>>, from: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut open: Vec<&str> = vec![from];
    while let Some(next) = open.pop() {
        for used in edges.get(next).into_iter().flatten() {
            if all.insert(used.clone()) {
                open.push(used);
            }
        }
    }
    all
}

#[test]
fn no_module_stands_in_a_circle() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&source, &mut paths);
    let mut modules = Modules::new();
    for path in &paths {
        let name = name_of(path, &source);
        if name.split("::").any(|part| ["tests", "synthetic", "lib", "main"].contains(&part)) {
            continue;
        }
        let text = program(&fs::read_to_string(path).expect("a source file can be read"));
        let is_folder = path.ends_with("mod.rs") || source.join(name.replace("::", "/")).is_dir();
        modules.insert(name, module(&text, is_folder));
    }
    assert!(modules.len() > 300, "{} modules were found", modules.len());
    let edges = edges(&modules);
    let circled = |name: &&str| reached(&edges, name).contains(*name);
    let found: BTreeSet<&str> = edges.keys().copied().filter(circled).collect();
    assert!(found.is_empty(), "modules that use each other in a circle: {found:?}");
}
