//! What a run found wrong: collected, never thrown.

pub mod nearest;
pub mod render;

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;

use crate::pointer::{DocumentId, Pointer};
use crate::source::{Position, Source};

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing comes out.
    Error,
    /// Something is approximated or left out.
    Warning,
}

impl Severity {
    /// The name that machine-readable output uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// The kind of a diagnostic: stable, so that configuration can allow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The text is neither YAML nor JSON.
    Syntax,
    /// A member stands twice in one object.
    DuplicateKey,
    /// The text is no OpenAPI 3.0 or 3.1 document.
    NotOpenApi,
    /// A node does not have the form that OpenAPI gives it.
    Malformed,
    /// A reference leads nowhere.
    UnresolvedReference,
    /// References lead in a circle, or a schema contains itself without an object in between.
    ReferenceCycle,
    /// A reference leads out of what can be read.
    RemoteReference,
    /// A path parameter is not in the path, or a path variable has no parameter.
    PathMismatch,
    /// Two operations have one id, or one method and path.
    DuplicateOperation,
    /// An enum has no values.
    EmptyEnum,
    /// Two names meet, and nothing tells them apart.
    NameCollision,
    /// A union has variants that no rule tells apart.
    AmbiguousUnion,
    /// The parts of an `allOf` contradict one another.
    AllOfConflict,
    /// A construct that has no faithful form: approximated.
    Approximated,
    /// A construct that cannot be expressed: left out.
    Unsupported,
    /// The configuration is not understood.
    Config,
    /// An entry of the configuration has no effect.
    UnusedConfig,
    /// The model broke a rule of its own.
    Invariant,
}

impl Code {
    /// Every code, in the order of its declaration.
    pub const ALL: &[Self] = &[
        Self::Syntax,
        Self::DuplicateKey,
        Self::NotOpenApi,
        Self::Malformed,
        Self::UnresolvedReference,
        Self::ReferenceCycle,
        Self::RemoteReference,
        Self::PathMismatch,
        Self::DuplicateOperation,
        Self::EmptyEnum,
        Self::NameCollision,
        Self::AmbiguousUnion,
        Self::AllOfConflict,
        Self::Approximated,
        Self::Unsupported,
        Self::Config,
        Self::UnusedConfig,
        Self::Invariant,
    ];

    /// The name that `sdk.yaml` and machine-readable output use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::DuplicateKey => "duplicate-key",
            Self::NotOpenApi => "not-openapi",
            Self::Malformed => "malformed",
            Self::UnresolvedReference => "unresolved-reference",
            Self::ReferenceCycle => "reference-cycle",
            Self::RemoteReference => "remote-reference",
            Self::PathMismatch => "path-mismatch",
            Self::DuplicateOperation => "duplicate-operation",
            Self::EmptyEnum => "empty-enum",
            Self::NameCollision => "name-collision",
            Self::AmbiguousUnion => "ambiguous-union",
            Self::AllOfConflict => "all-of-conflict",
            Self::Approximated => "approximated",
            Self::Unsupported => "unsupported",
            Self::Config => "config",
            Self::UnusedConfig => "unused-config",
            Self::Invariant => "invariant",
        }
    }

    /// What a warning of this kind costs, unless it says otherwise; none where it is not about what a
    /// document describes.
    #[must_use]
    pub fn loss(self) -> Option<Loss> {
        match self {
            Self::Malformed
            | Self::ReferenceCycle
            | Self::PathMismatch
            | Self::EmptyEnum
            | Self::AmbiguousUnion
            | Self::AllOfConflict
            | Self::Approximated => Some(Loss::Approximated),
            Self::DuplicateKey
            | Self::UnresolvedReference
            | Self::RemoteReference
            | Self::DuplicateOperation
            | Self::Unsupported => Some(Loss::LeftOut),
            Self::Syntax
            | Self::NotOpenApi
            | Self::NameCollision
            | Self::Config
            | Self::UnusedConfig
            | Self::Invariant => None,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a finding costs of what a document describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Loss {
    /// It is there, but wider than the document says, or different.
    Approximated,
    /// It is not there.
    LeftOut,
}

impl Loss {
    /// The name that machine-readable output uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approximated => "approximated",
            Self::LeftOut => "left_out",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// Its kind.
    pub code: Code,
    /// Where it is.
    pub pointer: Pointer,
    /// Line and column, where no pointer can tell: the text could not be read.
    pub position: Option<Position>,
    /// What is wrong and, for a warning, what was done instead. Lower case, no final dot.
    pub message: String,
    /// What to do.
    pub help: String,
    /// What it costs, where something comes out.
    pub loss: Option<Loss>,
}

impl Diagnostic {
    /// A finding that stops the output.
    pub fn error(code: Code, pointer: &Pointer, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            pointer: pointer.clone(),
            position: None,
            message: message.into(),
            help: help.into(),
            loss: None,
        }
    }

    /// A finding that costs only its own place.
    pub fn warning(
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let loss = code.loss();
        Self { severity: Severity::Warning, loss, ..Self::error(code, pointer, message, help) }
    }

    /// The same finding where it costs something else than others of its kind.
    #[must_use]
    pub fn with_loss(self, loss: Option<Loss>) -> Self {
        Self { loss, ..self }
    }
}

/// A rule of the configuration that silences warnings: a code, optionally below a pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// The kind to silence.
    pub code: Code,
    /// Only at this JSON Pointer and below it.
    pub at: Option<String>,
    /// Where the rule stands in the configuration.
    pub pointer: Pointer,
}

