"""The values of multi-isp, made by ``cargo xtask types`` from the JSON Schemas of core."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias

from ._document import Document

__all__ = [
    "Access",
    "AddChange",
    "Alert",
    "AlertKind",
    "AlertLine",
    "AlertOptions",
    "AlertState",
    "Allotment",
    "Assignment",
    "Badge",
    "Balance",
    "Basis",
    "Cause",
    "CauseKind",
    "Cell",
    "Certificate",
    "Change",
    "Classifier",
    "Colour",
    "ComeIn",
    "Condition",
    "ConnectionState",
    "Customers",
    "CustomersBasis",
    "DetectedAccess",
    "DetectedDhcp",
    "DetectedLine",
    "DetectedLte",
    "DetectedPpp",
    "DetectedPppoe",
    "DetectedStatic",
    "DetectedTunnel",
    "Detection",
    "Deviation",
    "Dhcp",
    "Diagnostic",
    "Difference",
    "DifferenceKind",
    "Differences",
    "Direction",
    "DriftDocument",
    "DriftRow",
    "Encoding",
    "End",
    "EndKind",
    "Endpoint",
    "Event",
    "EventKind",
    "Evidence",
    "ExistingRow",
    "ExistingRows",
    "ExistingSetup",
    "Fault",
    "FetchRequest",
    "FieldSubject",
    "FirewallTable",
    "FirstOfTarget",
    "Fix",
    "GivenValue",
    "Group",
    "Health",
    "ImportCommands",
    "InterfaceKind",
    "InterfaceSource",
    "InterfaceSubject",
    "InternetSource",
    "LanSource",
    "Lease",
    "Level",
    "Levels",
    "Line",
    "LineCondition",
    "LineEvidence",
    "LineState",
    "LineStatus",
    "LineSubject",
    "LineSummary",
    "LineTrack",
    "Log",
    "LogEntry",
    "Loss",
    "Lte",
    "MatrixDocument",
    "MenuSubject",
    "Message",
    "MessageSize",
    "Messages",
    "Mode",
    "MoveChange",
    "NewValue",
    "Noticed",
    "OnlyTarget",
    "Options",
    "OutcomeDocument",
    "Outline",
    "PacketDirection",
    "PacketTrace",
    "Phase",
    "PhaseScript",
    "PhaseScripts",
    "Place",
    "PlaceTarget",
    "PlanDocument",
    "Policies",
    "Port",
    "PortList",
    "PortReason",
    "PortReasonCode",
    "PortState",
    "Ppp",
    "Pppoe",
    "Property",
    "PropertyChange",
    "Protocol",
    "Purpose",
    "Reading",
    "Reason",
    "RemoveChange",
    "Replay",
    "ReportDocument",
    "ReportedValue",
    "RestRequest",
    "RouteFault",
    "RouterRow",
    "RouterSource",
    "RowSubject",
    "RuleEntry",
    "RuleLevel",
    "RuleLevelSetting",
    "Rules",
    "RunChange",
    "Scenario",
    "Service",
    "SetChange",
    "Setup",
    "SetupRole",
    "Shares",
    "Site",
    "SiteStatus",
    "Source",
    "Split",
    "SplitOptions",
    "SplitPart",
    "Spread",
    "Stage",
    "StageKind",
    "StaleConnections",
    "State",
    "Static",
    "StatusRead",
    "StatusReads",
    "Step",
    "Style",
    "Subject",
    "SubjectRow",
    "Table",
    "TableRow",
    "Target",
    "Template",
    "Told",
    "TraceDocument",
    "Track",
    "Traffic",
    "TrafficClass",
    "Tunnel",
    "UnsetValue",
    "Verdict",
    "VerdictKind",
    "Versions",
    "Way",
    "Webhook",
    "WhatIfOptions",
    "WhereTarget",
]

AlertKind: TypeAlias = Literal[
    "line_down",
    "line_up",
    "router_unreachable",
    "router_reachable",
    "all_lines_down",
    "lines_back",
]
"""What happened."""

Reason: TypeAlias = Literal[
    "disabled",
    "no_link",
    "no_route",
    "no_address",
    "gateway_down",
    "upstream_down",
]
"""Why a line does not work."""

Encoding: TypeAlias = Literal[
    "gsm7",
    "ucs2",
]
"""In what a text is written on the air: a unit is 7 bits, or 16."""

Style: TypeAlias = Literal[
    "unicode",
    "ascii",
]
"""The signs that a text is written in: all, with dashes and pictures, or printable ASCII alone."""

RuleLevelSetting: TypeAlias = Literal[
    "error",
    "warning",
    "note",
    "off",
]
"""The level of the findings of a rule, or that they are left out."""

Phase: TypeAlias = Literal[
    "guard",
    "arm",
    "interfaces",
    "lists",
    "tables",
    "bridge_ports",
    "addresses",
    "nat",
    "clients",
    "probes",
    "standby_routes",
    "leases",
    "watches",
    "verify",
    "switch",
    "fasttrack",
    "existing_setup",
    "marks",
    "stale_connections",
    "reports",
    "commit",
]
"""A part of a plan, in the order in which they run."""

Direction: TypeAlias = Literal[
    "up",
    "down",
]
"""Whether a step puts something up, or takes something down."""

Fault: TypeAlias = Literal[
    "missing",
    "changed",
    "left_over",
    "misplaced",
]
"""What is wrong with a row: not there, set to something else, there for nothing, or in the wrong place."""

ExistingSetup: TypeAlias = Literal[
    "refuse",
    "replace",
    "keep",
]
"""What a plan does with a set-up that somebody made by hand: it refuses to be made, it replaces it, or
it keeps it."""

Purpose: TypeAlias = Literal[
    "apply",
    "disable",
]
"""What a plan is for: to bring a router to what a site needs, or to take everything of ours off it."""

ComeIn: TypeAlias = Literal[
    "over",
    "not_over",
]
"""Where customers' packets come in: over the interfaces that are named, or over anything else."""

CustomersBasis: TypeAlias = Literal[
    "named",
    "pppoe_server",
    "lan_list",
    "servers",
    "lan_list_and_servers",
    "addresses",
    "nothing_found",
]
"""What says who the customers are."""

DifferenceKind: TypeAlias = Literal[
    "added",
    "removed",
    "changed",
    "moved",
]
"""What became of a row: only the second router has it, only the first has, both have it with other
properties, or it stands elsewhere."""

Level: TypeAlias = Literal[
    "error",
    "warning",
    "note",
]
"""How grave a finding is: to be mended before anything can be done, to be known, or worth knowing."""

Condition: TypeAlias = Literal[
    "up",
    "link_down",
    "no_lease",
    "gateway_dead",
    "upstream_dead",
]
"""How an internet line is: it works, its link is down, it has no address, its gateway is silent, or
all behind that is."""

Noticed: TypeAlias = Literal[
    "at_once",
    "checks",
    "everything",
]
"""How far the router has come since the lines failed: what it learns at once, what `check-gateway`
finds too, or all that it finds."""

Protocol: TypeAlias = Literal[
    "tcp",
    "udp",
    "icmp",
]
"""A protocol above IP."""

