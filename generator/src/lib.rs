//! Generates a Rust client crate and its documentation from OpenAPI documents.
//!
//! [`generate`] turns the texts of documents and a [`Config`] into the files of a package, or into [`Diagnostics`]. It
//! touches neither disk nor network nor clock: [`disk`] reads its input and writes its output, and the crate `xtask` is
//! the command line.
//!
//! # The way of a document
//! ```text
//! text ──load──▶ Spec ──lower──▶ ir::Api ──passes, check──▶ ir::Api ──assign──▶ Symbols ──emit──▶ Files ──sync──▶ disk
//!      tree/           lower/          passes/  check.rs          emit/rust/symbols   emit/         disk/
//!      spec/              │                        │                      │
//!                      barrier                  barrier                barrier: nothing fails after it
//! ```
//! 1. **Load** parses text into a located tree, the same for JSON and YAML, and rewrites Swagger 2.0 and OpenAPI 3.1 to
//!    the forms of 3.0. [`Spec`] resolves references in that tree, and reads its nodes as types of `openapiv3` or as
//!    [`spec::Keywords`].
//! 2. **Lower** turns OpenAPI into the model, [`ir::Api`]: each operation, parameter, body, response and schema becomes
//!    a plain struct or enum that is neutral to OpenAPI and to Rust. A schema is classified once, then lowered by its
//!    form.
//! 3. **Passes** finish the model: drop unused types, mark the direction of each type, box recursive members. Under a
//!    lock ([`generate_since`]), `keep` puts released items into their released shape before that. **Check** verifies
//!    the invariants of the model.
//! 4. **Assign** gives every item its Rust identifier, scope by scope, and resolves name collisions by
//!    rules that ignore the order of the document. The [`Listing`] of
//!    all public items follows from it, and so does the [`Verdict`] on what changed since the release.
//! 5. **Emit** writes files from the model and the symbols: Rust as tokens, pages and manifest from templates. One file
//!    depends on no other.
//! 6. **Sync** compares the files with a folder and writes what changed.
//!
//! All stages report to one [`Diagnostics`]. A fault costs its own construct; only an error stops the run, at the next
//! barrier.
//!
//! # Code map
//! | module | purpose |
//! |---|---|
//! | `config` | `sdk.yaml`: one file for each section; an entry without effect is an error |
//! | `source` | the text of a document |
//! | `source/outline` | finds the line and column of a [`mod@pointer`], when a diagnostic is shown |
//! | `tree` | a located tree of nodes, loaded from JSON or YAML |
//! | `spec` | documents, references, and the keywords of schemas |
//! | `spec/dialect` | the version that a document is read as |
//! | `spec/keywords` | the values of enums, with their names and descriptions |
//! | `spec/objects` | reads objects other than schemas, and finds the places of objects in others |
//! | `spec/object_reader` | reads one object, without its invalid members; checks the names and types of members |
//! | `spec/resolve` | follows references, and tells those that lead nowhere or to another kind of object |
//! | `spec/overlay` | applies overlays to the trees of documents |
//! | `spec/swagger` | rewrites Swagger 2.0 to OpenAPI 3.0, with the place where each part is written |
//! | `spec/normalise` | rewrites OpenAPI 3.1 and JSON Schema 2020-12 to the forms of 3.0 |
//! | `lower` | OpenAPI to model; the order of the stage is in `lower.rs` |
//! | `lower/operations` | path items to operations: selection, parameters, security, titles, managers |
//! | `lower/operations/security` | the flows of OAuth 2.0 |
//! | `lower/operations/managers` | the tags that documents describe |
//! | `lower/paths` | parts of path templates that are not written as OpenAPI writes them |
//! | `lower/bodies` | request bodies: media types, form fields, parts and their encodings |
//! | `lower/responses` | responses by status, and their headers |
//! | `lower/schemas` | schemas to types: `flat` merges keywords, `classify` decides on the form, then one file a form |
//! | `lower/schemas/unions` | `oneOf` and `anyOf`: variants and discriminators |
//! | `lower/names` | names of types and operations: rules, routes, overrides |
//! | `lower/pagination` | finds out how the pages of a list follow one another |
//! | `ir` | the model |
//! | `ir/print` | the model as text, for `cargo xtask ir` and for tests |
//! | `passes` | prune, usage, direction, recursion |
//! | `check` | invariants of the finished model |
//! | `emit` | the trait `Dialect`, where pages meet the code that they describe; manifest; `text` fills templates |
//! | `emit/inert` | makes text of a document inert: nothing in it is compiled, run or followed |
//! | `emit/rust` | sources of the crate; `ty` maps types, `runtime` lists the paths into the runtime |
//! | `emit/rust/symbols` | assigns identifiers: reserved names, collisions, the file of each type |
//! | `emit/rust/package` | `lib.rs`, the client, a file for each manager |
//! | `emit/rust/operations` | an operation's method and builder, its static data, its decoders and samples |
//! | `emit/rust/types` | structs, enums and unions |
//! | `emit/rust/rustdoc` | CommonMark to lines of rustdoc |
//! | `emit/rust/print` | tokens to text |
//! | `emit/markdown` | pages: views of operations and guides for the templates |
//! | `listing` | everything that users of the package can name, as a text that versions are compared by |
//! | `verdict` | differences between two listings, and the version step that they require |
//! | `verdict/operations` | response formats and header constants of released methods |
//! | `verdict/types` | variants of unions, and the tags that they send and are read by |
//! | `verdict/accept` | accepted silent changes, and the entries of the configuration that give up what is kept |
//! | `keep` | applies the lock: names, orders and shapes of the released version |
//! | `keep/operations` | what released methods send and return: bodies, constants and results |
//! | `files` | the output in memory: path to text |
//! | `parallel` | runs independent work on all processors |
//! | `disk` | reads input; compares, writes and deletes files |
//! | `slice` | a part of a document as a document of its own |
//! | `report` | lists the constructs that are approximated or left out |
//! | `diagnostic` | [`Diagnostic`], [`Code`], barriers, and their rendering |
//! | `pointer` | a place: a document and a JSON Pointer in it |
//! | `name` | wire names as words, and their case styles |
//!
//! # Invariants
//! - A run depends on its [`Input`] alone, and gives the same files each time; no order comes from a hash map.
//! - The order of paths, methods and components affects pages only. Members keep the order of the document.
//! - Nothing panics on any input, and recursion over input is bounded.
//! - Every node that can be wrong carries a [`pointer::Pointer`], so every diagnostic has a line and a column.
//! - A construct is either faithful or reported: nothing is dropped silently.
//! - A schema is classified once, in `lower/schemas/classify.rs`, and a type is mapped to Rust once, in
//!   `emit/rust/ty.rs`.
//! - Text of a document passes `emit/inert` on its way to any page, doc comment, literal or manifest: the type requires
//!   it.
//! - After the last barrier nothing returns a `Result`.
//! - Modules beside each other do not import each other in a circle.
//!
//! # Walls
//! Only these modules use these crates and modules. `cargo xtask tidy` checks both tables; they are copies of the ones
//! in `xtask/src/tidy/walls.rs`.
//!
//! | crate or module | used by | reason |
//! |---|---|---|
//! | `openapiv3` | `spec`, `lower` | later stages know no OpenAPI |
//! | `serde_json_path` | `spec/overlay` | only overlays select nodes by queries |
//! | `quote` | `emit/rust` | Rust is written in `emit/rust` |
//! | `syn` | `emit/rust` | Rust is written in `emit/rust` |
//! | `proc_macro2` | `emit/rust` | Rust is written in `emit/rust` |
//! | `prettyplease` | `emit/rust` | Rust is written in `emit/rust` |
//! | `minijinja` | `emit/text` | `emit/text` fills templates |
//! | `std::fs` | `disk` | only `disk` touches the file system |
//! | `std::env` | none | a run depends on its input alone |
//! | `std::net` | none | a run depends on its input alone |
//! | `std::process` | none | a run depends on its input alone |
//! | `std::time` | none | a run depends on its input alone |
//! | `emit::rust` | `lib`, `emit/rust`, `emit/manifest` | pages meet Rust at the trait `Dialect` |
//! | `emit::markdown` | `lib`, `emit/markdown` | Rust meets pages at the trait `Dialect` |
//!
//! | module | uses of this crate |
//! |---|---|
//! | `pointer` | nothing |
//! | `name` | nothing |
//! | `files` | nothing |
//! | `parallel` | nothing |
//! | `source` | `pointer` |
//! | `diagnostic` | `pointer`, `source` |
//! | `tree` | `diagnostic`, `pointer`, `source` |
//! | `ir` | `name`, `pointer` |
//! | `config` | `diagnostic`, `ir`, `name`, `pointer`, `source`, `tree` |
//! | `spec` | `config`, `diagnostic`, `parallel`, `pointer`, `source`, `tree` |
//! | `passes` | `ir`, `name`, `pointer` |
//! | `lower` | `config`, `diagnostic`, `ir`, `name`, `passes`, `pointer`, `spec`, `tree` |
//! | `slice` | `config`, `diagnostic`, `lower`, `name`, `pointer`, `spec`, `tree` |
//! | `check` | `diagnostic`, `ir`, `name`, `pointer` |
//! | `listing` | `ir`, `name`, `pointer` |
//! | `verdict` | `config`, `diagnostic`, `listing`, `pointer` |
//! | `keep` | `config`, `diagnostic`, `ir`, `listing`, `lower`, `name`, `passes`, `pointer`, `verdict` |
//! | `report` | `diagnostic`, `ir`, `pointer` |
//! | `emit/rust/symbols` | `ir`, `keep`, `listing`, `name`, `parallel`, `pointer`, `verdict` |
//! | `emit` | `files`, `ir`, `listing`, `name`, `parallel`, `pointer` |
//! | `disk` | `files`, `ir`, `parallel`, `source` |
//!
//! # To add a feature
//! Follow the stages, and let the compiler lead: models and enums are matched exhaustively, so a new field or variant
//! fails to compile almost everywhere it is missing. `CONTRIBUTING.md` says how to write fixtures, accept snapshots and
//! run the right tests. Paths below are relative to `generator`, without `src/` where they name a module.
//!
//! ## A keyword that shows up in rustdoc
//! As an example, a sentence with the `pattern` of a member ("The value matches `^[a-z]+$`."):
//! 1. `spec/schema.rs`: `Keywords` has a field for each keyword, and `Spec::schema` fills it with a method of the
//!    reader in `spec/keywords.rs` (`text`, `flag`, `number`, …). `pattern` is there already. A keyword that is spelled
//!    differently in 3.1 is rewritten in `spec/normalise/schema.rs`.
//! 2. `lower/schemas/annotations.rs`: add `pattern` to `Annotations`; take it from `Keywords` in `add`, and from
//!    another schema of the same member in `fill`.
//! 3. `ir/types.rs`: add `pattern: Option<String>` to `Field`, with a doc comment that defines it.
//!    `lower/schemas/objects.rs` fills it. `ir/print.rs` prints it in `field_text`; the compiler does not remind you of
//!    that.
//! 4. `emit/remarks.rs`: add `pattern` to `Remarks`, and its sentence in `sentences`: `code` makes the document's text
//!    inert. Rustdoc and pages share the sentence.
//! 5. `emit/rust/rustdoc.rs`: pass it on in `field_docs`. The compiler now asks for it in
//!    `emit/rust/operations/documentation.rs` (setters) and `emit/markdown/view.rs` (pages).
//! 6. For these two: `Parameter` in `ir/parameters.rs`, filled in `lower/operations/parameters.rs`; an accessor beside
//!    `default` in `ir/arguments.rs`; and, for pages, `DialectArgument` in `emit.rs`, filled in `emit/rust/dialect.rs`.
//! 7. Fixtures: a member with a pattern in `tests/lower/notes.yaml`, `tests/rust/rustdoc.yaml` and
//!    `tests/docs/operation.yaml`. Then `cargo xtask codegen`, and a line in `CHANGELOG.md`.
//!
//! ## A parameter style
//! As an example, `tabDelimited` for lists in the query:
//! 1. `ir/parameters.rs`: a variant of `Style`. The compiler asks for it in `lower/bodies/encodings.rs`, where
//!    `report_undefined` warns about combinations that OpenAPI does not define, and in
//!    `emit/rust/operations/statics.rs`, where it becomes the name of a variant in the runtime.
//! 2. `lower/bodies/encodings.rs`: `style_of_query` maps the styles of `openapiv3`, and `by_style` decides on the
//!    default of `explode`. A style that `openapiv3` does not know is a malformed member to it: leave `style` out in
//!    `Spec::parameter` (`spec/objects.rs`), as `content` is, and read it from the node with an accessor beside it.
//!    Nothing else changes in the emitter: `emit/rust/operations.rs` writes `request.query(…)` with the static data.
//! 3. `runtime/src/parameter.rs`: the variant of the runtime's `Style`. The compiler asks for it in
//!    `parameter/style.rs`, where `render` writes it, in `parameter/header/typed.rs`, which reads headers, and in
//!    `call/request.rs`, which writes forms.
//! 4. Tests: the table in `runtime/src/parameter/tests.rs`; a parameter in `tests/lower/parameters.yaml`; an operation
//!    in `tests/wire/wire.yaml`, with the expected bytes in `tests/wire/sdk_tests/styles.rs`. A line in both
//!    changelogs.
//!
//! ## A diagnostic
//! As an example, a warning about an operation without responses:
//! 1. `diagnostic.rs`: if no [`Code`] fits, a variant with its place in `ALL`, `as_str` (the name in `sdk.yaml` and in
//!    JSON) and `loss` (the effect on what the document describes).
//! 2. Report it where the fault is noticed and its pointer is at hand, here at the end of `documented` in
//!    `lower/responses.rs`: `self.warn(Code::Malformed, operation, message, help)`. The message says what is wrong and
//!    what was done instead, the help what to do; both start in lower case without a final dot. `Diagnostic::error` is
//!    for faults that make every file wrong; `with_loss` overrides the loss of the code.
//! 3. A fixture `tests/diagnostics/CODE.yaml`, or `CODE.some_word.yaml` beside others of that code; its snapshot is the
//!    text that users see. `tests/diagnostics.rs` fails for a code without a fixture. A new code with a loss also gets
//!    a case in `tests/report`, one without a loss a line in the list in `tests/report.rs`.
//! 4. `cargo xtask corpus` and `--report` show how often real documents cause it: a warning about valid documents is a
//!    bug. Then a line in `CHANGELOG.md`.

