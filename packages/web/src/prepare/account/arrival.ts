/**
 * The query with which this document was opened, as it stood in the address.
 *
 * It is read before the router starts, because the router writes queries anew: a code of digits alone would come out
 * as another number.
 */
export const ARRIVED_WITH = location.search;