/// Whether a finding is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Shown,
    /// A rule silences it.
    Allowed,
}

/// The findings of a run.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: IndexMap<Diagnostic, Standing>,
    /// The rules, each with whether it silenced something.
    allow: Vec<(Allow, bool)>,
    sources: BTreeMap<DocumentId, Source>,
}

impl Diagnostics {
    /// An empty list that keeps warnings out that a rule allows.
    #[must_use]
    pub fn new(allow: &[Allow]) -> Self {
        let allow = allow.iter().map(|rule| (rule.clone(), false)).collect();
        Self { allow, ..Self::default() }
    }

    /// Keeps the text of a document, so that findings can be shown in it.
    pub fn add_source(&mut self, document: DocumentId, source: &Source) {
        self.sources.insert(document, source.clone());
    }

    /// The text of a document.
    #[must_use]
    pub fn source(&self, document: DocumentId) -> Option<&Source> {
        self.sources.get(&document)
    }

    /// Adds a finding; the same one twice counts once.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let allowed = diagnostic.severity == Severity::Warning && self.allows(&diagnostic);
        self.list.insert(diagnostic, if allowed { Standing::Allowed } else { Standing::Shown });
    }

    fn allows(&mut self, diagnostic: &Diagnostic) -> bool {
        let mut allowed = false;
        for (rule, used) in &mut self.allow {
            let below = |at: &String| {
                let rest = diagnostic.pointer.as_str().strip_prefix(at.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            if rule.code == diagnostic.code && rule.at.as_ref().is_none_or(below) {
                *used = true;
                allowed = true;
            }
        }
        allowed
    }

    /// Reports every rule that silenced nothing. To be called once, after the last stage.
    pub fn finish(&mut self) {
        let unused = self.allow.iter().filter(|(_, used)| !used).map(|(rule, _)| {
            let message = format!("nothing needs this `allow` of `{}`", rule.code);
            let finding = Diagnostic::error(Code::UnusedConfig, &rule.pointer, message, "remove the entry");
            (finding, Standing::Shown)
        });
        self.list.extend(unused);
    }

    /// Stops the run when something is an error, handing over everything that was found.
    ///
    /// # Errors
    ///
    /// All findings so far, when one of them is an error.
    pub fn barrier(&mut self) -> Result<(), Self> {
        if self.list.keys().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return Err(std::mem::take(self));
        }
        Ok(())
    }

    /// The findings as they were found, without what a rule silenced. [`render::locate`] sorts them by
    /// place.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.standing(Standing::Shown)
    }

    /// The warnings that a rule silenced.
    pub fn allowed(&self) -> impl Iterator<Item = &Diagnostic> {
        self.standing(Standing::Allowed)
    }

    fn standing(&self, wanted: Standing) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter().filter(move |(_, standing)| **standing == wanted).map(|(finding, _)| finding)
    }

    /// True when there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}
