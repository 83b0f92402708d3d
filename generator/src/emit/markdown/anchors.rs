//! Computes the anchors that GitHub gives to headings.

use std::collections::BTreeMap;

/// The anchors of a page, assigned in the order of its headings.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// The last suffix used for each anchor.
    given: BTreeMap<String, usize>,
}

impl Anchors {
    /// Returns the anchor of the next heading.
    pub(super) fn add(&mut self, heading: &str) -> String {
        let slug = slug(heading);
        let mut anchor = slug.clone();
        while self.given.contains_key(&anchor) {
            let count = self.given.entry(slug.clone()).or_default();
            *count += 1;
            anchor = format!("{slug}-{count}");
        }
        self.given.insert(anchor.clone(), 0);
        anchor
    }
}

/// Converts a heading to lower case, drops its punctuation, and replaces spaces with hyphens.
fn slug(heading: &str) -> String {
    heading
        .trim()
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|char| char.is_alphanumeric() || matches!(char, ' ' | '-' | '_'))
        .map(|char| if char == ' ' { '-' } else { char })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Anchors;

    #[test]
    fn anchors_are_those_of_github() {
        for (heading, anchor) in [
            ("List user's groups", "list-users-groups"),
            ("GET /users/{id}", "get-usersid"),
            ("Copy & move — twice", "copy--move--twice"),
            ("snake_case and kebab-case", "snake_case-and-kebab-case"),
            ("Größe ÄNDERN", "größe-ändern"),
        ] {
            assert_eq!(Anchors::default().add(heading), anchor);
        }
    }

    #[test]
    fn equal_headings_are_counted() {
        let mut anchors = Anchors::default();
        let given = ["Get", "Get", "Get 1", "Get-2", "Get", "get"].map(|heading| anchors.add(heading));
        assert_eq!(given, ["get", "get-1", "get-1-1", "get-2", "get-3", "get-4"]);
    }
}
