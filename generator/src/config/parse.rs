//! Parses the text of `sdk.yaml`.

use super::package_name::fault;
use super::read::{ConfigReader, Section};
use super::{
    Accept, BareObjects, Config, IdempotencyKey, Integers, ItemNames, LockEntry, ManagerNames, NameRoute,
    OperationNames, Override, OverrideTarget, RedirectUrl, Relax,
};
use crate::diagnostic::{Allow, Code, Diagnostics};
use crate::ir::{ErrorBody, Extension, SampleCredential};
use crate::name::reserved::MODULES;
use crate::pointer::Pointer;
use crate::source::Source;
use crate::tree::Node;

const KEYS: &[&str] = &[
    "extends",
    "documents",
    "output",
    "package",
    "client",
    "operations",
    "managers",
    "select",
    "reference_url",
    "reference_urls",
    "redirect_urls",
    "names",
    "bare_objects",
    "item_names",
    "integers",
    "idempotency_key",
    "relax",
    "pagination",
    "errors",
    "secret_keys",
    "cross_origin_headers",
    "extension",
    "sample",
    "allow",
    "strict",
    "accept",
    "tighten",
];

impl Config {
    /// Parses a configuration. Unknown and duplicate keys are errors. Returns none if there is any error, which is
    /// reported. `read` returns the text of an extended configuration by its path.
    pub fn parse(
        name: &str,
        text: &str,
        read: &dyn Fn(&str) -> Option<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut reader = ConfigReader::new(diagnostics);
        let layers = reader.layers(Source { name: name.to_owned(), text: text.to_owned() }, read)?;
        let section = reader.stack(&layers, KEYS)?;
        let config = reader.config(&section);
        let sources = layers.into_iter().map(|layer| layer.source).collect();
        (!reader.failed).then_some(Self { sources, ..config })
    }
}

