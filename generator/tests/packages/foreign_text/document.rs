//! A document with a text wherever OpenAPI has one.

use serde_json::{Value, json};

/// The document; each call of `text` fills one more place.
pub(crate) fn document(mut text: impl FnMut() -> String) -> Value {
    let mut t = || text();
    let schemes = ["key", "basic", "oauth", "open", "cookie", "query"];
    let [key, basic, oauth, open, cookie, query] = schemes.map(|name| format!("{name} {}", t()));
    let tag = t();
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": t(), "description": t(), "version": t(), "termsOfService": t(),
            "contact": { "name": t(), "url": t(), "email": t() },
            "license": { "name": t(), "url": t() },
        },
        "externalDocs": { "description": t(), "url": t() },
        "servers": [
            server("https://{region}.example.test", &mut t),
            { "url": format!("https://odd.example.test/`{}", t()), "description": t() },
        ],
        "tags": [
            { "name": tag.clone(), "description": t(), "externalDocs": { "description": t(), "url": t() } },
            { "name": "things", "description": t() },
        ],
        "security": [{ basic.clone(): [] }, { key.clone(): [] }, { oauth.clone(): ["read"] }],
        "paths": {
            "/things": { "summary": t(), "description": t(), "get": list(&mut t), "post": create(&mut t) },
            "/things/{id}": {
                "parameters": [parameter("id", "path", &mut t)],
                "put": upload(&tag, &mut t),
                "delete": remove(&mut t),
            },
            "/`odd`/<script>alert(1)</script>": { "get": events(&tag, &mut t) },
        },
        "components": {
            "securitySchemes": {
                key: { "type": "apiKey", "in": "header", "name": "X-`Key`", "description": t() },
                query: { "type": "apiKey", "in": "query", "name": t(), "description": t() },
                cookie: { "type": "apiKey", "in": "cookie", "name": t(), "description": t() },
                basic: { "type": "http", "scheme": "basic", "description": t() },
                t(): { "type": "http", "scheme": t(), "bearerFormat": t(), "description": t() },
                open: { "type": "openIdConnect", "openIdConnectUrl": t(), "description": t() },
                oauth: {
                    "type": "oauth2",
                    "description": t(),
                    "flows": {
                        "clientCredentials": { "tokenUrl": format!("https://example.test/{}", t()), "refreshUrl": t(), "scopes": { "read": t(), t(): t() } },
                        "authorizationCode": { "authorizationUrl": t(), "tokenUrl": t(), "scopes": { "read": t() } },
                    },
                },
            },
            "schemas": schemas(&mut t),
        },
    })
}

fn server(url: &str, t: &mut dyn FnMut() -> String) -> Value {
    json!({
        "url": url,
        "description": t(),
        "variables": { "region": { "default": t(), "enum": [t(), t()], "description": t() } },
    })
}

fn parameter(name: &str, location: &str, t: &mut dyn FnMut() -> String) -> Value {
    json!({
        "name": name,
        "in": location,
        "required": location == "path",
        "description": t(),
        "schema": { "type": "string", "title": t(), "description": t(), "default": t(), "example": t() },
        "example": t(),
    })
}

fn json_content(name: &str, t: &mut dyn FnMut() -> String) -> Value {
    json!({
        "application/json": {
            "schema": { "$ref": format!("#/components/schemas/{name}") },
            "examples": { "one": { "summary": t(), "description": t(), "value": { "name": t() } } },
        },
    })
}

fn list(t: &mut dyn FnMut() -> String) -> Value {
    json!({
        "operationId": format!("list {}", t()),
        "summary": t(),
        "description": t(),
        "tags": ["things"],
        "externalDocs": { "description": t(), "url": t() },
        "parameters": [
            parameter(&t(), "query", t),
            parameter("offset", "query", t),
            parameter("limit", "query", t),
            parameter("X-Trace", "header", t),
            parameter(&t(), "cookie", t),
            { "name": "only", "in": "query", "schema": { "type": "string", "enum": [t()] } },
        ],
        "responses": {
            "200": {
                "description": t(),
                "headers": { "X-Next": { "description": t(), "schema": { "type": "string", "example": t() } } },
                "links": { "next": { "operationId": t(), "description": t() } },
                "content": {
                    "application/json": {
                        "schema": { "$ref": "#/components/schemas/Things" },
                        "example": { "entries": [{ "name": t() }] },
                    },
                    "text/csv": { "schema": { "type": "string", "description": t() } },
                },
            },
            "202": { "description": t() },
            "404": { "description": t(), "content": json_content("Problem", t) },
            "default": { "description": t(), "content": json_content("Problem", t) },
        },
    })
}

