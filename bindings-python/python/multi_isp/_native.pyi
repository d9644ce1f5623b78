from collections.abc import Mapping, Sequence
from multi_isp._types import Alert, AlertOptions, AlertState, Balance, Customers, DetectedLine, Diagnostic, Differences, DriftRow, ExistingRows, FetchRequest, ImportCommands, Levels, LineState, Log, LogEntry, Message, Messages, Options, Outline, PhaseScripts, PortList, Purpose, Replay, RestRequest, Rules, Scenario, Site, SiteStatus, Split, SplitOptions, StatusReads, Step, Table, TrafficClass, Way, WhatIfOptions
from typing import Final, final

__all__ = ["VERSION", "ApiCalls", "Drift", "Matrix", "Outcome", "Plan", "Report", "RestCalls", "Router", "Trace", "alerts", "audit", "changes", "check", "detect_line", "existing_setup", "explain", "message", "observe", "plan_apply", "plan_disable", "plan_reads", "ports", "preflight", "preflight_disable", "replay", "rules", "sarif", "simulate", "site_of", "split", "status", "status_reads", "unreachable", "verify", "what_if"]

VERSION: Final[str]
"""
The version of the library.
"""

@final
class ApiCalls:
    """
    Sentences of the API, to send one after the other: each comes when the one before it was answered.

    ```python
    calls = plan.api(router)
    for words in calls:
        for sentence in send(words):
            calls.answer(sentence)
    ```
    """
    def __iter__(self, /) -> ApiCalls: ...
    def __next__(self, /) -> tuple[bytes, ...]: ...
    def __repr__(self, /) -> str: ...
    def answer(self, /, words: Sequence[str | bytes]) -> None:
        """
        Takes one sentence of the reply, as its words; only the last one, `!done`, answers the call.

        Raises `TransportError` where the router refused the call: no other one is given away then.
        """

@final
class Drift:
    """
    What of a site does not stand on its router as planned.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def is_empty(self, /) -> bool:
        """
        Whether all is as planned.
        """
    @property
    def plan(self, /) -> Plan:
        """
        The plan that mends it.
        """
    @property
    def rows(self, /) -> tuple[DriftRow, ...]:
        """
        The rows that are not as planned.
        """
    def text(self, /) -> str:
        """
        The rows for people, a text line each.
        """
    def to_json(self, /) -> str:
        """
        The document of schema `multi-isp/drift/1`; of secrets it holds what `Plan.to_json` says.
        """

@final
class Matrix:
    """
    What becomes of traffic in every state of a router's lines.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    @property
    def assumed(self, /) -> tuple[str, ...]:
        """
        What was assumed because the router was not read with it, in sentences.
        """
    @property
    def classes(self, /) -> tuple[TrafficClass, ...]:
        """
        The traffic, in the order of the cells.
        """
    @property
    def lines(self, /) -> tuple[str | bytes, ...]:
        """
        The lines, those that fail first; a name that is not UTF-8 is `bytes`.
        """
    @property
    def states(self, /) -> tuple[LineState, ...]:
        """
        Every state of the lines for every way in which they fail; the first has all of them up.
        """
    def text(self, /) -> str:
        """
        A table for a terminal.
        """
    def to_json(self, /) -> str:
        """
        The document of schema `multi-isp/what-if/1`.
        """
    def to_svg(self, /) -> str:
        """
        A table for a page.
        """
    @property
    def unmodelled(self, /) -> tuple[str, ...]:
        """
        What the router has and the simulator does not know, in sentences.
        """

@final
class Outcome:
    """
    What a script left behind on a router.
    """
    def __repr__(self, /) -> str: ...
    @property
    def error(self, /) -> Diagnostic | None:
        """
        The error that stopped the script, with its place in the script; of scripts that a scheduler ran, the first.
        """
    @property
    def log(self, /) -> tuple[LogEntry, ...]:
        """
        What `:log` wrote.
        """
    @property
    def output(self, /) -> tuple[str | bytes, ...]:
        """
        What `:put` wrote, in text lines; one that is not UTF-8 is `bytes`.
        """
    @property
    def requests(self, /) -> tuple[FetchRequest, ...]:
        """
        What `/tool fetch` sent and somebody took.
        """
    @property
    def router(self, /) -> Router:
        """
        The router as it is then; an error does not undo what came before it.
        """

