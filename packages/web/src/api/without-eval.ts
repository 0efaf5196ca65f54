/**
 * zod, which comes with the shared rules, otherwise tries `new Function` at its first schema; our
 * Content-Security-Policy forbids that and would report it. This is where zod looks for its settings.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
