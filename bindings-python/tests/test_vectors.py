"""The cases that every language runs, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import multi_isp
from multi_isp import Plan, PlanError, Router, Site
from multi_isp._document import Document
from tests.conftest import ROOT, read

FOLDER = ROOT / "core/tests/vectors"
CASES = sorted(file for file in FOLDER.glob("*.json") if file.name != "surface.json")


def test_there_are_cases() -> None:
    assert CASES, f"{FOLDER} has no cases"


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_case_comes_out_byte_for_byte(file: Path) -> None:
    expected = lines(file.read_text())
    found = outputs(json.loads(file.read_text()))
    assert found.keys() == expected.keys()
    for name, text in found.items():
        assert text == expected[name], name


def lines(text: str) -> dict[str, str]:
    """The documents below `expected`, which have a text line each, as they are written there."""
    _, _, below = text.partition('  "expected": {\n')
    pairs = (line.strip().partition(": ") for line in below.splitlines() if line.startswith("    "))
    return {json.loads(name): document.removesuffix(",") for name, _, document in pairs}


def outputs(case: dict[str, Any]) -> dict[str, str]:
    """What every verb gives, by the names of the vectors."""
    router = read(ROOT / case["router"]["file"], case["router"]["version"])
    site, options, scenario = Site.from_dict(case["site"]), case["options"], case["scenario"]
    plan = multi_isp.plan_apply(site, router, options)
    outcome = router.run(plan.script())
    applied = outcome.router
    disable = multi_isp.plan_disable(applied, options)
    trace = multi_isp.simulate(applied, scenario)
    matrix = multi_isp.what_if(applied, case["what_if_options"])
    return {
        "ports": document(multi_isp.ports(router)),
        "detected_line": document(multi_isp.detect_line(router)),
        "existing_setup": document(multi_isp.existing_setup(site, router)),
        "split": document(multi_isp.split([line.mbps for line in site.lines], case["split_options"])),
        "preflight": multi_isp.preflight(site, router, options).to_json(),
        "audit": multi_isp.audit(router).to_json(),
        "plan": plan.to_json(),
        "summary": text(plan.summary()),
        "script": text(plan.script()),
        "guarded_script": guarded(plan, case["guard_minutes"]),
        "confirm_script": text(plan.confirm_script()),
        "undo_script": text(plan.undo_script()),
        "phase_scripts": document(plan.phase_scripts()),
        "import_commands": document(plan.import_commands(case["file"])),
        "rest": requests(plan, router),
        "outcome": dumped(
            {
                "schema": "multi-isp/outcome/1",
                "error": outcome.error and outcome.error.to_dict(),
                "log": [entry.to_dict() for entry in outcome.log],
                "output": [json.loads(text(words)) for words in outcome.output],
                "requests": [request.to_dict() for request in outcome.requests],
            }
        ),
        "differences": document(router.diff(applied)),
        "fingerprint": dumped(applied.fingerprint()),
        "drift": multi_isp.verify(site, applied, options).to_json(),
        "site_of": document(multi_isp.site_of(applied)),
        "trace": trace.to_json(),
        "trace_text": text(trace.text()),
        "mermaid": text(trace.to_mermaid()),
        "what_if_text": text(matrix.text()),
        "svg": text(matrix.to_svg()),
        "status_reads": document(multi_isp.status_reads(site, plan.version)),
        **told(case, site, applied),
        "disable_summary": text(disable.summary()),
        "disable_script": text(disable.script()),
    }


def told(case: dict[str, Any], site: Site, router: Router) -> dict[str, str]:
    """The status with all lines up, then as the scenario has it; and what of that is told."""
    (at, then_at), options = case["times"], case["alert_options"]
    first = multi_isp.status(site, multi_isp.observe(router))
    then = multi_isp.status(site, multi_isp.observe(router, case["scenario"]))
    known, _ = multi_isp.alerts(None, first, at, options)
    state, alerts = multi_isp.alerts(known, then, then_at, options)
    messages = [multi_isp.message(alert, case["router_name"], case["messages"]) for alert in alerts]
    log = {"readings": [{"at": at, "status": first}, {"at": then_at, "status": then}]}
    return {
        "status": document(first),
        "status_then": document(then),
        "unreachable": document(multi_isp.unreachable(site)),
        "alert_state": document(state),
        "alerts": listed(alerts),
        "messages": listed(messages),
        "replay": document(multi_isp.replay(log, options)),
    }


def requests(plan: Plan, router: Router) -> str:
    """The requests of REST, each with what a router answered to those before it; none before RouterOS 7.1."""
    # A row of an export has no id before the router is asked.
    router, _, _ = router.answer_request("GET", "/rest/system/resource")
    sent: list[list[str | None]] = []
    try:
        calls = plan.rest(router)
    except multi_isp.TransportError:
        return dumped(sent)
    for request in calls:
        sent.append([request.method, request.path, request.body])
        router, status, body = router.answer_request(request.method, request.path, request.body)
        calls.answer(status, body)
    return dumped(sent)


def guarded(plan: Plan, minutes: int) -> str:
    try:
        return text(plan.guarded_script(minutes))
    except PlanError:
        return "null"


def document(value: Document | None) -> str:
    """A value as the library wrote it; Python writes the same, in the same order."""
    if value is None:
        return "null"
    assert dumped(said(value.to_dict())) == dumped(said(json.loads(value.to_json())))
    return value.to_json()


def said(value: Any) -> Any:
    """A document without nulls: what a document that is read back does not say may be null or left out."""
    match value:
        case dict():
            return {key: said(item) for key, item in value.items() if item is not None}
        case list():
            return [said(item) for item in value]
        case _:
            return value


def listed(values: Iterable[Document]) -> str:
    return f"[{','.join(map(document, values))}]"


def text(value: str | bytes) -> str:
    """A text as a document has it: bytes that are no UTF-8 in hexadecimal."""
    if isinstance(value, str):
        return dumped(value)
    try:
        return dumped(value.decode())
    except UnicodeDecodeError:
        return dumped({"hex": value.hex()})


def dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
