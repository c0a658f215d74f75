//! The compact protocol of Thrift, in which a Parquet file describes itself: as much of it as our files need, and strictly.
//! No more memory is asked for than a field needs, whatever length it claims.

use super::Found;

/// Structures within structures that are passed over; the files have four.
const DEEPEST: u8 = 8;
/// Most entries of a list that is passed over: kinds of pages of a chunk, orders of columns.
const LONGEST: usize = 64;

/// Types of fields.
const TRUE: u8 = 1;
const FALSE: u8 = 2;
const BYTE: u8 = 3;
const I16: u8 = 4;
const I32: u8 = 5;
const I64: u8 = 6;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// What remains of some bytes.
pub(super) struct Cursor<'b>(pub(super) &'b [u8]);

/// The head of a field.
#[derive(Clone, Copy)]
pub(super) struct Field {
    /// Its number within the structure.
    pub(super) id: u16,
    kind: u8,
}

impl<'b> Cursor<'b> {
    /// Goes through the fields of a structure, which ascend; `each` reads the field or passes over it.
    pub(super) fn fields(&mut self, mut each: impl FnMut(&mut Self, Field) -> Found<()>) -> Found<()> {
        let mut id = 0;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Ok(());
            }
            // No field of Parquet is so far behind another that its number is written out.
            if head >> 4 == 0 {
                return Err("fields of its description do not ascend".to_owned());
            }
            id += u16::from(head >> 4);
            each(self, Field { id, kind: head & 0xf })?;
        }
    }

    /// Goes through the structures of a list, of which there are to be so many.
    pub(super) fn structures(
        &mut self,
        field: Field,
        name: &str,
        wanted: usize,
        mut each: impl FnMut(&mut Self, usize) -> Found<()>,
    ) -> Found<()> {
        let (length, kind) = self.list(field)?;
        if length != wanted {
            return Err(format!("it has {length} {name} instead of {wanted}"));
        }
        of_kind(kind, STRUCT)?;
        (0..length).try_for_each(|place| each(self, place))
    }

    /// Goes through the fields of a structure that is a field of another.
    pub(super) fn structure(&mut self, field: Field, each: impl FnMut(&mut Self, Field) -> Found<()>) -> Found<()> {
        of_kind(field.kind, STRUCT)?;
        self.fields(each)
    }

    /// A list of a single text.
    pub(super) fn only_text(&mut self, field: Field) -> Found<&'b [u8]> {
        match self.list(field)? {
            (1, BINARY) => self.bytes(),
            _ => Err("a column is within another".to_owned()),
        }
    }

    /// A text.
    pub(super) fn text(&mut self, field: Field) -> Found<&'b [u8]> {
        of_kind(field.kind, BINARY)?;
        self.bytes()
    }

    /// A whole number of 64 bits that is not negative.
    pub(super) fn whole(&mut self, field: Field, name: &str) -> Found<u64> {
        of_kind(field.kind, I64)?;
        let value = self.integer()?;
        u64::try_from(value).map_err(|_| format!("its {name} is {value}"))
    }

    /// A whole number of 32 bits that is not negative.
    pub(super) fn small(&mut self, field: Field, name: &str) -> Found<u32> {
        of_kind(field.kind, I32)?;
        let value = self.integer()?;
        i32::try_from(value)
            .ok()
            .and_then(|value| u32::try_from(value).ok())
            .ok_or_else(|| format!("its {name} is {value}"))
    }

    /// Passes over a field.
    pub(super) fn skip(&mut self, field: Field) -> Found<()> {
        match field.kind {
            // The value stands in the head.
            TRUE | FALSE => Ok(()),
            kind => self.pass(kind, DEEPEST),
        }
    }

    fn pass(&mut self, kind: u8, depth: u8) -> Found<()> {
        let deeper = depth.checked_sub(1).ok_or_else(|| "its description is too deep".to_owned())?;
        match kind {
            TRUE | FALSE | BYTE => self.take(1).map(drop),
            I16 | I32 | I64 => self.varint().map(drop),
            DOUBLE => self.take(8).map(drop),
            BINARY => self.bytes().map(drop),
            LIST => {
                let (length, kind) = self.list(Field { id: 0, kind })?;
                if length > LONGEST {
                    return Err(format!("its description has a list of {length} entries"));
                }
                (0..length).try_for_each(|_| self.pass(kind, deeper))
            }
            STRUCT => self.fields(|cursor, field| match field.kind {
                TRUE | FALSE => Ok(()),
                kind => cursor.pass(kind, deeper),
            }),
            _ => Err(format!("its description has a field of type {kind}")),
        }
    }

    /// The length of a list and the type of its entries.
    fn list(&mut self, field: Field) -> Found<(usize, u8)> {
        of_kind(field.kind, LIST)?;
        let head = self.byte()?;
        let length = match head >> 4 {
            15 => usize::try_from(self.varint()?).map_err(|error| error.to_string())?,
            length => usize::from(length),
        };
        Ok((length, head & 0xf))
    }

    fn integer(&mut self) -> Found<i64> {
        let folded = self.varint()?;
        Ok((folded >> 1).cast_signed() ^ -(folded & 1).cast_signed())
    }

    /// Seven bits a byte, the lowest first.
    pub(super) fn varint(&mut self) -> Found<u64> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        match self.byte()? {
            last @ 0..=1 => Ok(value | u64::from(last) << 63),
            _ => Err("a number of its description has more than 64 bits".to_owned()),
        }
    }

    fn bytes(&mut self) -> Found<&'b [u8]> {
        let length = self.varint()?;
        self.take(length)
    }

    fn byte(&mut self) -> Found<u8> {
        Ok(self.take(1)?[0])
    }

    fn take(&mut self, length: u64) -> Found<&'b [u8]> {
        let taken = usize::try_from(length).ok().and_then(|length| self.0.split_at_checked(length));
        let (taken, rest) = taken.ok_or_else(|| "its description ends too early".to_owned())?;
        self.0 = rest;
        Ok(taken)
    }
}

fn of_kind(kind: u8, wanted: u8) -> Found<()> {
    if kind == wanted { Ok(()) } else { Err(format!("its description has type {kind} where type {wanted} belongs")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_reach_over_64_bits_and_no_farther() {
        let of = |bytes: &[u8]| Cursor(bytes).varint();
        assert_eq!(of(&[0xac, 0x02]), Ok(300));
        assert_eq!(of(&[[0xff; 9].as_slice(), &[1]].concat()), Ok(u64::MAX));
        assert!(of(&[[0xff; 9].as_slice(), &[2]].concat()).is_err());
        assert!(of(&[0x80]).is_err());
    }

    #[test]
    fn what_is_longer_than_the_bytes_is_refused_without_asking_for_it() {
        let all = |bytes: &[u8]| Cursor(bytes).fields(Cursor::skip);
        assert_eq!(all(&[0x15, 2, 0]), Ok(()));
        // A text of 2^35 bytes, a list of 2^28 numbers, lists within lists, fields that do not ascend, an unknown type.
        for bytes in [
            &[0x18, 0xff, 0xff, 0xff, 0xff, 0x7f][..],
            &[0x19, 0xf5, 0xff, 0xff, 0xff, 0x7f],
            &[0x19, 0x19, 0x19, 0x19, 0x19, 0x19, 0x19, 0x19, 0x19, 0x19, 0x15, 2, 0],
            &[0x05, 2, 2, 0],
            &[0x1d, 0],
            &[],
        ] {
            assert!(all(bytes).is_err(), "{bytes:?}");
        }
    }
}
