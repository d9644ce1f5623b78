// What goes wrong is an Error with code, help and all diagnostics, thrown and rejected alike.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Report, Router, audit, isMultiIspError, planApply, planApplyAsync, planDisable, split, status, verify } from 'multi-isp'
import { exportText, router, site, siteText, thrownBy } from './support.mjs'

test('an error says what, why and what to do', () => {
  const error = thrownBy(() => Router.fromExport('/ip route add comment="x'))
  assert.ok(error instanceof Error)
  assert.ok(isMultiIspError(error))
  assert.equal(error.name, 'MultiIspError')
  assert.equal(error.code, 'expected-closing-quote')
  assert.equal(error.message, error.diagnostics[0].message)
  assert.equal(error.diagnostics[0].level, 'error')
  assert.match(error.stack, /errors\.test\.mjs/)
  assert.equal(isMultiIspError(new Error('of somebody else')), false)
  assert.equal(isMultiIspError(undefined), false)
  assert.deepEqual(Object.keys(error).sort(), ['code', 'diagnostics', 'help'])
})

test('a plan that is refused comes with the report', async () => {
  const twice = { ...site, lines: site.lines.map((line) => ({ ...line, interface: 'ether1' })) }
  const error = thrownBy(() => planApply(twice, Router.fromExport(exportText)))
  assert.ok(error.report instanceof Report)
  assert.ok(error.report.blocks)
  assert.deepEqual(error.report.findings[0], error.diagnostics[0])
  const rejected = await planApplyAsync(twice, Router.fromExport(exportText)).catch((reason) => reason)
  assert.deepEqual({ ...rejected, report: undefined }, { ...error, report: undefined })
  assert.equal(rejected.message, error.message)
  assert.ok(isMultiIspError(rejected) && rejected.report instanceof Report)
})

test('a site that is wrong names the field as JavaScript has it, and no place in a text that nobody wrote', () => {
  const wrong = { ...site, maxBukkets: 3 }
  const error = thrownBy(() => planApply(wrong, router()))
  const [first] = error.diagnostics
  assert.equal(first.code, 'unknown-field')
  assert.deepEqual(first.subjects, [{ field: 'maxBukkets' }])
  assert.equal('place' in first, false)
})

test('every fault of a document is told, with its place in a text', () => {
  const text = '{"schema": "multi-isp/site/1", "mode": "fail", "lines": [], "colour": 1}'
  const error = thrownBy(() => planApply(text, router()))
  assert.ok(error.diagnostics.length >= 2)
  assert.ok(error.diagnostics.every(({ place }) => place.line === 1))
})

test('what is no document at all is refused', () => {
  for (const wrong of ['', '[]', 'null', Buffer.of(0xff, 0xfe), '{"schema": 3}']) {
    assert.ok(isMultiIspError(thrownBy(() => planApply(wrong, router()))), String(wrong))
  }
})

test('an argument of another type is refused, and nothing is read as what it is not', () => {
  const plan = planDisable(router())
  for (const call of [
    () => planApply(undefined, router()),
    () => planApply(3, router()),
    () => planApply(siteText, plan),
    () => planApply(siteText, {}),
    () => planApply(siteText, Object.create(Router.prototype)),
    () => Router.prototype.menus.call(plan),
    () => Router.prototype.menus.call({}),
    () => Router.fromExport(3),
    () => Router.fromExport(exportText, 7),
    () => split('100, 50'),
    () => verify(siteText),
    () => status(siteText, null),
    () => audit(),
  ]) {
    assert.ok(thrownBy(call) instanceof Error, String(call))
  }
})
