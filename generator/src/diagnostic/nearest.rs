//! Finds the known name that a misspelled name probably means.

/// Returns the candidate that is most similar to `name`, if it is similar enough to be a typo.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = 1 + name.chars().count() / 3;
    candidates
        .into_iter()
        .map(|candidate| (distance(name, candidate, limit), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Returns the Levenshtein distance of two texts, ignoring case. A distance above `limit` may be inexact.
fn distance(left: &str, right: &str, limit: usize) -> usize {
    let left: Vec<char> = left.chars().flat_map(char::to_lowercase).collect();
    let right: Vec<char> = right.chars().flat_map(char::to_lowercase).collect();
    if left.len().abs_diff(right.len()) > limit {
        return limit + 1;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, from) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, to) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_recognised() {
        let names = ["operations", "output", "managers"];
        assert_eq!(nearest("operation", names), Some("operations"));
        assert_eq!(nearest("Output", names), Some("output"));
        assert_eq!(nearest("mangaers", names), Some("managers"));
    }

    #[test]
    fn something_else_is_not() {
        assert_eq!(nearest("colour", ["operations", "output"]), None);
        assert_eq!(nearest("", ["output"]), None);
        assert_eq!(nearest("output", []), None);
    }
}
