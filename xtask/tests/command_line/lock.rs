//! Tests what `release` makes of the lock: a lost or damaged one, and that of a pre-release or of an interrupted release.

use std::fs;

use serde_json::json;

use crate::project::Project;
use crate::release::{CONFIG, DOCUMENT, add_argument, assert_refused, release, released, rename_argument};

#[test]
fn a_lost_lock_is_noticed() {
    let project = released("release-lost");
    fs::remove_file(project.0.join("out/api.lock")).expect("the lock can be removed");
    let message = "CHANGELOG.md lists the release 0.1.0, but there is no `api.lock`; nothing was released";
    assert_refused(
        &project,
        &[],
        message,
        "restore `api.lock` from the last release; if there never was one, put the notes below a heading",
    );
    for options in [&[][..], &["--check"]] {
        let outcome = project.codegen(options);
        assert_ne!(outcome.code, Some(0), "{outcome:?}");
        assert!(outcome.stderr.contains("but there is no `api.lock`; nothing was written"), "{outcome:?}");
    }
    assert_eq!(project.codegen(&["--no-lock"]).code, Some(0));
    project.write("out/CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n- Soon.\n");
    add_argument(&project);
    assert_eq!(release(&project, &[]).code, Some(0));
}

#[test]
fn a_pre_release_does_not_hide_a_larger_step() {
    let project = Project::new("release-candidate");
    project.replace(CONFIG, "version: 0.1.0", "version: 1.3.0-rc.1");
    assert_eq!(project.codegen(&[]).code, Some(0));
    assert_eq!(release(&project, &[]).code, Some(0));
    rename_argument(&project);
    assert_refused(
        &project,
        &["--bump", "minor"],
        "`--bump minor` gives 1.3.0, but the changes since 1.3.0-rc.1 require 2.0.0",
        "use `--bump major`",
    );
    project.replace(CONFIG, "version: 1.3.0-rc.1", "version: 2.0.0-rc.1");
    assert_eq!(project.codegen(&[]).code, Some(0));
    let outcome = release(&project, &[]);
    assert!(outcome.stdout.contains("released 2.0.0-rc.1 after 1.3.0-rc.1: "), "{outcome:?}");
    project.replace(DOCUMENT, "name: skip", "name: start");
    assert_eq!(project.codegen(&[]).code, Some(0));
    let outcome = release(&project, &[]);
    assert!(outcome.stdout.contains("released 2.0.0 after 2.0.0-rc.1: "), "{outcome:?}");
}

#[test]
fn an_interrupted_release_can_be_repeated() {
    let project = released("release-again");
    let lock = project.read("out/api.lock");
    rename_argument(&project);
    assert_eq!(release(&project, &["--bump", "minor"]).code, Some(0));
    // As if the last step had failed.
    fs::write(project.0.join("out/api.lock"), lock).expect("the file is writable");
    let changelog = project.read("out/CHANGELOG.md");
    let outcome = release(&project, &["--bump", "minor"]);
    assert!(outcome.stdout.contains("released 0.2.0 after 0.1.0"), "{outcome:?}");
    assert_eq!(project.read("out/CHANGELOG.md"), changelog);
    assert_eq!(project.read("out/api.lock"), project.read("out/api.txt"));
}

#[test]
fn a_damaged_lock_is_refused_with_its_line() {
    let project = released("release-damaged");
    let lock = project.read("out/api.lock");
    let last = lock.lines().count() - 1;
    for (line, instead, message) in [
        ("package box-sdk 0.1.0\n", "", format!("{last}: the listing ends without a `package` line")),
        ("client BoxClient [credential]\n", "", format!("{last}: the listing ends without a `client` line")),
        ("package box-sdk 0.1.0\n", "package box-sdk 1.x\n", "6: invalid version `1.x`: ".to_owned()),
    ] {
        assert!(lock.contains(line), "{lock}");
        project.write("out/api.lock", &lock.replace(line, instead));
        let before = project.files(".");
        for outcome in [project.codegen(&[]), release(&project, &[]), project.configured("diff", &[])] {
            assert_eq!(outcome.code, Some(1), "{outcome:?}");
            assert!(outcome.stderr.contains(&format!("api.lock:{message}")), "{}", outcome.stderr);
        }
        assert!(project.files(".") == before, "a damaged lock stops the run before anything is written");
    }
}

#[test]
fn a_single_change_and_a_version_below_the_release_are_told_as_such() {
    let project = released("release-single");
    project.replace(CONFIG, "version: 0.1.0", "version: 0.0.9");
    project.codegen(&[]);
    let check = project.codegen(&["--check"]);
    let message = "sdk.yaml says 0.0.9, which is below the released 0.1.0";
    assert!(check.code == Some(1) && check.stderr.contains(message), "{check:?}");
    assert_refused(&project, &[], message, "to 0.1.0");
    project.replace(CONFIG, "version: 0.0.9", "version: 0.1.0");
    add_argument(&project);
    let outcome = project.codegen(&[]);
    assert!(outcome.stdout.ends_with("`cargo xtask diff` shows the change\n"), "{}", outcome.stdout);
}

#[test]
fn what_a_release_kept_is_not_told_again() {
    const STILL: &str = "`GroupMembership.id` is still an `Option`";
    let project = released("release-told");
    let id = "      properties:\n        id:\n          description: Identifies the membership.";
    project.replace(DOCUMENT, id, &format!("      required: [id]\n{id}"));
    add_argument(&project);
    assert!(project.codegen(&[]).stdout.contains(STILL));
    assert_eq!(release(&project, &[]).code, Some(0));
    assert!(
        project.read("out/api.lock").contains("\nkept GroupMembership.id \"`GroupMembership.id` is still")
    );
    assert!(!project.read("out/api.txt").contains("\nkept "));
    for command in ["codegen", "diff"] {
        let outcome = project.configured(command, &[]);
        assert!(!outcome.stdout.contains(STILL), "{outcome:?}");
        assert!(outcome.stdout.contains("since 0.1.1: no changes"), "{outcome:?}");
        assert!(outcome.stdout.contains("1 name or shape is kept as in the last release"), "{outcome:?}");
    }
    let outcome = project.configured("diff", &["--all"]);
    assert!(
        outcome.stdout.contains(STILL)
            && outcome.stdout.contains("    tighten:\n      - \"GroupMembership.id\"")
    );
    let [verdict] =
        project.configured("diff", &["--format", "json"]).objects().try_into().expect("one object");
    assert_eq!((&verdict["told"], &verdict["changes"]), (&json!(1), &json!([])));
    // The next release keeps it as well, and what is newly kept is told.
    project.replace(DOCUMENT, "      required: [id]\n", "      required: [id, user]\n");
    rename_argument(&project);
    let outcome = project.codegen(&[]);
    assert!(
        !outcome.stdout.contains(STILL) && outcome.stdout.contains("`GroupMembership.user` is still"),
        "{outcome:?}"
    );
    assert_eq!(release(&project, &[]).code, Some(0));
    assert_eq!(project.read("out/api.lock").matches("\nkept ").count(), 2);
}
