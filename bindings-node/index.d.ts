// Made by `napi build` of the doc comments in `src` and of `header.d.ts`.
/// <reference types="node" />

import type {
  Alert,
  AlertOptions,
  AlertState,
  Balance,
  Customers,
  DetectedLine,
  Diagnostic,
  Differences,
  DriftDocument,
  DriftRow,
  ExistingRows,
  FetchRequest,
  ImportCommands,
  Levels,
  LineState,
  Log,
  LogEntry,
  MatrixDocument,
  Message,
  Messages,
  Options,
  Outline,
  OutcomeDocument,
  PhaseScripts,
  PlanDocument,
  PortList,
  Purpose,
  Replay,
  ReportDocument,
  RestRequest,
  RuleEntry,
  Scenario,
  Site,
  SiteStatus,
  Split,
  SplitOptions,
  StatusReads,
  Step,
  Table,
  Text,
  TraceDocument,
  TrafficClass,
  Way,
  WhatIfOptions,
} from './types'

export * from './types'

/** A document: an object, JSON text or its bytes. */
export type Input<T> = T | string | Uint8Array

/** What is sent of a plan: its steps, the steps behind a guard, what disarms the guard, or what takes the plan back. */
export type Part = 'plan' | 'guarded' | 'confirm' | 'undo'

/** What every verb throws, and rejects with, where it has no answer; `isMultiIspError` tells it from other errors. */
export interface MultiIspError extends Error {
  name: 'MultiIspError'
  /** Name of the first fault, for programs: `wan-port-on-bridge`. */
  code: string
  /** What to do about it. */
  help: string | null
  /** All faults, at least one. */
  diagnostics: Diagnostic[]
  /** The findings for which a plan was refused. */
  report?: Report
}


/**
 * Which binding artifact the generated loader actually loaded: `'native'` for
 * a native addon, otherwise the `platformArchABI` of the WASI flavor. Every
 * flavor napi-rs can build is listed, because `NAPI_RS_NATIVE_LIBRARY_PATH`
 * can point the loader at a WASI artifact this package does not build itself.
 */
export declare const __napiBindingTarget: 'native' | 'wasm32-wasi' | 'wasm32-wasip1'

/** Sentences of the API. Ask `next()`, send its words, hand every sentence of the reply to `answer()`, and ask again. */
export declare class ApiCalls {
  /** The words of the next sentence; `null` when all are answered. */
  next(): Buffer[] | null
  /** Takes one sentence of the reply, as its words; the last one, `!done`, answers the call. */
  answer(words: Array<string | Uint8Array>): void
}

/** What is not as planned, row by row, with the plan that mends it. */
export declare class Drift {
  /** The rows that are not as planned. */
  get rows(): DriftRow[]
  /** The plan that mends them. */
  get plan(): Plan
  /** Whether the router is as planned. */
  get isEmpty(): boolean
  /** As a technician reads it. */
  text(): string
  /** The document, as `JSON.stringify` takes it; its plan has passwords as that of `Plan.toJSON` has. */
  toJSON(): DriftDocument
  /** The document as core writes it. */
  toJson(): string
  /** The same as `text()`. */
  toString(): string
}

/** What becomes of traffic in every state of the lines. */
export declare class Matrix {
  /** The lines, those that fail first. */
  get lines(): Text[]
  /** The traffic, in the order of the cells. */
  get classes(): TrafficClass[]
  /** Every state of the lines for every way in which they fail; the first has all of them up. */
  get states(): LineState[]
  /** What was assumed because the router was not read with it, in sentences. */
  get assumed(): Array<string>
  /** What the router has and the simulator does not know, in sentences. */
  get unmodelled(): Array<string>
  /** A table for a terminal. */
  text(): string
  /** A table for a page. */
  toSvg(): string
  /** The document, as `JSON.stringify` takes it. */
  toJSON(): MatrixDocument
  /** The document as core writes it. */
  toJson(): string
  /** The same as `text()`. */
  toString(): string
}

/** What a script left behind. */
export declare class Outcome {
  /** The router as it is then; RouterOS stops half way, so an error does not undo what came before it. */
  get router(): Router
  /** The error that stopped the script, of scripts that a scheduler ran the first; `null` where none did. */
  get error(): Diagnostic | null
  /** What `:log` wrote. */
  get log(): LogEntry[]
  /** What `:put` wrote, in text lines. */
  get output(): Text[]
  /** What `/tool fetch` sent. */
  get requests(): FetchRequest[]
  /** The document, as `JSON.stringify` takes it; the router is no part of it. */
  toJSON(): OutcomeDocument
}

