// Memoised components and pages of a list are ordinary user interface.
import { useMemo } from "react";

export function List({ rows, page }) {
  const shown = useMemo(() => rows.slice(page * 20, page * 20 + 20), [rows, page]);
  return <Rows rows={shown} pagination={page} />;
}
