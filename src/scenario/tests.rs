//! The whole reader on small texts.
#![expect(clippy::float_cmp, reason = "what is written is what must be read")]

use super::types::Volume;
use super::{Contents, InMemory, ScenarioReader, Setting};

const ONE_CRANE: &str = include_str!("../../scenarios/smallest.toml");

#[test]
fn the_smallest_scenario_loads() {
    let reading = Contents::parse(ONE_CRANE, "one-crane");
    assert!(reading.diagnostics.is_empty(), "{}", reading.rendered());
    let scenario = reading.scenario.unwrap();
    assert_eq!(scenario.name, "one-crane");
    assert_eq!(scenario.flow["demo"].volume, Volume::PerYear(7884.0));
    assert_eq!(scenario.node["east"].facility["crane"].servers, Some(1));
    assert_eq!(scenario.run.replications, 100);
}

#[test]
fn settings_change_parameters_and_take_bare_texts() {
    let settings: Vec<Setting> =
        ["link.line.time=9 h", "node.east.facility.crane.servers+=2", "node.*.facility.crane.time*=1.5"]
            .map(|text| Setting::parse(text).unwrap())
            .to_vec();
    let reading = ScenarioReader::new(InMemory::default()).read_text(ONE_CRANE, "one-crane", &settings);
    assert!(reading.diagnostics.is_empty(), "{}", reading.rendered());
    let scenario = reading.scenario.unwrap();
    assert_eq!(scenario.link["line"].time.as_ref().unwrap().mean(), 9.0 * 3.6e6);
    let crane = &scenario.node["east"].facility["crane"];
    assert_eq!(crane.servers, Some(3));
}

#[test]
fn ten_mistakes_give_ten_located_messages_at_once() {
    let text = include_str!("../../tests/data/broken/ten-mistakes.toml");
    let reading = Contents::parse(text, "ten-mistakes");
    assert!(reading.scenario.is_none());
    assert_eq!(reading.diagnostics.len(), 10, "{}", reading.rendered());
    assert!(reading.diagnostics.iter().all(|found| found.span.is_some()));
    let codes: Vec<&str> = reading.diagnostics.iter().map(|found| found.code).collect();
    let expected = [
        "unknown-key",
        "out-of-range",
        "missing-key",
        "unknown-word",
        "time-or-rate",
        "dangling-id",
        "missing-unit",
        "wrong-unit",
        "missing-key",
        "never-open",
    ];
    assert_eq!(codes, expected);
    let shown = reading.rendered();
    for near in ["`horizon`", "`customs`", "`east`", "ten-mistakes.toml:6:1: error[unknown-key]"] {
        assert!(shown.contains(near), "{near} is missing in\n{shown}");
    }
}

fn files<const N: usize>(files: [(&str, &str); N]) -> ScenarioReader {
    ScenarioReader::new(InMemory::new(files))
}

#[test]
fn includes_define_each_key_once() {
    let whole = ONE_CRANE.replace("title =", "include = [\"parts/more.toml\"]\ntitle =");
    let folder =
        files([("a/main.toml", &whole), ("a/parts/more.toml", "[node.middle]\n[node.east]\ncountry = \"AZ\"\n")]);
    let reading = folder.read("a/main.toml", &[]);
    assert!(reading.diagnostics.is_empty(), "{}", reading.rendered());
    assert_eq!(reading.scenario.unwrap().node["east"].country.as_deref(), Some("AZ"));

    let folder = files([("a/main.toml", &whole), ("a/parts/more.toml", "[link.line]\nmode = \"sea\"\n")]);
    let shown = folder.read("a/main.toml", &[]).rendered();
    assert!(
        shown.contains("a/parts/more.toml:2:1: error[defined-twice]: `link.line.mode`")
            && shown.contains("a/main.toml:20:1"),
        "{shown}"
    );
}

