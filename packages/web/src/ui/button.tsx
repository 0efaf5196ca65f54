import "./button.css";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** `primary` is filled and stands once in a region; `irreversible` is the only red one. */
export type Weight = "primary" | "quiet" | "plain" | "irreversible";

type Looks = { readonly weight?: Weight; readonly large?: boolean; readonly icon?: LucideIcon };

/** The class names of a button, for a link that looks like one. */
export function buttonLooks({ weight = "quiet", large = false }: Looks): string {
  return ["button", weight, large ? "large" : ""].filter((name) => name !== "").join(" ");
}

/** A verb that stands beside the thing it acts on. */
export function Button({
  weight,
  large,
  icon,
  children,
  type = "button",
  ...rest
}: Looks & Omit<ComponentProps<"button">, "className">) {
  return (
    <button
      type={type}
      className={buttonLooks({ ...(weight ? { weight } : {}), ...(large ? { large } : {}) })}
      {...rest}
    >
      {icon ? <Icon of={icon} /> : null}
      {children}
    </button>
  );
}

/** A square button with a picture; `label` is its name and its tip. */
export function IconButton({
  label,
  icon,
  children,
  ...rest
}: {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly children?: ReactNode;
} & Omit<ComponentProps<"button">, "className" | "children">) {
  return (
    <button type="button" className="button plain square" aria-label={label} title={label} {...rest}>
      <Icon of={icon} />
      {children}
    </button>
  );
}
