//! Implements open enums, whose last variant keeps unknown values.

/// Implements equality and hashing of an open enum by its value on the wire.
#[doc(hidden)]
#[macro_export]
macro_rules! equal_on_the_wire {
    ($name:ident, $value:ident) => {
        impl ::core::cmp::PartialEq for $name {
            /// Compares the values on the wire.
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

/// Implements the list of an enum's values.
#[doc(hidden)]
#[macro_export]
macro_rules! enum_values {
    ($name:ident; $($variant:ident,)*) => {
        impl $name {
            /// Returns the values that the API documents, in its order.
            #[must_use]
            pub fn enum_values() -> &'static [Self] {
                const VALUES: &[$name] = &[$($name::$variant,)*];
                VALUES
            }
        }
    };
}

/// Implements everything but the definition of an open string enum, whose last variant is `Unknown`. Each row is a
/// value.
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum {
    // An enum with one value is a constant, of which nobody asks for the values.
    ($name:ident; $value:literal => $variant:ident,) => {
        $crate::string_enum!(@impl $name; $value => $variant,);
    };
    ($name:ident; $($value:literal => $variant:ident,)*) => {
        $crate::string_enum!(@impl $name; $($value => $variant,)*);
        $crate::enum_values!($name; $($variant,)*);

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(value: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }
    };
    (@impl $name:ident; $($value:literal => $variant:ident,)*) => {
        impl $name {
            /// Returns the value on the wire.
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
            /// Writes the value on the wire.
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

/// Implements everything but the definition of an open integer enum, whose last variant is `Unknown`. Each row is a
/// value.
#[doc(hidden)]
#[macro_export]
macro_rules! integer_enum {
    // An enum with one value is a constant, of which nobody asks for the values.
    ($name:ident; $value:literal => $variant:ident,) => {
        $crate::integer_enum!(@impl $name; $value => $variant,);
    };
    ($name:ident; $($value:literal => $variant:ident,)*) => {
        $crate::integer_enum!(@impl $name; $($value => $variant,)*);
        $crate::enum_values!($name; $($variant,)*);
    };
    (@impl $name:ident; $($value:literal => $variant:ident,)*) => {
        impl $name {
            /// Returns the value on the wire.
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
            /// Writes the value on the wire.
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }
    };
}

/// Implements everything but the definition of an open enum with values of several types, whose last variant is
/// `Unknown`. Each row is a value as JSON text.
#[doc(hidden)]
#[macro_export]
macro_rules! value_enum {
    // An enum with one value is a constant, of which nobody asks for the values.
    ($name:ident; $value:literal => $variant:ident,) => {
        $crate::value_enum!(@impl $name; $value => $variant,);
    };
    ($name:ident; $($value:literal => $variant:ident,)*) => {
        $crate::value_enum!(@impl $name; $($value => $variant,)*);
        $crate::enum_values!($name; $($variant,)*);
    };
    (@impl $name:ident; $($value:literal => $variant:ident,)*) => {
        impl $name {
            /// Returns the value on the wire, as JSON text.
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
            /// Writes the value on the wire, as JSON text.
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_json())
            }
        }
    };
}
