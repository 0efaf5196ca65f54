import type { Row, Section } from "./configuration.ts";
import { type System, sayingLines } from "./system.ts";

/** Who may log in: name, uid, gid, home, shell, and whether a password opens it. Never the password's digest. */
export function accounts(system: System): Section {
  const text = system.read("/etc/passwd");
  if (text === undefined) return { absent: "there is no /etc/passwd to read" };
  const passwords = passwordStates(system);
  const rows = fieldsOf(text).map(([name = "", , uid = "", gid = "", , home = "", shell = ""]) => ({
    name,
    uid,
    gid,
    home,
    shell,
    password: passwords?.get(name) ?? "not known",
  }));
  return { rows };
}

/** Groups and who is in them, whatever the order they are named in. */
export function groups(system: System): Section {
  const text = system.read("/etc/group");
  if (text === undefined) return { absent: "there is no /etc/group to read" };
  const rows = fieldsOf(text).map(
    ([name = "", , gid = "", members = ""]): Row => ({
      name,
      gid,
      members: members.split(",").sort().join(","),
    }),
  );
  return { rows };
}

/** What shadow says of each password, when it can be read: set, empty or locked. */
function passwordStates(system: System): ReadonlyMap<string, string> | undefined {
  const text = system.read("/etc/shadow");
  if (text === undefined) return undefined;
  return new Map(fieldsOf(text).map(([name = "", digest = ""]) => [name, stateOf(digest)]));
}

function stateOf(digest: string): string {
  if (digest === "") return "empty";
  return /^[!*]/u.test(digest) ? "locked" : "set";
}

function fieldsOf(text: string): string[][] {
  return sayingLines(text, /^#.*$/u).map((line) => line.split(":"));
}
