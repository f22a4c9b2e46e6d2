import { spawn } from 'node:child_process';
import { root } from '../paths.mjs';
import { Stop } from '../say.mjs';

/** The environment for our own tools: options meant for the site or a debugger must not change a build. */
export function toolEnvironment(more = {}) {
  const { NODE_OPTIONS: _options, NODE_ENV: _environment, ...env } = process.env;
  return { ...env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', ...more };
}

/**
 * Runs a tool with its output held back: shown only when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, signal?: AbortSignal, what: string }} options
 * @returns {Promise<string>} what it wrote
 */
export function tool(command, args, { env = toolEnvironment(), signal, what }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (chunk) => (output += chunk));
    }
    child.once('error', (error) => reject(new Stop(`${what}: ${error.message}`)));
    child.once('close', (code, signalName) => {
      if (code === 0) resolve(output);
      else reject(new Stop(`${output.trim()}\n\n${what} (${signalName ?? `exit code ${code}`}).`));
    });
  });
}

/** The same for a JavaScript tool of node_modules. */
export function nodeTool(script, args, options) {
  return tool(process.execPath, [script, ...args], options);
}
