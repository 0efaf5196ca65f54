export { openApi } from "./openapi.ts";
export type { ServerParts } from "./parts.ts";
export { makeServer } from "./server.ts";
