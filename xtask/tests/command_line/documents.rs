//! Tests overlays and `slice`: exit codes, messages, and the documents that they write.

use serde_json::Value;

use crate::project::Project;

#[test]
fn an_overlay_corrects_a_document() {
    let project = Project::with_document("overlay");
    project.write(
        "fixes.overlay.yaml",
        "overlay: 1.0.0\ninfo: { title: Fixes, version: 1.0.0 }\nactions:\n\
         - target: $.paths['/group_memberships'].post\n  update: { operationId: join_group }\n",
    );
    let arguments =
        ["ir", "--spec", "memberships.yaml", "--overlay", "fixes.overlay.yaml", "--operation", "join_group"];
    let outcome = project.run(&arguments);
    assert!(
        outcome.stdout.starts_with("operation join_group = POST /group_memberships"),
        "{}",
        outcome.stderr
    );
    assert_eq!(project.run(&["ir", "--spec", "memberships.yaml", "--operation", "join_group"]).code, Some(1));
}

#[test]
fn an_overlay_that_does_not_fit_stops_the_run() {
    let project = Project::with_document("stale");
    for command in [&["ir", "--spec", "memberships.yaml"][..], &["slice", "memberships.yaml"]] {
        let missing = project.run(&[command, &["--overlay", "nowhere.yaml"]].concat());
        assert_eq!(missing.code, Some(1));
        assert!(missing.stderr.starts_with("error: cannot read `nowhere.yaml`"), "{}", missing.stderr);
    }
    project.write(
        "stale.overlay.yaml",
        "overlay: 1.0.0\ninfo: { title: Fixes, version: 1.0.0 }\nactions:\n\
         - { target: \"$.paths['/group_membership']\", remove: true }\n",
    );
    project.write(
        "sdk.yaml",
        "documents: [{ path: memberships.yaml, overlays: [stale.overlay.yaml] }]\npackage: { name: my-sdk }\noutput: out\n",
    );
    let outcome = project.run(&["codegen", "--config", "sdk.yaml"]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stderr.contains("error[unused-overlay]"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("--> stale.overlay.yaml:4:5"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("did you mean `/group_memberships`?"), "{}", outcome.stderr);
    assert!(!project.0.join("out").exists());
}

#[test]
fn a_slice_is_written_in_the_language_of_its_file() {
    let project = Project::with_document("slice");
    let arguments = ["slice", "memberships.yaml", "--include", "operations=get_group_memberships_id"];
    let printed = project.run(&arguments);
    assert_eq!(printed.code, Some(0), "{}", printed.stderr);
    assert!(printed.stdout.starts_with("openapi: 3.0.2\n"), "{}", printed.stdout);
    let outcome = project.run(&[&arguments[..], &["--out", "slice.json"]].concat());
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let slice: Value = serde_json::from_str(&project.read("slice.json")).expect("it is JSON");
    let paths: Vec<&String> = slice["paths"].as_object().expect("there are paths").keys().collect();
    assert_eq!(paths, ["/group_memberships/{group_membership_id}"]);
    let outcome =
        project.run(&[&arguments[..], &["--out", "slice.json", "--message-format", "json"]].concat());
    assert_eq!(outcome.objects(), [serde_json::json!({ "kind": "slice", "file": "slice.json" })]);
    assert!(slice["components"]["schemas"]["GroupMembership"].is_object());
    assert!(slice["components"]["schemas"]["GroupMemberships"].is_null());
}

#[test]
fn a_configuration_selects_and_the_command_line_overrides_it() {
    let project = Project::with_document("select");
    let write = |select: &str| {
        let config = format!(
            "documents: [a.yaml]\npackage: {{ name: a }}\nmanagers: {{ extension: x-box-tag }}\n{select}\n"
        );
        project.write("sdk.yaml", &config);
    };
    write("select: { include: { managers: [memberships] }, exclude: { paths: [/users/**] } }");
    let operations = |arguments: &[&str]| {
        let outcome =
            project.run(&[&["slice", "memberships.yaml", "--config", "sdk.yaml"], arguments].concat());
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        outcome.stdout.matches("operationId:").count()
    };
    assert_eq!(operations(&[]), 5);
    assert_eq!(
        operations(&["--exclude", "operations=post_group_memberships", "--exclude", "paths=/groups/**"]),
        4
    );
    assert_eq!(operations(&["--include", "paths=/users/**,/groups/**"]), 1);
    write("select: { include: { managers: [membership] } }");
    let outcome = project.run(&["slice", "memberships.yaml", "--config", "sdk.yaml"]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stderr.contains("sdk.yaml:4:"), "{}", outcome.stderr);
}

#[test]
fn usage_of_slice_is_explained() {
    let project = Project::with_document("usage");
    for arguments in [
        &["slice"][..],
        &["slice", "a.yaml", "b.yaml"],
        &["slice", "memberships.yaml", "--include", "files"],
        &["slice", "memberships.yaml", "--include", "tags="],
        &["slice", "memberships.yaml", "--include", "tag=files"],
        &["slice", "memberships.yaml", "--message-format", "json"],
    ] {
        let outcome = project.run(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?}");
        assert!(
            outcome.stderr.starts_with("error: ") && outcome.stderr.contains("--help"),
            "{}",
            outcome.stderr
        );
    }
    assert_eq!(project.run(&["slice", "--help"]).code, Some(0));
    let unknown = project.run(&["slice", "memberships.yaml", "--include", "tags=Group"]);
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.stderr.contains("error[unused-config]"), "{}", unknown.stderr);
}
