//! The state of the primitives and of what moves: what the world holds. What they do to each other stands above the world,
//! a primitive a file.

pub(super) mod account;
pub(super) mod ban;
pub(super) mod body;
pub(super) mod customer;
pub(super) mod former;
pub(super) mod gate;
pub(super) mod known;
pub(super) mod level;
pub(super) mod line;
pub(super) mod pool;
pub(super) mod pool_queue;
pub(super) mod servers;
pub(super) mod service_queue;
pub(super) mod source;
pub(super) mod station;
pub(super) mod storage;
pub(super) mod traffic;
pub(super) mod visit;
