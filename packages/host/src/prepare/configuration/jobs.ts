import type { Row, Section } from "./configuration.ts";
import { type System, sayingLines } from "./system.ts";

const CRON_FOLDERS = ["hourly", "daily", "weekly", "monthly"];
const CRONTABS = ["/var/spool/cron/crontabs", "/var/spool/cron"];
const UNIT_FOLDERS = ["/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system"];
const WHEN = /^(?:@\w+|(?:\S+\s+){4}\S+)/u;

/** What runs by itself: cron of the system and of people, its folders, jobs of at, and systemd's timers. */
export function jobs(system: System): Section {
  const tables = ["/etc/crontab", ...system.list("/etc/cron.d").map((name) => `/etc/cron.d/${name}`)];
  return {
    rows: [
      ...tables.flatMap((file) => tableRows(system, file, undefined)),
      ...CRONTABS.flatMap((folder) =>
        system.list(folder).flatMap((user) => tableRows(system, `${folder}/${user}`, user)),
      ),
      ...CRON_FOLDERS.flatMap((when) => folderRows(system, when)),
      ...atRows(system),
      ...timerRows(system),
    ],
  };
}

/** A crontab; those of the system name the user in each line, those of people are the user's. */
function tableRows(system: System, file: string, owner: string | undefined): Row[] {
  // In a crontab only a whole line is a comment.
  return sayingLines(system.read(file), /^\s*#.*$/u).map((line) => {
    const when = WHEN.exec(line)?.[0];
    if (when === undefined || /^\w+ ?=/u.test(line))
      return { file, when: "setting", user: owner ?? "", command: line };
    const rest = line.slice(when.length).trim();
    const [user = ""] = owner === undefined ? rest.split(" ") : [owner];
    const command = owner === undefined ? rest.slice(user.length).trim() : rest;
    return { file, when, user, command };
  });
}

function folderRows(system: System, when: string): Row[] {
  const folder = `/etc/cron.${when}`;
  return system
    .list(folder)
    .filter((name) => !name.startsWith("."))
    .map((name) => ({ file: folder, when, user: "root", command: `${folder}/${name}` }));
}

function atRows(system: System): Row[] {
  return system
    .list("/var/spool/cron/atjobs")
    .filter((name) => !name.startsWith("."))
    .map((name) => ({ file: "/var/spool/cron/atjobs", when: "once", user: "", command: name }));
}

function timerRows(system: System): Row[] {
  return UNIT_FOLDERS.flatMap((folder) =>
    system
      .list(folder)
      .filter((name) => name.endsWith(".timer"))
      .flatMap((name) => {
        const lines = sayingLines(system.read(`${folder}/${name}`), /^[#;].*$/u);
        const unit = lines.find((line) => /^Unit ?=/u.test(line))?.replace(/^Unit ?= ?/u, "");
        const command = unit ?? name.replace(/\.timer$/u, ".service");
        return lines
          .filter((line) => /^On\w+ ?=/u.test(line))
          .map((when) => ({ file: `${folder}/${name}`, when, user: "", command }));
      }),
  );
}
