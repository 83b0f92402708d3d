//! Lists additions to a small description, none of which breaks the code of its users.

/// A description to add to: each marker is a place where something new may stand.
pub(crate) const SHOP: &str = r##"
openapi: 3.0.3
info: { title: Shop, version: "1" }
paths:
  /orders:
    post:
      operationId: create_order
      tags: [orders]
      parameters:
        - { name: dry_run, in: query, schema: { type: boolean } }
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [customer, item]
              properties:
                # before customer
                customer: { type: string }
                item: { type: string }
                # optional member
                colour: { $ref: "#/components/schemas/Colour" }
          # media type
      responses:
        "200": { description: Done., content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
        # status
    # operation
  /orders/{id}/lines:
    get:
      operationId: list_lines
      tags: [orders]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        # page
      responses:
        "200":
          description: The lines.
          content:
            application/json:
              schema:
                type: object
                properties:
                  entries: { type: array, items: { $ref: "#/components/schemas/Line" } }
                  # count
  # path
components:
  schemas:
    # schema before
    Order:
      type: object
      properties:
        id: { type: string }
        # response member
        payment: { $ref: "#/components/schemas/Payment" }
    Colour: { type: string, enum: [red, green] }
    Payment:
      oneOf:
        # variant before
        - { $ref: "#/components/schemas/Card" }
        - { type: string }
        # variant after
    Line: { type: object, properties: { item: { type: string }, "count": { type: integer } } }
    Card: { type: object, required: [number], properties: { number: { type: string } } }
    # schema after
  securitySchemes:
    key: { type: http, scheme: bearer }
"##;

/// An addition: its title, and the texts to replace, each with its replacement. A comment is a place to add to, and
/// stays for the next addition.
pub(crate) type Addition = (&'static str, &'static [(&'static str, &'static str)]);

/// The additions, each of which applies to [`SHOP`] and to what others made of it.
pub(crate) const ADDITIONS: &[Addition] = &[
    (
        "a parameter",
        &[(
            "        - { name: dry_run",
            "        - { name: trace, in: header, schema: { type: string } }\n        - { name: dry_run",
        )],
    ),
    (
        "a parameter called as a member",
        &[(
            "        - { name: dry_run",
            "        - { name: colour, in: query, schema: { type: string } }\n        - { name: dry_run",
        )],
    ),
    ("an optional member", &[("# optional member", "note: { type: string }")]),
    ("an optional member in front", &[("# before customer", "remark: { type: string }")]),
    ("a member that differs in case", &[("# before customer", "Colour: { type: string }")]),
    ("a response member", &[("# response member", "total: { type: integer }")]),
    ("a response member that differs in case", &[("# response member", "ID: { type: string }")]),
    (
        "a required response member",
        &[("    Order:\n      type: object", "    Order:\n      type: object\n      required: [payment]")],
    ),
    ("an enum value", &[("enum: [red,", "enum: [blue, red,")]),
    ("an enum value that differs in case", &[("red, green]", "RED, red, green]")]),
    (
        "a schema in front",
        &[
            ("# schema before", "order: { type: string, enum: [a] }"),
            ("# response member", r##"earlier: { $ref: "#/components/schemas/order" }"##),
        ],
    ),
    (
        "a schema behind",
        &[
            ("# schema after", "PAYMENT: { type: string, enum: [a] }"),
            ("# response member", r##"later: { $ref: "#/components/schemas/PAYMENT" }"##),
        ],
    ),
    (
        "a component named like an inline type",
        &[
            ("# schema after", "ListLinesResponse: { type: object, properties: { a: { type: string } } }"),
            ("# response member", r##"lines: { $ref: "#/components/schemas/ListLinesResponse" }"##),
        ],
    ),
    ("a tag behind", &[("tags: [orders]", "tags: [orders, shop]")]),
    ("a tag in front", &[("tags: [orders", "tags: [shop, orders")]),
    ("an error status", &[("# status", r##""404": { description: Not found. }"##)]),
    (
        "a media type",
        &[(
            "# media type",
            "multipart/form-data: { schema: { type: object, properties: { file: { type: string, format: binary } } } }",
        )],
    ),
    ("a variant in front", &[("# variant before", "- { type: integer }")]),
    (
        "a variant between others",
        &[(
            r##"/Card" }
"##,
            r##"/Card" }
        - { $ref: "#/components/schemas/Line" }
"##,
        )],
    ),
    ("a variant behind", &[("# variant after", "- { type: boolean }")]),
    (
        "an object as a variant",
        &[(
            "# variant after",
            "- { type: object, title: Voucher, required: [code], properties: { code: { type: string } } }",
        )],
    ),
    ("a title", &[("- { type: string }", "- { type: string, title: Reference }")]),
    (
        "paging",
        &[(
            "# page",
            "- { name: offset, in: query, schema: { type: integer } }\n        - { name: limit, in: query, schema: { type: integer } }",
        )],
    ),
    (
        "credentials",
        &[(
            "      operationId: create_order",
            "      security: [{ key: [] }]\n      operationId: create_order",
        )],
    ),
    (
        "an operation",
        &[(
            "# operation",
            r##"get: { operationId: list_orders, tags: [orders], responses: { "200": { description: All. } } }"##,
        )],
    ),
    (
        "an operation of the same name",
        &[(
            "# path",
            r##"/old/orders: { post: { operationId: createOrder, tags: [orders], responses: { "204": { description: Done. } } } }"##,
        )],
    ),
    ("a description", &[("Done.", "Done, and sent.")]),
];

/// Adds to a description.
pub(crate) fn add(description: &str, (title, replacements): &Addition) -> String {
    let mut text = description.to_owned();
    for (from, to) in *replacements {
        assert!(text.contains(from), "{title}: `{from}` is not in the description");
        let line = text.lines().find(|line| line.trim() == *from).unwrap_or_default();
        let indent = &line[..line.len() - line.trim_start().len()];
        let rest = if from.starts_with('#') { format!("\n{indent}{from}") } else { String::new() };
        text = text.replacen(from, &format!("{to}{rest}"), 1);
    }
    text
}
