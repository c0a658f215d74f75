//! Why a scenario cannot be compiled.

use thiserror::Error;

use crate::diagnostic::Diagnostic;
use crate::network::{NetworkError, RouteError};
use crate::random::DistributionError;
use crate::scenario::parse_date;
use crate::scenario::tree::Node;

/// Something of a scenario that cannot run.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{path}: {problem}")]
pub struct PlanError {
    /// Parameter path of what is wrong: `link.beyneu-mangystau.paths-per-day`.
    pub path: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl PlanError {
    /// The finding, placed at the value that the path leads to, or as near to it as the scenario says something.
    pub fn diagnostic(&self, tree: &Node) -> Diagnostic {
        let place = place(&self.path, tree);
        let span = (!std::ptr::eq(place, tree)).then(|| place.key_span());
        match &self.problem {
            Problem::NoRoute { message, help } => {
                Diagnostic::error("no-route", message.as_str(), span).help(help.as_str())
            }
            Problem::NeverFits { .. } => {
                let help = "make shipments smaller, or what takes them larger";
                Diagnostic::error("too-large", format!("`{}`: {}", self.path, self.problem), span).help(help)
            }
            Problem::NoTime { .. } => {
                let help = "give a duration above 0, such as the sailing, the handling, `max-idle` or `mtbf`";
                Diagnostic::error("no-time", format!("`{}`: {}", self.path, self.problem), span).help(help)
            }
            Problem::NoVehicle { unit, .. } => {
                let help = format!("say it on the flow, the link or the cargo: vehicle = \"2 {unit}\"");
                Diagnostic::error("no-vehicle", format!("`{}`: {}", self.path, self.problem), span).help(help)
            }
            Problem::StopsNothing { .. } => {
                Diagnostic::error("stops-nothing", format!("`{}`: {}", self.path, self.problem), span)
            }
            Problem::OtherUnit { help, .. } => {
                Diagnostic::error("other-unit", format!("`{}`: {}", self.path, self.problem), span).help(help.as_str())
            }
            problem => Diagnostic::error("cannot-run", format!("{}: {problem}", self.path), span),
        }
    }

    pub(super) fn new(path: impl Into<String>, problem: Problem) -> Self {
        Self { path: path.into(), problem }
    }
}

/// The value that a path leads to, or as near to it as the tree says something; the tree itself where it does not.
pub(super) fn place<'t>(path: &str, tree: &'t Node) -> &'t Node {
    if let Some(date) = path.strip_prefix(ON_A_DATE) {
        let entries = || tree.get("timeline").and_then(Node::table).into_iter().flatten();
        let on = |entry: &Node| {
            let written = entry.get("on").map(Node::to_string).unwrap_or_default();
            parse_date(written.trim_matches('"')) == parse_date(date)
        };
        return entries().find(|(_, entry)| on(entry)).map_or(tree, |(_, entry)| entry);
    }
    let mut place = tree;
    for key in path.split('.') {
        let Some(next) = place.get(key) else { break };
        place = next;
    }
    place
}

/// How the path of what a timeline does on a date begins.
pub(super) const ON_A_DATE: &str = "timeline on ";

