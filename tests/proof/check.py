"""Checks captured requests against the documents that they were made from.

    check.py CAPTURES [REPORT]

CAPTURES is a table: name, document and files of captures, answers and mutants of each. A capture is a request as it arrived, with the
arguments that were given to the client. Nothing here comes from Keywright: openapi-core reads the document, validates
the request and reads its values again, and `expand` writes the request anew, by uritemplate (RFC 6570) as appendix C of
the specification says, to be compared byte by byte. REPORT is for every finding, as JSON.
"""

import base64
import collections
import json
import re
import sys
import warnings
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import yaml
from openapi_core import Config, OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

import expand
import stand_in

# What does not count, by class: why, and what the call or the message looks like.
EXCEPTIONS = [
    (
        "openapi-core decodes a query before it takes it apart, so that it misses `%20`, and knows no delimiter in a value",
        lambda call, message: call.has_delimited_lists(),
    ),
    (
        "openapi-core looks for an exploded object under the name of the parameter, which is not sent",
        lambda call, message: call.has_objects() or "DeserializeError('form'" in message,
    ),
    (
        "openapi-core knows no style of 3.2, no `querystring`, and no method but those of 3.0",
        lambda call, message: call.has_new_places() or "OperationNotFound" in message,
    ),
    (
        "the specification has `n/a` for a value that is no object in the style deepObject",
        lambda call, message: call.has_undefined_cells(),
    ),
    (
        "openapi-core refuses every empty text in a query, which RFC 6570 has",
        lambda call, message: "EmptyQueryParameterValue" in message,
    ),
    (
        "openapi-core takes every value for text whose schema has not one type",
        lambda call, message: call.has_vague_schemas() or "CastError" in message,
    ),
    (
        "openapi-core reads files as bytes, which are no text to it, and has no styles and no `encoding` in a multipart body",
        lambda call, message: call.is_multipart(),
    ),
    (
        "`application/*+json` is no media range (RFC 9110, section 12.5.1), and what is sent is JSON",
        lambda call, message: "MediaTypeNotFound" in message and "*+json" in message,
    ),
    (
        "openapi-core reads XML without regard to `xml`",
        lambda call, message: call.is_xml(),
    ),
    (
        "nothing says how an object is written as text: it is JSON here",
        lambda call, message: call.is_object_as_text(),
    ),
    (
        "openapi-core takes an empty form or text for no body",
        lambda call, message: "MissingRequiredRequestBody" in message and call.has_empty_body(),
    ),
    (
        "two security schemes want one header",
        lambda call, message: "SecurityNotFound" in message and "], [" not in message and ", " in message.split("requirement:")[1],
    ),
    (
        "openapi-core knows no HTTP authentication but `basic` and `bearer`",
        lambda call, message: "SecurityNotFound" in message and any(repr(it) in message for it in call.other_schemes()),
    ),
    (
        "the document spells a path parameter in another way than the template, which cannot be but that one",
        lambda call, message: "Missing required path parameter" in message,
    ),
    (
        "a header parameter is called `Cookie`, where cookies are, too",
        lambda call, message: any(it.place == "header" and it.key == "cookie" for it in call.documented),
    ),
    (
        "openapi-core takes YAML and other formats for text, of whatever type the schema is",
        lambda call, message: call.is_unread() and "is not of type" in message,
    ),
    (
        "openapi-core takes every value of a discriminator for the name of a schema, also numbers and what a branch lists",
        lambda call, message: "reference '#/components/schemas/" in message and "could not be resolved" in message,
    ),
    (
        "a number is an integer if its fraction is zero (JSON Schema, draft 2020-12, section 4.2.3)",
        lambda call, message: re.search("\\d\\.0 is not of type 'integer'", message),
    ),
    (
        "openapi-core wants header parameters that SHALL be ignored (OAS 3.0.4, Parameter Object, `name`)",
        lambda call, message: re.search("header parameter: (Accept|Content-Type|Authorization)", message, re.I),
    ),
    (
        "openapi-core puts defaults where nothing is sent, also some that do not conform",
        lambda call, message: call.is_about_defaults(message),
    ),
    (
        "openapi-core fails by itself",
        lambda call, message: message.startswith("fails: "),
    ),
    (
        "the arguments were made with properties that are only read, which SHOULD NOT be sent (OAS 3.0.4, `readOnly`)",
        lambda call, message: "Tried to write read-only property" in message,
    ),
]


