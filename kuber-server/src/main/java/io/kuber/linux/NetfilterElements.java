package io.kuber.linux;

import io.kuber.linux.NetfilterSet.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects changes of elements, to write all deletions and then all additions, set by set: an
 * element may take the place of one that overlaps it. Used by one thread.
 */
public final class NetfilterElements {
  private final Map<String, List<Element>> deleted = new LinkedHashMap<>();
  private final Map<String, List<Element>> added = new LinkedHashMap<>();

  public void delete(String set, Element element) {
    deleted.computeIfAbsent(set, any -> new ArrayList<>()).add(element);
  }

  public void add(String set, Element element) {
    added.computeIfAbsent(set, any -> new ArrayList<>()).add(element);
  }

  public void appendTo(NetfilterBatch batch) {
    deleted.forEach(batch::deleteElements);
    added.forEach(batch::addElements);
  }

  /** By set. */
  public Map<String, List<Element>> deleted() {
    return deleted;
  }

  /** By set. */
  public Map<String, List<Element>> added() {
    return added;
  }
}
