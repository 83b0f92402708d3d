//! Describes how the pages of an operation follow one another, as a constant of the generated crate.

/// The paging scheme of an operation. Members of a page are given by JSON Pointer (RFC 6901), parameters by name; an
/// empty string means that the document has none.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    pub(crate) by: PagingStyle,
    /// Takes the offset, page number or marker.
    pub(crate) parameter: PageParameter,
    /// Takes the page size.
    pub(crate) limit: PageParameter,
    /// The offset or number of the first page.
    pub(crate) first: i64,
    /// The list of items; empty if the page itself is the list.
    pub(crate) items: &'static str,
    /// The page size that the server applied.
    pub(crate) size: &'static str,
    /// The offset or page number that the server applied.
    pub(crate) place: &'static str,
    /// The total number of items.
    pub(crate) total: &'static str,
    /// The total number of pages.
    pub(crate) pages: &'static str,
    /// The marker or URL of the next page.
    pub(crate) next: &'static str,
    /// The boolean that is `true` if there is another page.
    pub(crate) more: &'static str,
    /// The boolean that is `true` if there is no other page.
    pub(crate) done: &'static str,
    /// Set if a marker can also be a URL.
    pub(crate) may_be_url: bool,
    /// Set if the marker may stay the same while the server moves on; an empty page is the last one then.
    pub(crate) scrolls: bool,
    /// The query parameter that switches to markers, and the parameter that then takes them.
    pub(crate) switch: Option<(&'static str, &'static str)>,
}

/// The kind of reference that leads to the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PagingStyle {
    Offset,
    Number,
    Marker,
    Url,
    Link,
}

/// A parameter. An empty name means that there is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageParameter {
    pub(crate) name: &'static str,
    pub(crate) place: ParameterLocation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParameterLocation {
    Query,
    Body,
}

impl Paging {
    /// No paging: one page is the whole list.
    pub(crate) const NONE: Self = Self::by(PagingStyle::Link, "", 0);

    /// Addresses pages by the number of items to skip.
    #[must_use]
    pub const fn offset(parameter: &'static str) -> Self {
        Self::by(PagingStyle::Offset, parameter, 0)
    }

    /// Addresses pages by their number.
    #[must_use]
    pub const fn number(parameter: &'static str) -> Self {
        Self::by(PagingStyle::Number, parameter, 1)
    }

    /// Follows the marker that each page gives for the next one.
    #[must_use]
    pub const fn marker(parameter: &'static str, next: &'static str) -> Self {
        Self { next, ..Self::by(PagingStyle::Marker, parameter, 0) }
    }

    /// Follows the URL that each page gives for the next one.
    #[must_use]
    pub const fn url(next: &'static str) -> Self {
        Self { next, ..Self::by(PagingStyle::Url, "", 0) }
    }

    /// Follows the `Link` header (RFC 8288).
    #[must_use]
    pub const fn link() -> Self {
        Self::by(PagingStyle::Link, "", 0)
    }

    const fn by(by: PagingStyle, parameter: &'static str, first: i64) -> Self {
        Self {
            by,
            parameter: PageParameter { name: parameter, place: ParameterLocation::Query },
            limit: PageParameter { name: "", place: ParameterLocation::Query },
            first,
            items: "",
            size: "",
            place: "",
            total: "",
            pages: "",
            next: "",
            more: "",
            done: "",
            may_be_url: false,
            scrolls: false,
            switch: None,
        }
    }

    /// Sends the parameters as members of the body instead of in the query.
    #[must_use]
    pub const fn in_body(mut self) -> Self {
        self.parameter.place = ParameterLocation::Body;
        self.limit.place = ParameterLocation::Body;
        self
    }

    /// Sets the parameter that takes the page size.
    #[must_use]
    pub const fn limit(mut self, parameter: &'static str) -> Self {
        self.limit.name = parameter;
        self
    }

    /// Sets the offset or number of the first page.
    #[must_use]
    pub const fn first(mut self, first: i64) -> Self {
        self.first = first;
        self
    }

    /// Sets the pointer to the items.
    #[must_use]
    pub const fn items(mut self, pointer: &'static str) -> Self {
        self.items = pointer;
        self
    }

    /// Sets the pointer to the page size that the server applied.
    #[must_use]
    pub const fn size(mut self, pointer: &'static str) -> Self {
        self.size = pointer;
        self
    }

    /// Sets the pointer to the offset or page number that the server applied.
    #[must_use]
    pub const fn place(mut self, pointer: &'static str) -> Self {
        self.place = pointer;
        self
    }

    /// Sets the pointer to the total number of items.
    #[must_use]
    pub const fn total(mut self, pointer: &'static str) -> Self {
        self.total = pointer;
        self
    }

    /// Sets the pointer to the total number of pages.
    #[must_use]
    pub const fn pages(mut self, pointer: &'static str) -> Self {
        self.pages = pointer;
        self
    }

    /// Sets the pointer to the boolean that is `true` if there is another page.
    #[must_use]
    pub const fn more(mut self, pointer: &'static str) -> Self {
        self.more = pointer;
        self
    }

    /// Sets the pointer to the boolean that is `true` if there is no other page.
    #[must_use]
    pub const fn done(mut self, pointer: &'static str) -> Self {
        self.done = pointer;
        self
    }

    /// Follows a marker that is an absolute URL.
    #[must_use]
    pub const fn or_url(mut self) -> Self {
        self.may_be_url = true;
        self
    }

    /// Follows a marker that stays the same, until a page is empty.
    #[must_use]
    pub const fn scrolls(mut self) -> Self {
        self.scrolls = true;
        self
    }

    /// Names a query parameter that, if it is true, makes the server use markers instead.
    #[must_use]
    pub const fn or_marker(
        mut self,
        switch: &'static str,
        parameter: &'static str,
        next: &'static str,
    ) -> Self {
        self.switch = Some((switch, parameter));
        self.next = next;
        self
    }
}
