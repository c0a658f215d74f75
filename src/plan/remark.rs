//! What a scenario that can run should be told about all the same.

use super::error::place;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::tree::Node;

/// Something of a scenario that hardly acts as meant, or that its author should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Parameter path of what it is about.
    pub path: String,
    /// Short stable name of the kind of remark.
    pub code: &'static str,
    /// A sentence.
    pub message: String,
    /// Said by `check` alone; others are warnings wherever the scenario is used.
    pub is_note: bool,
}

impl Remark {
    /// The finding, placed as near to its path as the scenario says something.
    pub fn diagnostic(&self, tree: &Node) -> Diagnostic {
        let place = place(&self.path, tree);
        let span = (!std::ptr::eq(place, tree)).then(|| place.key_span());
        Diagnostic::warning(self.code, self.message.as_str(), span)
    }
}

/// The warnings among remarks.
pub fn warnings(remarks: &[Remark], tree: &Node) -> Diagnostics {
    let mut found = Diagnostics::default();
    for remark in remarks.iter().filter(|remark| !remark.is_note) {
        found.push(remark.diagnostic(tree));
    }
    found.sort();
    found
}
