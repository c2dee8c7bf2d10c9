// Starts the real server on a folder of its own, for browsers.
//
// Always true: it is dead and its folder gone once `stop` has resolved. Deliberately not here: building it.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

function binary() {
  const target = process.env.CARGO_TARGET_DIR ?? resolve(import.meta.dirname, '../../target')
  const program = process.env.ZOUFANG_BINARY ?? join(target, 'debug/zoufang')
  if (!existsSync(program)) throw new Error(`${program} is missing: cargo build -p zoufang-server`)
  return program
}

/** The county without its year, or another command. Resolves with what it printed when it was ready, and `stop`. */
export async function startServer(...command) {
  const folder = mkdtempSync(join(tmpdir(), 'zoufang-browser-'))
  const wanted = command.length > 0 ? command : ['demo', '--empty']
  const child = spawn(binary(), [...wanted, '--json', '--listen', '127.0.0.1:0', '--data', join(folder, 'data')], {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let logs = ''
  child.stderr.on('data', (text) => (logs = (logs + text).slice(-8000)))
  const line = await new Promise((done, failed) => {
    createInterface({ input: child.stdout }).on('line', (text) => text.startsWith('{') && done(text))
    child.once('exit', (code) => failed(new Error(`the server ended with ${code}\n${logs}`)))
  })
  const stop = () =>
    new Promise((done) => {
      child.removeAllListeners('exit')
      child.once('exit', () => {
        rmSync(folder, { recursive: true, force: true })
        done()
      })
      child.kill()
    })
  const ready = JSON.parse(line)
  return { ...ready, url: `http://${ready.listen}`, stop }
}
