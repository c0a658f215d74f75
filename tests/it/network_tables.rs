//! A network of tables as its users meet it: made a scenario, and a scenario made tables.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{err, midcor, out};

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/northern-corridor").join(name)
}

/// A place with the tables of the Northern Corridor, in the folder `tables`.
fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    let tables = place.path().join("tables");
    fs::create_dir(&tables).unwrap();
    for entry in fs::read_dir(example("tables")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, tables.join(path.file_name().unwrap())).unwrap();
    }
    place
}

fn scenario(place: &Path, name: &str) -> String {
    fs::read_to_string(place.join(name)).unwrap()
}

#[test]
fn the_tables_of_the_northern_corridor_make_its_scenario() {
    let place = place();
    midcor(place.path(), "import tables --out northern-corridor.toml").code(0);
    let made = scenario(place.path(), "northern-corridor.toml");
    let shipped = fs::read_to_string(example("northern-corridor.toml")).unwrap();
    assert_eq!(made, shipped, "examples/northern-corridor/northern-corridor.toml is made by `midcor import`");
}

#[test]
fn the_northern_corridor_runs_and_meets_what_is_published() {
    let place = place();
    midcor(place.path(), "import tables --out nc.toml").code(0);
    let set = "--set run.horizon=60d --set run.warm-up=15d --set run.drain=15d";
    let call = midcor(place.path(), &format!("run nc.toml --replications 1 --format csv --quiet --save data {set}"));
    let text = out(&call.code(0));
    let mean = |start: &str| {
        let line = text.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{start}: {text}"));
        line.split(',').nth(9).unwrap().parse::<f64>().unwrap()
    };
    // 96 hours by road and 36 by rail from Mombasa to Malaba (Kenya Railways, 2022); 131 by road to Kampala (2020).
    let road = mean("section_time,section.mombasa-malaba-road,horizon,,");
    let rail = mean("section_time,section.mombasa-nairobi-rail,horizon,,");
    let kampala = mean("section_time,section.mombasa-kampala-road,horizon,,");
    assert!((3.3..4.3).contains(&road) && (0.3..1.0).contains(&rail), "{road} d by road, {rail} d by rail");
    assert!(kampala > road && kampala < 131.0 / 24.0, "{kampala} d");
    let tonnes = mean("throughput,corridor,horizon,,");
    assert!((12e6..13.5e6).contains(&tonnes), "{tonnes} t/yr");
}

#[test]
fn tables_are_made_of_a_scenario_and_read_back_to_the_same() {
    let place = place();
    midcor(place.path(), "import tables --out one.toml").code(0);
    midcor(place.path(), "export one.toml --network again").code(0);
    midcor(place.path(), "export one.toml --network again.xlsx").code(0);
    for (files, name) in [("again", "two.toml"), ("again.xlsx", "three.toml")] {
        midcor(place.path(), &format!("import {files} --out {name}")).code(0);
        assert_eq!(scenario(place.path(), name), scenario(place.path(), "one.toml"), "{files}");
    }
}

/// The same of a scenario that no table made: its meaning is kept, not its words.
#[test]
fn the_tutorial_goes_through_tables() {
    let place = tempfile::tempdir().unwrap();
    midcor(place.path(), "export tutorial --network tables").code(0);
    midcor(place.path(), "import tables --out tutorial.toml").code(0);
    // 40 degrees are 40.0 degrees.
    let shown = |name: &str| out(&midcor(place.path(), &format!("show {name}"))).replace(".0\n", "\n");
    assert_eq!(shown("tutorial.toml"), shown("tutorial"));
}

#[test]
fn what_is_wrong_in_a_table_is_told_with_its_cell() {
    for (file, from, to, parts) in [
        ("links", "speed, km/h", "sped, km/h", ["tables/links.csv:1:", "did you mean `speed`?"]),
        ("links", ",rail,472,59", ",rail,much,59", ["tables/links.csv:2:", "much"]),
        ("links", ",mombasa,nairobi,rail", ",mombasa,nirobi,rail", ["tables/links.csv:2:", "`nairobi`"]),
        ("facilities", "nairobi,cranes", "nirobi,cranes", ["tables/facilities.csv:2:1", "did you mean `nairobi`?"]),
        ("nodes", "naivasha,Naivasha", "nairobi,Naivasha", ["tables/nodes.csv:4:1", "is there twice"]),
        ("nodes", "id,name", "code,name", ["tables/nodes.csv:1:1", "a node has no key `code`"]),
        ("flows", "1 truck,vehicle", "1 lorry,vehicle", ["tables/flows.csv:6:", "lorry"]),
        ("facilities", "\"{ movement = \"\"destination\"\",", "\"{ movement = ,", ["tables/facilities.csv:2:", "TOML"]),
        ("sections", "96 h", "96 km", ["tables/sections.csv:2:", "96 km"]),
    ] {
        let place = place();
        let path = place.path().join("tables").join(format!("{file}.csv"));
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let said = err(&midcor(place.path(), "import tables --out nc.toml").code(2));
        assert!(parts.iter().all(|part| said.contains(part)), "{to}: {said}");
        assert!(!place.path().join("nc.toml").exists());
    }
}

