import "./file-drop.css";
import { type ReactNode, useState } from "react";

/** Takes one file, by choosing or by dropping it; `slim` where it stands among other things. */
export function FileDrop({
  accept,
  slim = false,
  onFile,
  children,
}: {
  readonly accept?: string;
  readonly slim?: boolean;
  readonly onFile: (file: File) => void;
  readonly children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  return (
    <label
      className={["file-drop", slim ? "slim" : "", over ? "over" : ""].join(" ")}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <input
        type="file"
        className="unseen"
        accept={accept}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      {children}
    </label>
  );
}