# What is a number or boolean in JSON is one in YAML; `0x1F` and `yes` are text.
AS_IN_JSON = {
    "int": re.compile("-?(0|[1-9][0-9]*)$"),
    "float": re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$"),
    "bool": re.compile("(true|false)$"),
}


def load(path):
    """Reads a document; dates stay text, as in JSON."""
    text = Path(path).read_text(encoding="utf-8")
    if path.endswith(".json"):
        return json.loads(text)

    class Loader(yaml.CSafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [
            (tag, AS_IN_JSON.get(tag.rpartition(":")[2], pattern))
            for tag, pattern in resolvers
            if not tag.endswith(":timestamp")
        ]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader)


def at_one_place(node):
    """Takes every server out: the requests went to loopback."""
    if isinstance(node, dict):
        return {key: at_one_place(value) for key, value in node.items() if key != "servers"}
    if isinstance(node, list):
        return [at_one_place(item) for item in node]
    return node


class Captured(WerkzeugOpenAPIRequest):
    """A request as openapi-core takes it."""

    def __init__(self, call):
        request = call.request
        target = urlsplit(request["target"])
        headers = [(name, value) for name, value in request["headers"] if name != "content-length"]
        environ = EnvironBuilder(
            path="/",
            method=request["method"],
            query_string=target.query,
            headers=headers,
            data=call.body,
        ).get_environ()
        super().__init__(Request(environ))
        # A name with an underscore gets lost on the way through WSGI.
        self.parameters.header = Headers(request["headers"])
        self.parameters.path = call.path_values(target.path)
        # openapi-core compares it with the path of the document, which is not encoded.
        self.target = call.path_with_literals(target.path)

    @property
    def path(self):
        return self.target


def has(node, key, kind):
    """Whether a node has a list or an object at a key, where odd documents have something else."""
    return key in node and isinstance((node / key).read_value(), kind)


def styled(operation, body):
    """The properties of a body that have a style: how these are parts is nowhere said."""
    if not body or "requestBody" not in operation:
        return []
    content = operation / "requestBody" / "content" / body["media_type"]
    names = (content / "encoding").keys() if has(content, "encoding", dict) else ()
    return [name for name in names if {"style", "explode"} & set((content / "encoding" / name).keys())]


def has_null(value):
    """Whether null is somewhere in a value."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value is None or any(map(has_null, inner))


class Call:
    """A capture, and the parameters that the document has for it."""

    def __init__(self, capture, document):
        self.capture = capture
        self.request = capture["request"]
        self.body = base64.b64decode(self.request["body"])
        self.spec = document.spec
        item = document.spec / "paths" / capture["path"]
        operation = item / capture["method"].lower()
        self.styled = styled(operation, capture["body"])
        parameters = {}
        for holder in (item, operation):
            for parameter in holder / "parameters" if has(holder, "parameters", list) else ():
                parameter = expand.Parameter(parameter)
                parameters[parameter.place, parameter.key] = parameter
        given = {(it["in"], it["name"]): it["value"] for it in capture["arguments"]}
        self.documented = list(parameters.values())
        self.parameters = [
            (parameter, given[parameter.place, parameter.name])
            for parameter in parameters.values()
            if (parameter.place, parameter.name) in given
        ]

    def __str__(self):
        return f"{self.capture['method']} {self.capture['path']}"

    def is_multipart(self):
        return bool(self.capture["body"]) and self.capture["body"]["media_type"].startswith("multipart/")

    def is_about_defaults(self, message):
        named = re.search("Invalid \\w+ parameter: (.*?);", message)
        if named:
            return named[1] not in [it["name"] for it in self.capture["arguments"]]
        return "None is not of type" in message and not has_null(self.capture["body"])

    def is_object_as_text(self):
        body = self.capture["body"]
        return bool(body) and body["media_type"].startswith("text/") and isinstance(body["value"], (dict, list))

    def other_schemes(self):
        """The names of security schemes of HTTP that openapi-core does not know."""
        components = self.spec / "components" if "components" in self.spec else {}
        if "securitySchemes" not in components:
            return
        for name, scheme in (components / "securitySchemes").items():
            if (scheme / "type").read_value() == "http":
                if (scheme / "scheme").read_value().lower() not in ("basic", "bearer"):
                    yield name

    def has_empty_body(self):
        return bool(self.capture["body"]) and self.capture["body"]["value"] in ({}, "") and not self.body

    def is_unread(self):
        body = self.capture["body"]
        return bool(body) and re.search("yaml|csv|protobuf|msgpack|cbor", body["media_type"])

    def is_xml(self):
        return bool(self.capture["body"]) and "xml" in self.capture["body"]["media_type"]

    def has_delimited_lists(self):
        return any(
            parameter.style in ("spaceDelimited", "pipeDelimited", "simple", "label", "matrix")
            or (parameter.style == "form" and not parameter.explode)
            for parameter, value in self.parameters
            if isinstance(value, (list, dict))
        )

    def has_objects(self):
        return any(isinstance(value, dict) for _, value in self.parameters)

    def has_new_places(self):
        return any(
            parameter.place == "querystring" or parameter.style == "cookie"
            for parameter in self.documented
        )

    def has_undefined_cells(self):
        return any(
            parameter.style == "deepObject" and not isinstance(value, dict)
            for parameter, value in self.parameters
        )

    def has_vague_schemas(self):
        return any(it.is_vague for it, _ in self.parameters)

    def segments(self, path):
        """The template's literals and names, and the texts for the latter."""
        parts = re.split(r"\{(.+?)\}", self.capture["path"].split("?")[0])
        pattern = "(.*?)".join(re.escape(quote(it, safe="/-._~:@!$&'()*+,;=%")) for it in parts[::2])
        found = re.fullmatch(pattern, path)
        return parts, found.groups() if found else None

    def path_with_literals(self, path):
        parts, texts = self.segments(path)
        if texts is not None:
            parts[1::2] = texts
            return "".join(parts)
        return path

    def path_values(self, path):
        """The values in the path. openapi-core decodes none, and has names of its own for some styles."""
        parts, texts = self.segments(path)
        values = {}
        for name, text in zip(parts[1::2], texts or ()):
            text = unquote(text)
            for key in (name, f".{name}", f".{name}*", f";{name}", f";{name}*"):
                values[key] = text
        return values