/** The ordered, smallest change that brings a router to what a site needs, proven on a copy of it. It never changes. */
export declare class Plan {
  /** Whether the plan applies a site or disables one. */
  get purpose(): Purpose
  /** The version of RouterOS that the plan is for. */
  get version(): string
  /** Whether there is nothing to send. */
  get isEmpty(): boolean
  /** Whether an earlier plan waits on the router to be confirmed: its guard would take it back. */
  get isUnconfirmed(): boolean
  /** The findings that the plan was made with; none of them is an error. */
  get report(): Report
  /** The lines as they will run, nearest first; none in a plan to disable. */
  get lines(): Outline[]
  /** How new connections are shared by the lines; `null` where they are not. */
  get balance(): Balance | null
  /** Whose connections are marked; `null` where none are. */
  get customers(): Customers | null
  /** The steps in their order, each with its command, its reason and what takes it back. */
  get steps(): Step[]
  /** A name for what the plan does: 64 hexadecimal digits, the same for plans that do the same. */
  fingerprint(): string
  /** The steps as text for an operator, without secrets. */
  summary(): string
  /** The script that does it, one full command in each text line. */
  script(): Buffer
  /** The script that takes it back, newest step first; harmless where a step never ran. */
  undoScript(): Buffer
  /**
   * The script with a guard: the router takes the plan back by itself after so many minutes, 1 to 255, or when it starts anew,
   * unless `confirmScript()` comes before.
   */
  guardedScript(after: number): Buffer
  /** The script that disarms the guard: the plan stays. */
  confirmScript(): Buffer
  /** The plan in scripts of their own, a part each, for who sends one part and looks before the next. */
  phaseScripts(): PhaseScripts
  /** How a script of this plan is tried and run that was uploaded as a file of that name. */
  importCommands(file: string): ImportCommands
  /**
   * What moved on a router since the plan was made for it: no `differences` and no `versions` where it still does what it was
   * proven to do.
   */
  stillValid(router: Router): Differences
  /**
   * The plan as calls of the API, for a router as it was read last. The part is `plan` unless another one is named; `guarded`
   * needs the minutes, 1 to 255.
   */
  api(router: Router, part?: Part | null, minutes?: number | null): ApiCalls
  /** The same as requests of REST, which RouterOS has from 7.1 on. */
  rest(router: Router, part?: Part | null, minutes?: number | null): RestCalls
  /** The document, as `JSON.stringify` takes it: passwords and PINs stand in `command` and `undo` of its steps, and nowhere else. */
  toJSON(): PlanDocument
  /** The document as core writes it. */
  toJson(): string
  /** The same as `summary()`. */
  toString(): string
}

/** Findings about a router, or about a site on one: the gravest first. */
export declare class Report {
  /** All findings. */
  get findings(): Diagnostic[]
  /** Whether there is an error: of preflight, there can be no plan then. */
  get blocks(): boolean
  /** As plain text; with the export that the router was read from, each finding shows its text line. */
  text(name?: string, exported?: string | Uint8Array): string
  /** The document, as `JSON.stringify` takes it. */
  toJSON(): ReportDocument
  /** The document as core writes it. */
  toJson(): string
  /** The same as `text()`. */
  toString(): string
}

/** Requests of REST. Ask `next()`, send it, hand status and body of the answer to `answer()`, and ask again. */
export declare class RestCalls {
  /** The next request, passwords and PINs in its body included; `null` when all are answered. */
  next(): RestRequest | null
  /** Takes the status and the body of the answer. */
  answer(status: number, body?: string | Uint8Array | null): void
}

