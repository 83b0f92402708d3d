//! Documents the method of an operation and its arguments.

use super::{Emitter, responses, samples};
use crate::emit::inert::{Inert, Place, inert};
use crate::emit::remarks::Remarks;
use crate::emit::rust::rustdoc;
use crate::ir::{Argument, Docs};

impl Emitter<'_> {
    /// The documentation of the method.
    pub(super) fn method_docs(&self) -> Vec<Inert> {
        let mut lines =
            rustdoc::lines(&self.operation.docs, &(rustdoc::code(&self.operation.template()) + "."));
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
            let opening = ["", "# Pagination", "", "Goes through the items of all pages:", ""];
            lines.extend(opening.map(Inert::ours));
            lines.extend(samples::doctest(self.rust, self.id, sample));
        }
        lines
    }

    /// The required arguments, where the document says something of them; a struct of them says it
    /// itself.
    fn argument_list(&self) -> Vec<Inert> {
        let described = self.required().filter(|(argument, _)| argument.docs() != &Docs::default());
        let items: Vec<Inert> = described
            .flat_map(|(argument, name)| {
                rustdoc::item(rustdoc::code(&name.to_string()), &argument_docs(argument))
            })
            .collect();
        if items.is_empty() || self.is_bundled() {
            return Vec::new();
        }
        ["", "# Arguments", ""].map(Inert::ours).into_iter().chain(items).collect()
    }
}

/// The documentation of an argument: what the document says of it, and the facts that follow from its schema.
pub(super) fn argument_docs(argument: &Argument<'_>) -> Vec<Inert> {
    let otherwise = Inert::ours("Sets ") + rustdoc::code(&argument.name.wire) + ".";
    let lines = rustdoc::lines(argument.docs(), &otherwise);
    let constant = argument.constant();
    let (default, is_deprecated) = (argument.default(), argument.is_deprecated());
    rustdoc::with_remarks(lines, Remarks { default, constant: constant.as_deref(), is_deprecated })
}
