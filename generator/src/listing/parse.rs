//! Parses the text form of a listing.

use super::check::{Claim, Claims, Scope, free};
use super::cursor::{Cursor, Read};
use super::error::ParseError;
use super::identity::is_status;
use super::parse_types;
use super::{
    Accepted, AlternativeEntry, ArgumentEntry, ArgumentPlace, ClientEntry, ErrorEntry, ExportEntry, FACTS,
    FORMAT, FlowEntry, FormerManager, FormerOperation, HeaderEntry, KeptEntry, Listing, ManagerEntry,
    OperationEntry, OperationKey, SchemeEntry, SettingEntry, StatusEntry,
};
use crate::ir::METHODS;
use crate::name::reserved::{PRELUDE, RESERVED_FEATURES};

impl Listing {
    /// Parses the text form.
    ///
    /// # Errors
    ///
    /// Returns an error for the first line that is invalid or contradicts another, or if the text has another format
    /// version.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut listing = Self::default();
        let mut has_format = false;
        let mut claims = Claims::default();
        let (mut item, mut owner) = (0, Owner::None);
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
            if is_inner {
                listing.inner(owner, &mut cursor).map_err(fail)?;
            } else {
                owner = listing.outer(&mut cursor).map_err(fail)?;
            }
            cursor.end().map_err(fail)?;
            item += usize::from(!is_inner);
            claims.add(index + 1, item, cursor.claims());
        }
        if !has_format {
            return Err(ParseError { line: 1, message: "the first line has to be `format 1`".to_owned() });
        }
        for (keyword, name) in [("package", &listing.package), ("client", &listing.client.name)] {
            if name.is_empty() {
                let message = format!("the listing ends without a `{keyword}` line");
                return Err(ParseError { line: text.lines().count(), message });
            }
        }
        claims.check(&listing)?;
        Ok(listing)
    }

    /// Reads the first line of an item.
    fn outer(&mut self, cursor: &mut Cursor<'_>) -> Read<Owner> {
        if cursor.peeks_type() {
            self.types.push(parse_types::ty(cursor)?);
            return Ok(Owner::Type);
        }
        let first = cursor.word("a keyword")?;
        if ["generator", "facts", "package", "client"].contains(&first.as_str()) {
            cursor.claim(Claim::Name(Scope::Head, first.clone()));
        }
        match first.as_str() {
            "generator" => self.generator = cursor.word("a version")?,
            "package" => {
                self.package = cursor.word("a name")?;
                self.version = cursor.word("a version")?;
            }
            "client" => {
                let name = cursor.identifier("a name")?;
                free(&name, PRELUDE)?;
                self.client = ClientEntry { name, takes_credential: cursor.flags()?.take("credential") };
            }
            "server" => self.servers.push(cursor.word("a server")?),
            "scheme" => {
                let (name, kind) = (cursor.word("a name")?, cursor.word("a kind")?);
                self.schemes.push(SchemeEntry { name, kind, flows: Vec::new() });
                return Ok(Owner::Scheme);
            }
            "facts" => self.facts = known_words(cursor, FACTS)?,
            "setting" => self.settings.push(setting(cursor)?),
            "feature" => {
                let feature = cursor.word("a feature")?;
                cursor.claim(Claim::Name(Scope::Feature, feature.clone()));
                self.features.push(feature);
            }
            "export" => {
                let name = cursor.identifier("a name")?;
                self.exports.push(ExportEntry { name, feature: cursor.feature()? });
            }
            "kept" => {
                self.kept.push(kept(cursor)?);
            }
            "manager" => {
                let FormerManager { accessor, module, ty, feature } = manager_names(cursor, &Claim::Name)?;
                cursor.claim(Claim::Name(Scope::InModule(accessor.clone()), ty.clone()));
                self.managers.push(ManagerEntry { accessor, module, ty, feature, former: Vec::new() });
                return Ok(Owner::Manager);
            }
            method if METHODS.contains(&method) => {
                self.operations.push(operation(method, cursor)?);
                return Ok(Owner::Operation);
            }
            method if method.chars().all(|c| c.is_ascii_uppercase()) => {
                return Err(format!("unknown method `{method}`: use one of {}", METHODS.join(", ")));
            }
            other => return Err(format!("unknown item `{other}`")),
        }
        Ok(Owner::None)
    }

    /// Reads a line that belongs to the preceding item.
    fn inner(&mut self, owner: Owner, cursor: &mut Cursor<'_>) -> Read {
        const NO_ITEM: &str = "this line belongs to no item";
        match owner {
            Owner::Type => parse_types::line(self.types.last_mut().ok_or(NO_ITEM)?, cursor),
            Owner::Operation => operation_line(self.operations.last_mut().ok_or(NO_ITEM)?, cursor),
            Owner::Scheme => scheme_line(self.schemes.last_mut().ok_or(NO_ITEM)?, cursor),
            Owner::Manager => manager_line(self.managers.last_mut().ok_or(NO_ITEM)?, cursor),
            Owner::None => Err(NO_ITEM.to_owned()),
        }
    }
}

