//! Collects the diagnostics of a run.

pub mod nearest;
pub mod render;
mod texts;

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;

use crate::pointer::{DocumentId, Pointer};
use crate::source::Position;
use texts::DocumentText;

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Stops the output.
    Error,
    /// Something is approximated or left out.
    Warning,
}

impl Severity {
    /// Returns the name used in machine-readable output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// The kind of a diagnostic. Codes are stable, so that the configuration can allow them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The text is not valid YAML or JSON.
    Syntax,
    /// An object has a duplicate key.
    DuplicateKey,
    /// The text is not a document of Swagger 2.0 or OpenAPI 3.
    NotOpenApi,
    /// A node does not have the form that OpenAPI requires.
    Malformed,
    /// The target of a reference does not exist.
    UnresolvedReference,
    /// References form a cycle, or a schema contains itself without an object in between.
    ReferenceCycle,
    /// The target of a reference is outside of the files that can be read.
    RemoteReference,
    /// A path parameter is not in the path, or a path variable has no parameter.
    PathMismatch,
    /// Two operations have the same ID, or the same method and path.
    DuplicateOperation,
    /// An enum has no values.
    EmptyEnum,
    /// The variants of a union cannot be told apart.
    AmbiguousUnion,
    /// The parts of an `allOf` contradict each other.
    AllOfConflict,
    /// A construct cannot be represented exactly and is approximated.
    Approximated,
    /// A construct cannot be represented and is left out.
    Unsupported,
    /// The configuration is invalid.
    Config,
    /// An entry of the configuration has no effect.
    UnusedConfig,
    /// An overlay is malformed, or does not fit its document.
    Overlay,
    /// An overlay or a part of it has no effect.
    UnusedOverlay,
    /// Code written for the last release compiles but means something else.
    SilentChange,
    /// The model violates one of its invariants.
    Invariant,
}

impl Code {
    /// All codes, in order of declaration.
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
        Self::AmbiguousUnion,
        Self::AllOfConflict,
        Self::Approximated,
        Self::Unsupported,
        Self::Config,
        Self::UnusedConfig,
        Self::Overlay,
        Self::UnusedOverlay,
        Self::SilentChange,
        Self::Invariant,
    ];

    /// Returns the name used in `sdk.yaml` and in machine-readable output.
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
            Self::AmbiguousUnion => "ambiguous-union",
            Self::AllOfConflict => "all-of-conflict",
            Self::Approximated => "approximated",
            Self::Unsupported => "unsupported",
            Self::Config => "config",
            Self::UnusedConfig => "unused-config",
            Self::Overlay => "overlay",
            Self::UnusedOverlay => "unused-overlay",
            Self::SilentChange => "silent-change",
            Self::Invariant => "invariant",
        }
    }

    /// Returns the default loss of warnings with this code; none if they do not concern a construct of the
    /// document.
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
            | Self::Config
            | Self::UnusedConfig
            | Self::Overlay
            | Self::UnusedOverlay
            | Self::SilentChange
            | Self::Invariant => None,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The extent to which a construct is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Loss {
    /// The construct is present, but wider than the document says, or different.
    Approximated,
    /// The construct is missing.
    LeftOut,
}

impl Loss {
    /// Returns the name used in machine-readable output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approximated => "approximated",
            Self::LeftOut => "left_out",
        }
    }
}

/// A problem found in an input.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The severity.
    pub severity: Severity,
    /// The kind of problem.
    pub code: Code,
    /// The place of the problem.
    pub pointer: Pointer,
    /// The line and column, if the pointer does not tell: the text could not be read, or an overlay moved the
    /// place.
    pub position: Option<Position>,
    /// The problem and, for a warning, its consequence. Starts in lower case and has no final period.
    pub message: String,
    /// The way to solve the problem.
    pub help: String,
    /// The extent to which the construct is lost, if output is written.
    pub loss: Option<Loss>,
}

impl Diagnostic {
    /// Creates a diagnostic that stops the output.
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

    /// Creates a diagnostic that affects only the construct at its place.
    pub fn warning(
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let loss = code.loss();
        Self { severity: Severity::Warning, loss, ..Self::error(code, pointer, message, help) }
    }

