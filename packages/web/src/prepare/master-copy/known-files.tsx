import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";
import { useMay } from "../../api/queries.ts";

type Found = QueryOutput<"mastercopy.find_digest">;
export type KnownFile = Found["items"][number];

const ASKED_MAX = 100;
const SHOWN = 3;
const SHA256 = /^[0-9a-f]{64}$/;

/** What the kept master copies know of the SHA-256 digests among these values; the first hundred are asked for. */
export function useKnownFiles(values: readonly string[]): {
  readonly of: (value: string) => KnownFile | undefined;
  readonly unreadCount: number;
} {
  const may = useMay("asset.read");
  const digests = [...new Set(values.filter((value) => SHA256.test(value)))].sort().slice(0, ASKED_MAX);
  const { data } = useQuery({
    queryKey: ["mastercopy", "digest", digests],
    queryFn: ({ signal }) => read<Found>(`/v1/mastercopy/digest?sha256=${digests.join(",")}`, signal),
    enabled: may && digests.length > 0,
  });
  return {
    of: (value) => data?.items.find(({ sha256 }) => sha256 === value),
    unreadCount: data?.unreadCount ?? 0,
  };
}

/** Says of a file's digest in whose master copies it stands; nothing where it stands in none. */
export function StandsIn({ file }: { readonly file: KnownFile | undefined }) {
  if (file === undefined) return null;
  const { hostCount, copies, isApproved } = file;
  if (hostCount === 0) return <span className="meta">stands in a master copy that was retired</span>;
  const newest = copies.filter(({ name }, at) => copies[at - 1]?.name.toLowerCase() !== name.toLowerCase());
  return (
    <span className="meta">
      stands in the {isApproved ? "" : "unapproved "}
      {hostCount === 1 ? "master copy of " : `master copies of ${hostCount} hosts: `}
      {newest.slice(0, SHOWN).map(({ id, name }, at) => (
        <span key={id}>
          {at > 0 ? ", " : ""}
          <Link to="/master-copies" search={{ open: id }}>
            {name}
          </Link>
        </span>
      ))}
      {hostCount > SHOWN ? " …" : ""}
    </span>
  );
}
