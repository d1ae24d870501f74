//! Names for names: references that lead to references, aliases of aliases. This is the only place that goes along
//! them, so that one limit holds for all.

/// How many names for names a chain may have. `compose` cuts longer ones, so that only a circle is longer.
pub(super) const LONGEST: usize = 1_000;

/// A thing and those that it is a name for, one after the other. Of a circle, each comes often.
pub(super) fn chain<T: Copy>(first: T, next: impl Fn(T) -> Option<T>) -> impl Iterator<Item = T> {
    std::iter::successors(Some(first), move |it| next(*it)).take(LONGEST + 1)
}

/// What a thing is a name for in the end. A circle has no end: then it is the thing itself.
pub(super) fn end<T: Copy>(first: T, next: impl Fn(T) -> Option<T>) -> T {
    let end = chain(first, &next).last().filter(|it| next(*it).is_none());
    end.unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, chain, end};

    /// Each number is a name for the one below it.
    fn below(number: usize) -> Option<usize> {
        number.checked_sub(1)
    }

    #[test]
    fn goes_to_the_end_of_the_longest_chain_and_no_further() {
        assert_eq!(chain(2, below).collect::<Vec<_>>(), [2, 1, 0]);
        assert_eq!(end(0, below), 0);
        assert_eq!(end(LONGEST, below), 0);
        assert_eq!(end(LONGEST + 1, below), LONGEST + 1);
    }

    #[test]
    fn leaves_a_circle_where_it_entered() {
        let turn = |number: usize| Some((number + 1) % 3);
        assert_eq!(end(1, turn), 1);
        assert_eq!(chain(1, turn).count(), LONGEST + 1);
    }
}
