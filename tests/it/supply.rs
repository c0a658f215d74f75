//! What stands behind the program: licences that ask for no more than their text, and one source.

use std::process::Command;

use serde_json::Value;

fn rules() -> toml::Table {
    include_str!("../../deny.toml").parse().unwrap()
}

fn list(value: &toml::Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}

fn packages() -> Vec<Value> {
    let args = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", &host()];
    let output = Command::new(env!("CARGO")).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn host() -> String {
    let output = Command::new(env!("CARGO")).args(["version", "--verbose"]).output().unwrap();
    let about = String::from_utf8(output.stdout).unwrap();
    about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

/// Whether an expression of licences can be met: `/` is an old way to write OR; an exception only allows more.
fn is_met(expression: &str, allowed: &[&str]) -> bool {
    let plain = expression.replace('/', " OR ").replace(" WITH LLVM-exception", "").replace(['(', ')'], "");
    plain.split(" AND ").all(|all| all.split(" OR ").any(|licence| allowed.contains(&licence.trim())))
}

#[test]
fn expressions_of_licences_are_read() {
    let allowed = ["MIT", "Unicode-3.0"];
    for met in ["MIT", "GPL-3.0 OR MIT", "Apache-2.0/MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
        assert!(is_met(met, &allowed), "{met}");
    }
    assert!(!is_met("GPL-3.0", &allowed) && !is_met("MIT AND GPL-3.0", &allowed) && !is_met("", &allowed));
}

#[test]
fn every_dependency_has_a_licence_and_a_source_that_are_allowed() {
    let rules = rules();
    let (allowed, banned) = (list(&rules["licenses"]["allow"]), list(&rules["bans"]["deny"]));
    let packages = packages();
    assert!(packages.len() > 50);
    for package in packages {
        let name = package["name"].as_str().unwrap();
        assert!(is_met(package["license"].as_str().unwrap_or(""), &allowed), "{name}: {}", package["license"]);
        assert!(!banned.contains(&name), "{name} is banned");
        let source = package["source"].as_str().unwrap_or("");
        let is_own = name == "midcor" || name == "midcor-web";
        assert!(is_own || source.starts_with("registry+"), "{name} is from {source}");
    }
}
