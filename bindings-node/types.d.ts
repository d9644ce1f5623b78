// The values of multi-isp, made by `cargo xtask types` from the JSON Schemas of core.

/** A name as the router has it: text, or bytes that are no UTF-8. */
export type Text = string | Bytes

/** Bytes in hexadecimal. */
export interface Bytes {
  hex: string
}

/** What is told of a site, and after how long. */
export interface AlertOptions {
  schema?: 'multi-isp/alert-options/1'
  /** Whether anything is told at all; yes where it is not said. */
  enabled?: boolean | null
  /** For how many seconds a line must be down before that is told, and the router silent; 0 where it is not said. */
  downAfter?: number | null
  /** For how many seconds it must be up again before that is told; 0 where it is not said. */
  upAfter?: number | null
  /**
   * Whether it is told that the router does not answer, and hidden what is told of its lines meanwhile; yes where
   * it is not said.
   */
  router?: boolean | null
  /**
   * Whether lines that are all down are told as one, and hidden what is told of each meanwhile; yes where it is
   * not said.
   */
  allLines?: boolean | null
  /**
   * After how many seconds something that was told to be down, and still is, is told again; never where it is not
   * said.
   */
  reminder?: number | null
  /** Ids of lines that nothing is told of; none where it is not said. */
  quiet?: Array<string> | null
}

/** The router, or all lines together. */
export interface Track {
  /** How it is, flaps left out. */
  up: boolean
  /** When the first reading said so; null where the very first one did. */
  since: number | null
  /** From when on readings say the contrary, not yet for long enough; null where they do not. */
  differsSince: number | null
  /** What people were last told; null where nothing is told of it. */
  told: Told | null
}

/** What people were last told. */
export interface Told {
  /** Whether it is up. */
  up: boolean
  /** When; null where it was so at the first reading, which tells nothing. */
  at: number | null
}

/** A line. */
export interface LineTrack {
  /** Its id, unique in the document. */
  id: string
  /** How it is, flaps left out. */
  up: boolean
  /** When the first reading said so; null where the very first one did. */
  since: number | null
  /** From when on readings say the contrary, not yet for long enough; null where they do not. */
  differsSince: number | null
  /** What people were last told; null where nothing is told of it. */
  told: Told | null
}

/**
 * What is remembered of a site from one reading to the next, so that people are told of changes alone; times are
 * seconds of the caller's clock.
 */
export interface AlertState {
  schema?: 'multi-isp/alert-state/1'
  /** Whether it answers; null before the first reading. */
  router: Track | null
  /** Whether one of them is up; null as long as that is not known. */
  allLines: Track | null
  /** The lines that are known. */
  lines: Array<LineTrack>
}

/** What happened. */
export type AlertKind = 'line_down' | 'line_up' | 'router_unreachable' | 'router_reachable' | 'all_lines_down' | 'lines_back'

/** The line that an alert is about, as the reading had it. */
export interface AlertLine {
  /** Its id. */
  id: string
  /** Its label, as somebody typed it. */
  label: string
  /** Its interface. */
  interface: string
  /** Why it does not work; null where it does. */
  reason: Reason | null
}

/** Why a line does not work. */
export type Reason = 'disabled' | 'no_link' | 'no_route' | 'no_address' | 'gateway_down' | 'upstream_down'

/** Something that changed and is to be told, or to be told again. */
export interface Alert {
  schema?: 'multi-isp/alert/1'
  /** What happened. */
  kind: AlertKind
  /** Whether it was told before, and is still so. */
  reminder: boolean
  /** The line; null where it is of the router or of all its lines. */
  line: AlertLine | null
  /** When it is told: the time of the reading, in seconds of the caller's clock. */
  at: number
  /** Since when it is so: the time of the first reading that showed it, never after `at`. */
  since: number
}

/** A status, and when it was read. */
export interface Reading {
  /** When, in seconds of the caller's clock. */
  at: number
  /** What was read; `schema` may be left out in it. */
  status: SiteStatus
}

/** Recorded readings of a site, in their order. */
export interface Log {
  schema?: 'multi-isp/log/1'
  /** The readings, the oldest first. */
  readings: Array<Reading>
}

/** What a text takes as an SMS. */
export interface MessageSize {
  /** In what it is written. */
  encoding: Encoding
  /** Its length in units of the encoding. */
  units: number
  /** How many messages are sent and paid for. */
  segments: number
}

/** In what a text is written on the air: a unit is 7 bits, or 16. */
export type Encoding = 'gsm7' | 'ucs2'

/** A message to send. */
export interface Message {
  schema?: 'multi-isp/message/1'
  /** Its text, text lines parted by LF. */
  text: string
  /** What it takes as an SMS. */
  size: MessageSize
}

/** The signs that a text is written in: all, with dashes and pictures, or printable ASCII alone. */
export type Style = 'unicode' | 'ascii'

/** What is written for one kind of alert. */
export interface Template {
  /** The kind of alert. */
  kind: AlertKind
  /** The text, with placeholders in braces, as `{router}`. */
  text: string
}

/** How alerts are written. */
export interface Messages {
  schema?: 'multi-isp/messages/1'
  /** The signs that texts are written in; `unicode` where it is not said. */
  style?: Style | null
  /** Whether each message is to fit into one segment of an SMS; no where it is not said. */
  oneSegment?: boolean | null
  /** Texts in place of the usual ones, at most one for each kind of alert. */
  templates?: Array<Template> | null
}

/** What became of a line in a series of readings. */
export interface LineSummary {
  /** Its id. */
  id: string
  /** How often it changed between up and down, flaps included. */
  transitions: number
  /** How often that was told, reminders left out. */
  alerts: number
  /** How often it was told again. */
  reminders: number
  /** How often it changed and was back before the change had lasted for long enough; each is two transitions. */
  flapsDamped: number
  /** For how many seconds it was down: from each reading that says so to the one behind it. */
  secondsDown: number
}

/** What a recorded series would have told. */
export interface Replay {
  schema?: 'multi-isp/replay/1'
  /** Every alert, as it would have been told. */
  alerts: Array<Alert>
  /** What became of each line, by id. */
  lines: Array<LineSummary>
  /** What is remembered behind the last reading. */
  state: AlertState
}

/** At which level the findings of a rule are told. */
export interface RuleLevel {
  /** The code of the rule, as findings have it. */
  code: string
  /** The level; `off` leaves its findings out. */
  level: RuleLevelSetting
}

