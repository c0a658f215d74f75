//! Workbooks as their users meet them: results written, parameters edited, observed figures read.

use std::fs;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;
use tempfile::TempDir;

use crate::program::{err, midcor, out};

/// The cells of a sheet, from A1 on.
type Cells = Vec<Vec<Data>>;

fn cells(book: &Path, sheet: &str) -> Cells {
    let mut book: Xlsx<_> = open_workbook(book).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    assert_eq!(range.start(), Some((0, 0)));
    range.rows().map(<[Data]>::to_vec).collect()
}

/// The rows below the names of the columns, by the first of these.
fn below<'c>(cells: &'c Cells, column: &str) -> (usize, &'c [Vec<Data>]) {
    let head = cells.iter().position(|row| row.iter().any(|cell| cell == &Data::String(column.to_owned()))).unwrap();
    let place = cells[head].iter().position(|cell| cell == &Data::String(column.to_owned())).unwrap();
    (place, &cells[head + 1..])
}

fn sheet_names(book: &Path) -> Vec<String> {
    let book: Xlsx<_> = open_workbook(book).unwrap();
    book.sheet_names()
}

fn text(cell: &Data) -> &str {
    if let Data::String(text) = cell { text } else { "" }
}

const SHEETS: [&str; 7] = ["Answer", "Sections", "Traffic", "Days by cause", "Places", "Assumptions", "Run"];

#[test]
fn results_of_a_run_are_a_workbook_with_their_figures() {
    let place = tempfile::tempdir().unwrap();
    midcor(place.path(), "run tutorial --replications 4 --quiet").code(0);
    midcor(place.path(), "export results/tutorial --xlsx a.xlsx").code(0);
    let book = place.path().join("a.xlsx");
    assert_eq!(sheet_names(&book), SHEETS);
    let measures = fs::read_to_string(place.path().join("results/tutorial/measures.csv")).unwrap();
    let median = |section: &str| {
        let key = format!("section_time,section.{section},horizon,");
        let line = measures.lines().find(|line| line.starts_with(&key)).unwrap();
        line.split(',').nth(14).unwrap().parse::<f64>().unwrap()
    };
    let sections = cells(&book, "Sections");
    let (at, rows) = below(&sections, "Median, d");
    let (id, _) = below(&sections, "Id");
    assert!(!rows.is_empty());
    for row in rows {
        let section = text(&row[id]).strip_prefix("section.").unwrap();
        assert_eq!(row[at], Data::Float(median(section)), "{section}");
    }
    let answer = cells(&book, "Answer");
    let said = out(&midcor(place.path(), "merge results/tutorial --out again"));
    let second = said.lines().nth(1).unwrap();
    assert!(answer.iter().flatten().any(|cell| text(cell) == second), "{second}");
    causes_add_up(&book);
    assumptions_are_graded(&book);
}

/// The causes of each section add up to its mean.
fn causes_add_up(book: &Path) {
    let causes = cells(book, "Days by cause");
    let (mean, rows) = below(&causes, "Mean, d");
    for row in rows {
        let number = |cell: &Data| if let Data::Float(number) = cell { *number } else { 0.0 };
        let sum: f64 = row[mean + 1..].iter().map(number).sum();
        assert!((sum - number(&row[mean])).abs() < 1e-6, "{row:?}");
    }
}

fn assumptions_are_graded(book: &Path) {
    let assumptions = cells(book, "Assumptions");
    let (grade, rows) = below(&assumptions, "Grade");
    let grades: Vec<&str> = rows.iter().map(|row| text(&row[grade])).collect();
    let rank = |grade: &&str| ["", "C", "B", "A"].iter().position(|known| known == grade).unwrap();
    assert!(grades.is_sorted_by_key(rank) && grades.contains(&""), "{grades:?}");
    let (path, _) = below(&assumptions, "Parameter");
    let ferry = rows.iter().find(|row| text(&row[path]) == "fleet.ferry.vessels").unwrap();
    assert_eq!(ferry[path + 1], Data::Float(2.0));
}

