import type { Row, Section } from "./configuration.ts";
import { type System, sayingLines } from "./system.ts";

const NOT_LIVE = { absent: "the tree is not the running host" } as const;
const FIREWALLS = [
  { program: "nft", command: "nft", words: ["-s", "list", "ruleset"] },
  { program: "iptables", command: "iptables-save", words: [] },
  { program: "ip6tables", command: "ip6tables-save", words: [] },
];
const NAME_FILES = ["/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/host.conf"];

/** The rules in force, without the counts of what they met. */
export function firewall(system: System): Section {
  if (!system.isLive) return NOT_LIVE;
  const told = FIREWALLS.map(({ program, command, words }) => ({
    program,
    text: system.run(command, words),
  }));
  if (told.every(({ text }) => text === undefined)) {
    return { absent: "neither nft nor iptables-save could tell of any: not installed, or not run by root" };
  }
  return { rows: told.flatMap(({ program, text }) => rulesOf(program, text)) };
}

/** Blocks of nft are told as the block's words before each of its rules, so that a rule stands for itself. */
function rulesOf(program: string, text: string | undefined): Row[] {
  const inside: string[] = [];
  return sayingLines(text, /^#.*$/u).flatMap((line): Row[] => {
    const rule = line.replace(/counter packets \d+ bytes \d+/gu, "counter").replace(/ \[\d+:\d+\]$/u, "");
    if (program === "nft" && rule.endsWith("{")) {
      inside.push(rule.slice(0, -1).trim());
      return [];
    }
    if (program === "nft" && rule === "}") {
      inside.pop();
      return [];
    }
    if (rule.startsWith("*")) inside.splice(0, 1, rule);
    if (rule.startsWith("*") || rule === "COMMIT") return [];
    return [{ program, rule: [...inside, rule].join(" / ") }];
  });
}

/** Where packets go, from the kernel's tables; those of the machine to itself are left out. */
export function routes(system: System): Section {
  if (!system.isLive) return NOT_LIVE;
  const four = system.read("/proc/net/route");
  const six = system.read("/proc/net/ipv6_route");
  if (four === undefined && six === undefined) return { absent: "/proc/net cannot be read" };
  return {
    rows: [
      ...(four ?? "").split("\n").slice(1).flatMap(routeOf),
      ...(six ?? "").split("\n").flatMap(route6Of),
    ],
  };
}

function routeOf(line: string): Row[] {
  const [name = "", destination = "", gateway = "", , , , metric = "", mask = ""] = line.trim().split(/\s+/u);
  if (mask === "") return [];
  const bits = Number.parseInt(mask, 16).toString(2).replace(/0/gu, "").length;
  return [
    {
      family: "IPv4",
      destination: `${dotted(destination)}/${bits}`,
      gateway: dotted(gateway),
      interface: name,
      metric,
    },
  ];
}

function dotted(hex: string): string {
  return (hex.match(/../gu) ?? [])
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join(".");
}

function route6Of(line: string): Row[] {
  const [destination = "", length = "", , , gateway = "", metric = "", , , , name = ""] = line
    .trim()
    .split(/\s+/u);
  if (name === "" || name === "lo") return [];
  return [
    {
      family: "IPv6",
      destination: `${colons(destination)}/${Number.parseInt(length, 16)}`,
      gateway: colons(gateway),
      interface: name,
      metric: String(Number.parseInt(metric, 16)),
    },
  ];
}

function colons(hex: string): string {
  return (hex.match(/.{4}/gu) ?? []).join(":");
}

/** Interfaces with their addresses, without what a lease counts down. */
export function interfaces(system: System): Section {
  if (!system.isLive) return NOT_LIVE;
  const addresses = addressesOf(system.run("ip", ["-j", "address"]));
  const names = system.list("/sys/class/net");
  if (names.length === 0) return { absent: "/sys/class/net cannot be read" };
  return {
    rows: names.map((name) => {
      const flags = Number.parseInt(system.read(`/sys/class/net/${name}/flags`) ?? "0", 16);
      return {
        name,
        mac: (system.read(`/sys/class/net/${name}/address`) ?? "").trim(),
        listensToAll: (flags & 0x100) === 0 ? "no" : "yes",
        addresses: addresses?.get(name)?.join(" ") ?? "not known: the program ip is not installed",
      };
    }),
  };
}

function addressesOf(json: string | undefined): ReadonlyMap<string, readonly string[]> | undefined {
  if (json === undefined) return undefined;
  try {
    const links = JSON.parse(json) as {
      ifname: string;
      addr_info?: { local: string; prefixlen: number }[];
    }[];
    return new Map(
      links.map(({ ifname, addr_info = [] }) => [
        ifname,
        addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen}`).sort(),
      ]),
    );
  } catch {
    return undefined;
  }
}

/** How names are looked up: the lines that say something, whatever their order. */
export function nameService(system: System): Section {
  const rows = NAME_FILES.flatMap((file) =>
    sayingLines(system.read(file), /(?:^|\s)[#;].*$/u).map((line) => ({ file, line })),
  );
  return rows.length > 0 ? { rows } : { absent: "none of the files of name service can be read" };
}

/** Installed packages of RPM; those of dpkg stand in the manifest's header, since files are explained by them. */
export function packages(system: System): Section {
  const text = system.run("rpm", ["-qa", "--qf", "%{NAME}.%{ARCH} %{VERSION}-%{RELEASE}\\n"]);
  if (text === undefined || text === "") return { absent: "no package database of RPM can be read" };
  return {
    rows: sayingLines(text).map((line) => {
      const [name = "", version = ""] = line.split(" ");
      return { name, version };
    }),
  };
}

/** What the kernel has loaded, and whether each module is of the kernel's own tree. */
export function modules(system: System): Section {
  if (!system.isLive) return NOT_LIVE;
  const text = system.read("/proc/modules");
  if (text === undefined) return { absent: "/proc/modules cannot be read" };
  const rows = text.split("\n").filter((line) => line !== "");
  return {
    rows: rows.map((line) => {
      const [name = ""] = line.split(" ");
      return { name, marks: /\(([A-Z+-]+)\)$/u.exec(line)?.[1] ?? "" };
    }),
  };
}
