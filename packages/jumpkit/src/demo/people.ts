import type { PersonId } from "@jumpkit/core";
import type { House } from "../house.ts";
import { Actor } from "./actor.ts";

const FROM = { agent: "demonstration", address: "127.0.0.1" } as const;

/** The people of the demonstration: who directs, who handles, who keeps evidence, who watches. */
export interface Cast {
  readonly ada: Actor;
  readonly bo: Actor;
  readonly cy: Actor;
  readonly dana: Actor;
}

/** Founds the made-up organisation, adopts the policy, and lets its people in, all with one passphrase. */
export async function foundWith(house: House, passphrase: string): Promise<Cast> {
  const ada = await Actor.of(
    house,
    await house.accounts.setUp(
      await house.accounts.newSetUpLink(),
      {
        organisation: "Harbour CSIRT (made up)",
        codePrefix: "JK",
        signInName: "ada",
        name: "Ada Okafor",
        title: "Head of incident response",
        phone: "+49 30 5550 101",
        zone: "Europe/Berlin",
        email: "ada@harbour.example",
        demonstration: true,
      },
      passphrase,
      FROM,
    ),
  );
  const { shipped } = await ada.ask("policy.show", {});
  await ada.do("policy.adopt", { seen: 0, document: shipped });
  await ada.do("policy.acknowledge", { version: 1 });
  const person = async (
    signInName: string,
    name: string,
    title: string,
    roles: Parameters<typeof ada.do<"person.add">>[1]["roles"],
  ) => {
    const about = { signInName, name, title, phone: "+49 30 5550 102", zone: "Europe/Berlin", roles };
    const { invitation } = await ada.do("person.add", about);
    const session = await house.accounts.welcome(invitation?.split("#")[1] ?? "", passphrase, FROM);
    const actor = await Actor.of(house, session);
    await actor.do("policy.acknowledge", { version: 1 });
    return actor;
  };
  return {
    ada,
    bo: await person("bo", "Bo Lindqvist", "Incident handler", ["handler", "lead"]),
    cy: await person("cy", "Cy Ito", "Evidence custodian", ["handler", "custodian"]),
    dana: await person("dana", "Dana Roe", "Analyst", ["handler"]),
  };
}

/** The id of a person in the cast. */
export const idOf = (actor: Actor): PersonId => actor.viewer.id;