#[test]
fn files_that_cannot_be_read_are_named_where_they_are_named() {
    let include = |name: &str| format!("include = [\"{name}\"]\n{ONE_CRANE}");
    let shown = files([("s/a.toml", &include("../secret.toml"))]).read("s/a.toml", &[]).rendered();
    assert!(shown.contains("error[outside-folder]: `../secret.toml`"), "{shown}");
    let shown = files([("s/a.toml", &include("gone.toml"))]).read("s/a.toml", &[]).rendered();
    assert!(shown.contains("s/a.toml:1:12: error[missing-file]"), "{shown}");
    let shown = files([("s/a.toml", &include("a.toml"))]).read("s/a.toml", &[]).rendered();
    assert!(shown.contains("error[circle]"), "{shown}");
    let shown =
        files([("a.toml", "extends = \"b.toml\""), ("b.toml", "extends = \"a.toml\"")]).read("a.toml", &[]).rendered();
    assert!(shown.contains("a.toml → b.toml → a.toml"), "{shown}");
    let mut bytes = InMemory::default();
    bytes.insert("a.toml", b"title = \"\xff\"".to_vec());
    bytes.insert("b.toml", vec![b' '; 33 << 20]);
    let reader = ScenarioReader::new(bytes);
    assert!(reader.read("a.toml", &[]).rendered().contains("not UTF-8 text: line 1, column 10"));
    assert!(reader.read("b.toml", &[]).rendered().contains("more than 32 MB"));
    assert!(reader.read("nowhere", &[]).rendered().contains("there is no scenario `nowhere`"));
    let shown = files([("a.toml", &ONE_CRANE.replace("mode = \"rail\"", "mode = "))]).read("a.toml", &[]).rendered();
    assert!(shown.contains("a.toml:19:") && shown.matches("error[").count() == 1, "{shown}");
    assert!(files([("a.toml", "")]).read("a.toml", &[]).rendered().contains("the file is empty"));
}

const OVERLAY: &str = r#"
extends = "base.toml"
title = "Two cranes"
[link.line]
time = { dist = "uniform", low = "8 h", high = "12 h" }
[[change]]
path = "node.*.facility.crane.servers"
add = 1
[[change]]
path = "flow.*.volume"
multiply = 1.5
[[change]]
path = "flow.demo.priority"
set = 1
"#;

#[test]
fn overlays_win_and_changes_follow() {
    let reading = files([("base.toml", ONE_CRANE), ("two.toml", OVERLAY)]).read("two.toml", &[]);
    assert!(reading.diagnostics.is_empty(), "{}", reading.rendered());
    assert_eq!(reading.changes.iter().map(|change| change.touched).collect::<Vec<_>>(), [1, 1, 1]);
    let shown = reading.show("flow.demo.volume");
    assert_eq!((shown[0].value.as_str(), shown[0].place.as_str()), ("\"11826 TEU/yr\"", "two.toml:11:12"));
    assert_eq!(reading.show("link.line.time")[0].place, "two.toml:5:8");
    assert_eq!(reading.show("link.line.time.low")[0].value, "\"8 h\"");
    assert!(reading.show("flow.demo.batch")[0].is_default);
    let scenario = reading.scenario.unwrap();
    assert_eq!((scenario.title.as_str(), scenario.name.as_str()), ("Two cranes", "two"));
    assert_eq!(scenario.node["east"].facility["crane"].servers, Some(2));
    assert_eq!((&scenario.flow["demo"].volume, scenario.flow["demo"].priority), (&Volume::PerYear(11826.0), 1));
}

fn set(text: &str) -> String {
    files([("a.toml", ONE_CRANE)]).read("a.toml", &[Setting::parse(text).unwrap()]).rendered()
}

#[test]
fn changes_that_do_not_fit_are_errors() {
    assert!(set("fleet.x.vessels=2").contains("error[unknown-path]"));
    let shown = set("flow.demo.volum=2");
    assert!(
        shown.contains("did you mean `flow.demo.volume`?") && shown.contains("--set flow.demo.volum=2: error"),
        "{shown}"
    );
    assert!(set("node.middle={}").contains("error[unknown-path]"), "a setting makes no new thing");
    assert!(set("flow.demo.volume=9 h").contains("error[wrong-unit]"));
    assert!(set("flow.demo.volume+=9 h").contains("error[change]"));
    assert!(set("flow.demo.cargo*=2").contains("error[change]"));
    assert!(set("flow.demo.volume*=x").contains("error[change]"));
    assert_eq!(set("flow.demo.volume+=100 TEU/d"), "");
    assert_eq!(set("link.line.trains-at-once=3"), "");
    assert_eq!(set("link.line.time.mean=600 min"), "");
    assert!(Setting::parse("flow").is_err() && Setting::parse("=3").is_err() && Setting::parse("a=").is_err());
}

