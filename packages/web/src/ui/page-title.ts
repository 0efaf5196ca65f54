import { useEffect } from "react";

/** Names the browser's tab, and with it the printed page, after what is on screen. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Jumpkit`;
  }, [title]);
}
