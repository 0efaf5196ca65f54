import * as z from "zod";
import { OrganisationId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line } from "../../kernel/text.ts";
import { IsolationKind, type IsolationTarget } from "../isolation/isolation.ts";

/** What stands for a fact of the isolation in a command's arguments. */
export const PLACEHOLDERS = ["{name}", "{address}", "{addresses}", "{kind}", "{isolation}", "{run}"] as const;
type Placeholder = (typeof PLACEHOLDERS)[number];

const ANY_PLACEHOLDER = /\{[a-z]*\}/;
const AbsolutePath = z
  .string()
  .max(500)
  .regex(/^\/[^\0]*[^/\0]$/, { error: "has to be an absolute path of a file" });

const Argument = z
  .string()
  .min(1)
  .max(1000)
  .refine((text) => !text.includes("\u0000"), { error: "holds a NUL character" })
  .refine((text) => isPlaceholder(text) || !ANY_PLACEHOLDER.test(text), {
    error: `a placeholder stands alone as one argument and is one of ${PLACEHOLDERS.join(", ")}`,
  });

const COMMON = {
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, {
    error: "has to begin with a small letter and hold small letters, digits and - only, 40 at most",
  }),
  /** What it does, for whoever presses it. */
  says: line(200),
  /** What it can cut off. */
  for: z.array(IsolationKind).min(1).max(3),
  /** Whose isolations it serves; every organisation's of this server when absent. */
  organisations: z.array(OrganisationId).min(1).max(100).optional(),
  timeoutSeconds: z.int().min(1).max(300).default(30),
};

/** A program of this server's machine, with its arguments; no shell ever reads them. */
export const CommandConnector = z.strictObject({
  kind: z.literal("command"),
  ...COMMON,
  program: AbsolutePath,
  arguments: z.array(Argument).max(50).default([]),
});
export type CommandConnector = z.infer<typeof CommandConnector>;

/** An address that is sent a signed request. */
export const WebhookConnector = z.strictObject({
  kind: z.literal("webhook"),
  ...COMMON,
  url: z.string().max(1000).refine(isWebhook, {
    error: "has to be an https address without a name or password in it; plain http only on this machine",
  }),
  /** File with the secret that requests are signed with. */
  secretFile: AbsolutePath,
});
export type WebhookConnector = z.infer<typeof WebhookConnector>;

/** A way to cut something off that the operator of the server set up. */
export const Connector = z.discriminatedUnion("kind", [CommandConnector, WebhookConnector]);
export type Connector = z.infer<typeof Connector>;

/**
 * The operator's file: which programs may run at all, and the connectors.
 *
 * Nothing in it can be changed over HTTP. A field that is not known is refused.
 */
export const ConnectorsFile = z
  .strictObject({
    programs: z.array(AbsolutePath).max(50).default([]),
    connectors: z.array(Connector).max(50),
  })
  .check((context) => {
    const { programs, connectors } = context.value;
    connectors.forEach((connector, index) => {
      const complain = (field: string, message: string) =>
        context.issues.push({
          code: "custom",
          input: connector,
          path: ["connectors", index, field],
          message,
        });
      if (connectors.findIndex(({ name }) => name === connector.name) !== index)
        complain("name", "is used twice");
      if (connector.kind === "command" && !programs.includes(connector.program))
        complain("program", "is not in the list of programs that may run");
    });
  });
export type ConnectorsFile = z.infer<typeof ConnectorsFile>;

/** What is known of a connector to those who may press it: nothing of how it is reached. */
export interface ConnectorOffer {
  readonly name: string;
  readonly says: string;
  readonly kind: Connector["kind"];
  readonly for: readonly IsolationKind[];
  /** Whether it can do nothing for what has no address in the register. */
  readonly needsAddress: boolean;
}

/** What people are told of a connector. */
export function offerOf(connector: Connector): ConnectorOffer {
  const { name, says, kind } = connector;
  const needsAddress = kind === "command" && connector.arguments.some((each) => ADDRESSED.has(each));
  return { name, says, kind, for: connector.for, needsAddress };
}

const ADDRESSED: ReadonlySet<string> = new Set(["{address}", "{addresses}"]);

/** Why a connector can do nothing for a target. */
export type Unfit = "another_kind" | "no_address" | "reads_as_option";

/**
 * Why this connector cannot cut this off; `undefined` when it can.
 *
 * A name that begins with `-` is refused, because a program would read it as one of its options.
 */
export function whyUnfit(
  offer: Pick<ConnectorOffer, "for" | "needsAddress">,
  target: Pick<IsolationTarget, "kind" | "name" | "addresses">,
): Unfit | undefined {
  if (!offer.for.includes(target.kind)) return "another_kind";
  if (offer.needsAddress && target.addresses.length === 0) return "no_address";
  const given = [target.name, ...target.addresses];
  return given.some((text) => text.trimStart().startsWith("-")) ? "reads_as_option" : undefined;
}

/** The facts of a run that a connector is told. */
export interface RunFacts {
  readonly isolation: string;
  readonly run: string;
  readonly target: Pick<IsolationTarget, "kind" | "name" | "addresses">;
}

/**
 * The arguments of a command with the facts in place: each fact is whole arguments, never a part of one.
 *
 * @returns why it cannot be run, when a fact that it needs is missing or would be read as an option
 */
export function argumentsFor(
  connector: CommandConnector,
  { isolation, run, target }: RunFacts,
): Result<readonly string[], { readonly code: Unfit }> {
  const code = whyUnfit(offerOf(connector), target);
  if (code !== undefined) return refuse({ code });
  const facts: Readonly<Record<Placeholder, readonly string[]>> = {
    "{name}": [target.name],
    "{address}": target.addresses.slice(0, 1),
    "{addresses}": target.addresses,
    "{kind}": [target.kind],
    "{isolation}": [isolation],
    "{run}": [run],
  };
  return accept(connector.arguments.flatMap((each) => (isPlaceholder(each) ? facts[each] : [each])));
}

function isPlaceholder(text: string): text is Placeholder {
  return PLACEHOLDERS.some((each) => each === text);
}

/** Scheme, host, port and path: no name, no password, no fragment. */
const WEB_ADDRESS = /^(https?):\/\/(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?(?:\/[^\s#]*)?$/i;

function isWebhook(text: string): boolean {
  const [, scheme = "", host = ""] = WEB_ADDRESS.exec(text) ?? [];
  return scheme.toLowerCase() === "https" || (scheme !== "" && isThisMachine(host.toLowerCase()));
}

/** Whether a host of an address is written as this machine itself. */
export function isThisMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
