//! Why time passes.

use super::CapacityKind;
use super::word::words;

/// Causes that charts show together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CauseGroup {
    /// Moving on land.
    Running,
    /// Moving at sea.
    Sailing,
    /// Loading, unloading, shunting.
    Handling,
    /// Work at borders.
    Border,
    /// Waiting for a path, a train, locomotives or wagons.
    WaitLand,
    /// Waiting for a vessel or a berth.
    WaitSea,
    /// Waiting for a server, room or hours.
    WaitPlace,
    /// Shut, out of order, banned.
    Shut,
    /// Without a mechanism.
    Unexplained,
}

impl CauseGroup {
    /// All groups, from moving to not explained.
    pub const ALL: [Self; 9] = [
        Self::Running,
        Self::Sailing,
        Self::Handling,
        Self::Border,
        Self::WaitLand,
        Self::WaitSea,
        Self::WaitPlace,
        Self::Shut,
        Self::Unexplained,
    ];
}

/// The one table of causes: variant, word, group in charts, of what more relieves it, meaning.
macro_rules! causes {
    ($($variant:ident $word:literal $group:ident [$($relief:ident)*] $meaning:literal;)+) => {
        words! {
            /// A cause to which time is booked, in the order in which causes are shown: a closed list.
            Cause "cause": $($variant $word $meaning;)+
        }

        impl Cause {
            /// Kinds of capacity of which more relieves it.
            pub const fn relieved_by(self) -> &'static [CapacityKind] {
                match self {
                    $(Self::$variant => &[$(CapacityKind::$relief),*],)+
                }
            }

            /// With which causes charts show it.
            pub const fn group(self) -> CauseGroup {
                match self {
                    $(Self::$variant => CauseGroup::$group,)+
                }
            }
        }
    };
}

causes! {
    Running "running" Running [] "In motion on a train, a lorry or in a pipe.";
    Sailing "sailing" Sailing [] "At sea.";
    Handling "handling" Handling [] "Loading, unloading and shunting: cranes, berths, yards, changes of locomotive.";
    Border "border" Border [] "Border work that is none of the next four.";
    Customs "customs" Border [] "Customs work.";
    Documents "documents" Border [] "Making or checking papers.";
    Inspection "inspection" Border [] "Looking at the cargo.";
    GaugeChange "gauge-change" Border [] "Changing between tracks of 1,435 and 1,520 mm, by other bogies or by reloading.";
    WaitPath "wait-path" WaitLand [Line] "Waiting for a path of a line or a place on it.";
    WaitTrain "wait-train" WaitLand [] "Waiting until a train is full or leaves.";
    WaitPool "wait-pool" WaitLand [Pool] "Waiting for locomotives, wagons or lorries.";
    WaitVessel "wait-vessel" WaitSea [Fleet] "Waiting for a ship, or aboard until it leaves.";
    WaitBerth "wait-berth" WaitSea [Berth] "Aboard, waiting for a berth.";
    WaitServer "wait-server" WaitPlace [Facility] "Queueing for a facility.";
    WaitSpace "wait-space" WaitPlace [Storage Facility] "Waiting for room in a storage, or held back inland because there is none.";
    WaitHours "wait-hours" WaitPlace [] "Waiting for opening hours.";
    Closed "closed" Shut [] "Shut by a closure: a storm, works, a strike.";
    Down "down" Shut [] "Out of order.";
    Ban "ban" Shut [] "Held by a loading ban.";
    Unexplained "unexplained" Unexplained [] "A calibrated delay without a mechanism.";
}

impl Cause {
    /// Waiting of any kind, as against moving and being worked on.
    pub const fn is_waiting(self) -> bool {
        matches!(self.group(), CauseGroup::WaitLand | CauseGroup::WaitSea | CauseGroup::WaitPlace | CauseGroup::Shut)
    }

    /// Waiting at the origin for acceptance.
    pub const fn is_acceptance(self) -> bool {
        matches!(self, Self::Ban | Self::WaitTrain | Self::WaitPool | Self::WaitSpace)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_has_a_cause_and_waiting_is_what_no_work_is_done_in() {
        assert!(CauseGroup::ALL.iter().all(|group| Cause::ALL.iter().any(|cause| cause.group() == *group)));
        assert!(Cause::WaitHours.is_waiting() && Cause::Ban.is_waiting() && !Cause::Unexplained.is_waiting());
        assert!(!Cause::GaugeChange.is_waiting());
        assert!(Cause::ALL.iter().all(|cause| cause.is_waiting() || cause.relieved_by().is_empty()));
    }
}
