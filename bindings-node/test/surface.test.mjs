// The package has exactly what every language has, by its names in JavaScript.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import * as module from 'multi-isp'
import { top } from './support.mjs'

const surface = JSON.parse(readFileSync(new URL('core/tests/vectors/surface.json', top)))
const camel = (name) => name.replaceAll(/_([a-z])/g, (_, letter) => letter.toUpperCase())

/** What Node has beside: the promise forms, and what tells an error of ours. */
const PROMISES = ['audit', 'observe', 'planApply', 'planDisable', 'preflight', 'preflightDisable', 'replay', 'simulate', 'verify', 'whatIf']
const OWN = ['isMultiIspError']
const ROUTER_PROMISES = ['fromApi', 'fromExport', 'fromPrint', 'fromRest', 'run']
/** What every object of JavaScript may have, every class, and what Node and napi add to a module. */
const OF_OBJECTS = ['constructor', 'toJSON', 'toString']
const OF_CLASSES = ['arguments', 'caller', 'length', 'name', 'prototype']
const OF_LOADERS = ['__napiBindingTarget', 'default', 'module.exports']

const withPromises = (names, promises) => [...names, ...promises.map((name) => `${name}Async`)].sort()

test('the functions and the classes are those of every language', () => {
  const functions = withPromises(surface.functions.map(camel), PROMISES)
  const names = Object.keys(module).filter((name) => !OF_LOADERS.includes(name))
  assert.deepEqual(names.sort(), [...functions, ...OWN, ...Object.keys(surface.handles)].sort())
})

for (const [name, members] of Object.entries(surface.handles)) {
  test(`${name} has the members that it has in every language`, () => {
    const wanted = withPromises(members.map(camel), name === 'Router' ? ROUTER_PROMISES : [])
    const statics = Object.getOwnPropertyNames(module[name]).filter((member) => !OF_CLASSES.includes(member))
    const methods = Object.getOwnPropertyNames(module[name].prototype).filter((member) => !OF_OBJECTS.includes(member))
    assert.deepEqual([...statics, ...methods].sort(), wanted)
  })
}

test('require and import give the same', () => {
  const required = createRequire(import.meta.url)('multi-isp')
  assert.equal(required.planApply, module.planApply)
  assert.equal(required.Router, module.Router)
})

test('the JSON Schemas come with the package', () => {
  const schema = createRequire(import.meta.url)('multi-isp/schemas/site.json')
  assert.equal(schema.$id, 'urn:multi-isp:site:1')
})
