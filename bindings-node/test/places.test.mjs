// Places count what the caller counts: UTF-16 units of a string, bytes of a Buffer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Router, audit, planApply } from 'multi-isp'
import { exportText, site, thrownBy } from './support.mjs'

// A quote that is not closed, behind letters of two bytes and a sign of four.
const wrong = '/ip route\nadd comment="Größe 🛰" gateway="192.0.2.1\n'

test('of a string in UTF-16 units', () => {
  const [{ place }] = thrownBy(() => Router.fromExport(wrong)).diagnostics
  assert.deepEqual(place, { offset: 41, length: 1, line: 2, column: 32 })
  assert.equal(wrong.slice(place.offset), '"192.0.2.1\n')
  assert.equal(wrong.split('\n')[place.line - 1].slice(place.column - 1), '"192.0.2.1')
})

test('of bytes in bytes', () => {
  const bytes = Buffer.from(wrong)
  const [{ place }] = thrownBy(() => Router.fromExport(bytes)).diagnostics
  assert.equal(bytes.subarray(place.offset).toString(), '"192.0.2.1\n')
})

test('of a document', () => {
  const text = '{"schema": "multi-isp/site/1", "é🛰": 1, "mode": "fail", "lines": []}'
  const told = (given) => thrownBy(() => planApply(given, Router.fromExport(exportText))).diagnostics.map(({ place }) => place)
  const texts = ['"é🛰"', '"fail"']
  assert.deepEqual(told(text).map(({ offset, length }) => text.slice(offset, offset + length)), texts)
  const bytes = Buffer.from(text)
  assert.deepEqual(told(bytes).map(({ offset, length }) => bytes.subarray(offset, offset + length).toString()), texts)
})

test('of the rows of a router, in reports and in plans', () => {
  const text = exportText.replace('add interface=ether1', 'add comment="Müller 🛰" interface=ether1 add-default-route=yes')
  const rowsOf = (given) => {
    const places = []
    const look = (key, value) => {
      if (value && typeof value === 'object' && 'offset' in value) places.push(value)
      return value
    }
    JSON.stringify([audit(Router.fromExport(given)), planApply(site, Router.fromExport(given))], look)
    return places
  }
  const ofString = rowsOf(text)
  const ofBytes = rowsOf(Buffer.from(text))
  assert.ok(ofString.length > 0)
  assert.equal(ofString.length, ofBytes.length)
  const bytes = Buffer.from(text)
  ofString.forEach(({ offset, length, ...behind }, index) => {
    const { offset: start, length: size, ...same } = ofBytes[index]
    assert.equal(text.slice(offset, offset + length), bytes.subarray(start, start + size).toString())
    assert.equal(behind.line, same.line)
  })
  assert.ok(ofString.some(({ offset }, index) => offset !== ofBytes[index].offset))
})

test('of a script that stops, with the router as it is then', () => {
  const script = '/ip route add comment="🛰" gateway=192.0.2.1; :error "ü"\n'
  const outcome = Router.fromExport(exportText).run(script)
  assert.ok(outcome.router.menus().includes('/ip/route'))
  assert.equal(script.slice(outcome.error.place.offset), ':error "ü"\n')
})

test('of outputs of print, each in its own text', () => {
  const outputs = {
    '/ip/route': 'Größe: kaputt 🛰\n',
    '/ip/address': ' 0 Z address=192.0.2.1/24 comment="ü" interface=ether1\n',
  }
  for (const { place, subjects } of thrownBy(() => Router.fromPrint(outputs)).diagnostics) {
    const { menu } = subjects.find((subject) => 'menu' in subject)
    assert.ok(place.offset + place.length <= outputs[menu].length)
  }
})
