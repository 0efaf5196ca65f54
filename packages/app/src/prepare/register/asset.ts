import { AssetDetails, AssetId, addAsset, changeAsset, retireAsset } from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../../happened.ts";
import { operation } from "../../operation.ts";
import { MANAGED, Seen, single, VISIBLE, Why } from "./fields.ts";

const Done = z.object({ asset: AssetId });

export const assetAdd = operation({
  name: "asset.add",
  ...MANAGED,
  summary: "Add a host, service, account or network device",
  input: AssetDetails,
  output: Done,
  load: async (input, records, act) => {
    if (
      !(await records.register.allKnown([
        input.constituent,
        input.segment,
        input.owner.person,
        input.owner.contact,
      ]))
    )
      return undefined;
    return { id: act.newId("ast"), taken: await records.register.assetNameTaken(input, undefined) };
  },
  decide: ({ id, taken }, input, act) =>
    single(addAsset(id, stampOf(undefined, act), taken, input), { asset: id }),
});

export const assetChange = operation({
  name: "asset.change",
  ...VISIBLE,
  thing: "asset",
  summary: "Say anew what is known of an asset; what is left out becomes empty",
  input: z.strictObject({ asset: AssetId, seen: Seen, ...AssetDetails.shape }),
  output: Done,
  load: async (input, records) => {
    const before = await records.register.asset(input.asset);
    if (before === undefined) return undefined;
    if (
      !(await records.register.allKnown([
        input.constituent,
        input.segment,
        input.owner.person,
        input.owner.contact,
      ]))
    )
      return undefined;
    return { before, taken: await records.register.assetNameTaken(input, before.id) };
  },
  decide: ({ before, taken }, { asset, seen, ...said }, act) =>
    single(changeAsset(before, stampOf(undefined, act), seen, taken, said), { asset }),
});

export const assetRetire = operation({
  name: "asset.retire",
  ...VISIBLE,
  thing: "asset",
  summary: "Take an asset out of the register; what was recorded of it stays",
  input: z.strictObject({ asset: AssetId, seen: Seen, reason: Why }),
  output: Done,
  load: (input, records) => records.register.asset(input.asset),
  decide: (before, { asset, seen, reason }, act) =>
    single(retireAsset(before, stampOf(undefined, act), seen, reason), { asset }),
});
