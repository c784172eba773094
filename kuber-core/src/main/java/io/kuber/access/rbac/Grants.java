package io.kuber.access.rbac;

import io.kuber.access.User;
import io.kuber.access.rbac.Grant.Subject;
import io.kuber.store.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Grants by subject and by the namespace in which they hold. One writer, which the caller sees to;
 * any number of readers, who each see a list as it was at one moment.
 */
final class Grants {
  private final Map<String, Map<String, List<Grant>>> ofUsers = new ConcurrentHashMap<>();
  private final Map<String, Map<String, List<Grant>>> ofGroups = new ConcurrentHashMap<>();

  private Map<String, Map<String, List<Grant>>> of(Subject subject) {
    return subject.group() ? ofGroups : ofUsers;
  }

  /** Adds a grant; it takes the place of the one that its binding gave this subject before. */
  void put(Grant grant) {
    Map<String, List<Grant>> places =
        of(grant.subject()).computeIfAbsent(grant.subject().name(), u -> new ConcurrentHashMap<>());
    List<Grant> before = places.getOrDefault(grant.namespace(), List.of());
    places.put(grant.namespace(), without(before, grant.binding(), grant));
  }

  /** Takes away what a binding gives a subject. */
  void remove(Subject subject, Key binding) {
    Map<String, List<Grant>> places = of(subject).get(subject.name());
    if (places == null) {
      return;
    }
    List<Grant> left = without(places.getOrDefault(binding.namespace(), List.of()), binding, null);
    if (!left.isEmpty()) {
      places.put(binding.namespace(), left);
    } else {
      places.remove(binding.namespace());
      if (places.isEmpty()) {
        of(subject).remove(subject.name());
      }
    }
  }

  private static List<Grant> without(List<Grant> grants, Key binding, @Nullable Grant more) {
    List<Grant> all = new ArrayList<>(grants.size() + 1);
    for (Grant grant : grants) {
      if (!grant.binding().equals(binding)) {
        all.add(grant);
      }
    }
    if (more != null) {
      all.add(more);
    }
    return List.copyOf(all);
  }

  /**
   * The first grant of the user that is wanted; null when there is none. Those of the cluster come
   * first, then those of the namespace unless it is empty.
   */
  @Nullable Grant first(User user, String namespace, Predicate<Grant> wanted) {
    Grant found = at(user, "", wanted);
    return found != null || namespace.isEmpty() ? found : at(user, namespace, wanted);
  }

  private @Nullable Grant at(User user, String namespace, Predicate<Grant> wanted) {
    Grant found = first(ofUsers.get(user.name()), namespace, wanted);
    List<String> groups = user.groups();
    for (int i = 0; found == null && i < groups.size(); i++) {
      found = first(ofGroups.get(groups.get(i)), namespace, wanted);
    }
    return found;
  }

  private static @Nullable Grant first(
      @Nullable Map<String, List<Grant>> places, String namespace, Predicate<Grant> wanted) {
    List<Grant> grants = places == null ? null : places.get(namespace);
    if (grants == null) {
      return null;
    }
    for (Grant grant : grants) {
      if (wanted.test(grant)) {
        return grant;
      }
    }
    return null;
  }
}
