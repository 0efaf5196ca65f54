export { dark, light, type Palette, tlp } from "./ui/tokens.ts";