PacketDirection: TypeAlias = Literal[
    "original",
    "reply",
]
"""Which way of its connection a packet goes: as the first one, or back."""

ConnectionState: TypeAlias = Literal[
    "new",
    "established",
    "untracked",
]
"""What connection tracking says of a packet."""

StageKind: TypeAlias = Literal[
    "chain",
    "routing",
    "tracking",
    "outside",
]
"""Where on its way a packet is: in a chain of the firewall, at the choice of its route, at connection
tracking, or outside of the router."""

FirewallTable: TypeAlias = Literal[
    "raw",
    "mangle",
    "nat",
    "filter",
]
"""A menu of the firewall."""

EventKind: TypeAlias = Literal[
    "action",
    "jump",
    "connection_mark",
    "routing_mark",
    "packet_mark",
    "own_source",
    "source",
    "destination",
    "fast_track",
    "fast_path",
    "forgotten",
    "lookup",
    "no_route_in",
    "local",
    "route",
    "inactive",
    "refuses",
    "invalid",
    "unmodelled",
]
"""What happened to a packet."""

RouteFault: TypeAlias = Literal[
    "no_table",
    "never_used",
    "no_gateway",
    "interface_down",
    "unresolved",
    "refused",
    "through_interface",
    "check_failed",
    "nothing_to_check",
    "unsettled",
]
"""Why a route or one of its gateways is of no use."""

EndKind: TypeAlias = Literal[
    "internet",
    "host",
    "router",
    "lost",
]
"""Where a packet ends: behind a line, at a host of the router's own networks, at the router itself, or
nowhere."""

CauseKind: TypeAlias = Literal[
    "no_route",
    "refused",
    "dropped",
    "line_dead",
    "untranslated",
    "wrong_source",
    "wrong_line",
    "asks_for_mac",
    "sent_out",
    "not_received",
    "not_forwarding",
    "answers_directly",
    "no_interface",
    "reverse_filter",
    "not_logged_in",
    "no_source",
]
"""Why a packet is lost."""

VerdictKind: TypeAlias = Literal[
    "works",
    "lost",
]
"""What becomes of a connection."""

Mode: TypeAlias = Literal[
    "failover",
    "load_balance",
    "load_balance_failover",
]
"""What the lines are to each other."""

Health: TypeAlias = Literal[
    "manual",
    "link",
    "gateway",
    "internet",
]
"""How a line is seen to fail: by hand alone, by its link, by a silent gateway, or by silent hosts
behind it."""

Classifier: TypeAlias = Literal[
    "both-addresses",
    "src-address",
    "dst-address",
    "both-addresses-and-ports",
    "src-address-and-port",
    "dst-address-and-port",
    "both-ports",
    "src-port",
    "dst-port",
]
"""What makes two packets of customers take the same line."""

Spread: TypeAlias = Literal[
    "proportional",
    "priority",
]
"""Where the connections of a dead line go: to all others by speed, or to the next one."""

StaleConnections: TypeAlias = Literal[
    "none",
    "failed-line",
]
"""Which connections are removed when a line fails or returns."""

Setup: TypeAlias = Literal[
    "applied",
    "drifted",
    "not_applied",
    "unknown",
    "unreachable",
]
"""What became of the set-up of a site on its router; `unknown` where the picture of the router does
not tell, `unreachable` where the router did not answer."""

State: TypeAlias = Literal[
    "active",
    "standby",
    "degraded",
    "offline",
    "unknown",
]
"""How a line is: it carries traffic, could, works in part, does not work, or nothing tells."""

Colour: TypeAlias = Literal[
    "green",
    "red",
    "grey",
]
"""The colour of a badge: the line works, it does not, nobody knows."""

Basis: TypeAlias = Literal[
    "active",
    "first_of_active",
    "only_default",
    "lowest_distance",
    "first_of_equal",
    "none_active",
]
"""What says that a line is the one that works today."""

InterfaceKind: TypeAlias = Literal[
    "ethernet",
    "sfp",
    "wireless",
    "lte",
    "vlan",
    "bonding",
    "pppoe",
    "ppp",
    "ppp_tunnel",
    "tunnel",
    "bridge",
    "other",
]
"""What an interface is."""

PortState: TypeAlias = Literal[
    "free",
    "usable",
    "taken",
]
"""Whether a port can become a line: nothing speaks against it, its reasons say what that changes, or
it is not offered."""

PortReasonCode: TypeAlias = Literal[
    "is_isp_one",
    "chosen",
    "carries_isp_one",
    "carries_chosen",
    "bonding_slave",
    "switched",
    "carries_pppoe",
    "addressed",
    "serves",
    "on_bridge",
    "hotspot_bridge",
    "has_default_route",
    "has_dhcp_client",
    "carries_vlan",
    "disabled",
    "no_link",
]
"""What a port is used for today."""

Service: TypeAlias = Literal[
    "dhcp",
    "pppoe",
    "hotspot",
    "wireless",
]
"""A server that runs on a port."""

