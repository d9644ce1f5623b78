// Applies a site to a router over REST, from RouterOS 7.1 on: plan, send under a guard, verify, confirm, status.
//
//   export ROUTER_URL=https://router.example ROUTER_USER=portal ROUTER_PASSWORD=..
//   export NODE_EXTRA_CA_CERTS=authority.pem    # where an authority of yours signs the router's certificate
//   node apply-over-rest.mjs site.json          # with --disable, everything is taken away again
//
// What fails in the middle is taken back at once, also where SIGINT or SIGTERM comes. Where the router cannot be reached for that,
// or this program is cut off, the router takes it back itself after ten minutes.

import { readFile } from 'node:fs/promises'
import { Router, planApplyAsync, planDisableAsync, planReads, status, statusReads, verifyAsync } from 'multi-isp'

const url = new URL(setting('ROUTER_URL'))
if (url.protocol !== 'https:') throw new Error('ROUTER_URL does not begin with https: the password would be sent in the clear')
const authorization = `Basic ${Buffer.from(`${setting('ROUTER_USER')}:${setting('ROUTER_PASSWORD')}`).toString('base64')}`

const [file, option] = process.argv.slice(2)
const site = await readFile(file)
if (option === '--disable') {
  await apply(await planDisableAsync(await readRouter()))
} else {
  await apply(await planApplyAsync(site, await readRouter()), site)
  console.log((await readStatus(site)).sentence)
}

function setting(name) {
  if (!process.env[name]) throw new Error(`${name} is not set`)
  return process.env[name]
}

async function apply(plan, site) {
  console.log(plan.summary())
  if (plan.isEmpty) return
  const router = await readRouter()
  const moved = plan.stillValid(router).differences
  if (moved.length > 0) throw new Error(`the router was changed since the plan was made: ${JSON.stringify(moved)}`)
  const stop = stopSignal()
  try {
    await send(plan.rest(router, 'guarded', 10), stop)
    await check(site, await readRouter())
    await send(plan.rest(await readRouter(), 'confirm'), stop)
  } catch (error) {
    console.error(`it failed and is taken back: ${error.message}`)
    await send(plan.rest(await readRouter(), 'undo'))
    throw error
  }
}

/** Aborts when this program is told to end. When told twice, it ends at once. */
function stopSignal() {
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => stop.abort(new Error(`${name} came`)))
  return stop.signal
}

/** Whether the router is as the site says; without a site, whether nothing of it is left. */
async function check(site, router) {
  if (site) {
    const drift = await verifyAsync(site, router)
    if (!drift.isEmpty) throw new Error(drift.text())
  } else {
    const left = await planDisableAsync(router)
    if (left.steps.length > 0) throw new Error(`not all is taken away:\n${left.summary()}`)
  }
}

/** One request after the other: `answer` throws where the router refuses one, and the rest is not sent. */
async function send(calls, stop) {
  for (let request = calls.next(); request; request = calls.next()) {
    stop?.throwIfAborted()
    const { status, text } = await ask(request)
    calls.answer(status, text)
  }
}

/** The router as it is now: throws what it refused, but for a menu that it does not have. */
async function readRouter() {
  const answers = {}
  for (const menu of planReads(await readVersion())) {
    answers[menu] = JSON.parse((await ask({ method: 'GET', path: `/rest${menu}` })).text)
  }
  return Router.fromRestAsync(answers)
}

async function readVersion() {
  return rows(await ask({ method: 'GET', path: '/rest/system/resource' })).version
}

/** How the lines are, by the few rows that tell it. */
async function readStatus(site) {
  const version = await readVersion()
  const answers = {}
  for (const { menu, request } of statusReads(site, version).reads) answers[menu] = rows(await ask(request))
  return status(site, Router.fromRest(answers, version))
}

/** `fetch` checks the router's certificate. */
async function ask({ method, path, body }) {
  const headers = { authorization, 'content-type': 'application/json' }
  const signal = AbortSignal.timeout(60_000)
  const response = await fetch(new URL(path, url), { method, headers, body, signal, redirect: 'error' })
  return { path, status: response.status, text: await response.text() }
}

function rows({ path, status, text }) {
  if (status < 200 || status > 299) throw new Error(`${path}: ${status} ${text}`)
  return JSON.parse(text)
}