def check(call, document):
    """Gives what is wrong with a call: pairs of a checker and a message."""
    body = call.capture["body"]
    if body and re.search(r"[/+]json($|;)", body["media_type"]) and not is_same_json(call.body, body["value"]):
        yield "json", f"the body is {call.body!r} and not {json.dumps(body['value'])}"
    for message in expand.differences(call):
        yield "uritemplate", message
    request = Captured(call)
    try:
        result = document.unmarshal_request(request)
    except Exception as error:  # It has faults of its own.
        yield "openapi-core", f"fails: {type(error).__name__}: {error}"
        return
    for error in result.errors:
        yield "openapi-core", explain(error)
    if not result.errors:
        for parameter, value in call.parameters:
            read = result.parameters
            places = {"query": read.query, "header": read.header, "cookie": read.cookie, "path": read.path}
            if parameter.place in places and parameter.name in places[parameter.place]:
                found = places[parameter.place][parameter.name]
                if not expand.is_same(found, value):
                    yield "openapi-core", f"`{parameter.name}` is {found!r} and not {value!r}"
        if body and not is_same_body(result.body, body):
            yield "openapi-core", f"the body is {result.body!r} and not {body['value']!r}"


def is_same_json(text, given):
    try:
        return expand.is_same(json.loads(text), given)
    except ValueError:
        return False


def is_same_body(found, body):
    given = body["value"]
    if isinstance(found, bytes):
        found = found.decode()
    if isinstance(given, dict) and not body["media_type"].startswith("multipart/"):
        # openapi-core adds defaults; that JSON is as it was given is looked at by itself.
        found = without_more(found or {}, given)
    if body["media_type"].startswith("application/x-www-form-urlencoded"):
        # An empty list and null are not sent (RFC 6570, section 2.3).
        given = {name: it for name, it in given.items() if it is not None and it != []}
    return expand.is_same(found, given)


def without_more(found, given):
    """A value without the properties that the other one lacks."""
    if isinstance(found, dict) and isinstance(given, dict):
        return {name: without_more(it, given[name]) for name, it in found.items() if name in given}
    if isinstance(found, list) and isinstance(given, list) and len(found) == len(given):
        return [without_more(*pair) for pair in zip(found, given)]
    return found


def explain(error):
    """An error with all that caused it."""
    inner = [f"{it.message} at {list(it.absolute_path)}" for it in getattr(error.__cause__, "schema_errors", ())]
    return "; ".join([type(error).__name__, *inner, str(error), repr(error.__cause__)])[:800]


def as_it_is(value):
    return value


# What openapi-core reads as something else than text.
FORMATS = ("byte", "binary", "date", "date-time", "uuid")


def formats(node):
    """Every format that a document mentions."""
    if isinstance(node, dict):
        if isinstance(node.get("format"), str):
            yield node["format"]
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from formats(item)