/// What is said of the smallest scenario with words for its line; `mode` is that of the line.
fn of_line(mode: &str, words: &str) -> String {
    let text = ONE_CRANE.replace("mode = \"rail\"", &format!("mode = \"{mode}\"\ncarries = [\"TEU\"]\n{words}"));
    Contents::parse(&text, "one-crane").rendered()
}

#[test]
fn words_of_another_mode_are_warned_of() {
    for (mode, words, told) in [
        ("road", "trains-at-once = 2", "warning[not-rail]: `link.line` is no railway: its `trains-at-once`"),
        ("road", "other-trains = 1", "`other-trains` means nothing"),
        ("sea", "paths-per-day = 2", "`paths-per-day` means nothing"),
        ("rail", "vehicle = \"2 TEU\"", "warning[not-road]: `link.line` is no road: its `vehicle`"),
    ] {
        let said = of_line(mode, words);
        assert!(said.contains(told) && !said.contains("error"), "{mode}: {words}: {said}");
    }
    assert_eq!(of_line("road", "vehicle = \"2 TEU\""), "");
    assert_eq!(of_line("rail", "trains-at-once = 2\npaths-per-day = 4\nother-trains = 1"), "");
}

#[test]
fn what_is_assumed_is_no_fact() {
    for words in [
        "grade = \"B\"\nnote = \"By the map; the time is assumed.\"",
        "grade = \"A\"\nnote = \"Inferred.\"",
        "grade = \"C\"\nwhy.carries = { grade = \"B\", note = \"A guess.\" }",
        "grade = \"B\"\nwhy.carries = { note = \"Assumed too.\" }",
    ] {
        let said = of_line("rail", words);
        assert!(said.contains("error[grade]") && said.contains("has grade C; give it"), "{words}: {said}");
    }
    for words in [
        "grade = \"B\"\nnote = \"The railway says so.\"\nwhy.carries = { grade = \"C\", note = \"Assumed.\" }",
        "grade = \"C\"\nnote = \"Assumed.\"",
        "note = \"Assumed.\"",
    ] {
        assert_eq!(of_line("rail", words), "", "{words}");
    }
}

const RICH: &str = include_str!("../../tests/data/every-word.toml");

#[test]
fn every_word_of_the_format_reads_and_survives_a_round_trip() {
    let reading = Contents::parse(RICH, "every-word");
    assert!(reading.diagnostics.is_empty(), "{}", reading.rendered());
    let text = reading.resolved_toml();
    let again = Contents::parse(&text, "every-word");
    assert!(again.diagnostics.is_empty(), "{}\n{text}", again.rendered());
    assert_eq!(again.scenario, reading.scenario);
    assert_eq!(again.resolved_toml(), text);
    assert_eq!(again.content_hash(), reading.content_hash());
    assert_eq!(reading.content_hash().len(), 64);
}

#[test]
fn the_timeline_makes_a_scenario_for_each_date() {
    let scenario = Contents::parse(RICH, "every-word").scenario.unwrap();
    let dates: Vec<_> =
        scenario.at_dates().map(|(on, then)| (super::date_text(on), then.link["line"].paths_per_day)).collect();
    assert_eq!(dates, [("2024-07-01".to_owned(), Some(14.0)), ("2025-01-01".to_owned(), Some(20.0))]);
    let wrong = RICH.replace("\"link.line.paths-per-day\" = 20", "\"link.line.paths-per-day\" = \"20 h\"");
    assert!(Contents::parse(&wrong, "x").rendered().contains("error[wrong-type]"));
}

#[test]
fn assumptions_come_weakest_first_with_their_reasons() {
    let reading = Contents::parse(RICH, "every-word");
    let all = reading.assumptions();
    let grades: Vec<_> = all.iter().map(|one| one.grade).collect();
    assert!(grades.windows(2).all(|pair| pair[0].is_none() || pair[0] >= pair[1]), "{grades:?}");
    let servers = all.iter().find(|one| one.path == "node.port.facility.crane.servers").unwrap();
    assert_eq!((servers.grade, servers.source.as_deref()), (Some(super::types::Grade::A), Some("report")));
    assert_eq!(servers.range.as_deref(), Some("[1, 3]"));
    assert!(
        reading
            .parameters("paths-per-day")
            .iter()
            .any(|one| one.path == "link.line.paths-per-day" && one.value == "12")
    );
}

