//! Of what a row is.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::UnknownWord;
use super::word::{as_text, words};

words! {
    /// What kind of thing a subject is.
    SubjectKind "kind of subject":
    Corridor "corridor" "All counted flows.";
    All "all" "All flows, background traffic too.";
    Cargo "cargo" "The counted flows of a cargo.";
    Tag "tag" "The counted flows that have a tag.";
    Flow "flow" "A flow.";
    Flows "flows" "Flows whose times are kept together.";
    Route "route" "A route of a flow.";
    Outside "outside" "A route outside the corridor.";
    Section "section" "Two places between which time is reported.";
    Node "node" "A node, or what stands at it: a facility, a storage, a yard, those who pass it.";
    Link "link" "A link, or one direction of it.";
    Fleet "fleet" "A fleet.";
    Visit "visit" "Ships from outside, all of a visit or one kind of them.";
    Pool "pool" "A pool.";
    Closure "closure" "A closure.";
    Ban "ban" "A loading ban.";
    Switch "switch" "A place where cargo may turn to another route.";
    Operator "operator" "A company that is paid.";
    Country "country" "What is earned, moved and emitted in a country.";
}

/// What a row is of, as a path: its kind alone (`corridor`, `all`), or with an id (`flow.ID`, `node.ID.facility.ID`). The
/// place of a row of time is one too.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject(Arc<str>);

impl Subject {
    /// All counted flows.
    pub fn corridor() -> Self {
        Self::alone(SubjectKind::Corridor)
    }

    /// A kind that needs no id.
    pub fn alone(kind: SubjectKind) -> Self {
        Self(kind.word().into())
    }

    /// A thing by its kind and id.
    pub fn of(kind: SubjectKind, id: impl fmt::Display) -> Self {
        Self(format!("{kind}.{id}").into())
    }

    /// The thing at a parameter path, such as `node.aktau.facility.crane`.
    ///
    /// # Panics
    /// If the path does not begin with a kind: paths are the program's own, what is read goes through [`FromStr`].
    pub fn at(path: &str) -> Self {
        path.parse().expect("the path of a thing begins with its kind")
    }

    /// What stands at it, by the rest of its path.
    #[must_use]
    pub fn with(&self, rest: impl fmt::Display) -> Self {
        Self(format!("{self}.{rest}").into())
    }

    /// What kind of thing it is.
    ///
    /// # Panics
    /// Never: a subject is made of a kind, or read with one.
    pub fn kind(&self) -> SubjectKind {
        let word = self.0.split('.').next().unwrap_or_default();
        word.parse().expect("a subject begins with its kind")
    }

    /// Whether it is of a kind.
    pub fn is(&self, kind: SubjectKind) -> bool {
        self.0.strip_prefix(kind.word()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// Whether it is the corridor.
    pub fn is_corridor(&self) -> bool {
        self.is(SubjectKind::Corridor)
    }

    /// The id of a node, a link, … by which the path begins, whatever stands at it; `None` of a kind alone.
    pub fn owner(&self) -> Option<&str> {
        self.0.split('.').nth(1)
    }

    /// What stands behind the kind; of a kind alone its word.
    pub fn id(&self) -> &str {
        self.0.split_once('.').map_or(&self.0, |(_, id)| id)
    }

    /// The id of a subject of a kind; `None` of any other kind.
    pub fn id_of(&self, kind: SubjectKind) -> Option<&str> {
        self.is(kind).then(|| self.id())
    }

    /// Whether it is a thing itself or stands at it, as a facility stands at its node.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.strip_prefix(&*other.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl FromStr for Subject {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let kind = text.split('.').next().unwrap_or_default();
        match kind.parse::<SubjectKind>() {
            Ok(_) => Ok(Self(text.into())),
            Err(_) => Err(UnknownWord { text: text.to_owned(), what: "subject" }),
        }
    }
}

as_text!(Subject);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_read_as_it_is_written_and_knows_its_parts() {
        let crane: Subject = "node.aktau.facility.crane".parse().unwrap();
        assert_eq!((crane.kind(), crane.id()), (SubjectKind::Node, "aktau.facility.crane"));
        assert!(crane.is_within(&Subject::of(SubjectKind::Node, "aktau")));
        assert!(!crane.is_within(&Subject::of(SubjectKind::Node, "akta")));
        let corridor = Subject::corridor();
        assert!(corridor.is_corridor() && corridor.id() == "corridor" && !crane.is_corridor());
        assert_eq!(crane.id_of(SubjectKind::Flow), None);
        assert!("crane.aktau".parse::<Subject>().is_err() && "flow_a".parse::<Subject>().is_err());
        assert!(!Subject::of(SubjectKind::Flows, "like.a").is(SubjectKind::Flow));
    }
}