/// The item that indented lines belong to.
#[derive(Clone, Copy)]
enum Owner {
    None,
    Scheme,
    Manager,
    Operation,
    Type,
}

fn setting(cursor: &mut Cursor<'_>) -> Read<SettingEntry> {
    let (key, mut values) = (cursor.word("a key")?, Vec::new());
    if !SettingEntry::KEYS.contains(&key.as_str()) {
        return Err(format!("unknown setting `{key}`: use one of {}", SettingEntry::KEYS.join(", ")));
    }
    cursor.claim(Claim::Name(Scope::Head, format!("setting {key}")));
    while cursor.end().is_err() {
        values.push(cursor.word("a value")?);
    }
    Ok(SettingEntry { key, values })
}

fn scheme_line(scheme: &mut SchemeEntry, cursor: &mut Cursor<'_>) -> Read {
    cursor.expect("flow")?;
    let ((ty, name), mut urls) = (cursor.path()?, Vec::new());
    cursor.claim(Claim::Name(Scope::Head, format!("flow {ty}.{name}")));
    while cursor.end().is_err() {
        urls.push(cursor.word("a URL")?);
    }
    scheme.flows.push(FlowEntry { ty, name, urls });
    Ok(())
}

fn manager_line(manager: &mut ManagerEntry, cursor: &mut Cursor<'_>) -> Read {
    cursor.expect("was")?;
    let former = manager_names(cursor, &Claim::Former)?;
    cursor.claim(Claim::Former(Scope::InModule(manager.accessor.clone()), former.ty.clone()));
    manager.former.push(former);
    Ok(())
}

fn kept(cursor: &mut Cursor<'_>) -> Read<KeptEntry> {
    Ok(KeptEntry { at: cursor.word("an identity")?, text: cursor.word("a text")? })
}

/// Reads words of a fixed set.
fn known_words(cursor: &mut Cursor<'_>, known: &[&str]) -> Read<Vec<String>> {
    let mut words = Vec::new();
    while cursor.end().is_err() {
        let word = cursor.word("a word")?;
        if !known.contains(&word.as_str()) {
            return Err(format!("unknown word `{word}`: use one of {}", known.join(", ")));
        }
        words.push(word);
    }
    Ok(words)
}

fn check_format(cursor: &mut Cursor<'_>) -> Read {
    cursor.expect("format")?;
    let format = cursor.word("a number")?;
    if format != FORMAT.to_string() {
        return Err(format!("format {format} is not supported by this version, which reads format {FORMAT}"));
    }
    cursor.end()
}

