import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';

/** Asked for by browsers and phones that have read no page: never renamed. */
const fixed = /^public\/([^/]+|icons\/.*)$/;
const text = /\.(css|js|svg|txt|webmanifest)$/;
const copied = ['.ico', '.png', '.svg', '.txt', '.webmanifest', '.woff2'];
const aDay = 24 * 60 * 60 * 1000;

function filesBelow(root, folder) {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** Stylesheets and scripts are bundled from where they begin: `css/app.css`, and every `x.browser.ts`. */
function entriesOf(root) {
  const files = filesBelow(root, 'public').filter((file) => !fixed.test(file) && !file.endsWith('.css'));
  const scripts = filesBelow(root, 'src').filter((file) => file.endsWith('.browser.ts'));
  const entries = [
    { in: 'public/css/app.css', out: 'css/app' },
    ...files.map((file) => ({ in: file, out: file.replace(/^public\/|\.\w+$/g, '') })),
    ...scripts.map((file) => ({ in: file, out: `js/${path.basename(file, '.browser.ts')}` })),
  ];
  const twice = scripts.find((file) =>
    scripts.some((o) => o < file && path.basename(o) === path.basename(file)),
  );
  if (twice) throw new Error(`${twice}: another script has this name`);
  return entries;
}

/** @param {string} root @param {boolean} forReading */
function optionsFor(root, forReading) {
  return {
    absWorkingDir: root,
    entryPoints: entriesOf(root),
    outdir: 'dist/public/assets',
    outbase: 'public',
    publicPath: '/assets',
    entryNames: '[dir]/[name].[hash]',
    assetNames: '[dir]/[name].[hash]',
    chunkNames: 'js/[name].[hash]',
    // In one piece: of its modules esbuild would make a file of 90 bytes that every script asks for.
    alias: { 'socket.io-client': './node_modules/socket.io-client/dist/socket.io.esm.min.js' },
    loader: Object.fromEntries(copied.map((extension) => [extension, 'copy'])),
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    minify: !forReading,
    sourcemap: forReading && 'inline',
    metafile: true,
    write: false,
    logLevel: 'silent',
  };
}

/** "js/code.X7Y2K3L4.js" → "js/code.js" */
function logicalName(output) {
  return output.replace(/\.[A-Z0-9]{8}(?=\.\w+$)/, '');
}

/** Addresses by the names that templates use, and what each script imports. */
function manifestOf(metafile, fixedNames) {
  const at = (output) => output.replace('dist/public', '');
  const outputs = Object.entries(metafile.outputs);
  const named = outputs.map(([output]) => [logicalName(at(output).replace('/assets/', '')), at(output)]);
  const chunks = outputs.map(([output, { imports }]) => [
    at(output),
    imports.filter(({ kind }) => kind === 'import-statement').map((chunk) => at(chunk.path)),
  ]);
  return {
    urls: Object.fromEntries([...fixedNames.map((name) => [name, `/${name}`]), ...named]),
    chunks: Object.fromEntries(chunks.filter(([, imports]) => imports.length > 0)),
  };
}

/** Whole, or not at all: a site that starts in this moment reads it. */
function put(file, bytes, draft) {
  const now = new Date();
  if (existsSync(file) && readFileSync(file).equals(bytes)) return utimesSync(file, now, now);
  writeFileSync(draft, bytes);
  return renameSync(draft, file);
}

/**
 * Puts what was built where the site serves it, the list of names last. Files of an earlier build stay for a day: a site
 * that was started with them is still asked for them.
 */
function write(root, { outputFiles, metafile }, packs) {
  const dir = path.join(root, 'dist/public');
  const fixedNames = filesBelow(root, 'public')
    .filter((file) => fixed.test(file))
    .map((file) => file.replace('public/', ''));
  const files = [
    ...outputFiles.map((file) => [file.path, Buffer.from(file.contents)]),
    ...fixedNames.map((name) => [path.join(dir, name), readFileSync(path.join(root, 'public', name))]),
  ];
  const draft = path.join(root, `dist/${process.pid}.new`);
  for (const [file, bytes] of files) {
    mkdirSync(path.dirname(file), { recursive: true });
    const isPacked = packs && text.test(file);
    put(file, bytes, draft);
    if (isPacked) put(`${file}.br`, brotliCompressSync(bytes), draft);
    if (isPacked) put(`${file}.gz`, gzipSync(bytes, { level: 9 }), draft);
    if (!isPacked) for (const packed of [`${file}.br`, `${file}.gz`]) rmSync(packed, { force: true });
  }
  for (const name of filesBelow(root, 'dist/public')) {
    const file = path.join(root, name);
    if (Date.now() - statSync(file).mtimeMs > aDay) rmSync(file);
  }
  const list = path.join(root, 'dist/assets.json');
  writeFileSync(`${list}.new`, JSON.stringify(manifestOf(metafile, fixedNames)));
  renameSync(`${list}.new`, list);
}

/** Builds `dist/public` and `dist/assets.json`. */
export async function buildAssets(root) {
  write(root, await esbuild.build(optionsFor(root, false)), true);
}

/**
 * The same, made for reading and made anew whenever a file changes; resolves after the first time.
 * @param {string} root @param {(error: string) => void} onFailure
 */
export async function watchAssets(root, onFailure) {
  let first;
  const built = new Promise((resolve) => (first = resolve));
  const writing = {
    name: 'write',
    setup: (build) =>
      void build.onEnd(async (result) => {
        if (result.errors.length === 0) write(root, result, false);
        else
          for (const text of await esbuild.formatMessages(result.errors, { kind: 'error' })) onFailure(text);
        first();
      }),
  };
  const context = await esbuild.context({ ...optionsFor(root, true), plugins: [writing] });
  await context.watch();
  await built;
  return context;
}
