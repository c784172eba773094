package io.kuber.access.rbac;

import io.kuber.access.User;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The roles and grants of the newest image. The applier of the store is the only writer; the
 * monitor keeps its first change behind the first reading of everything.
 */
final class RbacIndex implements Store.Listener {
  private static final String ROLES = Resources.ROLES.qualifiedName();
  private static final String CLUSTER_ROLES = Resources.CLUSTER_ROLES.qualifiedName();
  private static final String BINDINGS = Resources.ROLE_BINDINGS.qualifiedName();
  private static final String CLUSTER_BINDINGS = Resources.CLUSTER_ROLE_BINDINGS.qualifiedName();

  /** What grants refer to comes first. */
  private static final List<ResourceType> ALL =
      List.of(
          Resources.CLUSTER_ROLES,
          Resources.ROLES,
          Resources.CLUSTER_ROLE_BINDINGS,
          Resources.ROLE_BINDINGS);

  private final Map<Key, RoleRules> roles = new ConcurrentHashMap<>();
  private final Map<Key, List<Grant>> bindings = new ConcurrentHashMap<>();
  private final Grants grants = new Grants();

  /** Of the last change; written under the monitor. */
  private long revision;

  /** An index that follows the store from now on. */
  static RbacIndex of(Store store) {
    RbacIndex index = new RbacIndex();
    synchronized (index) {
      index.readAll(store.subscribe(index));
    }
    return index;
  }

  /** The rules of a role; null when there is no such role. */
  @Nullable RoleRules rules(Key role) {
    return roles.get(role);
  }

  /** See {@link Grants#first}. */
  @Nullable Grant first(User user, String namespace, Predicate<Grant> wanted) {
    return grants.first(user, namespace, wanted);
  }

  @Override
  public synchronized void changed(Delta delta, Image image) {
    boolean follows = delta.revision() == revision + 1;
    revision = delta.revision();
    if (!follows) {
      readAll(image);
    } else if (delta.deleted()) {
      forget(delta.key());
    } else {
      take(delta.after());
    }
  }

  @Override
  public synchronized void replaced(Image snapshot) {
    readAll(snapshot);
  }

  /** Whatever was missed: what is there is taken, what is there no more is forgotten. */
  private void readAll(Image image) {
    revision = image.revision();
    Set<Key> there = new HashSet<>();
    for (ResourceType type : ALL) {
      image
          .scan(type.qualifiedName(), "", null)
          .forEachRemaining(
              stored -> {
                there.add(stored.key());
                take(stored);
              });
    }
    Set<Key> known = new HashSet<>(roles.keySet());
    known.addAll(bindings.keySet());
    known.removeAll(there);
    known.forEach(this::forget);
  }

  private void take(Stored stored) {
    Key key = stored.key();
    if (isRole(key)) {
      roles.put(key, RoleRules.of(stored.object()));
    } else if (isBinding(key)) {
      bind(key, Grant.of(stored.object()));
    }
  }

  private void bind(Key key, List<Grant> now) {
    List<Grant> before = bindings.getOrDefault(key, List.of());
    bindings.put(key, now);
    Set<Grant.Subject> kept = new HashSet<>();
    for (Grant grant : now) {
      grants.put(grant);
      kept.add(grant.subject());
    }
    before.stream()
        .filter(old -> !kept.contains(old.subject()))
        .forEach(old -> grants.remove(old.subject(), key));
  }

  private void forget(Key key) {
    if (isRole(key)) {
      roles.remove(key);
    } else if (isBinding(key)) {
      bind(key, List.of());
      bindings.remove(key);
    }
  }

  private static boolean isRole(Key key) {
    return key.resource().equals(CLUSTER_ROLES) || key.resource().equals(ROLES);
  }

  private static boolean isBinding(Key key) {
    return key.resource().equals(BINDINGS) || key.resource().equals(CLUSTER_BINDINGS);
  }
}
