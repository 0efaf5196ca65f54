import type { Configuration, Row, Section } from "./configuration.ts";
import type { System } from "./system.ts";

const TABLES = [
  { file: "tcp", protocol: "tcp", listening: "0A" },
  { file: "tcp6", protocol: "tcp", listening: "0A" },
  { file: "udp", protocol: "udp", listening: "07" },
  { file: "udp6", protocol: "udp", listening: "07" },
] as const;
const INTERPRETERS = /\/(?:python|node|perl|ruby|php|java|bash|dash|sh)[\d.]*$/u;
const EVERY_PORT = { first: 32_768, last: 60_999 };

/**
 * Which programs wait for connections, from the kernel's own tables, so that no program of the host can hide one
 * by itself. A port that the kernel picks anew each time is `any`: its number means nothing.
 */
export function services(system: System): Section {
  if (!system.isLive) return { absent: "the tree is not the running host" };
  const range = portRange(system);
  const holders = holdersOf(system);
  const rows = new Map<string, Row>();
  let isSeen = false;
  for (const { file, protocol, listening } of TABLES) {
    const table = system.read(`/proc/net/${file}`);
    if (table === undefined) continue;
    isSeen = true;
    for (const line of table.split("\n").slice(1)) {
      const socket = socketOf(line);
      if (socket?.state !== listening) continue;
      const holder = holders.get(socket.inode);
      const isAny = socket.port >= range.first && socket.port <= range.last;
      const row = {
        protocol,
        address: socket.address,
        port: isAny ? "any" : String(socket.port),
        program: holder?.program ?? "not known",
        script: holder?.script ?? "",
        uid: socket.uid,
      };
      rows.set(JSON.stringify(row), row);
    }
  }
  return isSeen ? { rows: [...rows.values()] } : { absent: "/proc/net cannot be read" };
}

/** What listens, one line each without who runs it; undefined when it was not seen. */
export function serviceLines(configuration: Configuration | undefined): string[] | undefined {
  const section = configuration?.["services"];
  if (section === undefined || "absent" in section) return undefined;
  return section.rows.map(({ protocol, address, port, program, script }) =>
    [protocol, address, port, program, script]
      .filter((word) => word !== "")
      .join(" ")
      .slice(0, 300),
  );
}

interface Socket {
  readonly address: string;
  readonly port: number;
  readonly state: string;
  readonly uid: string;
  readonly inode: string;
}

/** One line of /proc/net/{tcp,udp}; undefined for what is none. */
function socketOf(line: string): Socket | undefined {
  const [, local = "", , state = "", , , , uid = "", , inode = ""] = line.trim().split(/\s+/u);
  const [hex = "", port = ""] = local.split(":");
  if (!/^(?:[0-9A-F]{8}|[0-9A-F]{32})$/u.test(hex)) return undefined;
  return { address: addressOf(hex), port: Number.parseInt(port, 16), state, uid, inode };
}

/** The kernel writes addresses as words of four bytes in the order of the processor: last byte first. */
function addressOf(hex: string): string {
  const words = hex.match(/.{8}/gu) ?? [];
  const bytes = words.flatMap((word) => (word.match(/../gu) ?? []).reverse());
  if (words.length === 1) return bytes.map((byte) => Number.parseInt(byte, 16)).join(".");
  const groups = Array.from({ length: 8 }, (_, at) => `${bytes[2 * at]}${bytes[2 * at + 1]}`.toLowerCase());
  if (groups.slice(0, 5).join("") === "0".repeat(20) && groups[5] === "ffff") {
    return bytes
      .slice(12)
      .map((byte) => Number.parseInt(byte, 16))
      .join(".");
  }
  const text = groups.map((group) => group.replace(/^0+(?=.)/u, "")).join(":");
  return text.replace(/(?:^|:)0(?::0)+(?::|$)/u, "::");
}

function portRange(system: System): { readonly first: number; readonly last: number } {
  const [first, last] = (system.read("/proc/sys/net/ipv4/ip_local_port_range") ?? "")
    .trim()
    .split(/\s+/u)
    .map(Number);
  return first !== undefined && last !== undefined && first > 0 ? { first, last } : EVERY_PORT;
}

interface Holder {
  readonly program: string;
  /** What an interpreter was started with; whole command lines are left out, since programs rewrite theirs. */
  readonly script: string;
}

/** The process behind each socket, by the socket's inode; only root sees those of others. */
function holdersOf(system: System): ReadonlyMap<string, Holder> {
  const holders = new Map<string, Holder>();
  for (const pid of system.list("/proc").filter((name) => /^\d+$/u.test(name))) {
    const sockets = system
      .list(`/proc/${pid}/fd`)
      .map((fd) => /^socket:\[(\d+)\]$/u.exec(system.target(`/proc/${pid}/fd/${fd}`) ?? "")?.[1])
      .filter((inode) => inode !== undefined);
    if (sockets.length === 0) continue;
    const program = system.target(`/proc/${pid}/exe`) ?? "not known";
    const words = (system.read(`/proc/${pid}/cmdline`) ?? "").split("\0").slice(1);
    const isInterpreter = INTERPRETERS.test(program);
    const script = isInterpreter ? (words.find((word) => word !== "" && !word.startsWith("-")) ?? "") : "";
    for (const inode of sockets) if (!holders.has(inode)) holders.set(inode, { program, script });
  }
  return holders;
}
