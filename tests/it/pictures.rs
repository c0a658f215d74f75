//! Every kind of chart, laid out at several sizes: no text leaves the paper or lies on another one.
#![cfg(all(feature = "charts", feature = "parquet"))]

use midcor::analysis::stress::Closing;
use midcor::analysis::sweep::Vary;
use midcor::questions::{CapacityTerms, RouteEnds, RouteTerms, StressTerms};
use midcor::report::{Picture, PictureStyle, Theme};
use midcor::units::Duration;
use midcor::words::Language;
use midcor::{
    Answer, Lab, Scenario, Years, bottlenecks, capacity, compare, routes, run, stress, sweep, validate, warm_up,
};
use resvg::usvg;

/// Pixels of the layout that boxes of letters may share: stems and tails of neighbours nearly touch.
const SLACK: f32 = 1.0;

fn lab(years: u64) -> Lab<'static> {
    Lab::new(Years::Fixed(0..years), 7)
}

fn scenario() -> Scenario {
    Scenario::open("tutorial").unwrap().set("run.horizon", "60 d").unwrap()
}

/// Each text with the box of its letters, in pixels of the picture, and the size of the picture.
fn texts(svg: &str) -> (Vec<(String, usvg::Rect)>, usvg::Size) {
    // Texts are known by their labels, which this reader does not keep; names it does.
    let named = svg.replace("<g role=\"img\" aria-label=", "<g id=");
    let tree = usvg::Tree::from_str(&named, &usvg::Options::default()).unwrap();
    let mut found = Vec::new();
    collect(tree.root(), &mut found);
    (found, tree.size())
}

fn collect(group: &usvg::Group, found: &mut Vec<(String, usvg::Rect)>) {
    if !group.id().is_empty() {
        found.push((group.id().to_owned(), group.abs_bounding_box()));
        return;
    }
    for node in group.children() {
        if let usvg::Node::Group(inner) = node {
            collect(inner, found);
        }
    }
}

fn overlap(one: &usvg::Rect, other: &usvg::Rect, slack: f32) -> bool {
    one.left() + slack < other.right()
        && other.left() + slack < one.right()
        && one.top() + slack < other.bottom()
        && other.top() + slack < one.bottom()
}

fn is_well_laid_out(picture: &Picture<'_>, style: PictureStyle) {
    let svg = picture.svg(style).unwrap();
    let (texts, size) = texts(&svg);
    let name = picture.name();
    assert!(texts.len() > 1, "{name} has {} texts", texts.len());
    for (place, (text, edges)) in texts.iter().enumerate() {
        let is_inside = edges.left() >= 0.0
            && edges.top() >= 0.0
            && edges.right() <= size.width()
            && edges.bottom() <= size.height();
        assert!(is_inside, "{name}, {style:?}: {text:?} leaves the paper: {edges:?} of {size:?}");
        for (other, others) in &texts[..place] {
            assert!(
                !overlap(edges, others, SLACK),
                "{name}, {style:?}: {text:?} {edges:?} lies on {other:?} {others:?}"
            );
        }
    }
}

/// Words that charts say in English.
const ENGLISH: [&str; 14] = [
    "days",
    "years",
    "replications",
    "base",
    "with",
    "Carried",
    "better",
    "worse",
    "Late",
    "Closed",
    "Backlog",
    "holds",
    "capacity",
    "interval",
];
/// How the names of charts begin that are in English alone.
const ENGLISH_ALONE: [&str; 5] = ["validation", "bottlenecks", "time-distance", "cost-distance", "warm-up"];

/// Whether a word stands by itself in a text.
fn is_in(word: &str, text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|one| one == word)
}

