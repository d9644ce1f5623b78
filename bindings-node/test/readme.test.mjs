// The programs of the README run, each as it stands there.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Router, alerts, audit, isMultiIspError, planApplyAsync, status } from 'multi-isp'
import { folder, router, siteText, thrownBy, top } from './support.mjs'

const run = promisify(execFile)
const readme = readFileSync(join(folder, 'README.md'), 'utf8')
const blocks = (text) => [...text.matchAll(/```js\n(.*?)```/gs)].map(([, program]) => program)
const [fiveLines] = blocks(readFileSync(fileURLToPath(new URL('README.md', top)), 'utf8'))
const imports = "import { readFileSync, writeFileSync } from 'node:fs'\nimport { Router, planApply } from 'multi-isp'\n"
const programs = [...blocks(readme), imports + fiveLines]

test('the first page has five lines', () => assert.equal(fiveLines.trim().split('\n').length, 5))

test('there are programs', () => assert.ok(programs.length >= 4))

programs.forEach((program, index) => {
  test(`program ${index + 1}`, async (context) => {
    // Within the package, so that its own name leads to it.
    const scratch = mkdtempSync(join(folder, 'test', 'readme-'))
    context.after(() => rmSync(scratch, { recursive: true }))
    cpSync(fileURLToPath(new URL('examples/routers/rb4011-vlans-wireguard-7.22.rsc', top)), join(scratch, 'router.rsc'))
    cpSync(fileURLToPath(new URL('examples/sites/fiber-wireless.json', top)), join(scratch, 'site.json'))
    const file = join(scratch, program.includes('require(') ? 'program.cjs' : 'program.mjs')
    writeFileSync(file, program)
    await run(process.execPath, [file], { cwd: scratch, timeout: 60_000 })
  })
})

test('what JSON.stringify gives of handles', () => {
  assert.equal(JSON.stringify(router()), '{}')
  assert.equal(JSON.parse(JSON.stringify(audit(router()))).schema, 'multi-isp/report/1')
})

test('a wrong type is thrown at once', () => {
  for (const call of [() => Router.fromExportAsync(5), () => planApplyAsync(siteText, {}), () => planApplyAsync(5, router())]) {
    const error = thrownBy(call)
    assert.equal(error.code, 'InvalidArg')
    assert.ok(!isMultiIspError(error))
  }
})

test('names of both kinds, and a state that was kept', () => {
  const now = status(siteText, router())
  const { state } = alerts(undefined, now, 1, { downAfter: 60 })
  assert.deepEqual(alerts(undefined, now, 1, { down_after: 60 }).state, state)
  const kept = JSON.stringify(state)
  assert.deepEqual(alerts(JSON.parse(kept), now, 2), alerts(state, now, 2))
  assert.ok(isMultiIspError(thrownBy(() => alerts(kept, now, 2))))
})
