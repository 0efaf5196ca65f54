import * as childProcess from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { programOnPath } from "../program.ts";
import { makeAttributeReader } from "./attribute-reader.ts";

const [getfattr, setfattr] = ["getfattr", "setfattr"].map((name) => programOnPath(name));

/** Every byte that a name may hold, in names that a shell would take for its own. */
const NAMES = [
  "plain",
  "it's; echo '# end'",
  "a\nb",
  "$(id)`id`\\",
  "-h",
  Array.from({ length: 127 }, (_, at) => String.fromCharCode(at + 1))
    .join("")
    .replace("/", ""),
  Array.from({ length: 128 }, (_, at) => String.fromCharCode(at + 128)).join(""),
];

it.runIf(getfattr !== undefined && setfattr !== undefined)(
  "extended attributes are found whatever bytes a name has, each asking with its own answer",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "jumpkit-attributes-"));
    try {
      for (const name of NAMES) {
        const place = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, "latin1")]);
        writeFileSync(place, "");
        const value = Buffer.from(name, "latin1").toString("hex");
        // The shell drops line ends at the end of what it takes in, so one letter more stands there.
        const script = `place="$(cat; echo x)"; ${setfattr} -n user.mark -v 0x${value} "\${place%?}"`;
        childProcess.execFileSync("sh", ["-c", script], { input: place, env: { LC_ALL: "C" } });
      }
      const reader = makeAttributeReader({ childProcess }, getfattr ?? "", folder);
      const found = await Promise.all([
        reader.ask(NAMES.map((name) => `./${name}`)),
        reader.ask(["./missing", "!vanished:/gone"]),
        reader.ask([`./${NAMES[0]}`]),
      ]);
      reader.close();
      const expected = NAMES.map((name) => [
        `/${name}`,
        `"user.mark":"${Buffer.from(name, "latin1").toString("hex")}"`,
      ]);

      expect(Object.fromEntries(found[0])).toEqual(Object.fromEntries(expected));
      expect([found[1].size, found[2].size]).toEqual([0, 1]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
