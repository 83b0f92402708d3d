//! Parses the text form of a listing.

use std::fmt;

use super::cursor::{Cursor, Read};
use super::{
    AlternativeEntry, ArgumentEntry, ArgumentPlace, ClientEntry, ErrorEntry, ExportEntry, FORMAT,
    FormerManager, FormerOperation, HeaderEntry, Listing, ManagerEntry, MemberEntry, OperationEntry,
    OperationKey, StatusEntry, TypeEntry, TypeKind,
};

/// A syntax error in a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The line number, starting at 1.
    pub line: usize,
    /// The error message.
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ParseError {}

impl Listing {
    /// Parses the text form.
    ///
    /// # Errors
    ///
    /// Returns an error for the first invalid line, or if the text has another format version.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut listing = Self::default();
        let mut has_format = false;
        for (index, line) in text.lines().enumerate() {
            let fail = |message: String| ParseError { line: index + 1, message };
            let line = line.trim_end();
            if line.is_empty() || line == "#" || line.starts_with("# ") {
                continue;
            }
            let is_inner = line.starts_with(' ');
            let mut cursor = Cursor::new(line.trim_start());
            if !has_format {
                check_format(&mut cursor).map_err(fail)?;
                has_format = true;
                continue;
            }
            let read = if is_inner { listing.inner(&mut cursor) } else { listing.outer(&mut cursor) };
            read.map_err(fail)?;
            cursor.end().map_err(fail)?;
        }
        if !has_format {
            return Err(ParseError { line: 1, message: "the first line has to be `format 1`".to_owned() });
        }
        listing.check_names(text)?;
        Ok(listing)
    }

    fn outer(&mut self, cursor: &mut Cursor<'_>) -> Read {
        if cursor.peeks_type() {
            self.types.push(ty(cursor)?);
            return Ok(());
        }
        let first = cursor.word("a keyword")?;
        match first.as_str() {
            "generator" => self.generator = cursor.word("a version")?,
            "package" => {
                self.package = cursor.word("a name")?;
                self.version = cursor.word("a version")?;
            }
            "client" => {
                let name = cursor.word("a name")?;
                self.client = ClientEntry { name, takes_credential: cursor.flags()?.take("credential") };
            }
            "server" => self.servers.push(cursor.word("a server")?),
            "feature" => self.features.push(cursor.word("a feature")?),
            "export" => {
                let name = cursor.word("a name")?;
                self.exports.push(ExportEntry { name, feature: cursor.flags()?.feature() });
            }
            "manager" => {
                let FormerManager { accessor, module, ty, feature } = manager_names(cursor)?;
                self.managers.push(ManagerEntry { accessor, module, ty, feature, former: Vec::new() });
            }
            method if !method.is_empty() && method.chars().all(|c| c.is_ascii_uppercase()) => {
                self.operations.push(operation(method, cursor)?);
            }
            other => return Err(format!("unknown item `{other}`")),
        }
        Ok(())
    }

    /// Reads a line that belongs to the preceding item.
    fn inner(&mut self, cursor: &mut Cursor<'_>) -> Read {
        if let Some(ty) = self.types.last_mut() {
            return type_line(ty, cursor);
        }
        if let Some(operation) = self.operations.last_mut() {
            return operation_line(operation, cursor);
        }
        let manager = self.managers.last_mut().ok_or("this line belongs to no item")?;
        cursor.expect("was")?;
        manager.former.push(manager_names(cursor)?);
        Ok(())
    }

    /// Checks that type names and operation identities are unique, since items are looked up by them.
    fn check_names(&self, text: &str) -> Result<(), ParseError> {
        let fail = |needle: &str, message: String| {
            let line = text.lines().position(|line| line.contains(needle)).map_or(1, |index| index + 1);
            Err(ParseError { line, message })
        };
        let mut names: Vec<&str> = self.types.iter().map(|ty| ty.name.as_str()).collect();
        names.sort_unstable();
        if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return fail(&format!("  {} ", pair[0]), format!("duplicate type `{}`", pair[0]));
        }
        let mut keys: Vec<&OperationKey> = self.operations.iter().map(|operation| &operation.key).collect();
        keys.sort_unstable();
        if let Some(pair) = keys.windows(2).find(|pair| pair[0] == pair[1]) {
            return fail(&pair[0].to_string(), format!("duplicate operation `{}`", pair[0]));
        }
        Ok(())
    }
}

fn check_format(cursor: &mut Cursor<'_>) -> Read {
    cursor.expect("format")?;
    let format = cursor.word("a number")?;
    if format != FORMAT.to_string() {
        return Err(format!("format {format} is not supported by this version, which reads format {FORMAT}"));
    }
    cursor.end()
}

fn manager_names(cursor: &mut Cursor<'_>) -> Read<FormerManager> {
    Ok(FormerManager {
        accessor: cursor.word("an accessor")?,
        module: cursor.word("a module")?,
        ty: cursor.word("a type")?,
        feature: cursor.word("a feature")?,
    })
}

