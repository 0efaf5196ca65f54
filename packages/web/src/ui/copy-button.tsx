import { useState } from "react";
import { IconButton } from "./button.tsx";
import { Check, Copy } from "./icons.ts";

/** Copies `text` and says so by its picture and its name until the pointer leaves. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <IconButton
      label={copied ? "Copied" : label}
      icon={copied ? Check : Copy}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      onPointerLeave={() => setCopied(false)}
    />
  );
}
