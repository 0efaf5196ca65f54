import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compareConfigurations, configurationLine } from "./compare.ts";
import { type Configuration, collectConfiguration, isConfiguration, type Row } from "./configuration.ts";
import { systemAt } from "./system.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "jumpkit-configuration-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** `root` as if it were the running host. */
function collected(isLive = true): Configuration {
  return collectConfiguration(systemAt(root, isLive));
}

function rowsOf(section: string, of = collected()): readonly Row[] {
  const found = of[section];
  return found !== undefined && "rows" in found ? found.rows : [];
}

const HEAD =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const socket = (local: string, state: string, inode: number): string =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0\n`;

describe("what a host is set up to do", () => {
  it("names each listening service with the program behind it, and no port that is new each time", () => {
    put("proc/net/tcp", HEAD + socket("0100007F:0016", "0A", 11) + socket("0100007F:0017", "01", 12));
    put("proc/net/tcp6", HEAD + socket(`${"0".repeat(24)}01000000:1F90`, "0A", 13));
    put("proc/net/udp", HEAD + socket("00000000:C001", "07", 14));
    for (const [fd, inode] of [
      [3, 11],
      [4, 13],
    ]) {
      mkdirSync(join(root, "proc/7/fd"), { recursive: true });
      symlinkSync(`socket:[${inode}]`, join(root, `proc/7/fd/${fd}`));
    }
    symlinkSync("/usr/bin/python3.11", join(root, "proc/7/exe"));
    put("proc/7/cmdline", "python3\0-u\0/srv/door.py\0");

    const door = { program: "/usr/bin/python3.11", script: "/srv/door.py", uid: "0" };
    expect(rowsOf("services")).toEqual([
      { protocol: "tcp", address: "127.0.0.1", port: "22", ...door },
      { protocol: "tcp", address: "::1", port: "8080", ...door },
      { protocol: "udp", address: "0.0.0.0", port: "any", program: "not known", script: "", uid: "0" },
    ]);
  });

  it("tells whether a password opens an account, and never its digest", () => {
    put("etc/passwd", "root:x:0:0:root:/root:/bin/bash\neve:x:0:100::/:/bin/sh\nwww:x:33:33::/:/bin/false\n");
    put("etc/shadow", "root:$y$secret$digest:1::::::\neve::1::::::\nwww:*:1::::::\n");
    put("etc/group", "sudo:x:27:bo,ana\n");

    const of = collected();

    expect(rowsOf("accounts", of).map((row) => [row["name"], row["uid"], row["password"]])).toEqual([
      ["root", "0", "set"],
      ["eve", "0", "empty"],
      ["www", "33", "locked"],
    ]);
    expect(rowsOf("groups", of)).toEqual([{ name: "sudo", gid: "27", members: "ana,bo" }]);
    expect(JSON.stringify(of)).not.toContain("digest");
  });

  it("finds what runs by itself: tables, folders and timers", () => {
    put("etc/crontab", "# comment\nSHELL=/bin/sh\n17 *\t* * *\troot  run-parts /etc/cron.hourly\n");
    put("var/spool/cron/crontabs/ana", "@reboot /home/ana/x # not a comment\n");
    put("etc/cron.daily/man-db", "");
    put("etc/systemd/system/door.timer", "[Timer]\nOnCalendar=daily\n");

    expect(rowsOf("jobs").map(({ when, user, command }) => [when, user, command])).toEqual([
      ["setting", "", "SHELL=/bin/sh"],
      ["17 * * * *", "root", "run-parts /etc/cron.hourly"],
      ["@reboot", "ana", "/home/ana/x # not a comment"],
      ["daily", "root", "/etc/cron.daily/man-db"],
      ["OnCalendar=daily", "", "door.service"],
    ]);
  });

  it("reads routes, modules and name service", () => {
    put(
      "proc/net/route",
      "Iface\tDestination\neth0\t00000000\t0100000A\t0003\t0\t0\t100\t00000000\t0\t0\t0\n",
    );
    put("proc/modules", "ext4 1 2 - Live 0x0\nrootkit 1 0 - Live 0x0 (OE)\n");
    put("etc/resolv.conf", "; old\nnameserver  192.0.2.1 # ours\n");

    const of = collected();

    expect(rowsOf("routes", of)).toEqual([
      { family: "IPv4", destination: "0.0.0.0/0", gateway: "10.0.0.1", interface: "eth0", metric: "100" },
    ]);
    expect(rowsOf("modules", of)[1]).toEqual({ name: "rootkit", marks: "OE" });
    expect(rowsOf("names", of)).toEqual([{ file: "/etc/resolv.conf", line: "nameserver 192.0.2.1" }]);
  });

  it("says why of an image it tells no services, routes or rules", () => {
    const of = collected(false);

    expect(of["services"]).toEqual({ absent: "the tree is not the running host" });
    expect(isConfiguration(JSON.parse(JSON.stringify(of)))).toBe(true);
  });
});

describe("two configurations are compared by meaning", () => {
  const user = (name: string, uid: string): Row => ({ name, uid, shell: "/bin/sh" });

  it("tells what came, went and changed, each on one line", () => {
    const before = { accounts: { rows: [user("ana", "1"), user("bo", "2")] } };
    const after = { accounts: { rows: [user("eve", "0"), user("bo", "0")] } };

    const { findings } = compareConfigurations(before, after);

    expect(findings.map(configurationLine)).toEqual([
      "- ana, uid 1, shell /bin/sh",
      "~ bo: uid 2 → 0",
      "+ eve, uid 0, shell /bin/sh",
    ]);
  });

  it("says what one of the two could not see, instead of calling it gone", () => {
    const before = { services: { rows: [] }, routes: { absent: "an image" } };
    const outcome = compareConfigurations(before, { services: { absent: "an image" } });

    expect(outcome.findings).toEqual([]);
    expect(outcome.limits).toEqual(["Listening services were not compared: an image."]);
  });

  it("finds nothing between the same rows in any order", () => {
    const row = fc.record({ name: fc.string({ maxLength: 3 }), uid: fc.string({ maxLength: 3 }) });
    const rows = fc.array(row, { maxLength: 8 });
    const shuffled = rows.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const outcome = compareConfigurations({ accounts: { rows: one } }, { accounts: { rows: other } });
        expect(outcome.findings).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
