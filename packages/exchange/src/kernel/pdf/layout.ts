import { TLP_COLOURS, type Tlp } from "@jumpkit/core";
import type { Content, CustomTableLayout, createPdf } from "pdfmake";
import { drawableLines, type Face, wrapped } from "./drawable.ts";
import type { Paper, PaperBlock, PaperColumn } from "./paper.ts";

/** The two weights that paper is set in. */
export interface Faces {
  readonly regular: Face;
  readonly bold: Face;
}

/** A document as pdfmake takes it. */
type Definition = Parameters<typeof createPdf>[0];

/** The name under which the typeface is registered. */
export const TYPEFACE = "Roboto";

const A4_WIDTH = 595.28;
const SIDE = 54;
const WIDTH = A4_WIDTH - 2 * SIDE;
const CELL = { side: 4, above: 3 };
const TEXT_SIZE = 10;
const TABLE_SIZE = 8.5;
const FOOT_SIZE = 7;
/** @source FIRST TLP 2.0 §2.2: 12 points or larger */
const LABEL_SIZE = 12;
const INK = "#16202a";
const QUIET = "#55606b";
const RULE = "#b9c2ca";
const BAND = { height: 22, stripe: 12 };
const STRIPE = "#e0a21b";
const GROUND = "#ffffff";

/** The document as pdfmake takes it: pages of A4, its marking and where it comes from on each of them. */
export function layoutOf(paper: Paper, faces: Faces): Definition {
  const page = pageOf(faces);
  return {
    pageSize: "A4",
    pageMargins: [SIDE, 76, SIDE, 66],
    compress: true,
    version: "1.7",
    info: {
      title: drawableLines(paper.title, faces.regular).join(" "),
      author: drawableLines(paper.issuer, faces.regular).join(" "),
      creationDate: new Date(paper.at),
    },
    defaultStyle: { font: TYPEFACE, fontSize: TEXT_SIZE, color: INK, lineHeight: 1.15 },
    header: () => [
      ...(paper.band === undefined ? [] : page.band(paper.band)),
      page.edge(paper.marking, paper.title, [SIDE, 30, SIDE, 0]),
    ],
    footer: (current, count) =>
      page.edge(paper.marking, `Page ${current} of ${count}\n${paper.foot}`, [SIDE, 14, SIDE, 0]),
    content: [
      { ...page.text(paper.issuer, { size: TEXT_SIZE }), color: QUIET },
      {
        ...page.text(paper.title, { size: 18, bold: true }),
        margin: [0, 2, 0, 8],
        outline: true,
        outlineText: drawableLines(paper.title, faces.bold).join(" "),
      },
      ...paper.blocks.map((block) => page.block(block)),
    ],
  } as Definition;
}

interface Setting {
  readonly size: number;
  readonly bold?: true;
  readonly width?: number;
}

