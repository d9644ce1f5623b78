// Somebody's program that knows nothing of this repository but the package: shows that it can be installed and used.
import { strictEqual } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Router, planApply } from 'multi-isp'

const require = createRequire(import.meta.url)
strictEqual(require('multi-isp').planApply, planApply)
strictEqual(require('multi-isp/schemas/site.json').$id, 'urn:multi-isp:site:1')

const [router, site] = process.argv.slice(2).map((file) => readFileSync(file))
const known = Router.fromExport(router)
const plan = planApply(site, known)
const applied = known.run(plan.script()).router
strictEqual(applied.run(plan.undoScript()).router.diff(known).differences.length, 0)
console.log(`multi-isp ${require('multi-isp/package.json').version}: ${plan.steps.length} steps, and the undo is exact`)
