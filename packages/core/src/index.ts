export { accept, type Result, refuse } from "./kernel/result.ts";
