import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import { dark, light, type Palette, tlp } from "./tokens.ts";

/** Mantine wants ten shades; ours differ by design, not by number, so all ten are the one that is used. */
function flat(colour: string): MantineColorsTuple {
  return [colour, colour, colour, colour, colour, colour, colour, colour, colour, colour];
}

/** Type, radius and sizes of the Mantine parts; their colours come from `designVariables`. */
export const theme = createTheme({
  fontFamily: "var(--jk-font)",
  fontFamilyMonospace: "var(--jk-mono)",
  headings: { fontFamily: "var(--jk-font)", fontWeight: "600" },
  fontSizes: { xs: "0.75rem", sm: "0.875rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.35", sm: "1.45", md: "1.45", lg: "1.4", xl: "1.3" },
  radius: { xs: "2px", sm: "4px", md: "6px", lg: "8px", xl: "12px" },
  defaultRadius: "sm",
  colors: { accent: flat(light.accentFill) },
  primaryColor: "accent",
  respectReducedMotion: true,
  cursorType: "pointer",
});

function variables(palette: Palette): Record<string, string> {
  const own = Object.entries(palette).map(([name, colour]) => [
    `--jk-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    colour,
  ]);
  return {
    ...Object.fromEntries(own),
    "--mantine-color-body": palette.surface,
    "--mantine-color-text": palette.text,
    "--mantine-color-bright": palette.text,
    "--mantine-color-dimmed": palette.meta,
    "--mantine-color-placeholder": palette.meta,
    "--mantine-color-anchor": palette.accent,
    "--mantine-color-error": palette.warn,
    "--mantine-color-default": palette.surface,
    "--mantine-color-default-hover": palette.hover,
    "--mantine-color-default-color": palette.text,
    "--mantine-color-default-border": palette.edge,
    "--mantine-primary-color-filled": palette.accentFill,
    "--mantine-primary-color-filled-hover": palette.accentFillHover,
    "--mantine-primary-color-contrast": palette.onAccent,
    "--mantine-primary-color-light": palette.selected,
    "--mantine-primary-color-light-color": palette.accent,
    "--mantine-color-accent-filled": palette.accentFill,
    "--mantine-color-accent-filled-hover": palette.accentFillHover,
    "--mantine-color-accent-light": palette.selected,
    "--mantine-color-accent-text": palette.accent,
  };
}

/** The tokens as style-sheet variables: `--jk-…` for our own sheets, `--mantine-…` for Mantine's. */
export const designVariables: CSSVariablesResolver = () => ({
  variables: {
    "--jk-tlp-ground": tlp.onBlack,
    "--jk-tlp-red": tlp["TLP:RED"],
    "--jk-tlp-amber": tlp["TLP:AMBER"],
    "--jk-tlp-green": tlp["TLP:GREEN"],
    "--jk-tlp-clear": tlp["TLP:CLEAR"],
  },
  light: variables(light),
  dark: variables(dark),
});
