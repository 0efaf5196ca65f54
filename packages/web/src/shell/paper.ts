import { useEffect, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";

const paper = window.matchMedia("print");

/** Whether the page is being laid out for paper, where nothing scrolls and everything has to be there. */
export function useOnPaper(): boolean {
  return useSyncExternalStore(subscribe, () => paper.matches || printing);
}

/** Uses the light design on paper, whatever the screen shows. */
export function usePaperDesign(): void {
  const onPaper = useOnPaper();
  useEffect(() => {
    if (!onPaper) return;
    const root = document.documentElement;
    const before = root.getAttribute(SCHEME);
    root.setAttribute(SCHEME, "light");
    return () => {
      if (before !== null) root.setAttribute(SCHEME, before);
    };
  }, [onPaper]);
}

const SCHEME = "data-mantine-color-scheme";
let printing = false;

/** The browser lays the page out right after `beforeprint`: what changes has to be there by then. */
function subscribe(listener: () => void): () => void {
  const begin = () => {
    printing = true;
    flushSync(listener);
  };
  const end = () => {
    printing = false;
    listener();
  };
  paper.addEventListener("change", listener);
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  return () => {
    paper.removeEventListener("change", listener);
    window.removeEventListener("beforeprint", begin);
    window.removeEventListener("afterprint", end);
  };
}