fn create(t: &mut dyn FnMut() -> String) -> Value {
    json!({
        "operationId": t(),
        "summary": t(),
        "description": t(),
        "tags": ["things"],
        "deprecated": true,
        "requestBody": {
            "description": t(),
            "required": true,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "description": t(),
                        "required": ["name"],
                        "properties": {
                            "name": { "type": "string", "title": t(), "description": t(), "example": t() },
                            "note": { "type": "string", "nullable": true, "description": t(), "default": t() },
                            t(): { "type": "string", "nullable": true },
                            "any": { "description": t(), "example": { t(): t() } },
                            "kind": { "$ref": "#/components/schemas/Kind" },
                            "either": { "$ref": "#/components/schemas/Either" },
                        },
                    },
                    "example": { "name": t(), "note": t() },
                },
            },
        },
        "responses": { "201": { "description": t(), "content": json_content("Thing", t) } },
    })
}

fn upload(tag: &str, t: &mut dyn FnMut() -> String) -> Value {
    json!({
        "operationId": "upload",
        "tags": [tag],
        "summary": t(),
        "requestBody": {
            "description": t(),
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["file", "label"],
                        "properties": {
                            "file": { "type": "string", "format": "binary", "description": t() },
                            "label": { "type": "string", "description": t(), "example": t() },
                        },
                    },
                    "encoding": {
                        "file": { "headers": { "X-Part": { "description": t(), "schema": { "type": "string" } } } },
                    },
                },
            },
        },
        "responses": {
            "200": { "description": t(), "content": { "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } } },
            "409": { "description": t() },
        },
    })
}

fn remove(t: &mut dyn FnMut() -> String) -> Value {
    json!({
        "tags": ["things"],
        "description": t(),
        "security": [],
        "servers": [server("https://{region}.other.example.test", t)],
        "responses": { "204": { "description": t() }, "4XX": { "description": t() } },
    })
}

fn events(tag: &str, t: &mut dyn FnMut() -> String) -> Value {
    json!({
        "operationId": "watch",
        "tags": [tag],
        // So that the pages show another operation: this path cannot be called.
        "deprecated": true,
        "description": t(),
        "responses": {
            "200": {
                "description": t(),
                "content": { "text/event-stream": { "schema": { "$ref": "#/components/schemas/Thing" } } },
            },
        },
    })
}

fn schemas(t: &mut dyn FnMut() -> String) -> Value {
    let [first, second] = [t(), t()];
    json!({
        "Things": {
            "type": "object",
            "title": t(),
            "description": t(),
            "properties": {
                "total_count": { "type": "integer", "description": t() },
                "offset": { "type": "integer", "description": t() },
                "limit": { "type": "integer", "description": t() },
                "entries": {
                    "type": "array",
                    "description": t(),
                    "items": { "$ref": "#/components/schemas/Thing" },
                },
            },
        },
        "Thing": {
            "type": "object",
            "title": t(),
            "required": ["name"],
            "externalDocs": { "description": t(), "url": t() },
            "properties": {
                "name": { "type": "string", "title": t(), "description": t(), "default": t(), "pattern": t() },
                t(): { "type": "string", "description": t(), "deprecated": true },
                format!("more {}", t()): { "type": "object", "properties": { "inner": { "type": "string" } } },
                "kind": { "$ref": "#/components/schemas/Kind" },
                "code": { "$ref": "#/components/schemas/Code" },
                "either": { "$ref": "#/components/schemas/Either" },
                "pet": { "$ref": "#/components/schemas/Pet" },
            },
            "additionalProperties": { "type": "string", "description": t() },
        },
        "Kind": {
            "type": "string",
            "description": t(),
            "enum": [first, second, "plain"],
            "x-enum-descriptions": [t(), t(), t()],
            "x-enum-varnames": [t(), t(), t()],
        },
        "Code": { "type": "integer", "enum": [1, 2], "x-enumDescriptions": [t(), t()], "x-enumNames": [t(), t()] },
        "Either": { "title": t(), "description": t(), "oneOf": [{ "type": "string", "title": t() }, { "type": "integer" }] },
        "Pet": {
            "description": t(),
            "oneOf": [{ "$ref": "#/components/schemas/Cat" }, { "$ref": "#/components/schemas/Dog" }],
            "discriminator": {
                "propertyName": "what",
                "mapping": { t(): "#/components/schemas/Cat", "dog": "#/components/schemas/Dog" },
            },
        },
        "Cat": { "type": "object", "description": t(), "required": ["what"], "properties": { "what": { "type": "string" } } },
        "Dog": { "type": "object", "description": t(), "required": ["what"], "properties": { "what": { "type": "string" } } },
        "Problem": { "type": "object", "title": t(), "description": t(), "properties": { "message": { "type": "string", "description": t() } } },
    })
}
