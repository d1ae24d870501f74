//! What becomes of each field of each object.

use crate::extensions;

/// What becomes of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The client does what it says.
    Honoured,
    /// The generated documentation says it.
    Documented,
    /// It has no effect.
    LeftOut,
    /// The specification does not have it.
    Unknown,
}

impl Standing {
    /// The standing in the words of the report.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Honoured => "honoured",
            Self::Documented => "documented",
            Self::LeftOut => "left out",
            Self::Unknown => "unknown",
        }
    }
}

/// The fields of an object, by what becomes of them.
struct Fields {
    object: &'static str,
    honoured: &'static [&'static str],
    documented: &'static [&'static str],
    left_out: &'static [&'static str],
}

/// What becomes of a field of an object, which is called as a message calls it.
pub(super) fn standing(object: &str, key: &str) -> Standing {
    if key.starts_with("x-") {
        return if extensions::has_effect(key) {
            Standing::Honoured
        } else {
            Standing::LeftOut
        };
    }
    let Some(fields) = OBJECTS.iter().find(|it| it.object == object) else {
        return Standing::Unknown;
    };
    // Bounds mean the same wherever they stand; nobody sees those of a response's header.
    if BOUNDS.contains(&key) && ["schema", "parameter", "header"].contains(&object) {
        return if object == "header" {
            Standing::LeftOut
        } else {
            Standing::Documented
        };
    }
    let listed = [
        (fields.honoured, Standing::Honoured),
        (fields.documented, Standing::Documented),
        (fields.left_out, Standing::LeftOut),
    ];
    listed
        .into_iter()
        .find(|(keys, _)| keys.contains(&key))
        .map_or(Standing::Unknown, |(_, standing)| standing)
}

/// The keywords that bound a value.
const BOUNDS: &[&str] = &[
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

/// The objects whose keys are not names of the document's own.
const OBJECTS: &[Fields] = &[
    Fields {
        object: "document",
        honoured: &[
            "$self",
            "basePath",
            "components",
            "consumes",
            "definitions",
            "host",
            "openapi",
            "parameters",
            "paths",
            "produces",
            "responses",
            "schemes",
            "security",
            "securityDefinitions",
            "servers",
            "swagger",
            "tags",
            "webhooks",
        ],
        documented: &["externalDocs", "info"],
        left_out: &["jsonSchemaDialect"],
    },
    Fields {
        object: "components object",
        honoured: &[
            "callbacks",
            "headers",
            "mediaTypes",
            "parameters",
            "pathItems",
            "requestBodies",
            "responses",
            "schemas",
            "securitySchemes",
        ],
        documented: &["examples", "links"],
        left_out: &[],
    },
    Fields {
        object: "path item",
        honoured: &[
            "$ref",
            "additionalOperations",
            "delete",
            "get",
            "head",
            "options",
            "parameters",
            "patch",
            "post",
            "put",
            "query",
            "servers",
            "trace",
        ],
        documented: &[],
        left_out: &["description", "summary"],
    },
    Fields {
        object: "operation",
        honoured: &[
            "callbacks",
            "consumes",
            "deprecated",
            "operationId",
            "parameters",
            "produces",
            "requestBody",
            "responses",
            "schemes",
            "security",
            "servers",
            "tags",
        ],
        documented: &["description", "externalDocs", "summary"],
        left_out: &[],
    },
    Fields {
        object: "parameter",
        honoured: &[
            "$ref",
            "allowEmptyValue",
            "allowReserved",
            "collectionFormat",
            "content",
            "deprecated",
            "enum",
            "explode",
            "format",
            "in",
            "items",
            "name",
            "required",
            "schema",
            "style",
            "type",
        ],
        documented: &["default", "description", "example", "examples"],
        left_out: &[],
    },
    Fields {
        object: "header",
        honoured: &[
            "$ref",
            "collectionFormat",
            "content",
            "deprecated",
            "enum",
            "explode",
            "format",
            "items",
            "required",
            "schema",
            "style",
            "type",
        ],
        documented: &["description"],
        left_out: &["default", "example", "examples"],
    },
    Fields {
        object: "request body",
        honoured: &["$ref", "content", "required"],
        documented: &["description"],
        left_out: &[],
    },
    Fields {
        object: "media type",
        honoured: &["$ref", "encoding", "itemSchema", "schema"],
        documented: &["example", "examples"],
        left_out: &["itemEncoding", "prefixEncoding"],
    },
    Fields {
        object: "encoding",
        honoured: &[
            "allowReserved",
            "contentType",
            "explode",
            "headers",
            "style",
        ],
        documented: &[],
        left_out: &["encoding", "itemEncoding", "prefixEncoding"],
    },
    Fields {
        object: "response",
        honoured: &["$ref", "content", "headers", "schema"],
        documented: &["description", "links", "summary"],
        left_out: &["examples"],
    },
    Fields {
        object: "link",
        honoured: &["$ref"],
        documented: &[
            "description",
            "operationId",
            "operationRef",
            "parameters",
            "requestBody",
        ],
        left_out: &["server"],
    },
    Fields {
        object: "security scheme",
        honoured: &[
            "$ref",
            "authorizationUrl",
            "flow",
            "flows",
            "in",
            "name",
            "oauth2MetadataUrl",
            "openIdConnectUrl",
            "scheme",
            "tokenUrl",
            "type",
        ],
        documented: &["bearerFormat", "deprecated", "description", "scopes"],
        left_out: &[],
    },
    Fields {
        object: "discriminator",
        honoured: &["defaultMapping", "mapping", "propertyName"],
        documented: &[],
        left_out: &[],
    },
    Fields {
        object: "schema",
        honoured: &[
            "$anchor",
            "$defs",
            "$dynamicAnchor",
            "$dynamicRef",
            "$id",
            "$ref",
            "additionalItems",
            "additionalProperties",
            "allOf",
            "anyOf",
            "collectionFormat",
            "const",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "definitions",
            "dependencies",
            "dependentSchemas",
            "deprecated",
            "discriminator",
            "else",
            "enum",
            "format",
            "if",
            "items",
            "nullable",
            "oneOf",
            "patternProperties",
            "prefixItems",
            "properties",
            "readOnly",
            "required",
            "then",
            "type",
            "unevaluatedItems",
            "unevaluatedProperties",
            "writeOnly",
            "xml",
        ],
        documented: &[
            "default",
            "description",
            "example",
            "examples",
            "externalDocs",
            "maxProperties",
            "minProperties",
            "summary",
            "title",
        ],
        left_out: &[
            "$comment",
            "$recursiveAnchor",
            "$recursiveRef",
            "$schema",
            "$vocabulary",
            "contains",
            "dependentRequired",
            "maxContains",
            "minContains",
            "not",
            "propertyNames",
        ],
    },
    Fields {
        object: "XML object",
        honoured: &[
            "attribute",
            "name",
            "namespace",
            "nodeType",
            "prefix",
            "wrapped",
        ],
        documented: &[],
        left_out: &[],
    },
    Fields {
        object: "info object",
        honoured: &[],
        documented: &[
            "contact",
            "description",
            "license",
            "summary",
            "termsOfService",
            "title",
            "version",
        ],
        left_out: &[],
    },
    Fields {
        object: "server",
        honoured: &["name", "url", "variables"],
        documented: &["description"],
        left_out: &[],
    },
    Fields {
        object: "tag",
        honoured: &["kind", "name"],
        documented: &["description", "externalDocs", "parent", "summary"],
        left_out: &[],
    },
];
