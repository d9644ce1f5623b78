"""Values: how they are made, compared, kept and given back."""

from __future__ import annotations

import ast
import copy
import dataclasses
import datetime
import json
import math
import pickle
from decimal import Decimal
from pathlib import Path

import pytest

import multi_isp
from multi_isp import (
    AlertOptions,
    Dhcp,
    DocumentError,
    Line,
    Options,
    Pppoe,
    Router,
    Scenario,
    Site,
    SplitOptions,
    _types,
    plan_apply,
    split,
)
from multi_isp._document import Document
from tests.conftest import EXAMPLES


def made() -> Site:
    return Site(
        mode="failover",
        lines=[
            Line(id="fiber", interface="ether1", access=Dhcp(), mbps=100),
            Line(id="dsl", interface=b"b\xfcro", access=Pppoe(port="ether2", user="jo", password="hunter2"), mbps=20),
        ],
    )


def test_a_site_is_made_with_keywords_alone() -> None:
    with pytest.raises(TypeError):
        Site("failover", [])  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Site(mode="failover")  # type: ignore[call-arg]


def test_a_site_that_is_made_is_checked() -> None:
    site = made()
    with pytest.raises(DocumentError):
        Site(mode="failover", lines=[Line(id="fiber", interface="ether1", access=Dhcp(), mbps=0)])
    with pytest.raises(DocumentError):
        dataclasses.replace(site, mode="fail")  # type: ignore[arg-type]


def test_a_site_never_changes() -> None:
    site = made()
    with pytest.raises(dataclasses.FrozenInstanceError):
        site.mode = "load_balance"  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        site.colour = "green"  # type: ignore[attr-defined]
    assert isinstance(site.lines, tuple)


def test_equal_sites_are_equal() -> None:
    site = made()
    assert site == made() and hash(site) == hash(made())
    assert site != dataclasses.replace(site, mode="load_balance")
    assert copy.deepcopy(site) == site == pickle.loads(pickle.dumps(site))


def test_every_form_gives_the_site_back() -> None:
    site = made()
    assert Site.from_json(site.to_json()) == site
    assert Site.from_json(site.to_json().encode()) == site
    assert Site.from_dict(site.to_dict()) == site
    assert json.loads(site.to_json()) == site.to_dict()
    assert site.to_dict()["lines"][1]["interface"] == {"hex": "62fc726f"}


def test_the_name_of_the_schema_may_be_left_out_of_a_dict_and_of_toml() -> None:
    document = made().to_dict()
    assert document.pop("schema") == Site.SCHEMA
    assert Site.from_dict(document) == made()
    text = """
        mode = "failover"
        [[lines]]
        id = "fiber"
        interface = "ether1"
        access.type = "dhcp"
        mbps = 100
        [[lines]]
        id = "lte"
        interface = "lte1"
        access.type = "lte"
        mbps = 20.5
    """
    assert Site.from_toml(text) == Site.from_toml(text.encode())
    assert Site.from_toml(text).lines[1].mbps == 20.5


def test_a_dict_may_hold_values() -> None:
    site = made()
    assert Site.from_dict({"mode": "failover", "lines": list(site.lines)}) == site


def test_dicts_within_a_value_become_values() -> None:
    access: dict[str, object] = {"type": "dhcp"}
    given: dict[str, object] = {"id": "fiber", "interface": "ether1", "access": access, "mbps": 100}
    second = Line(id="lte", interface={"hex": "fc"}, access={"type": "dhcp"}, mbps=20)  # type: ignore[arg-type]
    site = Site(mode="failover", lines=[given, second], webhook=None)  # type: ignore[list-item]
    first = Line(id="fiber", interface="ether1", access=Dhcp(), mbps=100)
    same = Site(mode="failover", lines=[first, Line(id="lte", interface=b"\xfc", access=Dhcp(), mbps=20)])
    assert site == same and hash(site) == hash(same) and site.to_json() == same.to_json()
    given["mbps"], access["type"] = 1, "lte"
    assert site == same and site.lines[0].mbps == 100
    with pytest.raises(DocumentError, match="mpbs"):
        Site(mode="failover", lines=[{**given, "mpbs": 2}, second])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="not dict") as caught:
        Line(id="a", interface="b", access={"type": "pppoe", "passphrase": "hunter2"}, mbps=1)  # type: ignore[arg-type]
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("value", [Decimal(1), Path("a"), {1}, object(), datetime.date(2026, 1, 1)])
def test_what_json_has_not_is_refused(value: object, router: Router) -> None:
    name = type(value).__name__
    with pytest.raises(TypeError, match=f"{name} is no value of JSON"):
        Site.from_dict({**made().to_dict(), "mode": value})
    with pytest.raises(TypeError, match=f"{name} is no value of JSON"):
        plan_apply({**made().to_dict(), "mode": value}, router)
    with pytest.raises(TypeError, match=f"{name} is no value of JSON"):
        dataclasses.replace(made(), mode=value)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="int is no name"):
        Site.from_dict({1: value})  # type: ignore[dict-item]


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(DocumentError, match=f"does not know `{value}`"):
        Site(mode="failover", lines=[Line(id="fiber", interface="ether1", access=Dhcp(), mbps=value)])
    with pytest.raises(DocumentError):
        Site.from_json(made().to_json().replace("100", "NaN"))


