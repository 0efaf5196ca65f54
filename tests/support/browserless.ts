import { randomUUID } from "node:crypto";
import {
  OPERATIONS,
  type OperationInput,
  type OperationName,
  type OperationReply,
  QUERIES,
  type QueryInput,
  type QueryName,
  type QueryOutput,
  type RefusalBody,
  routeOf,
} from "../../packages/app/src/index.ts";
import type {
  AdvisoryId,
  ApprovalId,
  NotificationId,
  PersonId,
  ReplyId,
} from "../../packages/core/src/index.ts";

/** An answer as a client sees it. */
export interface Answer<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A refusal that a test did not expect. */
export class Refused extends Error {
  readonly answer: Answer<RefusalBody>;
  constructor(answer: Answer<RefusalBody>, asked: string) {
    super(`${asked} was refused: ${answer.status} ${JSON.stringify(answer.body)}`);
    this.answer = answer;
  }
}

/** A person at the HTTP interface: one cookie, and every operation and query by name. */
export class Browserless {
  readonly url: string;
  cookie = "";
  /** `Bearer jk_…` for a program that comes with a token; empty for a person with a session. */
  authorization = "";

  constructor(url: string) {
    this.url = url;
  }

  /** Sends a request and reads the answer, whatever it is. */
  async send(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const { body } = options;
    const raw = body instanceof Uint8Array || typeof body === "string" || body instanceof ReadableStream;
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.cookie === "" ? {} : { cookie: this.cookie }),
        ...(this.authorization === "" ? {} : { authorization: this.authorization }),
        ...(body === undefined || raw ? {} : { "content-type": "application/json" }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: raw ? (body as never) : JSON.stringify(body) }),
      ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
    } as RequestInit);
    const set = response.headers.get("set-cookie");
    if (set !== null) this.cookie = set.split(";", 1)[0] ?? "";
    const text = await response.text();
    const json = response.headers.get("content-type")?.startsWith("application/json") === true;
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }

  /** Founds the organisation with the set-up link and stays signed in as its first person. */
  async setUp(
    secret: string,
    about: { organisation?: string; signInName?: string; name?: string } = {},
  ): Promise<void> {
    await this.must("POST", "/v1/setup", {
      token: secret,
      organisation: about.organisation ?? "Harbour CSIRT",
      signInName: about.signInName ?? "ada",
      name: about.name ?? "Ada Okafor",
      title: "Head of incident response",
      phone: "+49 30 5550 101",
      zone: "Europe/Berlin",
      email: "ada@harbour.example",
      passphrase: PASSPHRASE,
    });
  }

  /** Signs in with a name and the passphrase that all test people share. */
  async signIn(signInName: string): Promise<void> {
    await this.must("POST", "/v1/session", { signInName, passphrase: PASSPHRASE });
  }

  /** Adds a colleague and gives back a client that is signed in as them. */
  async addColleague(
    signInName: string,
    roles: OperationInput<"person.add">["roles"],
    about: { name?: string; title?: string; phone?: string; zone?: string } = {},
  ): Promise<Browserless & { id: PersonId }> {
    const { person, invitation } = await this.do("person.add", {
      signInName,
      name: about.name ?? `${signInName[0]?.toUpperCase()}${signInName.slice(1)} Lindqvist`,
      title: about.title ?? "Incident handler",
      phone: about.phone ?? "+49 30 5550 102",
      zone: about.zone ?? "UTC",
      roles,
    });
    const colleague = new Browserless(this.url);
    await colleague.must("POST", "/v1/welcome", { token: invitation?.split("#")[1], passphrase: PASSPHRASE });
    return Object.assign(colleague, { id: person });
  }

  /** Drops a mail that came back, and gives the answer, refusal or not. */
  async dropReply(mail: string | Uint8Array, notification?: NotificationId) {
    const query = new URLSearchParams({ name: "reply.eml", ...(notification && { notification }) });
    const answer = await this.send("PUT", `/v1/reply?${query.toString()}`, {
      body: typeof mail === "string" ? Buffer.from(mail) : mail,
      headers: { "content-type": "application/octet-stream" },
    });
    return answer as Answer<
      RefusalBody & { reply: ReplyId; notification: NotificationId | null; advisory: AdvisoryId | null }
    >;
  }

  /** Performs an operation; a refusal fails the test. */
  async do<Name extends OperationName>(
    name: Name,
    input: OperationInput<Name>,
    key: string = randomUUID(),
  ): Promise<OperationReply<Name>> {
    const answer = await this.try(name, input, key);
    if (answer.status !== 200) throw new Refused(answer as Answer<RefusalBody>, name);
    return answer.body as OperationReply<Name>;
  }

  /** Performs an operation and gives the answer, refusal or not; `approval` is the consent to spend on it. */
  async try<Name extends OperationName>(
    name: Name,
    input: OperationInput<Name>,
    key: string = randomUUID(),
    approval?: ApprovalId,
  ): Promise<Answer<RefusalBody & OperationReply<Name>>> {
    const operation = OPERATIONS.find((each) => each.name === name);
    if (operation === undefined) throw new Error(`No operation ${name}`);
    const { path, rest } = fill(routeOf(operation), input);
    const consent = approval === undefined ? {} : { "jumpkit-approval": approval };
    const headers = { "idempotency-key": key, ...consent };
    return (await this.send("POST", path, { body: rest, headers })) as never;
  }

  /** Asks a query; a refusal fails the test. */
  async ask<Name extends QueryName>(
    name: Name,
    input: QueryInput<Name> & object,
  ): Promise<QueryOutput<Name>> {
    const query = QUERIES.find((each) => each.name === name);
    if (query === undefined) throw new Error(`No query ${name}`);
    const { path, rest } = fill(query.path, input);
    const search = new URLSearchParams(Object.entries(rest).map(([field, value]) => [field, String(value)]));
    return (await this.must("GET", search.size === 0 ? path : `${path}?${search}`)) as QueryOutput<Name>;
  }

  /** Uploads a file to an incident; gives the upload's id and digest. */
  async upload(incident: string, name: string, content: Uint8Array | ReadableStream) {
    const answer = await this.send("PUT", `/v1/upload/${incident}?name=${encodeURIComponent(name)}`, {
      body: content,
      headers: { "content-type": "application/octet-stream" },
    });
    if (answer.status !== 200) throw new Refused(answer as Answer<RefusalBody>, `upload of ${name}`);
    return answer.body as { upload: string; sha256: string; sizeBytes: number };
  }

  /** Fetches a file as bytes. */
  async download(path: string): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
    const response = await fetch(this.url + path, { headers: { cookie: this.cookie } });
    return {
      status: response.status,
      headers: response.headers,
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  }

  private async must(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await this.send(method, path, { body });
    if (answer.status !== 200) throw new Refused(answer as Answer<RefusalBody>, `${method} ${path}`);
    return answer.body;
  }
}

/** The passphrase of everybody in tests. */
export const PASSPHRASE = "seven lanterns drift past Tromsø harbour";

function fill(path: string, input: object): { path: string; rest: Record<string, unknown> } {
  const rest: Record<string, unknown> = { ...input };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  return { path: filled, rest };
}
