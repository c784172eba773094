package io.kuber.server.aggregate;

import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All APIServices of one image.
 *
 * @param elsewhere those of other servers, by group version
 * @param groupRanks the highest priority that an APIService of each group asks for
 */
record Registrations(Map<String, Registration> elsewhere, Map<String, Long> groupRanks) {
  static Registrations of(Image image) {
    Map<String, Registration> elsewhere = new TreeMap<>();
    Map<String, Long> ranks = new HashMap<>();
    Iterator<Stored> all = image.scan(Resources.API_SERVICES.qualifiedName(), "", null);
    while (all.hasNext()) {
      KubeObject api = all.next().object();
      ranks.merge(
          api.spec().text("group"), api.spec().number(0, "groupPriorityMinimum"), Math::max);
      Registration.of(api).ifPresent(found -> elsewhere.put(found.groupVersion(), found));
    }
    return new Registrations(elsewhere, Map.copyOf(ranks));
  }

  Optional<Registration> at(String group, String version) {
    return elsewhere.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(elsewhere.get(group + "/" + version));
  }
}
