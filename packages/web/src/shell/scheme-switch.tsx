import { useMantineColorScheme } from "@mantine/core";
import { ChoiceField } from "../ui/choice-field.tsx";

const SCHEMES = [
  { value: "auto", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** Chooses the light or the dark design, or follows the system. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return <ChoiceField label="Design" choices={SCHEMES} value={colorScheme} onChange={setColorScheme} />;
}
