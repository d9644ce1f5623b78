"""What the classes of `_types.py` have in common: values that cross to the library as JSON documents.

The library says what is right and what is left out; here stands only how a Python value becomes JSON and comes back.
"""

from __future__ import annotations

import functools
import json
import math
import tomllib
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self, TypeVar, Union

from . import _native

if TYPE_CHECKING:
    from ._errors import DocumentError

__all__ = ["Document"]


class Document:
    """A value that is made with keyword arguments, never changes, and has a form in JSON.

    Lists that are given are kept as tuples, dicts as values of the classes that they stand for. A document, which has a
    schema, is checked by the library when it is made: `DocumentError` says all that is wrong with it.
    """

    __slots__ = ("_json",)
    _json: str

    #: The name of the schema, as `"multi-isp/site/1"`; `None` for a part of a document.
    SCHEMA: ClassVar[str | None] = None

    def __init_subclass__(cls) -> None:
        # The one of dataclasses would show secrets, and all that was left out; a class that has one already keeps it.
        cls.__repr__ = Document.__repr__  # type: ignore[method-assign]

    def __post_init__(self) -> None:
        if self.SCHEMA is not None:
            _native.check(self.SCHEMA, _dumped(self.to_dict()), False)
        for property_ in _by_key(type(self)).values():
            value = getattr(self, property_.name)
            kept = _kept_of(value, property_.decode)
            if kept is not value:
                object.__setattr__(self, property_.name, kept)

    @classmethod
    def from_json(cls, document: str | bytes) -> Self:
        """Reads JSON text. Places of what is wrong are characters of `str`, bytes of `bytes`."""
        if cls.SCHEMA is not None:
            _native.check(cls.SCHEMA, document, True)
        try:
            read = json.loads(document.removeprefix("\ufeff") if isinstance(document, str) else document)
        except ValueError as error:
            fault = str(error)
        else:
            return _decoded(cls, read)
        # Out here, since the error of `json` holds the document.
        raise _fault("invalid-json", fault)

    @classmethod
    def from_dict(cls, document: Mapping[str, object]) -> Self:
        """Reads what `json.loads` gives; the name of the schema may be left out."""
        if cls.SCHEMA is None:
            return _decoded(cls, document)
        text = json_of(document, cls.SCHEMA)
        _native.check(cls.SCHEMA, text, False)
        return _decoded(cls, json.loads(text))

    @classmethod
    def from_toml(cls, document: str | bytes) -> Self:
        """Reads TOML text with the fields of the JSON document; the name of the schema may be left out."""
        try:
            text = document if isinstance(document, str) else document.decode()
            read = _encoded(tomllib.loads(text))
        except UnicodeDecodeError:
            code, fault = "not-utf8", "the text is not UTF-8"
        except tomllib.TOMLDecodeError as error:
            code, fault = "not-toml", str(error)
        except TypeError as error:
            # TOML has dates.
            code, fault = "wrong-type", str(error)
        else:
            return cls.from_dict(read)
        # Out here, since the errors of Python hold the document.
        raise _fault(code, fault)

    def to_dict(self) -> dict[str, Any]:
        """The value as `json.loads` would give it; bytes that are not UTF-8 are `{"hex": ".."}`."""
        document: dict[str, Any] = {} if self.SCHEMA is None else {"schema": self.SCHEMA}
        for property_ in _by_key(type(self)).values():
            value = getattr(self, property_.name)
            if value is not None or property_.is_null:
                document[property_.key] = _encoded(value)
        return document

    def to_json(self) -> str:
        """The value as JSON text; of one that the library made, the library's own."""
        if not hasattr(self, "_json"):
            object.__setattr__(self, "_json", _dumped(self.to_dict()))
        return self._json

    def __repr__(self) -> str:
        name = type(self).__name__
        shown = (
            f"{property_.name}={'...' if property_.is_secret else repr(value)}"
            for property_ in _by_key(type(self)).values()
            if (value := getattr(self, property_.name)) is not None and property_.constant is None
        )
        return f"{name}({', '.join(shown)})"

    @classmethod
    def _of_core(cls, document: str) -> Self:
        value = _decoded(cls, json.loads(document))
        object.__setattr__(value, "_json", document)
        return value

    @classmethod
    def _all_of_core(cls, documents: str) -> tuple[Self, ...]:
        return tuple(_decoded(cls, document) for document in json.loads(documents))


def json_of(given: object, schema: str) -> str:
    """The JSON of a document that somebody gives, by the name of its schema."""
    if isinstance(given, Document):
        if given.SCHEMA != schema:
            raise TypeError(f"expected a document of schema {schema}, not {type(given).__name__}")
        return given.to_json()
    if isinstance(given, Mapping):
        return _dumped(_encoded(given if "schema" in given else {"schema": schema, **given}))
    raise TypeError(f"expected a document of schema {schema}, not {type(given).__name__}")


def _fault(code: str, message: str, help: str | None = None) -> DocumentError:
    from ._errors import DocumentError
    from ._types import Diagnostic

    found = Diagnostic(code=code, level="error", message=message, help=help)
    return DocumentError((found,), f"error[{code}]: {message}\n" + (f"help: {help}\n" if help else ""))


def _dumped(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair crosses as an escape, and the library says in which field it stands.
        return json.dumps(value)
    return text


def _encoded(value: object) -> Any:
    """A value as JSON has it; `TypeError` of what it has not."""
    match value:
        case Document():
            return value.to_dict()
        case bytes() | bytearray():
            return _encoded_bytes(bytes(value))
        case Mapping():
            return {_encoded_key(key): _encoded(item) for key, item in value.items()}
        case tuple() | list():
            return [_encoded(item) for item in value]
        case float() if not math.isfinite(value):
            raise _fault("unknown-value", f"does not know `{value}`", "write a number")
        case None | str() | int() | float():
            return value
        case _:
            raise TypeError(f"{type(value).__name__} is no value of JSON")


def _encoded_key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{type(key).__name__} is no name of a field")
    return key


def _encoded_bytes(value: bytes) -> str | dict[str, str]:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"hex": value.hex()}


