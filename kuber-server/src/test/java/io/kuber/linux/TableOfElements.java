package io.kuber.linux;

import io.kuber.linux.NetfilterSet.Element;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes changes of elements as strictly as the kernel does. */
public final class TableOfElements {
  private final Map<String, Map<String, String>> sets = new TreeMap<>();

  /** Deletions first, then additions. */
  public void change(NetfilterElements changes) {
    changes.deleted().forEach((set, elements) -> elements.forEach(e -> delete(set, e)));
    changes.added().forEach((set, elements) -> elements.forEach(e -> add(set, e)));
  }

  private void delete(String set, Element element) {
    if (sets.computeIfAbsent(set, any -> new HashMap<>()).remove(key(element)) == null) {
      throw new AssertionError("set " + set + " has no " + key(element) + " to delete");
    }
  }

  private void add(String set, Element element) {
    String value = HexFormat.of().formatHex(element.value()) + element.chain();
    if (sets.computeIfAbsent(set, any -> new HashMap<>()).put(key(element), value) != null) {
      throw new AssertionError("set " + set + " has " + key(element) + " already");
    }
  }

  private static String key(Element element) {
    return HexFormat.of().formatHex(element.key()) + "-" + HexFormat.of().formatHex(element.end());
  }

  /** What there is, but for sets in which elements may stay behind. */
  public Map<String, Map<String, String>> content(List<String> but) {
    Map<String, Map<String, String>> content = new TreeMap<>(sets);
    content.keySet().removeAll(but);
    content.values().removeIf(Map::isEmpty);
    return content;
  }
}
