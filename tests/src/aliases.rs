//! The old names that the clients of fixtures keep.

/// The aliases of a fixture, each with the old path and the new one.
#[must_use]
pub fn of(name: &str) -> &'static [(&'static str, &'static str)] {
    match name {
        "aliases" => &[
            ("models::Author", "models::Person"),
            ("models::Binding", "models::Format"),
            ("models::Binding::Paper", "models::Format::Softcover"),
            ("models::Rating::OK", "models::Rating::Middle"),
            ("Client::get_book", "Client::read_book"),
            ("Client::create_book", "Client::add_book"),
            ("Client::list_titles", "Client::list_books"),
            ("Client::give_prize", "Client::award_prize"),
            ("Client::give_prize(author)", "Client::award_prize(body)"),
            ("Client::list_titles(most)", "Client::list_books(max)"),
            ("Client::create_book(most)", "Client::add_book(max)"),
            ("Client::list_books(since)", "Client::list_books(after)"),
            ("Client::list_books(terms)", "Client::list_books(words)"),
            ("Client::list_people(most)", "Client::list_people(max)"),
            ("Client::list_people(number)", "Client::list_people(page)"),
        ],
        "by-tag" => &[
            ("models::Volume", "models::Book"),
            (
                "models::ListBooksSort::Name",
                "models::ListBooksSort::Title",
            ),
            ("Client::borrow_book", "Client::lend_book"),
            ("Client::list_books(order)", "Client::list_books(sort)"),
            ("Client::list_books(rack)", "Client::list_books(shelf)"),
            ("Client::lend_book(rack)", "Client::lend_book(shelf)"),
        ],
        _ => &[],
    }
}
