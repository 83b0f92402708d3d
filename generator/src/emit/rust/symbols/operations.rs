//! Assigns identifiers to operations, their arguments and their responses.

use std::collections::BTreeMap;

use super::ident;
use super::name_collisions::{Assigned, ScopeMember, assign, assign_all};
use super::{Assigner, BUNDLE, ManagerSymbols, OperationSymbols, RESPONSE, former};
use crate::ir::{self, ArgumentSource, Location, OperationId, TypeRef};
use crate::listing::identity::argument_key;
use crate::name::reserved::{BUILDER_METHODS, MANAGER_METHODS, PRELUDE};
use crate::name::{Name, words};
use crate::parallel;

impl Assigner<'_> {
    pub(super) fn operations(
        &mut self,
        managers: &[ManagerSymbols],
    ) -> BTreeMap<OperationId, OperationSymbols> {
        let (api, kept) = (self.api, self.kept);
        let assigned = parallel::map((0..api.managers.len()).collect(), |index| {
            let mut assigner = Assigner { api, kept, notes: Vec::new() };
            (assigner.operations_of(managers, index), assigner.notes)
        });
        let mut symbols = BTreeMap::new();
        for (operations, notes) in assigned {
            symbols.extend(operations);
            self.notes.extend(notes);
        }
        symbols
    }

    /// Assigns identifiers to the operations of a manager.
    fn operations_of(
        &mut self,
        managers: &[ManagerSymbols],
        index: usize,
    ) -> Vec<(OperationId, OperationSymbols)> {
        let (api, kept) = (self.api, self.kept);
        let manager = &api.managers[index];
        let member = |&id: &OperationId, case: fn(&Name) -> String| {
            let operation = &api.operations[id];
            // Forms of one operation are distinguished by the name of the form.
            let form = operation.name.join(&Name::from_words(operation.form.clone()));
            let route = format!("{}#{} {}", operation.template(), operation.fragment, operation.method);
            let length = operation.name.words.concat().len();
            // A short name goes before one that a builder with its suffix would claim.
            ScopeMember::new(&operation.name, case).with_rungs([case(&form)]).identified(length, route)
        };
        let former = former::in_manager(api, kept, managers, index);
        let methods = manager.operations.iter().map(|id| {
            let released = kept.operations.get(id).map(|entry| entry.method.as_str());
            self.settled(*id, member(id, ident::snake), api.operations[*id].name.is_given, released)
        });
        let taken: Vec<&str> = former.iter().map(|former| former.method.as_str()).collect();
        let methods = assign_all(&methods.collect::<Vec<_>>(), MANAGER_METHODS, &taken);
        let mut taken = PRELUDE.to_vec();
        let former_types = managers[index].former.iter().map(|former| &former.ty);
        let types = former_types.chain([&managers[index].ty]).map(String::as_str);
        taken.extend(types.chain(former.iter().map(|former| former.builder.as_str())));
        let builders = manager.operations.iter().zip(&methods).map(|(id, method)| {
            let released = kept.operations.get(id).map(|entry| entry.builder.as_str());
            let member = member(id, ident::pascal).claiming(RESPONSE).claiming(BUNDLE);
            let is_adopted = method.former.is_some() || kept.moved.contains(id);
            self.settled(*id, member, api.operations[*id].name.is_given && is_adopted, released)
        });
        let builders = assign(&builders.collect::<Vec<_>>(), &taken);
        let named = manager.operations.iter().zip(methods).zip(builders);
        let symbols = |((&id, method), builder)| (id, self.operation(id, method, builder, managers));
        named.map(symbols).collect()
    }

    /// Keeps the released name of a method or builder. In another manager it is only a wish.
    fn settled(
        &self,
        id: OperationId,
        member: ScopeMember,
        is_given: bool,
        released: Option<&str>,
    ) -> ScopeMember {
        match self.kept.moved.contains(&id) {
            true if is_given => member,
            true => member.preferring(released),
            false => member.released(released).given(is_given),
        }
    }

    fn operation(
        &mut self,
        id: OperationId,
        method: Assigned,
        builder: String,
        managers: &[ManagerSymbols],
    ) -> OperationSymbols {
        let kept = self.kept;
        self.note_operation(id, &method);
        let alternatives = self.alternatives(id);
        let arguments = self.arguments(id, &alternatives);
        for (argument, assigned) in self.api.operations[id].arguments().iter().zip(&arguments) {
            self.note_argument(id, argument, assigned);
        }
        let adopted = method.former.and_then(|_| kept.operations.get(&id));
        let former = former::of_operation(kept, id).into_iter();
        let former = former.chain(adopted.map(former::last_release));
        let former = former.filter(|former| former::stands(managers, former)).collect();
        let former_arguments = self.former_arguments(id, &arguments);
        OperationSymbols {
            method: method.name,
            builder,
            arguments: arguments.into_iter().map(|argument| argument.name).collect(),
            alternatives,
            headers: self.headers(id),
            former,
            former_arguments,
        }
    }

    /// Returns the former setters of each argument. A required argument has none.
    fn former_arguments(&self, id: OperationId, assigned: &[Assigned]) -> Vec<Vec<String>> {
        let operation = &self.api.operations[id];
        let arguments = operation.arguments();
        let former = arguments.iter().zip(assigned).map(|(argument, assigned)| {
            let (place, wire) = argument_key(operation, argument);
            let entry = self.kept.argument(id, place, &wire).filter(|_| !argument.required);
            let names = entry.into_iter().flat_map(|entry| entry.former.iter().chain(&assigned.former));
            names.cloned().collect()
        });
        former.collect()
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

    fn arguments(&self, id: OperationId, alternatives: &[String]) -> Vec<Assigned> {
        let operation = &self.api.operations[id];
        let arguments = operation.arguments();
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
                let member = member.or_cased();
                // Required arguments have no setter, so they cannot collide with builder methods.
                let member = if argument.required { member.unreserved() } else { member };
                let member = if nullable && !argument.required { member.claiming("_null") } else { member };
                let (place, wire) = argument_key(operation, argument);
                let known = self.kept.argument(id, place, &wire);
                let member = member.identified(group, wire);
                let released = known.map(|known| known.name.as_str());
                member.released(released).given(argument.name.is_given)
            })
            .collect();
        let entry = self.kept.operations.get(&id);
        let former = entry.into_iter().flat_map(|entry| &entry.arguments).flat_map(|known| &known.former);
        let former: Vec<&str> = former.map(String::as_str).collect();
        let alternatives: Vec<&str> = alternatives.iter().map(String::as_str).collect();
        assign_all(&members, &[BUILDER_METHODS, &alternatives].concat(), &former)
    }
}
