// The contract of all languages: what comes out of every verb is, byte for byte, what comes out of core.
import assert from 'node:assert/strict'
import { isUtf8 } from 'node:buffer'
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as lib from 'multi-isp'
import { top } from './support.mjs'

const { Router } = lib
const folder = fileURLToPath(new URL('core/tests/vectors/', top))
const files = readdirSync(folder).filter((file) => !['errors.json', 'surface.json'].includes(file))

test('there are vectors', () => assert.ok(files.length >= 5))

for (const file of files) {
  test(file, () => {
    const text = readFileSync(`${folder}/${file}`, 'utf8')
    const found = outputs(JSON.parse(text))
    const expected = expectedLines(text)
    assert.deepEqual(Object.keys(found), Object.keys(expected))
    for (const [name, line] of Object.entries(expected)) assert.equal(found[name], line, name)
  })
}

/** Each output as it stands in the file: a text line for each. */
function expectedLines(text) {
  const lines = text.split('\n')
  const outputs = lines.slice(lines.indexOf('  "expected": {') + 1)
  return Object.fromEntries(outputs.flatMap((line) => [...line.matchAll(/^ {4}"(\w+)": (.*?),?$/g)].map(([, name, json]) => [name, json])))
}

/** What every verb gives, in the order in which a portal calls them. */
function outputs(vector) {
  const { site, options } = vector
  const router = readRouter(vector.router)
  const plan = lib.planApply(site, router, options)
  const outcome = router.run(plan.script())
  const applied = outcome.router
  const disable = lib.planDisable(applied, options)
  const trace = lib.simulate(applied, vector.scenario)
  const matrix = lib.whatIf(applied, vector.what_if_options)
  return {
    ports: written(lib.ports(router)),
    detected_line: written(lib.detectLine(router)),
    existing_setup: written(lib.existingSetup(site, router)),
    split: written(lib.split(site.lines.map(({ mbps }) => mbps), vector.split_options)),
    preflight: lib.preflight(site, router, options).toJson(),
    audit: lib.audit(router).toJson(),
    plan: plan.toJson(),
    summary: written(plan.summary()),
    script: bytes(plan.script()),
    guarded_script: guarded(plan, vector.guard_minutes),
    confirm_script: bytes(plan.confirmScript()),
    undo_script: bytes(plan.undoScript()),
    phase_scripts: written(plan.phaseScripts()),
    import_commands: written(plan.importCommands(vector.file)),
    rest: written(requests(plan, router)),
    outcome: written(outcome.toJSON()),
    differences: written(router.diff(applied)),
    fingerprint: written(applied.fingerprint()),
    drift: lib.verify(site, applied, options).toJson(),
    site_of: written(lib.siteOf(applied)),
    trace: trace.toJson(),
    trace_text: written(trace.text()),
    mermaid: written(trace.toMermaid()),
    what_if_text: written(matrix.text()),
    svg: written(matrix.toSvg()),
    status_reads: written(lib.statusReads(site, plan.version)),
    ...told(vector, applied),
    disable_summary: written(disable.summary()),
    disable_script: bytes(disable.script()),
  }
}

function readRouter({ file, version }) {
  const text = readFileSync(new URL(file, top))
  return file.endsWith('.json') ? Router.fromRest(text, version) : Router.fromExport(text, version)
}

/** The status with all lines up, then as the scenario has it; and what of that is told. */
function told(vector, router) {
  const [first, then] = vector.times
  const options = vector.alert_options
  const before = lib.status(vector.site, lib.observe(router))
  const after = lib.status(vector.site, lib.observe(router, vector.scenario))
  const known = lib.alerts(null, before, first, options).state
  const { state, alerts } = lib.alerts(known, after, then, options)
  const log = { readings: [{ at: first, status: before }, { at: then, status: after }] }
  return {
    status: written(before),
    status_then: written(after),
    unreachable: written(lib.unreachable(vector.site)),
    alert_state: written(state),
    alerts: written(alerts),
    messages: written(alerts.map((alert) => lib.message(alert, vector.router_name, vector.messages))),
    replay: written(lib.replay(log, options)),
  }
}

/** The requests of REST, each with what a twin answered to those before it; none before RouterOS 7.1. */
function requests(plan, router) {
  let twin = router.answerRequest('GET', '/rest/system/resource').router
  const sent = []
  const calls = restCalls(plan, twin)
  for (let request = calls?.next(); request; request = calls.next()) {
    const answer = twin.answerRequest(request.method, request.path, request.body)
    calls.answer(answer.status, answer.body)
    twin = answer.router
    sent.push([request.method, request.path, request.body])
  }
  return sent
}

function restCalls(plan, router) {
  try {
    return plan.rest(router)
  } catch (error) {
    assert.ok(lib.isMultiIspError(error))
    return undefined
  }
}

function guarded(plan, minutes) {
  try {
    return bytes(plan.guardedScript(minutes))
  } catch (error) {
    assert.equal(error.code, 'guard-not-possible')
    return 'null'
  }
}

/** Text as a document has it: bytes that are no UTF-8 in hexadecimal. */
const bytes = (buffer) => JSON.stringify(isUtf8(buffer) ? buffer.toString() : { hex: buffer.toString('hex') })

/** A value with the names of documents again. */
const written = (value) => JSON.stringify(snake(value))

function snake(value) {
  if (Array.isArray(value)) return value.map(snake)
  if (value === null || typeof value !== 'object') return value
  const name = (key) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [name(key), snake(inner)]))
}
