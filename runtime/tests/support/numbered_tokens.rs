//! A credential whose tokens have numbers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sdk_runtime as rt;

/// A credential with numbered tokens. Each refusal moves on to the next one.
#[derive(Clone, Debug, Default)]
pub(crate) struct NumberedTokens(Arc<AtomicU32>);

impl rt::Credential for NumberedTokens {
    fn serves(&self, scheme: &rt::Scheme) -> bool {
        scheme.kind == rt::SchemeKind::Bearer
    }

    fn authorize<'a>(
        &'a self,
        _: &'a rt::AuthContext<'a>,
    ) -> rt::BoxFuture<'a, Result<rt::Authorization, rt::Error>> {
        let token = rt::Secret::new(format!("token-{}", self.0.load(Ordering::Relaxed)));
        Box::pin(async move { rt::Authorization::bearer(&token) })
    }

    fn refused<'a>(
        &'a self,
        _: &'a rt::AuthContext<'a>,
        _: &'a rt::Authorization,
    ) -> rt::BoxFuture<'a, Result<bool, rt::Error>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Ok(true) })
    }
}
