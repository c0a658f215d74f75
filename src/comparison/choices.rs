//! What shippers choose in a what-if where routes are free.

use serde::{Deserialize, Serialize};

/// The choices of a what-if at rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoutesTaken {
    /// The what-if.
    pub what_if: String,
    /// Volumes answered too.
    pub with_response: bool,
    /// Rounds until shares moved by no more than half a percentage point.
    pub rounds: u32,
    /// False where they had not come to rest after the most rounds that are made.
    pub is_settled: bool,
    /// The largest move of a share that the times of the last round alone would bring about.
    pub gap: f64,
    /// The largest difference of a share between searches that began elsewhere; `None` where there was one search.
    pub apart: Option<f64>,
    /// By choice.
    pub choices: Vec<ChoiceTaken>,
}

/// One choice, in the base and in the what-if.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceTaken {
    /// Its id.
    pub id: String,
    /// What is chosen for: cargo and ends, as people read them.
    pub title: String,
    /// Unit of its cargo.
    pub unit: String,
    /// Units of cargo a year, of those outside the corridor too.
    pub market_per_year: f64,
    /// What shippers gain, dollars a unit of the whole market (the logsum); `None` where shares do not come from costs alone.
    pub gain_usd: Option<f64>,
    /// The same of the whole market, dollars a year.
    pub gain_usd_per_year: Option<f64>,
    /// Its alternatives.
    pub alternatives: Vec<AlternativeTaken>,
    /// Shares of the market that move from one alternative (row) to another (column); on the diagonal those who stay.
    pub moves: Vec<Vec<f64>>,
    /// Days and money of those who stay, come and leave.
    pub shippers: Vec<Shippers>,
}

/// One alternative: base and what-if.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlternativeTaken {
    /// The flow's id, `FLOW.ROUTE`, or the id of an outside route.
    pub name: String,
    /// What it is called where people read it: by the places that its route names.
    pub title: String,
    /// Outside the corridor.
    pub is_outside: bool,
    /// Shares of the market.
    pub share: [f64; 2],
    /// Mean days, door to door of the flow.
    pub days: [f64; 2],
    /// Dollars a unit: charges with the alternative's constant.
    pub usd: [f64; 2],
}

/// What shippers do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// They keep their route of the corridor.
    Stay,
    /// They take another route of the corridor.
    Change,
    /// They come from outside.
    Come,
    /// They leave the corridor.
    Leave,
    /// They are outside before and after.
    Outside,
}

impl Who {
    /// All, in the order of tables.
    pub const ALL: [Self; 5] = [Self::Stay, Self::Change, Self::Come, Self::Leave, Self::Outside];

    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stay => "stay",
            Self::Change => "change",
            Self::Come => "come",
            Self::Leave => "leave",
            Self::Outside => "outside",
        }
    }

    fn of(alternatives: &[AlternativeTaken], from: usize, to: usize) -> Self {
        match (alternatives[from].is_outside, alternatives[to].is_outside) {
            (false, false) if from == to => Self::Stay,
            (false, false) => Self::Change,
            (true, false) => Self::Come,
            (false, true) => Self::Leave,
            (true, true) => Self::Outside,
        }
    }
}

/// Shippers who do the same, and the means of what they meet on what they took and on what they take.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shippers {
    /// What they do.
    pub who: Who,
    /// Their share of the market.
    pub share: f64,
    /// Units of cargo a year.
    pub per_year: f64,
    /// Mean days, base and what-if; `None` where nobody does it.
    pub days: Option<[f64; 2]>,
    /// Mean dollars a unit, base and what-if.
    pub usd: Option<[f64; 2]>,
}

impl Shippers {
    /// By what they do, from the shares that move between alternatives.
    pub fn of(alternatives: &[AlternativeTaken], moves: &[Vec<f64>], market_per_year: f64) -> Vec<Self> {
        Who::ALL.map(|who| Self::who(who, alternatives, moves, market_per_year)).to_vec()
    }

    fn who(who: Who, alternatives: &[AlternativeTaken], moves: &[Vec<f64>], market_per_year: f64) -> Self {
        let (mut share, mut days, mut usd) = (0.0, [0.0; 2], [0.0; 2]);
        for (from, row) in moves.iter().enumerate() {
            for (to, &part) in row.iter().enumerate() {
                let (before, after) = (&alternatives[from], &alternatives[to]);
                // What nobody does has no terms: days of a route that is shut are not known.
                if part > 0.0 && who == Who::of(alternatives, from, to) {
                    share += part;
                    days = [days[0] + part * before.days[0], days[1] + part * after.days[1]];
                    usd = [usd[0] + part * before.usd[0], usd[1] + part * after.usd[1]];
                }
            }
        }
        // Less than this is the rounding of a share.
        let mean = |sum: [f64; 2]| (share > 1e-9).then(|| sum.map(|sum| sum / share));
        Self { who, share, per_year: share * market_per_year, days: mean(days), usd: mean(usd) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(is_outside: bool, days: [f64; 2], usd: [f64; 2]) -> AlternativeTaken {
        AlternativeTaken { name: String::new(), title: String::new(), is_outside, share: [0.0; 2], days, usd }
    }

    /// Two routes and the sea: who moves meets the base on what it took and the what-if on what it takes.
    #[test]
    fn who_moves_meets_the_terms_of_both_sides() {
        let all = [
            one(false, [10.0, 8.0], [900.0, 900.0]),
            one(false, [12.0, 12.0], [800.0, 700.0]),
            one(true, [30.0, 30.0], [500.0, 600.0]),
        ];
        let moves = [vec![0.2, 0.05, 0.05], vec![0.1, 0.2, 0.0], vec![0.1, 0.1, 0.2]];
        let found = Shippers::of(&all, &moves, 1000.0);
        assert!((found.iter().map(|one| one.share).sum::<f64>() - 1.0).abs() < 1e-12);
        let near = |one: [f64; 2], other: [f64; 2]| (one[0] - other[0]).abs() + (one[1] - other[1]).abs() < 1e-9;
        let [stay, change, come, leave, outside] = found[..] else { panic!("five") };
        assert!(near(stay.days.unwrap(), [11.0, 10.0]) && near(stay.usd.unwrap(), [850.0, 800.0]));
        assert!(near(come.days.unwrap(), [30.0, 10.0]) && near(come.usd.unwrap(), [500.0, 800.0]));
        assert!(near(leave.usd.unwrap(), [900.0, 600.0]) && (leave.per_year - 50.0).abs() < 1e-9);
        assert!(near(change.days.unwrap(), [(0.05 * 10.0 + 0.1 * 12.0) / 0.15, (0.05 * 12.0 + 0.1 * 8.0) / 0.15]));
        assert!(near(outside.usd.unwrap(), [500.0, 600.0]));
        assert_eq!(Shippers::of(&all[..1], &[vec![1.0]], 1.0)[2].days, None);
    }
}
