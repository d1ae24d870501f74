//! JSON lines that a mock service receives and sends.

use super::{Decode, Encode, IncomingRequest, MockError, UntypedResponse, from_slice, media_type};
use super::{to_vec, without_mark};

/// The byte that starts a record (RFC 7464, section 2.2).
const RECORD: u8 = 0x1E;

impl IncomingRequest {
    /// Reads the values of a body that is a sequence of JSON texts.
    pub fn lines<T: Decode>(&self, documented: &str) -> Result<Vec<T>, MockError> {
        self.check(documented)?;
        let lines = self.body.split(|byte| matches!(*byte, b'\n' | RECORD));
        let lines = lines.filter(|line| !line.trim_ascii().is_empty());
        let values = lines.enumerate().map(|(index, line)| {
            let value = from_slice(without_mark(line));
            value.map_err(|error| MockError::unreadable("the body", error.within_item(index)))
        });
        values.collect()
    }
}

impl UntypedResponse {
    /// Sends values as JSON, each in its own chunk.
    #[must_use]
    pub fn lines<T: Encode>(self, media_type: &str, values: impl IntoIterator<Item = T>) -> Self {
        let has_records = media_type::essence(media_type).ends_with("json-seq");
        let chunks = values.into_iter().map(|value| {
            let json = to_vec(&value).map_err(|error| MockError::unwritable(&error))?;
            let mut chunk: Vec<u8> = has_records.then_some(RECORD).into_iter().collect();
            chunk.extend(json);
            chunk.push(b'\n');
            Ok(chunk.into())
        });
        self.chunks(media_type, chunks.collect())
    }
}
