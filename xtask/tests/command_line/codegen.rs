//! Tests `codegen` and `ir`: exit codes, messages, and the files that they write.

use std::fs;

use serde_json::Value;

use crate::project::Project;

#[test]
fn a_second_run_writes_nothing() {
    let project = Project::new("second");
    let first = project.codegen(&[]);
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    assert!(first.stdout.contains("wrote    out/src/lib.rs"), "{}", first.stdout);
    let second = project.codegen(&[]);
    assert!(!second.stdout.contains("wrote"), "{}", second.stdout);
    assert_eq!(project.codegen(&["--check"]).code, Some(0));
}

#[test]
fn a_check_shows_what_would_change() {
    let project = Project::new("check");
    project.codegen(&[]);
    let before = project.read("out/docs/memberships.md");
    project.replace("spec/memberships.yaml", "Reads one membership.", "Reads a membership.");
    let check = project.codegen(&["--check"]);
    assert_eq!(check.code, Some(1));
    assert_eq!(check.stdout, "stale    out/docs/memberships.md\nstale    out/src/managers/memberships.rs\n");
    assert!(check.stderr.contains("`cargo xtask codegen`"), "{}", check.stderr);
    let diff = project.codegen(&["--check", "--diff"]);
    assert_eq!(diff.code, Some(1));
    assert!(diff.stdout.contains("\n-Reads one membership.\n+Reads a membership.\n"), "{}", diff.stdout);
    assert_eq!(project.read("out/docs/memberships.md"), before);
}

#[test]
fn a_check_shows_the_difference_of_the_listing() {
    let project = Project::new("check-listing");
    project.codegen(&[]);
    project.replace("spec/memberships.yaml", "name: offset", "name: skip");
    let check = project.codegen(&["--check"]);
    assert_eq!(check.code, Some(1));
    assert!(check.stdout.contains("\n-  query:offset: i64\n+  query:skip: i64\n"), "{}", check.stdout);
    assert_eq!(check.stdout.matches("\n--- a/").count(), 0, "{}", check.stdout);
    let [stale] =
        project.codegen(&["--check", "--message-format", "json"]).objects().try_into().expect("a line");
    assert_eq!(stale["kind"], "stale");
    assert_eq!(stale["stale"][0], "api.txt");
    assert!(stale["diff"].as_str().is_some_and(|diff| diff.starts_with("--- a/api.txt\n")), "{stale}");
}

#[test]
fn a_check_fails_if_the_version_is_too_low() {
    let project = Project::new("check-version");
    project.codegen(&[]);
    project.succeed(&["release", "--config", "spec/sdk.yaml", "--out", "out"]);
    assert_eq!(project.codegen(&["--check"]).code, Some(0));
    project.replace("spec/memberships.yaml", "name: offset", "name: skip");
    project.codegen(&[]);
    let check = project.codegen(&["--check"]);
    assert_eq!(check.code, Some(1));
    let message =
        "error: sdk.yaml says 0.1.0, but the changes since 0.1.0 require 0.2.0\nhelp: set `package.version`";
    assert!(check.stderr.contains(message), "{}", check.stderr);
    let objects = project.codegen(&["--check", "--message-format", "json"]).objects();
    let kinds: Vec<_> = objects.iter().map(|object| object["kind"].as_str()).collect();
    assert_eq!(kinds, [Some("summary"), Some("verdict"), Some("refused")]);
    for (version, code) in [("0.1.1", 1), ("0.2.0-beta.1", 0), ("0.2.0", 0)] {
        project.replace("spec/sdk.yaml", "\n  version:", &format!("\n  version: {version} #"));
        project.codegen(&[]);
        assert_eq!(project.codegen(&["--check"]).code, Some(code), "{version}");
        assert_eq!(project.codegen(&[]).code, Some(0), "only a check fails");
    }
}

#[test]
fn an_edit_is_kept_unless_forced() {
    let project = Project::new("edit");
    project.codegen(&[]);
    project.replace("out/src/lib.rs", "mod client;", "mod client; // mine");
    project.replace("spec/memberships.yaml", "Reads one membership.", "Reads a membership.");
    let refused = project.codegen(&[]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("`out/src/lib.rs` was edited by hand"), "{}", refused.stderr);
    assert!(project.read("out/docs/memberships.md").contains("Reads one membership."));
    assert_eq!(project.codegen(&["--force"]).code, Some(0));
    assert!(!project.read("out/src/lib.rs").contains("mine"));
}

