"""Writes the parameters of a request as the specification says, by uritemplate for what RFC 6570 has (OAS 3.2.0,
"Style Values" and appendices C and D), and compares that with what arrived."""

import io
import json
import math
import re
from decimal import Decimal
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import uritemplate
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

# The usual style of each place.
STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}
# The reserved characters that reserved expansion leaves to the caller (OAS 3.2.0, `allowReserved`).
SPECIAL = {"query": "[]#&+", "path": "/?#[]", "cookie": ",;"}
# What stands between values where that is no comma (OAS 3.2.0, "Style Examples").
DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")


class Parameter:
    """A Parameter Object, with its defaults filled in."""

    def __init__(self, node):
        self.place = node["in"]
        self.name = node["name"]
        self.key = self.name.lower() if self.place == "header" else self.name
        self.style = node.get("style", STYLES.get(self.place))
        self.explode = node.get("explode", self.style in ("form", "cookie"))
        self.reserved = node.get("allowReserved", False) and self.style != "cookie"
        self.is_vague = "schema" not in node or is_vague(node / "schema")
        self.media_type = next(iter((node / "content").keys())) if "content" in node else None

    @property
    def quoted(self):
        return quote(self.name, safe="-._~")

    def encode(self, value):
        """Percent-encodes a text by simple or reserved expansion."""
        if not self.reserved:
            return uritemplate.expand("{value}", value=value)
        for letter in SPECIAL[self.place]:
            value = value.replace(letter, quote(letter, safe=""))
        return uritemplate.expand("{+value}", value=value)

    def is_json(self):
        return self.media_type is not None and re.search(r"[/+]json($|;)", self.media_type)


def is_vague(schema):
    """Whether a schema, or that of an array's items, leaves the type open."""
    ty = schema.get("type")
    return not isinstance(ty, str) or (ty == "array" and ("items" not in schema or is_vague(schema / "items")))


class Undefined(Exception):
    """The specification does not say how a value is written."""


def text(value):
    """A value as text; what is composed has none in a list or an object."""
    if isinstance(value, (list, dict)):
        raise Undefined
    return value if isinstance(value, str) else json.dumps(value)


def flat(value):
    """A value whose parts are texts, without those that are null (RFC 6570, section 2.3)."""
    if isinstance(value, list):
        return [text(it) for it in value if it is not None]
    if isinstance(value, dict):
        return {key: text(it) for key, it in value.items() if it is not None}
    return text(value)


def in_path(parameter, value):
    """The text for a template expression in a path."""
    if parameter.media_type:
        return quote(content(parameter, value), safe="-._~")
    if parameter.reserved:
        return parameter.encode(text(value))
    operator = {"simple": "", "label": ".", "matrix": ";"}[parameter.style]
    explode = "*" if parameter.explode else ""
    name = "value" if re.search(r"\W", parameter.name) else parameter.name
    expanded = uritemplate.expand(f"{{{operator}{name}{explode}}}", {name: flat(value)})
    return expanded if name == parameter.name else expanded.replace(";value", f";{parameter.quoted}")


def pairs(parameter, value, encode):
    """The pairs of a query or of cookies."""
    name = parameter.quoted if parameter.place == "query" else parameter.name
    if parameter.media_type:
        return [(name, encode(content(parameter, value)))]
    value = flat(value)
    if isinstance(value, list):
        items = [encode(it) for it in value]
        if parameter.explode:
            return [(name, it) for it in items]
        delimiter = DELIMITERS.get(parameter.style, ",")
        return [(name, delimiter.join(items))] if items else []
    if isinstance(value, dict):
        items = [(encode(key), encode(it)) for key, it in value.items()]
        if parameter.style == "deepObject":
            return [(f"{name}%5B{key}%5D", it) for key, it in items]
        if parameter.explode:
            return items
        delimiter = DELIMITERS.get(parameter.style, ",")
        return [(name, delimiter.join(delimiter.join(it) for it in items))] if items else []
    return [(name, encode(value))]


def in_cookies(parameter, value):
    # What is escaped by the caller stays as it is (OAS 3.2.0, appendix D).
    is_raw = parameter.style == "cookie" or (parameter.media_type and not parameter.is_json())
    return pairs(parameter, value, (lambda it: it) if is_raw else parameter.encode)


def in_header(parameter, value):
    """The value of a header, which is not encoded."""
    if parameter.media_type:
        return content(parameter, value)
    value = flat(value)
    if isinstance(value, list):
        return ",".join(value)
    if isinstance(value, dict):
        between = "=" if parameter.explode else ","
        return ",".join(f"{key}{between}{it}" for key, it in value.items())
    return value


def content(parameter, value):
    """A value as its media type has it."""
    if parameter.is_json():
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return text(value)


