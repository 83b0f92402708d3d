//! Compares the page of a small model in a made-up language with the published skeleton.

use crate::emit::{Dialect, DialectArgument, DialectCall, DialectForm, markdown};
use crate::files::Files;
use crate::ir::{
    Api, Arena, Dependency, Docs, ErrorBody, ErrorResponse, Info, Location, Manager, Operation, OperationId,
    Package, Parameter, ParameterEncoding, PathSegment, Payload, Response, Scalar, Security, StatusRange,
    Style, TypeRef, Value,
};
use crate::name::Name;
use crate::pointer::{DocumentId, Pointer};

#[test]
fn a_page_has_the_published_skeleton() {
    let mut read = operation("List user's groups");
    read.docs.description = Some("Lists them.\n\n# Note\n\n* a\n* b".into());
    read.reference_url = Some("https://example.com/reference/get-users-id/".to_owned());
    read.parameters = vec![
        parameter("user_id", Location::Path, "The user.\n\nAn id."),
        parameter("limit", Location::Query, "One of:\n\n* `1`\n* `2`"),
    ];
    read.errors = vec![
        failure(StatusRange::Exact(403), Payload::Text, Some("Why:\n\n* `no`")),
        failure(StatusRange::Default, Payload::Empty, None),
    ];
    let mut delete = operation("List user's groups");
    delete.deprecated = true;
    let files = emit(vec![read, delete]);
    assert_eq!(files.get("docs/users.md"), Some(PAGE));
}

#[test]
fn pages_keep_out_of_each_others_way() {
    let api = api(vec![operation("x")], &["readme", "errors", "con", "com1", "users"]);
    let mut files = Files::default();
    markdown::emit(&api, &Fake, &mut files);
    let pages: Vec<_> = files.iter().map(|(path, _)| path).collect();
    assert_eq!(
        pages,
        [
            "README.md",
            "docs/README.md",
            "docs/com1_manager.md",
            "docs/con_manager.md",
            "docs/configuration.md",
            "docs/errors.md",
            "docs/errors_manager.md",
            "docs/readme_manager.md",
            "docs/testing.md",
            "docs/users.md",
        ]
    );
}

#[test]
fn a_document_without_operations_has_a_readme() {
    let api = api(Vec::new(), &[]);
    let mut files = Files::default();
    markdown::emit(&api, &Fake, &mut files);
    let readme = files.get("README.md").expect("every package has one");
    assert!(!readme.contains("first call") && !readme.contains("\n\n\n"), "{readme}");
}

const PAGE: &str = r#"# UsersManager

