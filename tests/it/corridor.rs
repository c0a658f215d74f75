//! Random small corridors: a chain of rail, one sea crossing, rail, as the text of a scenario.

use std::fmt::Write as _;

use proptest::prelude::*;

/// One flow; those of odd place run eastward to westward.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub(crate) is_whole: bool,
    pub(crate) is_back: bool,
    pub(crate) is_block_train: bool,
    pub(crate) priority: u8,
    pub(crate) volume: u32,
    pub(crate) shipment: (u32, u32),
}

/// A corridor `n0 … p ~ q …` with what may go wrong on it.
#[derive(Clone, Debug)]
pub(crate) struct Corridor {
    /// Inland places before the one port (at least one) and after the other.
    pub(crate) inland: (usize, usize),
    /// Coefficient of variation of all times.
    pub(crate) variation: f64,
    pub(crate) customs: (u32, f64),
    pub(crate) has_hours: bool,
    pub(crate) shares: (u32, u32),
    pub(crate) crane: (u32, f64),
    pub(crate) berths: u32,
    pub(crate) storage: Option<u32>,
    pub(crate) train: Option<u32>,
    pub(crate) engines: Option<u32>,
    pub(crate) paths: u32,
    pub(crate) vessels: u32,
    pub(crate) deck: u32,
    pub(crate) weather: Option<u32>,
    pub(crate) breakdowns: bool,
    pub(crate) flows: Vec<Flow>,
    /// Warm-up, horizon and drain in days.
    pub(crate) days: (u32, u32, u32),
}

fn flow() -> impl Strategy<Value = Flow> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (flags, 1..4_u8, 1000..9000_u32, 2..20_u32, 0..25_u32).prop_map(|(flags, priority, volume, low, more)| Flow {
        is_whole: flags.0,
        is_back: flags.1,
        is_block_train: flags.2,
        priority,
        volume,
        shipment: (low, low + more),
    })
}

/// Any small corridor.
pub(crate) fn corridor() -> impl Strategy<Value = Corridor> {
    let places =
        ((1..3_usize, 0..3_usize), 0.2..1.2_f64, (1..4_u32, 0.5..6.0_f64), any::<bool>(), (20..=100_u32, 0..50_u32));
    let port = ((1..3_u32, 0.5..4.0_f64), 1..3_u32, proptest::option::of(60..300_u32));
    let rail = (proptest::option::of(45..80_u32), proptest::option::of(1..6_u32), 4..24_u32);
    let sea = (1..4_u32, 50..150_u32, proptest::option::of(5..30_u32), any::<bool>());
    let flows = proptest::collection::vec(flow(), 1..4);
    (places, port, rail, sea, flows).prop_map(|(places, port, rail, sea, flows)| Corridor {
        inland: places.0,
        variation: places.1,
        customs: places.2,
        has_hours: places.3,
        shares: places.4,
        crane: port.0,
        berths: port.1,
        storage: port.2,
        train: rail.0,
        engines: rail.1,
        paths: rail.2,
        vessels: sea.0,
        deck: sea.1,
        weather: sea.2,
        breakdowns: sea.3,
        flows,
        days: (5, 30, 20),
    })
}

impl Corridor {
    fn law(&self, hours: f64) -> String {
        let ms = (hours * 3.6e6).round();
        if self.variation == 0.0 {
            format!("\"{ms} ms\"")
        } else {
            format!("{{ dist = \"lognormal\", mean = \"{ms} ms\", cv = {} }}", self.variation)
        }
    }

    /// Nodes in order; the ports stand at `inland.0` and after it.
    pub(crate) fn nodes(&self) -> Vec<String> {
        (0..self.inland.0 + 2 + self.inland.1).map(|place| format!("n{place}")).collect()
    }

    fn ports(&self) -> (String, String) {
        (format!("n{}", self.inland.0), format!("n{}", self.inland.0 + 1))
    }

