//! What others wrote is shown and does nothing else: on terminals, in tables, pictures and spreadsheets.

use std::fs;
use std::process::Output;

use tempfile::TempDir;

use crate::program::{called, place_with};

const ONE: &str = include_str!("../../scenarios/smallest.toml");

fn place(scenario: &str) -> TempDir {
    place_with("one.toml", scenario)
}

fn acts(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.chars().any(|c| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c))
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn control_characters_are_refused_wherever_they_stand_and_never_reach_the_terminal() {
    let titled = |escape: &str| ONE.replace("\"One crane\"", &format!("\"One {escape}crane\""));
    let noted = |escape: &str| ONE.replace("servers = 1", &format!("servers = 1, note = \"n{escape}n\""));
    for (scenario, place_of) in [
        (titled("\\u001b[31m"), "2:9"),
        (titled("\\u0000"), "2:9"),
        (titled("\\u202e"), "2:9"),
        (titled("\\u2066"), "2:9"),
        (titled("\\u0085"), "2:9"),
        (titled("\\n"), "2:9"),
        (noted("\\u0007"), "one.toml:"),
        (format!("{ONE}[source.s]\ntitle = \"\\u009b31m\"\n"), "one.toml:"),
        (ONE.replace("unit = \"TEU\"", "unit = \"TEU\"\ntags = { \"a\\u001bb\" = \"x\" }"), "one.toml:"),
        (ONE.replace("[node.west]", "[node.west]\n[node.\"a\\u001b[2Jb\"]"), "one.toml:"),
    ] {
        let place = place(&scenario);
        for call in [["check", "one.toml"], ["run", "one.toml"]] {
            let output = called(place.path(), &call);
            assert_eq!(output.status.code(), Some(2), "{scenario}");
            assert!(said(&output).contains("U+") && said(&output).contains(place_of), "{}", said(&output));
            assert!(!acts(&output.stderr) && !acts(&output.stdout), "{}", said(&output).escape_debug());
        }
    }
    let place = place(ONE);
    let set = format!("title=One{}crane", '\u{1b}');
    let output = called(place.path(), &["check", "one.toml", "--set", &set]);
    assert!(output.status.code() == Some(2) && said(&output).contains("U+001B") && !acts(&output.stderr));
    // Several lines are for what is long.
    let scenario = ONE.replace("[run]", "description = \"one\\n\\ttwo\"\n[run]");
    fs::write(place.path().join("one.toml"), scenario).unwrap();
    assert_eq!(called(place.path(), &["check", "one.toml"]).status.code(), Some(0));
}

#[test]
fn words_of_the_call_do_not_act_either() {
    let place = place(ONE);
    let escape = "\u{1b}[2J";
    for args in [
        vec!["check", "no\u{1b}[2Jwhere"],
        vec!["frob\u{1b}[2Jnicate"],
        vec!["run", "one.toml", "--seed", "1\u{1b}[2J"],
        vec!["run", "one.toml", "--set", "no\u{1b}[2J.path=1"],
        vec!["show", "one.toml", "no\u{1b}[2Jpath"],
        vec!["validate", "one.toml", "--against", "no\u{1b}[2Jfile"],
        vec!["compare", "one.toml", "--what-if", "a\u{1b}[2Jb: flow.demo.volume*=2"],
        vec!["run", "one.toml", "--replications", "2", "--out", "one.toml/\u{1b}[2J"],
    ] {
        assert!(args.iter().any(|arg| arg.contains(escape)));
        let output = called(place.path(), &args);
        assert!(output.status.code() != Some(0) && !output.stderr.is_empty(), "{args:?}");
        assert!(!acts(&output.stderr) && !acts(&output.stdout), "{args:?}: {}", said(&output).escape_debug());
    }
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_reaches_neither_terminal_nor_picture() {
    let place = place(ONE);
    let name = "a\u{1b}[2Jb.toml";
    fs::copy(place.path().join("one.toml"), place.path().join(name)).unwrap();
    let output = called(place.path(), &["run", name, "--replications", "2", "--out", "here"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(!acts(&output.stderr) && !acts(&output.stdout), "{}", said(&output).escape_debug());
    #[cfg(feature = "charts")]
    for entry in fs::read_dir(place.path().join("here/charts")).unwrap() {
        let path = entry.unwrap().path();
        assert!(path.extension().is_some_and(|ending| ending == "png") || !acts(&fs::read(&path).unwrap()), "{path:?}");
    }
}

#[test]
fn observed_figures_with_control_characters_are_refused_at_their_place() {
    let place = place(ONE);
    let rows = "measure,subject,value,unit,class,source\ncarried,corridor,1,t/yr,tested,a\u{1b}[2Jb\n";
    fs::write(place.path().join("seen.csv"), rows).unwrap();
    let output = called(place.path(), &["validate", "one.toml", "--against", "seen.csv"]);
    assert!(output.status.code() == Some(2) && said(&output).contains("seen.csv:2:32"), "{}", said(&output));
    assert!(!acts(&output.stderr));
}

#[test]
fn no_cell_of_text_is_a_formula() {
    let place = place(ONE);
    let args = ["compare", "one.toml", "--replications", "2", "--inputs", "fixed", "--out", "here", "--format", "csv"];
    let evil = ["--what-if", "+CALL(1): flow.demo.volume*=0.9", "--what-if", "@SUM(1): flow.demo.volume*=0.8"];
    let output = called(place.path(), &[args.as_slice(), &evil].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let file = String::from_utf8(output.stdout).unwrap();
    assert!(file.contains("\n'+CALL(1),") && file.contains("\n'@SUM(1),"), "{file}");
    let formula = |cell: &str| cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
    let cells = file.lines().flat_map(|line| line.split(',').map(|cell| cell.trim_matches('"')));
    assert_eq!(cells.filter(|cell| formula(cell)).collect::<Vec<_>>(), Vec::<&str>::new());
}
