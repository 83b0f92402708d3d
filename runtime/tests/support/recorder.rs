//! Records the spans and events of `tracing` that belong to the thread of a test.
//!
//! The subscriber is that of the whole process: `tracing` may switch a span off for good if it first meets it on a
//! thread without one.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::{Debug, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_core::span::Current;

thread_local! {
    static RECORDED: RefCell<Recorded> = RefCell::default();
}

#[derive(Default)]
struct Recorded {
    /// In the order in which they began.
    spans: BTreeMap<u64, Span>,
    entered: Vec<u64>,
}

/// A span, with the messages and fields of its events.
#[derive(Clone, Default)]
pub(crate) struct Span {
    metadata: Option<&'static Metadata<'static>>,
    pub(crate) fields: BTreeMap<&'static str, String>,
    pub(crate) events: Vec<BTreeMap<&'static str, String>>,
}

impl Span {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }
}

pub(crate) fn start() {
    static START: Once = Once::new();
    START.call_once(|| {
        tracing::subscriber::set_global_default(Recorder(AtomicU64::new(1))).expect("the only subscriber");
    });
}

pub(crate) fn spans() -> Vec<Span> {
    RECORDED.with_borrow(|recorded| recorded.spans.values().cloned().collect())
}

/// Returns everything that was recorded.
pub(crate) fn text() -> String {
    spans().iter().fold(String::new(), |mut text, span| {
        let _ = writeln!(text, "{:?} {:?}", span.fields, span.events);
        text
    })
}

/// The subscriber, with the number of the next span.
struct Recorder(AtomicU64);

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sdk_runtime"
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let id = self.0.fetch_add(1, Ordering::Relaxed);
        RECORDED.with_borrow_mut(|recorded| {
            let parent = recorded.entered.last().and_then(|id| recorded.spans.get(id));
            let mut fields: BTreeMap<_, _> =
                parent.map(|parent| ("parent", parent.fields["otel.name"].clone())).into_iter().collect();
            attributes.record(&mut Fields(&mut fields));
            let span = Span { metadata: Some(attributes.metadata()), fields, events: Vec::new() };
            recorded.spans.insert(id, span);
        });
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        RECORDED.with_borrow_mut(|recorded| {
            if let Some(span) = recorded.spans.get_mut(&span.into_u64()) {
                values.record(&mut Fields(&mut span.fields));
            }
        });
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = BTreeMap::new();
        event.record(&mut Fields(&mut fields));
        RECORDED.with_borrow_mut(|recorded| {
            let span = recorded.entered.last().and_then(|id| recorded.spans.get_mut(id));
            // Tasks of other tests may run on several threads.
            if let Some(span) = span {
                span.events.push(fields);
            }
        });
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, span: &Id) {
        RECORDED.with_borrow_mut(|recorded| recorded.entered.push(span.into_u64()));
    }

    fn exit(&self, span: &Id) {
        RECORDED.with_borrow_mut(|recorded| {
            let at = recorded.entered.iter().rposition(|entered| *entered == span.into_u64());
            recorded.entered.remove(at.expect("a span is left that was entered"));
        });
    }

    fn current_span(&self) -> Current {
        RECORDED.with_borrow(|recorded| {
            let id = recorded.entered.last();
            let metadata = id.and_then(|id| recorded.spans.get(id)?.metadata);
            id.zip(metadata)
                .map_or_else(Current::none, |(id, metadata)| Current::new(Id::from_u64(*id), metadata))
        })
    }
}

/// Formats fields.
struct Fields<'a>(&'a mut BTreeMap<&'static str, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}
