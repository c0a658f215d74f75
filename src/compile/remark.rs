//! What a scenario that can run should be told about all the same.

use super::error::place;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Remark;
use crate::scenario::tree::Node;

/// The finding, placed as near to its path as the scenario says something.
pub fn told(remark: &Remark, tree: &Node) -> Diagnostic {
    let place = place(&remark.path, tree);
    let span = (!std::ptr::eq(place, tree)).then(|| place.key_span());
    Diagnostic::warning(remark.code, remark.message.as_str(), span)
}

/// The warnings among remarks.
pub fn warnings(remarks: &[Remark], tree: &Node) -> Diagnostics {
    let mut found = Diagnostics::default();
    for remark in remarks.iter().filter(|remark| !remark.is_note) {
        found.push(told(remark, tree));
    }
    found.sort();
    found
}