#[test]
fn equal_results_give_equal_workbooks_and_files_of_others_stay() {
    let place = tempfile::tempdir().unwrap();
    midcor(place.path(), "run tutorial --replications 2 --quiet --save data").code(0);
    midcor(place.path(), "export results/tutorial --xlsx a.xlsx").code(0);
    midcor(place.path(), "export results/tutorial --xlsx b.xlsx").code(0);
    let bytes = |name: &str| fs::read(place.path().join(name)).unwrap();
    assert_eq!(bytes("a.xlsx"), bytes("b.xlsx"));
    fs::write(place.path().join("mine.xlsx"), "mine").unwrap();
    let refused = midcor(place.path(), "export results/tutorial --xlsx mine.xlsx").code(2);
    assert!(err(&refused).contains("--replace"), "{}", err(&refused));
    assert_eq!(bytes("mine.xlsx"), b"mine");
    midcor(place.path(), "export results/tutorial --xlsx mine.xlsx --replace").code(0);
    assert_eq!(bytes("mine.xlsx"), bytes("a.xlsx"));
}

#[test]
fn a_comparison_has_its_scenarios_and_differences() {
    let place = tempfile::tempdir().unwrap();
    let call =
        "compare tutorial --what-if fleet.ferry.vessels=3 --what-if fleet.ferry.vessels=1 --replications 3 --quiet";
    midcor(place.path(), call).code(0);
    midcor(place.path(), "export results/tutorial-compare --xlsx a.xlsx").code(0);
    let book = place.path().join("a.xlsx");
    let comparison = cells(&book, "Comparison");
    let (at, rows) = below(&comparison, "What-if");
    let names: Vec<&str> = rows.iter().map(|row| text(&row[at])).collect();
    assert_eq!(names, ["fleet.ferry.vessels=3", "fleet.ferry.vessels=1"]);
    let (sections, all) = (cells(&book, "Sections"), cells(&book, "Differences"));
    let scenarios: std::collections::BTreeSet<&str> =
        below(&sections, "Scenario").1.iter().map(|row| text(&row[0])).collect();
    assert_eq!(scenarios.len(), 3);
    assert!(below(&all, "Difference").1.len() > 10);
    let assumptions = cells(&book, "Assumptions");
    let of_what_ifs = below(&assumptions, "Scenario").1.iter().filter(|row| text(&row[0]) != "base");
    let paths: Vec<&str> = of_what_ifs.map(|row| text(&row[1])).collect();
    assert_eq!(paths, ["fleet.ferry.vessels"; 2], "what is as in the base stands there alone");
}

/// A place with the parameters of the tutorial as `p.xlsx`.
fn parameters() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    midcor(place.path(), "init --xlsx p.xlsx tutorial").code(0);
    place
}

/// Writes a workbook of parameters again, changed as a spreadsheet program would.
fn edited(place: &Path, change: impl FnOnce(&mut Cells)) {
    let book = place.join("p.xlsx");
    let (mut parameters, origin) = (cells(&book, "Parameters"), cells(&book, "Scenario"));
    change(&mut parameters);
    let mut workbook = Workbook::new();
    for (name, cells) in [("Parameters", parameters), ("Scenario", origin)] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (row, line) in (0..).zip(&cells) {
            for (column, cell) in (0..).zip(line) {
                match cell {
                    Data::Empty => {}
                    Data::Float(number) => drop(sheet.write(row, column, *number).unwrap()),
                    Data::Error(_) => {
                        let formula = rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!");
                        sheet.write_formula(row, column, formula).unwrap();
                    }
                    other => drop(sheet.write(row, column, text(other)).unwrap()),
                }
            }
        }
    }
    workbook.save(book).unwrap();
}

/// The row of a path.
fn row(cells: &Cells, path: &str) -> usize {
    cells.iter().position(|row| text(&row[0]) == path).unwrap()
}

fn import(place: &Path) -> assert_cmd::assert::Assert {
    midcor(place, "import p.xlsx --out what-if.toml --replace")
}

#[test]
fn cells_as_they_were_change_nothing() {
    let place = parameters();
    let call = import(place.path()).code(0);
    assert!(err(&call).contains("nothing was edited"), "{}", err(&call));
    edited(place.path(), |cells| cells[5..].reverse());
    import(place.path()).code(0);
    assert!(!place.path().join("what-if.toml").exists(), "sorting is no change");
}

