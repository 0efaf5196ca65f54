import { useState } from "react";
import { exerciseIdOf } from "../../api/ids.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";

/** Calls an exercise off before it begins, with the reason. */
export function CancelButton({ id }: { readonly id: string }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const close = () => setOpen(false);
  const cancel = useChange("exercise.cancel", "exercise", close);
  return (
    <>
      <Button weight="plain" onClick={() => setOpen(true)}>
        Call it off
      </Button>
      {open ? (
        <Dialog title="Call the exercise off" onClose={close}>
          <Form
            verb="Call it off"
            ready={reason.trim() !== ""}
            pending={cancel.isPending}
            fault={cancel.error}
            onCancel={close}
            onSubmit={() => cancel.mutate({ exercise: exerciseIdOf(id), reason })}
          >
            <TextField
              label="Why"
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </Form>
        </Dialog>
      ) : null}
    </>
  );
}
