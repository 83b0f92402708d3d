//! Finds parameters and members of a paged operation by name and type.

use super::names::{ASIDES, ITEM_WRAPPERS, ITEMS, WRAPPER_WORDS, WRAPPERS};
use crate::ir::{
    Api, BodyKind, Field, Location, Operation, PageParameter, ParameterEncoding, PathSegment, Payload,
    Scalar, Shape, TypeRef, Value,
};
use crate::name::words;

/// An operation that returns the same type for every success: the page.
pub(super) struct Paged<'a> {
    pub(super) api: &'a Api,
    pub(super) operation: &'a Operation,
    page: &'a TypeRef,
}

/// A parameter, or a member of the body, that can position a page.
#[derive(Clone)]
pub(super) struct PageInput<'a> {
    pub(super) words: &'a [String],
    pub(super) wire: &'a str,
    pub(super) parameter: PageParameter,
    pub(super) ty: &'a TypeRef,
    pub(super) default: Option<&'a Value>,
}

impl<'a> Paged<'a> {
    pub(super) fn of(api: &'a Api, operation: &'a Operation) -> Option<Self> {
        let (first, others) = operation.responses.split_first()?;
        let Payload::Json(page) = &first.payload else { return None };
        let alike = others.iter().all(|other| other.payload == first.payload);
        // An answer that can be null instead of a page has no members to follow.
        let is_page = alike && !matches!(page, TypeRef::Nullable(_));
        is_page.then_some(Self { api, operation, page })
    }

