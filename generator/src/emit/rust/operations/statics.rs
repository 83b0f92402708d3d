//! Emits the static data about the API and its operations that the runtime reads.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::escaped_path::escaped_path;
use super::{accept, statuses};
use crate::emit::rust::print::identifier;
use crate::emit::rust::runtime::{
    API, BODY_KIND, ENCODING, ERROR_BODY, METHOD, OPERATION, SCHEME, SCHEME_KIND, SERVER, STYLE,
};
use crate::ir::{
    Api, Body, BodyKind, Location, Operation, ParameterEncoding, Payload, Response, Security, SecurityKind,
    Server, Shape, Style,
};

/// Emits the static of the API.
pub(crate) fn api(api: &Api) -> TokenStream {
    let name = &api.package.name;
    let user_agent = &api.package.user_agent;
    let agent_headers = api.package.agent_headers.iter().map(|(name, value)| quote!((#name, #value)));
    let servers = self::servers(&api.servers);
    let (asking, open) = operation_servers(api);
    let operation_servers = self::servers(&asking);
    let open_servers = self::servers(&open);
    let schemes = api.security_schemes.iter().map(|scheme| {
        let name = &scheme.name.wire;
        let kind = match &scheme.kind {
            SecurityKind::Bearer => quote!(Bearer),
            SecurityKind::Basic => quote!(Basic),
            SecurityKind::HeaderKey(key) => quote!(Header(#key)),
            SecurityKind::QueryKey(key) => quote!(Query(#key)),
            SecurityKind::CookieKey(key) => quote!(Cookie(#key)),
            SecurityKind::Other(kind) => quote!(Other(#kind)),
        };
        quote!(#SCHEME { name: #name, kind: #SCHEME_KIND::#kind })
    });
    let (secret_keys, response_secret_keys) = (&api.package.secret_keys, &api.package.response_secret_keys);
    let password_members = password_members(api);
    let cross_origin_headers = &api.package.cross_origin_headers;
    let errors = error_body(api);
    quote! {
        /// The facts about the API that the runtime needs.
        pub(crate) static API: #API = #API {
            name: #name,
            version: env!("CARGO_PKG_VERSION"),
            user_agent: #user_agent,
            agent_headers: &[#(#agent_headers),*],
            servers: #servers,
            operation_servers: #operation_servers,
            open_servers: #open_servers,
            security: &[#(#schemes),*],
            errors: #errors,
            secret_keys: &[#(#secret_keys),*],
            response_secret_keys: &[#(#response_secret_keys),*],
            password_members: &[#(#password_members),*],
            cross_origin_headers: &[#(#cross_origin_headers),*],
        };
    }
}

/// Returns the names of the members of all bodies whose format is `password`.
fn password_members(api: &Api) -> BTreeSet<&str> {
    let of_types = api.types.iter().flat_map(|(_, def)| match &def.shape {
        Shape::Struct { fields, .. } => fields.as_slice(),
        Shape::StringEnum(_)
        | Shape::IntegerEnum(_)
        | Shape::ValueEnum(_)
        | Shape::Union(_)
        | Shape::Alias(_) => &[],
    });
    let of_bodies = api.operations.iter().filter_map(|(_, operation)| operation.body.as_ref());
    of_types
        .chain(of_bodies.flat_map(|body| body.fields()))
        .filter(|field| field.secret)
        .map(|field| &*field.name.wire)
        .collect()
}

fn error_body(api: &Api) -> TokenStream {
    let body = &api.package.error_body;
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let (code, message, request_id) = (text(&body.code), text(&body.message), text(&body.request_id));
    let (help_url, context, header) =
        (text(&body.help_url), text(&body.context), text(&body.request_id_header));
    quote! {
        #ERROR_BODY {
            code: #code,
            message: #message,
            request_id: #request_id,
            help_url: #help_url,
            context: #context,
            request_id_header: #header,
        }
    }
}

/// Collects the servers of single operations: those that take credentials, since credentials may be sent there, and
/// the others with variables, which a caller can set.
fn operation_servers(api: &Api) -> (Vec<Server>, Vec<Server>) {
    // Without security schemes, the caller's credential is sent with every operation.
    let asks = |operation: &Operation| {
        api.security_schemes.is_empty()
            || operation.security.alternatives.iter().any(|alternative| !alternative.is_empty())
    };
    let mut asking: Vec<Server> = Vec::new();
    let mut others: Vec<Server> = Vec::new();
    for (_, operation) in api.operations.iter() {
        let known = if asks(operation) { &mut asking } else { &mut others };
        for server in &operation.servers {
            if !api.servers.iter().chain(known.iter()).any(|known| known.url == server.url) {
                known.push(server.clone());
            }
        }
    }
    others.retain(|server| server.url.contains('{') && !asking.iter().any(|known| known.url == server.url));
    (asking, others)
}

fn servers(servers: &[Server]) -> TokenStream {
    let servers = servers.iter().map(|server| {
        let url = &server.url;
        let variables = server.variables.iter().map(|variable| {
            let (name, default, allowed) = (&variable.name.wire, &variable.default, &variable.allowed);
            quote!((#name, #default, &[#(#allowed),*]))
        });
        quote!(#SERVER { url: #url, variables: &[#(#variables),*] })
    });
    quote!(&[#(#servers),*])
}

/// Emits the static of an operation. The runtime's defaults are omitted.
pub(crate) fn operation(
    api: &Api,
    operation: &Operation,
    name: &Ident,
    pages: Option<TokenStream>,
) -> TokenStream {
    let id = &operation.name.wire;
    let path = escaped_path(&operation.path);
    let new = match operation.method.as_str() {
        method @ ("GET" | "POST" | "PUT" | "PATCH" | "DELETE") => {
            let method = identifier(&method.to_lowercase());
            quote!(#method(#id, #path))
        }
        method @ ("OPTIONS" | "HEAD" | "TRACE" | "CONNECT") => {
            let method = identifier(method);
            quote!(new(#id, #METHOD::#method, #path))
        }
        method => quote!(custom(#id, #method, #path)),
    };
    let servers = (!operation.servers.is_empty()).then(|| {
        let servers = servers(&operation.servers);
        quote!(.servers(#servers))
    });
    let security = (!operation.security.alternatives.is_empty()).then(|| {
        let security = security(api, &operation.security);
        quote!(.security(#security))
    });
    let body = operation.body.as_ref().map(|body| {
        let body = body_kind(body);
        quote!(.body(#body))
    });
    let may_be_empty = operation.body.as_ref().filter(|body| body.has_members() && body.may_be_empty);
    let may_be_empty = may_be_empty.map(|_| quote!(.may_be_empty()));
    let accept = accept::accept(operation).map(|accept| quote!(.accept(#accept)));
    let pages = pages.map(|paging| quote!(.pages(&#paging)));
    let key = operation.idempotency_key.as_ref().map(|header| quote!(.idempotency_key(#header)));
    let answers = answers(operation);
    quote! {
        static #name: #OPERATION = #OPERATION::#new
            #servers #security #key #body #may_be_empty #accept #answers #pages;
    }
}

/// Emits the unusual facts about responses: streamed statuses, documented statuses outside 2xx, and polling
/// after a 202.
fn answers(operation: &Operation) -> TokenStream {
    let streams = statuses::streamed(&operation.responses);
    let streams = (!streams.is_empty()).then(|| {
        let ranges = streams.iter().map(|range| {
            let (first, last) =
                (Literal::u16_unsuffixed(*range.start()), Literal::u16_unsuffixed(*range.end()));
            quote!(#first..=#last)
        });
        quote!(.streams(&[#(#ranges),*]))
    });
    let documented = statuses::outside_success(&operation.responses);
    let documented = (!documented.is_empty()).then(|| {
        let codes = documented.iter().map(|code| Literal::u16_unsuffixed(*code));
        quote!(.documented(&[#(#codes),*]))
    });
    let retry = statuses::may_be_later(&operation.responses).then(|| quote!(.retry_accepted()));
    let returns = |response: &Response| response.payload == Payload::Location;
    let location = operation.responses.iter().any(returns).then(|| quote!(.returns_location()));
    quote!(#streams #documented #retry #location)
}

fn security(api: &Api, security: &Security) -> TokenStream {
    let alternatives = security.alternatives.iter().map(|uses| {
        let names = uses.iter().map(|scheme| &api.security_schemes[scheme.scheme].name.wire);
        quote!(&[#(#names),*])
    });
    quote!(&[#(#alternatives),*])
}

fn body_kind(body: &Body) -> TokenStream {
    let media_type = &body.media_type;
    match &body.kind {
        BodyKind::JsonFields(_) => quote!(#BODY_KIND::Json(#media_type)),
        BodyKind::Json(_) => quote!(#BODY_KIND::JsonValue(#media_type)),
        BodyKind::FormFields(_) => quote!(#BODY_KIND::Form),
        BodyKind::Multipart(parts) => {
            let parts = parts.iter().filter(|part| !part.spread).map(|part| {
                let (name, content_type) =
                    (&part.field.name.wire, part.content_type.as_deref().unwrap_or_default());
                quote!((#name, #content_type))
            });
            quote!(#BODY_KIND::Multipart(#media_type, &[#(#parts),*]))
        }
        BodyKind::Binary => quote!(#BODY_KIND::Bytes(#media_type)),
        BodyKind::Text => quote!(#BODY_KIND::Text(#media_type)),
        BodyKind::JsonLines(_) => quote!(#BODY_KIND::JsonLines(#media_type)),
    }
}

/// Emits the encoding of a parameter at this location.
pub(crate) fn encoding(encoding: &ParameterEncoding, location: Location) -> TokenStream {
    let (style, explode, allow_reserved) = match *encoding {
        ParameterEncoding::Style { style, explode, allow_reserved } => (style, explode, allow_reserved),
        ParameterEncoding::Json => return quote!(#ENCODING::JSON),
        ParameterEncoding::JsonQuery => return quote!(#ENCODING::JSON_QUERY),
        ParameterEncoding::Plain => return quote!(#ENCODING::PLAIN),
    };
    match (style, explode, allow_reserved) {
        (Style::Form, true, false) => quote!(#ENCODING::FORM),
        (Style::Form, false, false) => quote!(#ENCODING::FORM_JOINED),
        (Style::Simple, false, false) if location != Location::Query => quote!(#ENCODING::SIMPLE),
        _ => {
            let style = identifier(style_name(style));
            quote!(#ENCODING { style: #STYLE::#style, explode: #explode, allow_reserved: #allow_reserved })
        }
    }
}

fn style_name(style: Style) -> &'static str {
    match style {
        Style::Matrix => "Matrix",
        Style::Label => "Label",
        Style::Form => "Form",
        Style::Simple => "Simple",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::TabDelimited => "TabDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
    }
}
