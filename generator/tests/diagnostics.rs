//! Compares the diagnostics of faulty documents, as a person sees them, with snapshots.

mod fixture;

use std::path::Path;

use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::{Code, Diagnostics, Input, Listing, generate, generate_since};

#[test]
fn findings() {
    insta::glob!("diagnostics/*.{yaml,json}", |path| {
        insta::with_settings!({
            snapshot_path => "snapshots/diagnostics",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!(check(path)) });
    });
}

/// Returns the diagnostics, and a line that says whether there is output.
fn check(path: &Path) -> String {
    let mut diagnostics = Diagnostics::default();
    let (source, config) = fixture::read(path, &mut diagnostics);
    let Some(config) = config else {
        return format!("no output\n{}", render::human(&diagnostics, Colour::Never));
    };
    let documents = [source];
    let read = |name: &str| std::fs::read_to_string(path.with_file_name(name)).ok();
    let input = Input { documents: &documents, read: &read, config: &config };
    // The lock of a fixture, where it has one, is beside it.
    let lock = std::fs::read_to_string(path.with_extension("lock")).ok();
    let lock = lock.map(|lock| Listing::parse(&lock).expect("the lock of a fixture is sound"));
    let generated = lock.map_or_else(|| generate(&input), |lock| generate_since(&input, &lock));
    match generated {
        Ok(generated) => format!("output\n{}", render::human(&generated.diagnostics, Colour::Never)),
        Err(diagnostics) => format!("no output\n{}", render::human(&diagnostics, Colour::Never)),
    }
}

/// Errors, each with the reason why it concerns every file. Anything else costs only its own place.
const ERRORS: &[(Code, &str)] = &[
    (Code::Syntax, "there is no document"),
    (Code::NotOpenApi, "there is no document"),
    // In a document, the first member is used.
    (Code::DuplicateKey, "the configuration or an overlay means nothing"),
    (Code::Config, "the configuration means nothing"),
    (Code::UnusedConfig, "the configuration means something else than it says"),
    (Code::Overlay, "the document is not the one that is meant"),
    (Code::UnusedOverlay, "the document is not the one that is meant"),
    (Code::SilentChange, "released calls would change their meaning"),
    // The output of such a model does not compile. No document shows it, since it is a defect of the generator.
    (Code::Invariant, "the output does not compile"),
];

#[test]
fn only_what_concerns_every_file_is_an_error() {
    insta::glob!("diagnostics/*.{yaml,json}", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let shown = check(path);
        let errors = shown.lines().filter_map(|line| line.strip_prefix("error[")?.split(']').next());
        for code in errors.filter(|_| !text.contains("#: strict:")) {
            assert!(ERRORS.iter().any(|(known, _)| known.as_str() == code), "`{code}` in {}", path.display());
        }
    });
}

/// A fixture is named after its code; if there are several for one code, a word follows after a dot.
#[test]
fn every_code_has_a_fixture() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let files = std::fs::read_dir(folder).unwrap();
    let names: Vec<String> =
        files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect();
    for code in Code::ALL {
        let shown = names.iter().any(|name| name.split('.').next() == Some(code.as_str()));
        // A model that breaks a rule of its own is a defect of the generator, so no document shows it.
        assert!(shown || matches!(code, Code::Invariant), "no fixture shows `{code}`");
    }
}