_Decode = Callable[[Any], Any]


def _kept_of(value: Any, decode: _Decode) -> Any:
    """What is kept of a given value: nothing that the caller may still change."""
    match value:
        case Mapping():
            return decode(value)
        case bytearray():
            return bytes(value)
        case list() | tuple() if any(isinstance(item, (Mapping, list, tuple, bytearray)) for item in value):
            return decode(value)
        case list():
            return tuple(value)
        case _:
            return value


class _Property:
    """A field of a class, and how it stands in JSON."""

    __slots__ = ("constant", "decode", "default", "is_null", "is_required", "is_secret", "key", "name")

    def __init__(self, field: Field[Any], hint: Any) -> None:
        self.name = field.name
        #: Words that Python keeps for itself have another name there.
        self.key: str = field.metadata.get("name", field.name)
        self.is_null: bool = field.metadata.get("null", False)
        self.is_secret: bool = field.metadata.get("secret", False)
        self.default = None if field.default is MISSING else field.default
        #: What tells it apart from others: a class of a union has one value of such a field only.
        self.constant = _constant(hint)
        self.is_required = field.default is MISSING or self.constant is not None
        self.decode = _decoder(hint)


def _constant(hint: Any) -> object:
    values = typing.get_args(hint) if typing.get_origin(hint) is Literal else ()
    return values[0] if len(values) == 1 else None


#: The fields of the classes that were used, by their names in JSON.
_KNOWN: dict[type[Document], dict[str, _Property]] = {}


def _by_key(cls: type[Document]) -> dict[str, _Property]:
    known = _KNOWN.get(cls)
    if known is None:
        hints = typing.get_type_hints(cls)
        properties = (_Property(field, hints[field.name]) for field in fields(cls))  # type: ignore[arg-type]
        known = _KNOWN[cls] = {property_.key: property_ for property_ in properties}
    return known


_D = TypeVar("_D", bound=Document)


def _decoded(cls: type[_D], document: Any) -> _D:
    if isinstance(document, cls):
        return document
    if not isinstance(document, Mapping):
        raise ValueError(f"{cls.__name__}: expected an object, not {type(document).__name__}")
    by_key = _by_key(cls)
    values = {}
    for key, value in document.items():
        property_ = by_key.get(key)
        if property_ is not None:
            values[property_.name] = None if value is None else property_.decode(value)
        elif key != "schema" or cls.SCHEMA != value:
            raise ValueError(f"{cls.__name__}: there is no field {key!r}")
    made = object.__new__(cls)
    for property_ in by_key.values():
        if property_.is_required and property_.name not in values:
            raise ValueError(f"{cls.__name__}: the field {property_.key!r} is missing")
        object.__setattr__(made, property_.name, values.get(property_.name, property_.default))
    return made


def _decoder(hint: Any) -> _Decode:
    """What makes a value of a type of what `json.loads` gives."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        return _union(tuple(kind for kind in arguments if kind is not type(None)))
    if origin is Literal:
        return _one_of(arguments)
    if origin is Sequence:
        return _sequence(_decoder(arguments[0]))
    if isinstance(hint, type) and issubclass(hint, Document):
        return functools.partial(_decoded, hint)
    return _kept(hint)


def _union(kinds: tuple[Any, ...]) -> _Decode:
    if len(kinds) == 1:
        return _decoder(kinds[0])
    if bytes in kinds:
        return _text

    def decode(value: Any) -> Any:
        for cls in kinds:
            if isinstance(value, cls) or _is_of(cls, value):
                return _decoded(cls, value)
        raise ValueError(f"expected one of {', '.join(cls.__name__ for cls in kinds)}, not {type(value).__name__}")

    return decode


def _is_of(cls: type[Document], value: Any) -> bool:
    """Whether an object is of a class: it has what the class requires, its constants, and nothing unknown."""
    if not isinstance(value, Mapping):
        return False
    by_key = _by_key(cls)
    required = [property_ for property_ in by_key.values() if property_.is_required]
    return all(key in by_key or key == "schema" for key in value) and all(
        property_.key in value and property_.constant in (None, value[property_.key]) for property_ in required
    )


def _one_of(values: tuple[Any, ...]) -> _Decode:
    def decode(value: Any) -> Any:
        if value not in values:
            raise ValueError(f"expected one of {', '.join(map(repr, values))}, not {value!r}")
        return value

    return decode


def _sequence(decode_item: _Decode) -> _Decode:
    def decode(values: Any) -> Any:
        if not isinstance(values, (list, tuple)):
            raise ValueError(f"expected a list, not {type(values).__name__}")
        return tuple(map(decode_item, values))

    return decode


def _text(value: Any) -> Any:
    match value:
        case str() | bytes():
            return value
        case bytearray():
            return bytes(value)
        case {"hex": str(digits)} if len(value) == 1:
            return bytes.fromhex(digits)
        case _:
            raise ValueError(f"expected a text, not {type(value).__name__}")


def _kept(kind: Any) -> _Decode:
    kinds = (int, float) if kind is float else kind

    def decode(value: Any) -> Any:
        if not isinstance(value, kinds):
            raise ValueError(f"expected {kind.__name__}, not {type(value).__name__}")
        return value

    return decode
