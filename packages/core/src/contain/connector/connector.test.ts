import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { argumentsFor, Connector, ConnectorsFile, whyUnfit } from "./connector.ts";

const command = {
  kind: "command",
  name: "port-shutter",
  says: "Shuts the switch port",
  for: ["host"],
  program: "/usr/local/bin/shut-port",
  arguments: ["--host", "{name}", "--to", "{addresses}", "--", "{address}"],
} as const;
const webhook = { ...command, kind: "webhook", url: "https://edr.example/cut", secretFile: "/etc/key" };
const fileOf = (...connectors: object[]) =>
  ConnectorsFile.safeParse({ programs: ["/usr/local/bin/shut-port"], connectors });
const target = { kind: "host" as const, name: "www3", addresses: ["192.0.2.7", "2001:db8::7"] };

describe("the operator's file of connectors", () => {
  it("takes programs from its own list alone, with placeholders as whole arguments", () => {
    const complaints = (...connectors: object[]) =>
      fileOf(...connectors).error?.issues.map(({ path }) => path);

    expect(fileOf(command).success).toBe(true);
    expect(complaints({ ...command, program: "/bin/rm" })).toEqual([["connectors", 0, "program"]]);
    expect(complaints(command, command)).toEqual([["connectors", 1, "name"]]);
    expect(complaints({ ...command, arguments: ["--host={name}"] })).toHaveLength(1);
    expect(complaints({ ...command, arguments: ["{user}"] })).toHaveLength(1);
    expect(complaints({ ...command, program: "shut-port" })).toBeDefined();
    expect(complaints({ ...command, shell: true })).toBeDefined();
  });

  it.each([
    ["https://edr.example:8443/cut?now=1", true],
    ["http://127.0.0.1:9000/cut", true],
    ["http://[::1]/cut", true],
    ["http://edr.example/cut", false],
    ["http://127.0.0.1.example/cut", false],
    ["https://user:secret@edr.example/cut", false],
    ["https://edr.example/#cut", false],
    ["file:///etc/passwd", false],
  ])("sends signed requests to %s: %s", (url, fine) => {
    const { program: _, arguments: __, ...rest } = { ...webhook, url };
    expect(Connector.safeParse(rest).success).toBe(fine);
  });
});

describe("a command's arguments", () => {
  const parsed = Connector.parse(command);
  if (parsed.kind !== "command") throw new Error("It is a command");

  it("are the operator's with each fact as one argument of its own, whatever the fact holds", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (name) => {
        const made = argumentsFor(parsed, { isolation: "iso_1", run: "run_1", target: { ...target, name } });
        if (name.trimStart().startsWith("-")) return !made.ok;
        const expected = ["--host", name, "--to", "192.0.2.7", "2001:db8::7", "--", "192.0.2.7"];
        return made.ok && JSON.stringify(made.value) === JSON.stringify(expected);
      }),
      { numRuns: 200 },
    );
  });

  it("are refused for another kind, without a needed address, and where a name reads as an option", () => {
    const offer = { for: ["host" as const], needsAddress: true };

    expect(whyUnfit(offer, target)).toBeUndefined();
    expect(whyUnfit(offer, { ...target, kind: "account" })).toBe("another_kind");
    expect(whyUnfit(offer, { ...target, addresses: [] })).toBe("no_address");
    expect(whyUnfit(offer, { ...target, name: " -rf" })).toBe("reads_as_option");
  });
});
