import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a program is that `PATH` leads to and that may be run, or undefined. */
export function programOnPath(name: string, path = process.env["PATH"] ?? ""): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isProgram);
}

function isProgram(place: string): boolean {
  try {
    accessSync(place, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
