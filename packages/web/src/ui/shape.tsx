import "./shape.css";
import type { ReactNode } from "react";

/** Drawn rather than typed, because not every machine has a font with these signs. */
const SHAPES = {
  triangle: <path className="full" d="M6 1.5 11 10.5H1z" />,
  diamond: <path className="full" d="M6 .8 11.2 6 6 11.2.8 6z" />,
  disc: <circle className="full" cx="6" cy="6" r="4.2" />,
  ring: <circle cx="6" cy="6" r="4.2" />,
  target: (
    <>
      <circle cx="6" cy="6" r="5" />
      <circle className="full" cx="6" cy="6" r="1.8" />
    </>
  ),
  half: (
    <>
      <circle cx="6" cy="6" r="4.6" />
      <path className="full" d="M6 1.4a4.6 4.6 0 0 1 0 9.2z" />
    </>
  ),
  dots: <circle cx="6" cy="6" r="4.6" strokeDasharray="1.6 2.2" />,
  dash: <path d="M2 6h8" />,
  check: <path d="m1.5 6.5 3 3 6-7" strokeWidth="2" />,
  cross: <path d="m2.5 2.5 7 7m0-7-7 7" strokeWidth="2" />,
  square: <rect className="full" x="1.8" y="1.8" width="8.4" height="8.4" rx="0.8" />,
  frame: <rect x="1.8" y="1.8" width="8.4" height="8.4" rx="0.8" />,
  shelf: (
    <>
      <rect x="1.2" y="1.2" width="9.6" height="9.6" rx="0.8" />
      <rect className="full" x="4" y="4" width="4" height="4" />
    </>
  ),
  onward: <path d="M1 6h9.5M7 2.5 10.5 6 7 9.5" />,
  outward: <path d="M2.5 9.5 9.5 2.5M4 2.5h5.5V8" />,
  below: <path d="M2.5 1v6h8M7.5 4l3 3-3 3" />,
} satisfies Readonly<Record<string, ReactNode>>;

/** The name of a small sign. */
export type ShapeName = keyof typeof SHAPES;

/** A small sign that stands beside its word, so that a state survives the loss of its colour. */
export function Shape({ of: name }: { readonly of: ShapeName }) {
  return (
    <svg className="shape" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {SHAPES[name]}
    </svg>
  );
}
