// The programs of the README run, each as it stands there.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { folder, top } from './support.mjs'

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