/** What a router is: its version and its menus, each an ordered table of rows. Read once, it never changes. */
export declare class Router {
  /** Reads the text of `/export`. The version is the caller's, else that of the header. */
  static fromExport(text: string | Uint8Array, version?: string | null): Router
  /** The same, off the event loop. */
  static fromExportAsync(text: string | Uint8Array, version?: string | null): Promise<Router>
  /**
   * Reads what `GET /rest/<menu>` gave, menu by menu: `{ '/ip/route': [..], '/ip/dns': {..} }`. The version is the caller's,
   * else that of `/system/resource`.
   */
  static fromRest(answers: Record<string, unknown> | string | Uint8Array, version?: string | null): Router
  /** The same, off the event loop. */
  static fromRestAsync(answers: Record<string, unknown> | string | Uint8Array, version?: string | null): Promise<Router>
  /**
   * Reads the replies to `<menu>/print` over the API: for each menu its sentences, each as its words. The version is the
   * caller's, else that of `/system/resource`.
   */
  static fromApi(replies: Record<string, Array<Array<string | Uint8Array>>>, version?: string | null): Router
  /** The same, off the event loop. */
  static fromApiAsync(replies: Record<string, Array<Array<string | Uint8Array>>>, version?: string | null): Promise<Router>
  /**
   * Reads what `<menu>/print detail` or `print terse` wrote on a terminal: each menu with its output. The version is the
   * caller's, else that of `/system/resource`.
   */
  static fromPrint(outputs: Record<string, string | Uint8Array>, version?: string | null): Router
  /** The same, off the event loop. */
  static fromPrintAsync(outputs: Record<string, string | Uint8Array>, version?: string | null): Promise<Router>
  /** The version, where the text said it or the caller gave it. */
  get version(): string | null
  /** Whether the list of ports is complete: a compact export does not list a port that was left as the factory made it. */
  get portsKnown(): boolean
  /** Whether every row has the id by which the router itself knows it, so that it can be addressed over REST and the API. */
  get idsKnown(): boolean
  /** A name for what is set: 64 hexadecimal digits, the same for routers that are set the same. */
  fingerprint(): string
  /** The paths of the menus that have rows, as `/ip/route`, sorted. */
  menus(): Array<string>
  /** The rows of a menu, by its path as `/ip/route`; secrets are not shown. */
  table(menu: string): Table
  /** What changes from this router to another one; both are to be read the same way, for an export tells less than REST does. */
  diff(other: Router): Differences
  /** The router as `/export` would print it, its passwords too. */
  toExport(): Buffer
  /** Runs a script as RouterOS would, up to the first error. The router that comes of it is another one. */
  run(script: string | Uint8Array): Outcome
  /** The same, off the event loop. */
  runAsync(script: string | Uint8Array): Promise<Outcome>
  /** What a router with these rows answers to a sentence of the API, and the router as it then is: for test servers. */
  answerSentence(words: Array<string | Uint8Array>): ApiAnswer
  /** What a router with these rows answers to a request of REST, and the router as it then is: for test servers. */
  answerRequest(method: string, path: string, body?: string | Uint8Array | null): RestAnswer
  /** Lets so many seconds pass: schedulers run their scripts. */
  advance(seconds: number): Outcome
  /** Starts the router anew: schedulers that wait for that run their scripts. */
  reboot(): Outcome
}

/** Where the packets of a connection go, on every way that it can take. */
export declare class Trace {
  /** The ways, each with its share of all such connections. */
  get ways(): Way[]
  /** Whether there are more ways than were followed. */
  get cut(): boolean
  /** What was assumed because the router was not read with it, in sentences. */
  get assumed(): Array<string>
  /** What the router has and the simulator does not know, in sentences. */
  get unmodelled(): Array<string>
  /** Every way, packet by packet, with the row that did what. */
  text(): string
  /** The same as a sequence diagram of Mermaid. */
  toMermaid(): string
  /** The document, as `JSON.stringify` takes it. */
  toJSON(): TraceDocument
  /** The document as core writes it. */
  toJson(): string
  /** The same as `text()`. */
  toString(): string
}

/**
 * What to tell people after one more reading, at a time in seconds of a clock of the caller's; `state` is that of the reading
 * before, none before the first.
 */
export declare function alerts(state: Input<AlertState> | null | undefined, status: Input<SiteStatus>, at: number, options?: Input<AlertOptions> | null): { state: AlertState, alerts: Alert[] }

/** What a router answers to a sentence of the API. */
export interface ApiAnswer {
  /** The router as it then is; each of its rows has an id. */
  router: Router
  /** The sentences of the reply, each as its words, the last of them `!done` or `!fatal`. */
  sentences: Array<Array<Buffer>>
}

/** What is wrong with a router, whoever configured it, with what shows it and what mends it. */
export declare function audit(router: Router, levels?: Input<Levels> | null): Report

/** The same, off the event loop. */
export declare function auditAsync(router: Router, levels?: Input<Levels> | null): Promise<Report>

/** A router that was audited, and the text that it was read from. */
export interface AuditedRouter {
  /** The path of the text, relative to the top of the repository. */
  name: string
  /** The text; none of a router that was read otherwise. */
  export?: string | Uint8Array | null
  /** What was found. */
  report: Report
}

/** The commands that make the one router the other. */
export declare function changes(before: Router, after: Router): Array<Buffer>

/** The line that a router has today, which becomes ISP 1; `null` where there is none. */
export declare function detectLine(router: Router): DetectedLine | null

/** The rows of a multi-WAN set-up that somebody made by hand, which stands in the way of a site. */
export declare function existingSetup(site: Input<Site>, router: Router): ExistingRows

/** The page of the rule with that code, in Markdown; `null` where there is none. */
export declare function explain(code: string): string | null

