//! Answers that are found out once: nearly every declaration asks about the same files.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

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
        if let Some(answer) = self.known(question) {
            return answer;
        }
        let answer = find();
        self.lock().insert(question.to_owned(), answer.clone());
        answer
    }

    /// The answer, where it was found out already.
    pub(super) fn known<B>(&self, question: &B) -> Option<A>
    where
        Q: Borrow<B>,
        B: Eq + Hash + ?Sized,
    {
        self.lock().get(question).cloned()
    }

    /// Gives the answer to a question that somebody may ask.
    pub(super) fn tell(&self, question: Q, answer: A) {
        self.lock().insert(question, answer);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Q, A>> {
        // What a panicking thread left behind is whole: every change is one insertion.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
