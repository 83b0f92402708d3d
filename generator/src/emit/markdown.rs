//! From the model to Markdown pages.

mod anchors;
mod html;
mod names;
mod package;
mod prose;
mod view;

#[cfg(test)]
mod tests;

use super::Dialect;
use super::text::Template;
use crate::files::Files;
use crate::ir;

/// Emits the pages of a package: its README, the index of its documentation, one page a manager.
pub fn emit(api: &ir::Api, dialect: &dyn Dialect, files: &mut Files) {
    let names = names::pages(api, dialect);
    files.add("README.md", Template::Readme.render(&package::readme(api, dialect, &names)));
    files.add("docs/README.md", Template::Index.render(&package::index(api, dialect, &names)));
    for (manager, name) in api.managers.iter().zip(&names) {
        files.add(format!("docs/{name}.md"), Template::Manager.render(&view::manager(api, dialect, manager)));
    }
}
