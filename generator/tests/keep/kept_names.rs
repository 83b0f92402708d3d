//! Checks that a run tells of each released name that a run without a lock would not give.

use sdk_generator::verdict::Weight;

use crate::releases::{changes, config, release};

/// Returns the kept names after a change of the description, and checks that nothing breaks.
#[track_caller]
fn kept(before: &str, after: &str) -> Vec<String> {
    let config = config("");
    let lock = release(before, &config, None).listing;
    let generated = release(after, &config, Some(&lock));
    assert_eq!(changes(&generated, Weight::Silent), [""; 0]);
    assert_eq!(changes(&generated, Weight::Breaking), [""; 0]);
    let kept = changes(&generated, Weight::Kept);
    let mut distinct = kept.clone();
    distinct.dedup();
    assert_eq!(kept, distinct);
    kept
}

/// Describes operations by their paths, ids and tags.
fn operations(all: &[(&str, &str, &str)]) -> String {
    let mut text = "openapi: 3.0.3\ninfo: { title: Shop, version: '1' }\npaths:\n".to_owned();
    for (path, id, tags) in all {
        text += &format!(
            "  {path}:\n    get: {{ operationId: {id}, tags: [{tags}], responses: {{ \"204\": {{ description: Done. \
             }} }} }}\n"
        );
    }
    text
}

#[test]
fn tags_that_become_one_are_told() {
    let before =
        operations(&[("/a", "get_a", "orders"), ("/b", "get_b", "refunds"), ("/c", "get_c", "stock")]);
    let after = before.replace("[orders]", "[sales]").replace("[refunds]", "[sales]");
    insta::assert_snapshot!("merged_tags", kept(&before, &after).join("\n"));
    let after = before.replace("[refunds]", "[orders]");
    insta::assert_snapshot!("joined_tag", kept(&before, &after).join("\n"));
}

#[test]
fn a_tag_in_front_of_others_is_told() {
    let before = operations(&[("/a", "get_a", "orders"), ("/b", "get_b", "orders")]);
    // One operation gets another tag, with a name before or behind the released one.
    for tag in ["archive", "sales"] {
        let after = before.replacen("[orders]", &format!("[{tag}, orders]"), 1);
        insta::assert_snapshot!(format!("front_tag_{tag}"), kept(&before, &after).join("\n"));
    }
    let after = before.replace("[orders]", "[sales, orders]");
    insta::assert_snapshot!("front_tag_everywhere", kept(&before, &after).join("\n"));
}

#[test]
fn operation_ids_that_are_swapped_or_taken_are_told() {
    let before = operations(&[("/a", "get_a", "orders"), ("/b", "get_b", "orders")]);
    let after = operations(&[("/a", "get_b", "orders"), ("/b", "get_a", "orders")]);
    insta::assert_snapshot!("swapped_operations", kept(&before, &after).join("\n"));
    let after =
        operations(&[("/a", "get_z", "orders"), ("/b", "get_b", "orders"), ("/c", "get_a", "orders")]);
    insta::assert_snapshot!("moved_operation", kept(&before, &after).join("\n"));
}

/// Describes an operation with query parameters, and a component with members.
fn shapes(parameters: &[&str], members: &[&str], values: &str, name: &str) -> String {
    let parameters: Vec<String> = parameters
        .iter()
        .map(|name| format!("{{ name: {name}, in: query, schema: {{ type: string }} }}"))
        .collect();
    let members: Vec<String> = members.iter().map(|name| format!("{name}: {{ type: string }}")).collect();
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Shop, version: '1' }}\npaths:\n  /a:\n    get:\n      operationId: get_a\n      \
         tags: [orders]\n      parameters: [{}]\n      responses: {{ \"200\": {{ description: One., content: {{ \
         application/json: {{ schema: {{ $ref: '#/components/schemas/{name}' }} }} }} }} }}\ncomponents:\n  schemas:\n    \
         {name}: {{ type: object, properties: {{ {}, colour: {{ type: string, enum: [{values}] }} }} }}\n",
        parameters.join(", "),
        members.join(", "),
    )
}

#[test]
fn a_parameter_whose_name_another_one_would_take_is_told() {
    let before = shapes(&["Name"], &["id"], "red", "Order");
    let after = shapes(&["Name", "name"], &["id"], "red", "Order");
    insta::assert_snapshot!("kept_parameter", kept(&before, &after).join("\n"));
}

