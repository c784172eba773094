package io.kuber.api;

import io.kuber.object.KubeObject;
import io.kuber.resource.Served;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows the objects of a list in the version of the request, some at a time: who converts them may
 * be far away, and is asked once for each batch. Not thread-safe; lives as long as one answer,
 * which takes the objects in their order, or begins again.
 */
public final class Batches {
  /** Objects of one batch. */
  static final int MOST = 100;

  /**
   * Stored bytes of one batch, unless a single object has more: a converter's answer is bounded.
   */
  static final int MAX_BYTES = 4 << 20;

  private final Served served;
  private final List<Stored> entries;

  /** The index of the first object of the batch. */
  private int start;

  private List<KubeObject> shown = List.of();

  /** The entries of a list, none of them shown yet. */
  public Batches(Served served, List<Stored> entries) {
    this.served = served;
    this.entries = entries;
  }

  /** One of the entries as the client sees it; what is parsed for it is not kept in the store. */
  public KubeObject shown(Stored entry) {
    if (!served.version().conversion().waits() || served.isStoredVersion()) {
      return served.fromStored(entry.passing());
    }
    int index = indexIn(start, Math.min(entries.size(), start + shown.size()), entry);
    if (index < 0) {
      start = Math.max(0, indexIn(0, entries.size(), entry));
      shown = served.fromStored(batch());
      index = start;
    }
    return shown.get(index - start);
  }

  private int indexIn(int from, int to, Stored entry) {
    for (int i = from; i < to; i++) {
      if (entries.get(i).key().equals(entry.key())) {
        return i;
      }
    }
    return -1;
  }

  private List<KubeObject> batch() {
    List<KubeObject> batch = new ArrayList<>();
    long bytes = 0;
    for (int i = start; i < entries.size() && batch.size() < MOST; i++) {
      bytes += entries.get(i).value().length;
      if (bytes > MAX_BYTES && !batch.isEmpty()) {
        break;
      }
      batch.add(entries.get(i).passing());
    }
    return batch;
  }
}