/** Whether something that was caught is an error of multi-isp, with `code`, `help` and `diagnostics`. */
export declare function isMultiIspError(error: unknown): error is MultiIspError

/** What to write to people about an alert, under the name that they know the router by. */
export declare function message(alert: Input<Alert>, routerName: string, messages?: Input<Messages> | null): Message

/** The router as it would be read while the scenario lasts: with leases, links, active routes and what its checks noticed. */
export declare function observe(router: Router, scenario?: Input<Scenario> | null): Router

/** The same, off the event loop. */
export declare function observeAsync(router: Router, scenario?: Input<Scenario> | null): Promise<Router>

/**
 * The plan that brings a router to what a site needs, proven on a copy of it.
 *
 * Throws a `MultiIspError`; with its `report` where preflight finds an error.
 */
export declare function planApply(site: Input<Site>, router: Router, options?: Input<Options> | null): Plan

/** The same, off the event loop. */
export declare function planApplyAsync(site: Input<Site>, router: Router, options?: Input<Options> | null): Promise<Plan>

/** The plan that takes everything of ours off a router and puts the rows of others back as they were. */
export declare function planDisable(router: Router, options?: Input<Options> | null): Plan

/** The same, off the event loop. */
export declare function planDisableAsync(router: Router, options?: Input<Options> | null): Promise<Plan>

/**
 * The menus to read over REST or the API, each whole, before what plans, verifies or judges.
 *
 * Hand over what is answered for each. A router may say that it has no such menu, as of a package that is not installed; any other
 * refusal is found where the router is read.
 */
export declare function planReads(version: string): Array<string>

/** The ports of a router, each with whether it can become a line and why not; `chosen` are those that a form has taken already. */
export declare function ports(router: Router, chosen?: Array<Text | Uint8Array> | null): PortList

/** All findings about a site on its router. */
export declare function preflight(site: Input<Site>, router: Router, options?: Input<Options> | null): Report

/** The same, off the event loop. */
export declare function preflightAsync(site: Input<Site>, router: Router, options?: Input<Options> | null): Promise<Report>

/** All findings about taking a site off its router again. */
export declare function preflightDisable(router: Router, options?: Input<Options> | null): Report

/** The same, off the event loop. */
export declare function preflightDisableAsync(router: Router, options?: Input<Options> | null): Promise<Report>

/** What a recorded series of readings would have told. */
export declare function replay(log: Input<Log>, options?: Input<AlertOptions> | null): Replay

/** The same, off the event loop. */
export declare function replayAsync(log: Input<Log>, options?: Input<AlertOptions> | null): Promise<Replay>

/** What a router answers to a request of REST. */
export interface RestAnswer {
  /** The router as it then is; each of its rows has an id. */
  router: Router
  /** The status of HTTP. */
  status: number
  /** The JSON text; empty with status 204. */
  body: string
}

/** All rules: those of audit, then those that preflight alone asks for. */
export declare function rules(): RuleEntry[]

/** The reports of some routers as one document of SARIF 2.1.0, for a Git forge that holds their configurations. */
export declare function sarif(routers: Array<AuditedRouter>): string

/** Follows a connection through a router; one of a customer to the internet where the scenario names none. */
export declare function simulate(router: Router, scenario?: Input<Scenario> | null): Trace

/** The same, off the event loop. */
export declare function simulateAsync(router: Router, scenario?: Input<Scenario> | null): Promise<Trace>

/** The site that stands on a router; `null` where none does. */
export declare function siteOf(router: Router): Site | null

/** How new connections are shared by lines of these speeds, in Mbps. */
export declare function split(mbps: number[], options?: Input<SplitOptions> | null): Split

/** How each line of a site is, by a router that was read a moment ago. */
export declare function status(site: Input<Site>, router: Router): SiteStatus

/** What has to be read of a router to know how the lines of a site are: a sentence of the API and a request of REST for each menu. */
export declare function statusReads(site: Input<Site>, version: string): StatusReads

/** The status of a site whose router does not answer. */
export declare function unreachable(site: Input<Site>): SiteStatus

/** What of a site does not stand on a router as `planApply` would have it, with the plan that mends it. */
export declare function verify(site: Input<Site>, router: Router, options?: Input<Options> | null): Drift

/** The same, off the event loop. */
export declare function verifyAsync(site: Input<Site>, router: Router, options?: Input<Options> | null): Promise<Drift>

/** What becomes of all traffic for every set of lines that fails. */
export declare function whatIf(router: Router, options?: Input<WhatIfOptions> | null): Matrix

/** The same, off the event loop. */
export declare function whatIfAsync(router: Router, options?: Input<WhatIfOptions> | null): Promise<Matrix>
