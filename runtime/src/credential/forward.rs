//! Implements [`Credential`](crate::Credential) for types that wrap another credential.

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
