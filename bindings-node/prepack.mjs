// Copies into the package what lives elsewhere in the repository: the JSON Schemas of core, as `schemas/site.json`, and the licences.
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

mkdirSync(here('schemas'), { recursive: true })
const core = here('../core/src')
for (const file of readdirSync(core, { recursive: true }).filter((file) => file.endsWith('.schema.json'))) {
  copyFileSync(join(core, file), here(`schemas/${basename(file, '.schema.json')}.json`))
}
for (const licence of ['LICENSE-APACHE', 'LICENSE-MIT']) copyFileSync(here(`../${licence}`), here(licence))
