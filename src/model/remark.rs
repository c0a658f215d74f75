//! What a scenario that can run should be told about all the same.

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
