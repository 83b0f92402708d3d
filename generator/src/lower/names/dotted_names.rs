//! Drops the packages in front of the names of components, such as `io.k8s.api.core.v1.` in `io.k8s.api.core.v1.Pod`.

use std::collections::BTreeMap;

use crate::name::words;

/// A component name with the part of it that stays.
struct Dotted<'a> {
    segments: Vec<&'a str>,
    /// The number of the last segments that stay.
    kept: usize,
}

/// Returns what is left of each name that starts with packages. A package is written in lower case, before a segment
/// that is not, and several names have it. As many packages go as leave each name unique.
pub(in crate::lower) fn without_packages(names: &[String]) -> BTreeMap<String, String> {
    let mut starts: BTreeMap<&str, usize> = BTreeMap::new();
    for (first, _) in names.iter().filter_map(|name| name.split_once('.')) {
        *starts.entry(first).or_default() += 1;
    }
    if starts.is_empty() {
        return BTreeMap::new();
    }
    let mut all: Vec<Dotted<'_>> = names.iter().map(|name| dotted(name, &starts)).collect();
    loop {
        let mut owners: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (index, name) in all.iter().enumerate() {
            owners.entry(words(&name.tail())).or_default().push(index);
        }
        let crowded = owners.into_values().filter(|owners| owners.len() > 1).flatten();
        let longer: Vec<usize> =
            crowded.filter(|&index| all[index].kept < all[index].segments.len()).collect();
        if longer.is_empty() {
            break;
        }
        longer.into_iter().for_each(|index| all[index].kept += 1);
    }
    let shorter = all.iter().filter(|name| name.kept < name.segments.len());
    shorter.map(|name| (name.segments.join("."), name.tail())).collect()
}

/// Splits a name, given the number of names that start with each first segment.
fn dotted<'a>(name: &'a str, starts: &BTreeMap<&str, usize>) -> Dotted<'a> {
    let segments: Vec<&str> = name.split('.').collect();
    let is_package = |segment: &&str| segment.starts_with(|first: char| first.is_lowercase());
    let packages = segments.iter().take_while(|segment| is_package(segment)).count();
    let is_shared = starts.get(segments[0]).is_some_and(|count| *count > 1);
    let kept = match packages < segments.len() && is_shared {
        true => segments.len() - packages,
        false => segments.len(),
    };
    Dotted { segments, kept }
}

impl Dotted<'_> {
    fn tail(&self) -> String {
        self.segments[self.segments.len() - self.kept..].join(".")
    }
}

#[cfg(test)]
mod tests {
    use super::without_packages;

    fn check(names: &[(&str, &str)]) {
        let all: Vec<String> = names.iter().map(|(name, _)| (*name).to_owned()).collect();
        let found = without_packages(&all);
        for (name, expected) in names {
            assert_eq!(found.get(*name).map_or(*name, String::as_str), *expected, "{name}");
        }
    }

    #[test]
    fn packages_go_as_far_as_names_stay_unique() {
        check(&[
            ("io.k8s.api.core.v1.Pod", "Pod"),
            ("io.k8s.api.core.v1.Event", "core.v1.Event"),
            ("io.k8s.api.events.v1.Event", "events.v1.Event"),
            ("io.k8s.apimachinery.pkg.util.intstr.IntOrString", "IntOrString"),
        ]);
        check(&[("models.User", "models.User"), ("models.Team", "Team"), ("User", "User")]);
        check(&[("api.Order.Item", "Order.Item"), ("api.Order.Address", "Order.Address")]);
    }

    #[test]
    fn a_prefix_that_is_no_package_stays() {
        check(&[("chat.v1.message", "chat.v1.message"), ("chat.v1.user", "chat.v1.user")]);
        check(&[("Order.Item", "Order.Item"), ("Order.Address", "Order.Address")]);
        check(&[("models.User", "models.User"), ("dto.User", "dto.User"), ("Team", "Team")]);
        check(&[("models.User", "models.User"), ("Team", "Team"), ("v1.2", "v1.2")]);
    }
}
