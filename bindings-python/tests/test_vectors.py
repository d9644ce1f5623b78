"""The cases that every language runs, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import multi_isp
from multi_isp import Router
from tests.conftest import ROOT

FOLDER = ROOT / "core/tests/vectors"
CASES = sorted(file for file in FOLDER.glob("*.json") if file.name != "surface.json")


def test_there_are_cases() -> None:
    assert CASES, f"{FOLDER} has no cases"
