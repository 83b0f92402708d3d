//! Runs the jobs of a token source: fetches, stores, revokes and forgets tokens.

use std::sync::Arc;

use super::shared::SharedToken;
use crate::credential::Network;
use crate::credential::oauth::call::TokenCall;
use crate::credential::oauth::form::TokenForm;
use crate::credential::oauth::grant::GrantContext;
use crate::credential::oauth::token::AccessToken;
use crate::error::{Error, ErrorKind};

/// A job for the task of a token source.
#[derive(Clone)]
pub(crate) enum Job {
    /// Gets a valid token, from the store or else by the grant.
    Renew,
    /// Gets a new token by the grant.
    Fetch,
    /// Gets a new token by this form.
    Redeem(TokenForm),
    /// Revokes the token at the server and forgets it.
    Revoke,
    /// Forgets the token.
    Forget,
}

impl Job {
    pub(in crate::credential::oauth) async fn run(
        self,
        shared: &SharedToken,
        network: &Network,
    ) -> Result<Option<Arc<AccessToken>>, Error> {
        match self {
            Self::Renew => renew(shared, network).await.map(Some),
            Self::Fetch => {
                let last = last(shared).await?;
                fetch(shared, network, last).await.map(Some)
            }
            Self::Redeem(form) => redeem(shared, network, &form).await.map(Some),
            Self::Revoke => {
                revoke(shared, network).await?;
                forget(shared).await
            }
            Self::Forget => forget(shared).await,
        }
    }
}

async fn renew(shared: &SharedToken, network: &Network) -> Result<Arc<AccessToken>, Error> {
    if let Some(unsaved) = shared.unsaved() {
        return shared.keep(unsaved).await;
    }
    let current = shared.current();
    match load(shared).await? {
        // Another process, or an earlier one, has renewed the token.
        Some(stored)
            if current.as_ref().is_none_or(|current| current.secret != stored.secret)
                && stored.is_valid(network.platform.now()) =>
        {
            Ok(stored)
        }
        stored => fetch(shared, network, stored.or(current)).await,
    }
}

/// Returns the token with the newest refresh token.
async fn last(shared: &SharedToken) -> Result<Option<Arc<AccessToken>>, Error> {
    if let Some(unsaved) = shared.unsaved() {
        return Ok(Some(unsaved));
    }
    Ok(load(shared).await?.or_else(|| shared.current()))
}

/// Loads the token from the store. A store that cannot be read counts as empty if the grant works without it.
async fn load(shared: &SharedToken) -> Result<Option<Arc<AccessToken>>, Error> {
    match shared.settings.store.load().await {
        Ok(stored) => Ok(stored.map(Arc::new)),
        Err(_) if shared.settings.grant.can_renew(None) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn fetch(
    shared: &SharedToken,
    network: &Network,
    last: Option<Arc<AccessToken>>,
) -> Result<Arc<AccessToken>, Error> {
    let settings = &shared.settings;
    let form = || {
        let context = GrantContext {
            endpoint: &settings.endpoint,
            last: last.as_deref(),
            platform: &*network.platform,
            now: shared.skew.correct(network.platform.now()),
        };
        settings.grant.form(&context)
    };
    let endpoint = &settings.endpoint;
    let url = if settings.grant.refreshes() { endpoint.url_to_refresh() } else { endpoint.url() };
    let mut token = request(shared, network, url, &form).await?;
    if token.refresh_token.is_none() {
        // If the server sends no refresh token, the previous one stays valid (RFC 6749 section 6).
        token.refresh_token = last.as_ref().and_then(|last| last.refresh_token.clone());
    }
    shared.keep(Arc::new(token)).await
}

async fn redeem(
    shared: &SharedToken,
    network: &Network,
    form: &TokenForm,
) -> Result<Arc<AccessToken>, Error> {
    let url = shared.settings.endpoint.url();
    let token = request(shared, network, url, &|| Ok(form.clone())).await?;
    shared.keep(Arc::new(token)).await
}

async fn request(
    shared: &SharedToken,
    network: &Network,
    url: &str,
    form: &(dyn Fn() -> Result<TokenForm, Error> + Send + Sync),
) -> Result<AccessToken, Error> {
    let settings = &shared.settings;
    let skew = settings.grant.tells_time().then_some(&shared.skew);
    let endpoint = &settings.endpoint;
    let url = endpoint.place(url, network);
    let call = TokenCall { network, endpoint, url: &url, skew };
    let form = || Ok(settings.endpoint.with_parameters(form()?));
    call.send(&form, TokenCall::token).await
}

async fn revoke(shared: &SharedToken, network: &Network) -> Result<(), Error> {
    let Some(last) = last(shared).await? else { return Ok(()) };
    let endpoint = &shared.settings.endpoint;
    let Some(url) = endpoint.url_to_revoke() else {
        return Err(Error::new(ErrorKind::Configuration, "the token endpoint has no revocation URL"));
    };
    let mut form = TokenForm::default();
    form.push("token", last.refresh_token().unwrap_or(last.secret()).clone());
    let url = endpoint.place(url, network);
    let call = TokenCall { network, endpoint, url: &url, skew: None };
    call.send(&|| Ok(form.clone()), |_, _| Ok(())).await
}

async fn forget(shared: &SharedToken) -> Result<Option<Arc<AccessToken>>, Error> {
    shared.settings.store.clear().await?;
    Ok(None)
}
