//! Slices of published documents.

use std::fs;
use std::path::Path;

use sdk_generator::config::{COMMAND_LINE, Deprecated, ManagerNames, Select, SelectBy, SelectEntry};
use sdk_generator::pointer::Pointer;
use sdk_generator::{Config, Diagnostics, Source, Spec};

use super::corpus;
use super::sliced::{Given, cut, difference};

#[test]
fn published_documents_keep_their_models() {
    for path in corpus::documents() {
        let document = published(&path);
        let slice = cut(&document);
        let (whole, model) =
            (document.model(), document.of(slice.json().expect("it can be written")).model());
        let (whole, model) = (whole.expect("it can be read"), model.expect("it can be read"));
        assert!(model == whole, "{}\n{}", path.display(), difference(&whole, &model));
    }
}

#[test]
fn a_slice_of_a_slice_is_the_same() {
    for path in corpus::documents() {
        let mut document = published(&path);
        let tag = first_tag(&document);
        let entry = |text| SelectEntry { by: SelectBy::Tag, text, pointer: Pointer::root(COMMAND_LINE) };
        document.config.select = Some(Select {
            include: tag.map(|tag| vec![entry(tag)]),
            exclude: Vec::new(),
            deprecated: Deprecated::Taken,
            webhooks: false,
            pointer: Pointer::root(COMMAND_LINE),
        });
        let once = cut(&document).yaml().expect("it can be written");
        let twice = cut(&document.of(once.clone())).yaml().expect("it can be written");
        assert!(once == twice, "{}\n{}", path.display(), difference(&once, &twice));
    }
}

fn published(path: &Path) -> Given {
    let mut config = Config::bare("corpus");
    let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
    if name.starts_with("box-") {
        config.managers = ManagerNames::Extension("x-box-tag".to_owned());
    }
    let text = fs::read_to_string(path).expect("it can be read");
    Given { path: path.to_owned(), source: Source { name, text }, config }
}

/// The first tag of the first operation that has one.
fn first_tag(document: &Given) -> Option<String> {
    let mut diagnostics = Diagnostics::default();
    let spec = document.with_input(|input| Spec::load(input, &mut diagnostics)).ok()?;
    let document = spec.documents().next()?;
    let items = spec.path_items(document, &mut diagnostics);
    let operations = items.iter().flat_map(|(_, item)| spec.operations(item));
    let mut tags = operations.filter_map(|(_, place)| {
        spec.node(&place)?.get("tags")?.as_sequence()?.first()?.as_str().map(str::to_owned)
    });
    tags.next()
}
