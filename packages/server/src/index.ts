export { type Intake, type IntakeParts, startIntake } from "./detect/intake.ts";
export { addressesIn, isLoopback, type Network } from "./network.ts";
export { openApi } from "./openapi.ts";
export type { ServerParts } from "./parts.ts";
export { isOwnHost, OpenIdProvider, type ProviderSettings } from "./prepare/openid-provider.ts";
export { makeServer } from "./server.ts";