#[test]
fn every_embedded_scenario_loads_and_survives_a_round_trip() {
    for file in super::embedded().iter().filter(|file| file.is_scenario()) {
        let reading = ScenarioReader::new(InMemory::default()).read(file.name(), &[]);
        assert!(!reading.diagnostics.has_errors(), "{}: {}", file.path, reading.rendered());
        let again = Contents::parse(&reading.resolved_toml(), file.name());
        assert_eq!(again.scenario, reading.scenario, "{}", again.rendered());
    }
}

#[test]
fn a_text_can_extend_an_embedded_scenario_and_a_misspelt_name_is_answered() {
    let text = "extends = \"smallest\"\n[link.line]\ntime = \"20 h\"\n";
    let reading = Contents::parse(text, "slower");
    assert!(reading.diagnostics.is_empty(), "{}", reading.rendered());
    let shown = ScenarioReader::new(InMemory::default()).read("baseline-204", &[]).rendered();
    assert!(shown.contains("did you mean `baseline-20"), "{shown}");
    let shown = ScenarioReader::new(InMemory::default()).read("what-if/one-stopp", &[]).rendered();
    assert!(shown.contains("did you mean `what-if/one-stop`?"), "{shown}");
}

#[test]
fn a_file_in_a_folder_can_extend_an_embedded_scenario_of_many_parts() {
    let text = "schema = 1\ntitle = \"Mine\"\nextends = \"what-if/one-stop-fibre\"\n";
    let reading = ScenarioReader::new(InMemory::new([("plans/mine.toml", text)])).read("plans/mine.toml", &[]);
    assert!(reading.diagnostics.is_empty(), "{}", reading.rendered());
    assert!(reading.scenario.is_some_and(|scenario| scenario.node.contains_key("aktau")));
}

#[test]
fn torn_texts_give_findings_and_never_panic() {
    for end in (0..RICH.len()).step_by(149).filter(|end| RICH.is_char_boundary(*end)) {
        let torn = Contents::parse(&RICH[..end], "torn");
        assert!(torn.scenario.is_some() || torn.diagnostics.has_errors());
        let without = format!("{}{}", &RICH[..end], RICH.get(end + 9..).unwrap_or_default());
        Contents::parse(&without, "torn").rendered();
    }
}

#[test]
fn values_of_any_other_type_give_findings_and_never_panic() {
    let lines: Vec<&str> = RICH.lines().collect();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.contains(" = ") && !line.starts_with('#')) {
        let (key, _) = line.split_once(" = ").unwrap();
        for value in
            ["1", "-1.5", "\"x\"", "\"-3 h\"", "true", "[]", "[[1, 2], 3]", "{}", "{ dist = \"gamma\" }", "2024-01-01"]
        {
            let changed = format!("{key} = {value}");
            let mut all = lines.clone();
            all[at] = &changed;
            let reading = Contents::parse(&all.join("\n"), "changed");
            assert!(reading.scenario.is_some() || reading.diagnostics.has_errors(), "{changed}");
            assert!(!reading.rendered().contains("[unread]"), "{changed}: {}", reading.rendered());
        }
    }
}

fn demo(keys: &str) -> String {
    ONE_CRANE.replace("volume = \"7884 TEU/yr\"", keys)
}

const COUNTED: &str = "volumes = { \"2024-Q2\" = \"910 TEU\", \"2024-01\" = \"310 TEU\" }";

fn volume_after(text: &str, settings: &[&str]) -> Result<Vec<(String, f64)>, String> {
    let settings: Vec<Setting> = settings.iter().map(|text| Setting::parse(text).unwrap()).collect();
    let reading = files([("a.toml", text)]).read("a.toml", &settings);
    let shown = reading.rendered();
    match reading.scenario.map(|scenario| scenario.flow["demo"].volume.clone()) {
        Some(Volume::Counted(counts)) => {
            Ok(counts.iter().map(|count| (count.period.first.to_string(), count.units)).collect())
        }
        Some(Volume::PerYear(units)) => Ok(vec![("yr".to_owned(), units)]),
        Some(Volume::PerDay(units)) => Ok(vec![("d".to_owned(), units)]),
        None => Err(shown),
    }
}

