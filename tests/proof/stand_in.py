"""Checks what stand-ins say by openapi-core: that their answers conform, and that they refuse what it refuses.

An answer is a line of JSON with the request that it was given to. A mutant is a captured request with something changed,
and what the stand-in finds wrong with it.
"""

import base64
import re
from urllib.parse import unquote

from openapi_core.contrib.werkzeug import WerkzeugOpenAPIResponse
from werkzeug.wrappers import Response

# What does not count of answers, by class: why, and what the answer or the message looks like.
OF_ANSWERS = [
    (
        "openapi-core knows no style of 3.2 and no method but those of 3.0",
        lambda answer, message: "OperationNotFound" in message or "PathNotFound" in message,
    ),
    (
        "openapi-core reads XML without regard to `xml`",
        lambda answer, message: "xml" in (answer["media_type"] or ""),
    ),
    (
        "openapi-core has no multipart responses",
        lambda answer, message: (answer["media_type"] or "").startswith("multipart/"),
    ),
    (
        "openapi-core takes a stream for one value (OAS 3.2.0, Sequential Media Types)",
        lambda answer, message: re.search("event-stream|jsonl|ndjson|json-seq|jsonlines", answer["media_type"] or ""),
    ),
    (
        "openapi-core has no body in a response to HEAD or with 204, 205 or 304 for an error (RFC 9110, section 6.4.1)",
        lambda answer, message: answer["body"] is None,
    ),
    (
        "openapi-core takes headers for text whose schema has not one type, and knows no `content` in them",
        lambda answer, message: "header" in message.lower() or "CastError" in message,
    ),
    (
        "`application/*+json` is no media range (RFC 9110, section 12.5.1), and what is sent is JSON",
        lambda answer, message: "MediaTypeNotFound" in message and "*+json" in message,
    ),
    (
        "nothing says how an object is written as text: it is JSON here",
        lambda answer, message: not re.search("json", answer["media_type"] or "") and "is not of type" in message,
    ),
    (
        "properties that are only written MAY be required, and SHOULD NOT be sent in a response (OAS 3.0.4, `writeOnly`)",
        lambda answer, message: "write-only" in message,
    ),
    ("openapi-core fails by itself", lambda answer, message: message.startswith("fails: ")),
]

# Likewise of requests that the stand-in accepts and openapi-core refuses.
OF_MUTANTS = [
    (
        "openapi-core puts defaults where nothing is sent, also some that do not conform",
        lambda mutant, message: is_left_out(mutant, message),
    ),
]


def is_left_out(mutant, message):
    """Whether a message is about a parameter that is not sent."""
    named = re.search("Invalid (query|header) parameter: (.*?);", message)
    if not named:
        return False
    target = unquote(mutant["request"]["target"])
    names = [name.lower() for name, _ in mutant["request"]["headers"]]
    return f"{named[2]}=" not in target and named[2].lower() not in names


def answers(document, lines, captured, explain):
    """Gives what is wrong with answers: each with a message, and the reason why it does not count, if there is one."""
    for answer in lines:
        for message in of_answer(document, answer, captured, explain):
            reason = next((text for text, holds in OF_ANSWERS if holds(answer, message)), None)
            yield answer, message, reason


def of_answer(document, answer, captured, explain):
    body = base64.b64decode(answer["body"] or "")
    headers = [(name, value) for name, value in answer["headers"] if name != "content-type"]
    response = Response(body, status=answer["status"], headers=headers, content_type=answer["media_type"])
    if answer["media_type"] is None:
        response.headers.pop("content-type", None)
    try:
        result = document.unmarshal_response(captured, WerkzeugOpenAPIResponse(response))
    except Exception as error:  # It has faults of its own.
        return [f"fails: {type(error).__name__}: {error}"]
    return [explain(error) for error in result.errors]


def is_refused(document, captured, explain):
    """What openapi-core has against a request; None when it fails by itself."""
    try:
        return [explain(error) for error in document.unmarshal_request(captured).errors]
    except Exception:  # It has faults of its own.
        return None