/** The level of the findings of a rule, or that they are left out. */
export type RuleLevelSetting = 'error' | 'warning' | 'note' | 'off'

/** At which level findings of an audit are told, where that is another than their own. */
export interface Levels {
  schema?: 'multi-isp/levels/1'
  /** A level for each rule, in any order. */
  levels: Array<RuleLevel>
}

/** The commands that run a script which was uploaded to a router. */
export interface ImportCommands {
  schema?: 'multi-isp/import-commands/1'
  /** Reads the file and changes nothing; null before 7.16, which has no such thing. */
  dryRun: Text | null
  /** Runs the file; RouterOS stops at the first error. */
  run: Text
}

/** The script of one part of a plan. */
export interface PhaseScript {
  /** The part. */
  phase: Phase
  /** Whether it puts something up, or takes something down. */
  direction: Direction
  /** Its commands, a text line each, as they are sent: passwords and PINs included. */
  script: Text
}

/** A part of a plan, in the order in which they run. */
export type Phase = 'guard' | 'arm' | 'interfaces' | 'lists' | 'tables' | 'bridge_ports' | 'addresses' | 'nat' | 'clients' | 'probes' | 'standby_routes' | 'leases' | 'watches' | 'verify' | 'switch' | 'fasttrack' | 'existing_setup' | 'marks' | 'stale_connections' | 'reports' | 'commit'

/** Whether a step puts something up, or takes something down. */
export type Direction = 'up' | 'down'

/** A plan in scripts of their own, a part each. */
export interface PhaseScripts {
  schema?: 'multi-isp/phase-scripts/1'
  /** The scripts, in the order in which they are sent. */
  scripts: Array<PhaseScript>
}

/** How near a split comes to the speeds, and at what price. */
export interface SplitOptions {
  schema?: 'multi-isp/split-options/1'
  /** How far the share of a line may be from the one asked, in parts of the latter; 1/20 where it is not said. */
  tolerance?: string | null
  /** Largest denominator; 16 where it is not said, and more than 1024 count as 1024. */
  maxBuckets?: number | null
}

/** What one line gets. */
export interface SplitPart {
  /** Buckets of the line. */
  buckets: number
  /** Its speed in parts of all speeds. */
  asked: string
  /** Its buckets in parts of all buckets. */
  reached: string
}

/** Buckets of each line, with the proof of what they reach. */
export interface Split {
  schema?: 'multi-isp/split/1'
  /** Number of all buckets, which is the number of rules that a new connection walks; 0 where there are no lines. */
  denominator: number
  /** What each line gets, in the order of the speeds. */
  parts: Array<SplitPart>
  /** Line of each remainder from 0, as the position of its speed from 0. */
  assignment: Array<number>
  /** Largest distance of a share reached from the one asked. */
  worstAbsoluteError: string
  /** Largest such distance in parts of the share asked. */
  worstRelativeError: string
}

/** A row that is not as planned. */
export interface DriftRow {
  /** The row's menu. */
  menu: string
  /** What is wrong with it. */
  fault: Fault
  /** Of a row that is changed, each property that is not as planned; else left out. */
  properties?: Array<Deviation> | null
  /** By what it is known: all of it where it is missing or left over. */
  row: Array<Property>
  /** The line that it serves; null where it serves the whole site, or is somebody else's. */
  line: string | null
  /** What it is for, in one sentence. */
  purpose: string
}

/** What is wrong with a row: not there, set to something else, there for nothing, or in the wrong place. */
export type Fault = 'missing' | 'changed' | 'left_over' | 'misplaced'

/** A property that is not as planned; secrets are not shown. */
export interface Deviation {
  /** The property. */
  name: string
  /** What it is. */
  found: NewValue
  /** What it should be. */
  planned: NewValue
}

/** The value that a property gets. */
export type NewValue = GivenValue | UnsetValue | ReportedValue

/** A value that is given. */
export interface GivenValue {
  kind: 'given'
  /** The value. */
  value: Text
}

/** No value at all. */
export interface UnsetValue {
  kind: 'unset'
}

/** What the router reports of the same row when the command runs. */
export interface ReportedValue {
  kind: 'reported'
  /** As this property. */
  property: string
}

/** A property and its value; secrets are not shown. */
export interface Property {
  /** The property. */
  name: string
  /** Its value. */
  value: Text
}

/**
 * What of a site does not stand on its router as planned, with the plan that mends it; no secrets, those of the
 * plan's commands aside.
 */
export interface DriftDocument {
  schema?: 'multi-isp/drift/1'
  /** The rows that are not as planned. */
  rows: Array<DriftRow>
  /** The plan that mends them. */
  plan: PlanDocument
}

/** The policies of a user's group that matter to what runs by itself: a guard, a report. */
export interface Policies {
  /** It may read the configuration. */
  read: boolean
  /** It may change the configuration. */
  write: boolean
  /** It may ping, and set global variables. */
  test: boolean
}

/**
 * What a plan does with a set-up that somebody made by hand: it refuses to be made, it replaces it, or it keeps
 * it.
 */
export type ExistingSetup = 'refuse' | 'replace' | 'keep'

/** What a caller knows that neither site nor router say. */
export interface Options {
  schema?: 'multi-isp/options/1'
  /** Whether the router answers now; yes where it is not said. */
  reachable?: boolean | null
  /** Whether the portal feature that opens the internet to everyone is on; no where it is not said. */
  freeAccess?: boolean | null
  /** Most lines that a site may have; 4 where it is not said, and never more than 50. */
  maxLines?: number | null
  /** What the user may do that the plan is sent as; null where it is not known. */
  policies?: Policies | null
  /** What becomes of a multi-WAN set-up that somebody made by hand; `refuse` where it is not said. */
  existing?: ExistingSetup | null
  /** At which level findings are told, where that is another than their own; no error as less than that. */
  levels?: Array<RuleLevel> | null
}

/** What a plan is for: to bring a router to what a site needs, or to take everything of ours off it. */
export type Purpose = 'apply' | 'disable'

/** A line as it will run. */
export interface Outline {
  /** The line's id. */
  id: string
  /** Its interface. */
  interface: Text
  /** The distance of its default in the main table. */
  distance: number
  /** How long it takes until its failure is noticed; null where the operator switches by hand. */
  detectionSeconds: Detection | null
  /** Whether its data is paid for by volume. */
  metered: boolean
  /** About how many bytes a month its probes cost, both ways; null where nothing far is pinged. */
  probeBytesPerMonth: number | null
}

