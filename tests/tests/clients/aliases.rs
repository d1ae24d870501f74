//! Old names: code of callers that was written before a rename still compiles, and does the same.

#![expect(deprecated, reason = "the old names are what is tested")]

use keywright_tests::clients::aliases::arguments::{TakesMax, TakesMost};
use keywright_tests::clients::aliases::models::{
    Author, AuthorAddress, AuthorRequired, Binding, Book, CreateBook201Response, Format, Person,
    Rating,
};
use keywright_tests::clients::aliases::{
    Client, CreateBookBody, CreateBookError, CreateBookSuccess, GetBook, GetBook200Body,
    GetBookError, GivePrizeArguments, ListTitles, ListTitles200Headers,
};
use keywright_tests::clients::by_tag;
use keywright_tests::clients::runtime::{Request, Response};

use super::Recorder;

fn author() -> Author {
    let author: Person = Author::new(AuthorRequired {
        name: "Ada".to_owned(),
        born: 1815,
        city: "London".to_owned(),
        country: "England".to_owned(),
        language: "en".to_owned(),
    });
    author.with_address(AuthorAddress::new().with_street("St James's Square"))
}

/// What a caller does with a value of each old name.
fn binding(binding: &Binding) -> &'static str {
    // A constant is compared by value: it does not match through a reference, as a variant does.
    match *binding {
        Format::Paper => "paper",
        Binding::Hardcover => "hard",
        _ => "other",
    }
}

#[test]
fn values_are_made_and_matched_by_their_old_names() {
    assert_eq!(binding(&Format::Softcover), "paper");
    assert_eq!(binding(&Binding::Paper), "paper");
    assert_eq!(binding(&Format::Hardcover), "hard");
    assert_eq!(binding(&Format::Ebook), "other");
    assert!(matches!(Rating::Middle, Rating::OK));
    let book = Book::new("Notes", author(), Binding::Paper).with_rating(Rating::OK);
    assert_eq!(book.format.as_str(), "softcover");
    let Author { name, .. } = book.writer;
    assert_eq!(name, "Ada");
}

/// What handles the errors of an operation under its old name.
fn is_missing(error: &GetBookError) -> bool {
    matches!(error, GetBookError::NotFound(_))
}

fn is_there(error: &CreateBookError) -> bool {
    matches!(error, CreateBookError::Conflict(response) if response.status() == 409)
}

fn id(response: &Response<CreateBookSuccess>) -> Option<i64> {
    match &**response {
        CreateBookSuccess::Created(created) => created_id(created),
        _ => None,
    }
}

fn created_id(created: &CreateBook201Response) -> Option<i64> {
    created.id
}

fn total(headers: &ListTitles200Headers) -> Option<i64> {
    headers.x_total
}

fn shown(body: &GetBook200Body) -> &str {
    match body {
        GetBook200Body::Json(book) => &book.title,
        GetBook200Body::Text(text) => text,
        _ => "?",
    }
}

/// A function of a caller's for all operations that take an argument, under its old name.
fn few<O: TakesMost + TakesMax>(request: Request<O>) -> Request<O> {
    request.most(3)
}

#[tokio::test]
async fn operations_are_called_by_their_old_names() {
    let recorder = Recorder::default();
    let client = Client::builder().transport(recorder.clone());
    let client = client.build().expect("it is set up");
    let one: Request<GetBook> = client.get_book(7);
    assert!(!one.send().await.is_err_and(|it| is_missing(&it)));
    let all: Request<ListTitles> = few(client.list_titles());
    let all = all.since(5).terms(&["a", "b"]);
    let all = all.send_with_response().await;
    assert!(all.is_err(), "the body is not there");
    let _ = client.list_titles().since_empty().send().await;
    let _ = client.list_people().most(2).number(4).send().await;
    let body = CreateBookBody::from("Notes");
    let created = client.create_book(body).most(1).send_with_response().await;
    assert!(!created.is_err_and(|it| is_there(&it)));
    let prize = client.give_prize(GivePrizeArguments {
        id: 1,
        prize: "Turing",
        year: 1843,
        jury: "J",
        sum: 1.5,
    });
    prize.author(author()).send().await.expect("it is done");
    insta::assert_snapshot!(recorder.0.lock().expect("no test has panicked").join("\n"), @"
    GET https://library.example.org/books/7
    GET https://library.example.org/books?max=3&after=5&words=a&words=b
    GET https://library.example.org/books?after=
    GET https://library.example.org/people?max=2&page=4
    POST https://library.example.org/books?max=1
    PUT https://library.example.org/people/1/prizes/Turing?year=1843&jury=J&sum=1.5
    ");
    // What takes the types of a response compiles.
    let _ = (id, total, shown);
}

/// The names of a module that is laid out by tag stand behind features, and the shared ones in files of their own.
#[tokio::test]
async fn old_names_are_in_every_layout() {
    use by_tag::models::{ListBooksSort, Loan, Shelf, Volume};

    let recorder = Recorder::default();
    let client = by_tag::Client::builder().transport(recorder.clone());
    let client = client.card("C").build().expect("it is set up");
    let books = client.list_books().order(&ListBooksSort::Name);
    let _ = books.rack(&Shelf::Low).send().await;
    let loan = client.borrow_book(Loan::new(Volume::new("Notes")));
    let lent: Result<_, by_tag::BorrowBookError> = loan.rack(&Shelf::High).send().await;
    drop(lent);
    insta::assert_snapshot!(recorder.0.lock().expect("no test has panicked").join("\n"), @"
    GET https://library.example/books?sort=title&shelf=low
    POST https://library.example/loans?shelf=high
    ");
}
