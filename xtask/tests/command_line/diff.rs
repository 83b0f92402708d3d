//! Tests `diff`: the inputs that it tells apart, and its three layouts.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::project::Project;

const DOCUMENT: &str = "spec/memberships.yaml";

/// Creates a project with a second document, in which one optional argument has another name.
fn two_documents(name: &str) -> Project {
    let project = Project::new(name);
    fs::copy(project.0.join(DOCUMENT), project.0.join("old.yaml")).expect("the file can be copied");
    project.replace(DOCUMENT, "name: offset", "name: skip");
    project
}

const TEXT: &str = "\
since 0.1.0: 1 breaking, 1 new → 0.2.0

Breaking
  GET /users/{}/memberships: `group_memberships().get_users_id_memberships` no longer takes `offset`  spec/memberships.yaml:39:5

Added
  GET /users/{}/memberships: `group_memberships().get_users_id_memberships` takes `skip`  spec/memberships.yaml:66:11
";

#[test]
fn documents_are_compared() {
    let project = two_documents("diff-documents");
    let outcome = project.succeed(&["diff", "old.yaml", DOCUMENT]);
    assert_eq!(outcome.stdout, TEXT);
    let same = project.succeed(&["diff", DOCUMENT, DOCUMENT]);
    assert_eq!(same.stdout, "since 0.1.0: no changes\n");
}

#[test]
fn inputs_are_told_apart_by_their_content() {
    let project = two_documents("diff-kinds");
    let listing = |document: &str, to: &str| {
        project.succeed(&["codegen", "--spec", document, "--name", "sdk", "--out", to]);
        fs::rename(project.0.join(to).join("api.txt"), project.0.join(format!("{to}.yaml")))
            .expect("it can be moved");
    };
    listing("old.yaml", "one");
    listing(DOCUMENT, "two");
    for (old, new) in [("one.yaml", DOCUMENT), ("old.yaml", "two.yaml"), ("one.yaml", "two.yaml")] {
        let outcome = project.succeed(&["diff", old, new]);
        assert!(outcome.stdout.starts_with("since 0.1.0: 1 breaking, 1 new → 0.2.0\n"), "{}", outcome.stdout);
    }
    let config = |document: &str, to: &str| {
        let text = format!("documents: [{document}]\npackage: {{ name: sdk, version: 1.2.3 }}\n");
        project.write(to, &text);
    };
    config("old.yaml", "three.txt");
    config(DOCUMENT, "four.txt");
    for (old, new) in [("three.txt", "four.txt"), ("three.txt", DOCUMENT), ("three.txt", "two.yaml")] {
        let outcome = project.succeed(&["diff", old, new]);
        assert!(outcome.stdout.starts_with("since 1.2.3: 1 breaking, 1 new → 2.0.0\n"), "{}", outcome.stdout);
    }
}

#[test]
fn the_release_is_compared_with_today() {
    let project = Project::new("diff-release");
    let diff = |arguments: &[&str]| project.configured("diff", arguments);
    project.codegen(&[]);
    assert_eq!(diff(&[]).stdout, "nothing has been released yet: there is no `api.lock`\n");
    let objects = diff(&["--format", "json"]).objects();
    assert_eq!(objects, [json!({ "kind": "verdict", "since": null, "changes": [] })]);
    assert_eq!(project.configured("release", &[]).code, Some(0));
    assert_eq!(diff(&[]).stdout, "since 0.1.0: no changes\n");
    project.replace(DOCUMENT, "name: offset", "name: skip");
    let outcome = diff(&[]);
    assert!(
        outcome
            .stdout
            .contains("\n  GET /users/{}/memberships: `memberships().get_user_memberships` takes `skip`  ")
    );
    assert_eq!(project.codegen(&["--check"]).code, Some(1), "`diff` writes nothing");
}

#[test]
fn a_removed_operation_has_the_place_of_its_path() {
    let project = Project::with_document("diff-removed");
    project.succeed(&["slice", "memberships.yaml", "--out", "old.yaml"]);
    project.succeed(&[
        "slice",
        "memberships.yaml",
        "--exclude",
        "operations=put_group_memberships_id",
        "--out",
        "new.yaml",
    ]);
    let outcome = project.succeed(&["diff", "old.yaml", "new.yaml"]);
    let new = project.read("new.yaml");
    let line = new.lines().position(|line| line.starts_with("  /group_memberships/{group_membership_id}:"));
    let place = format!("is gone  new.yaml:{}:3\n", line.expect("the path is there") + 1);
    assert!(outcome.stdout.contains(&place), "{place}: {}", outcome.stdout);
}