/** From when to when a failure is noticed. */
export interface Detection {
  /** Seconds, at the least. */
  earliest: number
  /** Seconds, at the most. */
  latest: number
}

/** How new connections are shared. */
export interface Balance {
  /** Ids of the lines that are balanced. */
  lines: Array<string>
  /** Their buckets. */
  split: Split
  /** What that reaches, and what it costs. */
  certificate: Certificate
  /** The buckets with their stand-ins. */
  allotment: Allotment
  /** What each line carries, for each set of dead lines that leaves one alive. */
  shares: Array<Shares>
}

/** What the balance reaches, and what it costs. */
export interface Certificate {
  /** How far the shares reached are from those asked at the most, in parts of those; null where no line is balanced. */
  worstRelativeError: string | null
  /** The rules that a new connection walks. */
  rules: number
}

/** Buckets in groups, each with the lines that carry it; one routing table serves a group. */
export interface Allotment {
  /** Number of all buckets. */
  denominator: number
  /** The groups, by line. */
  groups: Array<Group>
}

/** Buckets that share their stand-ins. */
export interface Group {
  /** Number of buckets. */
  buckets: number
  /** Lines by preference, as positions in the `lines` of the balance from 0; the first is the group's own. */
  order: Array<number>
}

/** What each line carries while some are dead. */
export interface Shares {
  /** Ids of the dead lines. */
  dead: Array<string>
  /** Share of new connections of each line. */
  shares: Array<string>
  /**
   * Load of each line against its speed: 1 where it carries the part of all customers that its speed is of all
   * lines' speeds.
   */
  loads: Array<string>
}

/** The customers of a site on a router. */
export interface Customers {
  /** How a packet of theirs is told from any other. */
  comeIn: ComeIn
  /** The interfaces that this is told by. */
  interfaces: Array<Text>
  /** What says that these are the customers. */
  basis: CustomersBasis
  /** All of that in one sentence. */
  message: string
}

/** Where customers' packets come in: over the interfaces that are named, or over anything else. */
export type ComeIn = 'over' | 'not_over'

/** What says who the customers are. */
export type CustomersBasis = 'named' | 'pppoe_server' | 'lan_list' | 'servers' | 'lan_list_and_servers' | 'addresses' | 'nothing_found'

/** One step of a plan. */
export interface Step {
  /** The part of the plan that it belongs to. */
  phase: Phase
  /** Whether it puts something up, or takes something down after that. */
  direction: Direction
  /** Why, in one sentence. */
  reason: string
  /** What it changes. */
  change: Change
  /** One full-path command that stands alone, as it is sent: passwords and PINs included. */
  command: Text
  /**
   * The command that takes the step back, as it is sent: passwords and PINs included; null where nothing is to be
   * taken back.
   */
  undo: Text | null
}

/** One change of a router. */
export type Change = AddChange | SetChange | RemoveChange | MoveChange | RunChange

/** A row comes. */
export interface AddChange {
  kind: 'add'
  /** The row's menu. */
  menu: string
  /** The row, its properties in the order in which they are written. */
  row: Array<Property>
  /** The row that it stands before; null at the end of its menu. */
  before: Target | null
}

/** How a command finds its row. */
export type Target = WhereTarget | PlaceTarget | FirstOfTarget | OnlyTarget

/** A row with properties that no other row of the menu has. */
export interface WhereTarget {
  kind: 'where'
  /** These. */
  properties: Array<Property>
}

/** A row by its place. */
export interface PlaceTarget {
  kind: 'place'
  /** Its place among the static rows of the menu, from 0. */
  place: number
}

/** The first static row of a chain. */
export interface FirstOfTarget {
  kind: 'first_of'
  /** The chain. */
  chain: Text
}

/** The one row of a menu of settings. */
export interface OnlyTarget {
  kind: 'only'
}

/** Properties of a row get other values. */
export interface SetChange {
  kind: 'set'
  /** The row's menu. */
  menu: string
  /** The row. */
  target: Target
  /** What becomes of each property. */
  values: Array<Assignment>
}

/** What becomes of one property; secrets are not shown. */
export interface Assignment {
  /** The property. */
  name: string
  /** Its value today. */
  from: NewValue
  /** Its value to be. */
  to: NewValue
}

/** A row goes. */
export interface RemoveChange {
  kind: 'remove'
  /** The row's menu. */
  menu: string
  /** The row. */
  target: Target
  /** What it was, its properties in the order in which they are written. */
  row: Array<Property>
  /** The row that stood behind it; null where the menu has no order, or it was the last. */
  before: Target | null
  /** Whether RouterOS would take it back: not where somebody removed what it refers to. */
  comesBack: boolean
}

/** A row gets another place in its menu. */
export interface MoveChange {
  kind: 'move'
  /** The row's menu. */
  menu: string
  /** The row. */
  target: Target
  /** The row that it comes to stand before; null at the end of the menu. */
  before: Target | null
  /** The row that it stood before until now; null at the end of the menu. */
  back: Target | null
}

/**
 * A command that changes no configuration of its own: it waits, verifies, or copies a lease into rows that
 * follow it.
 */
export interface RunChange {
  kind: 'run'
  /** The command, its secrets left out. */
  script: Text
}

/** The ordered change of one router, with the command of every step and what takes it back. */
export interface PlanDocument {
  schema?: 'multi-isp/plan/1'
  /** What it is for. */
  purpose: Purpose
  /** The lines as they will run, nearest first; none in a plan to disable. */
  lines: Array<Outline>
  /** RouterOS of the router. */
  version: string
  /** Of what the router was set to when the plan was made: apply it only where that of the router is the same. */
  fingerprint: string
  /** The findings that it was made with; none of them is an error. */
  report: ReportDocument
  /** How new connections are shared; null where they are not. */
  balance: Balance | null
  /** Whose connections are marked; null where none are. */
  customers: Customers | null
  /** Whether an earlier plan waits on the router to be confirmed. */
  unconfirmed: boolean
  /** The steps, in their order. */
  steps: Array<Step>
}

/** RouterOS of two routers. */
export interface Versions {
  /** Of the first; `unknown` where it is not known. */
  before: string
  /** Of the second; `unknown` where it is not known. */
  after: string
}

/** A difference between two routers. */
export interface Difference {
  /** What became of the row. */
  kind: DifferenceKind
  /** The menu. */
  menu: string
  /** The row as a command, its secrets left out; of one that was changed, as the first router has it. */
  command: Text
  /** Of `changed`, each property that means something else; else empty. */
  properties: Array<PropertyChange>
}

