//! Checks that the samples on the pages are the visible lines of the doc tests, so that they compile.

use std::fs;
use std::path::Path;

/// Returns the samples of a page: the name of each method, and the lines of its samples in order.
fn page_samples(page: &str) -> Vec<(String, Vec<Vec<String>>)> {
    let mut samples: Vec<(String, Vec<Vec<String>>)> = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(rest) = line.strip_prefix("This operation is performed by calling function `") {
            samples.push((rest.trim_end_matches(['`', '.']).to_owned(), Vec::new()));
        }
        if line.starts_with("<!-- sample ") {
            let code = lines.by_ref().skip_while(|line| line.is_empty()).skip(1);
            let sample = code.take_while(|line| *line != "```").map(str::to_owned).collect();
            samples.last_mut().expect("a function comes before its samples").1.push(sample);
        }
    }
    samples
}

/// Returns the visible lines of each doc test of a method.
fn doctests(source: &str, method: &str) -> Vec<Vec<String>> {
    let lines: Vec<&str> = source.lines().map(str::trim_start).collect();
    let start = format!("pub fn {method}(");
    let end =
        lines.iter().position(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("no `{start}`"));
    let start = lines[..end].iter().rposition(|line| line.starts_with("pub ")).map_or(0, |line| line + 1);
    let mut docs = lines[start..end].iter().filter_map(|line| line.strip_prefix("///"));
    let mut doctests = Vec::new();
    while docs.by_ref().any(|line| line == " ```no_run") {
        let code = docs.by_ref().take_while(|line| *line != " ```");
        let code = code.map(|line| line.strip_prefix(' ').unwrap_or(line));
        doctests
            .push(code.filter(|line| *line != "#" && !line.starts_with("# ")).map(str::to_owned).collect());
    }
    doctests
}

#[test]
fn page_samples_are_the_doctests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut compared = 0;
    for entry in fs::read_dir(root.join("docs")).expect("the package has pages") {
        let page = entry.expect("the folder can be read").path();
        let stem = page.file_stem().expect("a page has a name").to_string_lossy().into_owned();
        let source = root.join("src/managers").join(format!("{stem}.rs"));
        let Ok(source) = fs::read_to_string(source) else { continue };
        for (method, samples) in page_samples(&fs::read_to_string(&page).expect("the page can be read")) {
            assert_eq!(samples, doctests(&source, &method), "samples of `{method}` in {}", page.display());
            compared += samples.len();
        }
    }
    assert!(compared >= 8, "only {compared} samples were found");
}