    /// The scenario.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let (warm_up, horizon, drain) = self.days;
        let _ = writeln!(
            text,
            "schema = 1\ntitle = \"Made up\"\n[run]\nwarm-up = \"{warm_up} d\"\nhorizon = \"{horizon} d\"\ndrain = \"{drain} d\"\n\
             [cargo.boxes]\nunit = \"TEU\"\ntonnes-per-unit = 14\n\
             [cargo.turbines]\nunit = \"TEU\"\ntonnes-per-unit = 20\nwhole = true"
        );
        self.write_nodes(&mut text);
        self.write_links(&mut text);
        self.write_fleet(&mut text);
        self.write_demand(&mut text);
        text
    }

    fn write_nodes(&self, text: &mut String) {
        let (west, east) = self.ports();
        for node in self.nodes() {
            let _ = writeln!(text, "[node.{node}]");
            if node == west || node == east {
                let berths = self.berths;
                let _ = writeln!(
                    text,
                    "[node.{node}.facility.quay]\nkind = \"berth\"\nfor = \"vessel\"\nservers = {berths}\ntime = \"1 h\""
                );
            }
        }
        let (servers, hours) = self.customs;
        let _ = writeln!(
            text,
            "[node.n0.facility.customs]\nkind = \"customs\"\nservers = {servers}\ntime = {}",
            self.law(hours)
        );
        let _ = writeln!(text, "share = \"{} %\"\nadvance = \"{} %\"", self.shares.0, self.shares.1);
        if self.has_hours {
            let _ = writeln!(text, "hours = \"06:00-21:00\"");
        }
        if let Some(train) = self.train {
            let _ = writeln!(text, "[node.n0.yard.boxes]\ntrain = \"{train} TEU\"\nmax-wait = \"1 d\"");
        }
        let (servers, hours) = self.crane;
        let _ = writeln!(text, "[node.{west}.facility.crane]\nkind = \"crane\"\nservers = {servers}\nat = \"train\"");
        let _ = writeln!(
            text,
            "when = [{{ from = \"rail\", to = \"sea\" }}, {{ from = \"sea\", to = \"rail\" }}]\ntime = {}",
            self.law(hours)
        );
        if self.breakdowns {
            let _ = writeln!(text, "mtbf = \"100 h\"\nmttr = \"6 h\"");
        }
        if let Some(room) = self.storage {
            let _ = writeln!(text, "[node.{west}.storage.yard]\ncapacity = \"{room} TEU\"");
        }
    }

    fn write_links(&self, text: &mut String) {
        if let Some(size) = self.engines {
            let _ = writeln!(text, "[pool.engines]\nsize = {size}\nturnaround = \"2 h\"");
        }
        let nodes = self.nodes();
        for (place, pair) in nodes.windows(2).enumerate() {
            let _ = writeln!(text, "[link.l{place}]\nfrom = \"{}\"\nto = \"{}\"", pair[0], pair[1]);
            if place == self.inland.0 {
                let _ = writeln!(text, "mode = \"sea\"\nlength = \"300 km\"");
                continue;
            }
            let _ = writeln!(text, "mode = \"rail\"\ntime = {}\npaths-per-day = {}", self.law(9.0), self.paths);
            if self.engines.is_some() && place < self.inland.0 {
                let _ = writeln!(text, "pools = [\"engines\"]");
            }
        }
    }

    fn write_fleet(&self, text: &mut String) {
        let (west, east) = self.ports();
        let (vessels, deck) = (self.vessels, self.deck);
        let _ = writeln!(
            text,
            "[fleet.ferry]\nports = [\"{west}\", \"{east}\"]\nvessels = {vessels}\ncarries = [\"TEU\"]\ncapacity = \"{deck} TEU\"\n\
             berths = {{ {west} = [\"quay\"], {east} = [\"quay\"] }}\nload = \"3 h\"\nunload = \"2 h\"\n\
             max-wait = \"20 h\"\nmax-idle = \"11 h\"\nsailing = {}",
            self.law(14.0)
        );
        if self.breakdowns {
            let _ = writeln!(text, "mtbf = \"500 h\"\nmttr = \"30 h\"");
        }
        if let Some(share) = self.weather {
            let _ = writeln!(
                text,
                "[closure.wind]\nof = [\"node.{west}\"]\nstops = [\"sailings\", \"berthing\"]\nshare = \"{share} %\"\n\
                 closed = {{ dist = \"lognormal\", mean = \"24 h\", cv = 0.6 }}"
            );
        }
    }

    fn write_demand(&self, text: &mut String) {
        let last = self.nodes().len() - 1;
        let _ = writeln!(text, "[section.whole-route]\nfrom = \"n0\"\nto = \"n{last}\"");
        for (place, flow) in self.flows.iter().enumerate() {
            let cargo = if flow.is_whole { "turbines" } else { "boxes" };
            let (from, to) = if flow.is_back { (last, 0) } else { (0, last) };
            let service = if flow.is_block_train { "block-train" } else { "wagon-group" };
            let (low, high) = flow.shipment;
            let size = if low == high {
                format!("\"{low} TEU\"")
            } else {
                format!("{{ dist = \"uniform\", low = \"{low} TEU\", high = \"{high} TEU\" }}")
            };
            let _ = writeln!(
                text,
                "[flow.f{place}]\ncargo = \"{cargo}\"\nfrom = \"n{from}\"\nto = \"n{to}\"\nvolume = \"{} TEU/yr\"\n\
                 shipment = {size}\nservice = \"{service}\"\npriority = {}",
                flow.volume, flow.priority
            );
            if self.variation == 0.0 {
                let _ = writeln!(text, "arrivals = \"regular\"");
            }
        }
    }
}
