//! The integration tests, one binary, a file a behaviour.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must fail")]
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests of faults and fuzz wait and tell where they are"
)]
#![expect(clippy::format_collect, reason = "texts of test inputs")]

mod answers;
mod assignment;
mod benchmark;
mod bounds;
mod broken_scenarios;
mod browser;
mod choice;
mod circles;
mod clean_output;
mod cli;
mod compare;
mod corridor;
mod coverage;
mod crafted;
mod cranes;
mod damage;
mod data_people;
mod demand;
mod dispatch;
mod estimate;
mod faults;
mod found;
mod front;
mod fuzz;
mod gains;
mod golden;
mod helpful;
mod inputs;
mod lab;
mod large;
mod layers;
mod limits;
mod loops;
mod matching;
mod matrix;
mod merged;
mod min_cut;
mod network_tables;
mod page;
mod percentiles;
mod pictures;
mod places;
mod plain;
mod program;
mod properties;
mod reroute;
mod response;
mod routing;
mod rules;
mod shipped;
mod stocks;
mod stress;
mod sums;
mod supply;
mod sweep;
mod tariffs;
mod trials;
mod validation;
mod verification;
mod warm_up;
mod what_ifs;
mod workbooks;
