/** Colleagues who write in the same incident, each on a connection of their own. */
export class Writers {
  #visitors;
  #incident;

  constructor(visitors, incident) {
    this.#visitors = visitors;
    this.#incident = incident;
  }

  /** Lets each write line after line, so long a pause between two, while the work lasts; gives its value. */
  async during(pauseMs, work) {
    let over = false;
    const writing = this.#visitors.map(async (visitor, index) => {
      await pause((pauseMs * index) / this.#visitors.length);
      for (let line = 1; !over; line += 1) {
        await visitor.note(this.#incident, `${line} hosts answered; none of them shows the file`);
        await pause(pauseMs);
      }
    });
    try {
      return await work();
    } finally {
      over = true;
      await Promise.all(writing);
    }
  }
}

function pause(milliseconds) {
  return milliseconds === 0 ? undefined : new Promise((resolve) => setTimeout(resolve, milliseconds));
}
