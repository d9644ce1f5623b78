// The promise forms give what the others give, off the event loop.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as lib from 'multi-isp'
import { exportText, router, routerText, site, siteText } from './support.mjs'

const { Router } = lib
const text = (value) => value.toJson?.() ?? value.toExport?.().toString() ?? JSON.stringify(value)

test('each gives what its other form gives', async () => {
  const plain = Router.fromExport(exportText)
  const log = { readings: [{ at: 0, status: lib.unreachable(site) }, { at: 600, status: lib.status(site, plain) }] }
  const cases = [
    ['planApply', siteText, router()],
    ['planDisable', router()],
    ['verify', siteText, router()],
    ['preflight', siteText, router()],
    ['preflightDisable', router()],
    ['audit', router()],
    ['simulate', router()],
    ['whatIf', plain],
    ['observe', plain],
    ['replay', log],
  ]
  for (const [verb, ...given] of cases) {
    assert.equal(text(await lib[`${verb}Async`](...given)), text(lib[verb](...given)), verb)
  }
})

test('a router is read off the event loop too', async () => {
  const rest = { '/system/resource': { version: '7.22.3' }, '/ip/route': [{ '.id': '*1', gateway: '192.0.2.1' }] }
  const api = { '/ip/route': [['!re', '=.id=*1', '=gateway=192.0.2.1'], ['!done']] }
  const print = { '/ip/route': ' 0   dst-address=0.0.0.0/0 gateway=192.0.2.1\n' }
  const cases = [['fromExport', routerText], ['fromRest', rest], ['fromApi', api], ['fromPrint', print]]
  for (const [verb, given] of cases) {
    assert.equal(text(await Router[`${verb}Async`](given)), text(Router[verb](given)), verb)
  }
  const script = lib.planApply(siteText, router()).script()
  assert.equal(text((await router().runAsync(script)).router), text(router().run(script).router))
})

test('the event loop turns while core works', async () => {
  let hasTurned = false
  setImmediate(() => (hasTurned = true))
  await Promise.all(Array.from({ length: 8 }, () => lib.planApplyAsync(siteText, router())))
  assert.ok(hasTurned)
})

test('the router of a promise may be collected before it is done', async () => {
  const works = Array.from({ length: 20 }, () => lib.planApplyAsync(siteText, router()))
  globalThis.gc?.()
  for (const plan of await Promise.all(works)) assert.ok(plan.steps.length > 0)
})
