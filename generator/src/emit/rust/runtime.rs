//! Names the runtime paths that emitted code uses.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};

/// A name in the runtime, emitted as `rt::Name`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path(&'static str);

impl ToTokens for Path {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(quote!(rt::));
        for (index, part) in self.0.split("::").enumerate() {
            if index > 0 {
                tokens.append_all(quote!(::));
            }
            tokens.append(Ident::new(part, Span::call_site()));
        }
    }
}

macro_rules! paths {
    ($($constant:ident = $path:literal)*) => {
        $(pub(crate) const $constant: Path = Path($path);)*
    };
}

/// Runtime features that a package forwards.
pub(crate) const RUNTIME_FEATURES: &[&str] = &[
    "blocking",
    "brotli",
    "chrono04",
    "fs",
    "jiff1",
    "reqwest",
    "reqwest013",
    "testing",
    "time03",
    "tokio",
    "tracing",
    "webhooks",
    "zstd",
];

/// Forwarded features that are enabled by default.
pub(crate) const RUNTIME_DEFAULTS: &[&str] = &["fs", "reqwest", "tokio"];

// Facts of an API.
paths! {
    API = "Api"
    SERVER = "Server"
    SCHEME = "Scheme"
    SCHEME_KIND = "SchemeKind"
    ERROR_BODY = "ErrorBody"
    OPERATION = "Operation"
    METHOD = "Method"
    BODY_KIND = "BodyKind"
}

// Clients and calls.
paths! {
    CLIENT = "Client"
    CLIENT_BUILDER = "ClientBuilder"
    CREDENTIAL = "Credential"
    CALL = "Call"
    CUSTOM_REQUEST = "CustomRequest"
    REQUEST = "Request"
    REQUEST_OPTIONS = "RequestOptions"
    ENCODING = "Encoding"
    STYLE = "Style"
    UPLOAD = "Upload"
    ERROR = "Error"
    HEAD = "Head"
    HEADER = "Header"
    BYTES = "Bytes"
    DECODE_JSON = "json"
    DECODE_EMPTY = "empty"
    DECODE_TEXT = "text"
    DECODE_LOCATION = "location"
    DOWNLOAD = "Download"
    EVENTS = "Events"
    JSON_LINES = "JsonLines"
    JSON_LINES_BODY = "JsonLinesBody"
    DECODE_JSON_LINES = "json_lines"
    DECODE_RESULTS = "results"
    DECODE_DOWNLOAD = "download"
    DECODE_EVENTS = "events"
    UNEXPECTED = "unexpected"
    BUILDER = "builder"
    PAGES = "pages"
    PAGING = "Paging"
}

// Credentials.
paths! {
    AUTHORIZATION_CODE = "AuthorizationCode"
    CLIENT_CREDENTIALS = "ClientCredentials"
    TOKEN_ENDPOINT = "TokenEndpoint"
}

// Values.
paths! {
    JSON = "Json"
    READER = "Reader"
    WRITER = "Writer"
    READ = "Read"
    WRITTEN = "Written"
    EXTRA = "Extra"
    DATE_TIME = "DateTime"
    DATE = "Date"
    BASE64 = "Base64"
    BASE64_URL = "Base64Url"
    NUMBER = "Number"
    VALUE = "Value"
    LIST = "list"
    MAP = "map"
    UNKNOWN_TEXT = "UnknownText"
    UNKNOWN_INTEGER = "UnknownInteger"
    UNKNOWN_JSON = "UnknownJson"
    OBJECT = "object"
    STRING_ENUM = "string_enum"
    INTEGER_ENUM = "integer_enum"
    VALUE_ENUM = "value_enum"
    TAGGED = "tagged"
    BESIDE_TAG = "beside_tag"
    UNION = "union"
    HEADER_MAP = "HeaderMap"
    WEBHOOK = "webhook"
    WEBHOOK_HEADER = "webhook_header"
    SCALAR_UNION = "scalar_union"
}
