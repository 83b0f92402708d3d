//! Lowers the bodies of webhooks to a union that tells them apart by a header, a member or their shape.

use std::rc::Rc;

use super::variants::{Base, Candidate};
use super::{Listed, trial_order};
use crate::ir::{Shape, Union, UnionVariant, Webhook, Webhooks};
use crate::lower::Lowering;
use crate::lower::names::type_names::{Naming, Owner, Scope};
use crate::lower::schemas::flat::Slot;
use crate::name::Name;
use crate::pointer::Pointer;

/// A webhook and the schema of its body.
pub(in crate::lower) struct WebhookBody {
    /// The name of its variant.
    pub(in crate::lower) name: Name,
    pub(in crate::lower) schema: Pointer,
    pub(in crate::lower) webhook: Webhook,
}

impl Lowering<'_> {
    /// Returns the union of the bodies, for values that arrive with the header. Webhooks that nothing distinguishes share
    /// a variant.
    pub(in crate::lower) fn webhook_union(
        &mut self,
        bodies: Vec<WebhookBody>,
        header: Option<String>,
        place: &Pointer,
    ) -> Shape {
        let (candidates, calls) = self.webhook_candidates(bodies);
        let tags = self.infer_tags(&candidates);
        let mut variants: Vec<(UnionVariant, usize)> = Vec::new();
        for (index, (name, webhook)) in calls.into_iter().enumerate() {
            let tags = tags.as_ref().and_then(|tags| tags.values.get(index)).cloned().unwrap_or_default();
            let ty = self.variant_type(&candidates[index], &name.wire);
            let is_same = |known: &UnionVariant| {
                known.ty == ty
                    && known.webhooks.iter().all(|other| other.header_values == webhook.header_values)
            };
            match variants.iter_mut().find(|(known, _)| is_same(known)) {
                Some((known, _)) => known.webhooks.push(webhook),
                None => {
                    let variant = UnionVariant::new(name, tags, ty);
                    variants.push((UnionVariant { webhooks: vec![webhook], ..variant }, index));
                }
            }
        }
        if header.is_some() {
            trial_order::sort(&mut variants, &candidates);
        } else {
            self.order(&mut variants, &candidates, place);
        }
        let variants = variants.into_iter().map(|(variant, _)| variant).collect();
        let union = Union::new(tags.map(|tags| tags.property), variants);
        Shape::Union(Union { webhooks: Some(Webhooks { header }), ..union })
    }

    fn webhook_candidates(&mut self, bodies: Vec<WebhookBody>) -> (Vec<Candidate>, Vec<(Name, Webhook)>) {
        let name = Name::new("webhook");
        let owner = Rc::new(Owner { family: name.clone(), name, scope: Scope::Document, is_named: false });
        let mut candidates = Vec::new();
        let mut calls = Vec::new();
        for WebhookBody { name, schema, webhook } in bodies {
            let surface = self.surface(&schema);
            let unnamed = self.unnamed();
            let Some(flat) = self.flat(&surface.meant, &unnamed) else { continue };
            let slot = Slot { pointer: schema, naming: Naming::of(&owner) };
            let listed = Listed { slot, surface, mapped: Vec::new(), is_default: false, also: Vec::new() };
            candidates.push(Candidate { listed, flat, base: Base::Own });
            calls.push((name, webhook));
        }
        (candidates, calls)
    }
}
