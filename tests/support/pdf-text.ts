import { inflateSync } from "node:zlib";

/** What a reader sees of a PDF file of ours: the text of each page, a line for each time the pen was set. */
export function pdfText(bytes: Uint8Array): string {
  const objects = objectsOf(Buffer.from(bytes).toString("latin1"));
  const fonts = new Map<string, ReadonlyMap<string, string>>();
  for (const { head } of objects.values()) {
    for (const [, name = "", font = ""] of (/\/Font <<([^>]*)>>/s.exec(head)?.[1] ?? "").matchAll(
      /\/(F\d+) (\d+) 0 R/g,
    )) {
      const letters = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font)?.head ?? "")?.[1] ?? "";
      fonts.set(name, lettersOf(objects.get(letters)?.stream ?? ""));
    }
  }
  return [...objects.values()]
    .filter(({ stream }) => / Tf\n/.test(stream))
    .map(({ stream }) => pageText(stream, fonts))
    .join("\f");
}

function objectsOf(file: string) {
  const objects = new Map<string, { readonly head: string; readonly stream: string }>();
  for (const [, id = "", body = ""] of file.matchAll(/\n(\d+) 0 obj\n(.*?)\nendobj/gs)) {
    const [head = "", data] = body.split(/stream\n/, 2);
    const raw =
      data === undefined ? Buffer.alloc(0) : Buffer.from(body.slice(body.indexOf("stream\n") + 7), "latin1");
    const flat = head.includes("/FlateDecode") ? inflateSync(raw) : raw;
    objects.set(id, { head, stream: flat.toString("latin1") });
  }
  return objects;
}

/** Glyph to letters, as the file itself says so that text can be copied and searched. */
function lettersOf(map: string): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  for (const [, from = "", , list = ""] of map.matchAll(/<(\w{4})> <(\w{4})> \[(.*?)\]/gs)) {
    [...list.matchAll(/<([\w ]*)>/g)].forEach(([, hex = ""], at) => {
      const key = (Number.parseInt(from, 16) + at).toString(16).padStart(4, "0");
      letters.set(key, Buffer.from(hex.replaceAll(" ", ""), "hex").swap16().toString("utf16le"));
    });
  }
  return letters;
}

function pageText(stream: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let letters: ReadonlyMap<string, string> = new Map();
  const lines: string[] = [];
  for (const line of stream.split("\n")) {
    const font = /^\/(F\d+) [\d.]+ Tf/.exec(line)?.[1];
    if (font !== undefined) letters = fonts.get(font) ?? new Map();
    if (!line.endsWith("TJ")) continue;
    const glyphs = [...line.matchAll(/<(\w+)>/g)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []);
    lines.push(glyphs.map((glyph) => letters.get(glyph) ?? "?").join(""));
  }
  return lines.join("\n");
}
