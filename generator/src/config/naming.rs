//! The rules by which items of the package are named.

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

/// The source of manager names, which group operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManagerNames {
    /// The first tag.
    Tag,
    /// An extension of the operation, such as `x-box-tag`.
    Extension(String),
}