    /// Replaces the default loss of the code.
    #[must_use]
    pub fn with_loss(self, loss: Option<Loss>) -> Self {
        Self { loss, ..self }
    }
}

/// A rule of the configuration that allows warnings, everywhere or below a JSON Pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// The code to allow.
    pub code: Code,
    /// The JSON Pointer to which the rule is limited, including everything below it.
    pub at: Option<String>,
    /// The place of the rule in the configuration.
    pub pointer: Pointer,
}

/// The visibility of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Shown,
    /// A rule allows it, so it is hidden.
    Allowed,
}

/// The diagnostics of a run.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: IndexMap<Diagnostic, Standing>,
    rules: Box<Rules>,
    texts: BTreeMap<DocumentId, DocumentText>,
    /// `true` if entries of the configuration without effect are fine.
    spares_unused: bool,
}

/// The rules of the configuration.
#[derive(Clone, Debug, Default)]
struct Rules {
    /// Each with a flag that is set when it applies.
    allow: Vec<(Allow, bool)>,
    /// The codes whose warnings are errors.
    strict: Vec<Code>,
}

impl Diagnostics {
    /// Creates an empty list. Warnings that a rule allows will be hidden.
    #[must_use]
    pub fn new(allow: &[Allow]) -> Self {
        let allow = allow.iter().map(|rule| (rule.clone(), false)).collect();
        Self { rules: Box::new(Rules { allow, strict: Vec::new() }), ..Self::default() }
    }

    /// Turns warnings with one of these codes into errors, unless a rule allows them.
    #[must_use]
    pub fn with_strict(mut self, codes: &[Code]) -> Self {
        self.rules.strict = codes.to_vec();
        self
    }

    /// Ignores entries of the configuration without effect, which may be meant for another version of the document.
    #[must_use]
    pub fn sparing_unused(self) -> Self {
        Self { spares_unused: true, ..self }
    }

    /// Adds a diagnostic. A duplicate is ignored.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.spares_unused && diagnostic.code == Code::UnusedConfig {
            return;
        }
        let mut diagnostic = self.worded(diagnostic);
        let allowed = diagnostic.severity == Severity::Warning && self.allows(&diagnostic);
        if !allowed && self.rules.strict.contains(&diagnostic.code) {
            diagnostic.severity = Severity::Error;
        }
        self.list.insert(diagnostic, if allowed { Standing::Allowed } else { Standing::Shown });
    }

    fn allows(&mut self, diagnostic: &Diagnostic) -> bool {
        let mut allowed = false;
        let written = self.written(&diagnostic.pointer);
        for (rule, used) in &mut self.rules.allow {
            let places = [&diagnostic.pointer, &written];
            let below = |at: &String| {
                let mut rests = places.iter().filter_map(|place| place.as_str().strip_prefix(at.as_str()));
                rests.any(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            if rule.code == diagnostic.code && rule.at.as_ref().is_none_or(below) {
                *used = true;
                allowed = true;
            }
        }
        allowed
    }

    /// Reports the rules that allowed nothing. Must be called once, after the last stage.
    pub fn finish(&mut self) {
        let unused = self.rules.allow.iter().filter(|(_, used)| !used).map(|(rule, _)| {
            let message = format!("no warning matches this `allow` entry for `{}`", rule.code);
            let finding = Diagnostic::error(Code::UnusedConfig, &rule.pointer, message, "remove the entry");
            (finding, Standing::Shown)
        });
        self.list.extend(unused);
    }

    /// Stops the run if there is an error.
    ///
    /// # Errors
    ///
    /// Returns all diagnostics so far if one of them is an error.
    pub fn barrier(&mut self) -> Result<(), Self> {
        if self.list.keys().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return Err(std::mem::take(self));
        }
        Ok(())
    }

    /// Iterates over the diagnostics in the order in which they were added, without the allowed ones.
    /// [`render::locate`] sorts them by place.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.standing(Standing::Shown)
    }

    /// Iterates over the warnings that a rule allows.
    pub fn allowed(&self) -> impl Iterator<Item = &Diagnostic> {
        self.standing(Standing::Allowed)
    }

    fn standing(&self, wanted: Standing) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter().filter(move |(_, standing)| **standing == wanted).map(|(finding, _)| finding)
    }

    /// Returns `true` if there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}
