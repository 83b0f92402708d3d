//! Finds the shortest circles among the entries of a folder.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The entries of a folder and the imports between them, one for each pair.
#[derive(Default)]
pub(super) struct Graph {
    edges: BTreeMap<(String, String), (String, usize)>,
}

/// An import of one entry by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) from: String,
    pub(super) to: String,
    /// The importing file.
    pub(super) path: String,
    pub(super) line: usize,
}

impl Graph {
    /// Adds an edge unless there is one already.
    pub(super) fn add(&mut self, from: &str, to: &str, path: &str, line: usize) {
        self.edges.entry((from.to_owned(), to.to_owned())).or_insert_with(|| (path.to_owned(), line));
    }

    pub(super) fn remove(&mut self, from: &str, to: &str) -> Option<Step> {
        let (path, line) = self.edges.remove(&(from.to_owned(), to.to_owned()))?;
        Some(Step { from: from.to_owned(), to: to.to_owned(), path, line })
    }

    /// Returns `true` if the removed edge is part of a circle.
    pub(super) fn leads_back(&self, edge: &Step) -> bool {
        !self.way(&edge.to, &edge.from).is_empty()
    }

    /// Returns the shortest circle of each group of entries that all reach each other.
    pub(super) fn circles(&self) -> Vec<Vec<Step>> {
        let mut circles: Vec<Vec<Step>> = Vec::new();
        let mut grouped = BTreeSet::new();
        for (from, _) in self.edges.keys() {
            if grouped.contains(from) || self.way(from, from).is_empty() {
                continue;
            }
            let names: BTreeSet<&String> = self.edges.keys().map(|(name, _)| name).collect();
            let group = names
                .into_iter()
                .filter(|name| *name == from || (self.reaches(from, name) && self.reaches(name, from)));
            let group: Vec<&String> = group.collect();
            circles.extend(group.iter().map(|name| self.way(name, name)).min_by_key(Vec::len));
            grouped.extend(group.into_iter().cloned());
        }
        circles
    }

    fn reaches(&self, from: &str, to: &str) -> bool {
        !self.way(from, to).is_empty()
    }

    /// Returns a shortest way of at least one step, or nothing if there is none.
    fn way(&self, from: &str, to: &str) -> Vec<Step> {
        let mut ways: VecDeque<Vec<Step>> = VecDeque::from([Vec::new()]);
        let mut seen = BTreeSet::new();
        while let Some(way) = ways.pop_front() {
            let here = way.last().map_or(from, |step| step.to.as_str()).to_owned();
            if here == to && !way.is_empty() {
                return way;
            }
            for ((_, next), (path, line)) in self.edges.iter().filter(|((name, _), _)| *name == here) {
                if seen.insert(next.clone()) {
                    let step = Step { from: here.clone(), to: next.clone(), path: path.clone(), line: *line };
                    ways.push_back([way.as_slice(), &[step]].concat());
                }
            }
        }
        Vec::new()
    }
}