fn operation(method: &str, cursor: &mut Cursor<'_>) -> Read<OperationEntry> {
    let path = cursor.word("a path")?;
    let (path, fragment) = path.split_once('#').unwrap_or((&path, ""));
    let mut key = OperationKey {
        path: path.to_owned(),
        fragment: fragment.to_owned(),
        method: method.to_owned(),
        ..OperationKey::default()
    };
    if cursor.eat("(") {
        key.form = cursor.word("a form")?;
        cursor.expect(")")?;
    }
    if cursor.eat("@") {
        key.variant = cursor.word("a variant")?;
    }
    let (manager, method) = cursor.path()?;
    cursor.expect("->")?;
    let returns = cursor.ty()?;
    let deprecated = cursor.flags()?.take("deprecated");
    Ok(OperationEntry {
        key,
        manager,
        method,
        builder: String::new(),
        is_clone: false,
        deprecated,
        bundle: None,
        arguments: Vec::new(),
        returns,
        servers: Vec::new(),
        security: String::new(),
        statuses: Vec::new(),
        errors: Vec::new(),
        item: None,
        alternatives: Vec::new(),
        headers: Vec::new(),
        former: Vec::new(),
        origin: None,
    })
}

fn operation_line(operation: &mut OperationEntry, cursor: &mut Cursor<'_>) -> Read {
    let first = cursor.word("a keyword")?;
    let place = ArgumentPlace::NAMES.iter().find(|(_, name)| *name == first);
    if let Some((place, _)) = place {
        cursor.expect(":")?;
        operation.arguments.push(argument(*place, cursor)?);
        return Ok(());
    }
    match first.as_str() {
        "builder" => {
            operation.builder = cursor.word("a name")?;
            operation.is_clone = cursor.flags()?.take("clone");
        }
        "was" => {
            let (manager, method) = cursor.path()?;
            operation.former.push(FormerOperation { manager, method, builder: cursor.word("a name")? });
        }
        "server" => operation.servers.push(cursor.word("a server")?),
        "security" => operation.security = cursor.word("the credentials")?,
        "arguments" => operation.bundle = Some(cursor.word("a name")?),
        "status" => operation.statuses.push(StatusEntry {
            status: cursor.word("a status")?,
            name: cursor.word("a name")?,
            ty: cursor.typed()?,
        }),
        "error" => {
            operation.errors.push(ErrorEntry { status: cursor.word("a status")?, ty: cursor.typed()? })
        }
        "items" => operation.item = Some(cursor.typed()?.ok_or("expected a type")?),
        "form" => operation.alternatives.push(AlternativeEntry {
            media_type: cursor.word("a media type")?,
            name: cursor.word("a name")?,
            ty: cursor.typed()?.ok_or("expected a type")?,
        }),
        "constant" => {
            let (wire, name) = (cursor.word("a header")?, cursor.word("a name")?);
            let ty = cursor.typed()?.ok_or("expected a type")?;
            let deprecated = cursor.flags()?.take("deprecated");
            operation.headers.push(HeaderEntry { wire, name, deprecated, ty });
        }
        other => return Err(format!("unknown line `{other}` of an operation")),
    }
    Ok(())
}

fn argument(place: ArgumentPlace, cursor: &mut Cursor<'_>) -> Read<ArgumentEntry> {
    let (wire, name, required) = cursor.named()?;
    let ty = cursor.typed()?.ok_or("expected a type")?;
    let flags = cursor.flags()?;
    Ok(ArgumentEntry {
        place,
        wire,
        name,
        required,
        has_null_setter: flags.take("null"),
        deprecated: flags.take("deprecated"),
        ty,
        origin: None,
    })
}

fn ty(cursor: &mut Cursor<'_>) -> Read<TypeEntry> {
    let (key, name) = (cursor.word("an identity")?, cursor.word("a name")?);
    let kind = cursor.word("a kind")?;
    let kind = TypeKind::NAMES.iter().find(|(_, name)| *name == kind).map(|(kind, _)| *kind);
    let kind = kind.ok_or("expected the kind of a type, such as `struct`")?;
    let target = if cursor.eat("=") { Some(cursor.ty()?) } else { None };
    let flags = cursor.flags()?;
    Ok(TypeEntry {
        key,
        name,
        kind,
        in_request: flags.take("request"),
        in_response: flags.take("response"),
        is_default: flags.take("default"),
        is_display: flags.take("display"),
        deprecated: flags.take("deprecated"),
        constructor: None,
        target,
        members: Vec::new(),
        additional: None,
        former: Vec::new(),
        feature: flags.feature(),
        origin: None,
    })
}

fn type_line(ty: &mut TypeEntry, cursor: &mut Cursor<'_>) -> Read {
    if cursor.eat_marker() {
        let (wire, name, required) = cursor.named()?;
        let member_ty = cursor.typed()?;
        let flags = cursor.flags()?;
        ty.members.push(MemberEntry {
            wire,
            name,
            required,
            has_setter: flags.take("set"),
            has_null_setter: flags.take("null"),
            has_from: flags.take("from"),
            deprecated: flags.take("deprecated"),
            ty: member_ty,
            origin: None,
        });
        return Ok(());
    }
    match cursor.word("a keyword")?.as_str() {
        "was" => ty.former.push(cursor.word("a name")?),
        "new" => {
            cursor.expect("(")?;
            let mut wires = Vec::new();
            while !cursor.eat(")") {
                if !wires.is_empty() {
                    cursor.expect(",")?;
                }
                wires.push(cursor.word("a member")?);
            }
            ty.constructor = Some(wires);
        }
        "additional" => ty.additional = Some(cursor.typed()?.ok_or("expected a type")?),
        other => return Err(format!("unknown line `{other}` of a type")),
    }
    Ok(())
}
