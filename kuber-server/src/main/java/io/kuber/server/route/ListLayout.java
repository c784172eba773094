package io.kuber.server.route;

import io.kuber.store.Stored;
import java.io.ByteArrayOutputStream;

/** How a list looks in one encoding, piece by piece. Belongs to one answer. */
interface ListLayout {
  /** Writes what stands before the items. */
  void begin(ByteArrayOutputStream out);

  /** Writes the next item, with what separates it from the one before. */
  void item(Stored item, ByteArrayOutputStream out);

  /** Writes what stands behind the items. */
  void end(ByteArrayOutputStream out);
}
