//! What-ifs of a command line: scenarios, and changes that are written there.

#[cfg(feature = "xlsx")]
use std::path::Path;

use clap::Args;

use super::args::ScenarioArgs;
use super::asking::wrong;
use super::completing;
use super::console::Console;
#[cfg(feature = "xlsx")]
use super::edits::changes;
use super::exit::Failure;
use super::reading::{ready, ready_from};
use crate::questions::NamedScenario;
use crate::questions::compare::named;
use crate::results::Detail;
use crate::scenario::Setting;
use crate::text::is_shown;

/// What-ifs of a scenario.
#[derive(Debug, Args)]
pub(super) struct WhatIfArgs {
    /// Scenarios to compare with it, or workbooks of its parameters that were edited; `what-if/*` are all that come with the program
    #[arg(value_name = "WHAT-IF", add = completing::scenarios())]
    others: Vec<String>,
    /// Put the named overlays on the scenario that they are compared with, whichever they extend: what-ifs of one year in
    /// another
    #[arg(long)]
    on_base: bool,
    /// A change of the scenario with a name, and a price if you like (repeatable): "NAME: PATH += 2; PATH = VALUE @ capex 60
    /// MUSD, opex 8 MUSD/yr, life 25 yr"
    #[arg(long, value_name = "NAME: CHANGES", value_parser = WhatIf::parse)]
    what_if: Vec<WhatIf>,
}

impl WhatIfArgs {
    /// Whether a pattern stands for several scenarios, of which some may not fit.
    pub(super) fn has_pattern(&self) -> bool {
        self.others.iter().any(|name| name.contains('*'))
    }

    /// The scenarios that are named and the changes that are written, each read and checked.
    pub(super) fn scenarios(
        &self,
        base: &ScenarioArgs,
        detail: Option<Detail>,
        console: &Console,
    ) -> Result<Vec<NamedScenario>, Failure> {
        let others = named(&self.others).map_err(|error| wrong(error, console))?;
        let files = others.iter().map(|name| self.file(base, name, detail, console));
        let written = self.what_if.iter().map(|what_if| {
            let scenario = ready(&base.with(&what_if.settings), detail, console)?;
            Ok(NamedScenario { name: what_if.name.clone(), scenario })
        });
        files.chain(written).collect()
    }

    /// A scenario by its name, perhaps put on the base; or the base as a workbook changes it.
    fn file(
        &self,
        base: &ScenarioArgs,
        name: &str,
        detail: Option<Detail>,
        console: &Console,
    ) -> Result<NamedScenario, Failure> {
        #[cfg(feature = "xlsx")]
        if let Some(edits) = changes(Path::new(name), base.words(), console)? {
            let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
            return Ok(NamedScenario { name: stem, scenario: ready(&base.with(&edits), detail, console)? });
        }
        if self.on_base {
            return put_on(base, name, detail, console);
        }
        let scenario = ready(&base.of(name), detail, console)?;
        Ok(NamedScenario { name: scenario.name().to_owned(), scenario })
    }
}

/// What an overlay changes, put on the base; with the title of the overlay, as it would have that of the base.
fn put_on(
    base: &ScenarioArgs,
    name: &str,
    detail: Option<Detail>,
    console: &Console,
) -> Result<NamedScenario, Failure> {
    let own = base.of(name).source().read();
    let title = own.scenario.as_ref().map_or(name, |scenario| &scenario.title);
    let title = Setting::parse(&format!("title={}", toml::Value::from(title)));
    let title = title.map_err(|error| Failure::Wrong(error.to_string()))?;
    let scenario = ready_from(base.source().under(name).with(&[title]), detail, console)?;
    Ok(NamedScenario { name: own.name, scenario })
}

/// A what-if written in the command line: a name, changes of the base, and what they cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WhatIf {
    pub(super) name: String,
    /// The changes, then the keys of the price.
    pub(super) settings: Vec<Setting>,
}

