import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type MailHouse, MailSettings } from "@jumpkit/server";
import { CannotStart } from "@jumpkit/store";
import type * as z from "zod";
import { jsonIn, notReadByOthers, notWrittenByOthers, sentences } from "./connectors.ts";

/**
 * How mail leaves and comes back: what `mail.json` in the data folder says, or `undefined` where there is none.
 *
 * @throws CannotStart  with every sentence that says what is wrong with it
 */
export function readMail(dataFolder: string): MailHouse | undefined {
  const file = join(dataFolder, "mail.json");
  if (!existsSync(file)) return undefined;
  const parsed = MailSettings.safeParse(jsonIn(file));
  if (!parsed.success) {
    throw wrong(
      file,
      parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`),
    );
  }
  const { user, passwordFile, inbox, trustedHost, resolver, ...server } = parsed.data;
  const secrets = [passwordFile, inbox?.passwordFile].filter((each) => each !== undefined);
  const told = [
    ...sentences(file, [notWrittenByOthers]),
    ...secrets.flatMap((secret) => sentences(secret, [notWrittenByOthers, notReadByOthers])),
  ];
  if (told.length > 0) throw wrong(file, told);
  return {
    server: {
      ...server,
      login:
        user === undefined || passwordFile === undefined
          ? undefined
          : { user, password: secretIn(passwordFile) },
    },
    inbox: inbox && inboxOf(inbox),
    ...{ trustedHost, resolver },
  };
}

function inboxOf({ passwordFile, ...inbox }: NonNullable<z.output<typeof MailSettings>["inbox"]>) {
  return { ...inbox, password: secretIn(passwordFile) };
}

function secretIn(file: string): string {
  return readFileSync(file, "utf8").trimEnd();
}

function wrong(file: string, told: readonly string[]): CannotStart {
  return new CannotStart("mail.wrong", `${file} cannot be used. ${told.map((each) => `${each}.`).join(" ")}`);
}