    /// Returns the query parameters and body members that a caller can set, in document order.
    pub(super) fn candidates(&self) -> Vec<PageInput<'a>> {
        let is_plain = |encoding: &ParameterEncoding| matches!(encoding, ParameterEncoding::Style { .. });
        let query = self.operation.parameters.iter().filter(|parameter| {
            parameter.location == Location::Query
                && parameter.constant.is_none()
                && is_plain(&parameter.encoding)
        });
        let query = query.map(|parameter| PageInput {
            words: &parameter.name.words,
            wire: &parameter.name.wire,
            parameter: PageParameter::Query(parameter.name.wire.clone()),
            ty: &parameter.ty,
            default: parameter.default.as_ref(),
        });
        let body = match self.operation.body.as_ref().map(|body| &body.kind) {
            Some(BodyKind::JsonFields(fields)) => fields.as_slice(),
            Some(
                BodyKind::Json(_)
                | BodyKind::FormFields(_)
                | BodyKind::Multipart(_)
                | BodyKind::JsonLines(_)
                | BodyKind::Binary
                | BodyKind::Text,
            )
            | None => &[],
        };
        let body = body.iter().map(|field| PageInput {
            words: &field.name.words,
            wire: &field.name.wire,
            parameter: PageParameter::Member(field.name.wire.clone()),
            ty: &field.ty,
            default: field.default.as_ref(),
        });
        query.chain(body).collect()
    }

    /// Returns the candidate with the first of these names.
    pub(super) fn candidate(&self, names: &[&str], is: Is) -> Option<PageInput<'a>> {
        let candidates = self.candidates();
        names.iter().find_map(|name| {
            candidates
                .iter()
                .find(|candidate| spaced(candidate.words) == *name && is(self.api, candidate.ty))
                .cloned()
        })
    }

    /// Returns the path of the member with the first of these names, in the page or else in its paging information.
    pub(super) fn member(&self, names: &[&str], is: Is) -> Option<Vec<String>> {
        self.scopes().into_iter().find_map(|(path, fields)| {
            let found = names.iter().find_map(|name| {
                fields.iter().find(|field| spaced(&field.name.words) == *name && is(self.api, &field.ty))
            })?;
            Some(below(&path, &found.name.wire))
        })
    }

    /// Returns the path of the member with the first of these names in the paging information beside the items.
    pub(super) fn paging_member(&self, names: &[&str], is: Is) -> Option<Vec<String>> {
        let is_inside = |path: &[String]| path.last().is_some_and(|name| is_paging(&words(name).join(" ")));
        self.scopes().into_iter().filter(|(path, _)| is_inside(path)).find_map(|(path, fields)| {
            let named = |name: &&str| {
                fields.iter().find(|field| spaced(&field.name.words) == *name && is(self.api, &field.ty))
            };
            names.iter().find_map(named).map(|field| below(&path, &field.name.wire))
        })
    }

    /// Returns the page and the objects that can hold its paging information, with the path to each.
    pub(super) fn scopes(&self) -> Vec<(Vec<String>, &'a [Field])> {
        let root = self.fields(self.page);
        let pages = |field: &Field| is_paging(&spaced(&field.name.words));
        let wrappers = self.inside_where(&[], root, &|field| pages(field) || self.wraps_items(field));
        let inner = wrappers.iter().flat_map(|(path, fields)| self.inside_where(path, fields, &pages));
        let inner: Vec<_> = inner.collect();
        std::iter::once((Vec::new(), root)).chain(wrappers).chain(inner).collect()
    }

    /// Returns the objects among these fields that have one of these names.
    pub(super) fn inside(
        &self,
        path: &[String],
        fields: &'a [Field],
        names: &[&str],
    ) -> Vec<(Vec<String>, &'a [Field])> {
        self.inside_where(path, fields, &|field| names.contains(&spaced(&field.name.words).as_str()))
    }

    fn inside_where(
        &self,
        path: &[String],
        fields: &'a [Field],
        holds: &dyn Fn(&'a Field) -> bool,
    ) -> Vec<(Vec<String>, &'a [Field])> {
        let held = fields.iter().filter(|field| holds(field));
        held.map(|field| (below(path, &field.name.wire), self.fields(&field.ty))).collect()
    }

    /// Returns `true` for an object that holds items: one with a usual name, or with a list of its own name, such as
    /// `hits` in `hits`.
    fn wraps_items(&self, field: &'a Field) -> bool {
        let is_own =
            |inner: &Field| inner.name.wire == field.name.wire && self.list_item(&inner.ty).is_some();
        ITEM_WRAPPERS.contains(&spaced(&field.name.words).as_str())
            || self.fields(&field.ty).iter().any(is_own)
    }

    /// Returns the path to the items and their type. The list is the page itself, its only list, the one with a usual
    /// name, the one that the URL path or the operation names, or the only one of objects.
    pub(super) fn items(&self) -> Option<(Vec<String>, &'a TypeRef)> {
        if let TypeRef::List(item) = self.api.value_type(self.page) {
            return Some((Vec::new(), item));
        }
        let root = self.fields(self.page);
        let wrapped = self.inside_where(&[], root, &|field| self.wraps_items(field));
        let mut scopes = std::iter::once((Vec::new(), root)).chain(wrapped);
        scopes.find_map(|(path, fields)| {
            let (field, item) = self.list_of(fields)?;
            Some((below(&path, &field.name.wire), item))
        })
    }

    /// Returns the names of the lists in a page if it has several, and nothing tells which of them holds the items.
    pub(super) fn rival_lists(&self) -> Vec<&'a str> {
        if self.items().is_some() {
            return Vec::new();
        }
        self.lists(self.fields(self.page)).into_iter().map(|(field, _)| field.name.wire.as_str()).collect()
    }

    fn list_of(&self, fields: &'a [Field]) -> Option<(&'a Field, &'a TypeRef)> {
        let lists = self.lists(fields);
        let of_path = self.subject();
        if let [only] = lists.as_slice() {
            // Beside an object that holds what the path names, a list holds something else.
            let is_beside = fields.iter().any(|field| {
                let name = spaced(&field.name.words);
                name != spaced(&only.0.name.words)
                    && !ITEM_WRAPPERS.contains(&name.as_str())
                    && of_path.as_ref() == Some(&name)
                    && !self.fields(&field.ty).is_empty()
            });
            return (!is_beside).then_some(*only);
        }
        let named = |name: &str| lists.iter().find(|(field, _)| spaced(&field.name.words) == name).copied();
        ITEMS
            .iter()
            .find_map(|name| named(name))
            .or_else(|| named(&of_path?))
            .or_else(|| self.nouns().iter().find_map(|noun| named(noun)))
            .or_else(|| self.only_objects(&lists))
    }

    fn lists(&self, fields: &'a [Field]) -> Vec<(&'a Field, &'a TypeRef)> {
        fields.iter().filter_map(|field| Some((field, self.list_item(&field.ty)?))).collect()
    }

    /// Returns the names that the items can have besides that of the path's end: those of the earlier parts of the path,
    /// without what stands behind a colon, and the end of the operation's name.
    fn nouns(&self) -> Vec<String> {
        let literals = self.operation.path.iter().rev().filter_map(|segment| match segment {
            PathSegment::Literal(text) => Some(text.split('/').rev()),
            PathSegment::Parameter(_) => None,
        });
        let parts = literals.flatten().filter_map(|part| part.split([':', '.']).next());
        let of_path = parts.map(|part| words(part).join(" "));
        let own = &self.operation.name.words;
        let of_name = (1..own.len()).map(|start| spaced(&own[start..]));
        of_name.chain(of_path).filter(|name| !name.is_empty()).collect()
    }

    /// Returns the only list of objects, if the others hold texts or stand beside the items by their name.
    fn only_objects(&self, lists: &[(&'a Field, &'a TypeRef)]) -> Option<(&'a Field, &'a TypeRef)> {
        // Another method returns the thing that it changes, with lists of its parts.
        if self.operation.method != "GET" {
            return None;
        }
        let mut objects = lists.iter().filter(|(field, item)| {
            !ASIDES.contains(&spaced(&field.name.words).as_str()) && !self.fields(item).is_empty()
        });
        let only = objects.next()?;
        objects.next().is_none().then_some(*only)
    }

    /// Returns the words of the last literal segment of the URL path.
    fn subject(&self) -> Option<String> {
        self.operation.path.iter().rev().find_map(|segment| match segment {
            PathSegment::Literal(text) => {
                text.split('/').rfind(|part| !part.is_empty()).map(|part| words(part).join(" "))
            }
            PathSegment::Parameter(_) => None,
        })
    }

    /// Returns `true` if the items are what the response is about: it is a list, the list has a usual name, or the
    /// path ends in its name.
    pub(super) fn lists_its_subject(&self) -> bool {
        let Some((path, _)) = self.items() else { return false };
        let Some(name) = path.last().map(|name| words(name).join(" ")) else { return true };
        let ends_in_variable = matches!(self.operation.path.last(), Some(PathSegment::Parameter(_)));
        let is_wrapped = path.len() > 1;
        is_wrapped
            || ITEMS.contains(&name.as_str())
            || (!ends_in_variable && self.subject().is_some_and(|subject| subject == name))
    }

    /// Returns the type at the end of a path of members, starting at `from`.
    pub(super) fn at(&self, from: &'a TypeRef, path: &[String]) -> Option<&'a TypeRef> {
        path.iter().try_fold(from, |ty, wire| {
            self.fields(ty).iter().find(|field| field.name.wire == *wire).map(|field| &field.ty)
        })
    }

    /// Returns the item type of the list at the end of a path.
    pub(super) fn item(&self, path: &[String]) -> Option<&'a TypeRef> {
        self.list_item(self.at(self.page, path)?)
    }

    /// Returns the item type, if the type is a list.
    fn list_item(&self, ty: &'a TypeRef) -> Option<&'a TypeRef> {
        match self.api.value_type(ty) {
            TypeRef::List(item) => Some(item),
            TypeRef::Scalar(_)
            | TypeRef::Tuple(_)
            | TypeRef::Map(_)
            | TypeRef::Nullable(_)
            | TypeRef::Def(_)
            | TypeRef::Any => None,
        }
    }

    pub(super) fn page(&self) -> &'a TypeRef {
        self.page
    }

    /// Returns the members of an object; none for any other type.
    pub(super) fn fields(&self, ty: &'a TypeRef) -> &'a [Field] {
        let TypeRef::Def(id) = self.api.value_type(ty) else { return &[] };
        match &self.api.types[*id].shape {
            Shape::Struct { fields, .. } => fields,
            Shape::StringEnum(_)
            | Shape::IntegerEnum(_)
            | Shape::ValueEnum(_)
            | Shape::Union(_)
            | Shape::Alias(_) => &[],
        }
    }
}

