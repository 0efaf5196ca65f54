import { useEffect } from "react";
import { useNowAnswer } from "../api/queries.ts";
import { utcText } from "../ui/moment-text.ts";

/**
 * The marking of every printed page: capitals, 12 point, at the right of head and foot; with what the page is
 * of, who printed it and when, and its number.
 *
 * A browser that knows no margin boxes shows the marking at the beginning and the end of the document.
 *
 * @source FIRST TLP 2.0, "TLP in documents"
 */
export function PrintMarking({ tlp, title }: { readonly tlp: string; readonly title: string }) {
  const { person } = useNowAnswer();
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    const write = () =>
      sheet.replaceSync(marginBoxes(tlp, title, `${person.name}, ${utcText(new Date().toISOString())}`));
    write();
    document.adoptedStyleSheets.push(sheet);
    window.addEventListener("beforeprint", write);
    return () => {
      window.removeEventListener("beforeprint", write);
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  }, [tlp, title, person.name]);
  if ("CSSMarginRule" in window) return null;
  return (
    <p className="print-marking" aria-hidden="true">
      {tlp}
    </p>
  );
}

function marginBoxes(tlp: string, title: string, printed: string): string {
  const marking = `font: 600 12pt sans-serif; content: ${cssText(tlp)};`;
  const note = "font: 8pt sans-serif;";
  return `@media print { @page {
    @top-left { ${note} content: ${cssText(title)}; }
    @top-right { ${marking} }
    @bottom-left { ${note} content: ${cssText(`Printed by ${printed}`)}; }
    @bottom-center { ${note} content: "page " counter(page) " of " counter(pages); }
    @bottom-right { ${marking} }
  } }`;
}

/** A CSS string literal. */
function cssText(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replace(/\s+/g, " ")}"`;
}