#[test]
fn findings_and_summary_can_be_json() {
    let project = Project::new("json");
    let outcome = project.codegen(&["--message-format", "json"]);
    let [summary] = outcome.objects().try_into().expect("one object");
    assert_eq!(summary["kind"], "summary");
    assert_eq!(summary["read"][1], "spec/memberships.yaml");
    assert_eq!(summary["left"], serde_json::json!([]));
    project.replace("spec/memberships.yaml", "schemas/GroupMemberships'", "schemas/Nothing'");
    let outcome = project.codegen(&["--message-format", "json"]);
    let finding = &outcome.objects()[0];
    assert_eq!(finding["kind"], "finding");
    assert_eq!(finding["code"], "unresolved-reference");
}

#[test]
fn a_lock_keeps_names_and_tells_what_changed() {
    let project = Project::new("lock");
    project.codegen(&[]);
    fs::copy(project.0.join("out/api.txt"), project.0.join("out/api.lock")).expect("a lock");
    project.replace("spec/memberships.yaml", "name: offset", "name: skip");
    let outcome = project.codegen(&[]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let verdict = outcome.stdout.split("took").nth(1).expect("the verdict comes last");
    assert!(verdict.contains("\nsince 0.1.0: "), "{verdict}");
    assert!(verdict.contains("breaking") && verdict.contains("→ 0.2.0 (sdk.yaml says 0.1.0)"), "{verdict}");
    let line = "breaking   GET /users/{}/memberships: `memberships().get_user_memberships` no longer takes `offset`  \
                spec/memberships.yaml:39:5\n";
    assert!(verdict.contains(line), "{verdict}");
    assert!(verdict.ends_with("`cargo xtask diff` lists all 2 changes\n"), "{verdict}");
    let outcome = project.codegen(&["--message-format", "json"]);
    let [_, verdict] = outcome.objects().try_into().expect("a summary and a verdict");
    assert_eq!((&verdict["kind"], &verdict["requires"]), (&"verdict".into(), &"0.2.0".into()));
    let change = &verdict["changes"][0];
    assert_eq!(
        (&change["weight"], &change["at"]),
        (&"breaking".into(), &"GET /users/{}/memberships query:offset".into())
    );
    assert_eq!((&change["file"], &change["line"]), (&"spec/memberships.yaml".into(), &39.into()));
    project.replace("out/api.lock", "client BoxClient", "klient BoxClient");
    let damaged = project.codegen(&[]);
    assert_eq!(damaged.code, Some(1));
    assert!(damaged.stderr.contains("out/api.lock:7: unknown item `klient`"), "{}", damaged.stderr);
    assert_eq!(project.codegen(&["--no-lock"]).code, Some(0));
}

#[test]
fn invalid_usage_is_an_error_with_a_hint() {
    let project = Project::new("usage");
    for arguments in [
        &[][..],
        &["bake"],
        &["codegen", "--nothing"],
        &["codegen", "--diff"],
        &["codegen", "--spec", "a.yaml", "--out", "x"],
        &["codegen", "--spec", "a.yaml", "--name", "x"],
        &["codegen", "--spec", "a.yaml", "--config", "b.yaml", "--name", "x"],
        &["codegen", "--message-format", "xml"],
        &["ir", "--type", "A", "--operation", "b"],
        &["tidy", "up"],
    ] {
        let outcome = project.run(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?}");
        assert!(
            outcome.stderr.starts_with("error: ") && outcome.stderr.contains("--help"),
            "{}",
            outcome.stderr
        );
    }
    assert_eq!(project.run(&["--help"]).code, Some(0));
    assert_eq!(project.run(&["codegen", "--config", "missing.yaml"]).code, Some(1));
}

#[test]
fn a_document_needs_no_configuration() {
    let project = Project::new("alone");
    let arguments = ["codegen", "--spec", "spec/memberships.yaml", "--name", "my-sdk", "--out", "mine"];
    let outcome = project.run(&arguments);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let manifest = project.read("mine/Cargo.toml");
    assert!(manifest.contains("name = \"my-sdk\"") && manifest.ends_with("[workspace]\n"), "{manifest}");
}

#[test]
fn an_invalid_package_name_is_refused() {
    let project = Project::new("names");
    for name in ["", "1sdk", "My SDK", "../mine", "fn", "test", "std", "sdk-runtime", "tokio", "serde"] {
        let outcome =
            project.run(&["codegen", "--spec", "spec/memberships.yaml", "--name", name, "--out", "mine"]);
        assert_eq!(outcome.code, Some(2), "{name}");
        assert!(outcome.stderr.starts_with(&format!("error: `--name`: `{name}` is ")), "{}", outcome.stderr);
        assert!(!project.0.join("mine").exists());
    }
}

#[test]
fn files_in_the_output_folder_are_kept() {
    let project = Project::new("folder");
    let run = |out: &str| {
        project.run(&["codegen", "--spec", "spec/memberships.yaml", "--name", "my-sdk", "--out", out])
    };
    fs::create_dir_all(project.0.join("some folder/src")).expect("the folder is writable");
    fs::write(project.0.join("some folder/notes.txt"), "mine").expect("the folder is writable");
    assert_eq!(run("some folder").code, Some(0));
    assert_eq!(project.read("some folder/notes.txt"), "mine");

    fs::create_dir_all(project.0.join("taken")).expect("the folder is writable");
    fs::write(project.0.join("taken/Cargo.toml"), "[package]\n").expect("the folder is writable");
    let refused = run("taken");
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("`taken/Cargo.toml` was not written by the generator"),
        "{}",
        refused.stderr
    );
    assert_eq!(fs::read_dir(project.0.join("taken")).expect("the folder is there").count(), 1);

    fs::write(project.0.join("file"), "").expect("the folder is writable");
    for out in ["file", "file/below"] {
        let refused = run(out);
        assert_eq!(refused.code, Some(1), "{out}");
        assert!(refused.stderr.starts_with("error: cannot "), "{}", refused.stderr);
    }
}

