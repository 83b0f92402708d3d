//! Renders views with the templates in `templates/`, which are compiled in.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

/// A template.
#[derive(Clone, Copy, Debug)]
pub(super) enum Template {
    /// `Cargo.toml`
    Manifest,
    /// `.gitattributes`
    GitAttributes,
    /// `rustfmt.toml`
    Rustfmt,
    /// `README.md`
    Readme,
    /// `docs/README.md`
    Index,
    /// The page of a manager in `docs`.
    Manager,
    /// `docs/authentication.md`
    Authentication,
    /// `docs/configuration.md`
    Configuration,
    /// `docs/errors.md`
    Errors,
    /// `docs/pagination.md`
    Pagination,
    /// `docs/testing.md`
    Testing,
    /// `docs/transfers.md`
    Transfers,
    /// `docs/webhook_events.md`
    WebhookEvents,
}

impl Template {
    fn text(self) -> &'static str {
        match self {
            Self::Manifest => include_str!("../../../templates/Cargo.toml"),
            Self::GitAttributes => include_str!("../../../templates/gitattributes"),
            Self::Rustfmt => include_str!("../../../templates/rustfmt.toml"),
            Self::Readme => include_str!("../../../templates/README.md"),
            Self::Index => include_str!("../../../templates/docs/README.md"),
            Self::Manager => include_str!("../../../templates/docs/manager.md"),
            Self::Authentication => include_str!("../../../templates/docs/authentication.md"),
            Self::Configuration => include_str!("../../../templates/docs/configuration.md"),
            Self::Errors => include_str!("../../../templates/docs/errors.md"),
            Self::Pagination => include_str!("../../../templates/docs/pagination.md"),
            Self::Testing => include_str!("../../../templates/docs/testing.md"),
            Self::Transfers => include_str!("../../../templates/docs/transfers.md"),
            Self::WebhookEvents => include_str!("../../../templates/docs/webhook_events.md"),
        }
    }

    /// Renders a view.
    ///
    /// # Panics
    ///
    /// Panics if the view lacks a member that the template names. That is a bug in the generator, since views do not depend
    /// on the document in this respect.
    pub(super) fn render(self, view: &impl Serialize) -> String {
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()
            .expect("the default markers are valid");
        let mut environment = Environment::new();
        environment.set_syntax(syntax);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.render_str(self.text(), Serde(view)).expect("a template names only members of its view")
    }
}