/**
 * What became of a row: only the second router has it, only the first has, both have it with other properties,
 * or it stands elsewhere.
 */
export type DifferenceKind = 'added' | 'removed' | 'changed' | 'moved'

/** A property that means something else; secrets are not shown. */
export interface PropertyChange {
  /** The property. */
  name: string
  /** Its value in the first router; null where it is not set. */
  before: Text | null
  /** Its value in the second router; null where it is not set. */
  after: Text | null
}

/** What differs from one router to another. */
export interface Differences {
  schema?: 'multi-isp/differences/1'
  /** Where a plan asks whether it still holds, RouterOS then and now; null where it is the same. */
  versions: Versions | null
  /** The rows that differ, menu by menu. */
  differences: Array<Difference>
}

/** One finding: a fault of an input, or something to know about it. */
export interface Diagnostic {
  /** Name of the fault, for programs; stable for ever. */
  code: string
  /** How grave it is. */
  level: Level
  /** Sentence for the operator, lower case and without a full stop. */
  message: string
  /** What to do about it. */
  help?: string | null
  /** Where in the source it stands. */
  place?: Place | null
  /** Lines, interfaces, rows, menus or fields that it is about; left out where there are none. */
  subjects?: Array<Subject> | null
  /** What shows it: the way of a packet, step by step; left out where nothing does. */
  evidence?: Array<Evidence> | null
  /** What mends it, where that can be told. */
  fix?: Fix | null
}

/** How grave a finding is: to be mended before anything can be done, to be known, or worth knowing. */
export type Level = 'error' | 'warning' | 'note'

/** Where something stands in the text that was read. */
export interface Place {
  /** Bytes from the start of the text to the first byte meant. */
  offset: number
  /** Bytes meant; 0 is the gap before `offset`. */
  length: number
  /** Line of text, from 1. */
  line: number
  /** Byte within that line, from 1. */
  column: number
}

/** What a finding is about. */
export type Subject = LineSubject | InterfaceSubject | MenuSubject | RowSubject | FieldSubject

/** A line of a site. */
export interface LineSubject {
  /** Its id. */
  line: string
}

/** An interface, a port, or the client that is one. */
export interface InterfaceSubject {
  /** Its name. */
  interface: string
}

/** A menu of the router. */
export interface MenuSubject {
  /** Its path. */
  menu: string
}

/** A row of the router. */
export interface RowSubject {
  /** The row. */
  row: SubjectRow
}

/** A row that a finding is about. */
export interface SubjectRow {
  /** Its menu, as `/ip/route`. */
  menu: string
  /** The id by which the router itself knows it, as `*1F`, where it was read with ids. */
  id?: string | null
  /** The row as a command, its secrets left out. */
  command: string
  /** The property of the row that is meant. */
  property?: string | null
  /** Where it stands in the text that the router was read from. */
  place?: Place | null
}

/** A field of a document. */
export interface FieldSubject {
  /** Its path, as `lines[1].port`. */
  field: string
}

/** One thing that happens to a packet, or that a router does, on the way to what a finding says. */
export interface Evidence {
  /** What happens. */
  what: string
  /** How deep it stands in what shows the finding: 0 a packet as it comes, 1 what happens to it. */
  depth: number
  /** Where the row stands that does it. */
  place?: Place | null
}

/** Commands that mend a finding, run on a copy of the router before they are given away. */
export interface Fix {
  /** What they do, in a few words. */
  what: string
  /** Full commands, to be sent as they are in their order. */
  commands: Array<string>
  /** Those that take them back, in their order. */
  undo: Array<string>
}

/** An entry of the log. */
export interface LogEntry {
  /** `info`, `warning`, `error` or `debug`. */
  topic: string
  /** The text. */
  message: Text
}

/** A request of `/tool fetch`. */
export interface FetchRequest {
  /** Whom it asks: it may hold a token, and is a secret. */
  url: Text
  /** What it sends. */
  data: Text
}

/** What a script left behind, beside the router. */
export interface OutcomeDocument {
  schema?: 'multi-isp/outcome/1'
  /** The error that stopped the script, the first of scripts that a scheduler ran; null where none did. */
  error: Diagnostic | null
  /** What `:log` wrote. */
  log: Array<LogEntry>
  /** What `:put` wrote, in text lines. */
  output: Array<Text>
  /** What `/tool fetch` sent and somebody took. */
  requests: Array<FetchRequest>
}

/** A row of a menu. */
export interface TableRow {
  /** The id by which the router itself knows it, as `*1F`; null where it was read without ids. */
  id: string | null
  /** The text line of the export that made it, from 1; null where it was read otherwise. */
  textLine: number | null
  /** Whether the router made it itself. */
  dynamic: boolean
  /** Whether it is disabled, its menu's default counted. */
  disabled: boolean
  /** The properties that are set, in the order in which they were typed. */
  properties: Array<Property>
  /** The values that only a live router knows, where they were read. */
  live: Array<Property>
  /** What the router itself says of the row, such as why it does not work; null where it says nothing. */
  remark: Text | null
}

/** The rows of one menu of a router. */
export interface Table {
  schema?: 'multi-isp/table/1'
  /** The rows, in their order. */
  rows: Array<TableRow>
}

/** Findings about a router, or about a site on one: the gravest first. */
export interface ReportDocument {
  schema?: 'multi-isp/report/1'
  /** Whether there is an error: of preflight, there can be no plan then. */
  blocks: boolean
  /** All findings. */
  findings: Array<Diagnostic>
}

/** What the rule book says of a rule. */
export interface RuleEntry {
  /** Name of the fault. */
  code: string
  /** How grave it is. */
  level: Level
  /** Whether preflight asks for it before a site is applied. */
  inPreflight: boolean
  /** Whether an audit of any router asks for it. */
  inAudit: boolean
  /** What it looks at, in a paragraph of Markdown. */
  summary: string
}

/** All rules, each once: those of audit, then those that preflight alone asks for. */
export interface Rules {
  schema?: 'multi-isp/rules/1'
  /** The rules. */
  rules: Array<RuleEntry>
}

/** How a line is. */
export interface LineCondition {
  /** The interface that packets leave by, or its port. */
  interface: Text
  /** How it is. */
  condition: Condition
}

/**
 * How an internet line is: it works, its link is down, it has no address, its gateway is silent, or all behind
 * that is.
 */
