//! Tests the workflows in the documentation: their commands exist, and their rights are the least.

use crate::project::Project;

const CHECK: &str = include_str!("../../../docs/workflows/api-check.yml");
const DIFF: &str = include_str!("../../../docs/workflows/api-diff.yml");

/// Returns the lines that are not comments.
fn code(workflow: &str) -> impl Iterator<Item = &str> {
    workflow.lines().filter(|line| !line.trim_start().starts_with('#'))
}

#[test]
fn the_commands_of_workflows_exist() {
    let project = Project::new("workflows");
    let mut commands = 0;
    for line in code(CHECK).chain(code(DIFF)) {
        let Some((_, arguments)) = line.split_once("cargo xtask ") else { continue };
        let arguments: Vec<&str> = arguments.split(' ').chain(["--help"]).collect();
        project.succeed(&arguments);
        commands += 1;
    }
    assert_eq!(commands, 2);
}

#[test]
fn code_of_a_pull_request_runs_without_rights() {
    assert!(CHECK.contains("\n  pull_request:\n") && CHECK.contains("\npermissions:\n  contents: read\n"));
    assert!(!code(CHECK).any(|line| line.contains("write") || line.contains("secrets")));
    // This one may write comments, so it must not check out the pull request.
    assert!(DIFF.contains("\n  pull_request_target:\n") && DIFF.contains("\npermissions: {}\n"));
    assert!(!code(DIFF).any(|line| line.contains(" ref:") || line.contains("secrets")));
    assert_eq!(code(DIFF).filter(|line| line.contains(": write")).count(), 1);
    for workflow in [CHECK, DIFF] {
        assert!(workflow.contains("persist-credentials: false"));
        // An expression in a script could inject commands; scripts read environment variables instead.
        let scripts = workflow.split("run: ").skip(1);
        assert!(
            !scripts
                .flat_map(|script| script.split("\n      - ").next())
                .any(|script| script.contains("${{"))
        );
    }
}
