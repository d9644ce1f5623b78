// Whatever comes in, an answer or an Error comes out: no panic leaves Rust, and none stops the process.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import * as lib from 'multi-isp'
import { exportText, folder, routerText, site, siteText } from './support.mjs'

const { Router } = lib

/** Numbers that are the same in every run. */
function* numbers(seed) {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    yield state
  }
}

/** Texts with some bytes changed, taken away or doubled. */
function* spoilt(text, times) {
  const next = numbers(text.length)
  const below = (limit) => next.next().value % limit
  for (let time = 0; time < times; time += 1) {
    const bytes = Buffer.from(text)
    for (let change = 0; change < 3; change += 1) bytes[below(bytes.length)] = below(256)
    const [start, end] = [below(bytes.length), below(bytes.length)].sort((one, other) => one - other)
    yield time % 2 ? bytes : Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
  }
}

/** What a call gives; undefined where it throws, which it does with an Error alone. */
function tried(call) {
  try {
    return call()
  } catch (error) {
    assert.ok(error instanceof Error)
    assert.doesNotMatch(error.message, /panic|unwrap|index out of bounds/)
    return undefined
  }
}

const rest = JSON.stringify({ '/system/resource': { version: '7.22.3' }, '/ip/route': [{ '.id': '*1', gateway: '192.0.2.1' }] })
const print = ' 0   ;;; isp2\n     dst-address=0.0.0.0/0 routing-table=main gateway=198.51.100.1 distance=2\n'
const plain = Router.fromExport(exportText)
const script = lib.planApply(site, plain).script()

test('spoilt texts of routers', () => {
  for (const text of spoilt(routerText, 60)) tried(() => lib.audit(Router.fromExport(text)).toJson())
  for (const text of spoilt(exportText, 100)) tried(() => lib.planApply(site, Router.fromExport(text.toString())).toJson())
  for (const text of spoilt(rest, 200)) tried(() => Router.fromRest(text).toExport())
  for (const text of spoilt(print, 200)) tried(() => Router.fromPrint({ '/ip/route': text }).toExport())
  for (const text of spoilt(script, 60)) tried(() => plain.run(text).toJSON())
})

test('spoilt documents', () => {
  for (const text of spoilt(siteText, 200)) tried(() => lib.preflight(text, plain).toJson())
  const status = JSON.stringify(lib.unreachable(site))
  for (const text of spoilt(status, 200)) tried(() => lib.alerts(undefined, text, 1))
  const options = '{"schema": "multi-isp/options/1", "max_lines": 2, "levels": [{"code": "no-firewall", "level": "off"}]}'
  for (const text of spoilt(options, 200)) tried(() => lib.planApply(site, plain, text).toJson())
})

test('spoilt calls', () => {
  for (const word of spoilt('/ip/address/add=address=192.0.2.1/24=interface=ether1', 200)) {
    tried(() => plain.answerSentence([word, ...word.toString().split('=')]).sentences)
    tried(() => plain.answerRequest('PUT', word.toString(), word).body)
    tried(() => Router.fromApi({ '/ip/address': [['!re', word], ['!done']] }).toExport())
  }
  const identified = plain.answerSentence(['/ip/route/print']).router
  for (const word of spoilt('!done=ret=*1F', 100)) {
    tried(() => lib.planApply(site, identified).api(identified).answer([word]))
    tried(() => lib.planApply(site, identified).rest(identified).answer(200, word))
  }
})

test('every export of Rust catches panics', () => {
  const sources = readdirSync(join(folder, 'src')).map((file) => readFileSync(join(folder, 'src', file), 'utf8'))
  const exports = sources.flatMap((source) => [...source.matchAll(/#\[napi(\((?:[^()]|\([^()]*\))*\))?\]\s+pub fn (\w+)/g)])
  assert.ok(exports.length > 100)
  assert.deepEqual(exports.filter(([attribute]) => !attribute.includes('catch_unwind')).map(([, , name]) => name), [])
})
