//! Compares the models of minimal documents with snapshots.

mod fixture;

use std::path::Path;

use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::{Diagnostics, Input, Spec, check, ir, lower, passes};

#[test]
fn models() {
    insta::glob!("lower/*.yaml", |path| {
        insta::with_settings!({
            snapshot_path => "snapshots/lower",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!(check(path)) });
    });
}

/// Prints the model, then the diagnostics.
fn check(path: &Path) -> String {
    let mut diagnostics = Diagnostics::default();
    let (source, config) = fixture::read(path, &mut diagnostics);
    let config = config.unwrap_or_else(|| panic!("{}", render::human(&diagnostics, Colour::Never)));
    let mut diagnostics = Diagnostics::new(&config.allow);
    let documents = [source];
    let read = |name: &str| std::fs::read_to_string(path.with_file_name(name)).ok();
    let input = Input { documents: &documents, read: &read, config: &config };
    let spec = match Spec::load(&input, &mut diagnostics) {
        Ok(spec) => spec,
        Err(diagnostics) => panic!("{}", render::human(&diagnostics, Colour::Never)),
    };
    let mut api = lower::lower(&spec, &config, &mut diagnostics);
    passes::run(&mut api);
    check::check(&api, &mut diagnostics);
    ir::print::api(&api) + &render::human(&diagnostics, Colour::Never)
}
