/** Lines of EVE with the spread of a real sensor: few rules fire often, many seldom; some hosts draw most of it. */

/** A random source that gives the same sequence for the same seed (mulberry32). */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` alerts within a day before `endMs`, oldest first; different seeds share no flow. */
export function eveLines(count, { seed, endMs }) {
  const random = randomFrom(seed);
  const skewed = (most) => Math.floor(most * random() ** 3);
  const lines = [];
  for (let number = 0; number < count; number += 1) {
    const at = new Date(endMs - 86_400_000 + Math.floor((86_400_000 * number) / count));
    const rule = 2_000_000 + skewed(400);
    lines.push(
      JSON.stringify({
        timestamp: at.toISOString().replace("Z", "000+0000"),
        flow_id: seed * 1e9 + number,
        in_iface: "eth0",
        event_type: "alert",
        src_ip: `203.0.113.${skewed(250)}`,
        src_port: 1024 + Math.floor(random() * 60_000),
        dest_ip: `10.0.${skewed(8)}.${skewed(250)}`,
        dest_port: [80, 443, 22, 25, 3389][skewed(5)],
        proto: "TCP",
        community_id: `1:${number.toString(36)}`,
        alert: {
          action: "allowed",
          gid: 1,
          signature_id: rule,
          rev: 3,
          signature: `ET TEST Rule ${rule} of a sensor`,
          category: "Attempted Administrator Privilege Gain",
          severity: 1 + skewed(3),
          metadata: { attack_target: ["Web_Server"], signature_severity: ["Major"] },
        },
        http: { hostname: "www3.example", url: `/a/${number}`, http_user_agent: "Mozilla/5.0", status: 404 },
        app_proto: "http",
        flow: { pkts_toserver: 4, pkts_toclient: 3, bytes_toserver: 566, bytes_toclient: 412 },
      }),
    );
  }
  return `${lines.join("\n")}\n`;
}
