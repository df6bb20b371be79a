//! Who is who in a history.
//!
//! Names and addresses are first taken as `.mailmap` gives them. Then an address is one person, and so is a name of more
//! than one word: people commit from the web under another address. Who is known stays who he is, whatever comes later.

use super::{Person, PersonId};
use crate::git::people::{Identity, Mailmap};
use crate::rules::history::HistoryRules;
use std::collections::HashMap;

/// The people of a history, by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Register {
    pub(super) people: Vec<Person>,
    /// Bots apart: one may write under the address of who set it up.
    by_address: HashMap<(String, bool), PersonId>,
    by_name: HashMap<(String, bool), PersonId>,
}

impl Register {
    /// The person of an identity as it is written; a new one where it is not known.
    pub(super) fn enter(&mut self, written: &Identity, mailmap: &Mailmap, rules: &HistoryRules) -> PersonId {
        let identity = mailmap.canonical(written);
        let is_bot = rules.is_bot(&identity.name, &identity.email) || rules.is_bot(&written.name, &written.email);
        let (address, name) = (address_key(&identity), name_key(&identity.name));
        let known = self.by_address.get(&(address.clone(), is_bot)).copied();
        let known = known.or_else(|| self.by_name.get(&(name.clone()?, is_bot)).copied());
        let id = known.unwrap_or_else(|| {
            self.people.push(Person { name: String::new(), email: identity.email.clone(), is_bot });
            PersonId(self.people.len() as u32 - 1)
        });
        // The newest name is the one to show, unless it says less.
        let shown = &mut self.people[id.0 as usize].name;
        if name.is_some() || name_key(shown).is_none() {
            *shown = identity.name;
        }
        self.by_address.entry((address, is_bot)).or_insert(id);
        if let Some(name) = name {
            self.by_name.entry((name, is_bot)).or_insert(id);
        }
        id
    }

    /// The person of an identity by its canonical name and address.
    pub(super) fn find(&self, identity: &Identity) -> Option<PersonId> {
        let find = |is_bot| {
            let by_address = self.by_address.get(&(address_key(identity), is_bot));
            by_address.or_else(|| self.by_name.get(&(name_key(&identity.name)?, is_bot))).copied()
        };
        find(false).or_else(|| find(true))
    }
}

/// An address as it is compared; without one, the name.
fn address_key(identity: &Identity) -> String {
    let email = identity.email.to_lowercase();
    match email.split_once('@') {
        // A forge's private address has the account's number in front, or, from the early years, has not.
        Some((local, domain)) if domain.contains("noreply") => {
            let login = local.split_once('+').map_or(local, |(_, login)| login);
            format!("{login}@{domain}")
        }
        Some(_) => email,
        None => format!("{email}|{}", identity.name.to_lowercase()),
    }
}

/// A name that is a person's alone: more than one word.
fn name_key(name: &str) -> Option<String> {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    (words.len() > 1).then(|| words.join(" "))
}
