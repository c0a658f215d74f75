//! Notices for a binary: the crates in it, their licences and the texts of these.
//!
//! `cargo run --example third_party [-- TARGET] > THIRD-PARTY.md`

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// How files with licences and notices begin, in capitals.
const LEGAL: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];
const FONT: &str = include_str!("../assets/OFL.txt");

fn main() -> Result<(), Box<dyn Error>> {
    let target = std::env::args().nth(1).map_or_else(host, Ok)?;
    let metadata = metadata(&target)?;
    let crates = crates_in_the_binary(&metadata);
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let out = &mut std::io::stdout().lock();
    writeln!(out, "# Third-party notices\n\nmidcor for {target} contains these crates.\n")?;
    writeln!(out, "| crate | version | licence | source |\n|---|---|---|---|")?;
    for package in packages(&metadata).filter(|package| crates.contains(text(package, "id"))) {
        let [name, version, licence, source] =
            ["name", "version", "license", "repository"].map(|key| text(package, key));
        let found = legal_texts(package);
        let missing = if found.is_empty() { " (ships no text)" } else { "" };
        writeln!(out, "| {name} | {version} | {licence}{missing} | {source} |")?;
        for found in found {
            texts.entry(found).or_default().push(format!("{name} {version}"));
        }
    }
    texts.entry(FONT.trim().to_owned()).or_default().push("Noto Sans, the font of the charts".to_owned());
    for (text, of) in texts {
        writeln!(out, "\n## {}\n\n```text\n{text}\n```", of.join(", "))?;
    }
    Ok(())
}

fn cargo(args: &[&str]) -> Result<Vec<u8>, Box<dyn Error>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo).args(args).output()?;
    if output.status.success() { Ok(output.stdout) } else { Err(String::from_utf8_lossy(&output.stderr).into()) }
}

fn host() -> Result<String, Box<dyn Error>> {
    let about = String::from_utf8(cargo(&["version", "--verbose"])?)?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.ok_or("cargo does not say which platform it is on")?.to_owned())
}

fn metadata(target: &str) -> Result<Value, Box<dyn Error>> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let args =
        ["metadata", "--format-version", "1", "--locked", "--filter-platform", target, "--manifest-path", manifest];
    Ok(serde_json::from_slice(&cargo(&args)?)?)
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("")
}

/// All that the program is built from, not what only builds or tests it.
fn crates_in_the_binary(metadata: &Value) -> BTreeSet<&str> {
    let nodes: BTreeMap<&str, &Value> =
        metadata["resolve"]["nodes"].as_array().into_iter().flatten().map(|node| (text(node, "id"), node)).collect();
    let root = text(&metadata["resolve"], "root");
    let mut found = BTreeSet::new();
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        for of in nodes.get(id).and_then(|node| node["deps"].as_array()).into_iter().flatten() {
            let is_linked = of["dep_kinds"].as_array().into_iter().flatten().any(|kind| kind["kind"].is_null());
            if is_linked && found.insert(text(of, "pkg")) {
                open.push(text(of, "pkg"));
            }
        }
    }
    found
}

/// The texts of the licences and notices that a crate ships.
fn legal_texts(package: &Value) -> Vec<String> {
    let folder = Path::new(text(package, "manifest_path")).parent().unwrap_or(Path::new("."));
    let mut names: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    names.sort();
    let is_legal = |path: &&std::path::PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().to_uppercase()).unwrap_or_default();
        path.is_file() && LEGAL.iter().any(|begin| name.starts_with(begin))
    };
    let texts = names.iter().filter(is_legal).filter_map(|path| std::fs::read_to_string(path).ok());
    texts.map(|text| text.replace("\r\n", "\n").trim().to_owned()).collect()
}