/// Returns `true` if a member with this name holds paging information.
pub(super) fn is_paging(name: &str) -> bool {
    WRAPPERS.contains(&name) || name.split(' ').any(|word| WRAPPER_WORDS.contains(&word))
}

/// A condition on a type.
pub(super) type Is = fn(&Api, &TypeRef) -> bool;

pub(super) fn is_integer(api: &Api, ty: &TypeRef) -> bool {
    const INTEGERS: [Scalar; 5] =
        [Scalar::Int32, Scalar::Int64, Scalar::UInt32, Scalar::UInt64, Scalar::Float];
    matches!(api.value_type(ty), TypeRef::Scalar(scalar) if INTEGERS.contains(scalar))
}

pub(super) fn is_text(api: &Api, ty: &TypeRef) -> bool {
    *api.value_type(ty) == TypeRef::Scalar(Scalar::String)
}

pub(super) fn is_text_or_integer(api: &Api, ty: &TypeRef) -> bool {
    is_text(api, ty) || is_integer(api, ty)
}

pub(super) fn is_truth(api: &Api, ty: &TypeRef) -> bool {
    *api.value_type(ty) == TypeRef::Scalar(Scalar::Boolean)
}

pub(super) fn below(path: &[String], wire: &str) -> Vec<String> {
    path.iter().cloned().chain([wire.to_owned()]).collect()
}

pub(super) fn spaced(words: &[String]) -> String {
    words.join(" ")
}
