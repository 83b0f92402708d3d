//! Finds the known name that a misspelled name probably means.

/// Returns the candidate that is most similar to `name`, if it is similar enough to be a typo.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = 1 + name.chars().count() / 3;
    closest(candidates, limit, |candidate| distance(name, candidate, limit))
}

/// Returns the candidate that a key misspells: the same but for its case, underscores and the like, one with two letters
/// swapped, or one with few other letters. It is stricter than [`nearest`], since the key may be right.
#[must_use]
pub fn misspelt<'a>(key: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = |text: &str| -> String {
        text.chars().filter(|char| !matches!(char, '_' | '-' | '$' | ' ')).collect()
    };
    let key = letters(key);
    let limit = match key.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    closest(candidates, limit, |candidate| {
        let candidate = letters(candidate);
        if is_swap(&key, &candidate) { limit.min(1) } else { distance(&key, &candidate, limit) }
    })
}

/// Returns the first of the candidates with the least distance, which is at most `limit`.
fn closest<'a>(
    candidates: impl IntoIterator<Item = &'a str>,
    limit: usize,
    distance: impl Fn(&str) -> usize,
) -> Option<&'a str> {
    let distances = candidates.into_iter().map(|candidate| (distance(candidate), candidate));
    let near = distances.filter(|(distance, _)| *distance <= limit);
    near.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// Returns `true` for texts that differ by two swapped letters next to each other.
fn is_swap(left: &str, right: &str) -> bool {
    let differing: Vec<(char, char)> =
        left.chars().zip(right.chars()).skip_while(|(one, other)| one == other).collect();
    let Some(((one, other), rest)) = differing.split_first() else { return false };
    let Some(((next, after), rest)) = rest.split_first() else { return false };
    left.len() == right.len() && (one, other) == (after, next) && rest.iter().all(|(one, other)| one == other)
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
    use super::{misspelt, nearest};

    #[test]
    fn a_misspelt_key_is_told_from_another_one() {
        let keys = ["$ref", "type", "items", "required", "properties", "requestBody", "description"];
        for (key, meant) in [
            ("ref", Some("$ref")),
            ("tpye", Some("type")),
            ("types", Some("type")),
            ("item", Some("items")),
            ("requred", Some("required")),
            ("prperties", Some("properties")),
            ("request_body", Some("requestBody")),
            ("desciption", Some("description")),
            ("id", None),
            ("name", None),
            ("tip", None),
            ("itemIds", None),
            ("property", None),
        ] {
            assert_eq!(misspelt(key, keys), meant, "{key}");
        }
    }

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