#[test]
fn a_workbook_is_compared_as_it_is() {
    let place = parameters();
    let call = "compare tutorial p.xlsx --replications 2 --quiet --format json";
    let same = midcor(place.path(), call).code(2);
    assert!(err(&same).contains("nothing was edited"), "{}", err(&same));
    edited(place.path(), |cells| {
        let vessels = row(cells, "fleet.ferry.vessels");
        cells[vessels][2] = Data::Float(3.0);
    });
    let found: serde_json::Value = serde_json::from_str(&out(&midcor(place.path(), call).code(0))).unwrap();
    let written =
        "compare tutorial --what-if p:fleet.ferry.vessels=3 --replications 2 --quiet --format json --out other";
    let wanted: serde_json::Value = serde_json::from_str(&out(&midcor(place.path(), written).code(0))).unwrap();
    assert_eq!(found["differences"], wanted["differences"]);
    let other = midcor(place.path(), "compare smallest p.xlsx --replications 2 --quiet").code(2);
    assert!(err(&other).contains("has the parameters of tutorial"), "{}", err(&other));
}

#[test]
fn edited_cells_come_back_as_a_what_if() {
    let place = parameters();
    edited(place.path(), |cells| {
        let vessels = row(cells, "fleet.ferry.vessels");
        cells[vessels][2] = Data::Float(3.0);
        let time = cells.iter().position(|row| text(&row[0]).ends_with(".time.mean") && text(&row[3]) == "h").unwrap();
        cells[time][2] = Data::String("1,5".to_owned());
        cells[time][3] = Data::String("d".to_owned());
    });
    import(place.path()).code(0);
    let text = fs::read_to_string(place.path().join("what-if.toml")).unwrap();
    assert!(text.contains("extends = \"tutorial\"") && text.contains("set = 3\n"), "{text}");
    assert!(text.contains("set = \"1.5 d\"") && text.contains("Parameters!C"), "{text}");
    assert_eq!(text.matches("[[change]]").count(), 2);
    midcor(place.path(), "check what-if.toml").code(0);
    let shown = out(&midcor(place.path(), "show what-if.toml fleet.ferry.vessels"));
    assert!(shown.starts_with("fleet.ferry.vessels = 3\n"), "{shown}");
}

#[test]
fn every_wrong_cell_is_told_with_its_address() {
    type Change = fn(&mut Cells, usize);
    let cases: [(&str, Change, &str, &str); 10] = [
        ("number", |cells, row| cells[row][2] = Data::String("nine".to_owned()), "C", "is no number"),
        ("empty", |cells, row| cells[row][2] = Data::Empty, "C", "it was"),
        ("unit", |cells, row| cells[row][3] = Data::Empty, "D", "the unit is missing"),
        ("wrong-unit", |cells, row| cells[row][3] = Data::String("km".to_owned()), "C", "a length"),
        (
            "unknown-path",
            |cells, row| cells[row][0] = Data::String("link.nowhere.time".to_owned()),
            "A",
            "no parameter",
        ),
        ("missing-row", |cells, row| drop(cells.remove(row)), "A", "is gone"),
        ("twice", |cells, row| cells.push(cells[row].clone()), "A", "two rows"),
        ("formula", |cells, row| cells[row][2] = Data::Error(calamine::CellErrorType::Div0), "C", "#DIV/0!"),
        ("unknown-column", |cells, _| cells[3][5] = Data::String("Largest".to_owned()), "F", "no column `Largest`"),
        ("not-read", |cells, row| cells[row][6] = Data::String("A".to_owned()), "G", "not read back"),
    ];
    for (code, change, column, part) in cases {
        let place = parameters();
        let mut address = 0;
        edited(place.path(), |cells| {
            let row =
                cells.iter().position(|row| text(&row[0]).ends_with(".time.mean") && text(&row[3]) == "h").unwrap();
            change(cells, row);
            address = match code {
                "twice" => cells.len(),
                "missing-row" => row,
                "unknown-column" => 4,
                _ => row + 1,
            };
        });
        let said = err(&import(place.path()).code(if code == "not-read" { 0 } else { 2 }));
        let wanted = format!("p.xlsx: Parameters!{column}{address}");
        assert!(
            said.contains(&wanted) && said.contains(&format!("[{code}]")) && said.contains(part),
            "{wanted} {code}: {said}"
        );
        assert!(!place.path().join("what-if.toml").exists());
    }
}

const HEAD: [&str; 6] = ["measure", "subject", "value", "unit", "class", "note"];