fn of(first: f64, second: f64) -> Vec<(String, f64)> {
    vec![("2024-01-01".to_owned(), first), ("2024-04-01".to_owned(), second)]
}

#[test]
fn counted_amounts_are_the_volume_of_their_flow() {
    let text = demo(COUNTED);
    let after = |settings: &[&str]| volume_after(&text, settings);
    assert_eq!(after(&[]), Ok(of(310.0, 910.0)));
    assert_eq!(after(&["flow.demo.volume*=2"]), Ok(of(620.0, 1820.0)));
    assert_eq!(after(&["flow.*.volume*=2"]), Ok(of(620.0, 1820.0)));
    assert_eq!(after(&["flow.demo.volumes*=2"]), Ok(of(620.0, 1820.0)));
    assert_eq!(after(&["flow.demo.volume+=10 TEU"]), Ok(of(320.0, 920.0)));
    // A rate adds what comes in each period.
    assert_eq!(after(&["flow.demo.volume+=366 TEU/yr"]), Ok(of(341.0, 1001.0)));
    assert_eq!(after(&["flow.demo.volume+=2 TEU/d"]), Ok(of(372.0, 1092.0)));
    assert_eq!(after(&["flow.demo.volumes.2024-Q2=\"1000 TEU\""]), Ok(of(310.0, 1000.0)));
    assert_eq!(after(&["flow.demo.volumes.2024-Q2*=2"]), Ok(of(310.0, 1820.0)));
    // Setting takes the place of the series, and the series that of a volume.
    assert_eq!(after(&["flow.demo.volume=9000 TEU/yr"]), Ok(vec![("yr".to_owned(), 9000.0)]));
    assert_eq!(after(&["flow.demo.volume=2 TEU/hour"]), Ok(vec![("d".to_owned(), 48.0)]));
    let series = "flow.demo.volumes={ \"2024-01\" = \"310 TEU\", \"2024-Q2\" = \"910 TEU\" }";
    assert_eq!(volume_after(ONE_CRANE, &[series]), Ok(of(310.0, 910.0)));
    let shown = files([("a.toml", &text)]).read("a.toml", &[]).show("flow.demo");
    assert!(shown.iter().any(|parameter| parameter.path == "flow.demo.volumes" && parameter.is_quantity));
    assert!(shown.iter().all(|parameter| parameter.path != "flow.demo.growth"), "{shown:?}");
}

#[test]
fn a_later_file_takes_the_place_of_what_an_earlier_one_says() {
    let over = |base: &str, flow: &str| {
        let over = format!("extends = \"base.toml\"\n[flow.demo]\n{flow}\n");
        let reading = files([("base.toml", base), ("over.toml", &over)]).read("over.toml", &[]);
        (reading.rendered(), reading.scenario.map(|scenario| scenario.flow["demo"].volume.clone()))
    };
    let (shown, volume) = over(&demo("volume = \"7884 TEU/yr\"\ngrowth = \"5 %\""), COUNTED);
    assert!(matches!(volume, Some(Volume::Counted(_))), "{shown}");
    let (shown, volume) = over(&demo(COUNTED), "volume = \"9 TEU/yr\"");
    assert_eq!(volume, Some(Volume::PerYear(9.0)), "{shown}");
    assert!(over(&demo(COUNTED), "growth = \"5 %\"").0.contains("has both `growth` and `volumes`"));
    let dated = format!(
        "{}\n[timeline.less]\non = \"2024-07-01\"\nset = {{ \"flow.demo.volume\" = \"9 TEU/yr\" }}\n",
        demo(COUNTED)
    );
    let scenario = files([("a.toml", &dated)]).read("a.toml", &[]).into_contents().unwrap();
    assert_eq!(scenario.epochs[0].scenario.flow["demo"].volume, Volume::PerYear(9.0));
}

