import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";

const PASSPHRASE = "seven lanterns drift past Tromsø harbour";

/** A client of the HTTP interface, as a browser without pages is one. */
export class Visitor {
  cookie = "";
  #agent = new Agent({ keepAlive: true });
  #url;

  constructor(url) {
    this.#url = url;
  }

  /** Sends a request; gives the answer with its body as bytes. */
  send(method, path, { headers = {}, body } = {}) {
    return new Promise((resolve, reject) => {
      const sent = request(this.#url + path, {
        method,
        agent: this.#agent,
        headers: {
          ...(this.cookie === "" ? {} : { cookie: this.cookie }),
          ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
          ...headers,
        },
      });
      sent.once("error", reject);
      sent.once("response", (answer) => {
        const parts = [];
        answer.on("data", (bytes) => parts.push(bytes));
        answer.once("error", reject);
        answer.once("end", () => {
          const [cookie] = answer.headers["set-cookie"] ?? [];
          if (cookie !== undefined) this.cookie = cookie.split(";", 1)[0];
          resolve({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(parts) });
        });
      });
      sent.end(body);
    });
  }

  /** Asks for JSON with JSON; anything but 200 is an error. */
  async must(method, path, body, headers = {}) {
    const answer = await this.send(method, path, {
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    });
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.bytes}`);
    return JSON.parse(answer.bytes);
  }

  /** Performs the operation behind a path. */
  do(path, input) {
    return this.must("POST", path, input, { "idempotency-key": randomUUID() });
  }

  ask(path) {
    return this.must("GET", path);
  }

  /** Founds an organisation and adopts the policy that ships; stays signed in as its first person, the answer. */
  async found(secret, organisation = "Harbour CSIRT", signInName = "ada") {
    const { person } = await this.must("POST", "/v1/setup", {
      token: secret,
      organisation,
      signInName,
      name: "Ada Okafor",
      title: "Head of incident response",
      phone: "+49 30 5550 101",
      zone: "Europe/Berlin",
      email: "ada@harbour.example",
      passphrase: PASSPHRASE,
    });
    const { shipped } = await this.ask("/v1/policy");
    await this.do("/v1/policy/adopt", { seen: 0, document: shipped });
    await this.do("/v1/policy/acknowledge", { version: 1 });
    return person;
  }

  /** Adds a handler who also keeps evidence; gives a client that is signed in as them, and their id. */
  async addColleague(signInName) {
    const { person, invitation } = await this.do("/v1/person/add", {
      signInName,
      name: `${signInName} Lindqvist`,
      title: "Incident handler",
      phone: "+49 30 5550 102",
      zone: "UTC",
      roles: ["handler", "custodian"],
    });
    const visitor = new Visitor(this.#url);
    await visitor.must("POST", "/v1/welcome", { token: invitation.split("#")[1], passphrase: PASSPHRASE });
    return { visitor, person };
  }

  /** Reports an incident and declares it; gives its id. */
  async declare(what, lead) {
    const { incident } = await this.do("/v1/incident/report", { what, ongoing: "yes" });
    await this.do(`/v1/incident/${incident}/declare`, { lead });
    return incident;
  }

  /** Writes a line of an incident's handling log. */
  note(incident, text) {
    return this.do(`/v1/log/${incident}/note`, { text });
  }

  /** Where it goes. */
  get url() {
    return this.#url;
  }

  /** Closes its connections. */
  leave() {
    this.#agent.destroy();
  }
}
