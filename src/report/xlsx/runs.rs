//! Sheet `Run`: what was simulated, and how to do it again.

use super::book::{Book, Look, Table, Value, XlsxError, column};
use super::exported::ExportedScenario;

pub(super) fn write(book: &mut Book, scenarios: &[ExportedScenario]) -> Result<(), XlsxError> {
    let columns =
        vec![column("Scenario", 24.0, Look::Text), column("What", 26.0, Look::Text), column("Value", 80.0, Look::Text)];
    let rows = scenarios.iter().flat_map(lines).collect();
    let note = "The same scenario, seed and version give the same figures on any machine.";
    book.table(&Table { sheet: "Run", title: "What was simulated", note, columns, rows })?;
    Ok(())
}

fn lines(of: &ExportedScenario) -> Vec<Vec<Value<'_>>> {
    let (scenario, run) = (&of.summary.manifest.scenario, &of.summary.manifest.run);
    let years = format!("{}..{}", run.first, run.end());
    let draws = run.years_per_draw.map(|years| format!("{years} years in each draw of the inputs"));
    let facts: [(&str, Value<'_>); 14] = [
        ("Title", scenario.title.as_str().into()),
        ("Scenario", scenario.name.as_str().into()),
        ("SHA-256 of the scenario", scenario.hash.as_str().into()),
        ("midcor version", run.midcor.as_str().into()),
        ("Time zone database", run.time_zones.as_str().into()),
        ("Seed", run.seed.to_string().into()),
        ("Simulated years", f64::from(run.replications).into()),
        ("Their numbers", years.into()),
        ("Inputs", draws.unwrap_or_else(|| "as written".to_owned()).into()),
        ("Level of intervals", run.level.into()),
        ("First day", run.window.start.as_str().into()),
        ("Days counted", run.window.horizon_d.into()),
        ("Days before and after", format!("{} and {}", run.window.warm_up_d, run.window.drain_d).into()),
        ("Command", of.command.as_str().into()),
    ];
    facts.into_iter().map(|(what, value)| vec![of.name.as_str().into(), what.into(), value]).collect()
}
