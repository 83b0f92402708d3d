//! Tests what `release` makes of the lock: a lost one, the one of a pre-release, and that of an interrupted release.

use std::fs;

use crate::project::Project;
use crate::release::{CONFIG, DOCUMENT, add_argument, assert_refused, release, released, rename_argument};

#[test]
fn a_lost_lock_is_noticed() {
    let project = released("release-lost");
    fs::remove_file(project.0.join("out/api.lock")).expect("the lock can be removed");
    add_argument(&project);
    let message = "CHANGELOG.md lists the release 0.1.0, but there is no `api.lock`; nothing was released";
    assert_refused(
        &project,
        &[],
        message,
        "restore `api.lock` from the last release, or remove the sections",
    );
    project.write("out/CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n- Soon.\n");
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