#[test]
fn tables_as_spreadsheets_of_the_region_write_them() {
    let place = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(place.path().join(name), text).unwrap();
    write(
        "nodes.csv",
        "\u{feff}ID;Name;Country;Latitude;Longitude\r\naktau;Актау;KZ;43,6;51,2\r\nbeyneu;Бейнеу;KZ;45,3;55,2\r\n",
    );
    write("links.csv", "from;to;mode;length (km);speed (km/h)\r\naktau;beyneu;rail;403,5;40\r\n");
    write("cargoes.csv", "id;unit;tonnes per unit\r\ngrain;t;1\r\n");
    write(
        "flows.csv",
        "cargo;from;to;volume [t/yr];shipment [t]\r\ngrain;beyneu;aktau;1\u{a0}485\u{a0}000;1 000,5\r\n",
    );
    midcor(place.path(), "import nodes.csv links.csv cargoes.csv flows.csv --out c.toml").code(0);
    let text = scenario(place.path(), "c.toml");
    for part in [
        "[link.aktau-beyneu]",
        "length = \"403.5 km\"",
        "volume = \"1485000 t/yr\"",
        "shipment = \"1000.5 t\"",
        "lat = 43.6",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let again = midcor(place.path(), "import nodes.csv links.csv cargoes.csv flows.csv --out c.toml").code(2);
    assert!(err(&again).contains("--replace"), "{}", err(&again));
}

#[test]
fn a_map_gives_nodes_and_links_with_the_length_of_their_shape() {
    let place = tempfile::tempdir().unwrap();
    let map = r#"{ "type": "FeatureCollection", "features": [
        { "type": "Feature", "geometry": { "type": "Point", "coordinates": [51.2, 43.6] },
          "properties": { "id": "aktau", "country": "KZ", "osm_id": 7 } },
        { "type": "Feature", "geometry": { "type": "Point", "coordinates": [55.2, 45.3] },
          "properties": { "id": "beyneu", "country": "KZ" } },
        { "type": "Feature", "geometry": { "type": "LineString", "coordinates": [[51.2, 43.6], [53.0, 44.0], [55.2, 45.3]] },
          "properties": { "mode": "rail", "speed": "40 km/h" } } ] }"#;
    let write = |name: &str, text: &str| fs::write(place.path().join(name), text).unwrap();
    write("map.geojson", map);
    write("cargoes.csv", "id,unit,tonnes-per-unit\ngrain,t,1\n");
    write("flows.csv", "cargo,from,to,volume,shipment\ngrain,beyneu,aktau,1 Mt/yr,1000 t\n");
    midcor(place.path(), "import map.geojson cargoes.csv flows.csv --out c.toml").code(0);
    let text = scenario(place.path(), "c.toml");
    assert!(text.contains("[link.aktau-beyneu]") && text.contains("lon = 51.2"), "{text}");
    let length = text.lines().find_map(|line| line.strip_prefix("length = \"")).unwrap();
    let length: f64 = length.trim_end_matches(" km\"").parse().unwrap();
    // 151.6 km and 225.9 km of great circles.
    assert!((375.0..380.0).contains(&length), "{length}");
    assert!(text.contains("shape = [[51.2, 43.6], [53.0, 44.0], [55.2, 45.3]]"), "{text}");
    let checked = out(&midcor(place.path(), "check c.toml --all").code(0));
    assert!(!checked.contains("shape") && checked.contains("rail 377"), "no figure, and a route: {checked}");
    midcor(place.path(), "export c.toml --network again.geojson").code(0);
    let coordinates = |file: &str| {
        let map: Value = serde_json::from_str(&fs::read_to_string(place.path().join(file)).unwrap()).unwrap();
        let features = map["features"].as_array().unwrap();
        features.iter().find(|one| one["geometry"]["type"] == "LineString").unwrap()["geometry"]["coordinates"].clone()
    };
    assert_eq!(coordinates("again.geojson"), coordinates("map.geojson"));
    midcor(place.path(), "run c.toml --replications 1 --quiet --out c").code(0);
    assert_eq!(coordinates("c/network.geojson"), coordinates("map.geojson"));
    midcor(place.path(), "import again.geojson cargoes.csv flows.csv --out d.toml").code(0);
    assert_eq!(scenario(place.path(), "d.toml").replace("title = \"d\"", "title = \"c\""), text);
}
