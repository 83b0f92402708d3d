//! Prints the results as a table for people, or as one JSON object per line for programs.

use sdk_generator::verdict::ItemId;
use serde_json::json;

use super::compare::Comparison;
use super::package::{Package, Release};

/// The most findings of one kind that the table shows for a step.
const MOST: usize = 12;

/// The result of a step.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// The two versions.
    pair: String,
    /// The reason why the new version has no package.
    no_package: Option<String>,
    compared: Comparison,
    /// Changed lines of `api.txt`.
    listed_lines: usize,
    /// Changed lines of all other files.
    other_lines: usize,
}

const COLUMNS: [&str; 11] = [
    "step",
    "uses",
    "broken",
    "follow",
    "verdict",
    "missed",
    "too careful",
    "refused",
    "silent",
    "api.txt",
    "files",
];

impl Row {
    pub(super) fn new(release: &Release, package: &Package, compared: Comparison) -> Self {
        let (listed_lines, other_lines) = release.changed_lines(package);
        let pair = format!("{} → {}", release.name, package.name);
        Self { pair, no_package: None, compared, listed_lines, other_lines }
    }

    pub(super) fn without_package(version: &str, why: String) -> Self {
        Self { pair: version.to_owned(), no_package: Some(why), ..Self::default() }
    }

    /// Returns `true` if the verdict failed to tell of a break or a silent change.
    pub(super) fn has_failed(&self) -> bool {
        !self.compared.missed.is_empty() || !self.compared.silent.is_empty()
    }

    fn counts(&self) -> [usize; COLUMNS.len() - 1] {
        let Comparison { uses, broken, following, told, missed, careful, refused, silent, breaking: _ } =
            &self.compared;
        let (listed, others) = (self.listed_lines, self.other_lines);
        [
            *uses,
            *broken,
            *following,
            *told,
            missed.len(),
            careful.len(),
            refused.len(),
            silent.len(),
            listed,
            others,
        ]
    }

    /// Returns the findings with their kinds.
    fn findings(&self) -> [(&'static str, Vec<String>); 4] {
        let texts = |list: &[(ItemId, String)]| {
            list.iter().map(|(id, text)| format!("{id}: {}", text.trim_end())).collect()
        };
        [
            ("missed", texts(&self.compared.missed)),
            ("silent", self.compared.silent.clone()),
            ("too careful", texts(&self.compared.careful)),
            ("refused", self.compared.refused.clone()),
        ]
    }
}

/// Prints the table with totals, followed by the findings.
pub(super) fn human(rows: &[Row]) {
    let counts: Vec<_> = rows.iter().map(Row::counts).collect();
    let mut lines: Vec<Vec<String>> = vec![COLUMNS.map(str::to_owned).to_vec()];
    for (row, counts) in rows.iter().zip(&counts) {
        let name = std::iter::once(row.pair.clone());
        match &row.no_package {
            Some(why) => lines.push(vec![format!("{}: no package: {why}", row.pair)]),
            None => lines.push(name.chain(counts.iter().map(ToString::to_string)).collect()),
        }
    }
    let total = |column: usize| counts.iter().map(|counts| counts[column]).sum::<usize>().to_string();
    lines.push(std::iter::once("total".to_owned()).chain((0..COLUMNS.len() - 1).map(total)).collect());
    let widths: Vec<usize> = (0..COLUMNS.len())
        .map(|column| {
            let full = lines.iter().filter(|cells| cells.len() == COLUMNS.len());
            full.map(|cells| cells[column].chars().count()).max().unwrap_or(0)
        })
        .collect();
    for cells in &lines {
        let mut line = String::new();
        for (column, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            line += &if column == 0 { format!("{cell:<width$}") } else { format!("  {cell:>width$}") };
        }
        println!("{}", line.trim_end());
    }
    for row in rows {
        for (kind, findings) in row.findings() {
            for finding in findings.iter().take(MOST) {
                println!("\n{kind} in {}: {finding}", row.pair);
            }
            if findings.len() > MOST {
                println!("\n{kind} in {}: and {} more", row.pair, findings.len() - MOST);
            }
        }
    }
}

/// Prints one JSON object per step, with all findings.
pub(super) fn json(rows: &[Row]) {
    for row in rows {
        let [(_, missed), (_, silent), (_, careful), (_, refused)] = row.findings();
        let Comparison { uses, broken, following, told, breaking, .. } = &row.compared;
        println!(
            "{}",
            json!({
                "step": row.pair,
                "no_package": row.no_package,
                "uses": uses,
                "broken": broken,
                "following": following,
                "verdict": told,
                "breaking": breaking,
                "missed": missed,
                "too_careful": careful,
                "refused": refused,
                "silent": silent,
                "listed_lines": row.listed_lines,
                "other_lines": row.other_lines,
                "failed": row.has_failed(),
            })
        );
    }
}