pub mod config;
pub mod source;
pub mod tree;
pub mod spec;
pub mod lower;
pub mod ir;
pub mod passes;
pub mod check;
pub mod emit;
pub mod listing;
pub mod verdict;
pub mod keep;
pub mod files;
mod parallel;
pub mod disk;
pub mod slice;
pub mod report;
pub mod diagnostic;
pub mod pointer;
pub mod name;

use emit::{manifest, markdown, rust};

pub use config::Config;
pub use diagnostic::{Code, Diagnostic, Diagnostics, Severity};
pub use files::Files;
pub use listing::Listing;
pub use report::Report;
pub use source::Source;
pub use spec::{Input, Spec};
pub use verdict::Verdict;

/// The result of a run.
#[derive(Debug)]
pub struct Generated {
    /// The finished model.
    pub api: ir::Api,
    /// Everything that users of the package can name.
    pub listing: Listing,
    /// The changes since the locked release, if there is a lock.
    pub verdict: Option<Verdict>,
    /// The files of the package.
    pub files: Files,
    /// Warnings.
    pub diagnostics: Diagnostics,
    /// The coverage of the documents: what is faithful, approximated or left out.
    pub report: Report,
}

/// Reads the documents of `input` and makes the files of one package.
///
/// # Errors
///
/// Returns all diagnostics if one of them is an error.
pub fn generate(input: &Input<'_>) -> Result<Generated, Diagnostics> {
    run(input, None)
}

