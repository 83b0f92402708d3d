//! How the pages of an operation follow one another, as a constant of the generated crate.

/// How the pages of an operation follow one another. Members of a page go by JSON Pointer, parameters by name; what a
/// document lacks is empty.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    pub(crate) by: PagingStyle,
    /// What takes the offset, the number of the page, or the marker.
    pub(crate) parameter: PageParameter,
    /// What takes the size of a page.
    pub(crate) limit: PageParameter,
    /// The offset or number of the first page.
    pub(crate) first: i64,
    /// The list of items; the page itself where it is empty.
    pub(crate) items: &'static str,
    /// The size of a page as the server took it.
    pub(crate) size: &'static str,
    /// The offset or number of the page as the server took it.
    pub(crate) place: &'static str,
    /// The number of all items.
    pub(crate) total: &'static str,
    /// The number of all pages.
    pub(crate) pages: &'static str,
    /// The marker or URL of the next page.
    pub(crate) next: &'static str,
    /// Whether there is another page: true or false.
    pub(crate) more: &'static str,
    /// Whether what should be a marker can be a URL as well.
    pub(crate) may_be_url: bool,
    /// The query parameter that switches to markers, and the one that then takes them.
    pub(crate) switch: Option<(&'static str, &'static str)>,
}

/// PagingStyle what the next page is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PagingStyle {
    Offset,
    Number,
    Marker,
    Url,
    Link,
}

/// A parameter; without a name there is none.
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
    /// One page is all.
    pub(crate) const NONE: Self = Self::by(PagingStyle::Link, "", 0);

    /// PagingStyle the number of items to skip.
    #[must_use]
    pub const fn offset(parameter: &'static str) -> Self {
        Self::by(PagingStyle::Offset, parameter, 0)
    }

    /// PagingStyle the number of the page.
    #[must_use]
    pub const fn number(parameter: &'static str) -> Self {
        Self::by(PagingStyle::Number, parameter, 1)
    }

    /// PagingStyle a marker that a page gives for the next one.
    #[must_use]
    pub const fn marker(parameter: &'static str, next: &'static str) -> Self {
        Self { next, ..Self::by(PagingStyle::Marker, parameter, 0) }
    }

    /// PagingStyle a URL that a page gives for the next one.
    #[must_use]
    pub const fn url(next: &'static str) -> Self {
        Self { next, ..Self::by(PagingStyle::Url, "", 0) }
    }

    /// PagingStyle the header `Link` (RFC 8288).
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
            may_be_url: false,
            switch: None,
        }
    }

    /// The parameters are members of the body.
    #[must_use]
    pub const fn in_body(mut self) -> Self {
        self.parameter.place = ParameterLocation::Body;
        self.limit.place = ParameterLocation::Body;
        self
    }

    /// The parameter that takes the size of a page.
    #[must_use]
    pub const fn limit(mut self, parameter: &'static str) -> Self {
        self.limit.name = parameter;
        self
    }

    /// The offset or number of the first page.
    #[must_use]
    pub const fn first(mut self, first: i64) -> Self {
        self.first = first;
        self
    }

    /// Where the items are.
    #[must_use]
    pub const fn items(mut self, pointer: &'static str) -> Self {
        self.items = pointer;
        self
    }

    /// Where the server says which size of a page it took.
    #[must_use]
    pub const fn size(mut self, pointer: &'static str) -> Self {
        self.size = pointer;
        self
    }

    /// Where the server says which offset or number of a page it took.
    #[must_use]
    pub const fn place(mut self, pointer: &'static str) -> Self {
        self.place = pointer;
        self
    }

    /// Where the number of all items is.
    #[must_use]
    pub const fn total(mut self, pointer: &'static str) -> Self {
        self.total = pointer;
        self
    }

    /// Where the number of all pages is.
    #[must_use]
    pub const fn pages(mut self, pointer: &'static str) -> Self {
        self.pages = pointer;
        self
    }

    /// Where it says whether there is another page.
    #[must_use]
    pub const fn more(mut self, pointer: &'static str) -> Self {
        self.more = pointer;
        self
    }

    /// What should be a marker is followed where it is a whole URL.
    #[must_use]
    pub const fn or_url(mut self) -> Self {
        self.may_be_url = true;
        self
    }

    /// A query parameter which, when it is true, makes the server go by markers instead.
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
