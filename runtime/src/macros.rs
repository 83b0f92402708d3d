//! What of an emitted item mentions nothing of its document: one line in the SDK, expanded here.

/// Gives an object type, with a field `extra` beside those of its members, its JSON form and what goes with it: serde,
/// equality, `Debug`, `extra()`.
///
/// A row for each member: its wire name, its field, and whether it must be there and may be null. After the name of the
/// type may follow the names of members whose values are never shown, at any depth. A row `_` names the field of all
/// other members.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    ($name:ident $(, $secret:expr)?; $($wire:literal => $field:ident: $presence:ident,)*) => {
        impl $crate::Json for $name {
            fn blank() -> Self {
                Self { $($field: $crate::Json::blank(),)* extra: $crate::Extra::default() }
            }

            fn read(&mut self, json: &mut dyn $crate::Reader) -> $crate::Read {
                json.members(&mut [$(($wire, $crate::$presence, &mut self.$field)),*], &mut self.extra)
            }

            fn write(&self, json: &mut dyn $crate::Writer) -> $crate::Written {
                json.members(&[$(($wire, $crate::$presence, &self.$field)),*], &self.extra)
            }
        }

        $crate::object_traits!($name $(, $secret)?);
    };
    (
        $name:ident $(, $secret:expr)?;
        $($wire:literal => $field:ident: $presence:ident,)*
        _ => $additional:ident,
    ) => {
        impl $crate::Json for $name {
            fn blank() -> Self {
                Self {
                    $($field: $crate::Json::blank(),)*
                    $additional: ::core::default::Default::default(),
                    extra: $crate::Extra::default(),
                }
            }

            fn read(&mut self, json: &mut dyn $crate::Reader) -> $crate::Read {
                json.members_and(
                    &mut [$(($wire, $crate::$presence, &mut self.$field)),*],
                    &mut self.$additional,
                    &mut self.extra,
                )
            }

            fn write(&self, json: &mut dyn $crate::Writer) -> $crate::Written {
                json.members_and(
                    &[$(($wire, $crate::$presence, &self.$field)),*],
                    &self.$additional,
                    &self.extra,
                )
            }
        }

        $crate::object_traits!($name $(, $secret)?);
    };
}

/// Gives an object type with `Json` and a field `extra` the rest.
#[doc(hidden)]
#[macro_export]
macro_rules! object_traits {
    ($name:ident) => {
        $crate::object_traits!($name, &[]);
    };
    ($name:ident, $secret:expr) => {
        $crate::serde_of!($name);

        impl ::core::cmp::PartialEq for $name {
            /// True where both are the same JSON.
            fn eq(&self, other: &Self) -> bool {
                $crate::same(self, other)
            }
        }

        impl ::core::fmt::Debug for $name {
            /// Shows the members that are present.
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::show(::core::stringify!($name), self, $secret, f)
            }
        }

        impl $name {
            /// What the object holds beside its named members: unknown ones as they came, and explicit nulls.
            #[must_use]
            pub fn extra(&self) -> &$crate::Extra {
                &self.extra
            }

            /// What the object holds beside its named members, to add to it or take from it.
            #[must_use]
            pub fn extra_mut(&mut self) -> &mut $crate::Extra {
                &mut self.extra
            }
        }
    };
}

/// Gives a type with `Json` its serde traits.
#[doc(hidden)]
#[macro_export]
macro_rules! serde_of {
    ($name:ident) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::deserialize(deserializer)
            }
        }
    };
}

/// Compares an open enum by what it is on the wire, and hashes it so.
#[doc(hidden)]
#[macro_export]
macro_rules! equal_on_the_wire {
    ($name:ident, $value:ident) => {
        impl ::core::cmp::PartialEq for $name {
            /// By the value on the wire.
            fn eq(&self, other: &Self) -> bool {
                self.$value() == other.$value()
            }
        }

        impl ::core::cmp::Eq for $name {}

        impl ::core::hash::Hash for $name {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(&self.$value(), state);
            }
        }
    };
}

