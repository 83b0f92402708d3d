//! Tests `cargo xtask replay` on two versions of a small document and a broken file.

mod rows;

use serde_json::json;

#[test]
fn each_step_is_proved() {
    let (code, rows) = rows::run("replay", &[]);
    assert_eq!(code, Some(0), "{rows:#?}");
    assert_eq!(rows.len(), 2, "{rows:#?}");
    let step = &rows[0];
    assert_eq!(step["step"], "v9.yaml → v10.yaml");
    assert!(step["uses"].as_u64() > Some(50), "{step:#}");
    // The removed parameter is the only use that fails; the new enum value breaks nothing.
    assert_eq!((&step["broken"], &step["verdict"]), (&json!(1), &json!(1)), "{step:#}");
    assert_eq!((&step["missed"], &step["too_careful"]), (&json!([]), &json!([])), "{step:#}");
    // A required string in the place of another one compiles.
    assert_eq!(step["refused"].as_array().map(Vec::len), Some(1), "{step:#}");
    assert_eq!(step["silent"], json!([]), "{step:#}");
    assert!(rows[1]["no_package"].is_string(), "{:#}", rows[1]);
}
