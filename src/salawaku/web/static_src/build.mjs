// Makes web/static/built: one style sheet (Tabler, purged, under our own tokens), one script, one icon sprite.
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { PurgeCSS } from "purgecss";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "..", "..");
const modules = join(source, "..", "..", "node_modules");
const out = join(here, "..", "static", "built");
const target = ["chrome99", "firefox97", "safari15.4"];

const iconFile = (name) => join(modules, `@tabler/icons/icons/outline/${name}.svg`);

async function readAll(folder, endings) {
  const names = await readdir(folder, { recursive: true });
  const wanted = names.filter((name) => endings.some((end) => name.endsWith(end)));
  return Promise.all(wanted.map((name) => readFile(join(folder, name), "utf8")));
}

async function styles(texts) {
  const tabler = await readFile(join(modules, "@tabler/core/dist/css/tabler.min.css"), "utf8");
  const [{ css }] = await new PurgeCSS().purge({
    content: texts.map((raw) => ({ raw, extension: "html" })),
    css: [{ raw: tabler.replace(/\/\*#.*?\*\//g, "") }],
    defaultExtractor: (text) => text.match(/[A-Za-z0-9_-]+/g) ?? [],
    blocklist: [/theme-(dark|light)/, /img-(dark|light)/],
    variables: true,
    keyframes: true,
    fontFace: true,
  });
  // In a layer of its own every rule of ours wins over Tabler's, whatever the selector.
  const base = `@layer tabler{${css.replace(/@charset[^;]*;/, "")}}`;
  const own = await build({ entryPoints: [join(here, "css", "salawaku.css")], bundle: true, write: false, target });
  const { code } = await transform(base + own.outputFiles[0].text, { loader: "css", minify: true, target });
  return code;
}

async function scripts() {
  const entry = join(here, "js", "salawaku.js");
  const built = await build({ entryPoints: [entry], bundle: true, minify: true, write: false, target });
  return built.outputFiles[0].text;
}

// Every name written as icon="…", icon_name="…" or {% icon "…" %} becomes a symbol; an unknown name stops the build.
// The last word of {% badge … %} and {% empty_state … %} may be an icon too, or just a word.
async function icons(texts) {
  const direct = texts.flatMap((text) => [...text.matchAll(/\bicon(?:_name)?(?:: str)?(?:\s*[=:(]?\s*)["']([a-z][a-z0-9-]*)["']/g)]);
  const tags = texts.flatMap((text) => [...text.matchAll(/{% (?:badge|empty_state) [^%]*"([a-z][a-z0-9-]*)" *%}/g)]);
  const last = tags.filter((match) => existsSync(iconFile(match[1])));
  const names = [...new Set([...direct, ...last].map((match) => match[1]))].sort();
  const symbols = names.map(async (name) => {
    const svg = await readFile(iconFile(name), "utf8");
    const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24">${body.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${(await Promise.all(symbols)).join("")}</svg>`;
}

const texts = (await Promise.all([readAll(source, [".html", ".py"]), readAll(join(here, "js"), [".js"])])).flat();
const files = { "salawaku.css": await styles(texts), "salawaku.js": await scripts(), "icons.svg": await icons(texts) };
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const [name, text] of Object.entries(files)) {
  await writeFile(join(out, name), text);
  const kilobytes = (length) => (length / 1000).toFixed(1).padStart(6);
  console.log(`${name.padEnd(14)} ${kilobytes(text.length)} kB, ${kilobytes(gzipSync(text).length)} kB compressed`);
}
