import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS, QUERIES } from "../../packages/app/src/index.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

describe("the page of the interface", () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await startHouse();
  });
  afterAll(async () => house?.close());

  const page = async (search = "") => {
    const { status, headers, body } = await house.visitor().send("GET", `/api${search}`);
    return { status, policy: headers.get("content-security-policy") ?? "", text: String(body) };
  };

  it("names every operation and query", async () => {
    const { status, text } = await page();

    expect(status).toBe(200);
    for (const { name } of [...OPERATIONS, ...QUERIES]) expect(text).toContain(`id="${name}"`);
  });

  it("runs no script and loads nothing from elsewhere", async () => {
    const { policy, text } = await page();

    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("script-src");
    expect(text).not.toMatch(/<script|https?:\/\//);
  });

  it("finds what is asked for, and says back what was typed without running it", async () => {
    const found = await page("?q=hand-over%20offer");
    const exact = await page("?q=token.make");
    const hostile = await page(`?q=${encodeURIComponent('"><img src=x onerror=alert(1)>')}`);

    expect(found.text.length).toBeLessThan((await page()).text.length);
    expect(exact.text).toContain('<details open id="token.make">');
    expect(hostile.text).not.toContain("<img src=x");
    expect(hostile.text).toContain("&quot;&gt;&lt;img src=x");
    expect((await page("?q=a&q=b")).status).toBe(200);
  });
});
