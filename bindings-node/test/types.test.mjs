// TypeScript takes the sample as it stands, and every line that is wrong as wrong.
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { folder } from './support.mjs'

const run = promisify(execFile)

test('tsc --strict', async () => {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  const sample = await run(process.execPath, [compiler, '--project', join(folder, 'test', 'types')]).catch((error) => error)
  if (sample.code) throw new Error(sample.stdout)
})
