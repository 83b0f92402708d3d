//! Reads words, types and flags from a line of a listing.

use super::check::{Claim, Scope};
use super::print::is_bare;
use super::{RustType, paging};
use crate::name::is_keyword;

/// A parsed value, or an error message.
pub(super) type Read<T = ()> = Result<T, String>;

/// The unread rest of a line.
pub(super) struct Cursor<'a> {
    rest: &'a str,
    flags: Vec<String>,
    claims: Vec<Claim>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(rest: &'a str) -> Self {
        Self { rest, flags: Vec::new(), claims: Vec::new() }
    }

    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    pub(super) fn eat(&mut self, text: &str) -> bool {
        self.skip();
        let after = self.rest.strip_prefix(text);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    pub(super) fn expect(&mut self, text: &str) -> Read {
        if self.eat(text) { Ok(()) } else { Err(format!("expected `{text}` at `{}`", self.rest)) }
    }

    pub(super) fn end(&mut self) -> Read {
        self.skip();
        let rest = self.flags.first().map_or(self.rest, String::as_str);
        if rest.is_empty() { Ok(()) } else { Err(format!("unexpected `{rest}`")) }
    }

    /// Returns `true` before a type, whose identity contains a `#` preceded only by digits.
    pub(super) fn peeks_type(&self) -> bool {
        let text = self.rest.trim_start_matches('"');
        text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('#')
    }

    /// Consumes the dash before a member.
    pub(super) fn eat_marker(&mut self) -> bool {
        self.eat("-")
    }

    /// Reads a bare word or a JSON string.
    pub(super) fn word(&mut self, what: &str) -> Read<String> {
        self.skip();
        if self.rest.starts_with('"') {
            let mut values = serde_json::Deserializer::from_str(self.rest).into_iter::<String>();
            let value = values.next().and_then(Result::ok);
            let end = values.byte_offset();
            let value = value.ok_or_else(|| format!("expected {what} at `{}`", self.rest))?;
            self.rest = &self.rest[end..];
            return Ok(value);
        }
        let end = self.rest.find(|c: char| !is_bare(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        if word.is_empty() {
            return Err(format!("expected {what} at `{}`", self.rest));
        }
        self.rest = rest;
        Ok(word.to_owned())
    }

    /// Reads a Rust identifier.
    pub(super) fn identifier(&mut self, what: &str) -> Read<String> {
        identifier(self.word(what)?)
    }

    /// Reads a Rust identifier that the line defines in this scope.
    pub(super) fn defined(&mut self, scope: Scope, what: &str) -> Read<String> {
        let name = self.identifier(what)?;
        self.claim(Claim::Name(scope, name.clone()));
        Ok(name)
    }

    pub(super) fn claim(&mut self, claim: Claim) {
        self.claims.push(claim);
    }

    /// Returns what the line states about other lines.
    pub(super) fn claims(self) -> Vec<Claim> {
        self.claims
    }

    /// Reads `accessor.method`.
    pub(super) fn path(&mut self) -> Read<(String, String)> {
        let word = self.word("a method")?;
        let (manager, method) = word.split_once('.').ok_or("expected `manager.method`")?;
        Ok((identifier(manager.to_owned())?, identifier(method.to_owned())?))
    }

    /// Reads a wire name, its identifier, and the mark of required members.
    pub(super) fn named(&mut self, scope: Scope) -> Read<(String, String, bool)> {
        let wire = self.word("a name")?;
        let required = self.eat("*");
        let name = if self.eat("as ") { self.word("an identifier")? } else { wire.clone() };
        let name = identifier(name)?;
        self.claim(Claim::Name(scope, name.clone()));
        Ok((wire, name, required))
    }

    /// Reads a type after a colon.
    pub(super) fn typed(&mut self) -> Read<Option<RustType>> {
        if self.eat(":") { self.ty().map(Some) } else { Ok(None) }
    }

    pub(super) fn ty(&mut self) -> Read<RustType> {
        self.skip();
        let end = self.rest.find(" [").unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        let ty = RustType::parse(text).ok_or_else(|| format!("`{text}` is not a type"))?;
        self.rest = rest;
        self.claim(Claim::Type(ty.clone()));
        Ok(ty)
    }

    /// Reads the flags in brackets, if there are any.
    pub(super) fn flags(&mut self) -> Read<&mut Self> {
        if self.eat("[") {
            while !self.eat("]") {
                let flag = self.word("a flag")?;
                self.flags.push(flag);
            }
        }
        Ok(self)
    }

    /// Consumes a flag. Returns `true` if it was set. Flags left at the end of the line are an error.
    pub(super) fn take(&mut self, flag: &str) -> bool {
        let place = self.flags.iter().position(|word| word == flag);
        place.map(|place| self.flags.remove(place)).is_some()
    }

    /// Consumes a flag such as `tag=kind`. Returns the text after the equals sign.
    pub(super) fn take_value(&mut self, flag: &str) -> Option<String> {
        let value = |word: &String| Some(word.strip_prefix(flag)?.strip_prefix('=')?.to_owned());
        let (place, value) =
            self.flags.iter().enumerate().find_map(|(place, word)| Some((place, value(word)?)))?;
        self.flags.remove(place);
        Some(value)
    }

    /// Consumes the flags that say how pages follow one another, such as `offset=skip`.
    pub(super) fn paging(&mut self) -> Vec<String> {
        let flags = std::mem::take(&mut self.flags).into_iter();
        let (paging, others) = flags.partition(|flag| paging::is_word(flag));
        self.flags = others;
        paging
    }

    /// Reads the flags, and consumes `feature` and the word after it, a feature of another line.
    pub(super) fn feature(&mut self) -> Read<Option<String>> {
        let feature = self.flags()?.valued("feature");
        self.claims.extend(feature.clone().map(Claim::Feature));
        Ok(feature)
    }

    /// Consumes the flag `sends` and the text after it.
    pub(super) fn sent(&mut self) -> Option<String> {
        self.valued("sends")
    }

    /// Consumes each flag `was` and the word after it.
    pub(super) fn former(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.valued("was")).collect()
    }

    fn valued(&mut self, flag: &str) -> Option<String> {
        let place = self.flags.iter().position(|word| word == flag)?;
        // A flag that lacks its value stays, and is unexpected at the end of the line.
        if place + 1 == self.flags.len() { None } else { self.flags.drain(place..place + 2).nth(1) }
    }
}

fn identifier(word: String) -> Read<String> {
    let starts = word.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if is_keyword(&word) {
        return Err(format!("`{word}` is a keyword of Rust"));
    }
    if !starts || !word.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return Err(format!("`{word}` is not a Rust identifier"));
    }
    Ok(word)
}
