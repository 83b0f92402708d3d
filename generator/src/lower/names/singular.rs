//! Converts English plurals to singular, for the last word of a noun in a path.

/// Words that are the same in singular and plural, or that must not change.
const UNCHANGED: &[&str] = &[
    "access",
    "address",
    "analysis",
    "analytics",
    "basis",
    "billing",
    "bus",
    "business",
    "canvas",
    "chaos",
    "data",
    "dns",
    "https",
    "js",
    "gas",
    "lens",
    "media",
    "metadata",
    "metrics",
    "news",
    "process",
    "progress",
    "series",
    "species",
    "status",
    "settings",
    "sms",
    "tls",
    "us",
    "aws",
    "gps",
    "ios",
    "os",
    "css",
    "this",
];

/// Plurals that the endings do not determine.
const IRREGULAR: &[(&str, &str)] = &[
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("appendices", "appendix"),
    ("axes", "axis"),
    ("bonuses", "bonus"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("campuses", "campus"),
    ("canvases", "canvas"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("criteria", "criterion"),
    ("crises", "crisis"),
    ("gases", "gas"),
    ("heroes", "hero"),
    ("indices", "index"),
    ("lenses", "lens"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("movies", "movie"),
    ("people", "person"),
    ("potatoes", "potato"),
    ("quizzes", "quiz"),
    ("statuses", "status"),
    ("ties", "tie"),
    ("vertices", "vertex"),
    ("viruses", "virus"),
    ("women", "woman"),
];

/// Returns the singular of a lower-case word. A word that is not a plural stays as it is.
pub(in crate::lower) fn singular(word: &str) -> String {
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    if UNCHANGED.contains(&word) || word.len() < 3 || !word.ends_with('s') {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return if stem.len() > 1 { format!("{stem}y") } else { format!("{stem}ie") };
    }
    let takes_es = ["sses", "shes", "ches", "xes", "zzes"].iter().any(|ending| word.ends_with(ending));
    if takes_es {
        return word[..word.len() - 2].to_owned();
    }
    let no_plural = ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    if no_plural { word.to_owned() } else { word[..word.len() - 1].to_owned() }
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn plurals_become_singular() {
        let cases = [
            ("memberships", "membership"),
            ("policies", "policy"),
            ("branches", "branch"),
            ("archives", "archive"),
            ("databases", "database"),
            ("boxes", "box"),
            ("aliases", "alias"),
            ("statuses", "status"),
            ("metadata", "metadata"),
            ("address", "address"),
            ("addresses", "address"),
            ("status", "status"),
            ("content", "content"),
            ("ties", "tie"),
            ("people", "person"),
            ("s", "s"),
        ];
        for (plural, expected) in cases {
            assert_eq!(singular(plural), expected, "of `{plural}`");
        }
    }
}
