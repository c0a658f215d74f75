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
    /// The name by which it is called: its path without the ending, such as `what-if/joint-venture`. The file's name
    /// alone will do too.
    pub fn name(&self) -> &'static str {
        self.path.strip_suffix(".toml").unwrap_or(self.path)
    }

    /// Whether it belongs to the textbook cases, which nobody simulates for their own sake.
    pub fn is_textbook(&self) -> bool {
        self.path.starts_with("verify/")
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
    "baseline-2026.toml",
    "outlook-2030.toml",
    "residuals/of-2022-in-2024.toml",
    "residuals/of-2024-in-2022.toml",
    "roads-2024.toml",
    "routes-2024.toml",
    "smallest.toml",
    "tutorial.toml",
    "w3-benchmark.toml",
    "routing/aktau-two-dry-ships.toml",
    "routing/aktau-two-feeders.toml",
    "routing/altynkol-gauge-one-hour.toml",
    "routing/anaklia.toml",
    "routing/bakhty-ayagoz.toml",
    "routing/batumi-feeder-twice.toml",
    "routing/cpc-dearer.toml",
    "routing/dostyk-second-track.toml",
    "routing/gyumri-kars.toml",
    "routing/hormuz-shut.toml",
    "routing/kars-line-5-mt.toml",
    "routing/khorgos-shut-rerouted.toml",
    "routing/khorgos-shut.toml",
    "routing/kuryk-boxes.toml",
    "routing/kuryk-shut-rerouted.toml",
    "routing/kuryk-shut.toml",
    "routing/kuryk-two-ferries.toml",
    "routing/kuryk-two-ropax.toml",
    "routing/makhachkala-shut.toml",
    "routing/northern-closed.toml",
    "routing/northern-half-price.toml",
    "routing/ocean-cape-cheap.toml",
    "routing/ocean-dear.toml",
    "routing/ocean-suez.toml",
    "routing/poti-feeder-twice.toml",
    "routing/turkmenbashi-cheaper.toml",
    "routing/turkmenbashi-two-ropax.toml",
    "routing/zangezur.toml",
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
    "corridor/sliders.toml",
    "corridor/sources.toml",
    "corridor/water.toml",
    "verify/index.toml",
    "verify/lop-01-loop.toml",
    "verify/lop-02-two-ports.toml",
    "verify/lop-03-two-terminals.toml",
    "verify/lop-04-road-and-rail.toml",
    "verify/lop-05-long-line.toml",
    "verify/met-10-first-hours.toml",
    "verify/net-01-tandem.toml",
    "verify/net-02-feedback.toml",
    "verify/net-03-closed-fleet.toml",
    "verify/net-04-insensitivity.toml",
    "verify/net-06-cyclic-fleet.toml",
    "verify/net-07-blocking.toml",
    "verify/net-08-unbalanced.toml",
    "verify/net-09-qna.toml",
    "verify/que-01-mm1.toml",
    "verify/que-02-mm3.toml",
    "verify/que-03-mm10.toml",
    "verify/que-04-md1.toml",
    "verify/que-05-md2.toml",
    "verify/que-06-md10.toml",
    "verify/que-07-mg1-lognormal.toml",
    "verify/que-08-me2.toml",
    "verify/que-09-types.toml",
    "verify/que-10-loss.toml",
    "verify/que-11-mm3-8.toml",
    "verify/que-12-batch.toml",
    "verify/que-13-priority.toml",
    "verify/que-15-gigc-regular.toml",
    "verify/que-16-gigc-variable.toml",
    "verify/que-17-infinite.toml",
    "verify/que-18-dd1-overload.toml",
    "verify/rou-02-cut.toml",
    "verify/trn-01-full.toml",
    "verify/trn-02-at-least-five.toml",
    "verify/trn-03-whatever-waits.toml",
    "verify/trn-04-timetable-capacity.toml",
    "verify/trn-05-headway-fixed.toml",
    "verify/trn-06-headway-random.toml",
    "verify/trn-07-weather.toml",
    "verify/trn-08-breakdowns.toml",
    "verify/trn-09-availability.toml",
    "verify/trn-10-train-fill.toml",
    "verify/trn-11-fork-join.toml",
    "verify/trn-12-fleet-throughput.toml",
    "verify/trn-13-single-track.toml",
    "verify/trn-14-season.toml",
    "verify/trn-15-books.toml",
    "verify/trn-17-border-hours.toml",
    "verify/trn-18-servers.toml",
    "verify/trn-19-paths.toml",
    "verify/trn-20-vessel-failures.toml",
    "verify/trn-21-wind-by-month.toml",
    "verify/trn-22-working-week.toml",
    "verify/trn-23-visiting-ships.toml",
    "verify/trn-24-contract-ships.toml",
    "verify/trn-25-onto-the-road.toml",
    "verify/trn-26-quay-crane.toml",
    "what-if/aktau-closed.toml",
    "what-if/aktau-container-hub.toml",
    "what-if/aktau-dredging.toml",
    "what-if/alat-phase-2.toml",
    "what-if/asco-hulls-moved.toml",
    "what-if/azerbaijan-locomotives.toml",
    "what-if/azerbaijani-ships.toml",
    "what-if/box-stock.toml",
    "what-if/btk-5-mt.toml",
    "what-if/caspian-falls-faster.toml",
    "what-if/caspian-falls-until-2028.toml",
    "what-if/caspian-lower-100-cm.toml",
    "what-if/caspian-lower-25-cm.toml",
    "what-if/caspian-lower-50-cm.toml",
    "what-if/cereals-azerbaijan.toml",
    "what-if/darbaza-maktaaral.toml",
    "what-if/dostyk-mointy.toml",
    "what-if/ferries-longest-wait.toml",
    "what-if/ferries-timetable.toml",
    "what-if/ferries-when-full.toml",
    "what-if/hundred-export-items.toml",
    "what-if/joint-venture.toml",
    "what-if/jump-2023.toml",
    "what-if/oil-1500-kt.toml",
    "what-if/oil-2200-kt.toml",
    "what-if/one-stop-fibre.toml",
    "what-if/one-stop.toml",
    "what-if/package-2030.toml",
    "what-if/stormy-year.toml",
    "what-if/trade-billion.toml",
    "what-if/trains-for-ships.toml",
];

/// The files that come with the program, parts included.
pub fn embedded() -> &'static [Embedded] {
    FILES
}

/// The short name of a file: without folder and ending.
pub(super) fn stem(path: &str) -> &str {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    file.strip_suffix(".toml").unwrap_or(file)
}

/// The file of a name, in full or without its folder: scenarios go before parts, then the order of the list.
pub(super) fn by_name(files: &'static [Embedded], name: &str) -> Option<&'static Embedded> {
    let named = || files.iter().filter(|file| file.name() == name || stem(file.path) == name);
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
    fn no_two_scenarios_share_a_name() {
        let scenarios = super::FILES.iter().filter(|file| file.is_scenario());
        let mut names: Vec<&str> = scenarios.map(|file| super::stem(file.path)).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
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
