// The examples as programs, against a router on loopback: the whole way, and every way in which it can fail.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import selfsigned from 'selfsigned'
import { Router, planApply, siteOf } from 'multi-isp'
import { routerOs } from './routeros.mjs'
import { folder, router, siteText, top } from './support.mjs'

const run = promisify(execFile)
const USER = 'portal'
const PASSWORD = 'correct horse'
const siteFile = fileURLToPath(new URL('examples/sites/fiber-wireless.json', top))

const scratch = mkdtempSync(join(tmpdir(), 'multi-isp-'))
after(() => rmSync(scratch, { recursive: true }))

const certificate = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
  keySize: 2048,
  extensions: [
    { name: 'basicConstraints', cA: true },
    { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }] },
  ],
})
const authority = join(scratch, 'authority.pem')
writeFileSync(authority, certificate.cert)

const transports = {
  'apply-over-rest.mjs': (server) => ({ ROUTER_URL: `https://localhost:${server.restPort}` }),
  'apply-over-api.mjs': (server) => ({ ROUTER_HOST: 'localhost', ROUTER_PORT: String(server.apiPort) }),
}

/** As a router is read that was made of an export: with ids. */
const start = router().answerSentence(['/system/resource/print']).router

async function withRouter(options, use) {
  const tls = { key: certificate.private, cert: certificate.cert }
  const server = await routerOs({ router: start, user: USER, password: PASSWORD, tls, ...options })
  try {
    await use(server)
  } finally {
    await server.close()
  }
}

/** Runs an example; gives its code and what it printed. */
async function example(file, environment, ...options) {
  const env = { PATH: process.env.PATH, ROUTER_USER: USER, ROUTER_PASSWORD: PASSWORD, NODE_EXTRA_CA_CERTS: authority, ...environment }
  const program = join(folder, 'examples', file)
  try {
    const { stdout, stderr } = await run(process.execPath, [program, siteFile, ...options], { env, timeout: 120_000 })
    return { code: 0, stdout, stderr }
  } catch ({ code, stdout, stderr }) {
    return { code, stdout, stderr }
  }
}

const isAsAtStart = (server) => assert.deepEqual(start.diff(server.router).differences, [])

for (const [file, environment] of Object.entries(transports)) {
  test(`${file}: apply, verify, confirm, status, and disable again`, async () => {
    await withRouter({}, async (server) => {
      const applied = await example(file, environment(server))
      assert.equal(applied.code, 0, applied.stderr)
      assert.match(applied.stdout, /Load balance|Failover/)
      assert.ok(planApply(siteText, server.router).isEmpty)
      assert.equal(siteOf(server.router).lines.length, 2)
      const again = await example(file, environment(server))
      assert.equal(again.code, 0, again.stderr)
      const disabled = await example(file, environment(server), '--disable')
      assert.equal(disabled.code, 0, disabled.stderr)
      isAsAtStart(server)
    })
  })

  test(`${file}: a failure in the middle is taken back`, async () => {
    for (const failing of [0, 5, 20]) {
      await withRouter({ refuse: ({ call }) => call === failing }, async (server) => {
        const { code, stderr } = await example(file, environment(server))
        assert.notEqual(code, 0)
        assert.match(stderr, /refused by the test/)
        isAsAtStart(server)
      })
    }
  })

  test(`${file}: a wrong password changes nothing`, async () => {
    await withRouter({}, async (server) => {
      const { code, stderr } = await example(file, { ...environment(server), ROUTER_PASSWORD: 'wrong' })
      assert.notEqual(code, 0)
      assert.match(stderr, /401|user ?name or password/i)
      assert.equal(server.writes, 0)
    })
  })

  test(`${file}: a certificate that nobody vouches for is refused`, async () => {
    await withRouter({}, async (server) => {
      const { code, stderr } = await example(file, { ...environment(server), NODE_EXTRA_CA_CERTS: undefined })
      assert.notEqual(code, 0)
      assert.match(stderr, /DEPTH_ZERO_SELF_SIGNED_CERT|self-signed certificate/)
      assert.equal(server.writes, 0)
    })
  })
}

test('the router of the tests is read as it is over both transports', () => {
  const replies = {}
  for (const menu of start.menus()) replies[menu] = start.answerSentence([`${menu}/print`]).sentences
  assert.deepEqual(start.diff(Router.fromApi(replies, start.version)).differences, [])
})
