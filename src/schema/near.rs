//! "Did you mean": the known name that a misspelt one most probably means.
//!
//! Names count as near by their optimal string alignment distance: letters left out, added,
//! changed, or swapped with the next. Libraries measure one pair of names; here one wrong name is
//! sought among all of a site, for each wrong name of a site. So the names stand sorted, as a trie,
//! and a search follows only beginnings that can still come near enough, first for one mistake,
//! then for more.

use std::ops::Range;

/// From so many names on, three mistakes are too many: among that many names something is always
/// that near.
const MANY: usize = 2_000;

/// Known names, among which near ones can be found.
#[derive(Debug)]
pub struct NameIndex<'n> {
    /// Each name in lower case, with the name as it is; sorted.
    names: Vec<(Vec<char>, &'n str)>,
}

/// The known name that a misspelt one most probably means; of several the first by the alphabet.
#[must_use]
pub fn did_you_mean<'n>(wrong: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    NameIndex::new(known).near(wrong)
}

impl<'n> NameIndex<'n> {
    /// An index of known names.
    #[must_use]
    pub fn new(known: impl IntoIterator<Item = &'n str>) -> Self {
        let mut names: Vec<_> = known
            .into_iter()
            .map(|name| (letters(name), name))
            .collect();
        names.sort_unstable();
        Self { names }
    }

    /// The known name that is nearest to a wrong one, if any is near enough for its length.
    #[must_use]
    pub fn near(&self, wrong: &str) -> Option<&'n str> {
        let wrong = letters(wrong);
        let most = match wrong.len() {
            0..=2 => 0,
            3..=5 => 1,
            6..=8 => 2,
            _ if self.names.len() < MANY => 3,
            _ => 2,
        };
        (0..=most).find_map(|most| {
            let mut search = Search {
                names: &self.names,
                wrong: &wrong,
                most,
                rows: Vec::new(),
                found: None,
            };
            search.rows.push((0..=wrong.len()).collect());
            search.walk(0..self.names.len());
            search.found
        })
    }
}

fn letters(name: &str) -> Vec<char> {
    name.to_lowercase().chars().collect()
}

struct Search<'s, 'n> {
    names: &'s [(Vec<char>, &'n str)],
    wrong: &'s [char],
    most: usize,
    /// For each letter of the beginning that is followed: how far it is from each beginning of the
    /// wrong name.
    rows: Vec<Vec<usize>>,
    found: Option<&'n str>,
}

impl Search<'_, '_> {
    /// Looks through the names of a range, which all have the beginning that the rows stand for.
    fn walk(&mut self, mut names: Range<usize>) {
        let depth = self.rows.len() - 1;
        while let Some((letters, name)) = self.names.get(names.start).filter(|_| !names.is_empty())
        {
            let Some(letter) = letters.get(depth) else {
                if self.rows[depth].last().is_some_and(|far| *far <= self.most) {
                    self.found = Some(self.found.map_or(*name, |found| found.min(name)));
                }
                names.start += 1;
                continue;
            };
            let same = self.names[names.clone()]
                .partition_point(|(other, _)| other.get(depth) <= Some(letter));
            let end = names.start + same;
            let row = self.row(letters, depth, *letter);
            // The beginning can still come near enough, at the latest by a swap that goes back by
            // one row.
            let nearest = |row: &[usize]| row.iter().copied().min().expect("a row has a cell");
            if nearest(&row) <= self.most || nearest(&self.rows[depth]) < self.most {
                self.rows.push(row);
                self.walk(names.start..end);
                self.rows.pop();
            }
            names.start = end;
        }
    }

    /// The row of one more letter.
    fn row(&self, letters: &[char], depth: usize, letter: char) -> Vec<usize> {
        let above = &self.rows[depth];
        let mut row = Vec::with_capacity(above.len());
        row.push(depth + 1);
        for (at, wanted) in self.wrong.iter().enumerate() {
            let change = above[at] + usize::from(*wanted != letter);
            let mut far = change.min(above[at + 1] + 1).min(row[at] + 1);
            let is_swap = depth > 0
                && at > 0
                && letters[depth - 1] == *wanted
                && self.wrong[at - 1] == letter
                && *wanted != letter;
            if is_swap {
                far = far.min(self.rows[depth - 1][at - 1] + 1);
            }
            row.push(far);
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn suggestions_are_near() {
        let check = |wrong: &str, expected: Option<&str>| {
            assert_eq!(
                did_you_mean(wrong, ["title", "treats", "tests", "summary"]),
                expected,
                "{wrong}"
            );
        };
        check("titel", Some("title"));
        check("sumary", Some("summary"));
        check("Tests", Some("tests"));
        check("colour", None);
        check("", None);
        assert_eq!(did_you_mean("ab", ["AB", "ab"]), Some("AB"));
    }

    proptest! {
        #[test]
        fn an_index_finds_what_measuring_each_name_finds(
            wrong in "[abcé]{0,12}",
            known in prop::collection::vec("[abcÉ]{0,12}", 0..40),
        ) {
            let most = match wrong.chars().count() { 0..=2 => 0, 3..=5 => 1, 6..=8 => 2, _ => 3 };
            let measured = known.iter().map(|name| (strsim::osa_distance(&wrong.to_lowercase(), &name.to_lowercase()), name));
            let expected = measured.filter(|(far, _)| *far <= most).min().map(|(_, name)| name.as_str());
            prop_assert_eq!(did_you_mean(&wrong, known.iter().map(String::as_str)), expected);
        }
    }
}
