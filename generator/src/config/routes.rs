//! Reads the section `names.routes` of `sdk.yaml`, which maps patterns of methods and paths to names.

use super::read::{ConfigReader, Section};
use super::{NameRoute, RouteName, RouteSegment};
use crate::ir::METHODS;
use crate::pointer::Pointer;

impl ConfigReader<'_> {
    pub(super) fn routes(&mut self, names: &Section<'_>) -> Vec<NameRoute> {
        let entries = self.entries(names, "routes");
        entries.into_iter().filter_map(|(pointer, key, name)| self.route(&pointer, &key, &name)).collect()
    }

    fn route(&mut self, pointer: &Pointer, key: &str, name: &str) -> Option<NameRoute> {
        let parts = key.split_once(' ').filter(|(method, _)| METHODS.contains(method));
        let parts = parts.and_then(|(method, template)| Some((method, template.strip_prefix('/')?)));
        let Some((method, template)) = parts else {
            let help = "write a method and a path, such as `GET /{noun}/{}/status`";
            self.error(pointer, format!("invalid route `{key}`"), help);
            return None;
        };
        let (path, fragment) = match template.split_once('#') {
            Some((path, fragment)) => (path, Some(segment(fragment))),
            None => (template, None),
        };
        let path: Vec<RouteSegment> = path.split('/').map(segment).collect();
        let name = self.route_name(pointer, name, path.iter().chain(&fragment))?;
        let text = key.to_owned();
        Some(NameRoute { method: method.to_owned(), path, fragment, name, text, pointer: pointer.clone() })
    }

    fn route_name<'a>(
        &mut self,
        pointer: &Pointer,
        text: &str,
        segments: impl Iterator<Item = &'a RouteSegment>,
    ) -> Option<Vec<RouteName>> {
        let captures: Vec<&str> = segments
            .filter_map(|segment| match segment {
                RouteSegment::Capture { name, .. } => Some(name.as_str()),
                RouteSegment::Literal(_) | RouteSegment::Parameter => None,
            })
            .collect();
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (inside, after) = after.split_once('}').unwrap_or((after, ""));
            let (name, form) =
                inside.split_once(':').map_or((inside, None), |(name, form)| (name, Some(form)));
            let piece = match form {
                None => RouteName::Captured(name.to_owned()),
                Some("singular") => RouteName::Singular(name.to_owned()),
                Some(_) => return self.no_part(pointer, inside),
            };
            if !captures.contains(&name) {
                return self.no_part(pointer, inside);
            }
            pieces.extend([RouteName::Text(before.to_owned()), piece]);
            rest = after;
        }
        pieces.push(RouteName::Text(rest.to_owned()));
        Some(pieces)
    }

    fn no_part(&mut self, pointer: &Pointer, inside: &str) -> Option<Vec<RouteName>> {
        let help = "write the name of a captured part in braces, optionally followed by `:singular`";
        self.error(pointer, format!("the route captures no part `{{{inside}}}`"), help);
        None
    }
}

fn segment(text: &str) -> RouteSegment {
    let inside = text.split_once('{').and_then(|(before, rest)| {
        let (name, after) = rest.split_once('}')?;
        Some((before, name, after))
    });
    match inside {
        None => RouteSegment::Literal(text.to_owned()),
        Some(("", "", "")) => RouteSegment::Parameter,
        Some((before, name, after)) => RouteSegment::Capture {
            before: before.to_owned(),
            name: name.to_owned(),
            after: after.to_owned(),
        },
    }
}
