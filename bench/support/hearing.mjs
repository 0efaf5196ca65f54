/** One person's open live stream. */
export class Hearing {
  #stop = new AbortController();
  #waiting = [];

  /** Opens the stream; resolves once it has said its first word. */
  static async open(visitor) {
    const hearing = new Hearing();
    const answer = await fetch(`${visitor.url}/v1/live`, {
      headers: { cookie: visitor.cookie },
      signal: hearing.#stop.signal,
    });
    const first = hearing.next("");
    hearing.#follow(answer.body).catch(() => {});
    await first;
    return hearing;
  }

  /** Resolves when the stream next tells of this topic. */
  next(topic) {
    return new Promise((resolve) => {
      this.#waiting.push({ topic, resolve });
    });
  }

  close() {
    this.#stop.abort();
  }

  async #follow(body) {
    let text = "";
    for await (const part of body.pipeThrough(new TextDecoderStream())) {
      text += part;
      const events = text.split("\n\n");
      text = events.pop();
      for (const event of events) this.#tell(event);
    }
  }

  #tell(event) {
    const told = this.#waiting.filter(({ topic }) => topic === "" || event.includes(`"topic":"${topic}"`));
    this.#waiting = this.#waiting.filter((each) => !told.includes(each));
    for (const { resolve } of told) resolve();
  }
}
