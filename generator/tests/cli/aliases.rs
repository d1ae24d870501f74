//! Old names in the configuration: what is wrong with them, and what `keywright diff` says of them.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use crate::{keywright, project};

/// A document with everything that can have an alias.
const SHOP: &str = "\
openapi: 3.1.0
info: { title: Shop, version: '1' }
servers: [{ url: 'https://example.org' }]
paths:
  /books:
    get:
      operationId: listBooks
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
      responses:
        '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Books' } } } }
  /books/{id}:
    get:
      operationId: getBook
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
        '404': { description: D. }
components:
  schemas:
    Books: { type: array, items: { $ref: '#/components/schemas/Book' } }
    Book:
      type: object
      required: [title, author]
      properties:
        title: { type: string }
        author: { $ref: '#/components/schemas/Author' }
        format: { $ref: '#/components/schemas/Format' }
        cover: { oneOf: [{ type: string }, { type: integer }] }
    Author:
      type: object
      required: [name]
      properties: { name: { type: string }, address: { type: object, properties: { city: { type: string } } } }
    Format: { type: string, enum: [p, h], x-enum-varnames: [Paper, Hardcover] }
";

/// The same with other names for a model, an operation and an argument.
fn renamed() -> String {
    let mut text = SHOP.to_owned();
    for (old, new) in [
        ("Author", "Person"),
        ("getBook", "readBook"),
        ("name: limit,", "name: limit, x-keywright-name: max,"),
    ] {
        text = text.replace(old, new);
    }
    text
}

const ALIASES: &str = "
[api.aliases]
\"models::Author\" = \"models::Person\"
\"models::AuthorAddress\" = \"models::PersonAddress\"
\"models::Format::Linen\" = \"models::Format::Hardcover\"
\"Client::get_book\" = \"Client::read_book\"
\"Client::list_books(limit)\" = \"Client::list_books(max)\"
";

/// Writes a project into a folder of another one.
fn write(folder: &Path, name: &str, spec: &str, aliases: &str) {
    let folder = folder.join(name);
    fs::create_dir(&folder).expect("created");
    fs::write(folder.join("shop.yaml"), spec).expect("written");
    let config = format!("[[api]]\nspec = \"shop.yaml\"\n{aliases}");
    fs::write(folder.join("keywright.toml"), config).expect("written");
}

fn diff(folder: &Path, sides: [&str; 2]) -> String {
    let (code, printed, complaints) = keywright(folder, &["diff", sides[0], sides[1]]);
    assert_eq!((code, complaints.as_str()), (0, ""));
    printed
}

