// Applies a site to a router over REST, from RouterOS 7.1 on: plan, send under a guard, verify, confirm, status.
//
//   export ROUTER_URL=https://router.example ROUTER_USER=portal ROUTER_PASSWORD=..
//   export NODE_EXTRA_CA_CERTS=authority.pem    # where an authority of yours signs the router's certificate
//   node apply-over-rest.mjs site.json          # with --disable, everything is taken away again
//
// What fails in the middle is taken back at once. Where the router cannot be reached for that, it takes it back itself after ten minutes.

import { readFile } from 'node:fs/promises'
import { Router, planApplyAsync, planDisableAsync, planReads, status, statusReads, verifyAsync } from 'multi-isp'

const { ROUTER_URL, ROUTER_USER, ROUTER_PASSWORD } = process.env
const authorization = `Basic ${Buffer.from(`${ROUTER_USER}:${ROUTER_PASSWORD}`).toString('base64')}`

const [file, option] = process.argv.slice(2)
const site = await readFile(file)
if (option === '--disable') {
  await apply(await planDisableAsync(await readRouter()))
} else {
  await apply(await planApplyAsync(site, await readRouter()), site)
  console.log((await readStatus(site)).sentence)
}

async function apply(plan, site) {
  console.log(plan.summary())
  if (plan.isEmpty) return
  const router = await readRouter()
  try {
    await send(plan.rest(router, 'guarded', 10))
    const drift = site && (await verifyAsync(site, await readRouter()))
    if (drift && !drift.isEmpty) throw new Error(drift.text())
    await send(plan.rest(await readRouter(), 'confirm'))
  } catch (error) {
    console.error(`it failed and is taken back: ${error.message}`)
    await send(plan.rest(await readRouter(), 'undo'))
    throw error
  }
}

/** One request after the other: `answer` throws where the router refuses one, and the rest is not sent. */
async function send(calls) {
  for (let request = calls.next(); request; request = calls.next()) {
    const response = await ask(request)
    calls.answer(response.status, await response.text())
  }
}

/** The router as it is now. A menu of a package that it does not have is not there. */
async function readRouter() {
  const answers = {}
  for (const menu of planReads(await readVersion())) {
    const response = await ask({ method: 'GET', path: `/rest${menu}` })
    if (response.status !== 400 && response.status !== 404) answers[menu] = await json(response)
  }
  return Router.fromRestAsync(answers)
}

async function readVersion() {
  return (await json(await ask({ method: 'GET', path: '/rest/system/resource' }))).version
}

/** How the lines are, by the few rows that tell it. */
async function readStatus(site) {
  const version = await readVersion()
  const answers = {}
  for (const { menu, request } of statusReads(site, version).reads) {
    answers[menu] = await json(await ask(request))
  }
  return status(site, Router.fromRest(answers, version))
}

/** `fetch` checks the router's certificate. */
function ask({ method, path, body }) {
  const headers = { authorization, 'content-type': 'application/json' }
  return fetch(new URL(path, ROUTER_URL), { method, headers, body, signal: AbortSignal.timeout(60_000) })
}

async function json(response) {
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`)
  return response.json()
}
