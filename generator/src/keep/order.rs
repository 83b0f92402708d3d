//! Merges a released order with that of the document.

/// Returns the indices of `current` in released order, with each new item after its predecessor in the
/// document. `rank` returns the released position of an item.
pub(super) fn merge<T>(current: &[T], rank: impl Fn(&T) -> Option<usize>) -> Vec<usize> {
    let ranks: Vec<Option<usize>> = current.iter().map(rank).collect();
    let mut order: Vec<usize> = (0..current.len()).filter(|&index| ranks[index].is_some()).collect();
    order.sort_by_key(|&index| ranks[index]);
    for index in (0..current.len()).filter(|&index| ranks[index].is_none()) {
        let place = match index.checked_sub(1) {
            None => 0,
            Some(before) => order.iter().position(|&other| other == before).map_or(0, |place| place + 1),
        };
        order.insert(place, index);
    }
    order
}

/// Moves new positional items behind the released ones.
pub(super) fn newcomers_last(
    order: &[usize],
    is_positional: impl Fn(usize) -> bool,
    is_released: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let is_newcomer = |index: usize| is_positional(index) && !is_released(index);
    let Some(last) = order.iter().rposition(|&index| is_positional(index) && is_released(index)) else {
        return order.to_vec();
    };
    let (before, after) = order.split_at(last + 1);
    let kept = before.iter().copied().filter(|&index| !is_newcomer(index));
    let moved = before.iter().copied().filter(|&index| is_newcomer(index));
    kept.chain(moved).chain(after.iter().copied()).collect()
}

/// Reorders the items by these indices.
pub(super) fn reordered<T>(items: Vec<T>, order: &[usize]) -> Vec<T> {
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.iter().filter_map(|&index| items.get_mut(index)?.take()).collect()
}

#[cfg(test)]
mod tests {
    use super::{merge, newcomers_last, reordered};

    fn merged(released: &str, current: &str) -> String {
        let current: Vec<char> = current.chars().collect();
        let order = merge(&current, |item| released.find(*item));
        reordered(current, &order).into_iter().collect()
    }

    #[test]
    fn released_items_keep_their_order() {
        assert_eq!(merged("abc", "cab"), "abc");
        assert_eq!(merged("abc", "c"), "c");
        assert_eq!(merged("", "abc"), "abc");
    }

    #[test]
    fn newcomers_follow_their_predecessor() {
        assert_eq!(merged("abc", "axbc"), "axbc");
        assert_eq!(merged("abc", "xyabc"), "xyabc");
        assert_eq!(merged("abc", "cxyab"), "abcxy");
    }

    #[test]
    fn newcomers_that_are_given_by_position_come_last() {
        let order: Vec<usize> = (0..4).collect();
        assert_eq!(newcomers_last(&order, |_| true, |index| index == 0 || index == 2), [0, 2, 1, 3]);
        assert_eq!(newcomers_last(&order, |_| true, |_| false), order);
        assert_eq!(newcomers_last(&order, |index| index == 1, |index| index != 1), order);
    }
}
