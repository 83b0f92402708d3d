//! Writes the uses of operations: calls, builders and results.

use sdk_generator::listing::{ArgumentEntry, OperationEntry, RustType};
use sdk_generator::verdict::ItemId;

use super::Writer;

impl Writer<'_> {
    pub(super) fn operation(&mut self, operation: &OperationEntry) {
        let builder = self.paths.beside(operation, &operation.builder);
        let needed = || vec![ItemId::part(operation, "builder")];
        self.call(operation);
        self.add(ItemId::part(operation, "builder"), Vec::new(), format!("fn used(_: {builder}) {{}}"));
        if operation.is_clone {
            let code =
                format!("fn used(builder: {builder}) -> [{builder}; 2] {{ [builder.clone(), builder] }}");
            self.add(ItemId::part(operation, "clone"), needed(), code);
        }
        for argument in operation.arguments.iter().filter(|argument| !argument.required) {
            self.setter(operation, argument, &builder);
        }
        if let Some(item) = &operation.item {
            let needs = [needed(), self.paths.mentioned([item])].concat();
            let ty = self.paths.ty(item);
            let code = format!("fn used(builder: {builder}) -> sdk::rt::Items<{ty}> {{ builder.items() }}");
            self.add(ItemId::part(operation, "items"), needs, code);
        }
        for form in &operation.alternatives {
            let needs = [needed(), self.paths.mentioned([&form.ty])].concat();
            let (ty, name) = (self.paths.ty(&form.ty), &form.name);
            let code = format!("fn used(builder: {builder}) -> sdk::rt::Call<{ty}> {{ builder.{name}() }}");
            self.add(ItemId::part(operation, &format!("form {}", form.media_type)), needs, code);
        }
        for header in &operation.headers {
            let needs = [needed(), self.paths.mentioned([&header.ty])].concat();
            let (ty, name) = (self.paths.ty(&header.ty), &header.name);
            let code = format!("fn used() -> sdk::rt::Header<{ty}> {{ {builder}::{name} }}");
            self.add(ItemId::part(operation, &format!("constant {}", header.wire)), needs, code);
        }
        self.statuses(operation);
    }

    /// Calls the method with a value for each required argument, and awaits the result.
    fn call(&mut self, operation: &OperationEntry) {
        let required: Vec<&ArgumentEntry> =
            operation.arguments.iter().filter(|argument| argument.required).collect();
        let types = required.iter().map(|argument| &argument.ty).chain([&operation.returns]);
        let mut needs = self.paths.mentioned(types);
        needs.extend([ItemId::client(), ItemId::manager(&operation.manager)]);
        let arguments = match &operation.bundle {
            None => required.iter().map(|argument| self.value(&argument.ty)).collect::<Vec<_>>().join(", "),
            Some(bundle) => {
                needs.push(ItemId::part(operation, "arguments"));
                let bundle = self.paths.beside(operation, bundle);
                let fields = required
                    .iter()
                    .map(|argument| format!("{}: {}", argument.name, self.value(&argument.ty)))
                    .collect::<Vec<_>>()
                    .join(", ");
                let literal = format!("{bundle} {{ {fields} }}");
                let mentioned = self.paths.mentioned(required.iter().map(|argument| &argument.ty));
                let code = format!("fn used() -> {bundle} {{ {literal} }}");
                self.add(ItemId::part(operation, "arguments"), mentioned, code);
                literal
            }
        };
        let returns = self.returns(operation);
        if !operation.statuses.is_empty() {
            needs.push(ItemId::part(operation, "builder"));
        }
        let code = format!(
            "async fn used(client: &{}) -> {returns} {{ client.{}().{}({arguments}).await.unwrap() }}",
            self.paths.client(),
            operation.manager,
            operation.method
        );
        self.add(ItemId::call(operation), needs, code);
    }

    fn setter(&mut self, operation: &OperationEntry, argument: &ArgumentEntry, builder: &str) {
        let needed = vec![ItemId::part(operation, "builder")];
        let needs = [needed.clone(), self.paths.mentioned([&argument.ty])].concat();
        let (name, value) = (&argument.name, self.value(&argument.ty));
        let code = format!("fn used(builder: {builder}) -> {builder} {{ builder.{name}({value}) }}");
        self.add(ItemId::argument(operation, argument), needs, code);
        if argument.has_null_setter {
            let name = null_setter(name);
            let code = format!("fn used(builder: {builder}) -> {builder} {{ builder.{name}() }}");
            self.add(ItemId::null_argument(operation, argument), needed, code);
        }
    }

    /// Matches each variant of a result by status.
    fn statuses(&mut self, operation: &OperationEntry) {
        let path = self.returns(operation);
        for status in &operation.statuses {
            let name = &status.name;
            let pattern = match &status.ty {
                Some(ty) => {
                    format!("{path}::{name}(value) = result {{ let _: {} = value; }}", self.paths.ty(ty))
                }
                None => format!("{path}::{name} = result {{}}"),
            };
            let mentioned = self.paths.mentioned(&status.ty);
            let needs = [vec![ItemId::part(operation, "builder")], mentioned].concat();
            let code = format!("fn used(result: {path}) {{ if let {pattern} }}");
            self.add(ItemId::part(operation, &format!("status {}", status.status)), needs, code);
        }
    }

    /// Renders the type of the result.
    fn returns(&self, operation: &OperationEntry) -> String {
        match &operation.returns {
            RustType::Name(name) if !operation.statuses.is_empty() => self.paths.beside(operation, name),
            other => self.paths.ty(other),
        }
    }

    /// Renders a value of a type.
    pub(super) fn value(&self, ty: &RustType) -> String {
        format!("any::<{}>()", self.paths.ty(ty))
    }
}

/// Returns the name of the setter that sets null.
pub(super) fn null_setter(name: &str) -> String {
    format!("{}_null", name.trim_end_matches('_'))
}
