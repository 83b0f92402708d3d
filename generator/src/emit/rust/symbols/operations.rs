//! Assigns identifiers to operations, their arguments and their responses.

use std::collections::BTreeMap;

use super::ident;
use super::name_collisions::{ScopeMember, assign};
use super::reserved::{BUILDER_METHODS, PRELUDE};
use super::{Assigner, BUNDLE, OperationSymbols, RESPONSE};
use crate::ir::{self, ArgumentSource, Location, OperationId, TypeRef};
use crate::listing::identity::argument_key;
use crate::name::{Name, words};

impl Assigner<'_> {
    pub(super) fn operations(&self) -> BTreeMap<OperationId, OperationSymbols> {
        let api = self.api;
        let mut symbols = BTreeMap::new();
        for manager in &api.managers {
            let kept = self.kept;
            let member = |&id: &OperationId, case: fn(&Name) -> String| {
                let operation = &api.operations[id];
                // Forms of one operation are distinguished by the name of the form.
                let form = operation.name.join(&Name::from_words(operation.form.clone()));
                let route = format!("{}#{} {}", operation.template(), operation.fragment, operation.method);
                let length = operation.name.words.concat().len();
                // A short name goes before one that a builder with its suffix would claim.
                ScopeMember::new(&operation.name, case).with_rungs([case(&form)]).identified(length, route)
            };
            let methods = manager.operations.iter().map(|id| {
                member(id, ident::snake).released(kept.operations.get(id).map(|entry| entry.method.as_str()))
            });
            let methods = assign(&methods.collect::<Vec<_>>(), &["new"]);
            let manager_type = ident::suffixed(&ident::pascal(&manager.name), "Manager");
            let mut taken = PRELUDE.to_vec();
            taken.push(&manager_type);
            let builders = manager.operations.iter().map(|id| {
                let released = kept.operations.get(id).map(|entry| entry.builder.as_str());
                member(id, ident::pascal).claiming(RESPONSE).claiming(BUNDLE).released(released)
            });
            let builders = assign(&builders.collect::<Vec<_>>(), &taken);
            for ((&id, method), builder) in manager.operations.iter().zip(methods).zip(builders) {
                let alternatives = self.alternatives(id);
                let arguments = self.arguments(id, &alternatives);
                let headers = self.headers(id);
                symbols.insert(id, OperationSymbols { method, builder, arguments, alternatives, headers });
            }
        }
        symbols
    }

    fn alternatives(&self, id: OperationId) -> Vec<String> {
        let forms = self.api.operations[id].alternatives();
        let sending = |words: &[String]| Name::from_words([&["send".to_owned()], words].concat());
        let members: Vec<ScopeMember> = forms
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
        assign(&members, BUILDER_METHODS)
    }

    fn headers(&self, id: OperationId) -> Vec<String> {
        let headers = self.api.operations[id].headers();
        let constant: fn(&Name) -> String = |name| ident::shouty(&ident::snake(name));
        let known = self.kept.operations.get(&id).map(|entry| entry.headers.as_slice()).unwrap_or_default();
        let member = |header: &&ir::Header| {
            let known = known.iter().find(|it| it.wire.eq_ignore_ascii_case(&header.name.wire));
            ScopeMember::new(&header.name, constant).released(known.map(|known| known.name.as_str()))
        };
        assign(&headers.iter().map(member).collect::<Vec<_>>(), &[])
    }

    fn arguments(&self, id: OperationId, alternatives: &[String]) -> Vec<String> {
        let arguments = self.api.operations[id].arguments();
        let members: Vec<ScopeMember> = arguments
            .iter()
            .map(|argument| {
                let (group, place, nullable) = match argument.source {
                    ArgumentSource::Parameter(parameter) => match parameter.location {
                        Location::Path => (0, "path", false),
                        Location::Query => (1, "query", false),
                        Location::Header => (2, "header", false),
                        Location::Cookie => (3, "cookie", false),
                    },
                    ArgumentSource::Field(field) => (4, "body", matches!(field.ty, TypeRef::Nullable(_))),
                    ArgumentSource::FormField(_)
                    | ArgumentSource::Part(_)
                    | ArgumentSource::FileName(..)
                    | ArgumentSource::ContentType(..)
                    | ArgumentSource::Body(_) => (4, "body", false),
                    ArgumentSource::PartHeader(..) => (5, "header", false),
                };
                let rung = ident::suffixed(&ident::snake(argument.name), &format!("_{place}"));
                let member = ScopeMember::new(argument.name, ident::snake).with_rungs([rung]);
                let member = member.or_cased(argument.name, ident::snake);
                // Required arguments have no setter, so they cannot collide with builder methods.
                let member = if argument.required { member.unreserved() } else { member };
                let member = if nullable && !argument.required { member.claiming("_null") } else { member };
                let (place, wire) = argument_key(argument);
                let known = self.kept.argument(id, place, &wire);
                member.identified(group, wire).released(known.map(|known| known.name.as_str()))
            })
            .collect();
        let mut reserved = BUILDER_METHODS.to_vec();
        reserved.extend(alternatives.iter().map(String::as_str));
        assign(&members, &reserved)
    }
}
