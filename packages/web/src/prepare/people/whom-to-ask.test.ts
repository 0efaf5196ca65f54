import { describe, expect, it } from "vitest";
import type { May, Person } from "../../api/contract.ts";
import { personIdOf } from "../../api/ids.ts";
import { whomToAsk } from "./whom-to-ask.ts";

const aPerson = (name: string, roles: Person["roles"], status: Person["status"] = "active"): Person => ({
  id: personIdOf(`psn_${name}`),
  signInName: name,
  name,
  title: "",
  phone: "",
  zone: "UTC",
  email: "",
  roles,
  borrowed: [],
  status,
  changedSeq: 1,
});

const anAction = (more: Partial<May>): May => ({
  action: "host.isolate_production",
  title: "Isolate a production system",
  effect: "approval",
  performed: false,
  clause: "",
  whoMay: [],
  approvers: ["manager"],
  ...more,
});

describe("whom to ask", () => {
  it("names the people who can consent", () => {
    const people = [
      aPerson("Ana", ["manager"]),
      aPerson("Bo", ["handler"]),
      aPerson("Cy", ["manager", "lead"]),
    ];

    expect(whomToAsk(anAction({}), people)).toBe("Ask for the consent of Ana or Cy");
  });

  it("never names somebody whose access has ended", () => {
    expect(whomToAsk(anAction({}), [aPerson("Ana", ["manager"], "inactive")])).toBe(
      "Ask for the consent of a manager",
    );
  });

  it("says who may do it where no consent helps, and that nobody may where nobody may", () => {
    expect(whomToAsk(anAction({ effect: "forbidden", approvers: [], whoMay: ["lead", "manager"] }), [])).toBe(
      "Ask a lead or manager to do it",
    );
    expect(whomToAsk(anAction({ effect: "forbidden", approvers: [], whoMay: [] }), [])).toBe(
      "Forbidden to everyone",
    );
  });

  it("does not list a whole department", () => {
    const people = ["Ana", "Bo", "Cy", "Di", "Ed"].map((name) => aPerson(name, ["manager"]));

    expect(whomToAsk(anAction({}), people)).toBe("Ask for the consent of Ana, Bo, Cy or 2 more");
  });
});