/// Generates one package that keeps the names and shapes of its last release, and says what changed since.
///
/// # Errors
///
/// Returns all diagnostics if one of them is an error.
pub fn generate_since(input: &Input<'_>, release: &Listing) -> Result<Generated, Diagnostics> {
    run(input, Some(release))
}

/// The public items that a run would give its package, and what changed in them.
#[derive(Debug)]
pub struct Compared {
    /// Everything that users of the package can name.
    pub listing: Listing,
    /// The changes since the release. Without a release there are none.
    pub verdict: Verdict,
    /// Warnings.
    pub diagnostics: Diagnostics,
}

/// Compares the package of `input` with a release that it would keep, without emitting files. Silent changes that the
/// configuration does not accept are part of the verdict. Entries of the configuration may be without effect: they can
/// be meant for another version of the documents.
///
/// # Errors
///
/// Returns all diagnostics if one of them is an error.
pub fn compare(input: &Input<'_>, release: Option<&Listing>) -> Result<Compared, Diagnostics> {
    let mut diagnostics = Diagnostics::new(&input.config.allow).sparing_unused();
    let Public { listing, mut verdict, .. } = public(input, release, &mut diagnostics)?;
    verdict.accept(&input.config.accept, &mut Diagnostics::default());
    Ok(Compared { listing, verdict, diagnostics })
}