/// What is wrong with a part of a scenario.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// There is no scenario at all.
    #[error("nothing to compile")]
    Nothing,
    /// The network cannot be built.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// A flow has no route.
    #[error("{message} ({help})")]
    NoRoute {
        /// Where the route ends.
        message: String,
        /// What would help.
        help: String,
    },
    /// A name that means nothing.
    #[error("there is no {kind} `{id}`")]
    Unknown {
        /// `node`, `cargo`, `facility` …
        kind: &'static str,
        /// The name.
        id: String,
    },
    /// A number that cannot be.
    #[error("{what} must be above zero, not {value}")]
    NotPositive {
        /// What the number is.
        what: &'static str,
        /// The number.
        value: f64,
    },
    /// A number that cannot be.
    #[error("{what} must be zero or more, not {value}")]
    Negative {
        /// What the number is.
        what: &'static str,
        /// The number.
        value: f64,
    },
    /// Something is missing.
    #[error("{what} is needed here")]
    Missing {
        /// What.
        what: &'static str,
    },
    /// Other traffic takes all the paths.
    #[error("{other} of {paths} paths a day go to other trains: none is left")]
    NoPaths {
        /// Paths a day.
        paths: f64,
        /// Of these, for other trains.
        other: f64,
    },
    /// The shares of a flow's routes do not sum to one.
    #[error("the shares of the routes sum to {sum}, not to 1")]
    Shares {
        /// The sum.
        sum: f64,
    },
    /// A unit that cannot be counted in another.
    #[error("`{unit}` cannot be counted in `{other}`: give its room, or tonnes for both")]
    NotConvertible {
        /// The cargo or its unit.
        unit: String,
        /// The unit of the capacity.
        other: String,
    },
    /// A rate meets a cargo that is not counted in its unit.
    #[error("a rate in {rate} does not say how fast `{cargo}` is handled, which is counted in {unit}")]
    OtherUnit {
        /// The rate's unit.
        rate: String,
        /// The cargo.
        cargo: String,
        /// What it is counted in.
        unit: String,
        /// What would help.
        help: String,
    },
    /// A table of times by cargo that leaves out what is carried.
    #[error("`{cargo}` is carried, but nothing says how long it takes")]
    NotHandled {
        /// The cargo.
        cargo: String,
    },
    /// Two things share a source of randomness.
    #[error("`{name}` is also the source of random numbers of {other}; change an id or a `key`")]
    SameStream {
        /// Name of the stream.
        name: String,
        /// The other thing.
        other: String,
    },
    /// Too many of something.
    #[error("at most {most} {what}")]
    TooMany {
        /// The limit.
        most: usize,
        /// Of what.
        what: &'static str,
    },
    /// More than a computer can carry through, and more than can be meant.
    #[error("{what}: {value:.0}, more than {most}; is a unit or a decimal point wrong?")]
    Excess {
        /// What there would be.
        what: &'static str,
        /// How many.
        value: f64,
        /// The limit.
        most: u64,
    },
    /// Sizes that something on the route never takes.
    #[error("a shipment can be {size}, but the most that {what} ever takes is {most}")]
    NeverFits {
        /// The largest size.
        size: String,
        /// The largest that fits.
        most: String,
        /// What lacks room.
        what: String,
    },
    /// Something that would happen again and again without the clock going on.
    #[error("{what} takes no time, so that the clock would never go on")]
    NoTime {
        /// What takes no time.
        what: &'static str,
    },
    /// A word of `stops` that nothing of the closure has.
    #[error("`{word}` stops nothing here: {has}")]
    StopsNothing {
        /// The word.
        word: &'static str,
        /// What the things of the closure have.
        has: String,
    },
    /// A shipment goes on by road, and nothing says in which vehicles.
    #[error(
        "shipments of several {unit} go on by the road `link.{road}`, and nothing says how many {unit} a vehicle takes"
    )]
    NoVehicle {
        /// The link.
        road: String,
        /// The unit of the cargo.
        unit: String,
    },
    /// Two features that do not go together.
    #[error("{what}")]
    Unsupported {
        /// What, as a sentence.
        what: &'static str,
    },
    /// A timeline entry changes more than numbers.
    #[error("changes {what}; a timeline changes figures, not what is built or which route cargo goes")]
    Shape {
        /// What it changes.
        what: &'static str,
    },
    /// A law of chance that cannot be.
    #[error(transparent)]
    Law(#[from] DistributionError),
}

impl From<RouteError> for PlanError {
    fn from(error: RouteError) -> Self {
        Self { path: error.path, problem: Problem::NoRoute { message: error.message, help: error.help } }
    }
}