def differences(call):
    """Gives what is not as the specification says."""
    target = urlsplit(call.request["target"])
    by_place = {"path": [], "query": [], "querystring": [], "header": [], "cookie": []}
    for parameter, value in call.parameters:
        by_place[parameter.place].append((parameter, value))
    template, _, fixed = call.capture["path"].partition("?")
    try:
        values = {it.name: in_path(it, value) for it, value in by_place["path"]}
        literals = re.split(r"\{(.+?)\}", template)
        literals[::2] = [quote(it, safe="/-._~:@!$&'()*+,;=%") for it in literals[::2]]
        literals[1::2] = [values[it] for it in literals[1::2]]
        if not is_alike("".join(literals), target.path):
            yield f"the path is {target.path} and not {''.join(literals)}"
    except (Undefined, KeyError):  # The template may spell a name in another way.
        pass
    sent = [it for it in target.query.split("&") if it] if not by_place["querystring"] else []
    wanted = [it for it in fixed.split("&") if it] + [f"{quote(it, safe='-._~')}=" for it in call.capture["empty"]]
    yield from of_pairs(call, "query", by_place["query"], sent, wanted, lambda it, value: pairs(it, value, it.encode))
    headers = {name.lower(): value for name, value in call.request["headers"]}
    cookies = headers.get("cookie", "")
    # A header parameter of that name has all of it.
    has_cookies = all(it.key != "cookie" for it, _ in by_place["header"])
    if not has_cookies:
        cookies = ""
    yield from of_pairs(call, "cookies", by_place["cookie"] if has_cookies else [], cookies.split("; ") if cookies else [], [], in_cookies)
    for parameter, value in by_place["header"]:
        try:
            wanted = in_header(parameter, value)
        except Undefined:
            continue
        found = headers.get(parameter.key)
        if parameter.key == "cookie":
            found = (found or "").split("; ")[0]
        if wanted and (found is None or not is_alike(wanted, found)) and not is_json_alike(wanted, found):
            yield f"the header `{parameter.name}` is {found!r} and not {wanted!r}"
    if "multipart/form-data" in (headers.get("content-type") or ""):
        yield from parts(call, headers["content-type"])
    for parameter, value in by_place["querystring"]:
        yield from whole_query(parameter, value, target.query)


def parts(call, content_type):
    """Compares the parts of a multipart body, as werkzeug reads them, with what was given."""
    media_type, options = parse_options_header(content_type)
    _, form, files = FormDataParser().parse(io.BytesIO(call.body), media_type, len(call.body), options)
    found = list(form.items(multi=True))
    found += [(name, file.read().decode()) for name, file in files.items(multi=True)]
    for name, value in call.capture["body"]["value"].items():
        for item in value if isinstance(value, list) else [value]:
            if name in call.styled:
                continue
            wanted = item if isinstance(item, str) else json.dumps(item)
            texts = [it[1] for it in found if it[0] == name]
            alike = [it for it in texts if it == wanted or is_json_alike(it, wanted) or is_json_alike(it, json.dumps(item))]
            if item is not None and not alike:
                yield f"no part `{name}` is {wanted!r}: {found}"


def of_pairs(call, place, given, sent, wanted, write):
    """Compares pairs, in whatever order. More than what is given may be there for credentials alone."""
    is_complete = True
    for parameter, value in given:
        try:
            wanted = wanted + [f"{name}={text}" for name, text in write(parameter, value)]
        except Undefined:
            is_complete = False
    left = list(sent)
    for pair in wanted:
        found = next((it for it in left if is_alike(it, pair) or is_json_alike(it, pair)), None)
        if found is None:
            yield f"the {place} lacks {pair}: {sent}"
        else:
            left.remove(found)
    left = [it for it in left if it.partition("=")[2] != "MARKED-credential"]
    if is_complete and left:
        yield f"the {place} should not have {left}"


def whole_query(parameter, value, query):
    if parameter.media_type.startswith("application/x-www-form-urlencoded"):
        wanted = [
            (name, json.dumps(one) if isinstance(one, dict) else text(one))
            for name, many in value.items()
            for one in (many if isinstance(many, list) else [many])
            if one is not None
        ]
        wanted, found = sorted(wanted), sorted(parse_qsl(query, keep_blank_values=True))
    else:
        wanted, found = quote(content(parameter, value), safe="-._~"), query
    if not is_alike(str(wanted), str(found)) and not is_json_alike(str(wanted), str(found)):
        yield f"the query is {query} and not {wanted}"


def is_alike(one, other):
    """Whether two texts are the same, but for the spelling of numbers, and the order of an object's properties."""
    if one == other:
        return True

    def parts(it):
        it = NUMBER.sub(lambda number: str(Decimal(number.group()).normalize()), unquote(it))
        return sorted(re.split(r"[;,.=/ |&]", it))

    return parts(one) == parts(other)


def is_json_alike(one, other):
    """Whether two texts are the same as JSON, perhaps with a name in front."""
    if other is None:
        return False
    (one_name, _, one), (other_name, _, other) = (it.rpartition("=") for it in (unquote(one), unquote(other)))
    try:
        return one_name == other_name and is_same(json.loads(one), json.loads(other))
    except ValueError:
        return False


def is_same(one, other):
    """Whether two values mean the same: numbers by value, and a property without a value may be left out."""
    is_number = lambda it: isinstance(it, (int, float)) and not isinstance(it, bool)
    if is_number(one) and is_number(other):
        return one == other or math.isclose(one, other, rel_tol=1e-15)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(is_same, one, other))
    return type(one) is type(other) and one == other