fn all_are_well_laid_out(answer: &dyn Answer) -> Vec<String> {
    let pictures = answer.pictures();
    for picture in &pictures {
        for size in [None, Some((1200, 675)), Some((2000, 700))] {
            is_well_laid_out(picture, PictureStyle { size, ..PictureStyle::default() });
        }
        let style = PictureStyle { language: Language::Russian, ..PictureStyle::default() };
        is_well_laid_out(picture, style);
        let (texts, _) = texts(&picture.svg(style).unwrap());
        // The key of an input that is drawn is a word of the format, the same in every language.
        let mut own = texts.iter().filter(|(text, _)| !text.ends_with(": capacity"));
        let english = own.find(|(text, _)| ENGLISH.iter().any(|word| is_in(word, text)));
        assert!(
            english.is_none() || ENGLISH_ALONE.iter().any(|name| picture.name().starts_with(name)),
            "{}: {english:?}",
            picture.name()
        );
    }
    pictures.iter().map(|picture| picture.name().to_owned()).collect()
}

#[test]
fn charts_of_runs() {
    let names = all_are_well_laid_out(&run(&scenario(), &lab(3)).unwrap());
    assert_eq!(
        names,
        ["traffic", "section-time", "causes", "time-distance", "places", "distribution", "queues", "vessels"]
    );
    let years = Scenario::open("tutorial").unwrap().set("run.horizon", "730 d").unwrap();
    let names = all_are_well_laid_out(&run(&years, &lab(2)).unwrap());
    assert_eq!(names[8..], ["years-time", "years-traffic"]);
}

#[test]
fn charts_of_comparisons() {
    let base = scenario();
    let what_ifs = [
        ("a third ferry", base.set("fleet.ferry.vessels", 3).unwrap()),
        (
            "one ferry, as when the other is in dock for the whole of the season",
            base.set("fleet.ferry.vessels", 1).unwrap(),
        ),
    ];
    let names = all_are_well_laid_out(&compare(&base, what_ifs, &lab(4)).unwrap());
    assert_eq!(names, ["forest", "causes"]);
    let base = Scenario::open("baseline-2024").unwrap();
    let more = base.set("fleet.aktau-alat-feeder.vessels", 6).unwrap();
    let names = all_are_well_laid_out(&compare(&base, [("two more feeders", more)], &lab(3)).unwrap());
    assert_eq!(names, ["forest", "causes", "cascade-two-more-feeders"]);
    let drawn = Lab::new(Years::Drawn { draws: 0..6, years: 1 }, 7);
    let more = base.set("fleet.aktau-alat-feeder.vessels", 6).unwrap();
    let names = all_are_well_laid_out(&compare(&base, [("more", more)], &drawn).unwrap());
    assert!(names.iter().any(|name| name == "inputs-more"), "{names:?}");
}

#[test]
fn charts_of_studies() {
    let (base, lab) = (scenario(), lab(2));
    let one = Vary::parse("fleet.ferry.vessels=1,2,3,4").unwrap();
    let other = Vary::parse("run.seed=1,2,3").unwrap();
    all_are_well_laid_out(&sweep(&base, std::slice::from_ref(&one), &lab).unwrap());
    all_are_well_laid_out(&sweep(&base, &[one, other], &lab).unwrap());
    all_are_well_laid_out(&bottlenecks(&base, &lab).unwrap());
    let rows = "measure,subject,value,unit,class\nthroughput,corridor,1000,t/yr,tested\n";
    let observed = midcor::tables::RawTable::csv("seen.csv", rows);
    all_are_well_laid_out(&validate(&base, &observed, &lab).unwrap());
    let closing = Closing { of: vec!["fleet.ferry".to_owned()], stops: Vec::new(), length: Duration::from_days(2.0) };
    let from = Some(base.contents().run.start);
    for each_month in [false, true] {
        let terms = StressTerms { closing: closing.clone(), from, each_month, follow: Duration::from_days(10.0) };
        all_are_well_laid_out(&stress(&base, &terms, &lab).unwrap());
    }
    let terms = CapacityTerms { mix: None, services: Vec::new(), tolerance: 0.2, relief: None, interest: 0.06 };
    all_are_well_laid_out(&capacity(&base, &terms, &lab).unwrap());
    all_are_well_laid_out(&warm_up(&base, &lab).unwrap());
    let ends = RouteEnds::OfFlow(base.contents().flow.keys().next().unwrap().clone());
    let terms = RouteTerms { ends, via: Vec::new(), avoid: Vec::new(), number: 2, pay: false };
    all_are_well_laid_out(&routes(&base, &terms).unwrap());
}

