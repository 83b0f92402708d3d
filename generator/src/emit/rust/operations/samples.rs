//! Emits sample calls: the lines that a page shows, and the doctests and programs that compile them.

mod values;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::responses;
use crate::emit::DialectCall;
use crate::emit::inert::Inert;
use crate::emit::rust::Rust;
use crate::emit::rust::print::{FileBody, identifier, statements};
use crate::ir::{
    Argument, ArgumentSource, ArgumentValue, Location, OperationId, Payload, Scalar, TypeId, TypeRef,
};

/// A sample call.
pub(crate) struct Sample {
    /// The lines shown on the page.
    pub(crate) lines: Vec<String>,
    /// Variables with an `id` field, declared by the hidden set-up.
    resources: Vec<String>,
    /// Tokens whose names have to be imported.
    mentioned: TokenStream,
}

/// Returns the visible lines of a call.
pub(crate) fn sample(rust: &Rust<'_>, id: OperationId) -> Sample {
    let mut resources = Some(Vec::new());
    let call = call(rust, id, &mut resources);
    let tokens = awaited(rust, id, &call);
    Sample { lines: statements(&tokens), resources: resources.unwrap_or_default(), mentioned: tokens }
}

/// Awaits the call, and consumes the result if it is a stream.
fn awaited(rust: &Rust<'_>, id: OperationId, call: &TokenStream) -> TokenStream {
    let save = quote!(content.save_to("content.bin").await?;);
    let operation = &rust.api.operations[id];
    match responses::single(operation) {
        Some(Payload::Binary) => quote!(let content = #call.await?; #save),
        Some(Payload::Events(_)) => quote! {
            let mut events = #call.await?;
            while let Some(event) = events.next().await {
                let event = event?;
                println!("{:?}", event.data);
            }
        },
        Some(Payload::JsonLines(_) | Payload::Results(_)) => quote! {
            let mut lines = #call.await?;
            while let Some(line) = lines.next().await {
                let line = line?;
                println!("{line:?}");
            }
        },
        Some(Payload::Location) => quote!(let url = #call.await?;),
        Some(Payload::Empty | Payload::Json(_) | Payload::Text) => quote!(#call.await?;),
        None => match responses::binary_variant(operation) {
            Some(variant) => {
                let reply = identifier(&rust.symbols.operation(id).response_enum());
                quote!(if let #reply::#variant(content) = #call.await? { #save })
            }
            None => quote!(#call.await?;),
        },
    }
}

/// Returns the visible lines that iterate over the items of all pages.
pub(crate) fn pages(rust: &Rust<'_>, id: OperationId) -> Option<Sample> {
    if !super::pagination::has_pages(rust, id) {
        return None;
    }
    let mut resources = Some(Vec::new());
    let call = call(rust, id, &mut resources);
    let tokens = quote! {
        let mut items = #call.items();
        while let Some(item) = items.next().await {
            let item = item?;
            println!("{item:?}");
        }
    };
    Some(Sample { lines: statements(&tokens), resources: resources.unwrap_or_default(), mentioned: tokens })
}

/// Returns a complete program that makes the call with literal values.
pub(crate) fn program(rust: &Rust<'_>, id: OperationId) -> Vec<String> {
    let call = call(rust, id, &mut None);
    let (krate, client) = (identifier(&rust.symbols.crate_name), identifier(&rust.symbols.client));
    let credential = rust.api.package.sample_credential.as_ref();
    let import = credential.and_then(|credential| credential.import.as_ref()).map(|import| {
        let import = identifier(import);
        quote!(, #import)
    });
    let types = imported_types(rust, &call);
    let credential: Option<TokenStream> =
        credential.map(|credential| credential.expression.parse().unwrap_or_default());
    let result = match responses::shown(rust, id).as_str() {
        "()" => quote!(#call.await?;),
        _ => quote! {
            let reply = #call.await?;
            println!("{reply:?}");
        },
    };
    let uses = quote!(#types use #krate::{#client #import};);
    let main = quote! {
        #[tokio::main]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let client = #client::new(#credential);
            #result
            Ok(())
        }
    };
    crate::emit::rust::print::file(&[], vec![uses], &FileBody::print([main]))
        .trim_start()
        .lines()
        .map(str::to_owned)
        .collect()
}

/// Returns the call with literal values as an expression.
pub(crate) fn expression(rust: &Rust<'_>, id: OperationId) -> DialectCall {
    let call = call(rust, id, &mut None);
    let imports = imports(rust, id, &call);
    // Only a statement can be formatted, so a semicolon is added and removed again.
    let mut lines = statements(&quote!(#call;));
    if let Some(last) = lines.last_mut() {
        last.truncate(last.trim_end_matches(';').len());
    }
    DialectCall { imports, lines }
}

/// Returns a function that makes the same call as [`program`] and handles its errors. It compiles on its own.
pub(crate) fn error_sample(rust: &Rust<'_>, id: OperationId) -> Vec<String> {
    let call = call(rust, id, &mut None);
    let krate = identifier(&rust.symbols.crate_name);
    let client = identifier(&rust.symbols.client);
    let types = imported_types(rust, &call);
    let uses = quote!(#types use #krate::#client;);
    let show = quote! {
        async fn show(client: &#client) {
            match #call.await {
                Ok(reply) => println!("{reply:?}"),
                Err(error) if error.is_not_found() => println!("not found"),
                Err(error) => eprintln!("{error}; request {:?}", error.request_id()),
            }
        }
    };
    crate::emit::rust::print::file(&[], vec![uses], &FileBody::print([show]))
        .trim_start()
        .lines()
        .map(str::to_owned)
        .collect()
}

/// Emits the `use` line for types that a call mentions.
fn imported_types(rust: &Rust<'_>, call: &TokenStream) -> Option<TokenStream> {
    let krate = identifier(&rust.symbols.crate_name);
    let types = used_types(rust, &crate::emit::rust::mentioned(std::slice::from_ref(call)));
    (!types.is_empty()).then(|| {
        let types = types.iter().map(|name| identifier(name));
        quote!(use #krate::types::{#(#types),*};)
    })
}

/// Emits the call up to the builder. With `resources`, IDs in the path come from variables, which are
/// collected there; otherwise they are literals.
fn call(rust: &Rust<'_>, id: OperationId, resources: &mut Option<Vec<String>>) -> TokenStream {
    let manager = identifier(&rust.manager_of(id).accessor);
    let symbols = rust.symbols.operation(id);
    let method = identifier(&symbols.method);
    let arguments = rust.api.operations[id].arguments();
    let named: Vec<(&Argument<'_>, &String)> = arguments.iter().zip(&symbols.arguments).collect();
    let required: Vec<_> = named.iter().filter(|(argument, _)| argument.required).collect();
    let setter = telling_setter(rust, &named);
    if required.len() > super::MOST_ARGUMENTS {
        let bundle = identifier(&symbols.bundle());
        let fields = required.iter().map(|(argument, name)| {
            let (name, value) = (identifier(name), owned_value(rust, argument));
            quote!(#name: #value)
        });
        return quote!(client.#manager().#method(#bundle { #(#fields),* }) #setter);
    }
    let values = required.iter().map(|(argument, _)| argument_value(rust, argument, resources));
    quote!(client.#manager().#method(#(#values),*) #setter)
}

fn used_types<'a>(rust: &Rust<'a>, mentioned: &BTreeSet<String>) -> Vec<&'a str> {
    let ids: BTreeSet<TypeId> = mentioned.iter().filter_map(|name| rust.symbols.type_named(name)).collect();
    ids.into_iter().map(|id| rust.symbols.ty(id).name.as_str()).collect()
}

/// Returns the `use` lines for names that a call mentions.
fn imports(rust: &Rust<'_>, id: OperationId, call: &TokenStream) -> Vec<String> {
    let mentioned = crate::emit::rust::mentioned(std::slice::from_ref(call));
    let (krate, symbols) = (&rust.symbols.crate_name, rust.symbols.operation(id));
    let mut imports = Vec::new();
    let types = used_types(rust, &mentioned);
    if !types.is_empty() {
        let names = if types.len() == 1 { types[0].to_owned() } else { format!("{{{}}}", types.join(", ")) };
        imports.push(format!("use {krate}::types::{names};"));
    }
    let module = &rust.manager_of(id).module;
    for name in [symbols.bundle(), symbols.response_enum()] {
        if mentioned.contains(&name) {
            imports.push(format!("use {krate}::managers::{module}::{name};"));
        }
    }
    if mentioned.contains(UPLOAD) && types.iter().all(|name| *name != UPLOAD) {
        imports.push(format!("use {krate}::{UPLOAD};"));
    }
    if mentioned.contains("serde_json") {
        imports.push(format!("use {krate}::serde_json;"));
    }
    imports
}

/// Returns the doctest of a sample: its visible lines inside a hidden set-up.
pub(crate) fn doctest(rust: &Rust<'_>, id: OperationId, sample: Sample) -> Vec<Inert> {
    let krate = &rust.symbols.crate_name;
    let client = &rust.symbols.client;
    let mut hidden = vec![format!("use {krate}::{client};")];
    hidden.extend(imports(rust, id, &sample.mentioned));
    if !sample.resources.is_empty() {
        hidden.push("struct Resource { id: String }".to_owned());
    }
    let resources: String = sample.resources.iter().map(|name| format!(", {name}: Resource")).collect();
    hidden.push(format!(
        "async fn example(client: {client}{resources}) -> Result<(), Box<dyn std::error::Error>> {{"
    ));
    let hidden = hidden.into_iter().map(|line| format!("# {line}"));
    let end = ["# Ok(())", "# }"].map(str::to_owned);
    Inert::program("no_run", hidden.chain(sample.lines).chain(end))
}

/// Sets the first body field if the call requires only path parameters, so that the sample shows a change.
fn telling_setter(rust: &Rust<'_>, named: &[(&Argument<'_>, &String)]) -> Option<TokenStream> {
    let is_path = |argument: &Argument<'_>| matches!(argument.source, ArgumentSource::Parameter(parameter) if parameter.location == Location::Path);
    if named.iter().any(|(argument, _)| argument.required && !is_path(argument)) {
        return None;
    }
    let in_body = |argument: &Argument<'_>| !matches!(argument.source, ArgumentSource::Parameter(_));
    let (argument, name) = named.iter().find(|(argument, _)| in_body(argument))?;
    let name = identifier(name);
    let value = argument_value(rust, argument, &mut None);
    Some(quote!(.#name(#value)))
}

fn argument_value(
    rust: &Rust<'_>,
    argument: &Argument<'_>,
    resources: &mut Option<Vec<String>>,
) -> TokenStream {
    if let Some((resources, resource)) = resources.as_mut().zip(resource(rust, argument)) {
        let variable = identifier(&resource);
        if !resources.contains(&resource) {
            resources.push(resource);
        }
        return quote!(&#variable.id);
    }
    match argument.value() {
        ArgumentValue::Typed(ty) => {
            let ty = if argument.required { ty } else { ty.non_null() };
            values::input(rust, ty, argument.example(), &argument.name.wire)
        }
        // A complete program imports only types of the document, not `Upload`.
        ArgumentValue::Upload if is_file(rust, argument) && resources.is_some() => {
            quote!(Upload::file("report.pdf"))
        }
        ArgumentValue::Upload => quote!(b"content"),
        ArgumentValue::Uploads => quote!([b"content"]),
        ArgumentValue::JsonLines(ty) => {
            let line = values::owned(rust, ty, argument.example(), &argument.name.wire);
            quote!([#line])
        }
        ArgumentValue::NamedUploads => quote!([("name", b"content")]),
        ArgumentValue::Text => quote!("text"),
    }
}

/// The name of the runtime's upload type.
const UPLOAD: &str = "Upload";

/// Returns `true` if the argument is a file of a form and no type of the document is named `Upload`.
fn is_file(rust: &Rust<'_>, argument: &Argument<'_>) -> bool {
    let is_taken = || rust.api.types.ids().any(|id| rust.symbols.ty(id).name == UPLOAD);
    matches!(argument.source, ArgumentSource::Part(_)) && !is_taken()
}

/// Emits the value of an argument as a field of the struct of arguments.
fn owned_value(rust: &Rust<'_>, argument: &Argument<'_>) -> TokenStream {
    match argument.value() {
        ArgumentValue::Typed(ty) => values::owned(rust, ty, argument.example(), &argument.name.wire),
        ArgumentValue::Upload => quote!(b"content".into()),
        ArgumentValue::Uploads => quote!(vec![b"content".into()]),
        ArgumentValue::JsonLines(ty) => {
            let line = values::owned(rust, ty, argument.example(), &argument.name.wire);
            quote!([#line].into())
        }
        ArgumentValue::NamedUploads => quote!(vec![("name".to_owned(), b"content".into())]),
        ArgumentValue::Text => quote!("text".to_owned()),
    }
}

/// Returns the variable whose `id` supplies a path parameter: `user` for `user_id`.
fn resource(rust: &Rust<'_>, argument: &Argument<'_>) -> Option<String> {
    let ArgumentSource::Parameter(parameter) = argument.source else { return None };
    let is_text = *rust.api.without_alias(&parameter.ty) == TypeRef::Scalar(Scalar::String);
    if parameter.location != Location::Path || !is_text {
        return None;
    }
    let (last, words) = argument.name.words.split_last()?;
    if last != "id" || words.is_empty() {
        return None;
    }
    let variable = crate::emit::rust::symbols::ident::snake(&crate::name::Name::from_words(words.to_vec()));
    (variable != "client").then_some(variable)
}
