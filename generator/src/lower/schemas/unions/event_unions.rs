//! Lowers server-sent events with several schemas to a union that the name of the event selects.

use super::Outcome;
use super::variants::Candidate;
use crate::ir::{Shape, TypeRef, Union, UnionVariant};
use crate::lower::Lowering;
use crate::lower::names::type_names::{Naming, is_named};
use crate::lower::schemas::flat::{Flat, UnionKeywords};
use crate::name::Name;
use crate::pointer::Pointer;

/// The member with the name of an event.
const NAME: &str = "event";

impl Lowering<'_> {
    /// Returns the union of the data of events (OpenAPI 3.2.0 section 4.14.3). `None` if no schema describes data, or none
    /// names its events, so that the union is one of whole values.
    pub(in crate::lower) fn event_union(&mut self, events: &Pointer, naming: &Naming) -> Option<TypeRef> {
        let naming = if is_named(events) { Naming::of(&self.natural_owner(events)) } else { naming.clone() };
        let key = (naming.scope(), events.clone());
        if let Some(known) = self.schemas.event_unions.get(&key) {
            return Some(known.clone());
        }
        let flat = self.flat(events, &naming)?;
        let unions = flat.unions.iter();
        let unions = unions.map(|union| UnionKeywords { naming: naming.clone(), ..union.clone() }).collect();
        let named = Flat { unions, ..(*flat).clone() };
        let (Outcome::Members(listed), _) = self.union_outcome(&named) else { return None };
        let candidates: Vec<Candidate> =
            listed.into_iter().filter_map(|listed| self.candidate(&named, listed)).collect();
        let names: Vec<Option<Vec<String>>> =
            candidates.iter().map(|candidate| self.constants(&candidate.flat, NAME)).collect();
        let has_data = candidates.iter().any(|candidate| candidate.flat.properties.contains_key("data"));
        if !has_data || names.iter().all(Option::is_none) {
            return None;
        }
        let mut variants: Vec<UnionVariant> = Vec::new();
        for (candidate, names) in candidates.iter().zip(names) {
            let name = self.event_name(candidate, names.as_deref(), &variants);
            let inner = Naming::part(&naming.owner(), name.wire.as_str());
            let ty = self.event_data(&candidate.flat, &inner).unwrap_or(TypeRef::Any);
            variants.push(UnionVariant::new(name, names.unwrap_or_default(), ty));
        }
        let shape = Union::new(Some(NAME.to_owned()), variants);
        let shape = Shape::Union(Union { content: Some("data".to_owned()), ..shape });
        let id = self.add_type(&naming.owner(), events, flat.docs(), flat.deprecated, shape);
        let ty = TypeRef::Def(id);
        self.schemas.event_unions.insert(key, ty.clone());
        Some(ty)
    }

    /// Returns the name of a variant: that of its event, with a number if an earlier variant has it.
    fn event_name(
        &mut self,
        candidate: &Candidate,
        names: Option<&[String]>,
        known: &[UnionVariant],
    ) -> Name {
        let meant = &candidate.listed.surface.meant;
        let name = match names.and_then(<[String]>::first) {
            Some(event) if !Name::new(event.as_str()).words.is_empty() => Name::new(event.as_str()),
            _ if is_named(meant) => self.natural_owner(meant).name.clone(),
            _ => Name::new("other"),
        };
        let is_taken = |name: &Name| known.iter().any(|known| known.name.words == name.words);
        match is_taken(&name) {
            true => name.join(&Name::new(format!("variant {}", known.len() + 1))),
            false => name,
        }
    }
}