/// Routes share many places, whose names then crowd.
#[test]
fn charts_of_routes() {
    let base = Scenario::open("routes-2024").unwrap();
    let ends = RouteEnds::OfFlow(base.contents().flow.keys().next().unwrap().clone());
    let terms = RouteTerms { ends, via: Vec::new(), avoid: Vec::new(), number: 6, pay: false };
    all_are_well_laid_out(&routes(&base, &terms).unwrap());
}

#[test]
fn themes_change_colours_and_nothing_else() {
    let ran = run(&scenario(), &lab(2)).unwrap();
    let pictures = ran.pictures();
    let of = |theme| pictures[2].svg(PictureStyle { theme, ..PictureStyle::default() }).unwrap();
    let labels = |svg: &str| svg.matches("aria-label=\"").count();
    let [light, dark, print] = [Theme::Light, Theme::Dark, Theme::Print].map(of);
    assert_eq!((labels(&dark), labels(&print)), (labels(&light), labels(&light)));
    assert!(dark.contains("#16191D") && !light.contains("#16191D"));
    assert!(print.contains("<pattern") && print.contains("url(#causes-h") && !light.contains("<pattern"));
    // Black and white alone.
    let coloured = print.split('#').skip(1).filter_map(|rest| rest.get(..6)).filter(|code| {
        let is_code = code.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_code && (code[..2] != code[2..4] || code[..2] != code[4..])
    });
    assert_eq!(coloured.collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn a_picture_is_as_large_as_was_asked() {
    let ran = run(&scenario(), &lab(2)).unwrap();
    let picture = &ran.pictures()[1];
    let svg = picture.svg(PictureStyle { size: Some((1200, 675)), ..PictureStyle::default() }).unwrap();
    assert!(svg.starts_with("<svg width=\"1200\" height=\"675\" "), "{}", &svg[..80]);
    let png = picture.png(&svg).unwrap();
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (1200, 675));
    // Names that others wrote do not act in the picture.
    let named = scenario().set("title", "<script>alert(1)</script> & \"more\"").unwrap();
    let svg = run(&named, &lab(1)).unwrap().pictures()[0].svg(PictureStyle::default()).unwrap();
    assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"));
}

/// The charts of a folder are drawn again as a slide needs them, in another language; what was not asked for stays.
#[test]
fn charts_are_drawn_again_as_asked() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("results");
    let midcor = || assert_cmd::Command::cargo_bin("midcor").unwrap();
    midcor().args(["run", "tutorial", "--replications", "2", "--quiet", "--out"]).arg(&folder).assert().success();
    let chart = |name: &str| std::fs::read_to_string(folder.join("charts").join(name)).unwrap();
    let before = chart("traffic.svg");
    let call = ["--only", "causes,places", "--size", "1200x675", "--font", "18", "--theme", "dark", "--lang", "ru"];
    midcor().arg("chart").arg(&folder).args(call).assert().success();
    assert_eq!(chart("traffic.svg"), before);
    let causes = chart("causes.svg");
    assert!(causes.starts_with("<svg width=\"1200\" height=\"675\"") && causes.contains("На что уходят сутки"));
    for (flag, value, wants) in [
        ("--only", "cause", "traffic, section-time, causes"),
        ("--size", "1200", "1200x675"),
        ("--theme", "pink", "light, dark, print"),
        ("--lang", "fr", "ru (Russian)"),
        ("--font", "90", "at most"),
    ] {
        let refused = midcor().arg("chart").arg(&folder).args([flag, value]).assert().code(2);
        let said = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
        assert!(said.contains(wants), "{flag} {value}: {said}");
    }
    assert_eq!(chart("causes.svg"), causes, "a wrong call changes nothing");
}
