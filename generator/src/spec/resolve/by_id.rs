//! Resolves references by the `$id` of schemas.

use super::{Scope, Substitute, is_anchor};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::spec::Spec;
use crate::spec::file_paths::{leads_away, percent_decode, referred_path};
use crate::spec::schema_ids::{absolute, id};

impl Spec {
    /// Returns the target of a reference that uses the `$id` of a schema: the `$id` in the reference, or, if the
    /// document itself has no such target, that of a schema around the reference.
    pub(super) fn identified(
        &self,
        at: &Pointer,
        file: &str,
        fragment: &str,
        depth: usize,
    ) -> Option<Pointer> {
        if self.by_id.is_empty() {
            return None;
        }
        let walk = |root: &Pointer| self.walk(root, &percent_decode(fragment), depth).ok();
        if !file.is_empty() {
            let meant = absolute(&self.base(at)?, file);
            let root = || Some(Pointer::root(*self.by_name.get(&meant)?));
            let target = self.by_id.get(&meant).cloned().or_else(root);
            return walk(&target.or_else(|| self.by_id.get(file).cloned())?);
        }
        let around = std::iter::successors(at.parent(), Pointer::parent);
        let mut resources = around.filter(|place| self.node(place).is_some_and(|node| id(node).is_some()));
        // An anchor belongs to the schema with an `$id` around it, a path mostly to the document.
        if is_anchor(fragment) {
            return resources.find_map(|resource| self.find_anchor(&resource, fragment, Scope::Resource));
        }
        let document = Pointer::root(at.document);
        if fragment.is_empty() || walk(&document).is_some() {
            return None;
        }
        resources.find_map(|resource| walk(&resource))
    }

    /// Returns the URL that relative references at a place are relative to: the `$id` of the schemas around it, the
    /// `$self` of the document, or its path.
    fn base(&self, at: &Pointer) -> Option<String> {
        let around: Vec<&str> = std::iter::successors(at.parent(), Pointer::parent)
            .filter_map(|place| self.node(&place).and_then(id))
            .collect();
        let document = self.documents.get(at.document.0)?.name.clone();
        Some(around.into_iter().rev().fold(document, |base, id| absolute(&base, id)))
    }

    /// Returns the URL that a relative reference means by the `$id` of a schema around it, if that is not the file
    /// beside the document.
    fn meant_by_id(&self, at: &Pointer, file: &str) -> Option<String> {
        if self.by_id.is_empty() || file.is_empty() || file.contains("://") {
            return None;
        }
        let base = self.base(at)?;
        let is_url = base.contains("://") && id(self.node(&Pointer::root(at.document))?).is_none();
        is_url.then(|| absolute(&base, file))
    }

    /// Creates the finding about a relative reference whose URL no schema has. It loses nothing if there is a file of that
    /// path beside the document, which is read.
    pub(super) fn report_id(&self, at: &Pointer, file: &str, substitute: Substitute) -> Option<Diagnostic> {
        let meant = self.meant_by_id(at, file)?;
        let path = referred_path(&self.documents.get(at.document.0)?.name, file);
        let problem = format!("by the `$id` around it, `{file}` means `{meant}`, which no schema has");
        let help = "give a schema this URL by its `$id`, or remove the `$id` around the reference";
        if !leads_away(file) && self.by_name.contains_key(&path) {
            let message = format!("{problem}; the file beside the document is read");
            return Some(Diagnostic::warning(Code::Malformed, at, message, help).with_loss(None));
        }
        Some(substitute.warning(Code::RemoteReference, at, &problem, help))
    }
}