#[test]
fn counted_amounts_that_do_not_fit_are_shown_where_they_stand() {
    for (keys, parts) in [
        (format!("volume = \"9 TEU/yr\"\n{COUNTED}"), ["a.toml:27:1", "has both `volume` and `volumes`"]),
        (format!("growth = \"5 %\"\n{COUNTED}"), ["a.toml:27:1", "has both `growth` and `volumes`"]),
        ("volumes = { \"2024-13\" = \"9 TEU\" }".to_owned(), ["a.toml:26:13", "a month such as \"2024-01\""]),
        ("volumes = { \"2024\" = \"9 TEU\", \"2024-Q2\" = \"9 TEU\" }".to_owned(), ["a.toml:26:31", "overlap"]),
        ("volumes = { \"2024\" = \"9 TEU/yr\" }".to_owned(), ["a.toml:26:22", "the unit of a rate"]),
        ("volumes = { \"2024\" = \"9 wagon\" }".to_owned(), ["a.toml:26:22", "counted in `wagon`"]),
        ("volumes = {}".to_owned(), ["a.toml:26:11", "has no amounts"]),
        ("volumes = \"9 TEU\"".to_owned(), ["a.toml:26:11", "amounts by month, quarter or year"]),
        ("via = []".to_owned(), ["a.toml:22:", "`volume` is missing"]),
    ] {
        let shown = volume_after(&demo(&keys), &[]).unwrap_err();
        assert!(parts.iter().all(|part| shown.contains(part)), "{keys}\n{shown}");
    }
}

#[test]
fn the_horizon_is_a_length_an_end_or_a_year() {
    let days = |run: &str, settings: &[&str]| {
        let text = ONE_CRANE.replace("horizon = \"365 d\"", run);
        let settings: Vec<Setting> = settings.iter().map(|text| Setting::parse(text).unwrap()).collect();
        let reading = files([("a.toml", &text)]).read("a.toml", &settings);
        let shown = reading.rendered();
        reading.scenario.map(|scenario| scenario.run.horizon.days()).ok_or(shown)
    };
    assert_eq!(days("", &[]), Ok(366.0));
    assert_eq!(days("start = \"2023-01-01\"", &[]), Ok(365.0));
    assert_eq!(days("start = \"2023-07-01\"", &[]), Ok(366.0));
    assert_eq!(days("start = \"2024-02-29\"", &[]), Ok(365.0));
    assert_eq!(days("end = \"2024-03-01\"", &[]), Ok(60.0));
    assert_eq!(days("end = \"2024-03-01T12:00+06:00\"", &[]), Ok(60.25));
    assert_eq!(days("", &["run.start=2025-01-01"]), Ok(365.0));
    assert_eq!(days("end = \"2024-03-01\"", &["run.horizon=7 days"]), Ok(7.0));
    assert_eq!(days("horizon = \"7 d\"", &["run.end=2025-01-01"]), Ok(366.0));
    let both = days("horizon = \"7 d\"\nend = \"2025-01-01\"", &[]).unwrap_err();
    assert!(both.contains("`run` has both `end` and `horizon`") && both.matches("error[").count() == 1, "{both}");
    let before = days("end = \"2023-01-01\"", &[]).unwrap_err();
    assert!(before.contains("not after `run.start`"), "{before}");
}

#[test]
fn what_is_counted_in_tonnes_weighs_a_tonne() {
    for unit in ["t", "tonnes", "tonne"] {
        let text = ONE_CRANE.replace("unit = \"TEU\"\ntonnes-per-unit = 14", &format!("unit = \"{unit}\""));
        let text = text.replace("7884 TEU/yr", "110 kt/a").replace("1 TEU", "50 tonnes");
        let reading = files([("a.toml", &text)]).read("a.toml", &[]);
        assert!(reading.diagnostics.is_empty(), "{}", reading.rendered());
        let scenario = reading.scenario.unwrap();
        assert_eq!((scenario.cargo["boxes"].unit.as_str(), scenario.cargo["boxes"].mass_per_unit.kg()), ("t", 1000));
        assert_eq!(scenario.flow["demo"].volume, Volume::PerYear(110_000.0));
    }
    let text = ONE_CRANE.replace("tonnes-per-unit = 14", "");
    assert!(files([("a.toml", &text)]).read("a.toml", &[]).rendered().contains("`tonnes-per-unit` is missing"));
}
