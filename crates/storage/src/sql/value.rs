//! The values that go into statements and come out of rows: the small set that both engines store alike.

use mailkeep_types as types;
use mailkeep_types::Timestamp;
use uuid::Uuid;

use super::SqlError;

/// A value of a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// A 64-bit integer; also truth values and times.
    Int(i64),
    /// A floating-point number.
    Real(f64),
    /// A text.
    Text(&'a str),
    /// Bytes; also identifiers.
    Blob(&'a [u8]),
    /// The bytes of an identifier, held here so that `params![id]` can take it by value.
    Id([u8; 16]),
}

/// A value of a row, as long as the row is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ValueRef<'a> {
    /// No value.
    Null,
    /// A 64-bit integer.
    Int(i64),
    /// A floating-point number.
    Real(f64),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

impl ValueRef<'_> {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            ValueRef::Null => "NULL",
            ValueRef::Int(_) => "an integer",
            ValueRef::Real(_) => "a floating-point number",
            ValueRef::Text(_) => "a text",
            ValueRef::Blob(_) => "bytes",
        }
    }
}

/// What can be read from a column.
pub trait FromValue: Sized {
    /// What the type is called in an error.
    const EXPECTED: &'static str;
    /// Takes the value; `None` when it is of another type.
    fn from_value(value: ValueRef<'_>) -> Option<Self>;
}

pub(super) fn take<T: FromValue>(column: usize, value: ValueRef<'_>) -> Result<T, SqlError> {
    T::from_value(value).ok_or(SqlError::Type { column, expected: T::EXPECTED, found: value.kind() })
}

impl<T: FromValue> FromValue for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl<'a, T> From<Option<T>> for Value<'a>
where
    Value<'a>: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Value::from)
    }
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl From<$type> for Value<'_> {
            fn from(value: $type) -> Self {
                Value::Int(i64::from(value))
            }
        }
        impl FromValue for $type {
            const EXPECTED: &'static str = "an integer that fits";
            fn from_value(value: ValueRef<'_>) -> Option<Self> {
                match value {
                    ValueRef::Int(int) => <$type>::try_from(int).ok(),
                    _ => None,
                }
            }
        }
    )*};
}
integers!(i64, i32, i16, i8, u32, u16, u8);

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Value::Int(i64::from(value))
    }
}

impl FromValue for bool {
    const EXPECTED: &'static str = "0 or 1";
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Int(0) => Some(false),
            ValueRef::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl From<f64> for Value<'_> {
    fn from(value: f64) -> Self {
        Value::Real(value)
    }
}

impl FromValue for f64 {
    const EXPECTED: &'static str = "a number";
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Real(real) => Some(real),
            #[expect(clippy::cast_precision_loss, reason = "asked for as a floating-point number")]
            ValueRef::Int(int) => Some(int as f64),
            _ => None,
        }
    }
}

macro_rules! borrowed {
    ($($type:ty, $variant:ident, |$value:ident| $expr:expr;)*) => {$(
        impl<'a> From<$type> for Value<'a> {
            fn from($value: $type) -> Self {
                Value::$variant($expr)
            }
        }
    )*};
}
borrowed! {
    &'a str, Text, |value| value;
    &'a String, Text, |value| value.as_str();
    &'a [u8], Blob, |value| value;
    &'a Vec<u8>, Blob, |value| value.as_slice();
    &'a [u8; 16], Blob, |value| value.as_slice();
    &'a [u8; 32], Blob, |value| value.as_slice();
}

impl<'a> From<&'a Option<String>> for Value<'a> {
    fn from(value: &'a Option<String>) -> Self {
        value.as_deref().map_or(Value::Null, Value::Text)
    }
}

impl<'a> From<&'a Option<Vec<u8>>> for Value<'a> {
    fn from(value: &'a Option<Vec<u8>>) -> Self {
        value.as_deref().map_or(Value::Null, Value::Blob)
    }
}

impl FromValue for String {
    const EXPECTED: &'static str = "a text";
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }
}

