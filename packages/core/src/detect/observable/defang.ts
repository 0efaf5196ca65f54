import { type ObservableValue, recognise } from "./recognise.ts";

/** A value written so that nobody follows it by a slip: `hxxps://evil[.]example/x`, `203[.]0[.]113[.]9`. */
export function defang({ kind, value }: ObservableValue): string {
  switch (kind) {
    case "ipv4":
    case "domain":
      return dots(value);
    case "network":
      return value.includes(":") ? value.replace(":", "[:]") : dots(value);
    case "ipv6":
      return value.replace(":", "[:]");
    case "email": {
      const at = value.lastIndexOf("@");
      return `${value.slice(0, at)}[@]${dots(value.slice(at + 1))}`;
    }
    case "url": {
      const [, scheme = "", host = "", rest = ""] = /^([a-z]+):\/\/([^/?#]*)(.*)$/su.exec(value) ?? [];
      return `${scheme.replace("http", "hxxp").replace("ftp", "fxp")}://${dots(host)}${rest}`;
    }
    default:
      return value;
  }
}

/** A text with every recognised value in it defanged. */
export function defangText(text: string): string {
  let out = "";
  let from = 0;
  for (const found of recognise(text)) {
    out += text.slice(from, found.from) + defanged(found);
    from = found.to;
  }
  return out + text.slice(from);
}

/** A found value defanged, with its port. */
export function defanged(found: ObservableValue & { readonly port: number | null }): string {
  if (found.port === null) return defang(found);
  return found.kind === "ipv6" ? `[${defang(found)}]:${found.port}` : `${defang(found)}:${found.port}`;
}

function dots(text: string): string {
  return text.replaceAll(".", "[.]");
}
