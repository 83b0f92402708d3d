//! Implements request builders, and credentials that wrap another credential.

/// Implements the common methods of a request builder with a field `request`: extra headers, sending, awaiting.
///
/// The keyword `stream` before the decoder means that the response is returned as a stream.
#[doc(hidden)]
#[macro_export]
macro_rules! builder {
    ($name:ident => $output:ty, stream $decode:expr) => {
        $crate::builder!($name => $output, receive, $decode);
    };
    ($name:ident => $output:ty, $decode:expr) => {
        $crate::builder!($name => $output, send, $decode);
    };
    ($name:ident => $output:ty, $send:ident, $decode:expr) => {
        impl $name {
            /// Adds a header to the request. `None` removes a header that the client would send by default.
            pub fn extra_header(
                mut self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<$crate::HeaderChange>,
            ) -> Self {
                self.request.extra_header(name, value);
                self
            }

            /// Adds headers to the request. `None` removes a header that the client would send by default.
            pub fn extra_headers(mut self, headers: impl $crate::HeaderChanges) -> Self {
                self.request.extra_headers(headers);
                self
            }

            /// Returns the call that awaiting this request makes, which takes options such as a timeout or a retry
            /// policy.
            pub fn send(self) -> $crate::Call<$output> {
                self.request.$send($decode)
            }
        }

        impl ::core::future::IntoFuture for $name {
            type Output = ::core::result::Result<$output, $crate::Error>;
            type IntoFuture = $crate::Call<$output>;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}

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

/// Implements `Credential` for a type that wraps another credential in a field.
#[doc(hidden)]
#[macro_export]
macro_rules! forward_credential {
    ($name:ident, $field:tt) => {
        impl $crate::Credential for $name {
            fn serves(&self, scheme: &$crate::Scheme) -> bool {
                self.$field.serves(scheme)
            }

            fn authorize<'a>(
                &'a self,
                context: &'a $crate::AuthContext<'a>,
            ) -> $crate::BoxFuture<'a, ::std::result::Result<$crate::Authorization, $crate::Error>> {
                self.$field.authorize(context)
            }

            fn refused<'a>(
                &'a self,
                context: &'a $crate::AuthContext<'a>,
                authorization: &'a $crate::Authorization,
            ) -> $crate::BoxFuture<'a, ::std::result::Result<bool, $crate::Error>> {
                self.$field.refused(context, authorization)
            }
        }
    };
}
