//! `midcor sweep`: one or two parameters varied, every point with the same draws.

use crate::analysis::sweep::{Grid, Swept, SweptEnd, sweep as simulate_all};
use crate::cli::args::{Drawing, SweepArgs};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_on_ctrl_c;
use crate::cli::loading::{Change, Ready, ready, variant};
use crate::cli::memory::tell_need;
use crate::cli::output::{place_of, put_answer};
use crate::cli::progress::Bar;
use crate::cli::simulation::lab;
use crate::report::Study;
use crate::results::MeasureRef;

/// More points than this are a mistake in a step.
const MOST_POINTS: usize = 1000;
/// More parameters than this cannot be shown.
const MOST_PARAMETERS: usize = 2;

pub(super) fn sweep(args: &SweepArgs, console: &mut Console) -> Result<(), Failure> {
    let grid = grid(args)?;
    let ready = ready(&args.scenario, args.rows.detail(), console)?;
    let measures = measures(args, &ready)?;
    let place = place_of(&args.output, Study::Sweep, (&args.scenario, &ready))?;
    let grid = checked(args, grid, &ready, console)?;
    let lab = lab(&args.simulation, &ready.world.scenario.run, Drawing::Fixed)?;
    tell_need(&ready.world, &lab, console);
    let bar = Bar::new(console);
    let world = |settings: &[_]| variant(&args.scenario, ready.world.detail, &Change::Settings(settings), console);
    let swept = simulate_all(&grid, &measures, &lab.watched(&bar, &cancel_on_ctrl_c()), world);
    drop(bar);
    let Swept { sweep, end } = swept;
    if let Some(sweep) = &sweep {
        put_answer(console, args.output.format, (place, &ready.loaded.resolved_toml()), sweep, None)?;
    }
    let finished = sweep.map_or(0, |sweep| sweep.points.len());
    match end {
        SweptEnd::Complete => Ok(()),
        SweptEnd::Stopped => {
            console.warning(&format!("stopped: the results are of the {finished} points that were finished"));
            Err(Failure::Stopped)
        }
        SweptEnd::NotReady(failure) => Err(failure),
        SweptEnd::Failed { point, error } => {
            Err(Failure::Failed(format!("{point}: {error}; {finished} points were finished")))
        }
    }
}

fn grid(args: &SweepArgs) -> Result<Grid, Failure> {
    let wrong = |why: String| Err(Failure::Wrong(why));
    if args.simulation.inputs == Some(Drawing::Drawn) {
        return wrong(
            "a sweep keeps all inputs but those that it varies: --inputs drawn is for run and compare".to_owned(),
        );
    }
    if args.vary.len() > MOST_PARAMETERS {
        return wrong(format!("{} parameters are varied; a sweep is over one or two", args.vary.len()));
    }
    if let [one, other] = &args.vary[..]
        && one.name() == other.name()
    {
        return wrong(format!("`{}` is varied twice", one.name()));
    }
    let points: usize = args.vary.iter().map(|vary| vary.values().len()).product();
    if points > MOST_POINTS {
        return wrong(format!("{points} points are more than {MOST_POINTS}; take longer steps"));
    }
    Ok(Grid { varies: args.vary.clone(), reference: 0 })
}

fn measures(args: &SweepArgs, ready: &Ready) -> Result<Vec<MeasureRef>, Failure> {
    let rows = &ready.world.layout.frame().rows;
    if args.measure.is_empty() {
        return Ok(MeasureRef::headline(rows));
    }
    let mut measures: Vec<MeasureRef> = Vec::new();
    for text in &args.measure {
        let measure = MeasureRef::parse(text, rows).map_err(|error| Failure::Wrong(format!("--measure {error}")))?;
        if !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    Ok(measures)
}

/// Makes every point ready once, so that whatever is wrong with one is told before anything long begins, and finds the
/// point that is the scenario as it is written.
fn checked(args: &SweepArgs, grid: Grid, ready: &Ready, console: &Console) -> Result<Grid, Failure> {
    let mut reference = None;
    for (number, place) in grid.places().iter().enumerate() {
        let world = variant(&args.scenario, ready.world.detail, &Change::Settings(&grid.settings(place)), console)?;
        if world.hash == ready.world.hash {
            reference.get_or_insert(number);
        }
    }
    Ok(Grid { reference: reference.unwrap_or(0), ..grid })
}
