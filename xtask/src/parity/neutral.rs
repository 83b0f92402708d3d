//! Translates the spelling of types, arguments and methods in a language to the neutral words of the reference.

/// Returns a type, and `true` if it is optional: `Option<i64>` is an optional `integer`.
pub(super) fn argument_type(text: &str) -> (String, bool) {
    let ty = Spelled::read(text);
    let optional = ty.is_optional();
    (ty.neutral(), optional)
}

/// Returns a type.
pub(super) fn ty(text: &str) -> String {
    argument_type(text).0
}

/// Returns the name of an argument without the underscore after reserved words: `type` for `type_`.
pub(super) fn argument_name(text: &str) -> String {
    text.trim().trim_end_matches('_').to_owned()
}

/// Returns the name of a method in snake case.
pub(super) fn method_name(text: &str) -> String {
    let mut name = String::new();
    for char in text.trim().chars() {
        if char.is_uppercase() && !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
        name.extend(char.to_lowercase());
    }
    name
}

/// A type as written: a name and its arguments, in `<…>` or `[…]`.
struct Spelled {
    name: String,
    parts: Vec<Self>,
}

impl Spelled {
    fn read(text: &str) -> Self {
        let text = text.trim();
        let parts = text.split_once(['<', '[']).and_then(|(name, rest)| {
            let inside = rest.strip_suffix(['>', ']'])?;
            (!name.is_empty()).then(|| (name, split(inside)))
        });
        match parts {
            Some((name, parts)) => {
                Self { name: last(name), parts: parts.into_iter().map(Self::read).collect() }
            }
            None => Self { name: last(text), parts: Vec::new() },
        }
    }

    fn is_optional(&self) -> bool {
        matches!(self.name.as_str(), "Option" | "Optional")
    }

    fn neutral(&self) -> String {
        match (self.name.as_str(), self.parts.as_slice()) {
            ("Option" | "Optional" | "Box", [inner]) => inner.neutral(),
            // The reference marks nullable values in maps only.
            ("Vec" | "List", [item]) => format!("list<{}>", item.neutral()),
            ("BTreeMap" | "Dict", [_, value]) => {
                let mark = if value.is_optional() { "?" } else { "" };
                format!("map<{}{mark}>", value.neutral())
            }
            ("Dict", []) => "map<any>".to_owned(),
            ("String" | "str", []) => "string".to_owned(),
            ("bool", []) => "boolean".to_owned(),
            ("i32" | "i64" | "u64" | "int", []) => "integer".to_owned(),
            ("f32" | "f64" | "float", []) => "number".to_owned(),
            ("DateTime", []) => "date-time".to_owned(),
            ("Date", []) => "date".to_owned(),
            ("Upload" | "Download" | "ByteStream", []) => "bytes".to_owned(),
            ("Value" | "Any", []) => "any".to_owned(),
            ("()" | "None", []) => "none".to_owned(),
            (name, []) => name.to_owned(),
            (name, parts) => {
                let parts: Vec<String> = parts.iter().map(Self::neutral).collect();
                format!("{name}<{}>", parts.join(", "))
            }
        }
    }
}

/// Returns the last name of a path.
fn last(path: &str) -> String {
    let path = path.trim();
    path.rsplit("::").next().unwrap_or(path).to_owned()
}

/// Splits a list at the commas outside of brackets.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (index, char) in text.char_indices() {
        match char {
            '<' | '[' => depth += 1,
            '>' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&text[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}
