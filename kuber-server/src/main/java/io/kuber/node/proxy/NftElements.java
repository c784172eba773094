package io.kuber.node.proxy;

import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterSet.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects changes of elements, to write each set's deletions and then its additions at once. */
final class NftElements {
  private final Map<String, List<Element>> deleted = new LinkedHashMap<>();
  private final Map<String, List<Element>> added = new LinkedHashMap<>();

  void delete(String set, byte[] key) {
    deleted.computeIfAbsent(set, any -> new ArrayList<>()).add(Element.of(key));
  }

  void add(String set, Element element) {
    added.computeIfAbsent(set, any -> new ArrayList<>()).add(element);
  }

  void appendTo(NetfilterBatch batch) {
    deleted.forEach(batch::deleteElements);
    added.forEach(batch::addElements);
  }
}