fn manager_names(cursor: &mut Cursor<'_>, claim: &dyn Fn(Scope, String) -> Claim) -> Read<FormerManager> {
    let accessor = cursor.identifier("an accessor")?;
    let module = cursor.identifier("a module")?;
    let ty = cursor.identifier("a type")?;
    let feature = cursor.word("a feature")?;
    free(&feature, RESERVED_FEATURES)?;
    if !feature.chars().all(|c| c.is_alphanumeric() || "_-+.".contains(c)) {
        return Err(format!("`{feature}` is not the name of a Cargo feature"));
    }
    for (scope, name) in [(Scope::Accessor, &accessor), (Scope::Module, &module), (Scope::Feature, &feature)]
    {
        cursor.claim(claim(scope, name.clone()));
    }
    Ok(FormerManager { accessor, module, ty, feature })
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
    cursor.claim(Claim::Name(Scope::Operation, key.to_string()));
    let (manager, method) = cursor.path()?;
    cursor.claim(Claim::Manager(manager.clone()));
    cursor.claim(Claim::Name(Scope::Method(manager.clone()), method.clone()));
    cursor.claim(Claim::Needs("builder"));
    cursor.expect("->")?;
    let returns = cursor.ty()?;
    let flags = cursor.flags()?;
    let deprecated = flags.take("deprecated");
    let empty_body = flags.take("empty_body");
    let accepted = flags.take_value("accepted").map(|word| {
        let found = Accepted::NAMES.iter().find(|(_, name)| *name == word);
        found.map(|(accepted, _)| *accepted).ok_or_else(|| format!("unexpected `accepted={word}`"))
    });
    let accepted = accepted.transpose()?;
    Ok(OperationEntry {
        key,
        manager,
        method,
        builder: String::new(),
        is_clone: false,
        deprecated,
        empty_body,
        accepted,
        bundle: None,
        arguments: Vec::new(),
        returns,
        media_type: None,
        asks: Vec::new(),
        redirects: Vec::new(),
        servers: Vec::new(),
        security: String::new(),
        statuses: Vec::new(),
        errors: Vec::new(),
        item: None,
        paging: Vec::new(),
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
    if ["builder", "sends", "security", "arguments", "items"].contains(&first.as_str()) {
        cursor.claim(Claim::Name(Scope::Line, first.clone()));
    }
    match first.as_str() {
        "builder" => {
            operation.builder = cursor.defined(Scope::InModule(operation.manager.clone()), "a name")?;
            operation.is_clone = cursor.flags()?.take("clone");
        }
        "was" => {
            let (manager, method) = cursor.path()?;
            let builder = cursor.identifier("a name")?;
            cursor.claim(Claim::FormerManager(manager.clone()));
            cursor.claim(Claim::Former(Scope::Method(manager.clone()), method.clone()));
            cursor.claim(Claim::Former(Scope::InModule(manager.clone()), builder.clone()));
            operation.former.push(FormerOperation { manager, method, builder });
        }
        "sends" => operation.media_type = Some(cursor.word("a media type")?),
        "asks" => operation.asks.push(asked(cursor)?),
        "redirect" => operation.redirects.push(redirect(cursor)?),
        "server" => operation.servers.push(cursor.word("a server")?),
        "security" => operation.security = cursor.word("the credentials")?,
        "arguments" => {
            let scope = Scope::InModule(operation.manager.clone());
            operation.bundle = Some(cursor.defined(scope, "a name")?);
        }
        "status" => operation.statuses.push(StatusEntry {
            status: status(cursor)?,
            name: cursor.defined(Scope::Status, "a name")?,
            ty: cursor.typed()?,
        }),
        "error" => {
            operation.errors.push(ErrorEntry { status: status(cursor)?, ty: cursor.typed()? });
        }
        "items" => {
            operation.item = Some(cursor.typed()?.ok_or("expected a type")?);
            operation.paging = cursor.flags()?.paging();
        }
        "form" => {
            let (media_type, name) =
                (cursor.word("a media type")?, cursor.defined(Scope::Argument, "a name")?);
            cursor.claim(Claim::Setter(name.clone()));
            let ty = cursor.typed()?.ok_or("expected a type")?;
            operation.alternatives.push(AlternativeEntry { media_type, name, ty });
        }
        "constant" => {
            let (wire, name) = (cursor.word("a header")?, cursor.defined(Scope::Constant, "a name")?);
            let ty = cursor.typed()?.ok_or("expected a type")?;
            let deprecated = cursor.flags()?.take("deprecated");
            operation.headers.push(HeaderEntry { wire, name, deprecated, ty });
        }
        other => return Err(format!("unknown line `{other}` of an operation")),
    }
    Ok(())
}

fn status(cursor: &mut Cursor<'_>) -> Read<String> {
    let word = cursor.word("a status")?;
    match is_status(&word) {
        true => Ok(word),
        false => Err(format!("`{word}` is not a status: use one such as `404`, `4XX` or `default`")),
    }
}

fn asked(cursor: &mut Cursor<'_>) -> Read<String> {
    let media_type = cursor.word("a media type")?;
    cursor.claim(Claim::Name(Scope::Line, format!("asks {media_type}")));
    Ok(media_type)
}

fn redirect(cursor: &mut Cursor<'_>) -> Read<u16> {
    let status = cursor.word("a status")?;
    cursor.claim(Claim::Name(Scope::Line, format!("redirect {status}")));
    status.parse().map_err(|_| format!("`{status}` is not a status"))
}

fn argument(place: ArgumentPlace, cursor: &mut Cursor<'_>) -> Read<ArgumentEntry> {
    let (wire, name, required) = cursor.named(Scope::Argument)?;
    cursor.claim(Claim::Name(Scope::Wire, format!("{}:{wire}", place.as_str())));
    let ty = cursor.typed()?.ok_or("expected a type")?;
    let former = cursor.flags()?.former();
    let setter = (!required).then_some(&name);
    for name in setter.into_iter().chain(&former) {
        cursor.claim(Claim::Setter(name.clone()));
    }
    for name in &former {
        cursor.claim(Claim::Former(Scope::Argument, name.clone()));
    }
    let flags = cursor.flags()?;
    Ok(ArgumentEntry {
        place,
        wire,
        name,
        required,
        has_null_setter: flags.take("null"),
        deprecated: flags.take("deprecated"),
        sent: flags.sent(),
        former,
        encoding: flags.take_value("encoding"),
        ty,
        origin: None,
    })
}
