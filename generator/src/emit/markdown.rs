//! Emits the Markdown pages of a package.

mod anchors;
mod flows;
mod guides;
mod names;
mod package;
mod prose;
mod view;

#[cfg(test)]
mod tests;

use super::text::Template;
use super::{Dialect, guide_stems};
use crate::files::Files;
use crate::ir;
use crate::parallel;

/// Emits the README, the index of the documentation, the guides, and one page for each manager.
pub fn emit(api: &ir::Api, dialect: &dyn Dialect, files: &mut Files) {
    let names = names::pages(api, dialect);
    files.add("README.md", Template::Readme.render(&package::readme(api, dialect, &names)));
    files.add("docs/README.md", Template::Index.render(&package::index(api, dialect, &names)));
    for stem in guide_stems(api, dialect) {
        let guide = guides::guide(api, dialect, stem);
        files.add(format!("docs/{stem}.md"), guides::template(stem).render(&guide));
    }
    let page = |manager: &ir::Manager| Template::Manager.render(&view::manager(api, dialect, manager));
    for (name, page) in names.iter().zip(parallel::map(api.managers.iter().collect(), page)) {
        files.add(format!("docs/{name}.md"), page);
    }
}
