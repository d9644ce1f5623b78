"""The library as a command: `python -m multi_isp plan|audit|simulate|status ..`.

Files in, text, JSON or scripts out. The exit code is 1 where there is no plan, an audit found an error or a file cannot
be read, and 2 where the arguments are not as they must be.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import multi_isp
from multi_isp import MultiIspError, Router, Site


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except MultiIspError as error:
        _tell(error.text)
    except OSError as error:
        _tell(f"{error}\n")
    return 1


def _plan(given: argparse.Namespace) -> int:
    if given.guard is not None and not 1 <= given.guard <= 255:
        _tell(f"a guard takes minutes from 1 to 255, not {given.guard}\n")
        return 2
    router = _router(given.router, given.version)
    options = {"existing": given.existing} if given.existing else None
    if given.disable:
        plan = multi_isp.plan_disable(router, options)
    else:
        plan = multi_isp.plan_apply(_site(given.site), router, options)
    script = plan.script() if given.guard is None else plan.guarded_script(given.guard)
    summary = f"{plan.report.text()}\n{plan.summary()}".encode()
    match given.format:
        case "summary":
            _write(summary)
        case "script":
            _write(script)
        case "confirm":
            _write(plan.confirm_script())
        case "undo":
            _write(plan.undo_script())
        case "json":
            _write(plan.to_json().encode())
        case _:
            _write(summary + b"\n" + script)
    return 0


def _audit(given: argparse.Namespace) -> int:
    if given.explain is not None:
        page = multi_isp.explain(given.explain)
        if page is None:
            _tell(f"no rule has the code `{given.explain}`\n")
            return 2
        _write(page.encode())
        return 0
    levels = {"levels": [dict(zip(("code", "level"), level, strict=True)) for level in given.level]}
    reports = []
    for file in given.files:
        report = multi_isp.audit(_router(file, given.version), levels)
        reports.append((file, _export(file), report))
        if given.format == "json":
            document = {"file": file, "report": json.loads(report.to_json())}
            _write((json.dumps(document, ensure_ascii=False) + "\n").encode())
        elif given.format == "text":
            _write(report.text(*reports[-1][:2] if reports[-1][1] else ()).encode())
    if given.format == "sarif":
        _write(multi_isp.sarif(reports).encode())
    return int(any(report.blocks for *_, report in reports))


def _simulate(given: argparse.Namespace) -> int:
    router = _router(given.router, given.version)
    if given.what_if:
        matrix = multi_isp.what_if(router)
        texts = {"json": matrix.to_json, "svg": matrix.to_svg, "text": matrix.text}
    else:
        trace = multi_isp.simulate(router, _scenario(given))
        texts = {"json": trace.to_json, "mermaid": trace.to_mermaid, "text": trace.text}
    if given.format not in texts:
        _tell(f"this has no format {given.format}: {', '.join(texts)}\n")
        return 2
    _write(texts[given.format]().encode())
    return 0


def _status(given: argparse.Namespace) -> int:
    site = _site(given.site)
    if given.answers is not None:
        router = _router(given.answers, given.version)
    else:
        router = _router(given.router, given.version)
        planned = router.run(multi_isp.plan_apply(site, router).script()).router
        router = multi_isp.observe(planned, _scenario(given))
    status = multi_isp.status(site, router)
    if given.format == "json":
        _write(status.to_json().encode() + b"\n")
        return 0
    lines = (f"  {line.badge.tooltip}\n" for line in status.lines)
    _write("".join([f"{status.sentence}\n", *lines]).encode())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m multi_isp", description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    read = argparse.ArgumentParser(add_help=False)
    read.add_argument("--version", help="RouterOS of an export that does not tell it, as 7.22")
    fail = argparse.ArgumentParser(add_help=False)
    fail.add_argument(
        "--down",
        metavar="LINE[=CONDITION]",
        action="append",
        type=_condition,
        default=[],
        help="an interface that fails: link_down (where nothing is said), no_lease, gateway_dead, upstream_dead",
    )

    plan = commands.add_parser("plan", parents=[read], help="plan a site on a router: findings, steps, script")
    plan.add_argument("--router", metavar="FILE", required=True, help="an export, or .json: what REST answered")
    what = plan.add_mutually_exclusive_group(required=True)
    what.add_argument("--site", metavar="FILE", help="the site, in JSON or .toml")
    what.add_argument("--disable", action="store_true", help="take everything of ours away instead")
    plan.add_argument("--existing", choices=["refuse", "replace", "keep"], help="what becomes of a set-up by hand")
    plan.add_argument("--guard", metavar="MINUTES", type=int, help="let the router take it back unless it is confirmed")
    plan.add_argument("--format", choices=["summary", "script", "confirm", "undo", "json"])
    plan.set_defaults(run=_plan)

    audit = commands.add_parser("audit", parents=[read], help="what is wrong with routers, and what mends it")
    audit.add_argument("--format", choices=["text", "json", "sarif"], default="text")
    audit.add_argument("--level", metavar="CODE=LEVEL", action="append", type=_level, default=[])
    about = audit.add_mutually_exclusive_group(required=True)
    about.add_argument("--explain", metavar="CODE", help="print the page of a rule")
    about.add_argument("files", metavar="FILE", nargs="*", default=[], help="an export, or .json: what REST answered")
    audit.set_defaults(run=_audit)

    simulate = commands.add_parser("simulate", parents=[read, fail], help="follow a connection through a router")
    simulate.add_argument("router", metavar="FILE", help="an export, or .json: what REST answered")
    simulate.add_argument("--what-if", action="store_true", help="show what becomes of everybody in every failure")
    simulate.add_argument("--format", choices=["text", "json", "mermaid", "svg"], default="text")
    simulate.set_defaults(run=_simulate)

    status = commands.add_parser("status", parents=[read, fail], help="how the lines of a site are")
    status.add_argument("--site", metavar="FILE", required=True, help="the site, in JSON or .toml")
    source = status.add_mutually_exclusive_group(required=True)
    source.add_argument("--answers", metavar="FILE", help="what the router answered to REST, in JSON")
    source.add_argument("--router", metavar="FILE", help="an export: the site is applied to a copy of it in memory")
    status.add_argument("--format", choices=["text", "json"], default="text")
    status.set_defaults(run=_status)
    return parser


def _router(file: str, version: str | None) -> Router:
    path = Path(file)
    if path.suffix == ".json":
        return Router.from_rest(path.read_bytes(), version)
    return Router.from_export(path.read_bytes(), version)


def _export(file: str) -> bytes | None:
    path = Path(file)
    return None if path.suffix == ".json" else path.read_bytes()


def _site(file: str) -> Site:
    path = Path(file)
    return Site.from_toml(path.read_bytes()) if path.suffix == ".toml" else Site.from_json(path.read_bytes())


def _scenario(given: argparse.Namespace) -> dict[str, object]:
    return {"lines": [{"interface": line, "condition": condition} for line, condition in given.down]}


def _condition(text: str) -> tuple[str, str]:
    line, _, condition = text.partition("=")
    return line, condition or "link_down"


def _level(text: str) -> tuple[str, str]:
    code, is_level, level = text.partition("=")
    if not is_level:
        raise argparse.ArgumentTypeError(f"`{text}` is not CODE=LEVEL")
    return code, level


def _write(text: bytes) -> None:
    sys.stdout.buffer.write(text)


def _tell(text: str) -> None:
    sys.stderr.write(text)


if __name__ == "__main__":
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has read enough.
        sys.stderr.close()
        code = 0
    sys.exit(code)