def lines(body):
    return [json.loads(line.strip("\x1e")) for line in body.decode().split("\n") if line]


def reader(media_type):
    """How a body of a media type is read that openapi-core does not know."""
    essence = media_type.split(";")[0].strip().lower()
    if re.search(r"[/+]json$", essence):
        return lambda body, **_: json.loads(body)
    if re.search("jsonl|ndjson|json-seq|jsonlines", essence):
        return lambda body, **_: lines(body)
    if essence.startswith("multipart/") or essence == "application/x-www-form-urlencoded" or "xml" in essence:
        return None
    return lambda body, **_: body if isinstance(body, str) else body.decode()


def configure(document, captures, answers):
    """openapi-core's settings for a document: formats change nothing, and JSON has many names."""
    types = {}
    for capture in captures:
        if capture["body"]:
            sent = [value for name, value in capture["request"]["headers"] if name == "content-type"]
            name = capture["body"]["media_type"].split(";")[0]
            types[name] = types[name.lower()] = reader((sent or [""])[0])
    for answer in answers:
        if answer["media_type"]:
            name = answer["media_type"].split(";")[0]
            types.setdefault(name, reader(name))
            types.setdefault(name.lower(), reader(name))
    return Config(
        spec_validator_cls=None,
        extra_format_unmarshallers={name: as_it_is for name in [*formats(document), *FORMATS]},
        extra_media_type_deserializers={name: it for name, it in types.items() if it},
    )


def records(path):
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


class Tally:
    """Findings, and those that do not count by their reasons."""

    def __init__(self):
        self.excepted = collections.Counter()
        self.findings = []
        self.calls = self.answers = self.mutants = self.refused = 0

    def add(self, name, capture, checker, message, reason):
        if reason:
            self.excepted[reason] += 1
            return
        operation = "{method} {path}".format(**capture)
        request = capture["request"]
        finding = {"document": name, "operation": operation, "checker": checker, "message": message, "request": request}
        self.findings.append(finding)


def of_calls(name, document, captures, tally):
    for capture in captures:
        tally.calls += 1
        call = Call(capture, document)
        for checker, message in check(call, document):
            reason = reason_of(call, message) if checker == "openapi-core" else None
            tally.add(name, capture, checker, message, reason)


def reason_of(call, message):
    return next((text for text, holds in EXCEPTIONS if holds(call, message)), None)


def of_stand_in(name, document, answers, mutants, tally):
    for answer in answers:
        tally.answers += 1
        call = Call({"arguments": [], "body": None, **answer, "body": None}, document)
        for answer, message, reason in stand_in.answers(document, [answer], Captured(call), explain):
            tally.add(name, answer, "answer", message, reason)
    for mutant in mutants:
        tally.mutants += 1
        call = Call(mutant, document)
        messages = stand_in.is_refused(document, Captured(call), explain)
        counted = [it for it in messages or () if reason_of(call, it) is None]
        if not counted:
            continue
        tally.refused += 1
        if mutant["findings"]:
            continue
        for message in counted:
            reason = next((text for text, holds in stand_in.OF_MUTANTS if holds(mutant, message)), None)
            tally.add(name, mutant, f"accepted {mutant['kind']}", message, reason)


def main(table, report=None):
    warnings.simplefilter("ignore")
    tally = Tally()
    for line in Path(table).read_text(encoding="utf-8").splitlines():
        name, path, *files = line.split("\t")
        captures, answers, mutants = map(records, files)
        document = at_one_place(load(path))
        document = OpenAPI.from_dict(
            document,
            base_uri=Path(path).absolute().as_uri(),
            config=configure(document, captures, answers),
        )
        of_calls(name, document, captures, tally)
        of_stand_in(name, document, answers, mutants, tally)
    for reason, count in tally.excepted.items():
        print(f"{count} findings do not count: {reason}")
    told = set()
    for finding in tally.findings:
        key = finding["document"], finding["operation"], finding["checker"]
        if key not in told:
            told.add(key)
            print("{document}: {operation}: {checker}: {message}".format(**finding))
    operations = len({it[:2] for it in told})
    print(f"{tally.calls} requests and {tally.answers} answers were checked; {len(tally.findings)} findings in {operations} operations")
    print(f"openapi-core refuses {tally.refused} of {tally.mutants} requests with something changed")
    if report:
        Path(report).write_text(json.dumps(tally.findings, indent=1, ensure_ascii=False), encoding="utf-8")
    return 1 if tally.findings else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
