//! Converts English plurals to singular, for the last word of a noun in a path.

/// Words in `s` that are the same in singular and plural, that only look like plurals, or that have no singular.
const UNCHANGED: &str = "
    access address analysis analytics basis billing bus business canvas chaos data dns https js gas lens media metadata
    metrics news process progress series species status settings sms tls us aws gps ios os css this
    afterwards always asbestos atlas barracks besides bias christmas clothes cors corps cosmos crossroads diabetes does
    earnings economics electronics ethics ethos genetics genomics goods graphics has headquarters hers his iaas its
    jeans jenkins kubernetes kudos logistics macos mars mathematics maths means nas nfs nowadays odds ours paas pants
    pathos perhaps physics politics pos postgres premises proceeds rabies robotics saas sas savings scissors sideways
    sometimes surroundings sys texas thanks theirs thermos towards trousers vegas was whereabouts whereas yes yours";

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
    ("feet", "foot"),
    ("geese", "goose"),
    ("mice", "mouse"),
    ("teeth", "tooth"),
    ("codices", "codex"),
    ("vortices", "vortex"),
    ("phenomena", "phenomenon"),
    ("irises", "iris"),
];

/// Singulars in `s` that take `es`.
const TAKING_ES: &str = "
    apparatus atlas bias caucus census chorus circus consensus corpus discus focus hiatus nexus octopus opus plus
    prospectus radius surplus syllabus terminus thesaurus";

/// Singulars in `sis` whose plurals end in `ses`.
const IN_SIS: &str =
    "diagnosis emphasis hypothesis metamorphosis parenthesis prognosis synopsis synthesis thesis catharsis";

/// Singulars in `e` whose plurals look like those of words that take `es`, or that end in `y`.
const IN_E: &str = "
    ache avalanche headache niche axe canoe foe hoe oboe shoe toe woe birdie brownie calorie foodie freebie genie goalie
    hoodie indie junkie newbie pixie prairie rookie selfie smoothie sortie techie veggie zombie magpie necktie";

/// Singulars in `f` and `fe`.
const IN_F: &str = "calf elf half knife leaf life loaf scarf self shelf bookshelf thief wife wolf";

/// Singulars in `i` and `u`, whose plurals look like Latin and Greek singulars.
const IN_I_AND_U: &str = "
    alibi api cli emoji gui kpi pdi poi safari ski taxi ui uri wifi cpu gpu tpu vcpu guru menu mtu ou pdu sku submenu";

/// Returns the singular of a lower-case word. A word that is not a plural stays as it is.
pub(in crate::lower) fn singular(word: &str) -> String {
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    let is_unchanged = contains(UNCHANGED, word) || word.ends_with("series") || word.ends_with("species");
    if word.len() < 3 || !word.ends_with('s') || is_unchanged {
        return word.to_owned();
    }
    let without = |ending: &str, new: &str, list: &str| {
        let singular = format!("{}{new}", word.strip_suffix(ending)?);
        contains(list, &singular).then_some(singular)
    };
    let listed = without("es", "", TAKING_ES)
        .or_else(|| without("ses", "sis", IN_SIS))
        .or_else(|| without("ves", "f", IN_F))
        .or_else(|| without("ves", "fe", IN_F))
        .or_else(|| without("s", "", IN_E))
        .or_else(|| without("s", "", IN_I_AND_U));
    if let Some(singular) = listed {
        return singular;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return if stem.len() > 1 { format!("{stem}y") } else { format!("{stem}ie") };
    }
    let takes_es = ["sses", "shes", "ches", "xes", "zzes", "oes"].iter().any(|ending| word.ends_with(ending));
    if takes_es {
        return word[..word.len() - 2].to_owned();
    }
    let no_plural = ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    if no_plural { word.to_owned() } else { word[..word.len() - 1].to_owned() }
}

fn contains(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
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

    #[test]
    fn plurals_with_odd_endings_become_singular() {
        let cases = [
            ("leaves", "leaf"),
            ("shelves", "shelf"),
            ("knives", "knife"),
            ("moves", "move"),
            ("objectives", "objective"),
            ("tomatoes", "tomato"),
            ("shoes", "shoe"),
            ("cases", "case"),
            ("biases", "bias"),
            ("censuses", "census"),
            ("causes", "cause"),
            ("hypotheses", "hypothesis"),
            ("apis", "api"),
            ("menus", "menu"),
            ("zombies", "zombie"),
            ("entries", "entry"),
            ("niches", "niche"),
        ];
        for (plural, expected) in cases {
            assert_eq!(singular(plural), expected, "of `{plural}`");
        }
    }

    #[test]
    fn words_that_only_look_like_plurals_stay() {
        for word in [
            "kubernetes",
            "always",
            "postgres",
            "redis",
            "bias",
            "savings",
            "whereas",
            "timeseries",
            "corpus",
        ] {
            assert_eq!(singular(word), word);
        }
    }
}
