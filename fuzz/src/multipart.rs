//! Bodies of several parts, as `multer` reads them.

use arbitrary::{Arbitrary, Unstructured};
use bytes::Bytes;
use futures_util::FutureExt;
use http::header::CONTENT_TYPE;

use crate::clients::runtime::{Body, File, Multipart};
use crate::wire::{Answer, Wire};

/// A part as a caller states it.
#[derive(Arbitrary, Debug)]
struct Stated {
    name: String,
    file_name: Option<String>,
    media_type: Option<String>,
    header: Option<(String, String)>,
    content: Vec<u8>,
}

/// Sends parts that are made of the bytes: an independent reader finds as many, with the same content, or sending is
/// refused.
///
/// # Panics
///
/// When that is not so.
pub fn multipart(data: &[u8]) {
    let Ok(stated) = Vec::<Stated>::arbitrary(&mut Unstructured::new(data)) else {
        return;
    };
    let form = stated.iter().fold(Multipart::new(), |form, part| {
        let mut file = File::new(Body::from(part.content.clone()));
        if let Some(name) = &part.file_name {
            file = file.named(name);
        }
        if let Some(media_type) = &part.media_type {
            file = file.of_type(media_type);
        }
        if let Some((name, value)) = &part.header {
            file = file.header(name, value);
        }
        form.part(&part.name, file)
    });
    let wire = Wire::answering(Answer::empty());
    let sent = wire.client().send_parts(form).send().now_or_never();
    if sent.expect("nothing waits").is_err() {
        return;
    }
    let sent = wire.sent().expect("a request was sent");
    let media_type = sent.headers[CONTENT_TYPE].to_str().expect("it is text");
    let boundary = multer::parse_boundary(media_type).expect("it has a boundary");
    let body = sent.body.expect("parts in memory are a body in memory");
    let read = read(body, boundary).now_or_never().expect("nothing waits");
    let contents: Vec<&[u8]> = stated.iter().map(|it| &it.content[..]).collect();
    assert_eq!(read, contents);
}

/// The content of each part.
async fn read(body: Bytes, boundary: String) -> Vec<Vec<u8>> {
    let stream = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(body)]);
    let mut form = multer::Multipart::new(stream, boundary);
    let mut contents = Vec::new();
    while let Some(field) = form.next_field().await.expect("parts can be read") {
        contents.push(field.bytes().await.expect("a part can be read").to_vec());
    }
    contents
}
