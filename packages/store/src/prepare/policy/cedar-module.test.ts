import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** Optimises a call into Cedar, then throws the optimised code away while that call is under way. */
const GIVE_UP_MIDWAY = `
const cedar = require("@cedar-policy/cedar-wasm/nodejs");
let armed = false;
function ask(call) { return cedar.isAuthorized(call); }
const base = { principal: { type: "U", id: "a" }, action: { type: "Action", id: "x" }, resource: { type: "R", id: "r" }, context: {}, policies: { staticPolicies: { p: "permit(principal,action,resource);" } }, entities: [] };
const call = { ...base, get context() { if (armed) { %DeoptimizeFunction(ask); %DeoptimizeFunction(cedar.isAuthorized); } return {}; } };
%PrepareFunctionForOptimization(ask); %PrepareFunctionForOptimization(cedar.isAuthorized);
for (let i = 0; i < 50; i++) ask(call);
%OptimizeFunctionOnNextCall(cedar.isAuthorized); ask(call);
%OptimizeFunctionOnNextCall(ask); ask(call);
armed = true;
console.log(ask(call).response.decision);
`;

describe("asking Cedar", () => {
  it("does not bring the process down when V8 gives up optimised code midway", () => {
    const folder = mkdtempSync(join(import.meta.dirname, ".cedar-"));
    const script = join(folder, "ask.cjs");
    const flag = 'require("node:v8").setFlagsFromString("--no-turbo-inline-js-wasm-calls");';
    writeFileSync(script, `${process.versions.v8.startsWith("11.") ? flag : ""}${GIVE_UP_MIDWAY}`);
    const run = spawnSync(process.execPath, ["--allow-natives-syntax", script], { encoding: "utf8" });
    rmSync(folder, { recursive: true });

    expect(run.stdout).toBe("allow\n");
    expect(run.status).toBe(0);
  });
});
