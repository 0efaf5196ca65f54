/** A refusal as the server sends it. */
export type RefusalBody = {
  readonly code: string;
  readonly message: string;
  readonly next?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>>;
};

/** What stands for a server that did not answer. */
export const UNREACHABLE: RefusalBody = {
  code: "unreachable",
  message: "The server does not answer.",
  next: "What you typed is kept in this browser. Try again when the link is live.",
};

/** What somebody wanted to do and may not without consent. */
export type Wish = {
  readonly operation: string;
  readonly parameters: object;
  /** Does it after all, with the approval that was given; without one, because glass was broken. */
  readonly doWith: (approval?: string) => void;
};

/** A no from the server: what happened, to which thing, and what to do next. `code` is stable. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly code: string;
  readonly next: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
  /** Set where consent is missing and can be asked for. */
  wish: Wish | undefined;

  constructor(status: number, body: RefusalBody) {
    super(body.message);
    this.status = status;
    this.code = body.code;
    this.next = body.next;
    this.details = body.details ?? {};
  }

  /** Whether the same request may succeed later without anybody changing it. */
  get passes(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** What is wrong with each field of a malformed request, by the field's first name. */
  get complaints(): Readonly<Record<string, string>> {
    const list = Array.isArray(this.details["complaints"]) ? this.details["complaints"] : [];
    return Object.fromEntries(
      list.map(({ path, problem }) => [String(path).split(/[./]/)[0], String(problem)]),
    );
  }
}

/** Any fault as a refusal, so that a page has one thing to show. */
export function asRefusal(fault: unknown): Refusal {
  if (fault instanceof Refusal) return fault;
  return new Refusal(0, {
    code: "fault",
    message: "Something broke in this page.",
    next: fault instanceof Error ? fault.message : String(fault),
  });
}
