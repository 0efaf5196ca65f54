import { type ComponentType, createContext } from "react";
import type { Refusal, Wish } from "../api/refusal.ts";

/** What asks for the consent that a refusal says is missing. */
export type AskFor = ComponentType<{ readonly wish: Wish; readonly details: Refusal["details"] }>;

/** The way to ask for consent, which the shell provides to every refusal inside it. */
export const AskContext = createContext<AskFor | undefined>(undefined);
