"""The examples, run as programs against a stand-in for a router on loopback."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from multi_isp import Router, plan_reads, verify
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

        def program(
            *arguments: str | Path, started: Callable[[int], None] = lambda _: None, **other: str
        ) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, PROGRAMS / f"apply_over_{request.param}.py", SITE, *arguments]
            environment = clean_environment(**(usual | other))
            pipe = subprocess.PIPE
            with subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True) as process:
                started(process.pid)
                try:
                    told = process.communicate(timeout=120)
                finally:
                    process.kill()
            return subprocess.CompletedProcess(command, process.returncode, *told)

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


@pytest.mark.parametrize("at", [0, 1, 30])
def test_a_session_that_is_closed_while_planning_changes_nothing(run: Run, machine: RouterOS, at: int) -> None:
    machine.closes = lambda machine: machine.reads == at
    done = run()
    assert done.returncode == 1 and "Session closed" in done.stderr
    assert machine.changes == 0


def test_a_session_that_is_closed_while_verifying_is_taken_back(run: Run, machine: RouterOS) -> None:
    start, after = machine.router, list[int]()

    def close(machine: RouterOS) -> bool:
        after.extend([machine.reads] if machine.changes else [])
        return len(after) == 5

    machine.closes = close
    done = run()
    assert done.returncode == 1 and "Session closed" in done.stderr
    assert machine.router.diff(start).differences == ()


def test_a_session_that_is_closed_before_the_undo_leaves_that_to_the_router(run: Run, machine: RouterOS) -> None:
    start, machine.refuse_at = machine.router, 25
    machine.closes = lambda machine: machine.changes > 25
    done = run()
    assert done.returncode == 1 and "Session closed" in done.stderr
    assert machine.changes == 26, "nothing was confirmed"
    assert machine.router.diff(start).differences
    assert machine.router.advance(3600).router.diff(start).differences == ()


@pytest.mark.parametrize("at", [17, 26])
def test_what_the_router_silently_ignores_is_found_and_taken_back(run: Run, machine: RouterOS, at: int) -> None:
    start, machine.ignore_at = machine.router, at
    done = run()
    assert done.returncode == 1 and "RuntimeError: " in done.stderr, "the verification found it"
    assert machine.router.diff(start).differences == ()


def test_what_is_ignored_of_a_disable_is_found_and_taken_back(run: Run, machine: RouterOS) -> None:
    assert run().returncode == 0
    machine.ignore_at = machine.changes + 39
    done = run("--disable")
    assert done.returncode == 1 and "1 steps take multi-isp off" in done.stderr
    assert verify(SITE.read_bytes(), machine.seen).is_empty, "the site is there again"
    assert machine.router.advance(3600).router.diff(machine.router).differences == (), "no guard waits"


def test_nothing_is_sent_where_nothing_is_to_do(run: Run, machine: RouterOS) -> None:
    assert run("--disable").returncode == 0
    assert machine.changes == 0


def test_a_router_that_changed_since_it_was_planned_is_left_alone(run: Run, machine: RouterOS) -> None:
    def change(machine: RouterOS) -> bool:
        if machine.reads == read_once:
            machine.router = machine.router.run("/ip route add dst-address=198.51.100.0/24 blackhole").router
        return False

    read_once = 1 + len(plan_reads("7.22.3"))
    machine.closes = change
    done = run()
    assert done.returncode == 1 and "not as it was" in done.stderr
    assert machine.changes == 0


def test_a_program_that_is_told_to_end_takes_all_back(run: Run, machine: RouterOS) -> None:
    start, processes = machine.router, list[int]()

    def end(machine: RouterOS) -> None:
        if machine.changes == 12:
            os.kill(processes[0], signal.SIGTERM)
            time.sleep(0.5)

    machine.meanwhile = end
    done = run(started=processes.append)
    assert done.returncode == 143, done.stderr
    assert machine.changes > 13 and machine.router.diff(start).differences == ()


def test_passwords_are_sent_over_tls_alone() -> None:
    program = [sys.executable, str(PROGRAMS / "apply_over_rest.py"), str(SITE)]
    where = {"ROUTER_URL": "http://192.0.2.1", "ROUTER_USER": USER, "ROUTER_PASSWORD": PASSWORD}
    environment = clean_environment(**where)
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr == "ROUTER_URL has to begin with https://, since passwords are sent there\n"


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
        assert len(text.splitlines()) < 140
