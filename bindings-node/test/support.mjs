// What the tests share: the bundled routers and sites.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Router } from 'multi-isp'

/** The top of the repository. */
export const top = new URL('../../', import.meta.url)
/** The folder of the package. */
export const folder = fileURLToPath(new URL('../', import.meta.url))

export const routerText = readFileSync(new URL('examples/routers/rb4011-vlans-wireguard-7.22.rsc', top))
export const siteText = readFileSync(new URL('examples/sites/fiber-wireless.json', top))

export const router = () => Router.fromExport(routerText)

/** A site as a person of JavaScript writes it. */
export const site = {
  mode: 'failover',
  lines: [
    { id: 'fiber', interface: 'ether1', access: { type: 'dhcp' }, mbps: 100 },
    { id: 'lte', interface: 'ether2', access: { type: 'dhcp' }, mbps: 20 },
  ],
}

/** A router for that site. */
export const exportText = `# 2026-01-05 10:00:00 by RouterOS 7.22.3
/interface bridge
add name=bridge
/ip address
add address=192.168.88.1/24 interface=bridge
/ip dhcp-client
add interface=ether1
/ip firewall nat
add action=masquerade chain=srcnat
`

/** What a call throws. */
export function thrownBy(call) {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
