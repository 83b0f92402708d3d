//! Tests `cargo xtask corpus` on a folder with two documents and a broken file.

mod rows;

use serde_json::{Value, json};

#[test]
fn each_document_has_its_row() {
    let (code, rows) = rows::run("corpus", &[]);
    let files: Vec<&Value> = rows.iter().map(|row| &row["document"]).collect();
    assert_eq!(files, ["clock.json", "pets.yaml", "torn.json"]);
    assert_eq!(code, Some(0), "{rows:#?}");
    for row in &rows[..2] {
        assert_eq!((&row["warnings"], &row["round_trips_failed"]), (&json!(0), &json!(0)), "{row:#}");
        assert!(
            row["round_trips_passed"].as_u64() >= Some(9) && row["lines"].as_u64() > Some(100),
            "{row:#}"
        );
        assert!(row["check_seconds"].as_f64() > Some(0.0), "{row:#}");
    }
    assert_eq!((&rows[1]["operations"], &rows[1]["types"]), (&json!(1), &json!(4)));
    // An example that does not match its schema is reported, but is not a failure.
    assert_eq!(rows[0]["examples_failed"].as_array().map(Vec::len), Some(1), "{:#}", rows[0]);
    assert_eq!(rows[1]["examples_passed"], 1, "{:#}", rows[1]);
    assert!(rows[2]["no_document"].is_string() && rows[2]["failed"] == json!(false), "{:#}", rows[2]);
}
