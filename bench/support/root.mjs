import { dirname } from "node:path";

/** The folder of the whole house. */
export const ROOT = dirname(dirname(import.meta.dirname));

/** The built command line. */
export const MAIN = "packages/jumpkit/dist/main.js";
