"""The package has exactly what every language has."""

from __future__ import annotations

import inspect
import json

import multi_isp
from multi_isp import _native, _types
from tests.conftest import ROOT

SURFACE = json.loads((ROOT / "core/tests/vectors/surface.json").read_text())
#: What the protocols of Python call it.
SPECIAL = {"next": "__next__"}


def test_the_functions_are_those_of_every_language() -> None:
    functions = {name for name in multi_isp.__all__ if inspect.isbuiltin(getattr(multi_isp, name))}
    assert functions == set(SURFACE["functions"])


def test_the_handles_and_what_they_have_are_those_of_every_language() -> None:
    handles = {
        name: {member for member in vars(handle) if not member.startswith("_") or member == "__next__"}
        for name in multi_isp.__all__
        if isinstance(handle := getattr(multi_isp, name), type) and handle is getattr(_native, name, None)
    }
    expected = {
        name: {SPECIAL.get(member, member) for member in members} for name, members in SURFACE["handles"].items()
    }
    assert handles == expected


def test_every_type_is_exported_but_the_documents_behind_handles() -> None:
    behind = {"DriftDocument", "MatrixDocument", "OutcomeDocument", "PlanDocument", "ReportDocument", "TraceDocument"}
    assert set(_types.__all__) - set(multi_isp.__all__) == behind


def test_everything_tells_what_it_is() -> None:
    public = [getattr(multi_isp, name) for name in multi_isp.__all__]
    handles = [thing for thing in public if isinstance(thing, type) and thing.__module__ == "multi_isp"]
    members = [member for handle in handles for name, member in vars(handle).items() if not name.startswith("_")]
    told = [thing for thing in public if isinstance(thing, type) or inspect.isbuiltin(thing)]
    silent = [thing for thing in told if not (inspect.getdoc(thing) or "").strip()]
    assert handles and not silent
    assert [member for member in members if not inspect.getdoc(member)] == []


def test_classes_say_where_people_find_them() -> None:
    assert {multi_isp.Router.__module__, multi_isp.Plan.__module__} == {"multi_isp"}
    assert {multi_isp.MultiIspError.__module__, multi_isp.RefusedError.__module__} == {"multi_isp"}
