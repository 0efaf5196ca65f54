import type { Face } from "./drawable.ts";
import { type Faces, layoutOf, TYPEFACE } from "./layout.ts";
import type { Paper } from "./paper.ts";

const FILES = { regular: "Roboto-Regular.ttf", bold: "Roboto-Medium.ttf" } as const;

/**
 * The document as a PDF file. The same paper gives the same bytes, whoever asks and whenever: nothing in it comes from
 * a clock or from chance. Text is drawn in a typeface that knows Latin, Greek and Cyrillic; what else it holds is
 * spelled.
 *
 * The library is loaded when the first document is made.
 */
export async function writePdf(paper: Paper): Promise<Uint8Array> {
  press ??= makePress();
  const { pdfmake, faces } = await press;
  return pdfmake.createPdf(layoutOf(paper, faces)).getBuffer();
}

let press: ReturnType<typeof makePress> | undefined;

async function makePress() {
  const [{ default: pdfmake }, { default: files }, fontkit] = await Promise.all([
    import("pdfmake"),
    import("pdfmake/build/vfs_fonts.js"),
    import("fontkit"),
  ]);
  const bytesOf = (name: string) => Buffer.from(String(files[name]), "base64");
  // The types say that only a browser can have fonts in memory; the library itself has them everywhere.
  const { virtualfs } = pdfmake as unknown as Memory;
  for (const name of Object.values(FILES)) virtualfs.writeFileSync(name, bytesOf(name));
  const { regular, bold } = FILES;
  pdfmake.setFonts({ [TYPEFACE]: { normal: regular, bold, italics: regular, bolditalics: bold } });
  // A document names nothing outside itself; should it ever, nothing is fetched or read.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  const faceOf = (name: string): Face => {
    const font = fontkit.create(bytesOf(name));
    if (!("glyphForCodePoint" in font)) throw new Error(`${name} holds several typefaces`);
    const known = new Map<number, number | undefined>();
    return {
      advance: (codePoint) => {
        if (!known.has(codePoint)) {
          const width = font.hasGlyphForCodePoint(codePoint)
            ? font.glyphForCodePoint(codePoint).advanceWidth / font.unitsPerEm
            : undefined;
          known.set(codePoint, width);
        }
        return known.get(codePoint);
      },
    };
  };
  const faces: Faces = { regular: faceOf(regular), bold: faceOf(bold) };
  return { pdfmake, faces };
}

interface Memory {
  readonly virtualfs: { writeFileSync(name: string, content: Uint8Array): void };
}