export type Condition = 'up' | 'link_down' | 'no_lease' | 'gateway_dead' | 'upstream_dead'

/** What a provider gives to a client. */
export interface Lease {
  /** The interface of the client. */
  interface: Text
  /** The router's IPv4 address with the length of its network, as `198.51.100.2/24`; of a session, 32. */
  address: string
  /** The IPv4 address of the provider's gateway, or of the other end of the session. */
  gateway: string
}

/**
 * How far the router has come since the lines failed: what it learns at once, what `check-gateway` finds too, or
 * all that it finds.
 */
export type Noticed = 'at_once' | 'checks' | 'everything'

/** Traffic whose way is asked. */
export interface Traffic {
  /** Where it comes from; a customer where it is not said. */
  from?: Source | null
  /**
   * The IPv4 address that it goes to; where it is not said, a host in the internet, and of traffic from there the
   * router's address on that line.
   */
  to?: string | null
  /** By which protocol; `tcp` where it is not said. */
  protocol?: Protocol | null
  /** To which port; 443 where it is not said, and none of ICMP. */
  port?: number | null
  /** Whether the connection was open before the lines failed; no where it is not said. */
  established?: boolean | null
  /** Of a customer of a hotspot, whether he has logged in; yes where it is not said. */
  loggedIn?: boolean | null
}

/** Where traffic comes from. */
export type Source = LanSource | RouterSource | InterfaceSource | InternetSource

/** A customer: a host of the first LAN, else somebody who dialled in to the PPPoE server. */
export interface LanSource {
  type: 'lan'
}

/** The router itself. */
export interface RouterSource {
  type: 'router'
}

/** A host behind an interface, which may be one of a session (`<pppoe-jo>`). */
export interface InterfaceSource {
  type: 'interface'
  /** The interface. */
  interface: Text
  /** The IPv4 address of the host; one of the network of the interface where it is not said. */
  source?: string | null
}

/** The internet, over a line. */
export interface InternetSource {
  type: 'internet'
  /** The interface of the line. */
  line: Text
  /** The IPv4 address of who sends it; somebody's where it is not said. */
  source?: string | null
}

/** A protocol above IP. */
export type Protocol = 'tcp' | 'udp' | 'icmp'

/** What is assumed of the world around a router. */
export interface Scenario {
  schema?: 'multi-isp/scenario/1'
  /** How lines are, at most once for each interface; of those that are not named it is assumed that they work. */
  lines?: Array<LineCondition> | null
  /** What providers give, at most once for each interface, instead of what the router was read with. */
  leases?: Array<Lease> | null
  /** How far the router has come since the lines failed; `everything` where it is not said. */
  noticed?: Noticed | null
  /** What is sent; where it is not said, a customer opens a page of a host in the internet. */
  traffic?: Traffic | null
}

/** One way that a connection can go. */
export interface Way {
  /** The part of all such connections that goes this way. */
  share: string
  /** The packets of the connection one after the other, up to the first that is lost. */
  packets: Array<PacketTrace>
  /** What becomes of the connection. */
  verdict: Verdict
}

/** One packet's way. */
export interface PacketTrace {
  /** Which way of the connection it goes. */
  direction: PacketDirection
  /** What connection tracking says of it. */
  state: ConnectionState
  /** The interface that it comes in by; null of what the router sends. */
  from: Text | null
  /** Its source as it comes in. */
  source: Endpoint
  /** Its destination as it comes in. */
  destination: Endpoint
  /** Its protocol. */
  protocol: Protocol
  /** What happened, in order. */
  events: Array<Event>
  /** Where it ends. */
  end: End
}

/** Which way of its connection a packet goes: as the first one, or back. */
export type PacketDirection = 'original' | 'reply'

/** What connection tracking says of a packet. */
export type ConnectionState = 'new' | 'established' | 'untracked'

/** An address and, of protocols that have them, a port. */
export interface Endpoint {
  /** The IPv4 address. */
  address: string
  /** The port; null where the protocol has none. */
  port: number | null
}

/** What happened to a packet at one point; only what belongs to its kind is there. */
export interface Event {
  /** Where. */
  stage: Stage
  /** The row that did it; null where no row did. */
  row: RouterRow | null
  /** What. */
  what: EventKind
  /** Of `action`, the action of the rule. */
  action?: string | null
  /** Of `jump`, the chain that the packet goes through. */
  target?: string | null
  /** Of the marks, the mark; empty where it is taken away. */
  mark?: Text | null
  /** Of `own_source`, the IPv4 address. */
  address?: string | null
  /** Of `source` and `destination`, what it becomes. */
  to?: Endpoint | null
  /** Of `lookup` and `no_route_in`, the table. */
  table?: string | null
  /** Of `lookup`, why this table: `mark`, `rule` or `main`; of `forgotten`, why. */
  because?: string | null
  /** Of `route`, `inactive` and `refuses`, the prefix of the route. */
  prefix?: string | null
  /** Of `refuses`, what the route says: `blackhole`, `unreachable`, `prohibit` or `drop`. */
  kind?: string | null
  /** Of `route` and `inactive`, the distance of the route. */
  distance?: number | null
  /** Of `route` and `inactive`, the gateway of the route. */
  gateway?: string | null
  /** Of `route`, the routes that its next hop is found by, the last one connected. */
  through?: Array<RouterRow> | null
  /** Of `route`, the interface that the packet leaves by. */
  interface?: Text | null
  /** Of `route`, the neighbour that the packet is handed to; null where the interface leads to one alone. */
  nextHop?: string | null
  /** Of `route`, how many next hops it has in all. */
  members?: number | null
  /** Of `inactive`, why. */
  reason?: RouteFault | null
  /** Of `invalid`, why RouterOS flags the rule. */
  why?: string | null
  /** Of `unmodelled`, what the simulator does not know. */
  property?: string | null
}

/** Where on its way a packet is. */
export interface Stage {
  /** Where. */
  kind: StageKind
  /** Of `chain`, the menu of the firewall; else left out. */
  table?: FirewallTable | null
  /** Of `chain`, its name; else left out. */
  chain?: string | null
}

/**
 * Where on its way a packet is: in a chain of the firewall, at the choice of its route, at connection tracking,
 * or outside of the router.
 */
export type StageKind = 'chain' | 'routing' | 'tracking' | 'outside'

/** A menu of the firewall. */
export type FirewallTable = 'raw' | 'mangle' | 'nat' | 'filter'

