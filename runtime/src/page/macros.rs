//! Expands the methods of builders whose operations return pages.

/// Implements `items` and `pages` for the builder of an operation that returns a paged list.
#[doc(hidden)]
#[macro_export]
macro_rules! pages {
    ($name:ident => $page:ty, $decode:expr, $operation:ident, $item:ty, $whole:ident => $items:expr) => {
        impl $name {
            /// Returns a stream over all items of the list, starting with the page that this request asks for. Further
            /// pages are fetched as needed.
            pub fn items(self) -> $crate::Items<$item> {
                $crate::Items::new(self.request, |head, body| {
                    let $whole: $page = $decode(head, ::core::clone::Clone::clone(&body))?;
                    let facts = $crate::PageFacts::read(head, &body, &$whole, &$operation);
                    ::core::result::Result::Ok(facts.of($items))
                })
            }

            /// Returns a stream over all pages of the list, starting with the page that this request asks for. Each
            /// page is fetched when it is asked for.
            pub fn pages(self) -> $crate::Pages<$page> {
                $crate::Pages::new(self.request, |head, body| {
                    let page: $page = $decode(head, ::core::clone::Clone::clone(&body))?;
                    let facts = $crate::PageFacts::read(head, &body, &page, &$operation);
                    ::core::result::Result::Ok(facts.of(page))
                })
            }
        }
    };
}
