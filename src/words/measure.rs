//! What is measured.

use super::statistic::Over;
use super::word::words;

/// Whether more of a measure is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither by itself.
    Neither,
}

impl Better {
    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Neither => "",
        }
    }
}

const AMOUNTS: &[&str] = &["t/yr", "UNIT/yr"];
const DAYS: &[&str] = &["d"];
const HOURS: &[&str] = &["h"];
const MONEY: &[&str] = &["USD/yr", "USD/t"];
const NONE: &[&str] = &["1"];

use Better::{Down, Neither, Up};

/// The one table of measures: variant, word, units (`UNIT` stands for that of a cargo, `1` for none), whether more is
/// good, of what it is a distribution if not of the replications' values, meaning.
macro_rules! measures {
    ($($variant:ident $word:literal $units:tt $better:ident $(of $things:ident)? $meaning:literal;)+) => {
        words! {
            /// A measure: what a row of the results is about. By subject: traffic, time, queues and use, vessels, pools,
            /// money.
            Measure "measure": $($variant $word $meaning;)+
        }

        impl Measure {
            /// Its units; `UNIT` stands for that of a cargo (`TEU`, `wagon`, `t`), `1` for none.
            pub const fn units(self) -> &'static [&'static str] {
                match self {
                    $(Self::$variant => measures!(@units $units),)+
                }
            }

            /// Whether more of it is good.
            pub const fn better(self) -> Better {
                match self {
                    $(Self::$variant => $better,)+
                }
            }

            /// Of what its spread and its percentiles are where all that passes is kept; where only a mean is, they are of
            /// the replications' values.
            pub const fn over(self) -> Over {
                match self {
                    $(Self::$variant => measures!(@over $($things)?),)+
                }
            }
        }
    };
    (@units [$($unit:literal)+]) => { &[$($unit),+] };
    (@units $units:ident) => { $units };
    (@over shipments) => { Over::Shipments };
    (@over) => { Over::Years };
}

