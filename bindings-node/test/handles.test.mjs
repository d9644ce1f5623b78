// What handles do beside what the vectors hold: time, guards, calls, other routers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Router, audit, isMultiIspError, planApply, planDisable, ports, sarif } from 'multi-isp'
import { exportText, site, thrownBy } from './support.mjs'

const plain = () => Router.fromExport(exportText)

test('a guarded plan is taken back by time, and by a start, unless it is confirmed', () => {
  const start = plain()
  const plan = planApply(site, start)
  const guarded = start.run(plan.guardedScript(10)).router
  assert.ok(planApply(site, guarded).isUnconfirmed)
  assert.ok(start.diff(guarded.advance(300).router).differences.length > 0)
  assert.deepEqual(start.diff(guarded.advance(601).router).differences, [])
  assert.deepEqual(start.diff(guarded.reboot().router).differences, [])
  const confirmed = guarded.run(plan.confirmScript()).router
  assert.deepEqual(confirmed.diff(confirmed.advance(601).router).differences, [])
})

test('a plan knows whether it still holds', () => {
  const plan = planApply(site, plain())
  assert.deepEqual(plan.stillValid(plain()).differences, [])
  const moved = plain().run('/ip dhcp-client set [find interface=ether1] default-route-distance=5').router
  const [difference] = plan.stillValid(moved).differences
  assert.equal(difference.kind, 'changed')
  assert.equal(difference.properties[0].name, 'default-route-distance')
})

test('calls come one after the other, and stop where the router refuses one', () => {
  const router = plain().answerSentence(['/system/resource/print']).router
  const plan = planApply(site, router)
  const calls = plan.api(router)
  const first = calls.next()
  assert.ok(first.every((word) => Buffer.isBuffer(word)))
  assert.deepEqual(calls.next(), first, 'the same until it is answered')
  const error = thrownBy(() => calls.answer(['!trap', '=message=not enough permissions']))
  assert.ok(isMultiIspError(error))
  assert.match(error.message, /not enough permissions/)
  assert.ok(thrownBy(() => calls.next()) instanceof Error)
  assert.equal(thrownBy(() => plan.api(plain())).code, 'ids-unknown')
  assert.equal(thrownBy(() => plan.rest(router, 'guarded')).code, 'missing-field')
  assert.equal(thrownBy(() => plan.rest(router, 'all')).code, 'unknown-value')
  assert.ok(isMultiIspError(thrownBy(() => plan.rest(router).answer(2 ** 32, ''))))
})

test('a plan of nothing has no calls', () => {
  const router = plain().answerSentence(['/system/resource/print']).router
  assert.equal(planDisable(router).api(router).next(), null)
  assert.equal(planDisable(router).rest(router).next(), null)
})

test('names of ports may be bytes', () => {
  const { ports: all } = ports(Router.fromExport('# by RouterOS 7.22.3\n/interface ethernet\nset [ find default-name=ether5 ] name="\\CF"\n'))
  const { name } = all.find((port) => typeof port.name === 'object')
  assert.deepEqual(name, { hex: 'cf' })
  for (const chosen of [name, Buffer.of(0xcf)]) {
    const port = ports(Router.fromExport('# by RouterOS 7.22.3\n/interface ethernet\nset [ find default-name=ether5 ] name="\\CF"\n'), [chosen])
    assert.ok(port.ports.some(({ reasons }) => reasons.some(({ code }) => code === 'chosen')))
  }
  assert.ok(thrownBy(() => ports(plain(), [{ hex: 'x' }])) instanceof Error)
})

test('reports of routers as SARIF', () => {
  const text = '/ip firewall nat\nadd comment="ü" action=masquerade chain=srcnat\n'
  const document = JSON.parse(sarif([{ name: 'office.rsc', export: text, report: audit(Router.fromExport(text)) }]))
  assert.equal(document.version, '2.1.0')
  assert.ok(document.runs[0].results.some(({ ruleId }) => ruleId === 'blanket-masquerade'))
  assert.equal(JSON.parse(sarif([])).runs[0].results.length, 0)
})
