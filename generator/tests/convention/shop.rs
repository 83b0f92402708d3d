//! Describes a shop twice: as released, and with other names.

/// The released description.
pub(crate) const BEFORE: &str = r##"
openapi: 3.0.3
info: { title: Shop, version: "1" }
paths:
  /orders/{id}:
    get:
      operationId: fetch_order
      tags: [orders]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: lang, in: query, schema: { type: string } }
      responses: { "200": { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } } }
  /orders:
    get:
      operationId: list_orders
      tags: [orders]
      responses: { "200": { description: All. } }
  /refunds:
    post:
      operationId: add_refund
      tags: [orders]
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Refund" } } } }
      responses: { "204": { description: Done. } }
  /stock:
    get: { operationId: get_stock, tags: [stock], responses: { "204": { description: Done. } } }
components:
  schemas:
    Order: { type: object, properties: { id: { type: string }, colour: { type: string, enum: [red] } } }
    Refund: { type: object, required: [order], properties: { order: { type: string }, note: { type: string, nullable: true } } }
"##;

/// Renames everything that a document can rename.
pub(crate) fn after() -> String {
    let mut text = BEFORE.to_owned();
    for (from, to) in [
        ("tags: [stock]", "tags: [inventory]"),
        (
            "operationId: add_refund\n      tags: [orders]",
            "operationId: create_refund\n      tags: [refunds]",
        ),
        ("operationId: fetch_order", "operationId: get_order"),
        ("schemas/Order\"", "schemas/Purchase\""),
        ("    Order: {", "    Purchase: {"),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

/// Adopts them, and renames two setters.
pub(crate) const NAMES: &str = r#"
  types: { /components/schemas/Purchase: Purchase, /components/schemas/Purchase/properties/colour: PurchaseColour }
  operations: { get_order: get_order, create_refund: create_refund }
  managers: { inventory: inventory, refunds: refunds }
  parameters: { lang: language }
  members: { /components/schemas/Refund/properties/note: remark }
"#;
