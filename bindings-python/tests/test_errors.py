"""What goes wrong is told with a code, help and a place, by an exception that a person would catch."""

from __future__ import annotations

import dataclasses
import json
import pickle

import pytest

from multi_isp import (
    DocumentError,
    Line,
    MultiIspError,
    Plan,
    PlanError,
    ReadError,
    RefusedError,
    Router,
    ScriptError,
    Site,
    TransportError,
    plan_apply,
    plan_disable,
    status_reads,
)

NO_LAN = "# by RouterOS 7.22.3\n/ip route\nadd gateway=192.0.2.1\n"
MISSPELT = '{"schema": "multi-isp/site/1", "mode": "fail", "lines": []}'


def test_a_document_says_all_that_is_wrong_with_it() -> None:
    with pytest.raises(DocumentError) as caught:
        Site.from_json(MISSPELT)
    error = caught.value
    assert isinstance(error, ValueError) and isinstance(error, MultiIspError)
    assert error.code == error.diagnostics[0].code == "unknown-value"
    assert str(error) == error.diagnostics[0].message
    assert error.help == error.diagnostics[0].help
    assert '"mode": "fail"' in error.text


def test_places_are_characters_of_str_and_bytes_of_bytes() -> None:
    text = '{"schema": "multi-isp/site/1", "mode": "failover", "é": 1, "ö": 2, "lines": []}'
    for given, size in ((text, len), (text.encode(), len)):
        with pytest.raises(DocumentError) as caught:
            Site.from_json(given)
        place = caught.value.diagnostics[1].place
        assert place is not None
        shown = given[place.offset : place.offset + place.length]
        assert (shown if isinstance(shown, str) else shown.decode()).strip('":') in ("ö", "2")
        assert place.column == place.offset + 1 and size(given) > place.offset


def test_what_is_no_text_has_no_places() -> None:
    with pytest.raises(DocumentError) as caught:
        Site.from_dict({"mode": "fail", "lines": []})
    assert all(found.place is None for found in caught.value.diagnostics)


def test_secrets_of_a_document_are_not_told() -> None:
    with pytest.raises(DocumentError) as caught:
        Site.from_json('{"schema": "multi-isp/site/1", "mode": "fail", "password": "hunter2", "lines": []}')
    assert "hunter2" not in caught.value.text + repr(caught.value) + str(caught.value)


def test_toml_is_told_by_its_own_reader() -> None:
    with pytest.raises(DocumentError, match="line 1") as caught:
        Site.from_toml("mode = = 1")
    assert caught.value.code == "not-toml"


def test_toml_that_json_has_not() -> None:
    date, number, binary = "mode = 2026-01-01", "mode = nan", b"mode = \xff"
    for text, code in ((date, "wrong-type"), (number, "unknown-value"), (binary, "not-utf8")):
        with pytest.raises(DocumentError) as caught:
            Site.from_toml(text)
        assert caught.value.code == code and caught.value.__context__ is None


def test_half_of_a_surrogate_pair_is_no_text(router: Router, site: Site) -> None:
    half = "hunter2 \ud800"
    access = {"type": "pppoe", "port": "ether2", "user": "jo", "password": half}
    line = {"id": "fiber", "interface": "ether1", "access": access, "mbps": 1}
    document: dict[str, object] = {"schema": Site.SCHEMA, "mode": "failover", "lines": [line]}
    text = json.dumps(document, ensure_ascii=False)
    escaped = json.dumps(document)
    for call in (
        lambda: Site.from_json(text),
        lambda: Site.from_json(escaped),
        lambda: Site.from_json(escaped.encode()),
        lambda: Site.from_dict(document),
        lambda: Site.from_toml(f"dns = ['{half}']"),
        lambda: dataclasses.replace(site, lines=[Line.from_dict(line), *site.lines]),
        lambda: plan_apply(text, router),
        lambda: plan_apply(document, router),
        lambda: Router.from_rest(text),
        lambda: Router.from_export(half),
    ):
        with pytest.raises(DocumentError) as caught:
            call()
        error = caught.value
        told = {found.help: found.message for found in error.diagnostics}
        assert "half a surrogate pair" in told["write each sign whole"]
        assert error.__cause__ is None and error.__context__ is None
        assert "hunter2" not in error.text + repr(error)
    with pytest.raises(DocumentError) as caught:
        Site.from_dict({**site.to_dict(), half: 1})
    assert caught.value.code == "unknown-field"