fn run(input: &Input<'_>, release: Option<&Listing>) -> Result<Generated, Diagnostics> {
    let mut diagnostics = Diagnostics::new(&input.config.allow).with_strict(&input.config.strict);
    let Public { api, symbols, listing, mut verdict } = public(input, release, &mut diagnostics)?;
    // Without a release there is no change to accept.
    if release.is_some() {
        verdict.accept(&input.config.accept, &mut diagnostics);
    }
    diagnostics.finish();
    diagnostics.barrier()?;

    let mut files = Files::default();
    let others = || {
        let mut files = Files::default();
        markdown::emit(&api, &rust::Rust::new(&api, &symbols), &mut files);
        manifest::emit(&api, &symbols, &mut files);
        files.add("api.txt", listing.print());
        files
    };
    let ((), others) = parallel::join(|| rust::emit(&api, &symbols, &mut files), others);
    files.extend(others);
    let report = Report::of(&api, &diagnostics);
    let verdict = release.map(|_| verdict);
    Ok(Generated { api, listing, verdict, files, diagnostics, report })
}

/// The model with its identifiers, and the public items that follow from them.
struct Public {
    api: ir::Api,
    symbols: rust::Symbols,
    listing: Listing,
    verdict: Verdict,
}

fn public(
    input: &Input<'_>,
    release: Option<&Listing>,
    diagnostics: &mut Diagnostics,
) -> Result<Public, Diagnostics> {
    let spec = Spec::load(input, diagnostics)?;

    let released = release.map(keep::released_forms).unwrap_or_default();
    let mut api = lower::lower_since(&spec, input.config, &released, diagnostics);
    diagnostics.barrier()?;

    passes::find_usage(&mut api);
    let kept = match release {
        Some(lock) => keep::keep(&mut api, lock, input.config, diagnostics),
        None => keep::Kept::default(),
    };
    passes::finish(&mut api);
    check::check(&api, diagnostics);
    diagnostics.barrier()?;

    let symbols = rust::Symbols::assign(&api, &kept);
    let listing = rust::Rust::new(&api, &symbols).listing();
    let mut verdict = release.map_or_else(Verdict::default, |release| Verdict::between(release, &listing));
    verdict.extend(kept.notes);
    verdict.extend(symbols.notes.iter().cloned());
    if let Some(release) = release {
        verdict.settle(release);
    }
    if release.is_some_and(|release| release.generator == listing.generator) {
        verdict.attribute_to_description();
    }
    Ok(Public { api, symbols, listing, verdict })
}