SetupRole: TypeAlias = Literal[
    "schedule",
    "watch",
    "default",
    "shared_default",
    "rule",
    "classifier",
    "connection_mark",
    "routing_mark",
    "table_default",
    "probe",
]
"""What a row of a multi-WAN set-up by hand does, in the order in which a plan switches such rows off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertOptions(Document):
    """What is told of a site, and after how long."""

    SCHEMA: ClassVar[str | None] = "multi-isp/alert-options/1"

    enabled: bool | None = None
    """Whether anything is told at all; yes where it is not said."""

    down_after: int | None = None
    """For how many seconds a line must be down before that is told, and the router silent; 0 where it is
    not said."""

    up_after: int | None = None
    """For how many seconds it must be up again before that is told; 0 where it is not said."""

    router: bool | None = None
    """Whether it is told that the router does not answer, and hidden what is told of its lines meanwhile;
    yes where it is not said."""

    all_lines: bool | None = None
    """Whether lines that are all down are told as one, and hidden what is told of each meanwhile; yes
    where it is not said."""

    reminder: int | None = None
    """After how many seconds something that was told to be down, and still is, is told again; never where
    it is not said."""

    quiet: Sequence[str] | None = None
    """Ids of lines that nothing is told of; none where it is not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track(Document):
    """The router, or all lines together."""

    up: bool
    """How it is, flaps left out."""

    since: int | None = field(default=None, metadata={"null": True})
    """When the first reading said so; null where the very first one did."""

    differs_since: int | None = field(default=None, metadata={"null": True})
    """From when on readings say the contrary, not yet for long enough; null where they do not."""

    told: Told | None = field(default=None, metadata={"null": True})
    """What people were last told; null where nothing is told of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Document):
    """What people were last told."""

    up: bool
    """Whether it is up."""

    at: int | None = field(default=None, metadata={"null": True})
    """When; null where it was so at the first reading, which tells nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTrack(Document):
    """A line."""

    id: str
    """Its id, unique in the document."""

    up: bool
    """How it is, flaps left out."""

    since: int | None = field(default=None, metadata={"null": True})
    """When the first reading said so; null where the very first one did."""

    differs_since: int | None = field(default=None, metadata={"null": True})
    """From when on readings say the contrary, not yet for long enough; null where they do not."""

    told: Told | None = field(default=None, metadata={"null": True})
    """What people were last told; null where nothing is told of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertState(Document):
    """What is remembered of a site from one reading to the next, so that people are told of changes alone;
    times are seconds of the caller's clock."""

    SCHEMA: ClassVar[str | None] = "multi-isp/alert-state/1"

    router: Track | None = field(default=None, metadata={"null": True})
    """Whether it answers; null before the first reading."""

    all_lines: Track | None = field(default=None, metadata={"null": True})
    """Whether one of them is up; null as long as that is not known."""

    lines: Sequence[LineTrack]
    """The lines that are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine(Document):
    """The line that an alert is about, as the reading had it."""

    id: str
    """Its id."""

    label: str
    """Its label, as somebody typed it."""

    interface: str
    """Its interface."""

    reason: Reason | None = field(default=None, metadata={"null": True})
    """Why it does not work; null where it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Document):
    """Something that changed and is to be told, or to be told again."""

    SCHEMA: ClassVar[str | None] = "multi-isp/alert/1"

    kind: AlertKind
    """What happened."""

    reminder: bool
    """Whether it was told before, and is still so."""

    line: AlertLine | None = field(default=None, metadata={"null": True})
    """The line; null where it is of the router or of all its lines."""

    at: int
    """When it is told: the time of the reading, in seconds of the caller's clock."""

    since: int
    """Since when it is so: the time of the first reading that showed it, never after `at`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Document):
    """A status, and when it was read."""

    at: int
    """When, in seconds of the caller's clock."""

    status: SiteStatus
    """What was read; `schema` may be left out in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Log(Document):
    """Recorded readings of a site, in their order."""

    SCHEMA: ClassVar[str | None] = "multi-isp/log/1"

    readings: Sequence[Reading]
    """The readings, the oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSize(Document):
    """What a text takes as an SMS."""

    encoding: Encoding
    """In what it is written."""

    units: int
    """Its length in units of the encoding."""

    segments: int
    """How many messages are sent and paid for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Document):
    """A message to send."""

    SCHEMA: ClassVar[str | None] = "multi-isp/message/1"

    text: str
    """Its text, text lines parted by LF."""

    size: MessageSize
    """What it takes as an SMS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template(Document):
    """What is written for one kind of alert."""

    kind: AlertKind
    """The kind of alert."""

    text: str
    """The text, with placeholders in braces, as `{router}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages(Document):
    """How alerts are written."""

    SCHEMA: ClassVar[str | None] = "multi-isp/messages/1"

    style: Style | None = None
    """The signs that texts are written in; `unicode` where it is not said."""

    one_segment: bool | None = None
    """Whether each message is to fit into one segment of an SMS; no where it is not said."""

    templates: Sequence[Template] | None = None
    """Texts in place of the usual ones, at most one for each kind of alert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSummary(Document):
    """What became of a line in a series of readings."""

    id: str
    """Its id."""

    transitions: int
    """How often it changed between up and down, flaps included."""

    alerts: int
    """How often that was told, reminders left out."""

    reminders: int
    """How often it was told again."""

    flaps_damped: int
    """How often it changed and was back before the change had lasted for long enough; each is two
    transitions."""

    seconds_down: int
    """For how many seconds it was down: from each reading that says so to the one behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay(Document):
    """What a recorded series would have told."""

    SCHEMA: ClassVar[str | None] = "multi-isp/replay/1"

    alerts: Sequence[Alert]
    """Every alert, as it would have been told."""

    lines: Sequence[LineSummary]
    """What became of each line, by id."""

    state: AlertState
    """What is remembered behind the last reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLevel(Document):
    """At which level the findings of a rule are told."""

    code: str
    """The code of the rule, as findings have it."""

    level: RuleLevelSetting
    """The level; `off` leaves its findings out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels(Document):
    """At which level findings of an audit are told, where that is another than their own."""

    SCHEMA: ClassVar[str | None] = "multi-isp/levels/1"

    levels: Sequence[RuleLevel]
    """A level for each rule, in any order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCommands(Document):
    """The commands that run a script which was uploaded to a router."""

    SCHEMA: ClassVar[str | None] = "multi-isp/import-commands/1"

    dry_run: str | bytes | None = field(default=None, metadata={"null": True})
    """Reads the file and changes nothing; null before 7.16, which has no such thing."""

    run: str | bytes
    """Runs the file; RouterOS stops at the first error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseScript(Document):
    """The script of one part of a plan."""

    phase: Phase
    """The part."""

    direction: Direction
    """Whether it puts something up, or takes something down."""

    script: str | bytes = field(metadata={"secret": True})
    """Its commands, a text line each, as they are sent: passwords and PINs included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseScripts(Document):
    """A plan in scripts of their own, a part each."""

    SCHEMA: ClassVar[str | None] = "multi-isp/phase-scripts/1"

    scripts: Sequence[PhaseScript]
    """The scripts, in the order in which they are sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitOptions(Document):
    """How near a split comes to the speeds, and at what price."""

    SCHEMA: ClassVar[str | None] = "multi-isp/split-options/1"

    tolerance: str | None = None
    """How far the share of a line may be from the one asked, in parts of the latter; 1/20 where it is not
    said."""

    max_buckets: int | None = None
    """Largest denominator; 16 where it is not said, and more than 1024 count as 1024."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPart(Document):
    """What one line gets."""

    buckets: int
    """Buckets of the line."""

    asked: str
    """Its speed in parts of all speeds."""

    reached: str
    """Its buckets in parts of all buckets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Document):
    """Buckets of each line, with the proof of what they reach."""

    SCHEMA: ClassVar[str | None] = "multi-isp/split/1"

    denominator: int
    """Number of all buckets, which is the number of rules that a new connection walks; 0 where there are
    no lines."""

    parts: Sequence[SplitPart]
    """What each line gets, in the order of the speeds."""

    assignment: Sequence[int]
    """Line of each remainder from 0, as the position of its speed from 0."""

    worst_absolute_error: str
    """Largest distance of a share reached from the one asked."""

    worst_relative_error: str
    """Largest such distance in parts of the share asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftRow(Document):
    """A row that is not as planned."""

    menu: str
    """The row's menu."""

    fault: Fault
    """What is wrong with it."""

    properties: Sequence[Deviation] | None = None
    """Of a row that is changed, each property that is not as planned; else left out."""

    row: Sequence[Property]
    """By what it is known: all of it where it is missing or left over."""

    line: str | None = field(default=None, metadata={"null": True})
    """The line that it serves; null where it serves the whole site, or is somebody else's."""

    purpose: str
    """What it is for, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation(Document):
    """A property that is not as planned; secrets are not shown."""

    name: str
    """The property."""

    found: NewValue
    """What it is."""

    planned: NewValue
    """What it should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenValue(Document):
    """A value that is given."""

    kind: Literal["given"] = "given"

    value: str | bytes
    """The value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsetValue(Document):
    """No value at all."""

    kind: Literal["unset"] = "unset"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedValue(Document):
    """What the router reports of the same row when the command runs."""

    kind: Literal["reported"] = "reported"

    property: str
    """As this property."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Property(Document):
    """A property and its value; secrets are not shown."""

    name: str
    """The property."""

    value: str | bytes
    """Its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftDocument(Document):
    """What of a site does not stand on its router as planned, with the plan that mends it; no secrets,
    those of the plan's commands aside."""

    SCHEMA: ClassVar[str | None] = "multi-isp/drift/1"

    rows: Sequence[DriftRow]
    """The rows that are not as planned."""

    plan: PlanDocument
    """The plan that mends them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies(Document):
    """The policies of a user's group that matter to what runs by itself: a guard, a report."""

    read: bool
    """It may read the configuration."""

    write: bool
    """It may change the configuration."""

    test: bool
    """It may ping, and set global variables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Document):
    """What a caller knows that neither site nor router say."""

    SCHEMA: ClassVar[str | None] = "multi-isp/options/1"

    reachable: bool | None = None
    """Whether the router answers now; yes where it is not said."""

    free_access: bool | None = None
    """Whether the portal feature that opens the internet to everyone is on; no where it is not said."""

    max_lines: int | None = None
    """Most lines that a site may have; 4 where it is not said, and never more than 50."""

    policies: Policies | None = None
    """What the user may do that the plan is sent as; null where it is not known."""

    existing: ExistingSetup | None = None
    """What becomes of a multi-WAN set-up that somebody made by hand; `refuse` where it is not said."""

    levels: Sequence[RuleLevel] | None = None
    """At which level findings are told, where that is another than their own; no error as less than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline(Document):
    """A line as it will run."""

    id: str
    """The line's id."""

    interface: str | bytes
    """Its interface."""

    distance: int
    """The distance of its default in the main table."""

    detection_seconds: Detection | None = field(default=None, metadata={"null": True})
    """How long it takes until its failure is noticed; null where the operator switches by hand."""

    metered: bool
    """Whether its data is paid for by volume."""

    probe_bytes_per_month: int | None = field(default=None, metadata={"null": True})
    """About how many bytes a month its probes cost, both ways; null where nothing far is pinged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection(Document):
    """From when to when a failure is noticed."""

    earliest: float
    """Seconds, at the least."""

    latest: float
    """Seconds, at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance(Document):
    """How new connections are shared."""

    lines: Sequence[str]
    """Ids of the lines that are balanced."""

    split: Split
    """Their buckets."""

    certificate: Certificate
    """What that reaches, and what it costs."""

    allotment: Allotment
    """The buckets with their stand-ins."""

    shares: Sequence[Shares]
    """What each line carries, for each set of dead lines that leaves one alive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate(Document):
    """What the balance reaches, and what it costs."""

    worst_relative_error: str | None = field(default=None, metadata={"null": True})
    """How far the shares reached are from those asked at the most, in parts of those; null where no line
    is balanced."""

    rules: int
    """The rules that a new connection walks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotment(Document):
    """Buckets in groups, each with the lines that carry it; one routing table serves a group."""

    denominator: int
    """Number of all buckets."""

    groups: Sequence[Group]
    """The groups, by line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Document):
    """Buckets that share their stand-ins."""

    buckets: int
    """Number of buckets."""

    order: Sequence[int]
    """Lines by preference, as positions in the `lines` of the balance from 0; the first is the group's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares(Document):
    """What each line carries while some are dead."""

    dead: Sequence[str]
    """Ids of the dead lines."""

    shares: Sequence[str]
    """Share of new connections of each line."""

    loads: Sequence[str]
    """Load of each line against its speed: 1 where it carries the part of all customers that its speed is
    of all lines' speeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customers(Document):
    """The customers of a site on a router."""

    come_in: ComeIn
    """How a packet of theirs is told from any other."""

    interfaces: Sequence[str | bytes]
    """The interfaces that this is told by."""

    basis: CustomersBasis
    """What says that these are the customers."""

    message: str
    """All of that in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Document):
    """One step of a plan."""

    phase: Phase
    """The part of the plan that it belongs to."""

    direction: Direction
    """Whether it puts something up, or takes something down after that."""

    reason: str
    """Why, in one sentence."""

    change: Change
    """What it changes."""

    command: str | bytes = field(metadata={"secret": True})
    """One full-path command that stands alone, as it is sent: passwords and PINs included."""

    undo: str | bytes | None = field(default=None, metadata={"null": True, "secret": True})
    """The command that takes the step back, as it is sent: passwords and PINs included; null where nothing
    is to be taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddChange(Document):
    """A row comes."""

    kind: Literal["add"] = "add"

    menu: str
    """The row's menu."""

    row: Sequence[Property]
    """The row, its properties in the order in which they are written."""

    before: Target | None = field(default=None, metadata={"null": True})
    """The row that it stands before; null at the end of its menu."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereTarget(Document):
    """A row with properties that no other row of the menu has."""

    kind: Literal["where"] = "where"

    properties: Sequence[Property]
    """These."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTarget(Document):
    """A row by its place."""

    kind: Literal["place"] = "place"

    place: int
    """Its place among the static rows of the menu, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstOfTarget(Document):
    """The first static row of a chain."""

    kind: Literal["first_of"] = "first_of"

    chain: str | bytes
    """The chain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyTarget(Document):
    """The one row of a menu of settings."""

    kind: Literal["only"] = "only"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetChange(Document):
    """Properties of a row get other values."""

    kind: Literal["set"] = "set"

    menu: str
    """The row's menu."""

    target: Target
    """The row."""

    values: Sequence[Assignment]
    """What becomes of each property."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Document):
    """What becomes of one property; secrets are not shown."""

    name: str
    """The property."""

    from_: NewValue = field(metadata={"name": "from"})
    """Its value today."""

    to: NewValue
    """Its value to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveChange(Document):
    """A row goes."""

    kind: Literal["remove"] = "remove"

    menu: str
    """The row's menu."""

    target: Target
    """The row."""

    row: Sequence[Property]
    """What it was, its properties in the order in which they are written."""

    before: Target | None = field(default=None, metadata={"null": True})
    """The row that stood behind it; null where the menu has no order, or it was the last."""

    comes_back: bool
    """Whether RouterOS would take it back: not where somebody removed what it refers to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveChange(Document):
    """A row gets another place in its menu."""

    kind: Literal["move"] = "move"

    menu: str
    """The row's menu."""

    target: Target
    """The row."""

    before: Target | None = field(default=None, metadata={"null": True})
    """The row that it comes to stand before; null at the end of the menu."""

    back: Target | None = field(default=None, metadata={"null": True})
    """The row that it stood before until now; null at the end of the menu."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChange(Document):
    """A command that changes no configuration of its own: it waits, verifies, or copies a lease into rows
    that follow it."""

    kind: Literal["run"] = "run"

    script: str | bytes
    """The command, its secrets left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument(Document):
    """The ordered change of one router, with the command of every step and what takes it back."""

    SCHEMA: ClassVar[str | None] = "multi-isp/plan/1"

    purpose: Purpose
    """What it is for."""

    lines: Sequence[Outline]
    """The lines as they will run, nearest first; none in a plan to disable."""

    version: str
    """RouterOS of the router."""

    fingerprint: str
    """Of what the router was set to when the plan was made: apply it only where that of the router is the
    same."""

    report: ReportDocument
    """The findings that it was made with; none of them is an error."""

    balance: Balance | None = field(default=None, metadata={"null": True})
    """How new connections are shared; null where they are not."""

    customers: Customers | None = field(default=None, metadata={"null": True})
    """Whose connections are marked; null where none are."""

    unconfirmed: bool
    """Whether an earlier plan waits on the router to be confirmed."""

    steps: Sequence[Step]
    """The steps, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions(Document):
    """RouterOS of two routers."""

    before: str
    """Of the first; `unknown` where it is not known."""

    after: str
    """Of the second; `unknown` where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference(Document):
    """A difference between two routers."""

    kind: DifferenceKind
    """What became of the row."""

    menu: str
    """The menu."""

    command: str | bytes
    """The row as a command, its secrets left out; of one that was changed, as the first router has it."""

    properties: Sequence[PropertyChange]
    """Of `changed`, each property that means something else; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyChange(Document):
    """A property that means something else; secrets are not shown."""

    name: str
    """The property."""

    before: str | bytes | None = field(default=None, metadata={"null": True})
    """Its value in the first router; null where it is not set."""

    after: str | bytes | None = field(default=None, metadata={"null": True})
    """Its value in the second router; null where it is not set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences(Document):
    """What differs from one router to another."""

    SCHEMA: ClassVar[str | None] = "multi-isp/differences/1"

    versions: Versions | None = field(default=None, metadata={"null": True})
    """Where a plan asks whether it still holds, RouterOS then and now; null where it is the same."""

    differences: Sequence[Difference]
    """The rows that differ, menu by menu."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic(Document):
    """One finding: a fault of an input, or something to know about it."""

    code: str
    """Name of the fault, for programs; stable for ever."""

    level: Level
    """How grave it is."""

    message: str
    """Sentence for the operator, lower case and without a full stop."""

    help: str | None = None
    """What to do about it."""

    place: Place | None = None
    """Where in the source it stands."""

    subjects: Sequence[Subject] | None = None
    """Lines, interfaces, rows, menus or fields that it is about; left out where there are none."""

    evidence: Sequence[Evidence] | None = None
    """What shows it: the way of a packet, step by step; left out where nothing does."""

    fix: Fix | None = None
    """What mends it, where that can be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Document):
    """Where something stands in the text that was read."""

    offset: int
    """Bytes from the start of the text to the first byte meant."""

    length: int
    """Bytes meant; 0 is the gap before `offset`."""

    line: int
    """Line of text, from 1."""

    column: int
    """Byte within that line, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSubject(Document):
    """A line of a site."""

    line: str
    """Its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceSubject(Document):
    """An interface, a port, or the client that is one."""

    interface: str
    """Its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuSubject(Document):
    """A menu of the router."""

    menu: str
    """Its path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSubject(Document):
    """A row of the router."""

    row: SubjectRow
    """The row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow(Document):
    """A row that a finding is about."""

    menu: str
    """Its menu, as `/ip/route`."""

    id: str | None = None
    """The id by which the router itself knows it, as `*1F`, where it was read with ids."""

    command: str
    """The row as a command, its secrets left out."""

    property: str | None = None
    """The property of the row that is meant."""

    place: Place | None = None
    """Where it stands in the text that the router was read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSubject(Document):
    """A field of a document."""

    field: str
    """Its path, as `lines[1].port`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Document):
    """One thing that happens to a packet, or that a router does, on the way to what a finding says."""

    what: str
    """What happens."""

    depth: int
    """How deep it stands in what shows the finding: 0 a packet as it comes, 1 what happens to it."""

    place: Place | None = None
    """Where the row stands that does it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix(Document):
    """Commands that mend a finding, run on a copy of the router before they are given away."""

    what: str
    """What they do, in a few words."""

    commands: Sequence[str]
    """Full commands, to be sent as they are in their order."""

    undo: Sequence[str]
    """Those that take them back, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry(Document):
    """An entry of the log."""

    topic: str
    """`info`, `warning`, `error` or `debug`."""

    message: str | bytes
    """The text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest(Document):
    """A request of `/tool fetch`."""

    url: str | bytes = field(metadata={"secret": True})
    """Whom it asks: it may hold a token, and is a secret."""

    data: str | bytes
    """What it sends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDocument(Document):
    """What a script left behind, beside the router."""

    SCHEMA: ClassVar[str | None] = "multi-isp/outcome/1"

    error: Diagnostic | None = field(default=None, metadata={"null": True})
    """The error that stopped the script, the first of scripts that a scheduler ran; null where none did."""

    log: Sequence[LogEntry]
    """What `:log` wrote."""

    output: Sequence[str | bytes]
    """What `:put` wrote, in text lines."""

    requests: Sequence[FetchRequest]
    """What `/tool fetch` sent and somebody took."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow(Document):
    """A row of a menu."""

    id: str | None = field(default=None, metadata={"null": True})
    """The id by which the router itself knows it, as `*1F`; null where it was read without ids."""

    text_line: int | None = field(default=None, metadata={"null": True})
    """The text line of the export that made it, from 1; null where it was read otherwise."""

    dynamic: bool
    """Whether the router made it itself."""

    disabled: bool
    """Whether it is disabled, its menu's default counted."""

    properties: Sequence[Property]
    """The properties that are set, in the order in which they were typed."""

    live: Sequence[Property]
    """The values that only a live router knows, where they were read."""

    remark: str | bytes | None = field(default=None, metadata={"null": True})
    """What the router itself says of the row, such as why it does not work; null where it says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Document):
    """The rows of one menu of a router."""

    SCHEMA: ClassVar[str | None] = "multi-isp/table/1"

    rows: Sequence[TableRow]
    """The rows, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument(Document):
    """Findings about a router, or about a site on one: the gravest first."""

    SCHEMA: ClassVar[str | None] = "multi-isp/report/1"

    blocks: bool
    """Whether there is an error: of preflight, there can be no plan then."""

    findings: Sequence[Diagnostic]
    """All findings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry(Document):
    """What the rule book says of a rule."""

    code: str
    """Name of the fault."""

    level: Level
    """How grave it is."""

    in_preflight: bool
    """Whether preflight asks for it before a site is applied."""

    in_audit: bool
    """Whether an audit of any router asks for it."""

    summary: str
    """What it looks at, in a paragraph of Markdown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules(Document):
    """All rules, each once: those of audit, then those that preflight alone asks for."""

    SCHEMA: ClassVar[str | None] = "multi-isp/rules/1"

    rules: Sequence[RuleEntry]
    """The rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCondition(Document):
    """How a line is."""

    interface: str | bytes
    """The interface that packets leave by, or its port."""

    condition: Condition
    """How it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease(Document):
    """What a provider gives to a client."""

    interface: str | bytes
    """The interface of the client."""

    address: str
    """The router's IPv4 address with the length of its network, as `198.51.100.2/24`; of a session, 32."""

    gateway: str
    """The IPv4 address of the provider's gateway, or of the other end of the session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic(Document):
    """Traffic whose way is asked."""

    from_: Source | None = field(default=None, metadata={"name": "from"})
    """Where it comes from; a customer where it is not said."""

    to: str | None = None
    """The IPv4 address that it goes to; where it is not said, a host in the internet, and of traffic from
    there the router's address on that line."""

    protocol: Protocol | None = None
    """By which protocol; `tcp` where it is not said."""

    port: int | None = None
    """To which port; 443 where it is not said, and none of ICMP."""

    established: bool | None = None
    """Whether the connection was open before the lines failed; no where it is not said."""

    logged_in: bool | None = None
    """Of a customer of a hotspot, whether he has logged in; yes where it is not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanSource(Document):
    """A customer: a host of the first LAN, else somebody who dialled in to the PPPoE server."""

    type: Literal["lan"] = "lan"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterSource(Document):
    """The router itself."""

    type: Literal["router"] = "router"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceSource(Document):
    """A host behind an interface, which may be one of a session (`<pppoe-jo>`)."""

    type: Literal["interface"] = "interface"

    interface: str | bytes
    """The interface."""

    source: str | None = None
    """The IPv4 address of the host; one of the network of the interface where it is not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InternetSource(Document):
    """The internet, over a line."""

    type: Literal["internet"] = "internet"

    line: str | bytes
    """The interface of the line."""

    source: str | None = None
    """The IPv4 address of who sends it; somebody's where it is not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Document):
    """What is assumed of the world around a router."""

    SCHEMA: ClassVar[str | None] = "multi-isp/scenario/1"

    lines: Sequence[LineCondition] | None = None
    """How lines are, at most once for each interface; of those that are not named it is assumed that they
    work."""

    leases: Sequence[Lease] | None = None
    """What providers give, at most once for each interface, instead of what the router was read with."""

    noticed: Noticed | None = None
    """How far the router has come since the lines failed; `everything` where it is not said."""

    traffic: Traffic | None = None
    """What is sent; where it is not said, a customer opens a page of a host in the internet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way(Document):
    """One way that a connection can go."""

    share: str
    """The part of all such connections that goes this way."""

    packets: Sequence[PacketTrace]
    """The packets of the connection one after the other, up to the first that is lost."""

    verdict: Verdict
    """What becomes of the connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketTrace(Document):
    """One packet's way."""

    direction: PacketDirection
    """Which way of the connection it goes."""

    state: ConnectionState
    """What connection tracking says of it."""

    from_: str | bytes | None = field(default=None, metadata={"name": "from", "null": True})
    """The interface that it comes in by; null of what the router sends."""

    source: Endpoint
    """Its source as it comes in."""

    destination: Endpoint
    """Its destination as it comes in."""

    protocol: Protocol
    """Its protocol."""

    events: Sequence[Event]
    """What happened, in order."""

    end: End
    """Where it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint(Document):
    """An address and, of protocols that have them, a port."""

    address: str
    """The IPv4 address."""

    port: int | None = field(default=None, metadata={"null": True})
    """The port; null where the protocol has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Document):
    """What happened to a packet at one point; only what belongs to its kind is there."""

    stage: Stage
    """Where."""

    row: RouterRow | None = field(default=None, metadata={"null": True})
    """The row that did it; null where no row did."""

    what: EventKind
    """What."""

    action: str | None = None
    """Of `action`, the action of the rule."""

    target: str | None = None
    """Of `jump`, the chain that the packet goes through."""

    mark: str | bytes | None = None
    """Of the marks, the mark; empty where it is taken away."""

    address: str | None = None
    """Of `own_source`, the IPv4 address."""

    to: Endpoint | None = None
    """Of `source` and `destination`, what it becomes."""

    table: str | None = None
    """Of `lookup` and `no_route_in`, the table."""

    because: str | None = None
    """Of `lookup`, why this table: `mark`, `rule` or `main`; of `forgotten`, why."""

    prefix: str | None = None
    """Of `route`, `inactive` and `refuses`, the prefix of the route."""

    kind: str | None = None
    """Of `refuses`, what the route says: `blackhole`, `unreachable`, `prohibit` or `drop`."""

    distance: int | None = None
    """Of `route` and `inactive`, the distance of the route."""

    gateway: str | None = None
    """Of `route` and `inactive`, the gateway of the route."""

    through: Sequence[RouterRow] | None = None
    """Of `route`, the routes that its next hop is found by, the last one connected."""

    interface: str | bytes | None = None
    """Of `route`, the interface that the packet leaves by."""

    next_hop: str | None = None
    """Of `route`, the neighbour that the packet is handed to; null where the interface leads to one alone."""

    members: int | None = None
    """Of `route`, how many next hops it has in all."""

    reason: RouteFault | None = None
    """Of `inactive`, why."""

    why: str | None = None
    """Of `invalid`, why RouterOS flags the rule."""

    property: str | None = None
    """Of `unmodelled`, what the simulator does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Document):
    """Where on its way a packet is."""

    kind: StageKind
    """Where."""

    table: FirewallTable | None = None
    """Of `chain`, the menu of the firewall; else left out."""

    chain: str | None = None
    """Of `chain`, its name; else left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterRow(Document):
    """A row of the router."""

    menu: str
    """Its menu."""

    id: str
    """Its id there."""

    text_line: int | None = field(default=None, metadata={"null": True})
    """The text line of the export that made it, from 1; null of routers that were read otherwise."""

    comment: str | bytes | None = field(default=None, metadata={"null": True})
    """Its comment; null where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Document):
    """Where a packet ends; only what belongs to its kind is there."""

    end: EndKind
    """Where."""

    line: str | bytes | None = None
    """Of `internet` and `lost`, the line that it left by; null where it is lost before."""

    interface: str | bytes | None = None
    """Of `host`, the interface that it left by."""

    cause: Cause | None = None
    """Of `lost`, why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause(Document):
    """Why a packet is lost."""

    cause: CauseKind
    """Why."""

    kind: str | None = None
    """Of `refused`, what the route or the routing rule says: `blackhole`, `unreachable`, `prohibit` or
    `drop`; else left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Document):
    """What becomes of a connection."""

    verdict: VerdictKind
    """Whether it works."""

    line: str | bytes | None = field(default=None, metadata={"null": True})
    """The line that it goes over, or would; null where it stays inside, or does not come so far."""

    anew: bool | None = None
    """Of `works`, whether it had to be opened anew, with another address: the old one is dead."""

    cause: Cause | None = None
    """Of `lost`, why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceDocument(Document):
    """What a router does with a connection: the ways that it can go, the packets of each, what happened to
    them."""

    SCHEMA: ClassVar[str | None] = "multi-isp/trace/1"

    ways: Sequence[Way]
    """The ways that it can go; their shares are 1 together, unless there are more than were followed."""

    cut: bool
    """Whether there are more ways than were followed."""

    assumed: Sequence[str]
    """What was assumed because the router was not read with it, in sentences."""

    unmodelled: Sequence[str]
    """What the router has and the simulator does not know, in sentences; its effect is not in the trace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfOptions(Document):
    """What is asked of a router beside what it says itself, when all states of its lines are gone through."""

    SCHEMA: ClassVar[str | None] = "multi-isp/what-if-options/1"

    lines: Sequence[str | bytes] | None = None
    """The lines that fail, by the interfaces that packets leave by; where none are named, those that lead
    to providers."""

    failures: Sequence[Condition] | None = None
    """The ways in which lines fail, `up` is none; links that go down and providers that die behind their
    gateways where it is not said."""

    management: str | None = None
    """The IPv4 address that the router is managed from, over the internet; nothing is asked of it where it
    is not said."""

    scenario: Scenario | None = None
    """What is assumed of the world, such as leases; its conditions and its traffic do not count, and
    `schema` may be left out in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficClass(Document):
    """Traffic that is looked at."""

    name: str
    """What it is called, as `customer`, of several networks `customer on vlan20`, or `tcp 8080 by ether1`."""

    by: str | bytes | None = field(default=None, metadata={"null": True})
    """The line that it comes in by; null of what goes out."""

    rule: RouterRow | None = field(default=None, metadata={"null": True})
    """The rule that forwards it into the LAN; null where none does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineState(Document):
    """One state of the lines."""

    failure: Condition
    """How the lines fail that do."""

    down: Sequence[str | bytes]
    """Those that do."""

    new: Sequence[Cell]
    """New connections of every class."""

    established: Sequence[Cell]
    """Connections of every class that were open before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(Document):
    """What becomes of one kind of traffic in one state of the lines, once the router has noticed all that
    it can."""

    shares: Sequence[str]
    """The part that goes over each line, in the order of the lines of the matrix."""

    inside: str
    """The part that works and leaves by no line."""

    lost: str
    """The part that is lost."""

    anew: str
    """Of what works, the part that has to be opened anew."""

    causes: Sequence[Loss]
    """Why parts are lost."""

    outage_seconds: float | None = field(default=None, metadata={"null": True})
    """For how many seconds anything is lost at most, 0 for not at all; null until a line is mended."""

    impossible: bool
    """Whether it comes in by a line that is down, and so cannot work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss(Document):
    """A part of traffic that is lost."""

    cause: CauseKind
    """Why."""

    kind: str | None = None
    """Of `refused`, what the route or the routing rule says: `blackhole`, `unreachable`, `prohibit` or
    `drop`; else left out."""

    share: str
    """Which part of the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixDocument(Document):
    """What becomes of traffic in every state of a router's lines."""

    SCHEMA: ClassVar[str | None] = "multi-isp/what-if/1"

    lines: Sequence[str | bytes]
    """The lines, those that fail first."""

    classes: Sequence[TrafficClass]
    """The traffic, in the order of the cells."""

    states: Sequence[LineState]
    """Every state of the lines for every way in which they fail; the first has all of them up."""

    assumed: Sequence[str]
    """What was assumed because the router was not read with it, in sentences."""

    unmodelled: Sequence[str]
    """What the router has and the simulator does not know, in sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Document):
    """An internet line."""

    id: str
    """Name for programs, unique in the site."""

    label: str | bytes | None = None
    """Name for people, of 1 to 200 bytes; null for `ISP 1` and so on by its place."""

    interface: str | bytes
    """The interface that packets leave by, of 1 to 200 bytes."""

    access: Access
    """How it comes to its address."""

    mbps: float
    """Speed in Mbps, with three decimals at most."""

    metered: bool | None = None
    """Whether its data is paid for by volume: it is a backup only, and its probes are pinged once a
    minute; null for no."""

    health: Health | None = None
    """How its failure is noticed; null for that of the site."""

    probes: Sequence[str] | None = None
    """Probe hosts of its own, shared with no other line; null for those that a plan chooses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dhcp(Document):
    """The provider gives an address by DHCP."""

    type: Literal["dhcp"] = "dhcp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Static(Document):
    """The address is fixed."""

    type: Literal["static"] = "static"

    address: str
    """The address of the router, with the length of its network, as `198.51.100.2/24`."""

    gateway: str
    """The next hop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pppoe(Document):
    """A PPPoE client: the one called like the line's interface, or one to make, which needs `port` and
    `user`."""

    type: Literal["pppoe"] = "pppoe"

    port: str | bytes | None = None
    """The Ethernet port or VLAN that it dials over."""

    user: str | bytes | None = None
    """Its name at the provider."""

    password: str | bytes | None = field(default=None, metadata={"secret": True})
    """Its password: a secret; null where the router keeps the one that it has."""

    service: str | bytes | None = None
    """The name of the service; null for any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lte(Document):
    """A modem that the router drives, with the APN profile that it has or with one of ours, which needs
    `apn`."""

    type: Literal["lte"] = "lte"

    apn: str | bytes | None = None
    """The access point name."""

    user: str | bytes | None = None
    """Its name at the provider."""

    password: str | bytes | None = field(default=None, metadata={"secret": True})
    """Its password: a secret; null where the router keeps the one that it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ppp(Document):
    """A USB modem: the client called like the line's interface, or one to make, which needs `port` and
    `apn`."""

    type: Literal["ppp"] = "ppp"

    port: str | bytes | None = None
    """The serial port, as `usb1`."""

    apn: str | bytes | None = None
    """The access point name."""

    user: str | bytes | None = None
    """Its name at the provider."""

    password: str | bytes | None = field(default=None, metadata={"secret": True})
    """Its password: a secret; null where the router keeps the one that it has."""

    pin: str | bytes | None = field(default=None, metadata={"secret": True})
    """The PIN of the card: a secret; null where the router keeps the one that it has."""

    phone: str | bytes | None = None
    """The number that is dialled; null for the one of RouterOS."""

    data_channel: int | None = None
    """The channel that data goes over; null for the one of RouterOS."""

    info_channel: int | None = None
    """The channel that the modem is asked over; null for the one of RouterOS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tunnel(Document):
    """A point-to-point interface that somebody else keeps up."""

    type: Literal["tunnel"] = "tunnel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook(Document):
    """Where the router itself reports lines that stop or start to work."""

    url: str | None = field(default=None, metadata={"secret": True})
    """Where a state is posted: a secret; null where the router keeps the one that it has."""

    interval: int | None = None
    """Seconds between two looks at the lines; null for 60."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Document):
    """What an operator wants of one router."""

    SCHEMA: ClassVar[str | None] = "multi-isp/site/1"

    mode: Mode
    """What the lines are to each other."""

    lines: Sequence[Line]
    """Internet lines by priority, two to four; the first is ISP 1, the line that the router has today."""

    health: Health | None = None
    """How failures are noticed, of lines that do not say; null for `internet`."""

    lan: Sequence[str | bytes] | None = None
    """The interfaces of the customers; null where the router tells."""

    management: Sequence[str] | None = None
    """Far ends that manage the router, such as VPN endpoints: IPv4 addresses or prefixes; null for none."""

    dns: Sequence[str] | None = None
    """Resolvers of the router; null where it keeps those that it has."""

    classifier: Classifier | None = None
    """What makes two packets of customers take the same line; null for `both-addresses`."""

    max_buckets: int | None = None
    """Largest PCC denominator; null for 16."""

    spread: Spread | None = None
    """Where the connections of a dead line go; null for `proportional`."""

    replies: bool | None = None
    """Whether answers leave by the line that the question came in by, in failover mode too; null for no."""

    stale_connections: StaleConnections | None = None
    """What becomes of connections when their line fails or returns; null for `none`."""

    webhook: Webhook | None = None
    """Where the router itself reports its lines to; null where it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRead(Document):
    """A menu to read: which rows of it, and which of their properties."""

    menu: str
    """The menu."""

    properties: Sequence[str]
    """The properties, all of which the version has."""

    sentence: Sequence[str | bytes]
    """The words of the API that ask for it."""

    request: RestRequest
    """The request of REST that does, which RouterOS 7 has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestRequest(Document):
    """A request of REST."""

    method: str
    """`PUT`, `PATCH`, `DELETE` or `POST`."""

    path: str
    """The path on the router, as `/rest/ip/route`."""

    body: str | None = field(default=None, metadata={"null": True, "secret": True})
    """The JSON text that is sent with it; null where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReads(Document):
    """What has to be read of a router for a status: the fewest rows and properties that tell."""

    SCHEMA: ClassVar[str | None] = "multi-isp/status-reads/1"

    reads: Sequence[StatusRead]
    """The menus."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEvidence(Document):
    """A value that a router told, and that decided something."""

    menu: str
    """The menu."""

    row: str
    """By what the row is known: its name, interface, comment or host."""

    property: str
    """The property."""

    value: str
    """Its value; empty where the router did not tell it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStatus(Document):
    """How a line is."""

    id: str
    """The line's id."""

    label: str
    """Its label, as people read it."""

    interface: str
    """Its interface, as people read it."""

    state: State
    """How it is."""

    reason: Reason | None = None
    """Why it is offline; left out where it is not."""

    share: str
    """The part of all new connections of customers that leaves over it now, 0 to 1."""

    badge: Badge
    """What a portal shows of it."""

    detail: Sequence[LineEvidence]
    """What decided the state, the strongest first; empty where nothing is known of the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge(Document):
    """What a portal shows of a line."""

    colour: Colour
    """Its colour."""

    label: str
    """The state in a word: `Active`, `Standby`, `Degraded`, `Offline` or `Unknown`."""

    tooltip: str
    """The interface and the state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStatus(Document):
    """How a site is on its router."""

    SCHEMA: ClassVar[str | None] = "multi-isp/status/1"

    mode: Mode
    """What the lines are to each other."""

    setup: Setup
    """What became of the set-up of the site."""

    sentence: str
    """What the lines do now, for people."""

    detail: Sequence[LineEvidence]
    """What tells that the set-up is not as planned."""

    lines: Sequence[LineStatus]
    """The lines by priority, ISP 1 first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedDhcp(Document):
    """The address comes from a DHCP client, also that of an LTE stick."""

    kind: Literal["dhcp"] = "dhcp"

    gateway: str | None = field(default=None, metadata={"null": True})
    """The gateway of the lease, an IPv4 address; null where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedStatic(Document):
    """The address was typed."""

    kind: Literal["static"] = "static"

    address: str | bytes | None = field(default=None, metadata={"null": True})
    """The address as the router has it, `198.51.100.2/30`; null where it is not known."""

    gateway: str | None = field(default=None, metadata={"null": True})
    """The next hop, an IPv4 address; null where the route names an interface only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedPppoe(Document):
    """The address comes from a PPPoE client, which is the line's interface."""

    kind: Literal["pppoe"] = "pppoe"

    over: str | bytes | None = field(default=None, metadata={"null": True})
    """The interface that it dials over; null where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedLte(Document):
    """The address comes from an LTE or 5G modem."""

    kind: Literal["lte"] = "lte"


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedPpp(Document):
    """The address comes from a dial-up modem."""

    kind: Literal["ppp"] = "ppp"


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedTunnel(Document):
    """The line is a tunnel."""

    kind: Literal["tunnel"] = "tunnel"


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedLine(Document):
    """The line that carries internet today, as the router has it."""

    SCHEMA: ClassVar[str | None] = "multi-isp/detected-line/1"

    interface: str | bytes
    """The interface that the default route leaves by, as `ether1` or `pppoe-out1`."""

    access: DetectedAccess
    """How it gets its address."""

    basis: Basis
    """What says that it is this one."""

    message: str
    """The same in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Port(Document):
    """An interface as a set-up form lists it."""

    name: str | bytes
    """Its name on the router."""

    kind: InterfaceKind
    """What it is."""

    state: PortState
    """Whether it can become a line."""

    reasons: Sequence[PortReason]
    """What it is used for today, the weightiest first; empty for a port that is free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortReason(Document):
    """What a port is used for today; only what belongs to its code is there."""

    code: PortReasonCode
    """What."""

    interface: str | bytes | None = None
    """Of `carries_isp_one` and `carries_chosen`, the line that comes in through it."""

    bonding: str | bytes | None = None
    """Of `bonding_slave`, the bonding."""

    port: str | bytes | None = None
    """Of `switched`, its master, or the first of its slaves."""

    client: str | bytes | None = None
    """Of `carries_pppoe`, the client."""

    address: str | bytes | None = None
    """Of `addressed`, the address, as `192.168.88.1/24`."""

    service: Service | None = None
    """Of `serves`, which server."""

    bridge: str | bytes | None = None
    """Of `on_bridge` and `hotspot_bridge`, the bridge."""

    distance: int | None = None
    """Of `has_default_route`, the distance of that route."""

    vlan: str | bytes | None = None
    """Of `carries_vlan`, the first of them."""

    message: str
    """The end of a sentence that begins with the port."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortList(Document):
    """The interfaces of a router that could be lines, by kind and then by number."""

    SCHEMA: ClassVar[str | None] = "multi-isp/ports/1"

    complete: bool
    """Whether these are all; a compact export leaves out ports as the factory made them that nothing names."""

    ports: Sequence[Port]
    """The ports; bridges are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingRow(Document):
    """A row that chooses between lines by hand."""

    role: SetupRole
    """What it does."""

    what: str
    """The same in a few words."""

    row: SubjectRow
    """The row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingRows(Document):
    """The enabled rows of somebody else that choose between the lines of a site."""

    SCHEMA: ClassVar[str | None] = "multi-isp/existing-rows/1"

    rows: Sequence[ExistingRow]
    """The rows, in the order in which a plan switches them off."""

NewValue: TypeAlias = GivenValue | UnsetValue | ReportedValue
"""The value that a property gets."""

Change: TypeAlias = AddChange | SetChange | RemoveChange | MoveChange | RunChange
"""One change of a router."""

Target: TypeAlias = WhereTarget | PlaceTarget | FirstOfTarget | OnlyTarget
"""How a command finds its row."""

Subject: TypeAlias = LineSubject | InterfaceSubject | MenuSubject | RowSubject | FieldSubject
"""What a finding is about."""

Source: TypeAlias = LanSource | RouterSource | InterfaceSource | InternetSource
"""Where traffic comes from."""

Access: TypeAlias = Dhcp | Static | Pppoe | Lte | Ppp | Tunnel
"""How a line comes to its address."""

DetectedAccess: TypeAlias = DetectedDhcp | DetectedStatic | DetectedPppoe | DetectedLte | DetectedPpp | DetectedTunnel
"""How a line that works today gets its address."""
