"""What the README and the package say is run."""

from __future__ import annotations

import doctest

import multi_isp
from tests.conftest import ROOT


def test_the_readme_is_run() -> None:
    file = ROOT / "bindings-python/README.md"
    result = doctest.testfile(str(file), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert result.attempted > 10 and result.failed == 0


def test_the_package_is_run() -> None:
    result = doctest.testmod(multi_isp, optionflags=doctest.ELLIPSIS)
    assert result.attempted > 3 and result.failed == 0
