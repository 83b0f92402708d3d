//! What makes calls, and what vouches for them.

/// Gives a request builder with a field `request` the rest: headers of the caller's own, sending, awaiting.
///
/// An answer that is handed over as it comes has `stream` before its decoder.
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
            /// Sends a header of your own. `None` leaves out a header that the client would send by default.
            pub fn extra_header(
                mut self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<$crate::HeaderChange>,
            ) -> Self {
                self.request.extra_header(name, value);
                self
            }

            /// Sends headers of your own. `None` leaves out a header that the client would send by default.
            pub fn extra_headers(mut self, headers: impl $crate::HeaderChanges) -> Self {
                self.request.extra_headers(headers);
                self
            }

            /// The call that awaiting this request makes, with what can be said of a single call.
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

/// Gives the builder of an operation that returns a list in pages the two ways through all of them.
#[doc(hidden)]
#[macro_export]
macro_rules! pages {
    ($name:ident => $page:ty, $decode:expr, $operation:ident, $item:ty, $whole:ident => $items:expr) => {
        impl $name {
            /// Every item of the list: page after page is fetched as the items are asked for, from the page on that
            /// this request names.
            pub fn items(self) -> $crate::Items<$item> {
                $crate::Items::new(self.request, |head, body| {
                    let $whole: $page = $decode(head, ::core::clone::Clone::clone(&body))?;
                    let facts = $crate::PageFacts::read(head, &body, &$whole, &$operation);
                    ::core::result::Result::Ok(facts.of($items))
                })
            }

            /// Every page of the list, fetched as it is asked for, from the page on that this request names.
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

/// Gives a credential that wraps another one, in this field, its trait.
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
