//! The engine: a discrete-event simulation of a few primitives, one replication a call.
//!
//! It knows stations, lines, pools, storages, forming places, batch carriers, gates and flows, and programs of
//! steps over them; it knows no word of the corridor, opens no file, reads no clock and takes no lock. Events at
//! one instant happen in a fixed order (`event.rs`). Facts leave through the [`Outcome`] and, for
//! those who want each one, through an [`Observer`].
//!
//! The state of the primitives (`state/`) lies below the world, which holds it; what they do stands above it, a file each.
//!
//! | primitive | file | is |
//! |---|---|---|
//! | source | `source.rs` | makes the shipments of a flow |
//! | station | `station/` | servers with one queue: priorities, hours, failures, limited room |
//! | line | `line.rs` | least headway by direction, places for both |
//! | pool | `pool.rs` | things taken together and given back |
//! | storage | `storage.rs` | space that holds what is outside back |
//! | lending | `lend.rs` | things that pass from who stands outside a storage to who stands in one |
//! | join | `former.rs`, `station/` | many become one body; steps side by side |
//! | carrier | `carrier/` | vessels that load, sail and unload batches |
//! | gate | `gate.rs` | closes and opens, alone or with its group |
//! | rerouting | `reroute/` | shipments under way that go on by another program |

mod audit;
mod ban;
mod billing;
mod body;
mod bounds;
mod burden;
mod carrier;
mod choose;
mod event;
mod event_list;
mod former;
mod gate;
mod holding;
mod lane;
mod lend;
mod limits;
mod line;
mod metering;
mod months;
mod observer;
pub mod outcome;
mod pool;
mod program;
mod queues;
mod reroute;
mod slab;
mod source;
mod standstill;
mod state;
mod station;
mod storage;
mod turn;
mod workspace;
mod world;

pub use burden::{WAITING_SHIPMENT, gone_shipment};
pub use limits::{Cancel, Limits};
pub use observer::{Carrier, End, Ended, Fact, Note, Observer, ShipmentName, Silent};
pub use outcome::Outcome;
pub use workspace::Workspace;
pub use world::{EngineError, simulate, simulate_in};
