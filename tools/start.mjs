/** `npm start`: builds what is stale, then becomes the server. Words after `--` reach `jumpkit serve`. */
import { buildStale } from "./build.mjs";

await buildStale();
process.argv = [process.argv[0], "jumpkit", "serve", ...process.argv.slice(2)];
await import("../packages/jumpkit/dist/main.js");
