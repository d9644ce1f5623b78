"""`python -m multi_isp`, run as a program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from multi_isp import Plan, Router
from tests.conftest import EXAMPLES

ROUTER = EXAMPLES / "routers" / "rb4011-vlans-wireguard-7.22.rsc"
BY_HAND = EXAMPLES / "routers" / "two-isps-by-hand-7.16.rsc"
SITE = EXAMPLES / "sites" / "fiber-wireless.json"


def run(*arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "multi_isp", *map(str, arguments)], capture_output=True, check=False
    )
    assert done.returncode == code, done.stderr.decode()
    return done


def test_a_plan_in_every_format(plan: Plan) -> None:
    case = ("plan", "--router", ROUTER, "--site", SITE)
    assert run(*case, "--format", "script").stdout == plan.script()
    assert run(*case, "--format", "undo").stdout == plan.undo_script()
    assert run(*case, "--format", "confirm").stdout == plan.confirm_script()
    assert run(*case, "--format", "script", "--guard", "10").stdout == plan.guarded_script(10)
    assert run(*case, "--format", "json").stdout.decode() == plan.to_json()
    assert run(*case).stdout.decode() == f"{plan.report.text()}\n{plan.summary()}\n{plan.script().decode()}"


def test_a_plan_to_disable(plan: Plan, router: Router, tmp_path: Path) -> None:
    applied = tmp_path / "applied.rsc"
    applied.write_bytes(router.run(plan.script()).router.to_export())
    script = run("plan", "--router", applied, "--disable", "--format", "script").stdout
    after = Router.from_export(applied.read_bytes()).run(script)
    assert after.error is None and b"multi-isp:" not in after.router.to_export()


def test_a_site_in_toml(tmp_path: Path, plan: Plan) -> None:
    def toml(value: object) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(toml, value)) + "]"
        return json.dumps(value, ensure_ascii=False)

    file = tmp_path / "site.toml"
    document = json.loads(SITE.read_text())
    file.write_text("".join(f"{key} = {toml(value)}\n" for key, value in document.items()))
    assert run("plan", "--router", ROUTER, "--site", file, "--format", "script").stdout == plan.script()


def test_what_is_refused_is_told_and_is_1(tmp_path: Path) -> None:
    faulty = tmp_path / "site.json"
    faulty.write_text(SITE.read_text().replace('"mode"', '"moed"'))
    done = run("plan", "--router", ROUTER, "--site", faulty, code=1)
    assert b"error[unknown-field]" in done.stderr and not done.stdout
    assert b"No such file" in run("plan", "--router", "nowhere.rsc", "--disable", code=1).stderr


def test_misuse_is_2() -> None:
    assert b"usage:" in run("plan", code=2).stderr
    assert b"usage:" in run(code=2).stderr
    run("audit", code=2)
    run("simulate", ROUTER, "--format", "svg", code=2)
    run("audit", "--explain", "no-such-rule", code=2)
    run("audit", "--level", "no-firewall", ROUTER, code=2)
    for minutes in ("0", "300"):
        done = run("plan", "--router", ROUTER, "--site", SITE, "--guard", minutes, code=2)
        assert done.stderr.decode() == f"a guard takes minutes from 1 to 255, not {minutes}\n" and not done.stdout


def test_an_audit_in_every_format() -> None:
    texts = run("audit", BY_HAND, ROUTER, code=1).stdout.decode()
    assert "error[" in texts and f"--> {BY_HAND}:" in texts
    lines = run("audit", BY_HAND, "--format", "json", code=1).stdout.splitlines()
    assert json.loads(lines[0])["report"]["schema"] == "multi-isp/report/1"
    sarif = json.loads(run("audit", BY_HAND, "--format", "sarif", code=1).stdout)
    assert sarif["version"] == "2.1.0" and sarif["runs"][0]["results"]


def test_an_audit_at_other_levels() -> None:
    found = json.loads(run("audit", BY_HAND, "--format", "json", code=1).stdout)["report"]["findings"]
    errors = [f"{one['code']}=off" for one in found if one["level"] == "error"]
    levels = [word for level in errors for word in ("--level", level)]
    assert b"error[" not in run("audit", *levels, BY_HAND).stdout
    assert run("audit", "--explain", errors[0].partition("=")[0]).stdout.startswith(b"#")


def test_a_connection_is_followed() -> None:
    up = run("simulate", BY_HAND).stdout
    down = run("simulate", BY_HAND, "--down", "ether1", "--down", "ether2=gateway_dead").stdout
    assert up and down and up != down
    assert b"flowchart" in run("simulate", BY_HAND, "--format", "mermaid").stdout
    assert run("simulate", BY_HAND, "--what-if", "--format", "svg").stdout.startswith(b"<svg")
    matrix = json.loads(run("simulate", BY_HAND, "--what-if", "--format", "json").stdout)
    assert matrix["schema"] == "multi-isp/what-if/1"


def test_a_status_on_a_twin() -> None:
    case = ("status", "--site", SITE, "--router", ROUTER)
    assert "active" in run(*case).stdout.decode().lower()
    status = json.loads(run(*case, "--down", "ether1", "--format", "json").stdout)
    assert [line["state"] for line in status["lines"]] == ["offline", "active"]
