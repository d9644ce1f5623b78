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

