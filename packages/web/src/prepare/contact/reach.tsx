import { CopyButton } from "../../ui/copy-button.tsx";

/** A telephone number to call with one touch, and to copy. */
export function Phone({ number, of }: { readonly number: string; readonly of: string }) {
  return (
    <span className="reach">
      <a
        href={`tel:${number.replaceAll(/[^+\d]/g, "")}`}
        className="mono"
        aria-label={`Call ${of}: ${number}`}
      >
        {number}
      </a>
      <CopyButton text={number} label={`Copy the number of ${of}`} />
    </span>
  );
}

/** A mail address as text to copy: opening a mail program is not what one wants while mail is not trusted. */
export function Mail({ address, of }: { readonly address: string; readonly of: string }) {
  return (
    <span className="reach">
      <span className="mono">{address}</span>
      <CopyButton text={address} label={`Copy the mail address of ${of}`} />
    </span>
  );
}