#[test]
fn a_change_by_an_overlay_has_its_place_there() {
    let project = Project::new("diff-overlay");
    project.codegen(&[]);
    project.configured("release", &[]);
    project.write(
        "spec/fixes.overlay.yaml",
        "overlay: 1.0.0\ninfo: { title: Fixes, version: 1.0.0 }\nactions:\n\
         - target: $.paths['/users/{user_id}/memberships'].get.parameters\n  \
         update:\n    name: sort\n    in: query\n    schema: { type: string }\n",
    );
    let overlaid = "  - { path: memberships.yaml, overlays: [fixes.overlay.yaml] }\n";
    project.replace("spec/sdk.yaml", "  - memberships.yaml\n", overlaid);
    let outcome = project.configured("diff", &[]);
    let line = "`memberships().get_user_memberships` takes `sort`  spec/fixes.overlay.yaml:5:3\n";
    assert!(outcome.stdout.ends_with(line), "{}", outcome.stdout);
}

#[test]
fn a_silent_change_is_shown() {
    let project = Project::new("diff-silent");
    let document = |first: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{ title: A, version: '1' }}\npaths:\n  /calls:\n    post:\n      tags: [a]\n      \
             operationId: call\n      parameters:\n        - {{ name: {first}, in: query, required: true, schema: {{ type: string }} }}\n      \
             responses: {{ '204': {{ description: Done. }} }}\n"
        )
    };
    project.write("old.yaml", &document("from"));
    project.write("new.yaml", &document("caller"));
    let outcome = project.succeed(&["diff", "old.yaml", "new.yaml"]);
    let line = "  POST /calls: `a().call(from)` is now `a().call(caller)`: the same types, other meanings (must be accepted)  new.yaml:9:11\n";
    assert!(outcome.stdout.contains(line), "{}", outcome.stdout);
    assert!(outcome.stdout.ends_with("compiles, and means something else.\n"), "{}", outcome.stdout);
    assert_eq!(project.run(&["diff", "old.yaml", "new.yaml", "--fail-on", "breaking"]).code, Some(1));
    let json = project.succeed(&["diff", "old.yaml", "new.yaml", "--format", "json"]);
    let change = &json.objects()[0]["changes"][0];
    let entry = "accept: [{ at: 'POST /calls', change: '`a().call(from)` is now `a().call(caller)`: the same types, other \
                 meanings', reason: … }]";
    assert_eq!(change["help"], format!("to accept it: {entry}"), "{change}");
    let item = entry.replace("accept: [", "").replace(']', "");
    let entry = format!("`sdk.yaml`:\n    accept:\n      - {item}\n");
    assert!(outcome.stdout.contains(&entry), "{}", outcome.stdout);
    let markdown = project.succeed(&["diff", "old.yaml", "new.yaml", "--format", "markdown"]);
    let entry = format!("</summary>\n\n```yaml\naccept:\n  - {item}\n```\n\n</details>\n");
    assert!(markdown.stdout.contains(&entry), "{}", markdown.stdout);
}

#[test]
fn a_comment_folds_long_lists() {
    let project = two_documents("diff-markdown");
    let outcome = project.succeed(&["diff", "old.yaml", DOCUMENT, "--format", "markdown"]);
    let start = "### Changes for users since 0.1.0: 1 breaking, 1 new → 0.2.0\n\n**Breaking**\n\n- `GET /users/{}/memberships`: \
                 `group_memberships().get_users_id_memberships` no longer takes `offset` (`spec/memberships.yaml:39:5`)\n\n**Added**\n\n- ";
    assert!(outcome.stdout.starts_with(start), "{}", outcome.stdout);
    let headers: String = (0..12)
        .map(|number| format!("        - {{ name: n{number}, in: query, schema: {{ type: string }} }}\n"))
        .collect();
    project.replace(DOCUMENT, "        - name: limit\n", &format!("{headers}        - name: limit\n"));
    let outcome = project.succeed(&["diff", "old.yaml", DOCUMENT, "--format", "markdown"]);
    let folded = "\n<details><summary><b>Added</b> (13)</summary>\n\n- `GET ";
    assert!(
        outcome.stdout.contains(folded) && outcome.stdout.ends_with("\n\n</details>\n"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn names_are_inert_in_a_comment() {
    let project = Project::new("diff-inert");
    let document = |value: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{ title: A, version: '1' }}\npaths:\n  /a:\n    get:\n      tags: [a]\n      \
             operationId: a\n      responses:\n        '200':\n          description: A.\n          content:\n            \
             application/json: {{ schema: {{ title: Thing, type: string, enum: ['{value}'] }} }}\n"
        )
    };
    for (value, name) in [("a b", "old"), ("a`<@>`b", "new")] {
        project.write(&format!("{name}.yaml"), &document(value));
        let file = format!("{name}.yaml");
        project.succeed(&["codegen", "--spec", &file, "--name", "sdk", "--out", name]);
    }
    let outcome = project.succeed(&["diff", "old/api.txt", "new/api.txt", "--format", "markdown"]);
    let (_, list) = outcome.stdout.split_once("**\n\n").expect("there is a list");
    assert!(list.starts_with("- `AResponse::AB` means `a`&lt;&#64;>`b`"), "{list}");
    let (sentence, help) = list.split_once('\n').expect("the entry that accepts the change follows");
    let outside: String = sentence.split('`').step_by(2).collect();
    assert!(!outside.contains('<') && !outside.contains('@'), "{list}");
    assert!(help.contains("\n```yaml\naccept:\n  - {") && help.contains("\n```\n\n</details>\n"), "{help}");
}

