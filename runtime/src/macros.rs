//! What of an emitted item mentions nothing of its document: one line in the SDK, expanded here.

mod calls;
mod enums;

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