impl ConfigReader<'_> {
    fn config(&mut self, section: &Section<'_>) -> Config {
        let package = self.package(section);
        let (routes, mut overrides, drop) = self.names(section);
        let urls = self.entries(section, "reference_urls");
        overrides.extend(urls.into_iter().map(|(pointer, operation, name)| {
            let target = OverrideTarget::ReferenceUrl(operation);
            Override { target, name, pointer }
        }));
        let mut config = Config {
            documents: self.documents(section),
            output: self.path(section, "output"),
            client: self.text(section, "client"),
            select: self.select(section),
            reference_url: self.text(section, "reference_url"),
            routes,
            overrides,
            redirect_urls: self.redirect_urls(section),
            relax: self.relax(section),
            pagination: self.pagination(section),
            error_body: self.error_body(section),
            extension: self.extension(section),
            extension_source: self.extension_source(section),
            sample: self.sample(section),
            allow: self.allow(section),
            strict: self.strict(section),
            accept: self.accept(section),
            tighten: self.lock_entries(section, "tighten"),
            drop,
            ..package
        };
        if let Some(names) = self.operation_names(section) {
            config.operation_names = names;
        }
        if let Some(objects) = self.bare_objects(section) {
            config.bare_objects = objects;
        }
        if let Some(names) = self.item_names(section) {
            config.item_names = names;
        }
        if let Some(integers) = self.integers(section) {
            config.integers = integers;
        }
        if let Some(key) = self.idempotency_key(section) {
            config.idempotency_key = key;
        }
        if let Some(names) = self.manager_names(section) {
            config.managers = names;
        }
        for (key, list) in [
            ("secret_keys", &mut config.secret_keys),
            ("cross_origin_headers", &mut config.cross_origin_headers),
        ] {
            if section.get(key).is_some() {
                *list = self.texts(section, key).into_iter().map(|(_, text)| text).collect();
            }
        }
        if section.get("secret_keys").is_some() {
            config.response_secret_keys.clone_from(&config.secret_keys);
        }
        config
    }

    /// Reads `package`. If the name is missing, an empty one is used, so that the rest of the configuration is checked
    /// as well.
    fn package(&mut self, section: &Section<'_>) -> Config {
        const KEYS: &[&str] =
            &["name", "version", "description", "license", "repository", "user_agent", "agent_headers"];
        if section.get("package").is_none() {
            self.error(
                &section.pointer,
                "`package` is missing",
                "name the package, such as `package: { name: my-sdk }`",
            );
        }
        let Some(package) = self.subsection(section, "package", KEYS) else { return Config::bare("") };
        let name = self.required_text(&package, "name", "name the package, such as `name: my-sdk`");
        let name = name.unwrap_or_default();
        if let Some((message, help)) = fault(&name).filter(|_| !name.is_empty()) {
            self.error(&package.pointer.child("name"), message, help);
        }
        let bare = Config::bare(&name);
        let version = self.text(&package, "version").unwrap_or(bare.version);
        if !is_version(&version) {
            let help = "write three numbers in quotes, such as `\"0.1.0\"` (Semantic Versioning)";
            self.error(&package.pointer.child("version"), format!("invalid version `{version}`"), help);
        }
        Config {
            name,
            version,
            description: self.text(&package, "description"),
            license: self.text(&package, "license"),
            repository: self.text(&package, "repository"),
            user_agent: self.text(&package, "user_agent"),
            agent_headers: self.agent_headers(&package),
            ..bare
        }
    }

    fn agent_headers(&mut self, package: &Section<'_>) -> Vec<(String, String)> {
        let entries = self.entries(package, "agent_headers");
        for (pointer, name, value) in &entries {
            if !is_header_name(name) {
                let help = "use letters, digits and `-`, such as `x-agent`";
                self.error(pointer, format!("invalid header name `{name}`"), help);
            }
            if value.chars().any(|char| !matches!(char, ' '..='~')) {
                let help = "use only printable ASCII characters";
                self.error(pointer, "invalid header value", help);
            }
        }
        entries.into_iter().map(|(_, name, value)| (name.to_ascii_lowercase(), value)).collect()
    }

    fn operation_names(&mut self, section: &Section<'_>) -> Option<OperationNames> {
        let (place, node) = section.get("operations")?;
        let word = self.scalar(&place, node)?;
        let choices = [
            ("rest", OperationNames::Rest),
            ("operation_id", OperationNames::OperationId),
            ("operation_id_exact", OperationNames::OperationIdExact),
        ];
        self.choice(&place, &word, &choices)
    }

    fn bare_objects(&mut self, section: &Section<'_>) -> Option<BareObjects> {
        let (place, node) = section.get("bare_objects")?;
        let word = self.scalar(&place, node)?;
        self.choice(&place, &word, &[("map", BareObjects::Map), ("type", BareObjects::Type)])
    }

    fn item_names(&mut self, section: &Section<'_>) -> Option<ItemNames> {
        let (place, node) = section.get("item_names")?;
        let word = self.scalar(&place, node)?;
        self.choice(&place, &word, &[("singular", ItemNames::Singular), ("same", ItemNames::Same)])
    }

    fn integers(&mut self, section: &Section<'_>) -> Option<Integers> {
        let (place, node) = section.get("integers")?;
        let word = self.scalar(&place, node)?;
        self.choice(&place, &word, &[("bounds", Integers::Bounds), ("format", Integers::Format)])
    }

    fn idempotency_key(&mut self, section: &Section<'_>) -> Option<IdempotencyKey> {
        let (place, node) = section.get("idempotency_key")?;
        let name = self.scalar(&place, node)?;
        if name == "false" {
            return Some(IdempotencyKey::Off);
        }
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(is_name) {
            let help = "name a header, such as `Idempotency-Key`, or write `false`";
            self.error(&place, format!("`{name}` is not a valid header name"), help);
            return None;
        }
        Some(IdempotencyKey::Header(name))
    }

    fn redirect_urls(&mut self, section: &Section<'_>) -> Vec<RedirectUrl> {
        let entries = self.entries(section, "redirect_urls").into_iter();
        entries.map(|(pointer, operation, name)| RedirectUrl { operation, name, pointer }).collect()
    }

    fn manager_names(&mut self, section: &Section<'_>) -> Option<ManagerNames> {
        let (place, node) = section.get("managers")?;
        if let Node::String(word) = node {
            self.choice(&place, word, &[("tag", ())])?;
            return Some(ManagerNames::Tag);
        }
        let managers = self.section(&place, node, &["extension"])?;
        let help = "name the extension, such as `extension: x-group`";
        self.required_text(&managers, "extension", help).map(ManagerNames::Extension)
    }

    fn names(&mut self, section: &Section<'_>) -> (Vec<NameRoute>, Vec<Override>, Vec<LockEntry>) {
        const KEYS: &[&str] = &["operations", "parameters", "managers", "types", "members"];
        let known = [KEYS, &["routes", "drop"]].concat();
        let Some(names) = self.subsection(section, "names", &known) else { return Default::default() };
        let mut overrides = Vec::new();
        for key in KEYS {
            for (pointer, of, name) in self.entries(&names, key) {
                let target = match *key {
                    "operations" => Some(OverrideTarget::Operation(of)),
                    "parameters" => Some(OverrideTarget::Parameter(of)),
                    "managers" => Some(OverrideTarget::Manager(of)),
                    "types" => self.json_pointer(&pointer, &of).map(OverrideTarget::Type),
                    _ => self.json_pointer(&pointer, &of).map(OverrideTarget::Member),
                };
                overrides.extend(target.map(|target| Override { target, name, pointer }));
            }
        }
        (self.routes(&names), overrides, self.lock_entries(&names, "drop"))
    }

    fn lock_entries(&mut self, section: &Section<'_>, key: &str) -> Vec<LockEntry> {
        self.texts(section, key).into_iter().map(|(pointer, at)| LockEntry { at, pointer }).collect()
    }

    fn relax(&mut self, section: &Section<'_>) -> Vec<Relax> {
        let places = self.texts(section, "relax");
        let read = |(pointer, text): (Pointer, String)| {
            self.json_pointer(&pointer, &text).map(|at| Relax { at, pointer })
        };
        places.into_iter().filter_map(read).collect()
    }

    fn error_body(&mut self, section: &Section<'_>) -> ErrorBody {
        const KEYS: &[&str] = &["code", "message", "request_id", "help_url", "context", "request_id_header"];
        let Some(errors) = self.subsection(section, "errors", KEYS) else { return ErrorBody::default() };
        let mut place = |key: &str| {
            let text = self.text(&errors, key)?;
            self.json_pointer(&errors.pointer.child(key), &text)
        };
        ErrorBody {
            code: place("code"),
            message: place("message"),
            request_id: place("request_id"),
            help_url: place("help_url"),
            context: place("context"),
            request_id_header: self.text(&errors, "request_id_header"),
        }
    }

    fn extension(&mut self, section: &Section<'_>) -> Option<Extension> {
        const KEYS: &[&str] = &["module", "source", "dependencies", "dev_dependencies", "features"];
        let extension = self.subsection(section, "extension", KEYS)?;
        let module = self.required_text(&extension, "module", "name the module, such as `module: ext`")?;
        if MODULES.contains(&module.as_str()) {
            let message = format!("generated code has a module `{module}` of its own");
            self.error(&extension.pointer.child("module"), message, "choose another name, such as `ext`");
        }
        let mut lines = |key: &str| -> Vec<(String, String)> {
            self.entries(&extension, key).into_iter().map(|(_, key, value)| (key, value)).collect()
        };
        Some(Extension {
            dependencies: lines("dependencies"),
            dev_dependencies: lines("dev_dependencies"),
            features: lines("features"),
            module,
            files: Vec::new(),
        })
    }

    fn extension_source(&mut self, section: &Section<'_>) -> Option<String> {
        let (place, node) = section.get("extension")?;
        let path = node.get("source")?.scalar_text()?;
        Some(self.rebased(&place, &path))
    }

    fn sample(&mut self, section: &Section<'_>) -> Option<SampleCredential> {
        let sample = self.subsection(section, "sample", &["import", "credential"])?;
        let help = "write a Rust expression that creates a credential";
        let expression = self.required_text(&sample, "credential", help)?;
        Some(SampleCredential { import: self.text(&sample, "import"), expression })
    }

    fn allow(&mut self, section: &Section<'_>) -> Vec<Allow> {
        let items = self.items(section, "allow");
        items.into_iter().filter_map(|(pointer, node)| self.allow_one(pointer, node)).collect()
    }

    /// Reads the codes whose warnings are errors.
    fn strict(&mut self, section: &Section<'_>) -> Vec<Code> {
        let words = self.texts(section, "strict");
        words.into_iter().filter_map(|(pointer, word)| self.code(&pointer, &word)).collect()
    }

    fn code(&mut self, pointer: &Pointer, word: &str) -> Option<Code> {
        let codes: Vec<_> = Code::ALL.iter().map(|code| (code.as_str(), *code)).collect();
        self.choice(pointer, word, &codes)
    }

    fn accept(&mut self, section: &Section<'_>) -> Vec<Accept> {
        let items = self.items(section, "accept");
        items.into_iter().filter_map(|(pointer, node)| self.accept_one(pointer, node)).collect()
    }

    fn accept_one(&mut self, pointer: Pointer, node: &Node) -> Option<Accept> {
        let entry = self.section(&pointer, node, &["at", "change", "reason"])?;
        let at = self.required_text(&entry, "at", "copy the place from the finding, such as `POST /calls`");
        let change = self.text(&entry, "change");
        self.required_text(&entry, "reason", "explain why the change is accepted")?;
        Some(Accept { at: at?, change, pointer })
    }

    fn allow_one(&mut self, pointer: Pointer, node: &Node) -> Option<Allow> {
        let rule = self.section(&pointer, node, &["code", "at", "reason"])?;
        let word = self.required_text(&rule, "code", "name the code of the accepted warning");
        self.required_text(&rule, "reason", "explain why this warning is accepted");
        let code = self.code(&pointer.child("code"), &word?)?;
        let at = self.text(&rule, "at").map(|at| self.json_pointer(&pointer.child("at"), &at));
        match at {
            Some(None) => None,
            at => Some(Allow { code, at: at.flatten(), pointer }),
        }
    }
}

/// Accepts the characters in common use, which are fewer than HTTP allows.
fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'))
}

/// Accepts three numbers, optionally followed by a pre-release and build metadata (Semantic Versioning).
fn is_version(version: &str) -> bool {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<&str> = core.split('.').collect();
    numbers.len() == 3 && numbers.iter().all(|number| number.parse::<u64>().is_ok())
}
