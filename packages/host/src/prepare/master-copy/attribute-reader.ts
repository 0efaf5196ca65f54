/** Extended attributes as fields of JSON, by path below the base; paths without any are absent. */
export type AttributesOf = ReadonlyMap<string, string>;

/** Lists extended attributes by the program getfattr. */
export interface AttributeReader {
  /** Answers in the order of asking. `items` are those of a chunk; notes among them are passed over. */
  ask(items: readonly string[]): Promise<AttributesOf>;
  close(): void;
}

/**
 * Makes a reader of extended attributes.
 *
 * Its text is sent to worker threads, so it may use nothing but its arguments and globals. getfattr takes paths
 * as arguments alone; starting it from here costs a copy of this large process each time, so that one small shell
 * is started once and starts it. The shell also takes names that are not text, which Node's arguments cannot spell.
 */
export function makeAttributeReader(
  { childProcess }: { readonly childProcess: typeof import("node:child_process") },
  getfattr: string,
  base: string,
): AttributeReader {
  /** Far below what Linux takes as arguments of one program. */
  const COMMAND_CHARACTERS = 500_000;
  const END = "# end\n";
  const waiting: { resolve: (found: AttributesOf) => void; reject: (error: Error) => void }[] = [];
  let output = "";
  let broken: Error | undefined;
  const shell = childProcess.spawn("sh", [], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, LC_ALL: "C" },
  });
  const fail = (error: Error): void => {
    broken ??= error;
    for (const { reject } of waiting.splice(0)) reject(broken);
  };
  shell.on("error", fail);
  shell.on("exit", () => fail(new Error("the shell that lists extended attributes ended before its work")));
  shell.stdin.on("error", fail);
  shell.stdout.setEncoding("latin1").on("data", (text: string) => {
    output += text;
    // No line of getfattr can be this one: it writes `# file: …` and names of attributes, which have a dot.
    for (let end = endOf(output); end >= 0; end = endOf(output)) {
      waiting.shift()?.resolve(parse(output.slice(0, end)));
      output = output.slice(end + END.length);
    }
  });

  return {
    ask: (items) =>
      new Promise((resolve, reject) => {
        if (broken !== undefined) return reject(broken);
        waiting.push({ resolve, reject });
        shell.stdin.write(commandsFor(items), "latin1");
      }),
    close: () => shell.stdin.end(),
  };

  function endOf(text: string): number {
    if (text.startsWith(END)) return 0;
    const at = text.indexOf(`\n${END}`);
    return at < 0 ? -1 : at + 1;
  }

  function commandsFor(items: readonly string[]): string {
    const start = `${quoted(getfattr)} -h -d -m - -e hex --absolute-names --`;
    let commands = "";
    let words = "";
    for (const item of items) {
      if (item[0] === "!") continue;
      words += ` ${quoted(base + item.slice(1) || "/")}`;
      if (words.length < COMMAND_CHARACTERS) continue;
      commands += `${start}${words} </dev/null\n`;
      words = "";
    }
    if (words !== "") commands += `${start}${words} </dev/null\n`;
    return `${commands}echo '${END.trimEnd()}'\n`;
  }

  function quoted(word: string): string {
    return `'${word.replace(/'/g, "'\\''")}'`;
  }

  function parse(text: string): Map<string, string> {
    const found = new Map<string, string>();
    for (const section of text.split("\n\n")) {
      const [first = "", ...rows] = section.split("\n");
      if (!first.startsWith("# file: ")) continue;
      const place = plain(first.slice("# file: ".length));
      const fields = rows.filter((row) => row !== "").map(field);
      found.set(place === "/" ? "" : place.slice(base.length), fields.sort().join(","));
    }
    return found;
  }

  function field(row: string): string {
    const equals = row.indexOf("=0x");
    const name = plain(equals < 0 ? row.replace(/=.*$/, "") : row.slice(0, equals));
    const text = Buffer.from(name, "latin1").toString();
    return `${JSON.stringify(text)}:"${equals < 0 ? "" : row.slice(equals + 3)}"`;
  }

  function plain(text: string): string {
    return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 8)),
    );
  }
}
