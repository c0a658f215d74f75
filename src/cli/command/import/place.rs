//! Where a scenario file is written, and how it names others from there.

use std::path::{Component, Path, PathBuf};

/// How a file that is written to `out` names a scenario: by its name, or by the way from folder to folder.
pub(super) fn extended(base: &str, out: &Path) -> String {
    let path = Path::new(base);
    if !path.is_file() {
        return base.to_owned();
    }
    let folder = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    between(&whole(folder), &whole(path)).to_string_lossy().replace('\\', "/")
}

/// The way from a folder to a file.
fn between(folder: &Path, file: &Path) -> PathBuf {
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (folder.components().collect(), file.components().collect());
    let same = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n(Component::ParentDir, from.len() - same);
    up.chain(to[same..].iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_from_the_folder_of_another() {
        for (folder, file, way) in
            [("/a/b", "/a/b/c.toml", "c.toml"), ("/a/b", "/a/c.toml", "../c.toml"), ("/a", "/a/b/c.toml", "b/c.toml")]
        {
            assert_eq!(between(Path::new(folder), Path::new(file)), PathBuf::from(way));
        }
    }
}
