/** What an entry says, field by field; fields that were withheld or erased are absent. */
export type ToldBody = Readonly<Record<string, unknown>>;

/** A field of an entry as text, by its name. */
export type Field = (name: string) => string;

/** One plain sentence about what an entry of one type says; `item` is how people know its item of evidence. */
export type Sentence = (field: Field, body: ToldBody, item: string) => string;
