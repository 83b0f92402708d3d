//! Assigns identifiers to operations, their arguments and their responses.

use std::collections::BTreeMap;

use super::ident;
use super::name_collisions::ScopeMember;
use super::reserved::{BUILDER_METHODS, PRELUDE};
use super::{Assigner, BUNDLE, OperationSymbols, RESPONSE};
use crate::ir::{self, Argument, ArgumentSource, Location, OperationId, TypeRef};
use crate::listing::identity::argument_key;
use crate::name::{Name, words};
use crate::pointer::Pointer;

impl Assigner<'_> {
    pub(super) fn operations(&mut self) -> BTreeMap<OperationId, OperationSymbols> {
        let api = self.api;
        let mut symbols = BTreeMap::new();
        for manager in &api.managers {
            let origins: Vec<&Pointer> =
                manager.operations.iter().map(|&id| &api.operations[id].origin).collect();
            let kept = self.kept;
            let member = |&id: &OperationId, case| {
                let operation = &api.operations[id];
                // Forms of one operation are distinguished by the name of the form.
                let form = operation.name.join(&Name::from_words(operation.form.clone()));
                ScopeMember::new(&operation.name, case).with_rungs([case(&form)])
            };
            let methods = manager.operations.iter().map(|id| {
                member(id, ident::snake).released(kept.operations.get(id).map(|entry| entry.method.as_str()))
            });
            let methods = methods.collect();
            let methods = self.scope(methods, &["new"], &origins);
            let manager_type = ident::suffixed(&ident::pascal(&manager.name), "Manager");
            let mut taken = PRELUDE.to_vec();
            taken.push(&manager_type);
            let builders = manager.operations.iter().map(|id| {
                let released = kept.operations.get(id).map(|entry| entry.builder.as_str());
                member(id, ident::pascal).claiming(RESPONSE).claiming(BUNDLE).released(released)
            });
            let builders = self.scope(builders.collect(), &taken, &origins);
            for ((&id, method), builder) in manager.operations.iter().zip(methods).zip(builders) {
                let alternatives = self.alternatives(id);
                let arguments = self.arguments(id, &alternatives);
                let headers = self.headers(id);
                symbols.insert(id, OperationSymbols { method, builder, arguments, alternatives, headers });
            }
        }
        symbols
    }

    fn alternatives(&mut self, id: OperationId) -> Vec<String> {
        let forms = self.api.operations[id].alternatives();
        let sending = |words: &[String]| Name::from_words([&["send".to_owned()], words].concat());
        let members = forms
            .iter()
            .map(|form| {
                let name = sending(&form.name.words);
                let spelled = ident::snake(&sending(&words(&form.name.wire.replace('+', " "))));
                let known = self.kept.operations.get(&id).map(|entry| &entry.alternatives);
                let known = known.and_then(|known| known.iter().find(|it| it.media_type == form.name.wire));
                let released = known.map(|known| known.name.as_str());
                ScopeMember::new(&name, ident::snake).with_rungs([spelled]).released(released)
            })
            .collect();
        let origins: Vec<&Pointer> = forms.iter().map(|form| &form.origin).collect();
        self.scope(members, BUILDER_METHODS, &origins)
    }

    fn headers(&mut self, id: OperationId) -> Vec<String> {
        let headers = self.api.operations[id].headers();
        let constant: fn(&Name) -> String = |name| ident::shouty(&ident::snake(name));
        let known = self.kept.operations.get(&id).map(|entry| entry.headers.as_slice()).unwrap_or_default();
        let member = |header: &&ir::Header| {
            let known = known.iter().find(|it| it.wire.eq_ignore_ascii_case(&header.name.wire));
            ScopeMember::new(&header.name, constant).released(known.map(|known| known.name.as_str()))
        };
        let members = headers.iter().map(member).collect();
        let origins: Vec<&Pointer> = headers.iter().map(|header| &header.origin).collect();
        self.scope(members, &[], &origins)
    }

    fn arguments(&mut self, id: OperationId, alternatives: &[String]) -> Vec<String> {
        let arguments = self.api.operations[id].arguments();
        let members = arguments
            .iter()
            .map(|argument| {
                let plain = ident::snake(argument.name);
                let suffix = |suffix: &str| format!("{}_{suffix}", plain.trim_end_matches('_'));
                let (rung, nullable) = match argument.source {
                    ArgumentSource::Parameter(parameter) => match parameter.location {
                        Location::Path => (plain.clone(), false),
                        Location::Query => (suffix("query"), false),
                        Location::Header => (suffix("header"), false),
                        Location::Cookie => (suffix("cookie"), false),
                    },
                    ArgumentSource::Field(field) => {
                        (suffix("body"), matches!(field.ty, TypeRef::Nullable(_)))
                    }
                    ArgumentSource::FormField(_)
                    | ArgumentSource::Part(_)
                    | ArgumentSource::FileName(..)
                    | ArgumentSource::ContentType(..)
                    | ArgumentSource::Body(_) => (suffix("body"), false),
                    ArgumentSource::PartHeader(..) => (suffix("header"), false),
                };
                let member = ScopeMember::new(argument.name, ident::snake).with_rungs([rung]);
                let member = member.or_cased(argument.name, ident::snake);
                // Required arguments have no setter, so they cannot collide with builder methods.
                let member = if argument.required { member.unreserved() } else { member };
                let member = if nullable && !argument.required { member.claiming("_null") } else { member };
                let (place, wire) = argument_key(argument);
                let known = self.kept.argument(id, place, &wire);
                member.released(known.map(|known| known.name.as_str()))
            })
            .collect();
        let origins: Vec<&Pointer> = arguments.iter().map(Argument::origin).collect();
        let mut reserved = BUILDER_METHODS.to_vec();
        reserved.extend(alternatives.iter().map(String::as_str));
        self.scope(members, &reserved, &origins)
    }
}
