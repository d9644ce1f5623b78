"""Routers and sites that the tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from multi_isp import Plan, Router, Site, plan_apply

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="session")
def export() -> str:
    """A router of the documented cases."""
    return (EXAMPLES / "routers" / "rb4011-vlans-wireguard-7.22.rsc").read_text()


@pytest.fixture(scope="session")
def router(export: str) -> Router:
    return Router.from_export(export)


@pytest.fixture(scope="session")
def site_json() -> str:
    return (EXAMPLES / "sites" / "fiber-wireless.json").read_text()


@pytest.fixture(scope="session")
def site(site_json: str) -> Site:
    return Site.from_json(site_json)


@pytest.fixture(scope="session")
def plan(site: Site, router: Router) -> Plan:
    return plan_apply(site, router)


def read(file: Path, version: str | None = None) -> Router:
    """The router of a file: an export, or what REST answered."""
    return (Router.from_rest if file.suffix == ".json" else Router.from_export)(file.read_bytes(), version)


def clean_environment(**more: str) -> dict[str, str]:
    """The environment of a program that a test runs: nothing of a caller's router."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ROUTER_")} | more
