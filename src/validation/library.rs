//! The observed figures that come with the program.

use crate::tables::RawTable;

/// A file of the folder `scenarios/observed`, embedded.
#[derive(Clone, Copy, Debug)]
pub struct ObservedFile {
    /// The name by which it is called.
    pub name: &'static str,
    /// Path within the folder `scenarios`.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl ObservedFile {
    /// The table that it is.
    pub fn table(&self) -> RawTable {
        RawTable::csv(self.path, self.text)
    }
}

/// All files of the folder; a test keeps the list in step with it.
static FILES: &[ObservedFile] = &[
    ObservedFile {
        name: "corridor",
        path: "observed/corridor.csv",
        text: include_str!("../../scenarios/observed/corridor.csv"),
    },
    ObservedFile {
        name: "routes",
        path: "observed/routes.csv",
        text: include_str!("../../scenarios/observed/routes.csv"),
    },
];

/// The files that come with the program.
pub fn observations() -> &'static [ObservedFile] {
    FILES
}

/// The file of a name.
pub fn observation(name: &str) -> Option<&'static ObservedFile> {
    FILES.iter().find(|file| file.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFiles;
    use crate::validation::{Observed, ObservedShares, is_of_shares};

    #[test]
    fn the_list_is_in_step_with_the_folder() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/observed");
        let entries = std::fs::read_dir(folder).unwrap().flatten();
        let mut on_disk: Vec<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
        on_disk.sort();
        let listed: Vec<String> = FILES.iter().map(|file| format!("{}.csv", file.name)).collect();
        assert_eq!(listed, on_disk, "add the files of scenarios/observed/ to FILES");
    }

    #[test]
    fn what_comes_with_the_program_reads() {
        for file in FILES {
            let mut sources = SourceFiles::default();
            let table = file.table();
            let is_read = if is_of_shares(&table) {
                ObservedShares::read(&table, &mut sources).is_ok_and(|observed| !observed.is_empty())
            } else {
                Observed::read(&table, &mut sources).is_ok_and(|observed| !observed.rows.is_empty())
            };
            assert!(is_read, "{}", file.path);
        }
    }
}