/// Observed figures as spreadsheets of the region save them: each form gives the same observation.
#[test]
fn observed_figures_are_read_as_spreadsheets_write_them() {
    let place = tempfile::tempdir().unwrap();
    let row = ["throughput", "corridor", "100,5", "kt/yr", "tested", "Морской порт; год"];
    let quoted = |cells: [&str; 6], mark: &str| {
        cells.map(|cell| if cell.contains([';', ',']) { format!("\"{cell}\"") } else { cell.to_owned() }).join(mark)
    };
    let text = |mark: &str| format!("{}\r\n{}\r\n", HEAD.join(mark), quoted(row, mark));
    let wide = |text: &str| [vec![0xFF, 0xFE], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let files: [(&str, Vec<u8>); 5] = [
        ("semicolons.csv", text(";").into_bytes()),
        ("marked.csv", format!("\u{feff}{}", text(";")).into_bytes()),
        ("sep.csv", format!("sep=;\r\n{}", text(";")).into_bytes()),
        ("wide.txt", wide(&text("\t"))),
        ("thousands.csv", text(";").replace("100,5", "100\u{a0}500").replace("kt/yr", "t/yr").into_bytes()),
    ];
    for (name, bytes) in files {
        fs::write(place.path().join(name), bytes).unwrap();
        assert!((observed(place.path(), name) - 100_500.0).abs() < 1e-6, "{name}");
    }
    let mut book = Workbook::new();
    book.add_worksheet().set_name("About").unwrap().write(0, 0, "Figures of the ministry").unwrap();
    let sheet = book.add_worksheet().set_name("Figures").unwrap();
    sheet.write(0, 0, "Figures of 2024").unwrap();
    for (column, (head, cell)) in (0..).zip(HEAD.into_iter().zip(row)) {
        sheet.write(2, column, head).unwrap();
        sheet.write(3, column, cell).unwrap();
    }
    sheet.write(3, 2, 100.5).unwrap();
    book.save(place.path().join("figures.xlsx")).unwrap();
    assert!((observed(place.path(), "figures.xlsx") - 100_500.0).abs() < 1e-6);
}

/// The observed value, in tonnes a year.
fn observed(place: &Path, file: &str) -> f64 {
    let call =
        midcor(place, &format!("validate tutorial --against {file} --replications 2 --format json --quiet --replace"));
    let call = call.code(0);
    let value: serde_json::Value = serde_json::from_str(&out(&call)).unwrap();
    let figure = &value["figures"][0];
    let factor = if figure["unit"] == "kt/yr" { 1000.0 } else { 1.0 };
    let (simulated, observed) = (figure["simulated"].as_f64().unwrap(), figure["observed"].as_f64().unwrap());
    // Both are in the unit of the file.
    assert!(simulated * factor > 10_000.0, "{figure}");
    observed * factor
}

#[test]
fn what_is_wrong_in_a_sheet_of_figures_is_told_with_its_cell() {
    let place = tempfile::tempdir().unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, (head, cell)) in
        (0..).zip(HEAD.into_iter().zip(["throughput", "corridor", "much", "kt/yr", "tested", ""]))
    {
        sheet.write(0, column, head).unwrap();
        sheet.write(1, column, cell).unwrap();
    }
    book.save(place.path().join("figures.xlsx")).unwrap();
    let said = err(&midcor(place.path(), "validate tutorial --against figures.xlsx --replications 2").code(2));
    assert!(said.contains("figures.xlsx: Sheet1!C2: error[number]: `much`"), "{said}");
}

/// Where `LibreOffice` is installed it opens what is written, and its figures are those of the table.
#[test]
fn a_second_program_opens_the_workbook() {
    let place = tempfile::tempdir().unwrap();
    if Command::new("soffice").arg("--version").output().is_err() {
        eprintln!("LibreOffice is not installed: no second program opens the workbook");
        return;
    }
    midcor(place.path(), "run tutorial --replications 2 --quiet --save data").code(0);
    midcor(place.path(), "export results/tutorial --xlsx a.xlsx").code(0);
    let profile = format!("-env:UserInstallation=file://{}", place.path().join("profile").display());
    let mut office = Command::new("soffice");
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2";
    office.args([&profile, "--headless", "--convert-to", filter, "a.xlsx"]).current_dir(place.path());
    let ended = office.output().unwrap();
    assert!(ended.status.success(), "{ended:?}");
    let table = fs::read_to_string(place.path().join("a-Sections.csv")).unwrap();
    let rows = cells(&place.path().join("a.xlsx"), "Sections");
    let (id, rows) = below(&rows, "Id");
    assert!(rows.iter().all(|row| table.contains(text(&row[id]))), "{table}");
}
