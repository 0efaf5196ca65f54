/** How people call a source; its id while nobody has named it. */
export function useSourceNames(): (id: string) => string {
  return (id) => id;
}
