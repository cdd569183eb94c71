//! The way through a list that goes over several pages.

use super::context::PageContext;
use super::view::{PagerStepView, PagerView};
use crate::site::listings::parts;

/// The pager of a page of a list, by the id of the list's first page; nothing where one page has it
/// all.
pub(super) fn pager(
    context: &PageContext<'_>,
    first: &str,
    entries: usize,
    number: usize,
) -> Option<PagerView> {
    let last = parts(context.settings(), entries);
    let url = |number| context.part_url(first, number);
    let mut steps: Vec<PagerStepView> = Vec::new();
    for shown in shown(number, last) {
        let follows_gap = steps.last().is_some_and(|before| before.number + 1 < shown);
        steps.push(PagerStepView {
            number: shown,
            url: url(shown)?,
            is_current: shown == number,
            follows_gap,
        });
    }
    let previous = number
        .checked_sub(1)
        .filter(|number| *number > 0)
        .and_then(url);
    let next = Some(number + 1)
        .filter(|number| *number <= last)
        .and_then(url);
    (last > 1).then_some(PagerView {
        previous,
        next,
        steps,
    })
}

/// The numbers of the first page, the last one, this one and those beside it. A gap of one page is
/// filled with it.
fn shown(number: usize, last: usize) -> Vec<usize> {
    let near = |other: &usize| {
        let distance = other.abs_diff(number);
        let fills_gap = distance == 2 && (*other == 2 || *other + 1 == last);
        *other == 1 || *other == last || distance < 2 || fills_gap
    };
    let around = number.saturating_sub(2).max(1)..=(number + 2).min(last);
    let mut shown: Vec<usize> = [1]
        .into_iter()
        .chain(around)
        .chain([last])
        .filter(near)
        .collect();
    shown.dedup();
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_and_the_neighbours_are_shown() {
        let check = |number, last, expected: &[usize]| {
            assert_eq!(shown(number, last), expected, "{number} of {last}");
        };
        check(1, 1, &[1]);
        check(1, 2, &[1, 2]);
        check(1, 9, &[1, 2, 9]);
        check(3, 9, &[1, 2, 3, 4, 9]);
        check(4, 9, &[1, 2, 3, 4, 5, 9][..]);
        check(5, 9, &[1, 4, 5, 6, 9]);
        check(8, 9, &[1, 7, 8, 9]);
        check(9, 9, &[1, 8, 9]);
    }
}