#[test]
fn a_package_outside_of_a_workspace_is_a_workspace_root() {
    let project = Project::new("roots");
    let workspace = "[workspace]\nmembers = [\"crates/*\"] # and \"others/*\"\n";
    fs::write(project.0.join("Cargo.toml"), workspace).expect("the folder is writable");
    let is_root = |out: &str| {
        let arguments = ["codegen", "--spec", "spec/memberships.yaml", "--name", "my-sdk", "--out", out];
        assert_eq!(project.run(&arguments).code, Some(0));
        project.read(&format!("{out}/Cargo.toml")).ends_with("\n[workspace]\n")
    };
    assert!(!is_root("crates/mine"));
    assert!(is_root("crates/mine/deeper"));
    assert!(is_root("others/mine"));
}

#[test]
fn the_runtime_can_be_chosen() {
    let project = Project::new("runtime");
    let manifest = |arguments: &[&str]| {
        let outcome = project.codegen(&[arguments, &["--force"]].concat());
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        project.read("out/Cargo.toml")
    };
    fs::create_dir_all(project.0.join("my runtime")).expect("the folder is writable");
    fs::write(project.0.join("my runtime/Cargo.toml"), "[package]\nname = \"sdk-runtime\"\n")
        .expect("the folder is writable");
    let relative = manifest(&["--runtime", "my runtime"]);
    assert!(relative.contains("path = \"../my runtime\""), "{relative}");
    let absolute = project.0.join("my runtime").canonicalize().expect("the folder is there");
    let absolute = absolute.to_str().expect("the path is UTF-8");
    assert!(manifest(&["--runtime", absolute]).contains(&format!("path = \"{absolute}\"")));
    for (path, message) in [("nowhere", "there is no package in nowhere"), (".", "there is no package in .")]
    {
        let outcome = project.codegen(&["--runtime", path]);
        assert_eq!(outcome.code, Some(1));
        assert!(outcome.stderr.contains(message), "{}", outcome.stderr);
    }
    let outcome = project.codegen(&["--runtime", "out"]);
    assert!(outcome.stderr.contains("out holds the package `box-sdk`"), "{}", outcome.stderr);
}

#[test]
fn a_report_lists_what_is_left_out() {
    let project = Project::new("report");
    let before = project.codegen(&["--report", "before.json"]);
    assert!(before.stdout.contains("report   spec/memberships.yaml: "), "{}", before.stdout);
    assert!(before.stdout.contains("(100.0 %), 0 approximated, 0 left out"), "{}", before.stdout);
    let responses = "      responses:\n";
    let interim = format!("{responses}        '102': {{ description: Under way }}\n");
    project.replace("spec/memberships.yaml", responses, &interim);
    project.codegen(&["--report", "after.json"]);
    let report =
        |path: &str| -> Value { serde_json::from_str(&project.read(path)).expect("the report is JSON") };
    let (before, after) = (&report("before.json")["documents"][0], &report("after.json")["documents"][0]);
    assert_eq!(before["entries"], serde_json::json!([]));
    assert_eq!(before["document"], "spec/memberships.yaml");
    assert_eq!(after["faithful"], before["faithful"]);
    assert_eq!(after["left_out"], 1);
    assert_eq!(after["entries"][0]["became"], "left_out");
    assert_eq!(after["entries"][0]["code"], "unsupported");
}

#[test]
fn the_model_is_printed() {
    let project = Project::new("model");
    let outcome = project.run(&["ir", "--config", "spec/sdk.yaml", "--operation", "post_group_memberships"]);
    assert!(outcome.stdout.starts_with("operation create_group_membership"), "{}", outcome.stdout);
    let outcome = project.run(&["ir", "--spec", "spec/memberships.yaml", "--type", "UserMini"]);
    assert!(outcome.stdout.starts_with("type UserMini"), "{}", outcome.stdout);
    assert_eq!(project.run(&["ir", "--config", "spec/sdk.yaml", "--type", "Nothing"]).code, Some(1));
}
