//! English names.

use super::Dictionary;
use super::dictionary::names;
use crate::words::{CapacityKind, Cause, CauseGroup, FixedUnit, Measure, Statistic, SubjectKind};

pub(super) const DICTIONARY: Dictionary = Dictionary { measure, cause, group, subject, unit, statistic, capacity };

names! {
    measure Measure:
    Offered "offered";
    Carried "carried";
    Throughput "throughput";
    ThroughputTeu "throughput TEU";
    Refused "refused";
    LostToOutside "lost to outside";
    Outside "outside";
    Switches "switches";
    Switched "switched";
    SwitchedShare "switched share";
    TransitTimeSwitched "transit time switched";
    FreightChargeSwitched "freight charge switched";
    SwitchingCost "switching cost";
    UnderWay "under way";
    Backlog "backlog";
    Unfinished "unfinished";
    Trains "trains";
    Value "value";
    TonneKm "tonne km";
    TransitTime "transit time";
    TimeSoFar "time so far";
    TransitTimeDelivered "transit time delivered";
    AcceptanceWait "acceptance wait";
    CompleteTime "complete time";
    SectionTime "section time";
    CrossingTime "crossing time";
    DwellTime "dwell time";
    Time "time";
    BorderTime "border time";
    BorderTimePerJourney "border time per journey";
    UnexplainedShare "unexplained share";
    BufferIndex "buffer index";
    OnTimeShare "on time share";
    SpeedWithoutDelay "speed without delay";
    SpeedWithDelay "speed with delay";
    WaitingTime "waiting time";
    Waited "waited";
    QueueLength "queue length";
    QueueMax "queue max";
    HoursWaited "hours waited";
    WaitingSoFar "waiting so far";
    WaitingSoFarMax "waiting so far max";
    QueueGrowth "queue growth";
    QueueGrowthShare "queue growth share";
    HeldBack "held back";
    HeldBackMax "held back max";
    HeldWaiting "held waiting";
    Stabled "stabled";
    Overflow "overflow";
    Number "number";
    Utilisation "utilisation";
    Blocked "blocked";
    Down "down";
    Closed "closed";
    SpareCapacity "spare capacity";
    BanDays "ban days";
    LoadFactor "load factor";
    DeckFactor "deck factor";
    SailingShare "at sea";
    BerthShare "at a berth, not loading";
    LoadingShare "loading";
    CargoWaitShare "waiting for cargo";
    BerthWaitShare "waiting for a berth";
    PortTime "time at port";
    Voyages "voyages";
    LeftBehind "left behind";
    MissedDepartures "missed departures";
    Returning "returning";
    WagonTurn "wagon turn";
    EmptyRunShare "empty run share";
    FreightCharge "freight charge";
    TimeCost "time cost";
    GeneralisedCost "generalised cost";
    Emissions "emissions";
    Revenue "revenue";
    BorderCost "border cost";
    BorderCostPerJourney "border cost per journey";
    Cost500km20t "cost 500km 20t";
}

names! {
    cause Cause:
    Running "running";
    Sailing "sailing";
    Handling "handling";
    Border "border work";
    Customs "customs";
    Documents "documents";
    Inspection "inspection";
    GaugeChange "change of gauge";
    WaitPath "waiting for a path";
    WaitTrain "waiting for a train";
    WaitPool "waiting for locomotives or wagons";
    WaitVessel "waiting for a vessel";
    WaitBerth "waiting for a berth";
    WaitServer "queueing for a facility";
    WaitSpace "waiting for space";
    WaitHours "waiting for opening hours";
    Closed "closed";
    Down "out of order";
    Ban "loading ban";
    Unexplained "unexplained";
}

names! {
    group CauseGroup:
    Running "running";
    Sailing "sailing";
    Handling "handling";
    Border "border, customs, gauge";
    WaitLand "waiting: path, train, wagons";
    WaitSea "waiting: vessel, berth";
    WaitPlace "waiting: server, space, hours";
    Shut "closed, down, ban";
    Unexplained "unexplained";
}

names! {
    subject SubjectKind:
    Corridor "corridor";
    All "all flows";
    Cargo "cargo";
    Tag "tag";
    Flow "flow";
    Flows "flows";
    Route "route";
    Outside "outside route";
    Section "section";
    Node "node";
    Link "link";
    Fleet "fleet";
    Visit "ships from outside";
    Pool "pool";
    Closure "closure";
    Ban "loading ban";
    Switch "switching point";
    Operator "operator";
    Country "country";
}

names! {
    unit FixedUnit:
    One "none";
    Tonnes "tonnes";
    TonnesPerYear "tonnes per year";
    TonneKmPerYear "tonne-kilometres per year";
    Days "days";
    Hours "hours";
    HoursPerYear "hours per year";
    DaysPerYear "days per year";
    KmPerHour "kilometres per hour";
    Usd "US dollars";
    UsdPerYear "US dollars per year";
    UsdPerTonne "US dollars per tonne";
    UsdPer20Tonnes "US dollars per 20 tonnes";
    TrainsPerYear "trains per year";
    TrainsPerDay "trains per day";
    SailingsPerYear "sailings per year";
    DeparturesPerYear "departures per year";
    ShipmentsPerYear "shipments per year";
}

names! {
    statistic Statistic:
    Mean "mean";
    P5 "5th percentile";
    P50 "median";
    P90 "90th percentile";
    P95 "95th percentile";
}

names! {
    capacity CapacityKind:
    Facility "facility";
    Berth "berth";
    Storage "storage";
    Fleet "fleet";
    Pool "pool";
    Line "line";
}
