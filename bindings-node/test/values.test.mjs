// Values cross unharmed, or are refused: nothing wraps, nothing is dropped in silence, nothing of a caller's prototypes is taken.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { Router, alerts, audit, changes, explain, isMultiIspError, planApply, planDisable, rules, split, status, unreachable } from 'multi-isp'
import { exportText, router, site, siteText, thrownBy } from './support.mjs'

const plain = () => Router.fromExport(exportText)

test('a site is an object, JSON text or its bytes', () => {
  const ofObject = planApply(site, plain())
  const text = JSON.stringify({ schema: 'multi-isp/site/1', ...site })
  assert.equal(ofObject.toJson(), planApply(text, plain()).toJson())
  assert.equal(ofObject.toJson(), planApply(Buffer.from(text), plain()).toJson())
  assert.equal(ofObject.toJson(), planApply(new Uint8Array(Buffer.from(text)), plain()).toJson())
})

test('names of documents are taken in an object too', () => {
  const camel = planApply({ ...site, mode: 'load_balance', maxBuckets: 7 }, plain())
  assert.equal(camel.toJson(), planApply({ ...site, mode: 'load_balance', max_buckets: 7 }, plain()).toJson())
})

test('results have the names of JavaScript', () => {
  const plan = planApply(siteText, router())
  const { steps } = plan
  assert.ok(steps.length > 10)
  assert.ok(Object.keys(plan.toJSON()).includes('fingerprint'))
  const keys = new Set()
  JSON.stringify(plan, (key, value) => (keys.add(key), value))
  assert.deepEqual([...keys].filter((key) => key.includes('_')), [])
})

test('a handle is what JSON.stringify expects', () => {
  const plan = planApply(site, plain())
  assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan.toJSON())
  assert.deepEqual(JSON.parse(JSON.stringify({ report: plan.report })).report.findings, plan.report.findings)
  assert.match(String(plan), /ip\/route/)
})

test('console.log shows what a handle is', () => {
  assert.equal(inspect(planApply(site, plain())), planApply(site, plain()).summary())
  assert.match(inspect(plain()), /^Router 7\.22\.3 \{\n/)
  assert.match(inspect(plain()), /'\/ip\/address': 1/)
})

test('undefined is left out, as JSON has it', () => {
  const options = { maxLines: undefined, reachable: undefined }
  assert.equal(planApply(site, plain(), options).toJson(), planApply(site, plain()).toJson())
  assert.equal(planApply(site, plain(), null).toJson(), planApply(site, plain(), undefined).toJson())
})

test('numbers that are none, negative or too large are refused', () => {
  for (const maxLines of [Number.NaN, Infinity, -Infinity, -1, 1.5, 1e300, '2', true, [], {}]) {
    const error = thrownBy(() => planApply(site, plain(), { maxLines }))
    assert.ok(isMultiIspError(error), `${maxLines}: ${error}`)
  }
  assert.throws(() => planApply(site, plain(), { maxLines: 2n }), TypeError)
})

test('minutes, status and times do not wrap', () => {
  const plan = planApply(site, plain())
  for (const minutes of [Number.NaN, -1, 0, 256, 1.5, Infinity, 4294967297]) {
    assert.ok(isMultiIspError(thrownBy(() => plan.guardedScript(minutes))), String(minutes))
  }
  assert.match(plan.guardedScript(10).toString(), /scheduler/)
  for (const at of [Number.NaN, -1, 1.5, 2 ** 53, -(2 ** 63)]) {
    assert.ok(isMultiIspError(thrownBy(() => alerts(null, unreachable(site), at))), String(at))
  }
  for (const seconds of [Number.NaN, -1, Infinity]) {
    assert.ok(isMultiIspError(thrownBy(() => plain().advance(seconds))), String(seconds))
  }
  for (const speeds of [[Number.NaN], [-1], [0], [Infinity], [1e21], [0.0001]]) {
    assert.ok(thrownBy(() => split(speeds)) instanceof Error, String(speeds))
  }
})

test('a key named __proto__ is a field that nobody knows', () => {
  const given = JSON.parse('{"maxLines": 2, "__proto__": {"reachable": false}}')
  const error = thrownBy(() => planApply(site, plain(), given))
  assert.equal(error.code, 'unknown-field')
  assert.equal({}.reachable, undefined)
})

test('what a spoilt prototype adds is not taken', () => {
  Object.prototype.maxLines = 1
  try {
    assert.ok(planApply(site, plain(), {}).steps.length > 0)
    assert.deepEqual(Router.fromRest({}).menus(), [])
    assert.deepEqual(Router.fromPrint({}).menus(), [])
  } finally {
    delete Object.prototype.maxLines
  }
})

test('what throws while it is read is thrown on', () => {
  const error = new Error('not today')
  const options = {
    get maxLines() {
      throw error
    },
  }
  assert.equal(thrownBy(() => planApply(site, plain(), options)), error)
  const ring = { lines: [] }
  ring.lines.push(ring)
  assert.throws(() => planApply(ring, plain()), TypeError)
})

test('half a character of UTF-16 harms nothing', () => {
  const lone = '\ud800'
  assert.ok(thrownBy(() => planApply({ ...site, [lone]: 1 }, plain())) instanceof Error)
  assert.ok(thrownBy(() => planApply({ ...site, mode: lone }, plain())) instanceof Error)
  assert.equal(Router.fromExport(`/ip route add comment="${lone}" gateway=192.0.2.1\n`).menus().length, 1)
  assert.equal(explain(lone), null)
})

test('bytes that are no text come back as they were', () => {
  const read = Router.fromExport('/ip route\nadd comment="\\CF" gateway=192.0.2.1\n', '7.22.3')
  assert.match(read.toExport().toString('latin1'), /\\CF/)
  const { rows } = read.table('/ip/route')
  const comment = rows[0].properties.find(({ name }) => name === 'comment')
  assert.deepEqual(comment.value, { hex: 'cf' })
})

test('commands of changes are bytes', () => {
  const after = plain().run('/ip route add gateway=192.0.2.1').router
  assert.deepEqual(changes(plain(), after).map(String), ['/ip route add gateway=192.0.2.1'])
})

test('rules are explained', () => {
  const all = rules()
  assert.ok(all.length > 50 && all.every(({ code, level }) => code && level))
  assert.match(explain(all[0].code), /## Why it matters/)
  assert.equal(explain('no-such-rule'), null)
  const levels = { levels: [{ code: 'no-firewall', level: 'off' }] }
  assert.ok(audit(plain()).findings.length >= audit(plain(), levels).findings.length)
})

test('a status is read back', () => {
  const read = status(site, plain())
  const { state, alerts: told } = alerts(null, read, 0)
  assert.deepEqual(told, [])
  assert.deepEqual(alerts(state, read, 60).state.schema, state.schema)
})

test('a plan of nothing', () => {
  assert.ok(planDisable(plain()).isEmpty)
})
