import "./api/without-eval.ts";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { makeQueryClient } from "./api/query-client.ts";
import { makeRouter } from "./router.tsx";
import { Design } from "./ui/design.tsx";

const client = makeQueryClient(() => {
  const { pathname, href } = router.state.location;
  if (/^\/(sign-in|setup|welcome)$/.test(pathname)) return;
  void router.navigate({ to: "/sign-in", search: { next: href } });
});
const router = makeRouter(client);

const element = document.getElementById("root");
if (element === null) throw new Error("index.html has no element with the id root");
createRoot(element).render(
  <StrictMode>
    <Design>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Design>
  </StrictMode>,
);
