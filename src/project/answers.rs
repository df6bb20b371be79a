//! Answers that are found out once: nearly every declaration asks about the same files.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// What is known by now. An answer must follow from the question alone, so that it does not matter who asks first.
pub(super) struct Answers<Q, A>(Mutex<HashMap<Q, A>>);

impl<Q, A> Default for Answers<Q, A> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<Q: Eq + Hash, A: Clone> Answers<Q, A> {
    /// The answer, found out where nobody asked before. Two who ask at once may both find it out.
    pub(super) fn get<B>(&self, question: &B, find: impl FnOnce() -> A) -> A
    where
        Q: Borrow<B>,
        B: Eq + Hash + ToOwned<Owned = Q> + ?Sized,
    {
        // What a panicking thread left behind is whole: every change is one insertion.
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = known().get(question) {
            return answer.clone();
        }
        let answer = find();
        known().insert(question.to_owned(), answer.clone());
        answer
    }
}
