/** Every key with what it does, as `?` shows them. */
export const KEY_MAP: ReadonlyArray<readonly [keys: string, does: string]> = [
  ["Ctrl K", "Open the command palette"],
  ["L", "Write in the handling log"],
  ["C", "Declare an incident"],
  ["E", "Take evidence"],
  ["H", "Hand an evidence item over"],
  ["/", "Search in this view"],
  ["J", "Next row"],
  ["K", "Previous row"],
  ["Enter", "Open the row"],
  ["G 1", "Go to Now"],
  ["G 3", "Go to Incidents"],
  ["G 4", "Go to Evidence"],
  ["G 5", "Go to Hosts"],
  ["P", "Print this page"],
  ["Esc", "Close the panel; what you typed is kept"],
  ["?", "Show these keys"],
];
