import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};

const COMPRESSED = new Set([".js", ".css", ".svg"]);
const compress = promisify(brotliCompress);

interface Asset {
  readonly mediaType: string;
  readonly bytes: Buffer;
  brotli?: Promise<Buffer>;
}

/**
 * Serves the built pages: hashed assets for ever, and `index.html` with a fresh nonce for every address that
 * no route knows, so that each place in the product has its own URL.
 *
 * Assets are looked up by name in what was found at start; a path is never joined to the file system.
 */
export function addPages(app: FastifyInstance, folder: string): void {
  const assets = readAssets(folder);
  const html = readFileSync(join(folder, "index.html"), "utf8");

  for (const [path, asset] of assets) {
    app.get(path, (request, reply) => sendAsset(request, reply, path, asset));
  }

  app.setNotFoundHandler((request, reply) => {
    const page =
      (request.method === "GET" || request.method === "HEAD") &&
      !/^\/(v1|api|assets)(\/|$)/.test(request.url);
    if (!page) return reply.code(404).type("application/json; charset=utf-8").send(NOT_FOUND);
    const nonce = randomBytes(16).toString("base64");
    reply.header("content-security-policy", pagePolicy(nonce));
    reply.header("cache-control", "no-store");
    return reply.type("text/html; charset=utf-8").send(html.replaceAll("__NONCE__", nonce));
  });
}

const NOT_FOUND = {
  code: "thing.not_found",
  message: "There is no such thing, or it is not yours to see.",
  next: "Check the address; /v1/openapi.json lists every route.",
  details: {},
};

/** What a page may load: its own origin only, and styles and scripts that carry this answer's nonce. */
function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function readAssets(folder: string): Map<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const mediaType = MEDIA_TYPES[extname(entry.name)];
    if (!entry.isFile() || mediaType === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    assets.set(file.slice(folder.length).replaceAll("\\", "/").replace(/^\/?/, "/"), {
      mediaType,
      bytes: readFileSync(file),
    });
  }
  return assets;
}

async function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  asset: Asset,
): Promise<FastifyReply> {
  reply.type(asset.mediaType);
  reply.header(
    "cache-control",
    path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
  );
  if (!COMPRESSED.has(extname(path)) || !/\bbr\b/.test(request.headers["accept-encoding"] ?? "")) {
    return reply.send(asset.bytes);
  }
  asset.brotli ??= compress(asset.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  return reply
    .header("content-encoding", "br")
    .header("vary", "accept-encoding")
    .send(await asset.brotli);
}