measures! {
    Offered "offered" AMOUNTS Neither
        "Cargo that came to the corridor within the period.";
    Carried "carried" AMOUNTS Up
        "Cargo that arrived within the period, whenever it had set out.";
    Throughput "throughput" ["t/yr"] Up
        "Tonnes that arrived within the period. Of a link: what set out over it within the period, or, where the link is neither a line nor a sea leg, what arrived having passed it.";
    ThroughputTeu "throughput_teu" ["TEU/yr"] Up
        "TEU that arrived within the period, of the cargoes that are counted in TEU.";
    Refused "refused" AMOUNTS Down
        "Cargo given up at its origin because a loading ban lasted longer than the patience of its flow.";
    LostToOutside "lost_to_outside" AMOUNTS Down
        "Cargo diverted to a route outside the corridor by a facility that was full and diverts.";
    Outside "outside" AMOUNTS Neither
        "Cargo that chose a route outside the corridor and was never offered to it.";
    Switches "switches" ["shipments/yr"] Neither
        "Times that a shipment, or a part of one, went on by another route from a node.";
    Switched "switched" ["t/yr"] Neither
        "Of a switch: what made it. Of a flow: of what arrived, what had switched under way.";
    SwitchedShare "switched_share" NONE Neither
        "Share of what arrived that had switched to another route under way.";
    TransitTimeSwitched "transit_time_switched" DAYS Down
        "Mean transit time of those who switched to another route under way.";
    FreightChargeSwitched "freight_charge_switched" ["USD/t"] Down
        "What those who switched paid for the links that they used, crossings at the mean of the fleets that may carry them.";
    SwitchingCost "switching_cost" ["USD/yr"] Down
        "What switching cost shippers, besides charges; it is nobody's revenue.";
    UnderWay "under_way" ["t" "UNIT"] Neither
        "Cargo that had come and not arrived at the end of the horizon.";
    Backlog "backlog" ["t/yr"] Down
        "By how much more was under way at the end of the horizon than at its beginning.";
    Unfinished "unfinished" NONE Down
        "Share of what came within the horizon that had not arrived at the end of the drain. It counts as slowest in percentiles of times and is not in means.";
    Trains "trains" ["trains/yr"] Neither
        "Trains, and shipments that travel alone, that set out from their origin within the horizon. Of a link: those that set out over it.";
    Value "value" ["USD/yr"] Up
        "Worth of the goods that arrived.";
    TonneKm "tonne_km" ["tkm/yr"] Neither
        "Tonnes times kilometres of what arrived.";
    TransitTime "transit_time" DAYS Down of shipments
        "From coming to arrival. Percentiles count what has not arrived as slowest; the mean is of what arrived.";
    TimeSoFar "time_so_far" DAYS Down
        "Mean time since coming of all that came, with what has not arrived at the end of the drain counted as if it arrived then. At least so long it takes; shippers who choose a route go by it.";
    TransitTimeDelivered "transit_time_delivered" DAYS Down of shipments
        "From coming to arrival, of what arrived alone.";
    AcceptanceWait "acceptance_wait" DAYS Down of shipments
        "What was waited before the first setting out for a train, for locomotives or wagons, for room or for the end of a ban.";
    CompleteTime "complete_time" DAYS Down of shipments
        "From the coming of a shipment until the last part of it arrived.";
    SectionTime "section_time" DAYS Down of shipments
        "Time between the two places of a section.";
    CrossingTime "crossing_time" DAYS Down of shipments
        "From setting sail until unloaded.";
    DwellTime "dwell_time" DAYS Down of shipments
        "Time at a node, from the end of a link to the beginning of the next.";
    Time "time" DAYS Neither
        "Part of the mean time that passes at a place for a cause. The rows of a subject add up to its mean time.";
    BorderTime "border_time" HOURS Down
        "Hours at a crossing of a border, of those who were served there.";
    BorderTimePerJourney "border_time_per_journey" HOURS Down
        "Hours at all crossings of borders of one journey.";
    UnexplainedShare "unexplained_share" NONE Down
        "Share of the time that is a calibrated delay without a mechanism.";
    BufferIndex "buffer_index" NONE Down
        "Time to spare for arriving in time on 95 of 100 journeys: (P95 − mean) ÷ mean.";
    OnTimeShare "on_time_share" NONE Up
        "Share that arrives within the deadline of its flow or section.";
    SpeedWithoutDelay "speed_without_delay" ["km/h"] Up
        "Kilometres divided by the time in motion.";
    SpeedWithDelay "speed_with_delay" ["km/h"] Up
        "Kilometres divided by the whole time.";
    WaitingTime "waiting_time" HOURS Down of shipments
        "Mean wait of those who were served, let in or boarded, those included who did not wait.";
    Waited "waited" NONE Down
        "Share of them that waited at all.";
    QueueLength "queue_length" NONE Down
        "Mean number that wait.";
    QueueMax "queue_max" NONE Down
        "Most that waited at once.";
    HoursWaited "hours_waited" ["h/yr"] Down
        "Hours that all together waited, those included who still wait.";
    WaitingSoFar "waiting_so_far" HOURS Down of shipments
        "How long those have waited who wait at the end of the horizon.";
    WaitingSoFarMax "waiting_so_far_max" HOURS Down
        "The longest of these waits.";
    QueueGrowth "queue_growth" NONE Down
        "By how many more wait at the end of the horizon than at its beginning.";
    QueueGrowthShare "queue_growth_share" NONE Down
        "The same as a share of those who came.";
    HeldBack "held_back" NONE Down
        "Mean number of trains that do not set out because the storage ahead and the tracks before it are full.";
    HeldBackMax "held_back_max" NONE Down
        "Most of them at once.";
    HeldWaiting "held_waiting" NONE Down
        "Share of a pool or storage that is held by those who wait at the place.";
    Stabled "stabled" ["trains/yr"] Down
        "Trains that stood before a full storage.";
    Overflow "overflow" ["UNIT/yr"] Down
        "Cargo that was let in over the capacity of a storage, because it stood on a vessel that could not wait.";
    Number "number" NONE Neither
        "Mean number at a place: in service or waiting at a facility, running on a line, taken of a pool.";
    Utilisation "utilisation" NONE Neither
        "Share in use: of the time of servers, of the room of a storage, of the things of a pool, of vessels (at sea or at berth), of the paths of a line in its busier direction.";
    Blocked "blocked" NONE Down
        "Share of the time of servers that is held by the served who cannot go on.";
    Down "down" NONE Down
        "Share of the time of servers or vessels that is out of order.";
    Closed "closed" NONE Down
        "Share of time that is shut: of the horizon for a closure, of the time of servers or vessels else.";
    SpareCapacity "spare_capacity" ["1" "trains/d"] Up
        "What is idle: share of the time of servers; of a line the paths a day that its busier direction leaves.";
    BanDays "ban_days" ["d/yr"] Down
        "Days on which a loading ban held.";
    LoadFactor "load_factor" NONE Up
        "How full ships leave, of what deck, load limit and permitted draught allow. At a port: of the ships that leave it.";
    DeckFactor "deck_factor" NONE Neither
        "How full ships leave, of deck and load limit alone.";
    SailingShare "sailing_share" NONE Neither
        "Share of the time of vessels at sea.";
    BerthShare "berth_share" NONE Neither
        "Share of the time of vessels at a berth for anything but loading: mooring, unloading, casting off.";
    LoadingShare "loading_share" NONE Neither
        "Share of the time of vessels in which they are loaded, or wait at a berth for a crane.";
    CargoWaitShare "cargo_wait_share" NONE Down
        "Share of the time of vessels at a berth, open for cargo, with nothing to load.";
    BerthWaitShare "berth_wait_share" NONE Down
        "Share of the time of vessels in port, waiting for a berth or served before it. With those at sea, at a berth, loading, without cargo, shut and out of order it makes 1.";
    PortTime "port_time" HOURS Down
        "Mean time of ships at a port, from their arrival until they sail, of those that sailed within the horizon.";
    Voyages "voyages" ["sailings/yr"] Neither
        "Departures of ships. At a port: from it.";
    LeftBehind "left_behind" ["sailings/yr"] Down
        "Departures that left cargo behind which was ready.";
    MissedDepartures "missed_departures" ["departures/yr"] Down
        "Times of the timetable at which no ship was there.";
    Returning "returning" NONE Neither
        "Mean number of the things of a pool that are on their way home or not yet ready again.";
    WagonTurn "wagon_turn" DAYS Down
        "From the taking of a thing of the pool until it is free again, with the way home and what has to be done to it.";
    EmptyRunShare "empty_run_share" NONE Down
        "Share of the time in use in which things of the pool are on their way home or not yet ready again.";
    FreightCharge "freight_charge" MONEY Down
        "What shippers pay for what arrived.";
    TimeCost "time_cost" MONEY Down
        "The worth of the time of what arrived.";
    GeneralisedCost "generalised_cost" MONEY Down
        "Charge and worth of time together.";
    Emissions "emissions" ["t/yr"] Down
        "Tonnes of CO2 equivalent of moving what arrived.";
    Revenue "revenue" ["USD/yr"] Neither
        "What an operator, or the operators of a country, are paid by shippers.";
    BorderCost "border_cost" ["USD/20t"] Down
        "Charges at a crossing of a border for 20 tonnes (CAREC CPMM).";
    BorderCostPerJourney "border_cost_per_journey" ["USD/20t"] Down
        "The same of all crossings of a journey.";
    Cost500km20t "cost_500km_20t" ["USD"] Down
        "What 20 tonnes pay over 500 kilometres (CAREC CPMM).";
}

impl Measure {
    /// By how much things are better where there is so much more of it: the amount itself, or less than nothing where less is
    /// good. Nothing of a measure that is neither by itself.
    pub const fn gain(self, more: f64) -> f64 {
        match self.better() {
            Better::Up => more,
            Better::Down => -more,
            Better::Neither => 0.0,
        }
    }

    /// The time that people ask of a kind of subject.
    pub const fn is_time_of_subject(self) -> bool {
        matches!(self, Self::SectionTime | Self::DwellTime | Self::CrossingTime | Self::TransitTime)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_measure_is_found_by_its_word_and_has_units() {
        assert!(Measure::ALL.iter().all(|measure| measure.word().parse() == Ok(*measure)));
        assert!(Measure::ALL.iter().all(|measure| !measure.units().is_empty()));
        assert_eq!("blocked".parse().map(Measure::better), Ok(Better::Down));
        assert_eq!("speed".parse::<Measure>().unwrap_err().to_string(), "`speed` is no measure");
    }
}
