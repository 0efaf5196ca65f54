/** Runs once before all tests. Nothing is needed until a test asks for a database. */
export function setup(): void {}
