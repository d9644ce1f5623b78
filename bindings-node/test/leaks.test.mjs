// 10,000 plans, errors and promises leave nothing behind. Run with --expose-gc.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Router, planApply, planApplyAsync, planDisable } from 'multi-isp'
import { exportText, site } from './support.mjs'

const MEGABYTE = 2 ** 20

/** Memory that is in use when everything that can go is gone: of the process, and of JavaScript. */
async function memory() {
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc()
    await new Promise((turned) => setTimeout(turned, 5))
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rss, heap: heapUsed + external }
}

async function grownBy(call, times) {
  const some = async (count) => {
    for (let index = 0; index < count; index += 1) {
      await call()
      // Finalizers run when the event loop turns.
      if (index % 200 === 0) await new Promise((turned) => setImmediate(turned))
    }
  }
  await some(times / 5)
  const before = await memory()
  await some(times)
  const after = await memory()
  return { rss: (after.rss - before.rss) / MEGABYTE, heap: (after.heap - before.heap) / MEGABYTE }
}

const router = Router.fromExport(exportText)
const cases = {
  'plans and scripts': () => planApply(site, router).script(),
  'objects of plans': () => planDisable(router).toJSON(),
  routers: () => Router.fromExport(exportText).version,
  errors: () => {
    try {
      planApply({ ...site, lines: [] }, router)
    } catch (error) {
      return error.diagnostics
    }
    throw new Error('it was planned')
  },
  promises: () => planApplyAsync(site, router),
  rejections: () => planApplyAsync({ ...site, lines: [] }, router).catch(() => {}),
}

for (const [name, call] of Object.entries(cases)) {
  test(`10,000 ${name} leave nothing behind`, { skip: !globalThis.gc && 'needs --expose-gc' }, async () => {
    const { rss, heap } = await grownBy(call, 10_000)
    assert.ok(heap < 4, `${heap} MiB of JavaScript`)
    assert.ok(rss < 48, `${rss} MiB of the process`)
  })
}