/** What is set on a page, in the faces given. */
function pageOf(faces: Faces) {
  /** Text in lines of our own making: several times faster to set than words are, and no line can run over. */
  const text = (words: string, { size, bold, width = WIDTH }: Setting) => {
    const face = bold ? faces.bold : faces.regular;
    const lines = wrapped(drawableLines(words, face), face, width, size);
    const stack = lines.map((line) => ({ text: line, noWrap: true, preserveLeadingSpaces: true }));
    return { stack, fontSize: size, ...(bold && { bold }) };
  };

  /** Header or footer: words at the left, the label at the right as FIRST advises. */
  const edge = (marking: Tlp | null, words: string, margin: [number, number, number, number]): Content => ({
    margin,
    columns: [
      { ...text(words, { size: FOOT_SIZE, width: WIDTH - 160 }), color: QUIET, width: "*" },
      marking === null ? { text: "", width: "auto" } : { ...labelOf(marking), width: "auto" },
    ],
  });

  /** Stripes from edge to edge, and the words on a ground of their own. */
  const band = (words: string): Content[] => {
    const { height, stripe } = BAND;
    const count = Math.ceil(A4_WIDTH / stripe / 2) + 1;
    const stripes = Array.from({ length: count }, (_, at) => {
      const x = at * stripe * 2 - height;
      const corners = [x, x + stripe, x + stripe + height, x + height];
      const points = corners.map((corner, place) => ({ x: corner, y: place < 2 ? height : 0 }));
      return { type: "polyline" as const, closePath: true, points, color: STRIPE };
    });
    const ems = [...words].reduce(
      (sum, each) => sum + (faces.bold.advance(each.codePointAt(0) ?? 0) ?? 0),
      0,
    );
    const w = Math.min(WIDTH, ems * TEXT_SIZE) + 16;
    const ground = { type: "rect" as const, y: 3, h: height - 6, x: SIDE - 8, w, color: GROUND };
    return [
      { canvas: [...stripes, ground], absolutePosition: { x: 0, y: 0 } },
      { ...text(words, { size: TEXT_SIZE, bold: true }), absolutePosition: { x: SIDE, y: 5 } },
    ];
  };

  const table = (columns: readonly PaperColumn[], rows: readonly (readonly string[])[]): Content => {
    const shares = columns.reduce((sum, { share }) => sum + share, 0);
    const room = WIDTH - columns.length * 2 * CELL.side;
    const widths = columns.map(({ share }) => (room * share) / shares);
    const cells = (row: readonly string[], bold?: true) =>
      columns.map(({ right }, at) => ({
        ...text(row[at] ?? "", { size: TABLE_SIZE, width: widths[at] ?? room, ...(bold && { bold }) }),
        ...(right && { alignment: "right" as const }),
      }));
    return {
      table: {
        headerRows: 1,
        keepWithHeaderRows: 1,
        widths,
        body: [
          cells(
            columns.map(({ title }) => title),
            true,
          ),
          ...rows.map((row) => cells(row)),
        ],
      },
      layout: RULED,
      margin: [0, 2, 0, 8],
    };
  };

  const facts = (rows: readonly (readonly [string, string])[]): Content => {
    const name = 130;
    const value = WIDTH - name - 4 * CELL.side;
    return {
      table: {
        widths: [name, value],
        body: rows.map(([one, other]) => [
          { ...text(one, { size: TABLE_SIZE, width: name }), color: QUIET },
          text(other === "" ? "–" : other, { size: TABLE_SIZE, width: value }),
        ]),
      },
      layout: RULED,
      margin: [0, 2, 0, 8],
    };
  };

  const heading = (level: 1 | 2, words: string): Content => ({
    ...text(words, { size: level === 1 ? 14 : 11, bold: true }),
    margin: [0, level === 1 ? 14 : 8, 0, 4],
    headlineLevel: level,
    ...(level === 1 && { outline: true, outlineText: drawableLines(words, faces.bold).join(" ") }),
  });

  const block = (part: PaperBlock): Content => {
    switch (part.kind) {
      case "heading":
        return heading(part.level, part.text);
      case "paragraph":
        return {
          ...text(part.text, { size: TEXT_SIZE }),
          margin: [0, 0, 0, 6],
          ...(part.quiet && { color: QUIET }),
        };
      case "lines":
        return { ...text(part.lines.join("\n"), { size: TEXT_SIZE }), margin: [0, 0, 0, 6] };
      case "list":
        return {
          ul: part.items.map((item) => text(item, { size: TEXT_SIZE, width: WIDTH - 16 })),
          margin: [0, 0, 0, 6],
        };
      case "facts":
        return part.rows.length === 0 ? { text: "" } : facts(part.rows);
      case "table":
        return table(part.columns, part.rows);
      case "struck":
        return {
          ...text(`Struck: ${part.reason}`, { size: TABLE_SIZE, width: WIDTH - 8 }),
          color: QUIET,
          margin: [8, 2, 0, 6],
        };
      case "signatures":
        return signatures(part.lines);
      case "page_break":
        return { text: "", pageBreak: "after" };
    }
  };

  const signatures = (lines: readonly string[]): Content => ({
    unbreakable: true,
    stack: lines.map((line) => ({
      margin: [0, 34, 0, 0],
      stack: [
        { canvas: [{ type: "line", x1: 0, y1: 0, x2: WIDTH * 0.7, y2: 0, lineWidth: 0.5, lineColor: INK }] },
        { ...text(line, { size: TABLE_SIZE }), color: QUIET, margin: [0, 3, 0, 0] },
      ],
    })),
  });

  return { text, edge, band, block };
}

/** The label on black, in its own colour and in capitals. @source FIRST TLP 2.0 */
function labelOf(marking: Tlp) {
  return {
    table: {
      body: [
        [{ text: marking, bold: true, fontSize: LABEL_SIZE, color: TLP_COLOURS[marking], noWrap: true }],
      ],
    },
    layout: { ...BARE, fillColor: () => "#000000" },
  };
}

const BARE: CustomTableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 6,
  paddingRight: () => 6,
  paddingTop: () => 2,
  paddingBottom: () => 2,
};

const RULED: CustomTableLayout = {
  hLineWidth: (line) => (line === 0 ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => RULE,
  paddingLeft: () => CELL.side,
  paddingRight: () => CELL.side,
  paddingTop: () => CELL.above,
  paddingBottom: () => CELL.above,
};