/** A row of the router. */
export interface RouterRow {
  /** Its menu. */
  menu: string
  /** Its id there. */
  id: string
  /** The text line of the export that made it, from 1; null of routers that were read otherwise. */
  textLine: number | null
  /** Its comment; null where it has none. */
  comment: Text | null
}

/** What happened to a packet. */
export type EventKind = 'action' | 'jump' | 'connection_mark' | 'routing_mark' | 'packet_mark' | 'own_source' | 'source' | 'destination' | 'fast_track' | 'fast_path' | 'forgotten' | 'lookup' | 'no_route_in' | 'local' | 'route' | 'inactive' | 'refuses' | 'invalid' | 'unmodelled'

/** Why a route or one of its gateways is of no use. */
export type RouteFault = 'no_table' | 'never_used' | 'no_gateway' | 'interface_down' | 'unresolved' | 'refused' | 'through_interface' | 'check_failed' | 'nothing_to_check' | 'unsettled'

/** Where a packet ends; only what belongs to its kind is there. */
export interface End {
  /** Where. */
  end: EndKind
  /** Of `internet` and `lost`, the line that it left by; null where it is lost before. */
  line?: Text | null
  /** Of `host`, the interface that it left by. */
  interface?: Text | null
  /** Of `lost`, why. */
  cause?: Cause | null
}

/** Where a packet ends: behind a line, at a host of the router's own networks, at the router itself, or nowhere. */
export type EndKind = 'internet' | 'host' | 'router' | 'lost'

/** Why a packet is lost. */
export interface Cause {
  /** Why. */
  cause: CauseKind
  /**
   * Of `refused`, what the route or the routing rule says: `blackhole`, `unreachable`, `prohibit` or `drop`; else
   * left out.
   */
  kind?: string | null
}

/** Why a packet is lost. */
export type CauseKind = 'no_route' | 'refused' | 'dropped' | 'line_dead' | 'untranslated' | 'wrong_source' | 'wrong_line' | 'asks_for_mac' | 'sent_out' | 'not_received' | 'not_forwarding' | 'answers_directly' | 'no_interface' | 'reverse_filter' | 'not_logged_in' | 'no_source'

/** What becomes of a connection. */
export interface Verdict {
  /** Whether it works. */
  verdict: VerdictKind
  /** The line that it goes over, or would; null where it stays inside, or does not come so far. */
  line: Text | null
  /** Of `works`, whether it had to be opened anew, with another address: the old one is dead. */
  anew?: boolean | null
  /** Of `lost`, why. */
  cause?: Cause | null
}

/** What becomes of a connection. */
export type VerdictKind = 'works' | 'lost'

/** What a router does with a connection: the ways that it can go, the packets of each, what happened to them. */
export interface TraceDocument {
  schema?: 'multi-isp/trace/1'
  /** The ways that it can go; their shares are 1 together, unless there are more than were followed. */
  ways: Array<Way>
  /** Whether there are more ways than were followed. */
  cut: boolean
  /** What was assumed because the router was not read with it, in sentences. */
  assumed: Array<string>
  /** What the router has and the simulator does not know, in sentences; its effect is not in the trace. */
  unmodelled: Array<string>
}

/** What is asked of a router beside what it says itself, when all states of its lines are gone through. */
export interface WhatIfOptions {
  schema?: 'multi-isp/what-if-options/1'
  /**
   * The lines that fail, by the interfaces that packets leave by; where none are named, those that lead to
   * providers.
   */
  lines?: Array<Text> | null
  /**
   * The ways in which lines fail, `up` is none; links that go down and providers that die behind their gateways
   * where it is not said.
   */
  failures?: Array<Condition> | null
  /**
   * The IPv4 address that the router is managed from, over the internet; nothing is asked of it where it is not
   * said.
   */
  management?: string | null
  /**
   * What is assumed of the world, such as leases; its conditions and its traffic do not count, and `schema` may be
   * left out in it.
   */
  scenario?: Scenario | null
}

/** Traffic that is looked at. */
export interface TrafficClass {
  /** What it is called, as `customer`, of several networks `customer on vlan20`, or `tcp 8080 by ether1`. */
  name: string
  /** The line that it comes in by; null of what goes out. */
  by: Text | null
  /** The rule that forwards it into the LAN; null where none does. */
  rule: RouterRow | null
}

/** One state of the lines. */
export interface LineState {
  /** How the lines fail that do. */
  failure: Condition
  /** Those that do. */
  down: Array<Text>
  /** New connections of every class. */
  new: Array<Cell>
  /** Connections of every class that were open before. */
  established: Array<Cell>
}

/** What becomes of one kind of traffic in one state of the lines, once the router has noticed all that it can. */
export interface Cell {
  /** The part that goes over each line, in the order of the lines of the matrix. */
  shares: Array<string>
  /** The part that works and leaves by no line. */
  inside: string
  /** The part that is lost. */
  lost: string
  /** Of what works, the part that has to be opened anew. */
  anew: string
  /** Why parts are lost. */
  causes: Array<Loss>
  /** For how many seconds anything is lost at most, 0 for not at all; null until a line is mended. */
  outageSeconds: number | null
  /** Whether it comes in by a line that is down, and so cannot work. */
  impossible: boolean
}

/** A part of traffic that is lost. */
export interface Loss {
  /** Why. */
  cause: CauseKind
  /**
   * Of `refused`, what the route or the routing rule says: `blackhole`, `unreachable`, `prohibit` or `drop`; else
   * left out.
   */
  kind?: string | null
  /** Which part of the whole. */
  share: string
}

/** What becomes of traffic in every state of a router's lines. */
export interface MatrixDocument {
  schema?: 'multi-isp/what-if/1'
  /** The lines, those that fail first. */
  lines: Array<Text>
  /** The traffic, in the order of the cells. */
  classes: Array<TrafficClass>
  /** Every state of the lines for every way in which they fail; the first has all of them up. */
  states: Array<LineState>
  /** What was assumed because the router was not read with it, in sentences. */
  assumed: Array<string>
  /** What the router has and the simulator does not know, in sentences. */
  unmodelled: Array<string>
}

/** What the lines are to each other. */
export type Mode = 'failover' | 'load_balance' | 'load_balance_failover'

