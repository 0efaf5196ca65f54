import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type MailServer, MailSettings } from "@jumpkit/server";
import { CannotStart } from "@jumpkit/store";
import { jsonIn, notReadByOthers, notWrittenByOthers, sentences } from "./connectors.ts";

/**
 * How mail leaves: what `mail.json` in the data folder says, or `undefined` where there is none.
 *
 * @throws CannotStart  with every sentence that says what is wrong with it
 */
export function readMail(dataFolder: string): MailServer | undefined {
  const file = join(dataFolder, "mail.json");
  if (!existsSync(file)) return undefined;
  const parsed = MailSettings.safeParse(jsonIn(file));
  if (!parsed.success) {
    throw wrong(
      file,
      parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`),
    );
  }
  const { user, passwordFile, ...server } = parsed.data;
  const told = [
    ...sentences(file, [notWrittenByOthers]),
    ...(passwordFile === undefined ? [] : sentences(passwordFile, [notWrittenByOthers, notReadByOthers])),
  ];
  if (told.length > 0) throw wrong(file, told);
  if (user === undefined || passwordFile === undefined) return server;
  return { ...server, login: { user, password: readFileSync(passwordFile, "utf8").trimEnd() } };
}

function wrong(file: string, told: readonly string[]): CannotStart {
  return new CannotStart("mail.wrong", `${file} cannot be used. ${told.map((each) => `${each}.`).join(" ")}`);
}