impl WhatIf {
    /// Reads `NAME: PATH += 2; PATH = VALUE @ capex 60 MUSD, life 25 yr`; without a name the changes are the name.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        // An at sign within quotes belongs to a value.
        let priced = text.rsplit_once(" @ ").filter(|(before, _)| before.matches('"').count() % 2 == 0);
        let (what, price) = priced.map_or((text, None), |(what, price)| (what, Some(price)));
        // A colon after the first `=` belongs to a value, such as a time of day.
        let named = what.split_once(':').filter(|(name, _)| !name.contains('='));
        let (name, changes) = named.unwrap_or((what, what));
        let changes = changes.split(';').map(str::trim).filter(|change| !change.is_empty());
        let settings: Result<Vec<Setting>, _> = changes.map(Setting::parse).collect();
        let mut settings = settings.map_err(|error| error.to_string())?;
        let name = name.trim();
        if name.contains(|c| !is_shown(c) || matches!(c, '\n' | '\t')) {
            return Err("the name of a what-if holds a control character".to_owned());
        }
        if settings.is_empty() || name.is_empty() {
            return Err(format!("`{text}` is no what-if: it wants NAME: PATH += 2; PATH = VALUE"));
        }
        settings.extend(price.map(price_of).transpose()?.unwrap_or_default());
        Ok(Self { name: name.to_owned(), settings })
    }
}

/// The keys of a price, as settings of the table that says what a scenario costs.
fn price_of(text: &str) -> Result<Vec<Setting>, String> {
    let form = || format!("`{text}` is no price: it wants capex 60 MUSD, opex 8 MUSD/yr, life 25 yr, or some of these");
    let of = |part: &str| {
        let (key, value) = part.trim().split_once(' ').ok_or_else(form)?;
        let is_known = matches!(key, "capex" | "opex" | "life") && !value.contains(['"', '\\']);
        let setting = format!("measure.{key}=\"{}\"", value.trim());
        if is_known { Setting::parse(&setting).map_err(|error| error.to_string()) } else { Err(form()) }
    };
    text.split(',').map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_what_if_has_a_name_and_changes() {
        let two = WhatIf::parse("two feeders: fleet.f.vessels += 2; link.l.time = 3 h").unwrap();
        assert_eq!(two.name, "two feeders");
        assert_eq!(two.settings.iter().map(Setting::path).collect::<Vec<_>>(), ["fleet.f.vessels", "link.l.time"]);
        let unnamed = WhatIf::parse("fleet.f.vessels+=2").unwrap();
        assert_eq!((unnamed.name.as_str(), unnamed.settings.len()), ("fleet.f.vessels+=2", 1));
        for wrong in ["", "name:", "name: ;", "name: path", ": a=1", "a\u{1b}b: c=1", "a\nb: c=1", "\u{202e}a: b=1"] {
            assert!(WhatIf::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_what_if_may_have_a_price() {
        let two =
            WhatIf::parse("two feeders: fleet.f.vessels += 2 @ capex 60 MUSD, opex 8 MUSD/yr, life 25 yr").unwrap();
        let paths: Vec<&str> = two.settings.iter().map(Setting::path).collect();
        assert_eq!(paths, ["fleet.f.vessels", "measure.capex", "measure.opex", "measure.life"]);
        let unnamed = WhatIf::parse("fleet.f.vessels += 2 @ capex 60 MUSD").unwrap();
        assert_eq!(unnamed.name, "fleet.f.vessels += 2");
        let quoted = WhatIf::parse("name: title = \"one @ two\"").unwrap();
        assert_eq!(quoted.settings.len(), 1);
        for wrong in ["a: b = 1 @ ", "a: b = 1 @ cost 3 USD", "a: b = 1 @ capex", "a: b = 1 @ capex 3 MUSD; c = 2"] {
            let said = WhatIf::parse(wrong).map(|what_if| what_if.settings);
            assert!(said.is_err() || wrong.contains("; c"), "{wrong}: {said:?}");
        }
    }
}
