import type { Instant } from "../../kernel/time.ts";
import type { Sign, SignAddress, SignKind } from "./sign.ts";

/**
 * One event as a source told it, under names that do not depend on the product: what signs are rolled up from.
 *
 * Text in it can be stored: it holds no NUL and no half characters, where the original may have had them.
 */
export interface SignEvent {
  readonly kind: SignKind;
  readonly rule: { readonly id: string; readonly name: string };
  readonly title: string;
  readonly entity: string;
  readonly severity: string;
  /** When it happened in UTC, the source's clock offset taken out. */
  readonly at: Instant;
  readonly timeAsWritten: string;
  /** The zone that was assumed for a time that named none. */
  readonly zoneAssumed: string | null;
  readonly addresses: readonly SignAddress[];
  readonly fields: Sign["fields"];
  readonly extra: Sign["extra"];
  /**
   * What makes it the same event when it arrives again, in the source's own terms; `null` when the product
   * gives its events no identity, so that only the same bytes are the same event.
   */
  readonly key: readonly string[] | null;
}

/**
 * The names an event's fields have here, whatever its product calls them.
 *
 * `source` is who opened the connection and `destination` who was connected to: neither says who is to blame.
 *
 * @source Elastic Common Schema 9
 */
export const FIELD_NAMES = [
  "event.action",
  "event.category",
  "event.dataset",
  "event.id",
  "event.kind",
  "event.module",
  "event.outcome",
  "event.reason",
  "event.severity",
  "message",
  "rule.category",
  "rule.id",
  "rule.name",
  "rule.reference",
  "rule.ruleset",
  "rule.version",
  "source.address",
  "source.bytes",
  "source.domain",
  "source.ip",
  "source.mac",
  "source.packets",
  "source.port",
  "source.user.name",
  "destination.address",
  "destination.bytes",
  "destination.domain",
  "destination.ip",
  "destination.mac",
  "destination.packets",
  "destination.port",
  "destination.user.name",
  "network.community_id",
  "network.direction",
  "network.protocol",
  "network.transport",
  "network.vlan.id",
  "observer.hostname",
  "observer.ingress.interface.name",
  "observer.name",
  "observer.vendor",
  "host.hostname",
  "host.ip",
  "host.name",
  "host.os.name",
  "user.domain",
  "user.email",
  "user.id",
  "user.name",
  "process.command_line",
  "process.executable",
  "process.name",
  "process.pid",
  "process.parent.name",
  "file.hash.md5",
  "file.hash.sha1",
  "file.hash.sha256",
  "file.name",
  "file.path",
  "file.size",
  "dns.question.name",
  "dns.question.type",
  "http.request.method",
  "http.request.referrer",
  "http.response.body.bytes",
  "http.response.status_code",
  "http.version",
  "tls.client.ja3",
  "tls.client.server_name",
  "tls.server.subject",
  "tls.server.issuer",
  "tls.version",
  "url.domain",
  "url.original",
  "url.path",
  "url.query",
  "user_agent.original",
  "email.from.address",
  "email.subject",
  "email.to.address",
  "vulnerability.id",
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];
