//! Expands the common methods of request builders.

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
