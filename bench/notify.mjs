/** How long the exact preview of a notification with a thousand facts takes. */

import { figure } from "./support/figure.mjs";
import { Served } from "./support/served.mjs";
import { median } from "./support/statistics.mjs";

export const SAYS =
  "`notification.preview` through HTTP of a notification with 1,000 facts, a fifth of them struck out; one at a time, median and slowest.";

const FACT_COUNT = 1000;
const ROUND_COUNT = 20;

export async function measure({ quick }) {
  const served = await Served.start();
  const ada = served.visitor();
  try {
    const { id } = await ada.found(served.setUpSecret);
    const { notification, contact } = await draft(ada, await ada.declare("www3 is scanned", id));
    const times = [];
    let bytes = 0;
    for (let round = 0; round < (quick ? 3 : ROUND_COUNT); round += 1) {
      const startedAt = performance.now();
      const { message, struck } = await ada.ask(`/v1/notification/${notification}/preview/${contact}`);
      times.push(performance.now() - startedAt);
      bytes = message.length;
      if (struck.length !== FACT_COUNT / 5) throw new Error(`${struck.length} facts are struck out`);
    }
    return {
      figures: [
        figure("preview of 1,000 facts", median(times), "ms", { atMost: 300 }),
        figure("slowest preview", Math.max(...times), "ms"),
        figure("message", bytes / 1000, "kB"),
      ],
      details: { factCount: FACT_COUNT, times },
    };
  } finally {
    await ada.leave();
    await served.remove();
  }
}

async function draft(ada, incident) {
  await ada.do("/v1/letterhead/set", {
    team: "Harbour CERT",
    email: "cert@harbour.example",
    phone: "+49 40 1234",
    hours: "always",
  });
  const { contact } = await ada.do("/v1/contact/add", {
    name: "Jane Roe",
    roles: ["other_team"],
    email: "abuse@site.example",
    homeZone: "America/New_York",
  });
  const { notification } = await ada.do("/v1/notification/draft", {
    incident,
    subject: "Scans from your network",
    marking: "TLP:AMBER",
    recipients: [{ contact }],
    facts: Array.from({ length: FACT_COUNT }, (_, at) => ({
      text: `203.0.113.${at % 250} asked http://www3.harbour.example/x.php?id=${at} and was answered 200`,
      at: new Date(Date.UTC(2026, 10, 22, 10, 0, at)).toISOString(),
      tlp: at % 5 === 0 ? "TLP:RED" : "TLP:GREEN",
    })),
  });
  return { notification, contact };
}
