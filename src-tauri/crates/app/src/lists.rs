//! Lists of changes, sorted once and then handed out page by page.

use std::sync::{Arc, Mutex, PoisonError};

/// Lists that are kept; a person goes back and forth between a few.
const KEPT: usize = 8;

/// A sorted list of changes, by their positions.
#[derive(Debug)]
pub(crate) struct SortedList {
    /// Positions in the order of the list.
    pub(crate) rows: Vec<u32>,
    /// The place in `rows` of each position that is in it, in the order of the positions.
    places: Vec<(u32, u32)>,
}

impl SortedList {
    pub(crate) fn new(rows: Vec<u32>) -> Self {
        let mut places: Vec<(u32, u32)> = rows.iter().copied().zip(0..).collect();
        places.sort_unstable();
        Self { rows, places }
    }

    /// The place of a position in the list.
    pub(crate) fn place(&self, position: u32) -> Option<usize> {
        let at = self.places.binary_search_by_key(&position, |(position, _)| *position).ok()?;
        self.places.get(at).map(|(_, place)| *place as usize)
    }
}

/// The lists of one state of the ledger, each with what was asked for.
#[derive(Debug)]
pub(crate) struct Lists<Q>(Mutex<Vec<(Q, Arc<SortedList>)>>);

impl<Q> Default for Lists<Q> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<Q: PartialEq> Lists<Q> {
    /// The list that answers `question`: the one that is kept, else what `sort` gives.
    pub(crate) fn get<E>(&self, question: Q, sort: impl FnOnce() -> Result<Vec<u32>, E>) -> Result<Arc<SortedList>, E> {
        let lists = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, list)) = lists().iter().find(|(kept, _)| *kept == question) {
            return Ok(Arc::clone(list));
        }
        let list = Arc::new(SortedList::new(sort()?));
        let mut lists = lists();
        if lists.len() == KEPT {
            lists.remove(0);
        }
        lists.push((question, Arc::clone(&list)));
        Ok(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_sorted_once_per_question() {
        let lists = Lists::default();
        let sorted = Mutex::new(0);
        let ask = |question: u32| {
            let list = lists.get(question, || {
                *sorted.lock().unwrap() += 1;
                Ok::<_, ()>(vec![question, 7, 3])
            });
            list.unwrap().rows.clone()
        };
        assert_eq!((ask(1), ask(1), ask(2)), (vec![1, 7, 3], vec![1, 7, 3], vec![2, 7, 3]));
        assert_eq!(*sorted.lock().unwrap(), 2);
        (10..20).for_each(|question| drop(ask(question)));
        ask(1);
        assert_eq!(*sorted.lock().unwrap(), 13, "only the last few are kept");
    }

    #[test]
    fn every_row_has_its_place() {
        let list = SortedList::new(vec![9, 4, 6]);
        let places: Vec<_> = [9, 4, 6, 5].into_iter().map(|position| list.place(position)).collect();
        assert_eq!(places, [Some(0), Some(1), Some(2), None]);
    }
}
