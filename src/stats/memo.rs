//! What a pure function was asked last. All rows of a summary are of as many years, and ask for the same few quantiles a hundred
//! thousand times.

use std::cell::RefCell;
use std::collections::VecDeque;

/// So many answers are known at a time, few enough to be looked through.
const MOST: usize = 16;

/// The answers to the questions that came last.
pub(super) struct Memo<K, V>(RefCell<VecDeque<(K, V)>>);

impl<K: Copy + Eq, V: Copy> Memo<K, V> {
    pub(super) const fn new() -> Self {
        Self(RefCell::new(VecDeque::new()))
    }

    /// The answer to a question, computed where it is not known.
    pub(super) fn get(&self, question: K, compute: impl FnOnce() -> V) -> V {
        if let Some(answer) = self.known(question) {
            return answer;
        }
        let answer = compute();
        let mut known = self.0.borrow_mut();
        known.truncate(MOST - 1);
        known.push_front((question, answer));
        answer
    }

    fn known(&self, question: K) -> Option<V> {
        self.0.borrow().iter().find(|(other, _)| *other == question).map(|(_, answer)| *answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_computed_once_until_many_others_have_come() {
        let memo = Memo::new();
        let mut computed = Vec::new();
        let mut ask = |question: usize| {
            let answer = memo.get(question, || {
                computed.push(question);
                question * question
            });
            assert_eq!(answer, question * question);
        };
        [3, 3, 4, 3].into_iter().for_each(&mut ask);
        (100..100 + MOST).for_each(&mut ask);
        ask(3);
        assert_eq!(computed.len(), 2 + MOST + 1);
    }
}
