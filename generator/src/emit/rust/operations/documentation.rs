//! Documents an operation: its method, and its arguments as items of a list, setters and fields.

use super::{Emitter, responses, samples};
use crate::emit::inert::{Inert, Place, inert};
use crate::emit::remarks::Remarks;
use crate::emit::rust::rustdoc;
use crate::ir::{Argument, ArgumentSource, Docs, Location};

impl Emitter<'_> {
    /// Documents the method.
    pub(super) fn method_docs(&self) -> Vec<Inert> {
        let endpoint = format!("{} {}", self.operation.method, self.operation.template());
        let mut lines = rustdoc::lines(&self.operation.docs, &(rustdoc::code(&endpoint) + "."));
        let url = self.operation.reference_url.as_deref().map(|url| inert(url, Place::Link));
        if let Some(url) = url.filter(|url| !url.as_str().is_empty()) {
            lines.extend([Inert::default(), Inert::ours("See the [API reference](") + url + ")."]);
        }
        lines.extend(self.argument_list());
        lines.extend(responses::return_docs(self.operation));
        lines.extend(responses::error_docs(self.rust, self.operation));
        lines.extend(["", "# Example", ""].map(Inert::ours));
        lines.extend(samples::doctest(self.rust, self.id, samples::sample(self.rust, self.id)));
        if let Some(sample) = samples::pages(self.rust, self.id) {
            let opening = ["", "# Pagination", "", "Iterates over the items of all pages:", ""];
            lines.extend(opening.map(Inert::ours));
            lines.extend(samples::doctest(self.rust, self.id, sample));
        }
        lines
    }

    /// Lists the required arguments that have a description. With a struct of arguments, its fields are
    /// documented instead.
    fn argument_list(&self) -> Vec<Inert> {
        let described = self.required().map(|(argument, name)| (described(argument), name));
        let items: Vec<Inert> = described
            .filter(|(lines, _)| !lines.is_empty())
            .flat_map(|(lines, name)| rustdoc::item(rustdoc::code(&name.to_string()), &lines))
            .collect();
        if items.is_empty() || self.is_bundled() {
            return Vec::new();
        }
        ["", "# Arguments", ""].map(Inert::ours).into_iter().chain(items).collect()
    }
}

/// Documents an argument in a list. An argument without a description has no lines.
fn described(argument: &Argument<'_>) -> Vec<Inert> {
    let docs = rustdoc::without_name(argument.docs(), &argument.name.wire);
    if docs == Docs::default() {
        return Vec::new();
    }
    lines(argument, &docs, &Inert::default())
}

/// Documents the setter of an argument.
pub(super) fn setter(argument: &Argument<'_>) -> Vec<Inert> {
    let docs = rustdoc::without_name(argument.docs(), &argument.name.wire);
    lines(argument, &docs, &(Inert::ours("Sets ") + role(argument) + "."))
}

/// Documents the field that holds an argument.
pub(super) fn field(argument: &Argument<'_>) -> Vec<Inert> {
    let docs = rustdoc::without_name(argument.docs(), &argument.name.wire);
    lines(argument, &docs, &(role(argument).capitalised() + "."))
}

fn lines(argument: &Argument<'_>, docs: &Docs, otherwise: &Inert) -> Vec<Inert> {
    let constant = argument.constant();
    let remarks = Remarks {
        default: argument.default(),
        constant: constant.as_deref(),
        is_deprecated: argument.is_deprecated(),
        said: docs.description.as_ref(),
    };
    rustdoc::with_remarks(rustdoc::lines(docs, otherwise), remarks)
}

/// Names an argument on the wire and its place in the request.
fn role(argument: &Argument<'_>) -> Inert {
    let named = |noun: &'static str| Inert::ours("the ") + rustdoc::code(&argument.name.wire) + noun;
    match argument.source {
        ArgumentSource::Parameter(parameter) => named(match parameter.location {
            Location::Path => " path parameter",
            Location::Query => " query parameter",
            Location::Header => " header",
            Location::Cookie => " cookie",
        }),
        ArgumentSource::Field(_) => named(" member of the request body"),
        ArgumentSource::FormField(_) => named(" field of the form"),
        ArgumentSource::Part(_) => named(" part of the form"),
        ArgumentSource::PartHeader(part, _) => {
            named(" header of the ") + rustdoc::code(&part.field.name.wire) + " part"
        }
        ArgumentSource::FileName(part, _) => {
            Inert::ours("the file name of the ") + rustdoc::code(&part.field.name.wire) + " part"
        }
        ArgumentSource::ContentType(part, _) => {
            Inert::ours("the media type of the ") + rustdoc::code(&part.field.name.wire) + " part"
        }
        ArgumentSource::Body(_) => Inert::ours("the request body"),
    }
}