#[test]
fn changes_are_json() {
    let project = two_documents("diff-json");
    for option in ["--format", "--message-format"] {
        let outcome = project.succeed(&["diff", "old.yaml", DOCUMENT, option, "json"]);
        let [verdict] = outcome.objects().try_into().expect("one object");
        let change = json!({
            "weight": "breaking",
            "cause": "description",
            "help": null,
            "at": "GET /users/{}/memberships query:offset",
            "text": "`group_memberships().get_users_id_memberships` no longer takes `offset`",
            "file": DOCUMENT,
            "line": 39,
            "column": 5,
        });
        assert_eq!(verdict["changes"][0], change);
        for (key, value) in
            [("kind", "verdict"), ("since", "0.1.0"), ("requires", "0.2.0"), ("version", "0.1.0")]
        {
            assert_eq!(verdict[key], value);
        }
    }
    project.replace(DOCUMENT, "openapi: ", "openapi: 4.");
    let outcome = project.run(&["diff", "old.yaml", DOCUMENT, "--format", "json"]);
    assert_eq!((outcome.code, &outcome.objects()[0]["kind"]), (Some(1), &"finding".into()));
}

#[test]
fn changes_can_fail_the_command() {
    let project = two_documents("diff-fail");
    for (old, new, breaking, any) in
        [("old.yaml", DOCUMENT, 1, 1), ("old.yaml", "added.yaml", 0, 1), ("old.yaml", "old.yaml", 0, 0)]
    {
        let limit = "        - name: limit\n";
        let added = format!("        - {{ name: sort, in: query, schema: {{ type: string }} }}\n{limit}");
        project.write("added.yaml", &project.read("old.yaml").replacen(limit, &added, 1));
        assert_eq!(project.run(&["diff", old, new, "--fail-on", "breaking"]).code, Some(breaking), "{new}");
        assert_eq!(project.run(&["diff", old, new, "--fail-on", "new"]).code, Some(any), "{new}");
    }
}

#[test]
fn a_reader_may_stop_before_the_end() {
    let project = two_documents("diff-pipe");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["diff", "old.yaml", DOCUMENT]).current_dir(&project.0);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn usage_of_diff_is_explained() {
    let project = Project::new("diff-usage");
    project.codegen(&[]);
    for arguments in [
        &["diff", "a.yaml"][..],
        &["diff", "a.yaml", "b.yaml", "c.yaml"],
        &["diff", "a.yaml", "b.yaml", "--config", "spec/sdk.yaml"],
        &["diff", "a.yaml", "b.yaml", "--out", "out"],
        &["diff", "out/api.txt", "out/api.txt", "--previous", DOCUMENT],
        &["diff", "--format", "html"],
        &["diff", "--fail-on", "sight"],
    ] {
        let outcome = project.run(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?}");
        assert!(outcome.stderr.starts_with("error: ") && outcome.stderr.contains("--help"), "{outcome:?}");
    }
    assert_eq!(project.run(&["diff", "--help"]).code, Some(0));
    let missing = project.run(&["diff", "a.yaml", DOCUMENT]);
    assert_eq!(missing.code, Some(1));
    assert!(missing.stderr.contains("cannot read `a.yaml`"), "{}", missing.stderr);
    project.write("bad.txt", "format 1\nklient A\n");
    let damaged = project.run(&["diff", "bad.txt", DOCUMENT]);
    assert!(damaged.stderr.contains("bad.txt:2: unknown item `klient`"), "{}", damaged.stderr);
}
