"""What the README and the package say is run."""

from __future__ import annotations

import doctest
import shutil
from pathlib import Path

import pytest

import multi_isp
from tests.conftest import ROOT


def test_the_readme_is_run() -> None:
    file = ROOT / "bindings-python/README.md"
    result = doctest.testfile(str(file), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert result.attempted > 10 and result.failed == 0


def test_the_package_is_run() -> None:
    result = doctest.testmod(multi_isp, optionflags=doctest.ELLIPSIS)
    assert result.attempted > 3 and result.failed == 0


def test_the_five_lines_of_the_first_page_are_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    block = (ROOT / "README.md").read_text().split("```python\n")[1].split("```")[0]
    assert len(block.splitlines()) == 5
    shutil.copy(ROOT / "examples/routers/rb4011-vlans-wireguard-7.22.rsc", tmp_path / "router.rsc")
    shutil.copy(ROOT / "examples/sites/fiber-wireless.json", tmp_path / "site.json")
    monkeypatch.chdir(tmp_path)
    exec(f"from pathlib import Path\nfrom multi_isp import Router, Site, plan_apply\n{block}", {})
    assert (tmp_path / "plan.rsc").read_bytes().startswith(b"# multi-isp plan for RouterOS 7.22.3")