/// Gives an open enum of strings, whose last variant is `Unknown`, all but its definition. A row for each value.
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum {
    ($name:ident; $($value:literal => $variant:ident,)*) => {
        impl $name {
            /// The value on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown($crate::UnknownText::new(value)),
                }
            }
        }

        $crate::serde_of!($name);
        $crate::equal_on_the_wire!($name, as_str);

        impl $crate::Json for $name {
            fn blank() -> Self {
                Self::from("")
            }

            fn read(&mut self, json: &mut dyn $crate::Reader) -> $crate::Read {
                $crate::read_text(self, json)
            }

            fn write(&self, json: &mut dyn $crate::Writer) -> $crate::Written {
                if let Self::Unknown(_) = self {
                    json.unknown();
                }
                json.text(self.as_str())
            }
        }

        impl ::core::fmt::Display for $name {
            /// The value on the wire.
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

/// Gives an open enum of integers, whose last variant is `Unknown`, all but its definition. A row for each value.
#[doc(hidden)]
#[macro_export]
macro_rules! integer_enum {
    ($name:ident; $($value:literal => $variant:ident,)*) => {
        impl $name {
            /// The value on the wire.
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.get(),
                }
            }
        }

        impl ::core::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown($crate::UnknownInteger::new(value)),
                }
            }
        }

        $crate::serde_of!($name);
        $crate::equal_on_the_wire!($name, as_i64);

        impl $crate::Json for $name {
            fn blank() -> Self {
                Self::from(0)
            }

            fn read(&mut self, json: &mut dyn $crate::Reader) -> $crate::Read {
                let mut value = 0_i64;
                $crate::Json::read(&mut value, json)?;
                *self = Self::from(value);
                ::core::result::Result::Ok(())
            }

            fn write(&self, json: &mut dyn $crate::Writer) -> $crate::Written {
                if let Self::Unknown(_) = self {
                    json.unknown();
                }
                $crate::Json::write(&self.as_i64(), json)
            }
        }

        impl ::core::fmt::Display for $name {
            /// The value on the wire.
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }
    };
}

/// Gives an open enum of values of several kinds, whose last variant is `Unknown`, all but its definition. A row for
/// each value, as JSON text.
#[doc(hidden)]
#[macro_export]
macro_rules! value_enum {
    ($name:ident; $($value:literal => $variant:ident,)*) => {
        impl $name {
            /// The value on the wire, as JSON text.
            #[must_use]
            pub fn as_json(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl ::core::convert::From<$crate::Value> for $name {
            fn from(value: $crate::Value) -> Self {
                let value = $crate::UnknownJson::from(value);
                match value.as_str() {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown(value),
                }
            }
        }

        $crate::serde_of!($name);
        $crate::equal_on_the_wire!($name, as_json);

        impl $crate::Json for $name {
            fn blank() -> Self {
                Self::from($crate::Value::Null)
            }

            fn read(&mut self, json: &mut dyn $crate::Reader) -> $crate::Read {
                let raw = json.raw()?;
                *self = match Self::from(raw.to_value()) {
                    Self::Unknown(_) => Self::Unknown(raw.keep()),
                    known => known,
                };
                ::core::result::Result::Ok(())
            }

            fn write(&self, json: &mut dyn $crate::Writer) -> $crate::Written {
                match self {
                    Self::Unknown(value) => $crate::Json::write(value, json),
                    known => $crate::constant(known.as_json(), json),
                }
            }
        }

        impl ::core::fmt::Display for $name {
            /// The value on the wire, as JSON.
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_json())
            }
        }
    };
}

/// Gives a union with `Json` and a variant `Unknown` of `UnknownJson` the rest.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    ($name:ident) => {
        $crate::serde_of!($name);

        impl ::core::cmp::PartialEq for $name {
            /// True where both are the same JSON.
            fn eq(&self, other: &Self) -> bool {
                $crate::same(self, other)
            }
        }
    };
}

