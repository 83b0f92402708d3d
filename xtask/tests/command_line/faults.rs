//! Checks what faults of a description or configuration cost.

use crate::project::Project;

const MEMBERSHIPS: &str = "spec/memberships.yaml";

/// An edit that breaks the description or the configuration, and the expected finding.
struct Fault {
    title: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
    error: &'static str,
}

const FAULTS: &[Fault] = &[
    Fault {
        title: "broken YAML",
        file: MEMBERSHIPS,
        from: "tags:\n  - name",
        to: "tags: [\n  - name",
        error: "error[syntax]",
    },
    Fault {
        title: "an unknown key",
        file: "spec/sdk.yaml",
        from: "output:",
        to: "outptu:",
        error: "error[config]",
    },
    Fault {
        title: "an unused override",
        file: "spec/sdk.yaml",
        from: "output:",
        to: "names: { operations: { nothing: anything } }\noutput:",
        error: "error[unused-config]",
    },
];

/// Edits of the description, each of which costs its own place.
const SLIPS: &[Fault] = &[
    Fault {
        title: "a reference to nowhere",
        file: MEMBERSHIPS,
        from: "schemas/GroupMemberships'",
        to: "schemas/X'",
        error: "warning[unresolved-reference]",
    },
    Fault {
        title: "a cycle of references",
        file: MEMBERSHIPS,
        from: "schemas/GroupMemberships'\n",
        to: "schemas/A'\n",
        error: "warning[reference-cycle]",
    },
    Fault {
        title: "a parameter that is not in the path",
        file: MEMBERSHIPS,
        from: "name: user_id",
        to: "name: user",
        error: "warning[path-mismatch]",
    },
    Fault {
        title: "two operations with one id",
        file: MEMBERSHIPS,
        from: "operationId: get_groups_id_memberships",
        to: "operationId: get_users_id_memberships",
        error: "warning[duplicate-operation]",
    },
    Fault {
        title: "an enum without values",
        file: MEMBERSHIPS,
        from: "enum:\n            - group\n",
        to: "enum: []\n",
        error: "warning[empty-enum]",
    },
];

impl Fault {
    fn apply(&self, project: &Project) {
        project.replace(self.file, self.from, self.to);
        if self.error.contains("[reference-cycle]") {
            let cycle =
                "    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n";
            project.replace(MEMBERSHIPS, "    ClientError:\n", &format!("{cycle}    ClientError:\n"));
        }
    }

    /// Checks that a run finds the fault and changes no file.
    fn assert_stops(&self, project: &Project, options: &[&str]) {
        let before = project.files("out");
        let Self { title, file, error, .. } = self;
        let outcome = project.codegen(options);
        assert_eq!(outcome.code, Some(1), "{title}");
        let stderr = &outcome.stderr;
        assert!(stderr.contains(error), "{title}: {stderr}");
        assert!(stderr.contains(&format!("--> {file}:")), "{title}: {stderr}");
        assert!(stderr.contains("help: "), "{title}: {stderr}");
        assert_eq!(project.files("out"), before, "{title}");
    }
}

#[test]
fn a_broken_description_changes_no_file() {
    for (number, fault) in FAULTS.iter().enumerate() {
        let project = Project::new(&format!("broken-{number}"));
        project.codegen(&[]);
        fault.apply(&project);
        fault.assert_stops(&project, &[]);
    }
}

#[test]
fn a_slip_costs_its_place_unless_warnings_are_errors() {
    for (number, slip) in SLIPS.iter().enumerate() {
        let project = Project::new(&format!("slip-{number}"));
        project.codegen(&[]);
        slip.apply(&project);
        slip.assert_stops(&project, &["--strict"]);
        let outcome = project.codegen(&[]);
        assert_eq!(outcome.code, Some(0), "{}: {}", slip.title, outcome.stderr);
        project.replace("spec/sdk.yaml", "output:", "strict: [path-mismatch, unresolved-reference]\noutput:");
        let is_strict =
            ["path-mismatch", "unresolved-reference"].iter().any(|code| slip.error.contains(code));
        assert_eq!(project.codegen(&[]).code, Some(i32::from(is_strict)), "{}", slip.title);
    }
}
