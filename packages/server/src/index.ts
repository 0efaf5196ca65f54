export { type ConnectorParts, startConnectors } from "./contain/connector-worker.ts";
export type { ReadyConnector } from "./contain/run-result.ts";
export { type Intake, type IntakeParts, startIntake } from "./detect/intake.ts";
export { addressesIn, isLoopback, type Network } from "./network.ts";
export { openApi } from "./openapi.ts";
export type { ServerParts } from "./parts.ts";
export { OpenIdProvider, type ProviderSettings } from "./prepare/openid-provider.ts";
export { makeServer } from "./server.ts";
