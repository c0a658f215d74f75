//! How a table of the format is declared: once, for its type, its keys and its reader.
//!
//! [`table`] and [`words`] make of one declaration the struct or enum that the rest of the program uses, the description
//! from which checks, defaults, the JSON Schema and the reference come, and the reader. A key that is declared is read, and
//! one that is read is declared.

pub(in crate::scenario) mod fields;
pub(in crate::scenario) mod value;

/// A table with fixed keys.
///
/// ```text
/// table! {
///     /// What it is.
///     pub Yard "yard" {
///         /// What the key means.                                     a key with a field of its own
///         "max-wait" may(Quantity(Time)) => max_wait: Option<Duration> = may(value::duration);
///         /// Size of a full train.                                   a key that is read together with others
///         "train" needed(Quantity(Amount));
///         /// What the field holds.                                   a field that is read from several keys
///         train: Size = train_size;
///         shared key;                                                 a key that several tables have
///     }
/// }
/// ```
///
/// What stands after the key is how [`Field`](crate::scenario::format::Field) makes it (`needed`, `may`, `or` with a
/// default); what stands after `=` is the method of [`Fields`](fields::Fields) that reads it, with its arguments. Fields of
/// several keys are read by a function of the [`Fields`](fields::Fields).
///
/// `shared operator` and `shared carriage` need `Tariff` and `Emission` with their kinds of values where they stand.
/// `default` before the name makes it a type with a default: every key of it may be absent.
macro_rules! table {
    ($(#[doc = $doc:literal])+ $vis:vis default $type:ident $name:literal { $($rest:tt)* }) => {
        table!(@next (fields [$(#[doc = $doc])+ #[derive(Default)]] [$($doc),+] [$vis] $type $name) [] [] [] $($rest)*);
    };
    ($(#[doc = $doc:literal])+ $vis:vis $type:ident $name:literal { $($rest:tt)* }) => {
        table!(@next (fields [$(#[doc = $doc])+] [$($doc),+] [$vis] $type $name) [] [] [] $($rest)*);
    };
    (@next ($fields:ident [$($meta:tt)+] [$($doc:literal),+] [$vis:vis] $type:ident $name:literal)
        [$($struct:tt)*] [$($keys:tt)*] [$($read:tt)*]) => {
        $($meta)+
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $type { $($struct)* }

        impl $type {
            /// Its keys.
            pub(in crate::scenario) const FORMAT: &'static $crate::scenario::format::Format =
                &$crate::scenario::format::Format {
                    name: $name,
                    doc: $crate::scenario::format::sentence(concat!($($doc),+)),
                    fields: &[$($keys)*],
                };

            /// Reads it; `None` if a key has a value that does not read.
            pub(in crate::scenario) fn read($fields: &$crate::scenario::declare::fields::Fields<'_>) -> Option<Self> {
                Some(Self { $($read)* })
            }
        }
    };
    (@next ($fields:ident $($head:tt)+) [$($struct:tt)*] [$($keys:tt)*] [$($read:tt)*]
        $(#[doc = $doc:literal])+ $key:literal $presence:ident($($kind:tt)*)
        => $field:ident: $of:ty = $how:ident($($reader:tt)*); $($rest:tt)*) => {
        table!(@next ($fields $($head)+)
            [$($struct)* $(#[doc = $doc])+ pub $field: $of,]
            [$($keys)* $crate::scenario::format::Field::$presence(
                $key, $($kind)*, $crate::scenario::format::sentence(concat!($($doc),+))),]
            [$($read)* $field: $fields.$how($key, $($reader)*)?,]
            $($rest)*);
    };
    (@next $head:tt $struct:tt [$($keys:tt)*] $read:tt
        $(#[doc = $doc:literal])+ $key:literal $presence:ident($($kind:tt)*); $($rest:tt)*) => {
        table!(@next $head $struct
            [$($keys)* $crate::scenario::format::Field::$presence(
                $key, $($kind)*, $crate::scenario::format::sentence(concat!($($doc),+))),]
            $read $($rest)*);
    };
    (@next ($fields:ident $($head:tt)+) [$($struct:tt)*] $keys:tt [$($read:tt)*]
        $(#[doc = $doc:literal])+ $field:ident: $of:ty = $reader:path; $($rest:tt)*) => {
        table!(@next ($fields $($head)+)
            [$($struct)* $(#[doc = $doc])+ pub $field: $of,] $keys
            [$($read)* $field: $reader($fields)?,]
            $($rest)*);
    };
    (@next $head:tt $struct:tt $keys:tt $read:tt shared key; $($rest:tt)*) => {
        table!(@next $head $struct $keys $read
            /// Identity for random numbers where it differs from the id.
            "key" may($crate::scenario::format::Kind::Text)
                => key: Option<String> = may($crate::scenario::declare::value::text);
            $($rest)*);
    };
    (@next $head:tt $struct:tt $keys:tt $read:tt shared dates; $($rest:tt)*) => {
        table!(@next $head $struct $keys $read
            /// Closed, or not in service, before this day.
            "open-from" may($crate::scenario::format::Kind::Date)
                => open_from: Option<jiff::civil::DateTime> = may($crate::scenario::when::moment);
            /// Closed, or not in service, from this day on.
            "open-until" may($crate::scenario::format::Kind::Date)
                => open_until: Option<jiff::civil::DateTime> = may($crate::scenario::when::moment);
            $($rest)*);
    };
    (@next $head:tt $struct:tt $keys:tt $read:tt shared failures; $($rest:tt)*) => {
        table!(@next $head $struct $keys $read
            /// Time between failures; a bare quantity is the mean of an exponential law.
            "mtbf" may($crate::scenario::format::FAILURES)
                => mtbf: Option<$crate::random::Distribution> = may($crate::scenario::declare::value::time_law);
            /// Time to repair; a bare quantity is the mean of an exponential law.
            "mttr" may($crate::scenario::format::FAILURES)
                => mttr: Option<$crate::random::Distribution> = may($crate::scenario::declare::value::time_law);
            $($rest)*);
    };
    (@next $head:tt $struct:tt $keys:tt $read:tt shared operator; $($rest:tt)*) => {
        table!(@next $head $struct $keys $read
            /// Who runs it and is paid; needed where there is a `tariff`.
            "operator" may($crate::scenario::format::Kind::Text)
                => operator: Option<String> = may($crate::scenario::declare::value::text);
            /// What it charges.
            "tariff" may(TARIFF)
                => tariff: Vec<Tariff> =
                    each_table(Tariff::FORMAT, Tariff::read);
            $($rest)*);
    };
    (@next $head:tt $struct:tt $keys:tt $read:tt shared carriage; $($rest:tt)*) => {
        table!(@next $head $struct $keys $read
            /// Whose revenue it makes; absent: of where it lies, half each of two countries.
            "country" may($crate::scenario::format::Kind::Text)
                => country: Option<String> = may($crate::scenario::declare::value::text);
            shared operator;
            /// What it emits.
            "emission" may(EMISSION)
                => emission: Vec<Emission> =
                    each_table(Emission::FORMAT, Emission::read);
            $($rest)*);
    };
}

/// The words that a key may have, each with its meaning: an enum, their list, and their reader.
macro_rules! words {
    ($(#[$meta:meta])+ $vis:vis $type:ident { $($(#[doc = $doc:literal])+ $variant:ident $word:literal,)+ }) => {
        $(#[$meta])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $type { $($(#[doc = $doc])+ $variant,)+ }

        impl $type {
            /// The words with their meanings.
            pub(in crate::scenario) const WORDS: &'static [$crate::scenario::format::Allowed] = &[
                $($crate::scenario::format::Allowed {
                    word: $word,
                    meaning: $crate::scenario::format::sentence(concat!($($doc),+)),
                },)+
            ];

            /// Reads one of the words.
            pub(in crate::scenario) fn read(node: &$crate::scenario::tree::Node) -> Option<Self> {
                match node.text()? {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

pub(in crate::scenario) use {table, words};