@final
class Plan:
    """
    The ordered, smallest change of one router: steps with the reason and the undo of each, proven on a copy of the router.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    def api(self, /, router: Router, part: str = "plan", minutes: "int | None" = None) -> ApiCalls:
        """
        A part of the plan as calls of the API, for a router that was read with ids.

        `part` is `"plan"`, `"guarded"` (with `minutes`, 1 to 255), `"confirm"` or `"undo"`; the latter two are for the router
        as it is after what was sent. Raises `TransportError` where the plan cannot be sent so.
        """
    @property
    def balance(self, /) -> Balance | None:
        """
        How new connections are shared by the lines; `None` where they are not.
        """
    def confirm_script(self, /) -> bytes:
        """
        The script that confirms a guarded plan: it stays.
        """
    @property
    def customers(self, /) -> Customers | None:
        """
        Whose connections are marked; `None` where none are.
        """
    @property
    def fingerprint(self, /) -> str:
        """
        What the router was set to when the plan was made, as `Router.fingerprint` tells it.
        """
    def guarded_script(self, /, minutes: "int") -> bytes:
        """
        The script after which the router takes the plan back by itself, unless it is confirmed within so many minutes, 1 to 255.

        Raises `PlanError` where the router, or the user, cannot have such a guard, and `DocumentError` where nobody can.
        """
    def import_commands(self, /, file: str) -> ImportCommands:
        """
        The commands that try and run a script which was uploaded as `file`.
        """
    @property
    def is_empty(self, /) -> bool:
        """
        Whether there is nothing to send: the router is as it should be, and no earlier plan waits to be confirmed.
        """
    @property
    def is_unconfirmed(self, /) -> bool:
        """
        Whether an earlier plan waits on the router to be confirmed, which the router would take back.
        """
    @property
    def lines(self, /) -> tuple[Outline, ...]:
        """
        The lines as they will run, nearest first; none in a plan to disable.
        """
    def phase_scripts(self, /) -> PhaseScripts:
        """
        The script in its parts, in their order, to send one after the other.
        """
    @property
    def purpose(self, /) -> Purpose:
        """
        What the plan is for: `"apply"` or `"disable"`.
        """
    @property
    def report(self, /) -> Report:
        """
        The findings that the plan was made with; none of them is an error.
        """
    def rest(self, /, router: Router, part: str = "plan", minutes: "int | None" = None) -> RestCalls:
        """
        A part of the plan as requests of REST, from RouterOS 7.1; all else as for `api`.
        """
    def script(self, /) -> bytes:
        """
        The script that does it, one full command a text line.
        """
    @property
    def steps(self, /) -> tuple[Step, ...]:
        """
        The steps in their order.
        """
    def still_valid(self, /, router: Router) -> Differences:
        """
        What moved in a router since the plan was made for it: nothing where the plan still does what it was proven to do.
        """
    def summary(self, /) -> str:
        """
        The steps for people, in phases with their reasons; without secrets.
        """
    def to_json(self, /) -> str:
        """
        The document of schema `multi-isp/plan/1`. Its commands hold what is sent, passwords and PINs included.
        """
    def undo_script(self, /) -> bytes:
        """
        The script that takes it back, newest step first; harmless where a step never ran.
        """
    @property
    def version(self, /) -> str:
        """
        The version of RouterOS that the plan is for, as `7.22.3`.
        """

@final
class Report:
    """
    Findings about a router, or about a site on one: the gravest first.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    @property
    def blocks(self, /) -> bool:
        """
        Whether there is an error: of preflight, there can be no plan then.
        """
    @property
    def findings(self, /) -> tuple[Diagnostic, ...]:
        """
        The findings, the gravest first; places are in characters where the router was read from `str`, else in bytes.
        """
    def text(self, /, name: str | None = None, export: str | bytes | None = None) -> str:
        """
        The findings for people; with the export that the router was read from, and the name that people know it by, each with
        its place there, where secrets are not shown.
        """
    def to_json(self, /) -> str:
        """
        The document of schema `multi-isp/report/1`, whose places are in bytes.
        """

@final
class RestCalls:
    """
    Requests of REST, to send one after the other: each comes when the one before it was answered.
    """
    def __iter__(self, /) -> RestCalls: ...
    def __next__(self, /) -> RestRequest: ...
    def __repr__(self, /) -> str: ...
    def answer(self, /, status: "int", body: str | bytes) -> None:
        """
        Takes the status and the body of the reply to the request.

        Raises `TransportError` where the router refused it: no other one is given away then.
        """