#[test]
fn a_member_whose_name_another_one_would_take_is_told() {
    let before = shapes(&["id"], &["Name"], "red", "Order");
    let after = shapes(&["id"], &["Name", "name"], "red", "Order");
    insta::assert_snapshot!("kept_member", kept(&before, &after).join("\n"));
}

#[test]
fn a_value_whose_name_another_one_would_take_is_told() {
    let before = shapes(&["id"], &["id"], "RED", "Order");
    let after = shapes(&["id"], &["id"], "RED, red", "Order");
    insta::assert_snapshot!("kept_value", kept(&before, &after).join("\n"));
}

#[test]
fn a_type_whose_name_another_one_would_take_is_told() {
    let before = shapes(&["id"], &["id"], "red", "order");
    let after = with_capital_order(&before);
    insta::assert_snapshot!("kept_type", kept(&before, &after).join("\n"));
}

/// Adds a component whose name differs from that of another one only in case.
fn with_capital_order(before: &str) -> String {
    let component = "    Order: { type: object, properties: { code: { type: string } } }\n";
    let operation = "  /b:\n    get: { operationId: get_b, tags: [orders], responses: { \"200\": { description: One., content: \
                     { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } } }\ncomponents:\n";
    format!("{before}{component}").replace("components:\n", operation)
}

#[test]
fn the_entry_that_a_note_suggests_gives_a_name_up() {
    let before = shapes(&["Name"], &["id"], "red", "order");
    let after = with_capital_order(&shapes(&["Name", "name"], &["id"], "red", "order"));
    let lock = release(&before, &config(""), None).listing;
    let told = kept(&before, &after);
    assert_eq!(told.len(), 2, "{told:?}");
    for line in told {
        let (_, entry) = line.split_once("to give the name up: `").expect("an entry is suggested");
        let given_up = release(&after, &config(entry.trim_end_matches('`')), Some(&lock));
        assert_eq!(changes(&given_up, Weight::Breaking), [""; 0]);
        assert!(!changes(&given_up, Weight::Kept).contains(&line), "{entry}");
    }
}

#[test]
fn a_required_argument_is_told_only_if_code_names_it() {
    let required = |names: &[&str]| {
        let text = shapes(names, &["id"], "red", "Order");
        text.replace("in: query,", "in: query, required: true,")
    };
    // An optional parameter wants the name.
    let with_optional = |text: &str| {
        let optional = "parameters: [{ name: name, in: query, schema: { type: string } }, ";
        text.replace("parameters: [", optional)
    };
    let bundled = required(&["a", "b", "c", "d", "e", "f", "Name"]);
    insta::assert_snapshot!("kept_bundled_argument", kept(&bundled, &with_optional(&bundled)).join("\n"));
    let positional = required(&["a", "Name"]);
    assert_eq!(kept(&positional, &with_optional(&positional)), [""; 0]);
}

#[test]
fn a_run_under_its_own_lock_tells_nothing() {
    let text = shapes(&["Name", "name", "NAME"], &["Name", "name"], "red, RED, Red", "Order");
    assert_eq!(kept(&text, &text), [""; 0]);
}

#[test]
fn types_of_one_parameter_that_becomes_one_of_the_path_stay() {
    let half = "{ name: half, in: path, required: true, schema: { type: string, enum: [left, right] } }";
    let operation = |method: &str, id: &str, own: &str| {
        let parameters = if own.is_empty() { String::new() } else { format!("parameters: [{own}], ") };
        format!(
            "    {method}: {{ operationId: {id}, tags: [rooms], {parameters}responses: {{ \"204\": {{ description: Done. }} }} }}\n"
        )
    };
    let head = "openapi: 3.0.3\ninfo: { title: Shop, version: '1' }\npaths:\n  /rooms/{half}:\n";
    let all = |own: &str| {
        [("get", "all"), ("post", "create_room"), ("put", "update_room")]
            .map(|(method, id)| operation(method, id, own))
            .concat()
    };
    let before = format!("{head}{}", all(half));
    let after = format!("{head}    parameters: [{half}]\n{}", all(""));
    insta::assert_snapshot!("parameter_of_a_path", kept(&before, &after).join("\n"));
}
