package io.kuber.access.rbac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.LocalStore;
import io.kuber.store.Outcome;
import io.kuber.store.Stored;
import java.util.Map;
import java.util.Objects;

/** A store into which tests put roles and bindings as they are, without an API in between. */
public final class PolicyStore {
  private static final Map<String, ResourceType> TYPES =
      Map.of(
          "Role", Resources.ROLES,
          "ClusterRole", Resources.CLUSTER_ROLES,
          "RoleBinding", Resources.ROLE_BINDINGS,
          "ClusterRoleBinding", Resources.CLUSTER_ROLE_BINDINGS,
          "Pod", Resources.PODS,
          "PersistentVolume", Resources.PERSISTENT_VOLUMES,
          "VolumeAttachment", Resources.VOLUME_ATTACHMENTS);

  private final LocalStore store = new LocalStore();

  /** The store itself. */
  public LocalStore store() {
    return store;
  }

  /** Creates or replaces each of the objects. */
  public void put(String yaml) {
    for (Tree tree : Yaml.parseTrees(yaml.getBytes(UTF_8))) {
      put(KubeObject.of(tree));
    }
  }

  /** Creates or replaces an object. */
  public void put(KubeObject object) {
    Key key = key(object);
    submit(new Command.Put(key, revision(key), Json.print(object.tree())));
  }

  /** Deletes an object. */
  public void delete(KubeObject object) {
    Key key = key(object);
    submit(new Command.Delete(key, revision(key), Json.print(object.tree())));
  }

  private static Key key(KubeObject object) {
    ResourceType type = Objects.requireNonNull(TYPES.get(object.kind()), object.kind());
    return type.key(type.namespaced() ? object.namespace() : "", object.name());
  }

  private long revision(Key key) {
    Stored there = store.image().get(key);
    return there == null ? Command.ABSENT : there.revision();
  }

  private void submit(Command command) {
    assertThat(store.submit(command).toCompletableFuture().join())
        .isInstanceOf(Outcome.Applied.class);
  }
}
