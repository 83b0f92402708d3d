//! Emits a constructor for each OAuth flow that the document describes, with the URLs of the flow.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::inert::Inert;
use crate::emit::rust::print::{FileBody, file, identifier};
use crate::emit::rust::runtime::{AUTHORIZATION_CODE, CLIENT_CREDENTIALS, TOKEN_ENDPOINT};
use crate::emit::rust::{Rust, rustdoc, uses};
use crate::files::Files;
use crate::ir::{OAuthFlow, OAuthGrant, SecurityScheme};

/// A flow that has a constructor.
pub(crate) enum Constructor<'a> {
    AuthorizationCode { page: &'a str, endpoint: &'a str, refresh: Option<&'a str> },
    ClientCredentials { endpoint: &'a str },
}

impl<'a> Constructor<'a> {
    /// Returns the constructor of a flow: one that the runtime knows, if its URLs are absolute.
    pub(crate) fn of(flow: &'a OAuthFlow) -> Option<Self> {
        let absolute = |url: &'a Option<String>| {
            url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"))
        };
        let endpoint = absolute(&flow.token_url)?;
        match flow.grant {
            OAuthGrant::AuthorizationCode => {
                let refresh = absolute(&flow.refresh_url);
                Some(Self::AuthorizationCode { page: absolute(&flow.authorization_url)?, endpoint, refresh })
            }
            OAuthGrant::ClientCredentials => Some(Self::ClientCredentials { endpoint }),
            OAuthGrant::DeviceAuthorization | OAuthGrant::Implicit | OAuthGrant::Password => None,
        }
    }

    /// Returns the name of the constructor.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::AuthorizationCode { .. } => "authorization_code",
            Self::ClientCredentials { .. } => "client_credentials",
        }
    }

    /// Returns the URLs in the order in which they are used.
    pub(crate) fn urls(&self) -> Vec<&'a str> {
        match self {
            Self::AuthorizationCode { page, endpoint, refresh } => {
                [*page, *endpoint].into_iter().chain(*refresh).collect()
            }
            Self::ClientCredentials { endpoint } => vec![endpoint],
        }
    }
}

impl Rust<'_> {
    /// Returns `true` if a flow of the API has a constructor.
    pub(crate) fn has_flows(&self) -> bool {
        self.api.security_schemes.iter().any(|scheme| constructors(scheme).next().is_some())
    }
}

/// Emits `oauth.rs` if a flow has a constructor.
pub(crate) fn emit(rust: &Rust<'_>, files: &mut Files) {
    if !rust.has_flows() {
        return;
    }
    let schemes = rust.api.security_schemes.iter().zip(&rust.symbols.schemes);
    let body = FileBody::print(schemes.filter_map(|(one, name)| scheme(one, name)).flatten());
    let docs = ["Credentials for the OAuth 2.0 flows of the API, with their URLs.".into()];
    files.add("src/oauth.rs", file(&docs, uses(&body, Vec::new()), &body));
}

fn constructors(scheme: &SecurityScheme) -> impl Iterator<Item = (&OAuthFlow, Constructor<'_>)> {
    scheme.flows.iter().filter_map(|flow| Some((flow, Constructor::of(flow)?)))
}

fn scheme(scheme: &SecurityScheme, name: &str) -> Option<[TokenStream; 2]> {
    let functions: Vec<TokenStream> =
        constructors(scheme).map(|(flow, constructor)| function(flow, &constructor)).collect();
    if functions.is_empty() {
        return None;
    }
    let otherwise = Inert::ours("The flows of the security scheme ") + rustdoc::code(&scheme.name.wire) + ".";
    let (name, docs) = (identifier(name), rustdoc::attributes(&rustdoc::lines(&scheme.docs, &otherwise)));
    let alias = rustdoc::alias(&scheme.name.wire, &name.to_string());
    let definition = quote! {
        #docs
        #alias
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        pub struct #name;
    };
    Some([definition, quote!(impl #name { #(#functions)* })])
}

fn function(flow: &OAuthFlow, constructor: &Constructor<'_>) -> TokenStream {
    let name = identifier(constructor.name());
    let mut docs = rustdoc::markdown(match constructor {
        Constructor::AuthorizationCode { .. } => {
            "Creates a credential for the authorization code flow: the application acts on behalf of a user. `configure` sets the client ID and secret."
        }
        Constructor::ClientCredentials { .. } => {
            "Creates a credential for the client credentials flow: the application acts on its own behalf. `configure` sets the client ID and secret."
        }
    });
    if !flow.scopes.is_empty() {
        docs.extend([Inert::default(), Inert::ours("The scopes:"), Inert::default()]);
    }
    for (scope, described) in &flow.scopes {
        let text = described.description.as_ref().map(|text| rustdoc::markdown(text.as_written()));
        docs.extend(rustdoc::item(rustdoc::code(scope), &text.unwrap_or_default()));
    }
    let docs = rustdoc::attributes(&docs);
    let configure = quote!(configure: impl FnOnce(#TOKEN_ENDPOINT) -> #TOKEN_ENDPOINT);
    match constructor {
        Constructor::AuthorizationCode { page, endpoint, refresh } => {
            let refresh = refresh.map(|url| quote!(.refresh_url_of_api(#url)));
            quote! {
                #docs
                pub fn #name(#configure) -> #AUTHORIZATION_CODE {
                    #AUTHORIZATION_CODE::new(configure(#TOKEN_ENDPOINT::of_api(#endpoint) #refresh), #page)
                }
            }
        }
        Constructor::ClientCredentials { endpoint } => {
            quote! {
                #docs
                pub fn #name(#configure) -> #CLIENT_CREDENTIALS {
                    #CLIENT_CREDENTIALS::new(configure(#TOKEN_ENDPOINT::of_api(#endpoint)))
                }
            }
        }
    }
}