#[test]
fn a_rename_with_an_alias_does_not_break() {
    let project = project(SHOP);
    let folder = project.path();
    write(folder, "old", SHOP, "");
    write(folder, "bare", &renamed(), "");
    write(folder, "kept", &renamed(), ALIASES);
    assert_snapshot!(diff(folder, ["old", "bare"]), @r#"
    Source code
      major shop::Client::list_books(max)
          The setter of an argument has another name: `limit` -> `max`
          --> bare/shop.yaml:9:13 (before: old/shop.yaml:9:13)
          help: call the setter by its new name; to keep the old name for a release, add `"Client::list_books(limit)" = "Client::list_books(max)"` to `[api.aliases]`
          argument-renamed aae09808e61c5dcb
      major shop::Client::read_book
          An operation has another name, and so have its types: `get_book` -> `read_book`
          --> bare/shop.yaml:14:7 (before: old/shop.yaml:14:7)
          help: call the method by its new name; to keep the old name for a release, add `"Client::get_book" = "Client::read_book"` to `[api.aliases]`
          operation-renamed 634ec249c0a85837
      major shop::models::Person
          A model has another name: `Author` -> `Person`
          --> bare/shop.yaml:30:5 (before: old/shop.yaml:30:5)
          help: name the type by its new name; to keep the old name for a release, add `"models::Author" = "models::Person"` to `[api.aliases]`
          model-renamed d6755349998c70f2
      major shop::models::PersonAddress
          A model has another name: `AuthorAddress` -> `PersonAddress`
          --> bare/shop.yaml:33:45 (before: old/shop.yaml:33:45)
          help: name the type by its new name; to keep the old name for a release, add `"models::AuthorAddress" = "models::PersonAddress"` to `[api.aliases]`
          model-renamed bc08e30f3e05493d

    4 changes: 4 major
    verdict: major for a published crate, major for a vendored module
    version: publish 0.2.0 after 0.1.0
    "#);
    assert_snapshot!(diff(folder, ["old", "kept"]), @"
    Traits and attributes
      minor shop::Client::list_books(max)
          An item has another name, and the old one is a deprecated alias: `limit` -> `max`
          --> kept/shop.yaml:9:13 (before: old/shop.yaml:9:13)
          help: use the new name before the alias is removed
          renamed-with-alias fcf80c70db019120
      minor shop::Client::read_book
          An item has another name, and the old one is a deprecated alias: `get_book` -> `read_book`
          --> kept/shop.yaml:14:7 (before: old/shop.yaml:14:7)
          help: use the new name before the alias is removed
          renamed-with-alias 9fc98c621840d3b6
      minor shop::models::Person
          An item has another name, and the old one is a deprecated alias: `Author` -> `Person`
          --> kept/shop.yaml:30:5 (before: old/shop.yaml:30:5)
          help: use the new name before the alias is removed
          renamed-with-alias d9519e7cff5988bf
      minor shop::models::PersonAddress
          An item has another name, and the old one is a deprecated alias: `AuthorAddress` -> `PersonAddress`
          --> kept/shop.yaml:33:45 (before: old/shop.yaml:33:45)
          help: use the new name before the alias is removed
          renamed-with-alias 74fe3f373fce3db9

    Additions
      minor shop::models::Format::Linen
          A deprecated alias of an item was added: `models::Format::Hardcover`
          --> kept/keywright.toml:7:1
          alias-added cf2e4ddba7a31525

    5 changes: 5 minor
    verdict: minor for a published crate, minor for a vendored module
    version: publish 0.1.1 after 0.1.0
    ");
    // In the next major version, the aliases go.
    assert_snapshot!(diff(folder, ["kept", "bare"]), @"
    Source code
      major shop::models::Author
          The deprecated alias of an item was removed: `models::Person`
          --> kept/keywright.toml:5:1 (removed)
          help: use the new name
          alias-removed 77096f09022001da
      major shop::models::AuthorAddress
          The deprecated alias of an item was removed: `models::PersonAddress`
          --> kept/keywright.toml:6:1 (removed)
          help: use the new name
          alias-removed 21ced71b9327bfc7
      major shop::Client::get_book
          The deprecated alias of an item was removed: `Client::read_book`
          --> kept/keywright.toml:8:1 (removed)
          help: use the new name
          alias-removed 3200feed889a248b
      major shop::models::Format::Linen
          The deprecated alias of an item was removed: `models::Format::Hardcover`
          --> kept/keywright.toml:7:1 (removed)
          help: use the new name
          alias-removed b2da05efdd3dc695
      major shop::Client::list_books(limit)
          The deprecated alias of an item was removed: `Client::list_books(max)`
          --> kept/keywright.toml:9:1 (removed)
          help: use the new name
          alias-removed e89c6000cb0f8304

    5 changes: 5 major
    verdict: major for a published crate, major for a vendored module
    version: publish 0.2.0 after 0.1.0
    ");
    assert_snapshot!(diff(folder, ["kept", "kept"]), @"
    no changes for callers between kept and kept
    ");
}

#[test]
fn an_alias_follows_a_further_rename() {
    let project = project(SHOP);
    let folder = project.path();
    write(folder, "kept", &renamed(), ALIASES);
    let again = renamed()
        .replace("Person", "Novelist")
        .replace("Format", "Binding");
    let aliases = "
        [api.aliases]
        \"models::Author\" = \"models::Novelist\"
        \"models::Person\" = \"models::Novelist\"
        \"models::Format\" = \"models::Binding\"
        \"models::Format::Linen\" = \"models::Binding::Hardcover\"
        \"Client::get_book\" = \"Client::list_books\"
        \"Client::fetch_book\" = \"Client::read_book\"
        \"Client::list_books(limit)\" = \"Client::list_books(max)\"
    ";
    write(folder, "again", &again, aliases);
    assert_snapshot!(diff(folder, ["kept", "again"]), @"
    Source code
      major shop::Client::get_book
          A type alias stands for another type: `Client::read_book` -> `Client::list_books`
          --> again/keywright.toml:9:9 (before: kept/keywright.toml:8:1)
          help: adapt the code that uses its values
          alias-target-changed 42536642580994e5

    Traits and attributes
      minor shop::models::Novelist
          An item has another name, and the old one is a deprecated alias: `Person` -> `Novelist`
          --> again/shop.yaml:30:5 (before: kept/shop.yaml:30:5)
          help: use the new name before the alias is removed
          renamed-with-alias c17d24b8e78a02cd
      minor shop::models::NovelistAddress
          An item has another name, and the old one is a deprecated alias: `PersonAddress` -> `NovelistAddress`
          --> again/shop.yaml:33:45 (before: kept/shop.yaml:33:45)
          help: use the new name before the alias is removed
          renamed-with-alias bddf2611f8263727
      minor shop::models::Binding
          An item has another name, and the old one is a deprecated alias: `Format` -> `Binding`
          --> again/shop.yaml:34:5 (before: kept/shop.yaml:34:5)
          help: use the new name before the alias is removed
          renamed-with-alias af059063131e7426

    Additions
      minor shop::Client::fetch_book
          A deprecated alias of an item was added: `Client::read_book`
          --> again/keywright.toml:10:9
          alias-added 6b67d45fa7ae208d

    5 changes: 1 major, 4 minor
    verdict: major for a published crate, major for a vendored module
    version: publish 0.2.0 after 0.1.0
    ");
}

/// What is on the wire has changed, too, which no alias hides.
#[test]
fn an_alias_hides_nothing_of_the_wire() {
    let project = project(SHOP);
    let folder = project.path();
    write(folder, "old", SHOP, "");
    let new = SHOP.replace("name: limit", "name: max").replace(
        "enum: [p, h], x-enum-varnames: [Paper,",
        "enum: [s, h], x-enum-varnames: [Softcover,",
    );
    let aliases = "
        [api.aliases]
        \"models::Format::Paper\" = \"models::Format::Softcover\"
        \"Client::list_books(limit)\" = \"Client::list_books(max)\"
    ";
    write(folder, "new", &new, aliases);
    assert_snapshot!(diff(folder, ["old", "new"]), @r#"
    Requests and responses (needs review)
      minor shop::Client::list_books(max)
          The parameter is sent under another name: `limit` -> `max`
          --> new/shop.yaml:9:13 (before: old/shop.yaml:9:13)
          help: make sure that the server knows the new name
          parameter-renamed-on-wire 65f138d74673fea5
      minor shop::models::Format::Softcover
          The same variant stands for another value: `"p"` -> `"s"`
          --> new/shop.yaml:34:36 (before: old/shop.yaml:34:36)
          help: make sure that the server knows the new value; stored values of the old kind become `Unknown`
          wire-value-changed cca2b55d71754910

    Source code
      major shop::models::Format::Softcover
          A variant has another name, and the old one is a deprecated constant: `Paper` -> `Softcover`
          --> new/shop.yaml:34:36 (before: old/shop.yaml:34:36)
          help: match it by its new name: the constant matches a value, and not what is behind a reference
          variant-renamed-with-alias c08eeb28512001ee

    Traits and attributes
      minor shop::Client::list_books(max)
          An item has another name, and the old one is a deprecated alias: `limit` -> `max`
          --> new/shop.yaml:9:13 (before: old/shop.yaml:9:13)
          help: use the new name before the alias is removed
          renamed-with-alias fcf80c70db019120

    4 changes: 1 major, 3 minor
    verdict: major for a published crate, major for a vendored module
    version: publish 0.2.0 after 0.1.0
    "#);
    write(folder, "bare", &new, "");
    let printed = diff(folder, ["old", "bare"]);
    let advice = printed.lines().filter(|it| it.contains("[api.aliases]"));
    let advice: Vec<&str> = advice.map(str::trim).collect();
    assert_snapshot!(advice.join("\n"), @r#"
    help: call the setter by its new name; to keep the old name for a release, add `"Client::list_books(limit)" = "Client::list_books(max)"` to `[api.aliases]`
    "#);
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a list of faults")]
fn what_cannot_have_an_alias_is_reported_at_its_place() {
    let project = project(SHOP);
    let folder = project.path();
    let aliases = "
[api.aliases]
\"Author\" = \"models::Person\"
\"models::Writer\" = \"models::Autor\"
\"models::Author\" = \"models::Book\"
\"models::Vec\" = \"models::Book\"
\"models::Volume\" = \"Client::get_book\"
\"models::Book.name\" = \"models::Book.title\"
\"models::BookCover::Text\" = \"models::BookCover::String\"
\"models::Format::Leather\" = \"models::Format::Papr\"
\"models::Binding::Leather\" = \"models::Format::Paper\"
\"models::Format::Unknown\" = \"models::Format::Paper\"
\"GetBookError::Missing\" = \"GetBookError::NotFound\"
\"Client::list_books\" = \"Client::get_book\"
\"Client::clone\" = \"Client::get_book\"
\"Client::read_book\" = \"Client::get_bok\"
\"Client::get_book(isbn)\" = \"Client::get_book(id)\"
\"Client::list_books(max)\" = \"Client::list_books(limits)\"
\"Client::list_books(send)\" = \"Client::list_books(limit)\"
";
    write(folder, "bad", SHOP, aliases);
    let (code, printed, complaints) =
        keywright(folder, &["generate", "--config", "bad/keywright.toml"]);
    assert_eq!((code, printed.as_str()), (1, ""));
    assert_snapshot!(complaints, @r##"
    error[KW0502]: `Author` is not a path that can have an alias
     --> bad/keywright.toml:5:1 at #/api/0/aliases/Author
      |
    5 | "Author" = "models::Person"
      | ^^^^^^^^
      |
      = help: write `models::Author` for a model, `models::Format::Paper` for a value of an enumeration, `Client::get_book` for an operation, or `Client::list_books(limit)` for an optional argument

    error[KW0502]: the target `models::Autor` of an alias does not exist
     --> bad/keywright.toml:6:20 at #/api/0/aliases/models::Writer
      |
    6 | "models::Writer" = "models::Autor"
      |                    ^^^^^^^^^^^^^^^
      |
      = help: did you mean `models::Author`?

    error[KW0502]: `models::Author` still exists, so it cannot be an alias
     --> bad/keywright.toml:7:1 at #/api/0/aliases/models::Author
      |
    7 | "models::Author" = "models::Book"
      | ^^^^^^^^^^^^^^^^
      |
      = help: remove the alias

    error[KW0502]: `models::Vec` has a name that every client uses for something else
     --> bad/keywright.toml:8:1 at #/api/0/aliases/models::Vec
      |
    8 | "models::Vec" = "models::Book"
      | ^^^^^^^^^^^^^
      |
      = help: remove the alias: no client can have had this name

    error[KW0502]: `models::Volume` would be a model, but `Client::get_book` is an operation
     --> bad/keywright.toml:9:20 at #/api/0/aliases/models::Volume
      |
    9 | "models::Volume" = "Client::get_book"
      |                    ^^^^^^^^^^^^^^^^^^
      |
      = help: an alias has the same kind as its target

    error[KW0502]: `models::Book.name` is a field, and a field cannot have an alias
      --> bad/keywright.toml:10:1 at #/api/0/aliases/models::Book.name
       |
    10 | "models::Book.name" = "models::Book.title"
       | ^^^^^^^^^^^^^^^^^^^
       |
       = help: keep its old name in Rust: add `"#/components/schemas/Book/properties/title" = "name"` to `[api.names]`

    error[KW0502]: the variant `models::BookCover::String` holds a value, so it cannot have an alias
      --> bad/keywright.toml:11:29 at #/api/0/aliases/models::BookCover::Text
       |
    11 | "models::BookCover::Text" = "models::BookCover::String"
       |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: give the type that it holds its old name in `[api.names]`, or accept the change

    error[KW0502]: the target `models::Format::Papr` of an alias does not exist
      --> bad/keywright.toml:12:29 at #/api/0/aliases/models::Format::Leather
       |
    12 | "models::Format::Leather" = "models::Format::Papr"
       |                             ^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: did you mean `models::Format::Paper`?

    error[KW0502]: `models::Binding::Leather` and `models::Format::Paper` belong to different types
      --> bad/keywright.toml:13:1 at #/api/0/aliases/models::Binding::Leather
       |
    13 | "models::Binding::Leather" = "models::Format::Paper"
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: add an alias for `models::Format` first, or begin both paths with it

    error[KW0502]: `models::Format::Unknown` still exists, so it cannot be an alias
      --> bad/keywright.toml:14:1 at #/api/0/aliases/models::Format::Unknown
       |
    14 | "models::Format::Unknown" = "models::Format::Paper"
       | ^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: remove the alias

    error[KW0502]: `GetBookError::Missing` is a response, and a response cannot have an alias
      --> bad/keywright.toml:15:1 at #/api/0/aliases/GetBookError::Missing
       |
    15 | "GetBookError::Missing" = "GetBookError::NotFound"
       | ^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: remove the alias; callers have to match the response by its new name

    error[KW0502]: `Client::list_books` still exists, so it cannot be an alias
      --> bad/keywright.toml:16:1 at #/api/0/aliases/Client::list_books
       |
    16 | "Client::list_books" = "Client::get_book"
       | ^^^^^^^^^^^^^^^^^^^^
       |
       = help: remove the alias

    error[KW0502]: `Client::clone` has a name that every client uses for something else
      --> bad/keywright.toml:17:1 at #/api/0/aliases/Client::clone
       |
    17 | "Client::clone" = "Client::get_book"
       | ^^^^^^^^^^^^^^^
       |
       = help: remove the alias: no client can have had this name

    error[KW0502]: the target `Client::get_bok` of an alias does not exist
      --> bad/keywright.toml:18:23 at #/api/0/aliases/Client::read_book
       |
    18 | "Client::read_book" = "Client::get_bok"
       |                       ^^^^^^^^^^^^^^^^^
       |
       = help: did you mean `Client::get_book`?

    error[KW0502]: `Client::get_book(id)` is a required argument, which callers pass by position
      --> bad/keywright.toml:19:28 at #/api/0/aliases/Client::get_book(isbn)
       |
    19 | "Client::get_book(isbn)" = "Client::get_book(id)"
       |                            ^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: remove the alias: callers do not write the name

    error[KW0502]: the target `Client::list_books(limits)` of an alias does not exist
      --> bad/keywright.toml:20:29 at #/api/0/aliases/Client::list_books(max)
       |
    20 | "Client::list_books(max)" = "Client::list_books(limits)"
       |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: did you mean `Client::list_books(limit)`?

    error[KW0502]: `Client::list_books(send)` has a name that every client uses for something else
      --> bad/keywright.toml:21:1 at #/api/0/aliases/Client::list_books(send)
       |
    21 | "Client::list_books(send)" = "Client::list_books(limit)"
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: remove the alias: no client can have had this name

    17 errors
    "##);
}
