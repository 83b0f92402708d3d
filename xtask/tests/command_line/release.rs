//! Tests `release`: refusals, and the files that a release changes.

use serde_json::json;

use crate::project::{Outcome, Project};

pub(crate) const DOCUMENT: &str = "spec/memberships.yaml";
pub(crate) const CONFIG: &str = "spec/sdk.yaml";

/// Generates the package and makes its first release.
pub(crate) fn released(name: &str) -> Project {
    let project = Project::new(name);
    assert_eq!(project.codegen(&[]).code, Some(0));
    let outcome = release(&project, &["--date", "2025-01-31"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    project
}

pub(crate) fn release(project: &Project, arguments: &[&str]) -> Outcome {
    project.configured("release", arguments)
}

/// Checks that a release is refused with these messages, and changes nothing.
#[track_caller]
pub(crate) fn assert_refused(project: &Project, arguments: &[&str], message: &str, help: &str) {
    let before = project.files(".");
    let outcome = release(project, arguments);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(outcome.stderr.contains(message) && outcome.stderr.contains(help), "{}", outcome.stderr);
    assert!(project.files(".") == before, "a refused release writes nothing");
    let json = release(project, &[arguments, &["--message-format", "json"]].concat());
    assert!(json.objects().iter().all(|object| object["kind"] == "refused" || object["kind"] == "finding"));
}

/// Adds an optional argument, which is a patch below 1.0.
pub(crate) fn add_argument(project: &Project) {
    let limit = "        - name: limit\n";
    let added = format!("        - {{ name: sort, in: query, schema: {{ type: string }} }}\n{limit}");
    project.replace(DOCUMENT, limit, &added);
    assert_eq!(project.codegen(&[]).code, Some(0));
}

/// Renames an optional argument, which is a minor step below 1.0.
pub(crate) fn rename_argument(project: &Project) {
    project.replace(DOCUMENT, "name: offset", "name: skip");
    assert_eq!(project.codegen(&[]).code, Some(0));
}

#[test]
fn a_first_release_needs_no_lock() {
    let project = Project::new("release-first");
    project.codegen(&[]);
    assert_refused(
        &project,
        &["--bump", "minor"],
        "there is no release yet; nothing was released",
        "leave `--bump` out to release 0.1.0",
    );
    let config = project.read(CONFIG);
    let outcome = release(&project, &["--date", "2025-01-31"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(outcome.stdout.contains("wrote    out/api.lock\nreleased 0.1.0, the first release\n"));
    assert_eq!(project.read("out/api.lock"), project.read("out/api.txt"));
    assert!(project.read("out/CHANGELOG.md").ends_with("\n\n## 0.1.0 - 2025-01-31\n\nThe first release.\n"));
    assert_eq!(project.read(CONFIG), config);
    assert_eq!(project.codegen(&["--check"]).code, Some(0));
}

#[test]
fn a_second_run_releases_nothing() {
    let project = released("release-twice");
    let before = project.files(".");
    for bump in [&[][..], &["--bump", "major"]] {
        let outcome = release(&project, bump);
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        assert!(outcome.stdout.starts_with("nothing to release: "), "{}", outcome.stdout);
        assert!(project.files(".") == before);
    }
    let json = release(&project, &["--message-format", "json"]);
    let nothing =
        json!({ "kind": "release", "version": null, "since": "0.1.0", "written": [], "settled": [] });
    assert_eq!(json.objects(), [nothing]);
}

#[test]
fn a_release_takes_the_version_that_its_changes_require() {
    let project = released("release-changes");
    project.replace("out/CHANGELOG.md", "The first release.", "Hello!");
    let config = project.read(CONFIG);
    add_argument(&project);
    let outcome = release(&project, &["--date", "2025-02-01"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(outcome.stdout.contains("\nreleased 0.1.1 after 0.1.0: 1 new\n"), "{}", outcome.stdout);
    assert_eq!(project.read(CONFIG), config.replace("version: 0.1.0", "version: 0.1.1"));
    assert!(project.read("out/Cargo.toml").contains("\nversion = \"0.1.1\"\n"));
    let sections = "\n## 0.1.1 - 2025-02-01\n\n### Added\n\n\
                    - `GET /users/{}/memberships`: `memberships().get_user_memberships` takes `sort`\n\n\
                    ## 0.1.0 - 2025-01-31\n\nHello!\n";
    assert!(project.read("out/CHANGELOG.md").ends_with(sections), "{}", project.read("out/CHANGELOG.md"));
    assert_eq!(project.read("out/api.lock"), project.read("out/api.txt"));
    assert!(project.read("out/api.lock").contains("\npackage box-sdk 0.1.1\n"));
    assert_eq!(project.codegen(&["--check"]).code, Some(0));

    rename_argument(&project);
    let outcome = release(&project, &["--message-format", "json"]);
    let [report] = outcome.objects().try_into().expect("one object");
    assert_eq!((&report["kind"], &report["version"]), (&"release".into(), &"0.2.0".into()));
    assert_eq!((&report["since"], &report["written"][0]), (&"0.1.1".into(), &CONFIG.into()));
}

#[test]
fn a_version_can_be_chosen() {
    let project = released("release-chosen");
    rename_argument(&project);
    assert_eq!(release(&project, &["--bump", "major"]).code, Some(0));
    assert!(project.read(CONFIG).contains("version: 1.0.0\n"));
    project.replace(CONFIG, "version: 1.0.0", "version: 1.5.0-rc.1");
    project.codegen(&[]);
    let outcome = release(&project, &[]);
    assert!(outcome.stdout.contains("released 1.5.0-rc.1 after 1.0.0: no changes\n"), "{outcome:?}");
    assert!(project.read("out/CHANGELOG.md").contains("\nNothing that code can name has changed.\n"));
}

#[test]
fn a_version_that_is_too_low_is_refused() {
    let project = released("release-low");
    rename_argument(&project);
    assert_refused(
        &project,
        &["--bump", "patch"],
        "`--bump patch` gives 0.1.1, but the changes since 0.1.0 require 0.2.0",
        "use `--bump minor`",
    );
    project.replace(CONFIG, "version: 0.1.0", "version: 0.1.5");
    project.codegen(&[]);
    assert_refused(
        &project,
        &[],
        "sdk.yaml says 0.1.5, but the changes since 0.1.0 require 0.2.0",
        "run `cargo xtask codegen`, or use `--bump minor`",
    );
    assert_eq!(release(&project, &["--bump", "minor"]).code, Some(0));
    project.replace(CONFIG, "version: 0.2.0", "version: 2.0.0");
    project.codegen(&[]);
    assert_refused(
        &project,
        &["--bump", "minor"],
        "`--bump minor` gives 0.3.0, but sdk.yaml says 2.0.0 already",
        "leave `--bump` out",
    );
    project.replace(CONFIG, "version: 2.0.0", "version: 0.1.9");
    project.codegen(&[]);
    assert_refused(&project, &[], "sdk.yaml says 0.1.9, which is below the released 0.2.0", "to 0.2.0");
}

#[test]
fn a_dirty_state_is_refused() {
    let project = released("release-dirty");
    project.replace(DOCUMENT, "name: offset", "name: skip");
    assert_refused(
        &project,
        &[],
        "the package is out of date: `api.txt`, `docs/memberships.md`, `src/managers/memberships.rs`",
        "run `cargo xtask codegen`",
    );
    project.codegen(&[]);
    project.replace("out/src/lib.rs", "mod client;", "mod client; // mine");
    assert_refused(&project, &[], "the package is out of date: `src/lib.rs`", "run `cargo xtask codegen`");
    project.replace(DOCUMENT, "tags:\n  - name", "tags: [\n  - name");
    assert_refused(&project, &[], "1 error; nothing was released", "error[syntax]");
    project.replace("out/api.lock", "client BoxClient", "klient BoxClient");
    let damaged = release(&project, &[]);
    assert!(damaged.stderr.contains("api.lock:7: unknown item `klient`"), "{damaged:?}");
}

/// An API whose two arguments have the same type.
fn calls(first: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Calls, version: '1' }}\npaths:\n  /calls:\n    post:\n      operationId: call\n      \
         tags: [calls]\n      parameters:\n        - {{ name: {first}, in: query, required: true, schema: {{ type: string }} }}\n        \
         - {{ name: to, in: query, required: true, schema: {{ type: string }} }}\n      \
         responses: {{ '204': {{ description: Done. }} }}\n"
    )
}

#[test]
fn accepted_changes_are_settled_by_a_release() {
    let project = Project::new("release-accept");
    let config = "documents: [calls.yaml]\npackage: { name: calls, version: 1.0.0 } # ours\n";
    project.write(CONFIG, config);
    project.write("spec/calls.yaml", &calls("from"));
    project.codegen(&[]);
    assert_eq!(release(&project, &[]).code, Some(0));
    project.write("spec/calls.yaml", &calls("caller"));
    assert_refused(
        &project,
        &[],
        "error[silent-change]",
        "{ at: 'POST /calls', change: '`calls().call(from, to)` is now `calls().call(to, caller)`: the same types, other \
         meanings', reason: … }",
    );
    let entry = "# Until the release.\naccept:\n  - at: POST /calls # the call\n    change: '`calls().call(from, to)` is now \
         `calls().call(to, caller)`: the same types, other meanings'\n    reason: the API renamed it\n";
    project.write(CONFIG, &format!("{config}{entry}"));
    assert_eq!(project.codegen(&[]).code, Some(0));
    // The entry does not cover a later change of the same call.
    project.write("spec/calls.yaml", &calls("number"));
    let other = project.codegen(&[]);
    assert!(other.stderr.contains("error[silent-change]"), "{other:?}");
    assert!(
        other.stderr.contains("no silent change matches this `accept` entry for `POST /calls`"),
        "{other:?}"
    );
    assert!(other.stderr.contains("replace it by that of the change"), "{other:?}");
    project.write("spec/calls.yaml", &calls("caller"));
    // A configuration with entries for the released package has other packages, too.
    let first = project.run(&["codegen", "--config", CONFIG, "--out", "first"]);
    assert_eq!(first.code, Some(0), "{first:?}");
    let without = project.run(&["codegen", "--config", CONFIG, "--out", "out", "--no-lock", "--check"]);
    assert!(!without.stderr.contains("unused-config"), "{without:?}");
    let outcome = release(&project, &[]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(outcome.stdout.contains("emptied  `accept`"), "{}", outcome.stdout);
    let expected = format!("{}# Until the release.\naccept: []\n", config.replace("1.0.0", "2.0.0"));
    assert_eq!(project.read(CONFIG), expected);
    assert_eq!(project.codegen(&["--check"]).code, Some(0));
}

#[test]
fn a_shape_that_was_kept_can_be_given_up() {
    let project = released("release-tighten");
    let id = "      properties:\n        id:\n          description: Identifies the membership.";
    project.replace(DOCUMENT, id, &format!("      required: [id]\n{id}"));
    assert!(project.codegen(&[]).stdout.contains("\nkept       `GroupMembership.id` is still an `Option`"));
    let config = project.read(CONFIG);
    project.write(CONFIG, &format!("{config}tighten: [GroupMembership.id]\n"));
    assert_eq!(project.codegen(&[]).code, Some(0));
    let outcome = release(&project, &[]);
    assert!(outcome.stdout.contains("\nemptied  `tighten`, "), "{outcome:?}");
    let expected = format!("{}tighten: []\n", config.replace("version: 0.1.0", "version: 0.2.0"));
    assert_eq!(project.read(CONFIG), expected);
    assert_eq!(project.codegen(&["--check"]).code, Some(0));
}

#[test]
fn the_configuration_that_states_the_version_is_edited() {
    let project = released("release-extends");
    project.write("spec/mine.yaml", "extends: sdk.yaml # the rest\nclient: BoxClient\n");
    rename_argument(&project);
    let outcome = project.run(&["release", "--config", "spec/mine.yaml", "--out", "out"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(project.read(CONFIG).contains("\n  version: 0.2.0\n"));
    assert_eq!(project.read("spec/mine.yaml"), "extends: sdk.yaml # the rest\nclient: BoxClient\n");
    assert_eq!(project.codegen(&["--check"]).code, Some(0));
}

#[test]
fn a_section_that_people_wrote_gets_the_changes() {
    let project = released("release-section");
    let changelog = "# Changes\n\n## [Unreleased]\n\n- Soon.\n\n## [0.2.0] - 2025-03-01\n\n- Better.\n";
    project.write("out/CHANGELOG.md", changelog);
    rename_argument(&project);
    assert_eq!(release(&project, &[]).code, Some(0));
    let expected = format!(
        "{changelog}\n### Breaking\n\n- `GET /users/{{}}/memberships`: `memberships().get_user_memberships` no longer takes \
         `offset`\n"
    );
    let written = project.read("out/CHANGELOG.md");
    assert!(written.starts_with(&expected) && written.contains("takes `skip`\n"), "{written}");
}

#[test]
fn the_example_of_the_readme_is_as_it_says() {
    const README: &str = include_str!("../../../README.md");
    #[track_caller]
    fn assert_in_readme(text: &str) {
        assert!(
            README.contains(&format!("```text\n{}\n```\n", text.trim())),
            "the README does not show:\n{text}"
        );
    }
    let project = Project::new("release-readme");
    let run = |command: &str, arguments: &[&str]| {
        project.run(&[&[command, "--config", CONFIG, "--out", "generated-sdk"], arguments].concat())
    };
    assert_eq!(run("codegen", &[]).code, Some(0));
    assert_eq!(run("release", &[]).code, Some(0));
    let sort = "        - name: sort\n          in: query\n          description: The order of the memberships.\n          \
                schema: { type: string, enum: [name, joined] }\n";
    project.replace(DOCUMENT, "        - name: limit\n", &format!("{sort}        - name: limit\n"));
    let text = project.read(DOCUMENT);
    let (before, after) = text.split_once("            total_count:").expect("pages have a total");
    let (_, after) = after.split_once("            limit:").expect("pages have a limit");
    project.write(DOCUMENT, &format!("{before}            limit:{after}"));
    let id = "      properties:\n        id:\n          description: Identifies the membership.";
    project.replace(DOCUMENT, id, &format!("      required: [id]\n{id}"));
    project.replace(DOCUMENT, "        modified_at:", "        modifiedAt:");

    let refused = run("codegen", &[]);
    assert_in_readme(refused.stderr.split("\n\nerror: 1 error").next().unwrap_or_default());
    let accept = "accept:\n  - at: GroupMembership.modified_at\n    change: '`GroupMembership.modified_at` means `modifiedAt` \
                  instead of `modified_at`'\n    reason: the API renamed the member\n";
    assert!(README.contains(accept));
    project.write(CONFIG, &format!("{}\n{accept}", project.read(CONFIG)));
    let generated = run("codegen", &[]);
    let (_, verdict) = generated.stdout.split_once("\nsince ").expect("the verdict comes last");
    assert_in_readme(&format!("since {verdict}"));
    assert_in_readme(&run("release", &["--date", "2025-07-31"]).stdout);
    let changelog = project.read("generated-sdk/CHANGELOG.md");
    let (_, section) = changelog.split_once("\n## 0.2.0").expect("there is a new section");
    let section = section.split("\n\n## ").next().unwrap_or_default();
    assert!(README.contains(&format!("```markdown\n## 0.2.0{section}\n```\n")), "{section}");

    // What is as it was for users is not in the changelog.
    project.replace(DOCUMENT, "name: sort", "name: order");
    assert_eq!(run("codegen", &[]).code, Some(0));
    assert!(run("release", &[]).stdout.contains("released 0.3.0 after 0.2.0: "));
    let changelog = project.read("generated-sdk/CHANGELOG.md");
    assert!(!changelog.contains("`GroupMembership.id`"), "{changelog}");
}

#[test]
fn usage_of_release_is_explained() {
    let project = Project::new("release-usage");
    for arguments in [
        &["release", "--bump", "huge"][..],
        &["release", "--date", "tomorrow"],
        &["release", "--date", "2025-02-30"],
        &["release", "--spec", "spec/memberships.yaml"],
        &["release", "now"],
    ] {
        let outcome = project.run(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?}");
        assert!(outcome.stderr.starts_with("error: ") && outcome.stderr.contains("--help"), "{outcome:?}");
    }
    assert_eq!(project.run(&["release", "--help"]).code, Some(0));
}

#[test]
fn the_previous_description_tells_what_the_generator_changes() {
    let project = released("previous");
    project.write("old.yaml", &project.read(DOCUMENT));
    // Another version of the generator had no setter for the offset. The configuration names a new operation.
    project.replace("out/api.lock", "generator ", "generator 0.0.1-");
    project.replace("out/api.lock", "  query:offset: i64\n", "");
    project.replace(DOCUMENT, "name: limit", "name: most");
    project.replace(
        DOCUMENT,
        "paths:\n",
        "paths:\n  /pings:\n    get: { operationId: get_pings, responses: { '204': { description: Fine. } } }\n",
    );
    let config = project.read(CONFIG);
    project.write(CONFIG, &format!("{config}\nnames: {{ operations: {{ get_pings: ping }} }}\n"));
    let causes = |arguments: &[&str]| {
        let outcome = project.codegen(&[arguments, &["--message-format", "json"]].concat());
        let objects = outcome.objects();
        let verdict = objects.iter().find(|object| object["kind"] == "verdict");
        let verdict = verdict.unwrap_or_else(|| panic!("{outcome:?}"));
        let changes = verdict["changes"].as_array().expect("a list").clone();
        changes
            .into_iter()
            .map(|change| (change["at"].to_string(), change["cause"].clone()))
            .collect::<Vec<_>>()
    };
    assert!(causes(&[]).iter().all(|(_, cause)| cause.is_null()));
    for outcome in [
        project.configured("diff", &["--previous", "old.yaml"]),
        project.run(&["diff", "out/api.lock", CONFIG, "--previous", "old.yaml"]),
    ] {
        assert!(outcome.stdout.contains("takes `offset` (by the generator)  "), "{outcome:?}");
        assert_eq!(outcome.stdout.matches("(by the generator)").count(), 1, "{outcome:?}");
    }
    let causes = causes(&["--previous", "old.yaml"]);
    for (at, cause) in &causes {
        let expected = if at.contains("offset") { "generator" } else { "description" };
        assert_eq!(cause, expected, "{at}");
    }
    assert!(causes.iter().any(|(at, _)| at.contains("offset")) && causes.len() > 2, "{causes:?}");
    let outcome = project.codegen(&["--previous", "old.yaml", "--previous", "old.yaml"]);
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.stderr.contains("2 previous documents are given, but the package has 1"));
}