@final
class Router:
    """
    What a router is: its version and its menus, each an ordered table of rows.

    It is read once, by `from_export`, `from_rest`, `from_api` or `from_print`, and never changes: what a script makes of it is
    another one. It stays within the library; `table` shows the rows of a menu.
    """
    def __repr__(self, /) -> str: ...
    def advance(self, /, seconds: "int") -> Outcome:
        """
        Lets so many seconds pass: schedulers run what falls due.
        """
    def answer_request(self, /, method: str, path: str, body: str | bytes | None = None) -> tuple[Router, int, str]:
        """
        Answers a request of REST as a router with these rows would: the router as it then is, the status and the body.
        """
    def answer_sentence(self, /, words: Sequence[str | bytes]) -> tuple[Router, tuple[tuple[bytes, ...], ...]]:
        """
        Answers a sentence of the API as a router with these rows would: the router as it then is, and the sentences.
        """
    def diff(self, /, other: Router) -> Differences:
        """
        What differs in another router, menu by menu; nothing where both are set the same.
        """
    def fingerprint(self, /) -> str:
        """
        What the router is set to, as 64 hexadecimal digits: those of two routers are equal where their configurations mean
        the same. Two ways to read one router give two.
        """
    @staticmethod
    def from_api(replies: Mapping[str, Sequence[Sequence[str | bytes]]], version: str | None = None) -> Router:
        """
        Reads what the API answered to `<menu>/print`: for each menu its sentences, each as its words, the last one `["!done"]`.
        """
    @staticmethod
    def from_export(export: str | bytes, version: str | None = None) -> Router:
        """
        Reads the text of `/export`, of RouterOS 6 or 7.

        The version is the one of the header, unless it is given as `"7.22"`. Raises `ReadError` with the places of what
        cannot be read: characters of `str`, bytes of `bytes`.
        """
    @staticmethod
    def from_print(outputs: Mapping[str, str | bytes], version: str | None = None) -> Router:
        """
        Reads what `<menu>/print detail` or `print terse` wrote on a terminal: each menu with its output.
        """
    @staticmethod
    def from_rest(answers: Mapping[str, object] | str | bytes, version: str | None = None) -> Router:
        """
        Reads what REST answered: an object of menus, as `{"/ip/route": [..], ..}`, each with the rows that `GET` gave.
        """
    @property
    def ids_known(self, /) -> bool:
        """
        Whether every row has the id by which the router knows it, so that it can be addressed over REST and the API.
        """
    def menus(self, /) -> tuple[str, ...]:
        """
        The paths of the menus that have rows, sorted: `/ip/route`.
        """
    @property
    def ports_known(self, /) -> bool:
        """
        Whether the list of ports is complete: a compact export leaves out ports that are as the factory made them.
        """
    def reboot(self, /) -> Outcome:
        """
        Starts the router anew: schedulers that run at startup do.
        """
    def run(self, /, script: str | bytes) -> Outcome:
        """
        Runs a script as RouterOS would, up to the first error; the router itself stays as it is.

        Raises `ScriptError` where the text is no script at all.
        """
    def table(self, /, menu: str) -> Table:
        """
        The rows of a menu, by its path as `/ip/route`, without secrets; none where the menu is empty or there is no such menu.
        """
    def to_export(self, /) -> bytes:
        """
        The router as an export that gives the same router when it is read; with secrets.
        """
    @property
    def version(self, /) -> str | None:
        """
        The version of RouterOS, as `7.22.3`; `None` where neither the text nor the caller told it.
        """

