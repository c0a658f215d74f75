//! What a question is answered with.

use midcor::live::{Ask, Live, YearOf};
use midcor::results::Kept;
use midcor::words::Language;
use midcor::{Cancel, Scenario};
use serde::Deserialize;

/// What a worker holds.
pub(crate) struct Engine(Option<Live>);

/// What is asked here besides what every engine is asked.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Here {
    /// Reads the scenario, first of all.
    Open(Opened),
    /// Takes a year that another worker simulated; its bytes follow.
    Take(YearOf),
}

#[derive(Deserialize)]
struct Opened {
    scenario: String,
    name: String,
    language: String,
    source: String,
}

impl Engine {
    pub(crate) const fn new() -> Self {
        Self(None)
    }

    /// Answers a question.
    pub(crate) fn answer(&mut self, question: &[u8]) -> Result<Vec<u8>, String> {
        let end = question.iter().position(|byte| *byte == b'\n').unwrap_or(question.len());
        let (line, rest) = question.split_at(end);
        let line = std::str::from_utf8(line).map_err(|error| error.to_string())?;
        match serde_json::from_str(line) {
            Ok(Here::Open(opened)) => self.open(&opened),
            Ok(Here::Take(of)) => self.take(of, rest.get(1..).unwrap_or_default()),
            Err(_) => self.of_any(line),
        }
    }

    fn open(&mut self, opened: &Opened) -> Result<Vec<u8>, String> {
        let scenario = Scenario::parse(&opened.scenario, &opened.name).map_err(|error| error.to_string())?;
        let language = opened.language.parse::<Language>().map_err(|error| error.to_string())?;
        self.0 = Some(Live::of(scenario, language, &opened.source));
        Ok(Vec::new())
    }

    fn live(&mut self) -> Result<&mut Live, String> {
        self.0.as_mut().ok_or_else(|| "no scenario was opened".to_owned())
    }

    fn take(&mut self, of: YearOf, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let kept: Kept = postcard::from_bytes(bytes).map_err(|error| error.to_string())?;
        // Of a world that went in the meantime nothing is wanted.
        if let Some(world) = self.live()?.world(of.world) {
            world.take(of.year, kept);
        }
        Ok(Vec::new())
    }

    fn of_any(&mut self, line: &str) -> Result<Vec<u8>, String> {
        let live = self.live()?;
        match Live::read(line).map_err(|error| error.to_string())? {
            Ask::Load(wanted) => live.choose(&wanted).map(|()| Vec::new()).map_err(|error| error.to_string()),
            Ask::Run(of) => {
                let world = live.world(of.world).ok_or("there is no such option")?;
                let kept = world.simulate(of.year, &Cancel::default()).map_err(|error| error.to_string())?;
                postcard::to_allocvec(&kept).map_err(|error| error.to_string())
            }
            // A worker does one thing at a time: by now it is through.
            Ask::Stop => Ok(Vec::new()),
            Ask::Result => serde_json::to_vec(&live.found()).map_err(|error| error.to_string()),
        }
    }
}
