import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * Builds the pages into `dist`, for a server that replaces `__NONCE__` in index.html with a fresh nonce.
 *
 * Nothing is inlined as a `data:` address, because the Content-Security-Policy allows none.
 */
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ["source", "module", "browser", "development|production"] },
  html: { cspNonce: "__NONCE__" },
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      // The shared rules only define things: what a page does not use of them stays out of its script.
      treeshake: { moduleSideEffects: (id) => !/\/packages\/core\//.test(id) },
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  server: { host: "127.0.0.1" },
});
