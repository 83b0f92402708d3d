//! The rules by which items of the package are named and typed.

/// The source of operation names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationNames {
    /// Method and path.
    Rest,
    /// The operation ID, without what a framework added to the name of the method.
    OperationId,
    /// The operation ID as it is.
    OperationIdExact,
}

/// The names of types that are described inside a list or map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemNames {
    /// The singular of the list's name: `OrderLineItem` for the items of `line_items`.
    Singular,
    /// The name of the list as it is: `OrderLineItems`.
    Same,
}

/// The types of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integers {
    /// 32 bits only if a bound says that they suffice: formats are often outgrown.
    Bounds,
    /// The type that the format names.
    Format,
}

/// The header by which servers recognize repeated requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdempotencyKey {
    /// None: the caller sets header parameters of the document.
    Off,
    /// The header parameter of an operation whose name ends in `Idempotency-Key`.
    ByParameter,
    /// This header, which each POST and PATCH sends.
    Header(String),
}

/// The source of manager names, which group operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManagerNames {
    /// The first tag.
    Tag,
    /// An extension of the operation, such as `x-box-tag`.
    Extension(String),
}