def test_a_mark_before_a_document_means_nothing() -> None:
    text = "\ufeff" + made().to_json()
    assert Site.from_json(text) == Site.from_json(text.encode()) == made()


def test_handles_are_not_pickled(router: Router) -> None:
    with pytest.raises(TypeError, match="cannot pickle"):
        pickle.dumps(router)


def test_unknown_fields_are_refused_everywhere() -> None:
    with pytest.raises(DocumentError):
        Site.from_dict({**made().to_dict(), "colour": "green"})
    with pytest.raises(ValueError, match="mpbs"):
        Line.from_dict({"id": "a", "interface": "b", "access": {"type": "dhcp"}, "mbps": 1, "mpbs": 2})
    with pytest.raises(ValueError, match="is missing"):
        Line.from_dict({"id": "a"})
    with pytest.raises(ValueError, match="expected one of"):
        Line.from_dict({"id": "a", "interface": "b", "access": {"type": "carrier pigeon"}, "mbps": 1})


def test_values_show_what_was_given_and_no_secrets() -> None:
    line = "Line(id='dsl', interface=b'b\\xfcro', access=Pppoe(port='ether2', user='jo', password=...), mbps=20)"
    assert line in repr(made()) and repr(Options()) == "Options()"


def test_every_secret_is_known() -> None:
    """What a schema calls a secret, or says to hold passwords, is not shown."""
    secrets, name = set(), ""
    tree = ast.parse(Path(_types.__file__).read_text())
    for cls in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        for node in cls.body:
            if isinstance(node, ast.AnnAssign):
                name = ast.unparse(node.target)
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                about = str(node.value.value)
                if "a secret" in about or "passwords and PINs included" in " ".join(about.split()):
                    secrets.add(f"{cls.name}.{name}")
    classes = [cls for cls in vars(_types).values() if isinstance(cls, type) and dataclasses.is_dataclass(cls)]
    marked = {
        f"{cls.__name__}.{field.name}" for cls in classes for field in dataclasses.fields(cls) if field.metadata.get("secret")
    }
    assert secrets and secrets <= marked


@pytest.mark.parametrize("file", sorted((EXAMPLES / "sites").iterdir()), ids=lambda file: file.stem)
def test_the_documented_sites_come_back(file: Path) -> None:
    site = Site.from_json(file.read_bytes())
    given = json.loads(file.read_text())
    assert Site.from_dict(given) == Site.from_json(site.to_json()) == site
    assert {key: value for key, value in site.to_dict().items() if key in given}.keys() == given.keys()


def test_a_site_may_be_given_in_every_form(site: Site, router: Router) -> None:
    plans = [
        plan_apply(form, router)
        for form in (site, site.to_dict(), site.to_json(), site.to_json().encode())
    ]
    assert all(plan == plans[0] for plan in plans)


def test_defaults_are_those_of_the_library(site: Site, router: Router) -> None:
    assert plan_apply(site, router, Options()) == plan_apply(site, router) == plan_apply(site, router, {})
    assert split([100, 50], SplitOptions()) == split([100, 50]) == split((100, 50), {})
    assert multi_isp.simulate(router, Scenario()) == multi_isp.simulate(router)
    assert AlertOptions.from_dict({}) == AlertOptions()


def test_a_document_of_another_kind_is_refused(router: Router, site: Site) -> None:
    with pytest.raises(TypeError, match="multi-isp/options/1"):
        plan_apply(site, router, Scenario())  # type: ignore[arg-type]


def test_every_class_is_frozen_slotted_and_described() -> None:
    classes = [kind for name in _types.__all__ if isinstance(kind := getattr(_types, name), type)]
    assert len(classes) > 50
    for cls in classes:
        assert issubclass(cls, Document) and cls.__doc__
        assert cls.__dataclass_params__.frozen and "__slots__" in vars(cls)  # type: ignore[attr-defined]
        assert all(field.kw_only for field in dataclasses.fields(cls))  # type: ignore[arg-type]


def test_what_the_library_wrote_is_kept_as_it_was_written(site: Site, router: Router) -> None:
    found = multi_isp.status(site, router)
    assert multi_isp.SiteStatus.from_json(found.to_json()) == found
    assert found.to_json() == multi_isp.status(site, router).to_json()
    assert json.loads(found.to_json()) == found.to_dict()
