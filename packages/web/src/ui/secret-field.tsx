import "@mantine/core/styles/ActionIcon.layer.css";
import "@mantine/core/styles/PasswordInput.layer.css";
import "@mantine/core/styles/UnstyledButton.layer.css";
import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { FIELD_LOOKS } from "./field-looks.ts";

/** A passphrase that can be shown while it is typed. */
export function SecretField(props: PasswordInputProps) {
  return (
    <PasswordInput
      {...FIELD_LOOKS}
      {...props}
      visibilityToggleButtonProps={{ "aria-label": "Show or hide the passphrase", tabIndex: 0 }}
    />
  );
}
