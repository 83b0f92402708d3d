//! `cargo xtask slice`: writes the selected operations of a document, and everything that they reach.

use std::fs;
use std::path::{Path, PathBuf};

use lexopt::prelude::*;
use sdk_generator::config::{
    COMMAND_LINE, Deprecated, Document, DocumentPlace, Overlay, Select, SelectBy, SelectEntry,
};
use sdk_generator::diagnostic::Diagnostics;
use sdk_generator::pointer::Pointer;
use sdk_generator::slice::{Slice, slice};
use sdk_generator::{Config, Input, Source, disk};
use serde_json::json;

use crate::arguments::{Format, format};
use crate::{Failure, report, workspace};

/// The options of the command.
#[derive(Debug)]
pub(crate) struct Options {
    document: PathBuf,
    overlays: Vec<PathBuf>,
    /// The configuration with the selection and the rules for names.
    config: Option<PathBuf>,
    include: Vec<SelectEntry>,
    exclude: Vec<SelectEntry>,
    /// The file to write; the standard output by default.
    out: Option<PathBuf>,
    format: Format,
}

/// Parses the options. Returns `None` if help is asked for.
pub(crate) fn parse(parser: &mut lexopt::Parser) -> Result<Option<Options>, Failure> {
    let mut document = None;
    let (mut overlays, mut include, mut exclude) = (Vec::new(), Vec::new(), Vec::new());
    let (mut config, mut out, mut form) = (None, None, Format::Human);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long("config") => config = Some(parser.value()?.into()),
            Long("overlay") => overlays.push(parser.value()?.into()),
            Long("include") => include.extend(entries(&parser.value()?.string()?)?),
            Long("exclude") => exclude.extend(entries(&parser.value()?.string()?)?),
            Long("out") => out = Some(parser.value()?.into()),
            Long("message-format") => form = format(&parser.value()?.string()?)?,
            Value(path) if document.is_none() => document = Some(path.into()),
            _ => return Err(argument.unexpected().into()),
        }
    }
    let document = document.ok_or_else(|| Failure::Usage("`slice` requires a document".to_owned()))?;
    if out.is_none() && form == Format::Json {
        let message = "`--message-format json` requires `--out FILE`, since the slice is printed without it";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(Some(Options { document, overlays, config, include, exclude, out, format: form }))
}

/// Parses `tags=a,b`.
fn entries(text: &str) -> Result<Vec<SelectEntry>, Failure> {
    let (key, values) = text.split_once('=').unwrap_or((text, ""));
    let by = match key {
        "tags" => SelectBy::Tag,
        "operations" => SelectBy::Operation,
        "paths" => SelectBy::Path,
        "managers" => SelectBy::Manager,
        _ => {
            let message =
                format!("invalid selection `{text}`: use `tags=`, `operations=`, `paths=` or `managers=`");
            return Err(Failure::Usage(message));
        }
    };
    let pointer = Pointer::root(COMMAND_LINE);
    let values = values.split(',').map(str::trim).filter(|value| !value.is_empty());
    let entries: Vec<_> =
        values.map(|text| SelectEntry { by, text: text.to_owned(), pointer: pointer.clone() }).collect();
    if entries.is_empty() {
        return Err(Failure::Usage(format!("empty selection `{text}`: write `{key}=NAME`")));
    }
    Ok(entries)
}

/// Writes the slice.
pub(crate) fn run(options: Options) -> Result<(), Failure> {
    let mut config = configuration(options.config.as_deref(), options.format)?;
    select(&mut config, options.include, options.exclude);
    // Other paths are relative to the configuration.
    let path = if config.sources.is_empty() { workspace::shown } else { workspace::absolute };
    let mut overlays = Vec::new();
    for overlay in &options.overlays {
        let source = disk::read_source(&path(overlay))?;
        overlays.push(Overlay { path: source.name, file: None, pointer: Pointer::root(COMMAND_LINE) });
    }
    let source = disk::read_source(&workspace::shown(&options.document))?;
    config.documents =
        vec![Document { place: DocumentPlace::Beside(source.name.clone()), overlays, version: None }];
    let read = |name: &str| disk::read_source(Path::new(name)).ok().map(|source| source.text);
    let documents = [source];
    let input = Input { documents: &documents, read: &read, config: &config };
    let slice = slice(&input).map_err(|diagnostics| found(&diagnostics, options.format))?;
    report::diagnostics(&slice.diagnostics, options.format);
    let out = options.out.as_deref();
    let text = text(&slice, &documents[0], out)?;
    match out {
        Some(path) => {
            workspace::write(path, &text)?;
            if options.format == Format::Json {
                println!("{}", json!({ "kind": "slice", "file": path }));
            }
            Ok(())
        }
        None => report::print(&text),
    }
}

/// Reads the configuration that selects operations and names managers.
fn configuration(path: Option<&Path>, format: Format) -> Result<Config, Failure> {
    let Some(path) = path else { return Ok(Config::bare("slice")) };
    let source = disk::read_source(&workspace::shown(path))?;
    let mut diagnostics = Diagnostics::default();
    let read = |name: &str| fs::read_to_string(name).ok();
    let config = Config::parse(&source.name, &source.text, &read, &mut diagnostics);
    config.ok_or_else(|| found(&diagnostics, format))
}

/// Replaces the parts of the configured selection that the command line gives.
fn select(config: &mut Config, include: Vec<SelectEntry>, exclude: Vec<SelectEntry>) {
    if include.is_empty() && exclude.is_empty() {
        return;
    }
    let configured = config.select.take();
    let deprecated = configured.as_ref().map_or(Deprecated::Taken, |select| select.deprecated);
    let webhooks = configured.as_ref().is_some_and(|select| select.webhooks);
    let (own_include, own_exclude) =
        configured.map(|select| (select.include, select.exclude)).unwrap_or_default();
    config.select = Some(Select {
        include: if include.is_empty() { own_include } else { Some(include) },
        exclude: if exclude.is_empty() { own_exclude } else { exclude },
        deprecated,
        webhooks,
        pointer: Pointer::root(COMMAND_LINE),
    });
}

/// Returns the text of the slice in the language of the file name, or else of the document.
fn text(slice: &Slice, document: &Source, out: Option<&Path>) -> Result<String, Failure> {
    let extension = out.and_then(Path::extension).map(|extension| extension.to_string_lossy().to_lowercase());
    let json = match extension.as_deref() {
        Some("json") => true,
        Some("yaml" | "yml") => false,
        _ => document.text.trim_start_matches('\u{feff}').trim_start().starts_with('{'),
    };
    let failed = |why: String| Failure::Stopped(format!("cannot write the slice: {why}"));
    if json {
        slice.json().map_err(|error| failed(error.to_string()))
    } else {
        slice.yaml().map_err(|error| failed(error.to_string()))
    }
}

fn found(diagnostics: &Diagnostics, format: Format) -> Failure {
    report::diagnostics(diagnostics, format);
    Failure::Found
}
