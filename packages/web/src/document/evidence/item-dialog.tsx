import type { Item } from "../../api/contract.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { AcceptForm } from "./accept-form.tsx";
import { HandOverForm } from "./hand-over-form.tsx";
import type { ItemFormProps } from "./item-form.ts";
import type { ItemVerb } from "./item-verbs.ts";
import { ReadForm } from "./read-form.tsx";
import { ReasonForm } from "./reason-form.tsx";
import { ReleaseForm } from "./release-form.tsx";
import { SealForm } from "./seal-form.tsx";
import { StoreForm } from "./store-form.tsx";

const TITLES: Readonly<Record<ItemVerb, (item: Item) => string>> = {
  accept: ({ number }) => `Take item ${number} over`,
  refuse: ({ number }) => `Refuse item ${number}`,
  withdraw: ({ number }) => `Withdraw the offer of item ${number}`,
  "hand-over": ({ number }) => `Hand item ${number} over`,
  store: ({ number }) => `Store item ${number}`,
  seal: ({ number }) => `Seal item ${number}`,
  release: ({ number }) => `Release item ${number} to outside`,
  return: ({ number }) => `Take item ${number} back`,
  read: ({ number }) => `Read the content of item ${number}`,
};

/** The one question that a verb on an item asks. */
export function ItemDialog({
  item,
  verb,
  onClose,
}: {
  readonly item: Item;
  readonly verb: ItemVerb;
  readonly onClose: () => void;
}) {
  const Form = FORMS[verb];
  return (
    <Dialog title={TITLES[verb](item)} onClose={onClose}>
      <Form item={item} verb={verb} onDone={onClose} />
    </Dialog>
  );
}

const FORMS: Readonly<Record<ItemVerb, (props: ItemFormProps) => React.ReactNode>> = {
  accept: AcceptForm,
  refuse: ReasonForm,
  withdraw: ReasonForm,
  "hand-over": HandOverForm,
  store: StoreForm,
  seal: SealForm,
  release: ReleaseForm,
  return: AcceptForm,
  read: ReadForm,
};
