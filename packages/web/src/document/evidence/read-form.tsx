import { sizeText } from "@jumpkit/core";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { startDownload } from "../../shell/start-download.ts";
import { Digest } from "../../ui/digest.tsx";
import { Form } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { ItemFormProps } from "./item-form.ts";

/** Asks what the content is read for, records the reading, and then starts the download. */
export function ReadForm({ item, onDone }: ItemFormProps) {
  const [purpose, setPurpose] = useState("");
  const readItem = useChange("evidence.read", "item", ({ download }) => {
    startDownload(download);
    onDone();
  });
  return (
    <Form
      verb="Record the reading and download"
      says="Every reading stands in the chain of custody."
      ready={purpose.trim() !== ""}
      pending={readItem.isPending}
      fault={readItem.error}
      onCancel={onDone}
      onSubmit={() => readItem.mutate({ item: item.id, purpose })}
    >
      {item.content ? (
        <p>
          <span className="mono">{item.content.name}</span> · {sizeText(item.content.sizeBytes)} · SHA-256{" "}
          <Digest value={item.content.sha256} label="the SHA-256" />
        </p>
      ) : null}
      <p className="quiet">
        This is the original, and it may be hostile. Open it only where it can do no harm.
      </p>
      <TextField
        label="What do you read it for?"
        value={purpose}
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
    </Form>
  );
}