@final
class Trace:
    """
    Every way that a connection can go through a router.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    @property
    def assumed(self, /) -> tuple[str, ...]:
        """
        What was assumed because the router was not read with it, in sentences.
        """
    @property
    def cut(self, /) -> bool:
        """
        Whether there are more ways than were followed.
        """
    def text(self, /) -> str:
        """
        The ways for people.
        """
    def to_json(self, /) -> str:
        """
        The document of schema `multi-isp/trace/1`.
        """
    def to_mermaid(self, /) -> str:
        """
        The ways as a Mermaid flowchart.
        """
    @property
    def unmodelled(self, /) -> tuple[str, ...]:
        """
        What the router has and the simulator does not know, in sentences.
        """
    @property
    def ways(self, /) -> tuple[Way, ...]:
        """
        The ways, each with its share and what becomes of the connection.
        """

def alerts(state: AlertState | Mapping[str, object] | str | bytes | None, status: SiteStatus | Mapping[str, object] | str | bytes, at: "int", options: AlertOptions | Mapping[str, object] | str | bytes | None = None) -> tuple[AlertState, tuple[Alert, ...]]:
    """
    What to tell people of a reading, and the state to keep for the next.

    `state` is what this returned last time, `None` the first time; `at` is when the status was read, in seconds of a clock of the
    caller's.
    """

def audit(router: Router, levels: Levels | Mapping[str, object] | str | bytes | None = None) -> Report:
    """
    What is wrong with a router, with the way of a packet that shows it and commands that mend it.

    `levels` raises, lowers or switches off rules by their codes.
    """

def changes(before: Router, after: Router) -> tuple[bytes, ...]:
    """
    The fewest commands that make the first router mean what the second one means.

    Raises `PlanError` where a row cannot be told from another one.
    """

def check(schema: str, document: str | bytes, is_written: bool, /) -> None:
    """
    Raises what core has against a document of a schema; one that core only writes is not looked at.

    Where a caller did not write the text itself, nothing is told of places in it.
    """

def detect_line(router: Router) -> DetectedLine | None:
    """
    The internet line that works today; `None` where none is seen.
    """

def existing_setup(site: Site | Mapping[str, object] | str | bytes, router: Router) -> ExistingRows:
    """
    The rows of somebody else that choose between the lines of a site already.
    """

def explain(code: str) -> str | None:
    """
    The page of a rule in Markdown, by the code of its findings; `None` where no rule has that code.
    """

def message(alert: Alert | Mapping[str, object] | str | bytes, router_name: str, messages: Messages | Mapping[str, object] | str | bytes | None = None) -> Message:
    """
    The text of an alert, and the segments of an SMS that it takes; `router_name` is the router's name as its people know it.
    """

def observe(router: Router, scenario: Scenario | Mapping[str, object] | str | bytes | None = None) -> Router:
    """
    The router as somebody would read it in a scenario, live values and all.
    """

def plan_apply(site: Site | Mapping[str, object] | str | bytes, router: Router, options: Options | Mapping[str, object] | str | bytes | None = None) -> Plan:
    """
    The plan that brings a router to what a site needs, run on a copy of the router before it is given away.

    Raises `RefusedError`, with the report, where something has to be mended first; else `PlanError`.
    """

def plan_disable(router: Router, options: Options | Mapping[str, object] | str | bytes | None = None) -> Plan:
    """
    The plan that takes everything of ours off a router and puts the rows of others back as they were.

    Raises what `plan_apply` does.
    """

def plan_reads(version: str) -> tuple[str, ...]:
    """
    The menus to read over REST or the API, each whole, before what plans, verifies or judges.

    Hand over what is answered for each. A router may say that it has no such menu, as of a package that is not installed; any other
    refusal is found where the router is read.

    Raises `DocumentError` where `version`, such as `7.22.3`, is none.
    """

def ports(router: Router, chosen: Sequence[str | bytes] | None = None) -> PortList:
    """
    The ports that a line may stand on, each with what speaks against it; `chosen` are those that other lines of the form have.
    """

def preflight(site: Site | Mapping[str, object] | str | bytes, router: Router, options: Options | Mapping[str, object] | str | bytes | None = None) -> Report:
    """
    What has to be known before a site is applied to a router: what `plan_apply` refuses, and what it warns of.
    """

def preflight_disable(router: Router, options: Options | Mapping[str, object] | str | bytes | None = None) -> Report:
    """
    What has to be known before `plan_disable`.
    """

def replay(log: Log | Mapping[str, object] | str | bytes, options: AlertOptions | Mapping[str, object] | str | bytes | None = None) -> Replay:
    """
    What a recorded series of readings would have told, and what became of each line.
    """

def rules() -> Rules:
    """
    All rules: code, level, the doors that know it, a summary.
    """

def sarif(reports: Sequence[tuple[str, str | bytes | None, Report]]) -> str:
    """
    Reports as one document of SARIF 2.1.0: each with the path of its router's export in the repository, and the export, if
    there is one.
    """

def simulate(router: Router, scenario: Scenario | Mapping[str, object] | str | bytes | None = None) -> Trace:
    """
    Follows a connection through a router: every way that it can go.
    """

def site_of(router: Router) -> Site | None:
    """
    The site that was last applied to a router, as the router remembers it, its secrets left out; `None` where none was.

    Raises `DocumentError` where somebody edited it.
    """

def split(mbps: "Sequence[float]", options: SplitOptions | Mapping[str, object] | str | bytes | None = None) -> Split:
    """
    How lines of these speeds, in Mbps, share new connections: buckets of a PCC, the shares reached and their errors.
    """

def status(site: Site | Mapping[str, object] | str | bytes, router: Router) -> SiteStatus:
    """
    How the lines of a site are, by a router that was read a moment ago: a state with its evidence for each, a sentence for all.
    """

def status_reads(site: Site | Mapping[str, object] | str | bytes, version: str) -> StatusReads:
    """
    The fewest rows and properties that tell a status, as sentences of the API and as requests of REST.
    """

def unreachable(site: Site | Mapping[str, object] | str | bytes) -> SiteStatus:
    """
    The status of a site whose router does not answer.
    """

def verify(site: Site | Mapping[str, object] | str | bytes, router: Router, options: Options | Mapping[str, object] | str | bytes | None = None) -> Drift:
    """
    What of a site does not stand on its router as planned, and the plan that mends it.

    Raises what `plan_apply` does.
    """

def what_if(router: Router, options: WhatIfOptions | Mapping[str, object] | str | bytes | None = None) -> Matrix:
    """
    What becomes of everybody in every state of a router's lines.
    """
