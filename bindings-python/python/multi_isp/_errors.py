"""What can go wrong, as exceptions. Each holds the diagnostics of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._native import Report
    from ._types import Diagnostic

__all__ = [
    "DocumentError",
    "MultiIspError",
    "PlanError",
    "ReadError",
    "RefusedError",
    "ScriptError",
    "TransportError",
]


class MultiIspError(Exception):
    """Whatever goes wrong: at least one diagnostic, of which the first one is the message."""

    __module__ = "multi_isp"

    def __init__(self, diagnostics: tuple[Diagnostic, ...], text: str) -> None:
        super().__init__(diagnostics, text)
        #: All that is wrong.
        self.diagnostics = diagnostics
        #: All that is wrong, for people: with places in the text where there is one, and without secrets.
        self.text = text

    @property
    def code(self) -> str:
        """The name of the fault, for programs: `"wan-port-on-bridge"`."""
        return self.diagnostics[0].code

    @property
    def help(self) -> str | None:
        """What to do about it."""
        return self.diagnostics[0].help

    def __str__(self) -> str:
        return self.diagnostics[0].message

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code!r}, {str(self)!r})"


class DocumentError(MultiIspError, ValueError):
    """A site, another document or an argument is not as it must be."""

    __module__ = "multi_isp"


class ReadError(MultiIspError, ValueError):
    """What was to be a router cannot be read."""

    __module__ = "multi_isp"


class ScriptError(MultiIspError, ValueError):
    """A text is no script of RouterOS."""

    __module__ = "multi_isp"


class PlanError(MultiIspError):
    """There is no plan, or not the guard that was asked for. Nothing was changed."""

    __module__ = "multi_isp"


class RefusedError(PlanError):
    """There is no plan: something has to be mended first, and `report` says what."""

    __module__ = "multi_isp"

    def __init__(self, diagnostics: tuple[Diagnostic, ...], text: str, report: Report) -> None:
        super().__init__(diagnostics, text)
        self._report = report

    @property
    def report(self) -> Report:
        """The findings. They stay in the process where the plan was refused; `diagnostics` can be pickled."""
        if self._report is None:
            raise AttributeError("the report stayed in another process; see diagnostics")
        return self._report

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.diagnostics, self.text, None)


class TransportError(MultiIspError):
    """A plan cannot be sent over the API or REST, or the router refused a call."""

    __module__ = "multi_isp"