- [List user's groups](#list-users-groups)
- [List user's groups](#list-users-groups-1)

## List user's groups

Lists them.

**Note**

* a
* b

This operation is performed by calling function `call`.

See the endpoint docs at
[API Reference](https://example.com/reference/get-users-id/).

<!-- sample List user's groups -->

```fake
call(1)
```

### Arguments

- user_id `Text`
  - The user.

    An id. Example: "12345"
- limit `Text`
  - One of:

    * `1`
    * `2`
- extra_headers `Headers`
  - More headers.

### Returns

This function returns a value of type `Nothing`.

It worked.

### Errors

- 403 `Text`
  - Why:

    * `no`
- any other status

## List user's groups

**This operation is deprecated.**

This operation is performed by calling function `call`.

<!-- sample List user's groups -->

```fake
call(1)
```

### Arguments

- extra_headers `Headers`
  - More headers.

### Returns

This function returns a value of type `Nothing`.

It worked.
"#;

fn emit(operations: Vec<Operation>) -> Files {
    let mut files = Files::default();
    markdown::emit(&api(operations, &["users"]), &Fake, &mut files);
    files
}

fn here() -> Pointer {
    Pointer::root(DocumentId(0))
}

fn docs(description: &str) -> Docs {
    Docs { title: None, description: Some(description.into()) }
}

fn operation(title: &str) -> Operation {
    let response = Response {
        status: StatusRange::Exact(200),
        media_type: String::new(),
        form: Vec::new(),
        alternatives: Vec::new(),
        payload: Payload::Empty,
        headers: Vec::new(),
        docs: docs("It worked."),
        origin: here(),
    };
    Operation {
        is_placed: false,
        name: Name::new(title),
        origin: here(),
        position: 0,
        docs: Docs { title: Some(title.into()), description: None },
        method: "GET".to_owned(),
        path: vec![PathSegment::Literal("/".to_owned())],
        fragment: String::new(),
        form: Vec::new(),
        variant: Vec::new(),
        servers: Vec::new(),
        parameters: Vec::new(),
        idempotency_key: None,
        argument_order: Vec::new(),
        keeps_clone: false,
        body: None,
        responses: vec![response],
        errors: Vec::new(),
        pagination: None,
        security: Security::default(),
        deprecated: false,
        reference_url: None,
    }
}

fn parameter(name: &str, location: Location, description: &str) -> Parameter {
    Parameter {
        name: Name::new(name),
        origin: here(),
        location,
        encoding: ParameterEncoding::Style { style: Style::Simple, explode: false, allow_reserved: false },
        required: location == Location::Path,
        ty: TypeRef::Scalar(Scalar::String),
        constant: None,
        default: None,
        example: Some(Value::from("12345")),
        docs: docs(description),
        deprecated: false,
    }
}

fn failure(status: StatusRange, payload: Payload, description: Option<&str>) -> ErrorResponse {
    ErrorResponse {
        status,
        payload,
        headers: Vec::new(),
        docs: Docs { title: None, description: description.map(Into::into) },
        origin: Pointer::root(DocumentId(0)),
    }
}

fn api(operations: Vec<Operation>, managers: &[&str]) -> Api {
    let mut arena = Arena::default();
    let ids: Vec<_> = operations.into_iter().map(|operation| arena.add(operation)).collect();
    let manager = |name: &&str| Manager {
        name: Name::new(*name),
        segment: Name::new(*name),
        docs: Docs::default(),
        summary: None,
        parent: None,
        operations: ids.clone(),
    };
    Api {
        package: Package {
            name: "fake".to_owned(),
            version: "1.0.0".to_owned(),
            description: "A fake".into(),
            license: None,
            repository: None,
            client: Name::new("FakeClient"),
            runtime: Dependency { version: "1".to_owned(), path: None },
            own_workspace: false,
            extension: None,
            user_agent: "fake".to_owned(),
            agent_headers: Vec::new(),
            error_body: ErrorBody::default(),
            secret_keys: Vec::new(),
            response_secret_keys: Vec::new(),
            cross_origin_headers: Vec::new(),
            sample_credential: None,
            pages: Vec::new(),
        },
        info: Info { title: "Fake API".into(), version: "1".into(), docs: Docs::default() },
        servers: Vec::new(),
        security_schemes: Vec::new(),
        managers: managers.iter().map(manager).collect(),
        operations: arena,
        types: Arena::default(),
        webhooks: Vec::new(),
    }
}

/// A language in which everything has a fixed name, except arguments.
struct Fake;

impl Dialect for Fake {
    fn variants(&self, _: crate::ir::TypeId) -> (String, Vec<String>) {
        (String::new(), Vec::new())
    }
    fn library(&self) -> String {
        "library".to_owned()
    }
    fn client_type(&self) -> String {
        "Client".to_owned()
    }
    fn language(&self) -> &'static str {
        "fake"
    }
    fn program_language(&self) -> &'static str {
        "fake"
    }
    fn manager_type(&self, _: &Manager) -> String {
        "UsersManager".to_owned()
    }
    fn manager_name(&self, manager: &Manager) -> String {
        manager.name.snake()
    }
    fn page_name(&self, manager: &Manager) -> String {
        manager.name.snake()
    }
    fn method_name(&self, _: OperationId) -> String {
        "call".to_owned()
    }
    fn arguments(&self, id: OperationId) -> Vec<DialectArgument> {
        let shown = |name: &str, ty: &str, docs: &str| DialectArgument {
            name: name.to_owned(),
            ty: ty.to_owned(),
            docs: self::docs(docs),
            example: Some(Value::from("12345")),
            default: None,
            constant: None,
            deprecated: false,
        };
        // The first operation of the tests has two parameters, the second none.
        let own = [
            shown("user_id", "Text", "The user.\n\nAn id."),
            shown("limit", "Text", "One of:\n\n* `1`\n* `2`"),
        ];
        let own = own.into_iter().take(if id.index() == 0 { 2 } else { 0 });
        own.chain([shown("extra_headers", "Headers", "More headers.")]).collect()
    }
    fn return_type(&self, _: OperationId) -> String {
        "Nothing".to_owned()
    }
    fn payload_type(&self, payload: &Payload) -> Option<String> {
        (*payload == Payload::Text).then(|| "Text".to_owned())
    }
    fn flow_constructor(&self, _: usize, _: &crate::ir::OAuthFlow) -> Option<(String, &'static str)> {
        None
    }

    fn forms(&self, _: OperationId) -> Vec<DialectForm> {
        Vec::new()
    }

    fn headers(&self, _: OperationId) -> Vec<DialectArgument> {
        Vec::new()
    }

    fn sample(&self, _: OperationId) -> Vec<String> {
        vec!["call(1)".to_owned()]
    }
    fn has_pages(&self, _: OperationId) -> bool {
        false
    }
    fn pages_sample(&self, _: OperationId) -> Option<Vec<String>> {
        None
    }
    fn call(&self, _: OperationId) -> DialectCall {
        DialectCall { imports: Vec::new(), lines: vec!["call(1)".to_owned()] }
    }
    fn program(&self, _: OperationId) -> Vec<String> {
        vec!["main".to_owned()]
    }
    fn error_sample(&self, _: OperationId) -> Vec<String> {
        vec!["catch".to_owned()]
    }
}
