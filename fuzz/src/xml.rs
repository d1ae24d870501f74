//! Models read and written as XML.

use bytes::Bytes;

use crate::clients::everything::models::Document;
use crate::wire::{Answer, Wire};

/// Reads a model from XML; what was read is written so that it reads the same.
///
/// # Panics
///
/// When that is not so.
pub fn xml(data: &[u8]) {
    let Some(document) = read(Bytes::copy_from_slice(data)) else {
        return;
    };
    // Characters that XML does not have cannot come out of XML.
    let written = write(document.clone()).expect("what was read can be written");
    let again = read(written.clone());
    assert_eq!(
        again.as_ref(),
        Some(&document),
        "{}",
        String::from_utf8_lossy(&written)
    );
}

/// What a client makes of a response.
fn read(xml: Bytes) -> Option<Document> {
    let wire = Wire::answering(Answer::of_type("application/xml", vec![xml]));
    let request = wire.client().put_document(Document::new("question"));
    futures_util::FutureExt::now_or_never(request.send())?.ok()
}

/// What a client sends.
fn write(document: Document) -> Option<Bytes> {
    let wire = Wire::answering(Answer::of_type("application/xml", Vec::new()));
    let _ = futures_util::FutureExt::now_or_never(wire.client().put_document(document).send());
    wire.sent()?.body
}
