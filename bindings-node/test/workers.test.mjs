// The package works in threads of workers, also in several at once and where one ends in the middle.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { Router, planApply, planApplyAsync } from 'multi-isp'
import { exportText, site } from './support.mjs'

if (isMainThread) {
  test('plans are the same in every thread', async () => {
    const here = planApply(site, Router.fromExport(exportText)).fingerprint()
    const workers = Array.from({ length: 3 }, () => new Worker(new URL(import.meta.url), { workerData: 'plan' }))
    for (const [there] of await Promise.all(workers.map((worker) => once(worker, 'message')))) assert.equal(there, here)
    await Promise.all(workers.map((worker) => worker.terminate()))
  })

  test('a thread may end while core works for it', async () => {
    const worker = new Worker(new URL(import.meta.url), { workerData: 'leave' })
    await once(worker, 'message')
    await worker.terminate()
    assert.ok((await planApplyAsync(site, Router.fromExport(exportText))).steps.length > 0)
  })
} else if (workerData === 'plan') {
  parentPort.postMessage((await planApplyAsync(site, Router.fromExport(exportText))).fingerprint())
} else {
  const works = Array.from({ length: 20 }, () => planApplyAsync(site, Router.fromExport(exportText)))
  parentPort.postMessage(works.length)
  await Promise.all(works)
}
