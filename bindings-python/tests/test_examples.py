"""The examples, run as programs against a stand-in for a router on loopback."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from multi_isp import Router
from tests.conftest import EXAMPLES, ROOT, clean_environment
from tests.routeros import PASSWORD, USER, Authority, RouterOS, serve_api, serve_rest
from tests.test_transport import with_ids

PROGRAMS = ROOT / "bindings-python/examples"
SITE = EXAMPLES / "sites" / "fiber-wireless.json"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def machine(router: Router) -> RouterOS:
    return RouterOS(with_ids(router))


@pytest.fixture(params=["api", "rest"])
def run(request: pytest.FixtureRequest, machine: RouterOS, authority: Authority) -> Iterator[Run]:
    """Runs the example of one transport with arguments, and an environment that may be another."""
    with contextlib.ExitStack() as stack:
        if request.param == "api":
            port = stack.enter_context(serve_api(machine, authority.context()))
            where = {"ROUTER_HOST": "localhost", "ROUTER_PORT": str(port)}
        else:
            port = stack.enter_context(serve_rest(machine, authority.context()))
            where = {"ROUTER_URL": f"https://localhost:{port}"}
        usual = where | {"ROUTER_USER": USER, "ROUTER_PASSWORD": PASSWORD, "ROUTER_CA": str(authority.file)}

        def program(*arguments: str | Path, **other: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, PROGRAMS / f"apply_over_{request.param}.py", SITE, *arguments]
            environment = clean_environment(**(usual | other))
            return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)

        yield program


def test_a_site_is_applied_confirmed_and_disabled(run: Run, machine: RouterOS) -> None:
    start = machine.router
    done = run()
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("Load balance active")
    applied = machine.router
    assert applied.diff(start).differences
    assert applied.advance(3600).router.diff(applied).differences == (), "it was confirmed"
    again = run()
    assert again.returncode == 0, again.stderr
    assert machine.router.diff(applied).differences == ()
    gone = run("--disable")
    assert gone.returncode == 0, gone.stderr
    assert machine.router.diff(start).differences == ()


@pytest.mark.parametrize("at", [0, 6, 7, 8, 25])
def test_what_is_refused_in_the_middle_is_taken_back(run: Run, machine: RouterOS, at: int) -> None:
    start, machine.refuse_at = machine.router, at
    done = run()
    assert done.returncode == 1 and "refused by the test" in done.stderr
    assert machine.changes > at
    assert machine.router.diff(start).differences == ()


def test_a_cable_that_is_pulled_in_the_middle_is_taken_back(run: Run, machine: RouterOS) -> None:
    start, machine.vanish_at = machine.router, 12
    done = run()
    assert done.returncode == 1 and machine.changes > 13
    assert machine.router.diff(start).differences == ()


def test_a_wrong_password_changes_nothing(run: Run, machine: RouterOS) -> None:
    done = run(ROUTER_PASSWORD="guessed")
    assert done.returncode == 1 and ("invalid user name or password" in done.stderr or "401" in done.stderr)
    assert machine.changes == 0


def test_a_certificate_of_somebody_else_is_not_trusted(run: Run, machine: RouterOS, tmp_path: Path) -> None:
    done = run(ROUTER_CA=str(Authority(tmp_path).file))
    assert done.returncode == 1 and "CERTIFICATE_VERIFY_FAILED" in done.stderr
    assert machine.changes == 0


def test_programs_hold_no_credentials() -> None:
    for program in PROGRAMS.glob("*.py"):
        text = program.read_text()
        assert 'os.environ["ROUTER_PASSWORD"]' in text
        assert "verify=False" not in text and "CERT_NONE" not in text
        assert len(text.splitlines()) < 120
