/** What a reader would stumble over: links that lead nowhere, commands that do not exist, words we do not use. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const SKIPPED = new Set(["node_modules", "dist", ".git", ".types", ".out", ".cache"]);

/** Words of the glossary's column "we do not say" that slip in most easily. */
const NOT_OUR_WORDS = [
  [/golden images?/i, "master copy"],
  [/tabletop (test|exercise)s?/i, "exercise"],
  [/TLP:WHITE/, "TLP:CLEAR"],
  [/quarantin/i, "isolation"],
  [/audit[- ](trail|log)/i, "handling log"],
  [/go-live/i, "reconnect gate"],
  [/backup tests?/i, "restore trial"],
  [/action items?/i, "improvement"],
  [/severity score/i, "functional impact, information impact, recoverability"],
  [/(?<!download |[`_{])\btickets?\b/i, "incident; a ticket is a download ticket only"],
];

/** These two quote the words in order to refuse them. */
const ABOUT_WORDS = new Set(["docs/glossary.md", "docs/style.md"]);

/** One sentence for each thing in the documents and on the pages that is not so. */
export function documentProblems(root) {
  const documents = filesBelow(root, root, /\.md$/);
  const pages = filesBelow(root, join(root, "packages/web/src"), /(?<!\.test)\.tsx?$/);
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const commands = new Set(commandsOf(root));
  return [
    ...documents.flatMap((file) => linkProblems(root, file)),
    ...[...documents, ...pages].flatMap((file) => commandProblems(root, file, scripts, commands)),
    ...[...documents, ...pages].flatMap((file) => (ABOUT_WORDS.has(file) ? [] : wordProblems(root, file))),
  ];
}

/** The commands of `jumpkit`: those that its entry point defines, and each noun of an operation or query. */
export function commandsOf(root) {
  const text = readFileSync(join(root, "packages/jumpkit/src/main.ts"), "utf8");
  const permissions = readFileSync(join(root, "docs/reference/permissions.md"), "utf8");
  const defined = [...text.matchAll(/\.command\("([a-z-]+)/g)].map(([, name]) => name);
  return [
    ...defined,
    ...[...permissions.matchAll(/^\| `([a-z]+)\.\w+` \| `(?:GET|POST) /gm)].map(([, noun]) => noun),
  ];
}

/** Links as they stand, and paths of the house in backticks. */
const POINTERS = /\]\(([^)\s]+)\)|`((?:docs|packages|tests|tools)\/[\w./-]+)`/g;

function linkProblems(root, file) {
  return [...readFileSync(join(root, file), "utf8").matchAll(POINTERS)].flatMap(([, link, place]) => {
    if (place !== undefined) return existsSync(join(root, place)) ? [] : [`${file}: there is no ${place}`];
    if (/^[a-z]+:/.test(link)) return [];
    const [path, anchor] = link.split("#");
    const found = path === "" ? join(root, file) : join(root, dirname(file), path);
    if (!existsSync(found)) return [`${file}: the link ${link} leads nowhere`];
    if (anchor === undefined || headingsIn(found).includes(anchor)) return [];
    return [`${file}: the link ${link} names a heading that is not there`];
  });
}

/** The names by which the headings of a document can be linked to. */
function headingsIn(path) {
  return [...readFileSync(path, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, text]) => {
    const kept = text.replace(/[^\p{L}\p{N}_ -]/gu, "");
    return kept.toLowerCase().replaceAll(" ", "-");
  });
}

function commandProblems(root, file, scripts, commands) {
  return linesOf(root, file).flatMap(([line, text]) => [
    ...[...text.matchAll(/\bnpm run ([a-z:]+)/g)]
      .filter(([, name]) => !(name in scripts))
      .map(([, name]) => `${file}:${line} names npm run ${name}, which does not exist`),
    ...[...text.matchAll(/(?:(?<![-@/.\w])jumpkit|dist\/main\.js) ([a-z][a-z-]*)/g)]
      .filter(([, name]) => !commands.has(name))
      .map(([, name]) => `${file}:${line} names jumpkit ${name}, which does not exist`),
  ]);
}

function wordProblems(root, file) {
  return linesOf(root, file).flatMap(([line, text]) =>
    NOT_OUR_WORDS.filter(([word]) => word.test(text)).map(
      ([word, ours]) => `${file}:${line} says "${word.exec(text)?.[0]}": we say ${ours}`,
    ),
  );
}

function linesOf(root, file) {
  return readFileSync(join(root, file), "utf8")
    .split("\n")
    .map((text, index) => [index + 1, text]);
}

function filesBelow(root, folder, wanted) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBelow(root, path, wanted);
    return entry.isFile() && wanted.test(entry.name) ? [relative(root, path)] : [];
  });
}
