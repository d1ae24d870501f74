//! What the codes about documents that are hard to use mean.

use super::Explanation;

pub(super) const MISSING_OPERATION_ID: Explanation = Explanation {
    meaning: "\
        An operation has no `operationId`, so the client names its method after the HTTP method and the path, such as \
        `get_pets_by_pet_id`. The name changes when the path changes, which breaks every caller.\n\n\
        Give the operation an `operationId` that says what it does, and keep it.",
    example: None,
};

pub(super) const UNDESCRIBED_OPERATION: Explanation = Explanation {
    meaning: "\
        An operation has neither a `summary` nor a `description`. Its method in the client then has no documentation \
        but the route, and callers have to guess what it does.\n\n\
        A `summary` of a few words is enough.",
    example: None,
};

pub(super) const UNDECLARED_TAG: Explanation = Explanation {
    meaning: "\
        An operation has a tag that the list `tags` of the document does not contain. The tag is usually misspelled, \
        and then the operation ends up in a group of its own. A declared tag also has a description, which becomes the \
        documentation of the group.",
    example: None,
};

pub(super) const UNEXPECTED_BODY: Explanation = Explanation {
    meaning: "\
        HTTP gives the body of a `GET`, `HEAD` or `DELETE` request no meaning (RFC 9110, section 9.3). Proxies and \
        servers may drop it or refuse the request.\n\n\
        Send the values in the query, or use `POST`.",
    example: None,
};

pub(super) const UNDOCUMENTED_ERRORS: Explanation = Explanation {
    meaning: "\
        An operation documents no error response: no status from 400 on, no range such as `4XX`, and no `default`. \
        Callers cannot tell one failure from another; every failure is `Other`.\n\n\
        Document the statuses that callers are meant to handle.",
    example: None,
};

pub(super) const EMPTY_ERROR: Explanation = Explanation {
    meaning: "\
        An error response is documented without a body. If the server sends one, callers can read it only as text. \
        Describe the body, so that callers get a type for it.",
    example: None,
};

pub(super) const OVERLAPPING_BRANCHES: Explanation = Explanation {
    meaning: "\
        A value can match several branches of a `oneOf` or `anyOf`, and nothing in it says which one is meant. The client \
        tries the branches one after the other, and may choose another than the server had in mind.\n\n\
        Add a `discriminator`, or a property with a `const` of its own in each branch.",
    example: None,
};

pub(super) const UNTITLED_INLINE_TYPE: Explanation = Explanation {
    meaning: "\
        A schema that is written in place, without a `title`, becomes a Rust type that is named after its place, such as \
        `ListPets200ResponseItem`. The name is long, and changes when the place changes.\n\n\
        Move the schema to `components.schemas`, or name it with `x-keywright-name`.",
    example: None,
};

pub(super) const CHANGED_NAME: Explanation = Explanation {
    meaning: "\
        A name of the document could not be kept in Rust, because another part of the document has the same name in Rust, or \
        because it has no letters. Callers find the part under another name than the documentation of the API has.\n\n\
        Choose the name yourself with `x-keywright-name`, or in `[api.names]`.",
    example: None,
};

pub(super) const RESERVED_NAME: Explanation = Explanation {
    meaning: "\
        A name of the document is a keyword of Rust, or the name of an item that every client has. The client adds a \
        suffix, such as in `type_`.\n\n\
        If you prefer another name, choose one with `x-keywright-name`, or in `[api.names]`.",
    example: None,
};

pub(super) const UNUSED_COMPONENT: Explanation = Explanation {
    meaning: "\
        Nothing in the document refers to a component. Schemas still become types, which callers can name but never \
        need, and readers wonder where they belong.\n\n\
        Remove the component, or refer to it.",
    example: None,
};

pub(super) const INSECURE_SERVER: Explanation = Explanation {
    meaning: "\
        The URL of a server begins with `http://`, while operations require credentials. Anybody on the way could read \
        them, so the client refuses to send them there unless its user allows that by name.\n\n\
        Serve the API over HTTPS. Addresses of the own machine, such as `localhost`, are allowed.",
    example: None,
};

pub(super) const MISSING_PREFIX: Explanation = Explanation {
    meaning: "\
        An API key is sent in the header `Authorization`, and nothing says which scheme stands before it, such as \
        `Bearer`. Callers have to pass the whole value of the header, and to find out what belongs into it.\n\n\
        Add `x-keywright-prefix`, or describe the scheme as `type: http`.",
    example: None,
};

pub(super) const UNMARKED_SECRET: Explanation = Explanation {
    meaning: "\
        A property has the name of a secret, such as `password` or `token`, and is described as plain text. The client \
        shows its value in `Debug` output and keeps it in memory.\n\n\
        Add `format: password`, or `x-keywright-sensitive: true`. Either makes it a `SecretString`.",
    example: None,
};

pub(super) const UNDECLARED_SESSION: Explanation = Explanation {
    meaning: "\
        An operation looks as if it signed a user in: it takes a credential and responds with a token. No \
        `x-keywright-session` says so, and so the client cannot get, renew and revoke the token by itself.\n\n\
        The finding shows the block to add to the security scheme.",
    example: None,
};

pub(super) const UNPAGED_LIST: Explanation = Explanation {
    meaning: "\
        An operation responds with a list, and takes no parameter that limits it. The response grows with the data, until \
        it exceeds a time-out or the limit on the size of responses.\n\n\
        Add parameters such as `limit` and `cursor`.",
    example: None,
};

pub(super) const USELESS_ALLOW: Explanation = Explanation {
    meaning: "\
        An `x-keywright-lint` silences a rule that finds nothing there, names an unknown rule, or gives no reason. An \
        exception without effect hides a later finding, and one without a reason cannot be reviewed.\n\n\
        Remove the entry, or state the reason as its value.",
    example: None,
};