/** An internet line. */
export interface Line {
  /** Name for programs, unique in the site. */
  id: string
  /** Name for people, of 1 to 200 bytes; null for `ISP 1` and so on by its place. */
  label?: Text | null
  /** The interface that packets leave by, of 1 to 200 bytes. */
  interface: Text
  /** How it comes to its address. */
  access: Access
  /** Speed in Mbps, with three decimals at most. */
  mbps: number
  /**
   * Whether its data is paid for by volume: it is a backup only, and its probes are pinged once a minute; null for
   * no.
   */
  metered?: boolean | null
  /** How its failure is noticed; null for that of the site. */
  health?: Health | null
  /** Probe hosts of its own, shared with no other line; null for those that a plan chooses. */
  probes?: Array<string> | null
}

/** How a line comes to its address. */
export type Access = Dhcp | Static | Pppoe | Lte | Ppp | Tunnel

/** The provider gives an address by DHCP. */
export interface Dhcp {
  type: 'dhcp'
}

/** The address is fixed. */
export interface Static {
  type: 'static'
  /** The address of the router, with the length of its network, as `198.51.100.2/24`. */
  address: string
  /** The next hop. */
  gateway: string
}

/** A PPPoE client: the one called like the line's interface, or one to make, which needs `port` and `user`. */
export interface Pppoe {
  type: 'pppoe'
  /** The Ethernet port or VLAN that it dials over. */
  port?: Text | null
  /** Its name at the provider. */
  user?: Text | null
  /** Its password: a secret; null where the router keeps the one that it has. */
  password?: Text | null
  /** The name of the service; null for any. */
  service?: Text | null
}

/** A modem that the router drives, with the APN profile that it has or with one of ours, which needs `apn`. */
export interface Lte {
  type: 'lte'
  /** The access point name. */
  apn?: Text | null
  /** Its name at the provider. */
  user?: Text | null
  /** Its password: a secret; null where the router keeps the one that it has. */
  password?: Text | null
}

/** A USB modem: the client called like the line's interface, or one to make, which needs `port` and `apn`. */
export interface Ppp {
  type: 'ppp'
  /** The serial port, as `usb1`. */
  port?: Text | null
  /** The access point name. */
  apn?: Text | null
  /** Its name at the provider. */
  user?: Text | null
  /** Its password: a secret; null where the router keeps the one that it has. */
  password?: Text | null
  /** The PIN of the card: a secret; null where the router keeps the one that it has. */
  pin?: Text | null
  /** The number that is dialled; null for the one of RouterOS. */
  phone?: Text | null
  /** The channel that data goes over; null for the one of RouterOS. */
  dataChannel?: number | null
  /** The channel that the modem is asked over; null for the one of RouterOS. */
  infoChannel?: number | null
}

/** A point-to-point interface that somebody else keeps up. */
export interface Tunnel {
  type: 'tunnel'
}

/** How a line is seen to fail: by hand alone, by its link, by a silent gateway, or by silent hosts behind it. */
export type Health = 'manual' | 'link' | 'gateway' | 'internet'

/** What makes two packets of customers take the same line. */
export type Classifier = 'both-addresses' | 'src-address' | 'dst-address' | 'both-addresses-and-ports' | 'src-address-and-port' | 'dst-address-and-port' | 'both-ports' | 'src-port' | 'dst-port'

/** Where the connections of a dead line go: to all others by speed, or to the next one. */
export type Spread = 'proportional' | 'priority'

/** Which connections are removed when a line fails or returns. */
export type StaleConnections = 'none' | 'failed-line'

/** Where the router itself reports lines that stop or start to work. */
export interface Webhook {
  /** Where a state is posted: a secret; null where the router keeps the one that it has. */
  url?: string | null
  /** Seconds between two looks at the lines; null for 60. */
  interval?: number | null
}

/** What an operator wants of one router. */
export interface Site {
  schema?: 'multi-isp/site/1'
  /** What the lines are to each other. */
  mode: Mode
  /** Internet lines by priority, two to four; the first is ISP 1, the line that the router has today. */
  lines: Array<Line>
  /** How failures are noticed, of lines that do not say; null for `internet`. */
  health?: Health | null
  /** The interfaces of the customers; null where the router tells. */
  lan?: Array<Text> | null
  /** Far ends that manage the router, such as VPN endpoints: IPv4 addresses or prefixes; null for none. */
  management?: Array<string> | null
  /** Resolvers of the router; null where it keeps those that it has. */
  dns?: Array<string> | null
  /** What makes two packets of customers take the same line; null for `both-addresses`. */
  classifier?: Classifier | null
  /** Largest PCC denominator; null for 16. */
  maxBuckets?: number | null
  /** Where the connections of a dead line go; null for `proportional`. */
  spread?: Spread | null
  /** Whether answers leave by the line that the question came in by, in failover mode too; null for no. */
  replies?: boolean | null
  /** What becomes of connections when their line fails or returns; null for `none`. */
  staleConnections?: StaleConnections | null
  /** Where the router itself reports its lines to; null where it does not. */
  webhook?: Webhook | null
}

/** A menu to read: which rows of it, and which of their properties. */
export interface StatusRead {
  /** The menu. */
  menu: string
  /** The properties, all of which the version has. */
  properties: Array<string>
  /** The words of the API that ask for it. */
  sentence: Array<Text>
  /** The request of REST that does, which RouterOS 7 has. */
  request: RestRequest
}

/** A request of REST. */
export interface RestRequest {
  /** `PUT`, `PATCH`, `DELETE` or `POST`. */
  method: string
  /** The path on the router, as `/rest/ip/route`. */
  path: string
  /** The JSON text that is sent with it; null where there is none. */
  body: string | null
}

/** What has to be read of a router for a status: the fewest rows and properties that tell. */
export interface StatusReads {
  schema?: 'multi-isp/status-reads/1'
  /** The menus. */
  reads: Array<StatusRead>
}

/**
 * What became of the set-up of a site on its router; `unknown` where the picture of the router does not tell,
 * `unreachable` where the router did not answer.
 */
export type Setup = 'applied' | 'drifted' | 'not_applied' | 'unknown' | 'unreachable'

/** A value that a router told, and that decided something. */
export interface LineEvidence {
  /** The menu. */
  menu: string
  /** By what the row is known: its name, interface, comment or host. */
  row: string
  /** The property. */
  property: string
  /** Its value; empty where the router did not tell it. */
  value: string
}