impl FromValue for Vec<u8> {
    const EXPECTED: &'static str = "bytes";
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Blob(bytes) => Some(bytes.to_vec()),
            _ => None,
        }
    }
}

impl<const N: usize> FromValue for [u8; N] {
    const EXPECTED: &'static str = "bytes of a fixed length";
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Blob(bytes) => bytes.try_into().ok(),
            _ => None,
        }
    }
}

impl From<Timestamp> for Value<'_> {
    fn from(value: Timestamp) -> Self {
        Value::Int(value.as_micros())
    }
}

impl FromValue for Timestamp {
    const EXPECTED: &'static str = "a time in microseconds";
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Int(micros) => Some(Timestamp::from_micros(micros)),
            _ => None,
        }
    }
}

impl From<Uuid> for Value<'_> {
    fn from(value: Uuid) -> Self {
        Value::Id(value.into_bytes())
    }
}

impl FromValue for Uuid {
    const EXPECTED: &'static str = "the 16 bytes of an identifier";
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Blob(bytes) => Uuid::from_slice(bytes).ok(),
            _ => None,
        }
    }
}

macro_rules! ids {
    ($($type:ident),* $(,)?) => {$(
        impl From<types::$type> for Value<'_> {
            fn from(value: types::$type) -> Self {
                Value::Id(*value.as_bytes())
            }
        }
        impl FromValue for types::$type {
            const EXPECTED: &'static str = "the 16 bytes of an identifier";
            fn from_value(value: ValueRef<'_>) -> Option<Self> {
                Uuid::from_value(value).map(types::$type::from_uuid)
            }
        }
    )*};
}
ids!(
    PersonId,
    SubscriberId,
    AnnouncementId,
    PostId,
    SurveyId,
    ContestId,
    IncidentId,
    ArticleId,
    ArticleTextId,
    ArticleCategoryId,
    DownloadProductId,
    ReleaseId,
    DownloadFileId,
    CustomerId,
    ContactId,
    StaffId,
    SessionId,
    DomainId,
    MailboxId,
    AliasId,
    GuestId,
    FolderId,
    MessageId,
    BodyId,
    QueueId,
    AppPasswordId,
    OrderId,
    SubscriptionId,
    ServiceId,
    InvoiceId,
    CreditNoteId,
    PaymentAttemptId,
    DisputeId,
    PaymentMethodId,
    ScreeningId,
    JobId,
    OutboundId,
    ApiTokenId,
    SiteId,
    SiteConsentId,
    SiteSignInId,
    LedgerEntryId,
);

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef as Lite};
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => Lite::Null,
            Value::Int(int) => Lite::Integer(*int),
            Value::Real(real) => Lite::Real(*real),
            Value::Text(text) => Lite::Text(text.as_bytes()),
            Value::Blob(bytes) => Lite::Blob(bytes),
            Value::Id(bytes) => Lite::Blob(bytes),
        }))
    }
}

impl postgres::types::ToSql for Value<'_> {
    fn to_sql(
        &self,
        ty: &postgres::types::Type,
        out: &mut bytes::BytesMut,
    ) -> Result<postgres::types::IsNull, Box<dyn std::error::Error + Sync + Send>> {
        use postgres::types::{IsNull, Type};
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(int) => match *ty {
                Type::INT4 => i32::try_from(*int)?.to_sql(ty, out),
                Type::INT2 => i16::try_from(*int)?.to_sql(ty, out),
                Type::BOOL => (*int != 0).to_sql(ty, out),
                #[expect(clippy::cast_precision_loss, reason = "the column is a floating-point number")]
                Type::FLOAT8 => (*int as f64).to_sql(ty, out),
                _ => int.to_sql(ty, out),
            },
            Value::Real(real) => real.to_sql(ty, out),
            Value::Text(text) => text.to_sql(ty, out),
            Value::Blob(bytes) => bytes.to_sql(ty, out),
            Value::Id(bytes) => bytes.as_slice().to_sql(ty, out),
        }
    }

    fn accepts(_: &postgres::types::Type) -> bool {
        true
    }

    postgres::types::to_sql_checked!();
}
