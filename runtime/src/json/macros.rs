//! Expands the JSON form of emitted types, and the traits that go with it.

mod enums;

/// Implements the JSON form of an object type that has a field `extra` beside those of its members, and the traits that
/// go with it: serde, equality, `Debug`, `extra()`.
///
/// Each row has the wire name of a member, its field and its presence. The type name can be followed by the names of
/// members whose values are redacted, at any depth. A row `_` names the field for additional members.
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

/// Implements the remaining traits of an object type with `Json` and a field `extra`.
#[doc(hidden)]
#[macro_export]
macro_rules! object_traits {
    ($name:ident) => {
        $crate::object_traits!($name, &[]);
    };
    ($name:ident, $secret:expr) => {
        $crate::serde_of!($name);

        impl ::core::cmp::PartialEq for $name {
            /// Returns `true` if both are the same JSON.
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
            /// Returns the members that this type does not name, as received, and explicit nulls.
            #[must_use]
            pub fn extra(&self) -> &$crate::Extra {
                &self.extra
            }

            /// Returns the members that this type does not name, and explicit nulls, to add or remove some.
            #[must_use]
            pub fn extra_mut(&mut self) -> &mut $crate::Extra {
                &mut self.extra
            }
        }
    };
}

/// Implements the serde traits of a type with `Json`.
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

/// Implements the remaining traits of a union with `Json` and a variant `Unknown` of `UnknownJson`.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    ($name:ident) => {
        $crate::serde_of!($name);

        impl ::core::cmp::PartialEq for $name {
            /// Returns `true` if both are the same JSON.
            fn eq(&self, other: &Self) -> bool {
                $crate::same(self, other)
            }
        }
    };
}

/// Implements the traits of a union of strings, numbers and booleans, including `Display`.
#[doc(hidden)]
#[macro_export]
macro_rules! scalar_union {
    ($name:ident) => {
        $crate::union!($name);

        impl ::core::fmt::Display for $name {
            /// Writes the value on the wire, a string without its quotes.
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::plain(self, f)
            }
        }
    };
}