def test_the_error_of_a_part_does_not_hold_it() -> None:
    with pytest.raises(DocumentError) as caught:
        Line.from_json('{"hunter2": ')
    assert caught.value.code == "invalid-json" and caught.value.__context__ is None


def test_a_router_that_cannot_be_read_says_where() -> None:
    for export in ("/ip route\nadd comment=é gateway=\"\n", "/ip route\nadd comment=é gateway=\"\n".encode()):
        with pytest.raises(ReadError) as caught:
            Router.from_export(export)
        place = caught.value.diagnostics[0].place
        assert place is not None and place.line == 2
        assert export[place.offset - place.column + 1 :][:3] in ("add", b"add")


def test_a_script_that_is_none(router: Router) -> None:
    with pytest.raises(ScriptError) as caught:
        router.run("/ip route add comment=\"")
    assert caught.value.diagnostics[0].place is not None


def test_a_refused_plan_has_its_report(site: Site) -> None:
    with pytest.raises(RefusedError) as caught:
        plan_apply(site, Router.from_export(NO_LAN))
    error = caught.value
    assert isinstance(error, PlanError) and error.report.blocks
    assert error.report.findings == error.diagnostics
    assert error.text == error.report.text()


def test_a_plan_without_a_version() -> None:
    with pytest.raises(PlanError) as caught:
        plan_disable(Router.from_export("/ip route\nadd gateway=192.0.2.1\n"))
    assert caught.value.code == "version-unknown" and not isinstance(caught.value, RefusedError)


def test_a_plan_that_cannot_be_sent_by_ids(plan: Plan, router: Router) -> None:
    with pytest.raises(TransportError) as caught:
        plan.api(router)
    assert caught.value.code == "ids-unknown"


def test_arguments_that_mean_nothing(plan: Plan, router: Router, site: Site) -> None:
    for call in (
        lambda: Router.from_export("", "seven"),
        lambda: status_reads(site, "seven"),
        lambda: plan.api(router, "most"),
        lambda: plan.rest(router, "guarded"),
    ):
        with pytest.raises(DocumentError):
            call()


@pytest.mark.parametrize("minutes", [0, -1, 256, 2**80, -(2**80)])
def test_minutes_that_no_guard_has(plan: Plan, router: Router, minutes: int) -> None:
    for call in (
        lambda: plan.guarded_script(minutes),
        lambda: plan.api(router, "guarded", minutes),
        lambda: plan.rest(router, "guarded", minutes),
    ):
        with pytest.raises(DocumentError) as caught:
            call()
        assert caught.value.code == "unknown-value" and "1 to 255" in str(caught.value.help)


@pytest.mark.parametrize("minutes", [True, False])
def test_a_truth_is_no_number_of_minutes(plan: Plan, router: Router, minutes: bool) -> None:
    for call in (
        lambda: plan.guarded_script(minutes),
        lambda: plan.api(router, "guarded", minutes),
        lambda: plan.rest(router, "guarded", minutes),
    ):
        with pytest.raises(TypeError, match="expected int, not bool"):
            call()


def test_arguments_of_other_types(router: Router) -> None:
    with pytest.raises(TypeError, match="expected str or bytes, not int"):
        router.run(7)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected int"):
        plan_disable(router).guarded_script("10")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="multi-isp/site/1"):
        plan_apply(7, router)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="multi-isp/site/1"):
        plan_apply(plan_disable(router), router)  # type: ignore[arg-type]


def test_errors_cross_processes(site: Site) -> None:
    with pytest.raises(DocumentError) as document:
        Site.from_json(MISSPELT)
    with pytest.raises(RefusedError) as refused:
        plan_apply(site, Router.from_export(NO_LAN))
    for error in (document.value, refused.value):
        copy = pickle.loads(pickle.dumps(error))
        assert type(copy) is type(error)
        assert (copy.diagnostics, copy.text, str(copy)) == (error.diagnostics, error.text, str(error))
    with pytest.raises(AttributeError, match="another process"):
        _ = copy.report
