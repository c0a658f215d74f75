//! Names of the sources of randomness: a changed name changes every stored result.

use super::super::calendar::Calendar;
use super::super::register::Register;
use super::{CROSSING, model, plan, refusal, scenario};
use crate::model::Volume;
use crate::random::Entity;

fn names(text: &str) -> Vec<String> {
    let scenario = scenario(text);
    let mut register = Register::default();
    super::super::assemble::compile_for_tests(&scenario, Calendar::new(&scenario.run), &mut register);
    register.stream_names().into_iter().map(str::to_owned).collect()
}

#[test]
fn stream_names_are_pinned() {
    let expected = "\
fleet/feeder
fleet/feeder/berth
fleet/feeder/sailing
flow/west
flow/west/gained
flow/west/gained/gap
flow/west/gap
flow/west/response
flow/west/size
flow/west/way
link/steppe/running
link/valley/running
node/city
node/city/facility/border/service
node/city/facility/border/share
node/haven
node/haven/facility/crane/service
node/haven/facility/crane/share
node/inland
node/port
node/port/facility/customs/service
node/port/facility/customs/share
node/port/facility/pilot/service
node/port/facility/pilot/share
node/port/facility/quay/service
node/port/facility/quay/share
node/port/facility/weighing/service
node/port/facility/weighing/share
pool/locomotives/home
pool/locomotives/turnaround
pool/wagons/home
pool/wagons/return
pool/wagons/return/gained
pool/wagons/return/gained/gap
pool/wagons/return/gap
pool/wagons/return/response
pool/wagons/return/size
pool/wagons/return/way
pool/wagons/turnaround";
    assert_eq!(names(CROSSING).join("\n"), expected);
}

#[test]
fn a_key_stands_for_the_id() {
    let names = names(&CROSSING.replace("[node.city]", "[node.city]\nkey = \"tbilisi\""));
    assert!(names.contains(&"node/tbilisi/facility/border/service".to_owned()));
    assert!(!names.iter().any(|name| name.starts_with("node/city")));
}

#[test]
fn two_things_never_share_a_stream() {
    let errors = refusal(CROSSING, |scenario| scenario.node["city"].key = Some("port".to_owned()));
    assert!(errors[0].to_string().contains("node/port"), "{errors:?}");
}

/// Computed from the definitions by an independent program.
#[test]
fn identities_of_gained_shipments_are_pinned() {
    let plan = plan(CROSSING);
    let flow = &model(&plan).flows[0];
    let shipment = |copy| Entity::shipment(flow.key_of(copy), Volume::ordinal(copy, 17)).value();
    assert_eq!(shipment(0), 0x1f81_d65f_f89c_81a8);
    assert_eq!(shipment(1), 0x64a0_9dde_ea57_c605);
    assert_eq!(shipment(2), 0xfbaa_09e5_4788_e0bb);
    assert_eq!(flow.volume.stream.value(), 0x285b_180f_ffd5_775b);
    assert_eq!(flow.volume.gained_gap_stream.value(), 0x1932_de3c_703c_918f);
}
