/** Says for which hosts a form is, where it is for more than one. */
export function Together({ hosts }: { readonly hosts: readonly { readonly name: string }[] }) {
  if (hosts.length < 2) return null;
  const names = hosts.slice(0, 5).map(({ name }) => name);
  const more = hosts.length - names.length;
  return (
    <p>
      For {hosts.length} hosts: <bdi className="mono">{names.join(", ")}</bdi>
      {more > 0 ? ` and ${more} more` : ""}
    </p>
  );
}