/// Gives a union of texts, numbers and booleans what a union has, and its text.
#[doc(hidden)]
#[macro_export]
macro_rules! scalar_union {
    ($name:ident) => {
        $crate::union!($name);

        impl ::core::fmt::Display for $name {
            /// The value on the wire, a text without its quotes.
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::plain(self, f)
            }
        }
    };
}

/// Gives a request builder with a field `request` the rest: headers of the caller's own, sending, awaiting.
///
/// An answer that is handed over as it comes has `stream` before its decoder.
#[doc(hidden)]
#[macro_export]
macro_rules! builder {
    ($name:ident => $output:ty, stream $decode:expr) => {
        $crate::builder!($name => $output, receive, $decode);
    };
    ($name:ident => $output:ty, $decode:expr) => {
        $crate::builder!($name => $output, send, $decode);
    };
    ($name:ident => $output:ty, $send:ident, $decode:expr) => {
        impl $name {
            /// Sends a header of your own. `None` leaves out a header that the client would send by default.
            pub fn extra_header(
                mut self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<$crate::HeaderChange>,
            ) -> Self {
                self.request.extra_header(name, value);
                self
            }

            /// Sends headers of your own. `None` leaves out a header that the client would send by default.
            pub fn extra_headers(mut self, headers: impl $crate::HeaderChanges) -> Self {
                self.request.extra_headers(headers);
                self
            }

            /// The call that awaiting this request makes, with what can be said of a single call.
            pub fn send(self) -> $crate::Call<$output> {
                self.request.$send($decode)
            }
        }

        impl ::core::future::IntoFuture for $name {
            type Output = ::core::result::Result<$output, $crate::Error>;
            type IntoFuture = $crate::Call<$output>;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}

/// Gives a credential that wraps another one, in this field, its trait.
#[doc(hidden)]
#[macro_export]
macro_rules! forward_credential {
    ($name:ident, $field:tt) => {
        impl $crate::Credential for $name {
            fn serves(&self, scheme: &$crate::Scheme) -> bool {
                self.$field.serves(scheme)
            }

            fn authorize<'a>(
                &'a self,
                context: &'a $crate::AuthContext<'a>,
            ) -> $crate::BoxFuture<'a, ::std::result::Result<$crate::Authorization, $crate::Error>> {
                self.$field.authorize(context)
            }

            fn refused<'a>(
                &'a self,
                context: &'a $crate::AuthContext<'a>,
                authorization: &'a $crate::Authorization,
            ) -> $crate::BoxFuture<'a, ::std::result::Result<bool, $crate::Error>> {
                self.$field.refused(context, authorization)
            }
        }
    };
}

/// Gives the builder of an operation that returns a list in pages the two ways through all of them.
#[doc(hidden)]
#[macro_export]
macro_rules! pages {
    ($name:ident => $page:ty, $decode:expr, $operation:ident, $item:ty, $whole:ident => $items:expr) => {
        impl $name {
            /// Every item of the list: page after page is fetched as the items are asked for, from the page on that
            /// this request names.
            pub fn items(self) -> $crate::Items<$item> {
                $crate::Items::new(self.request, |head, body| {
                    let $whole: $page = $decode(head, ::core::clone::Clone::clone(&body))?;
                    let facts = $crate::PageFacts::read(head, &body, &$whole, &$operation);
                    ::core::result::Result::Ok(facts.of($items))
                })
            }

            /// Every page of the list, fetched as it is asked for, from the page on that this request names.
            pub fn pages(self) -> $crate::Pages<$page> {
                $crate::Pages::new(self.request, |head, body| {
                    let page: $page = $decode(head, ::core::clone::Clone::clone(&body))?;
                    let facts = $crate::PageFacts::read(head, &body, &page, &$operation);
                    ::core::result::Result::Ok(facts.of(page))
                })
            }
        }
    };
}
