import { randomUUID } from "node:crypto";
import {
  OPERATIONS,
  type Operation,
  type OperationInput,
  type OperationName,
  type OperationReply,
  QUERIES,
  type Query,
  type QueryInput,
  type QueryName,
  type QueryOutput,
  type RefusalBody,
  routeOf,
} from "@jumpkit/app";
import type { Connection } from "./connection.ts";

/** A no from the server, with the sentence to show and what to do next. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  readonly body: RefusalBody;

  constructor(status: number, body: RefusalBody) {
    super(`${body.message} ${body.next}`);
    this.status = status;
    this.body = body;
  }
}

/** The server did not answer, or something in between answered for it. Trying again later may succeed. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** What is sent: a JSON text, or bytes that stream. */
interface Sent {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array>;
}

/**
 * A server as a command sees it: every operation and query by its name, with typed input and answer.
 *
 * Each call throws {@link Refused} or {@link Unreachable}. Redirects are not followed: the token is for one
 * server alone.
 */
export class Client {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Performs an operation.
   *
   * @param key  sent again with the same input, it gives the first reply again and changes nothing
   */
  async perform<Name extends OperationName>(
    name: Name,
    input: OperationInput<Name>,
    key: string = randomUUID(),
  ): Promise<OperationReply<Name>> {
    const operation = operationNamed(name);
    if (operation === undefined) throw new RangeError(`No operation ${name}`);
    return (await this.change(operation, input, key)) as OperationReply<Name>;
  }

  /** Asks a query. */
  async ask<Name extends QueryName>(name: Name, input: QueryInput<Name>): Promise<QueryOutput<Name>> {
    const query = queryNamed(name);
    if (query === undefined) throw new RangeError(`No query ${name}`);
    return (await this.look(query, input)) as QueryOutput<Name>;
  }

  /**
   * Performs an operation whose input was not checked here: the server says what is wrong with it.
   *
   * @param approval  the consent to spend on it, where the policy wants one
   */
  change(
    operation: Operation,
    input: object,
    key: string = randomUUID(),
    approval?: string,
  ): Promise<unknown> {
    const { path, rest } = fill(routeOf(operation), input);
    return this.send({
      method: "POST",
      path,
      headers: {
        "content-type": "application/json",
        "idempotency-key": key,
        ...(approval === undefined ? {} : { "jumpkit-approval": approval }),
      },
      body: JSON.stringify(rest),
    });
  }

  /** Asks a query whose input was not checked here. */
  look(query: Query, input: object): Promise<unknown> {
    const { path, rest } = fill(query.path, input);
    const search = new URLSearchParams();
    for (const [field, value] of Object.entries(rest)) {
      const values = Array.isArray(value) ? value : [value];
      for (const each of values) if (each !== undefined) search.append(field, String(each));
    }
    return this.send({ method: "GET", path: search.size === 0 ? path : `${path}?${search}` });
  }

  /**
   * Sends one request to a route that is no operation, such as an upload, and gives back its parsed answer.
   *
   * @throws Refused, Unreachable
   */
  async send(sent: Sent): Promise<unknown> {
    return this.#answerOf(await this.#reach(sent));
  }

  /**
   * Fetches a file, as the stream of its bytes.
   *
   * @param path  as a ticket names it
   * @throws Refused, Unreachable
   */
  async download(path: string): Promise<AsyncIterable<Uint8Array>> {
    const response = await this.#reach({ method: "GET", path });
    if (!response.ok || response.body === null) await this.#answerOf(response);
    return (response.body ?? []) as AsyncIterable<Uint8Array>;
  }

  async #answerOf(response: Response): Promise<unknown> {
    const text = await response.text().catch((cause: unknown) => {
      throw new Unreachable("The server's answer broke off.", { cause });
    });
    const body = parsed(text);
    if (response.ok) return body;
    throw isRefusal(body)
      ? new Refused(response.status, body)
      : new Unreachable(`${this.#connection.url} answered ${response.status} without saying why.`);
  }

  async #reach({ method, path, headers, body }: Sent): Promise<Response> {
    const { url, token } = this.#connection;
    try {
      return await fetch(url + path, {
        method,
        redirect: "error",
        headers: { accept: "application/json", authorization: `Bearer ${token}`, ...headers },
        ...(body === undefined ? {} : { body: body as NonNullable<RequestInit["body"]> }),
        ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
      });
    } catch (cause) {
      const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
      throw new Unreachable(`${url} does not answer: ${(inner as Error).message}`, { cause });
    }
  }
}

/** The operation of this name, or `undefined`. */
export function operationNamed(name: string): Operation | undefined {
  return (OPERATIONS as unknown as readonly Operation[]).find((each) => each.name === name);
}

/** The query of this name, or `undefined`. */
export function queryNamed(name: string): Query | undefined {
  return (QUERIES as unknown as readonly Query[]).find((each) => each.name === name);
}

function fill(path: string, input: object): { path: string; rest: Record<string, unknown> } {
  const rest: Record<string, unknown> = { ...input };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  return { path: filled, rest };
}

function parsed(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRefusal(body: unknown): body is RefusalBody {
  return typeof body === "object" && body !== null && "code" in body && "message" in body && "next" in body;
}
