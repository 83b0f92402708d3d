//! The samples of the pages are the visible lines of the doctests, so that a wrong one fails to compile.

use std::fs;
use std::path::Path;

/// The samples of a page: method name and lines.
fn page_samples(page: &str) -> Vec<(String, Vec<String>)> {
    let mut samples = Vec::new();
    let mut method = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(rest) = line.strip_prefix("This operation is performed by calling function `") {
            rest.trim_end_matches(['`', '.']).clone_into(&mut method);
        }
        if line.starts_with("<!-- sample ") {
            let code = lines.by_ref().skip_while(|line| line.is_empty()).skip(1);
            let sample = code.take_while(|line| *line != "```").map(str::to_owned).collect();
            samples.push((method.clone(), sample));
        }
    }
    samples
}

/// The visible lines of the doctest above `pub fn method(`.
fn doctest(source: &str, method: &str) -> Vec<String> {
    let lines: Vec<&str> = source.lines().map(str::trim_start).collect();
    let start = format!("pub fn {method}(");
    let end =
        lines.iter().position(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("no `{start}`"));
    let opening =
        lines[..end].iter().rposition(|line| *line == "/// ```no_run").expect("the method has an example");
    let code = lines[opening + 1..end].iter().take_while(|line| **line != "/// ```");
    let code = code.map(|line| line.strip_prefix("///").expect("a line of documentation"));
    let code = code.map(|line| line.strip_prefix(' ').unwrap_or(line));
    code.filter(|line| *line != "#" && !line.starts_with("# ")).map(str::to_owned).collect()
}

#[test]
fn pages_and_doctests_agree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut compared = 0;
    for entry in fs::read_dir(root.join("docs")).expect("the pages are there") {
        let page = entry.expect("the folder can be read").path();
        let stem = page.file_stem().expect("a page has a name").to_string_lossy().into_owned();
        let source = root.join("src/managers").join(format!("{stem}.rs"));
        let Ok(source) = fs::read_to_string(source) else { continue };
        for (method, sample) in page_samples(&fs::read_to_string(&page).expect("the page can be read")) {
            assert_eq!(sample, doctest(&source, &method), "the sample of `{method}` in {}", page.display());
            compared += 1;
        }
    }
    assert!(compared >= 6, "only {compared} samples were found");
}
