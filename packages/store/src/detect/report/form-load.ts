import type { FormLoad } from "@jumpkit/core";
import type pg from "pg";

/** Counts one more message that the form without an account took. */
export async function useForm(client: pg.ClientBase, organisation: string, bytes: number): Promise<void> {
  await client.query(
    `INSERT INTO form_use (organisation, hour, messages, bytes) VALUES ($1, date_trunc('hour', now()), 1, $2)
     ON CONFLICT (organisation, hour)
       DO UPDATE SET messages = form_use.messages + 1, bytes = form_use.bytes + excluded.bytes`,
    [organisation, bytes],
  );
}

/** What the form took in the running clock hour and in the last 24. */
export async function formLoad(client: pg.ClientBase, organisation: string): Promise<FormLoad> {
  const { rows } = await client.query<{ messages: string | null; bytes: string | null }>(
    `SELECT sum(messages) FILTER (WHERE hour = date_trunc('hour', now())) AS messages, sum(bytes) AS bytes
     FROM form_use WHERE organisation = $1 AND hour > now() - interval '24 hours'`,
    [organisation],
  );
  return { messagesLastHour: Number(rows[0]?.messages ?? 0), bytesLastDay: Number(rows[0]?.bytes ?? 0) };
}
