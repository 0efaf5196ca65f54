import type { QueryOutput } from "@jumpkit/app";

export type {
  OperationInput,
  OperationName,
  OperationReply,
  QueryOutput,
} from "@jumpkit/app";

export type Incident = QueryOutput<"incident.show">;
export type IncidentRow = QueryOutput<"incident.list">["items"][number];
export type Entry = QueryOutput<"log.entries">["items"][number];
export type Item = QueryOutput<"evidence.show">;
export type CustodyLink = Item["chain"][number];
export type Person = QueryOutput<"person.list">["items"][number];
export type Role = Person["roles"][number];
export type Now = QueryOutput<"now.show">;
export type May = Now["may"][number];
export type PolicyAnswer = QueryOutput<"policy.show">;
export type Policy = NonNullable<PolicyAnswer["inForce"]>;
export type PolicyDocument = PolicyAnswer["shipped"];
export type PolicyRow = PolicyDocument["rows"][number];
export type Grant = PolicyRow["grants"][Role];
export type Approval = QueryOutput<"approval.show">;
export type Report = QueryOutput<"report.show">;