/** How a line is. */
export interface LineStatus {
  /** The line's id. */
  id: string
  /** Its label, as people read it. */
  label: string
  /** Its interface, as people read it. */
  interface: string
  /** How it is. */
  state: State
  /** Why it is offline; left out where it is not. */
  reason?: Reason | null
  /** The part of all new connections of customers that leaves over it now, 0 to 1. */
  share: string
  /** What a portal shows of it. */
  badge: Badge
  /** What decided the state, the strongest first; empty where nothing is known of the line. */
  detail: Array<LineEvidence>
}

/** How a line is: it carries traffic, could, works in part, does not work, or nothing tells. */
export type State = 'active' | 'standby' | 'degraded' | 'offline' | 'unknown'

/** What a portal shows of a line. */
export interface Badge {
  /** Its colour. */
  colour: Colour
  /** The state in a word: `Active`, `Standby`, `Degraded`, `Offline` or `Unknown`. */
  label: string
  /** The interface and the state. */
  tooltip: string
}

/** The colour of a badge: the line works, it does not, nobody knows. */
export type Colour = 'green' | 'red' | 'grey'

/** How a site is on its router. */
export interface SiteStatus {
  schema?: 'multi-isp/status/1'
  /** What the lines are to each other. */
  mode: Mode
  /** What became of the set-up of the site. */
  setup: Setup
  /** What the lines do now, for people. */
  sentence: string
  /** What tells that the set-up is not as planned. */
  detail: Array<LineEvidence>
  /** The lines by priority, ISP 1 first. */
  lines: Array<LineStatus>
}

/** How a line that works today gets its address. */
export type DetectedAccess = DetectedDhcp | DetectedStatic | DetectedPppoe | DetectedLte | DetectedPpp | DetectedTunnel

/** The address comes from a DHCP client, also that of an LTE stick. */
export interface DetectedDhcp {
  kind: 'dhcp'
  /** The gateway of the lease, an IPv4 address; null where it is not known. */
  gateway: string | null
}

/** The address was typed. */
export interface DetectedStatic {
  kind: 'static'
  /** The address as the router has it, `198.51.100.2/30`; null where it is not known. */
  address: Text | null
  /** The next hop, an IPv4 address; null where the route names an interface only. */
  gateway: string | null
}

/** The address comes from a PPPoE client, which is the line's interface. */
export interface DetectedPppoe {
  kind: 'pppoe'
  /** The interface that it dials over; null where it is not known. */
  over: Text | null
}

/** The address comes from an LTE or 5G modem. */
export interface DetectedLte {
  kind: 'lte'
}

/** The address comes from a dial-up modem. */
export interface DetectedPpp {
  kind: 'ppp'
}

/** The line is a tunnel. */
export interface DetectedTunnel {
  kind: 'tunnel'
}

/** What says that a line is the one that works today. */
export type Basis = 'active' | 'first_of_active' | 'only_default' | 'lowest_distance' | 'first_of_equal' | 'none_active'

/** The line that carries internet today, as the router has it. */
export interface DetectedLine {
  schema?: 'multi-isp/detected-line/1'
  /** The interface that the default route leaves by, as `ether1` or `pppoe-out1`. */
  interface: Text
  /** How it gets its address. */
  access: DetectedAccess
  /** What says that it is this one. */
  basis: Basis
  /** The same in one sentence. */
  message: string
}

/** An interface as a set-up form lists it. */
export interface Port {
  /** Its name on the router. */
  name: Text
  /** What it is. */
  kind: InterfaceKind
  /** Whether it can become a line. */
  state: PortState
  /** What it is used for today, the weightiest first; empty for a port that is free. */
  reasons: Array<PortReason>
}

/** What an interface is. */
export type InterfaceKind = 'ethernet' | 'sfp' | 'wireless' | 'lte' | 'vlan' | 'bonding' | 'pppoe' | 'ppp' | 'ppp_tunnel' | 'tunnel' | 'bridge' | 'other'

/**
 * Whether a port can become a line: nothing speaks against it, its reasons say what that changes, or it is not
 * offered.
 */
export type PortState = 'free' | 'usable' | 'taken'

/** What a port is used for today; only what belongs to its code is there. */
export interface PortReason {
  /** What. */
  code: PortReasonCode
  /** Of `carries_isp_one` and `carries_chosen`, the line that comes in through it. */
  interface?: Text | null
  /** Of `bonding_slave`, the bonding. */
  bonding?: Text | null
  /** Of `switched`, its master, or the first of its slaves. */
  port?: Text | null
  /** Of `carries_pppoe`, the client. */
  client?: Text | null
  /** Of `addressed`, the address, as `192.168.88.1/24`. */
  address?: Text | null
  /** Of `serves`, which server. */
  service?: Service | null
  /** Of `on_bridge` and `hotspot_bridge`, the bridge. */
  bridge?: Text | null
  /** Of `has_default_route`, the distance of that route. */
  distance?: number | null
  /** Of `carries_vlan`, the first of them. */
  vlan?: Text | null
  /** The end of a sentence that begins with the port. */
  message: string
}

/** What a port is used for today. */
export type PortReasonCode = 'is_isp_one' | 'chosen' | 'carries_isp_one' | 'carries_chosen' | 'bonding_slave' | 'switched' | 'carries_pppoe' | 'addressed' | 'serves' | 'on_bridge' | 'hotspot_bridge' | 'has_default_route' | 'has_dhcp_client' | 'carries_vlan' | 'disabled' | 'no_link'

/** A server that runs on a port. */
export type Service = 'dhcp' | 'pppoe' | 'hotspot' | 'wireless'

/** The interfaces of a router that could be lines, by kind and then by number. */
export interface PortList {
  schema?: 'multi-isp/ports/1'
  /** Whether these are all; a compact export leaves out ports as the factory made them that nothing names. */
  complete: boolean
  /** The ports; bridges are none. */
  ports: Array<Port>
}

/** A row that chooses between lines by hand. */
export interface ExistingRow {
  /** What it does. */
  role: SetupRole
  /** The same in a few words. */
  what: string
  /** The row. */
  row: SubjectRow
}

/** What a row of a multi-WAN set-up by hand does, in the order in which a plan switches such rows off. */
export type SetupRole = 'schedule' | 'watch' | 'default' | 'shared_default' | 'rule' | 'classifier' | 'connection_mark' | 'routing_mark' | 'table_default' | 'probe'

/** The enabled rows of somebody else that choose between the lines of a site. */
export interface ExistingRows {
  schema?: 'multi-isp/existing-rows/1'
  /** The rows, in the order in which a plan switches them off. */
  rows: Array<ExistingRow>
}
