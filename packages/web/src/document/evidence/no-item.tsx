/** What stands beside the list before an item is chosen. */
export function NoItem() {
  return (
    <div className="empty-state">
      <p className="quiet">Choose an item to see what it is and through whose hands it went.</p>
    </div>
  );
}
